from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from digest.cli.weeks import WEEK_HELP, WeekCommand, fill_in

app = typer.Typer()


def suggest(incomplete: str) -> list[str]:
    return [week for week in ("last", "this", "2024-W43") if week.startswith(incomplete)]


@app.command(cls=WeekCommand)
def build(
    folder: Annotated[str, typer.Argument()] = "-",
    week: Annotated[
        str | None, typer.Option("--week", metavar="[WEEK]", help=WEEK_HELP, autocompletion=suggest)
    ] = None,
    theme: Annotated[str, typer.Option("--theme", "-t")] = "-",
    json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002 - typer's way to write a flag
) -> None:
    typer.echo(f"{week} {folder} {theme} {json}")


@app.command()
def other() -> None: ...


RUNNER = CliRunner()


@pytest.mark.parametrize(
    ("argv", "read"),
    [
        ("", "None - - False"),
        ("--week", "last - - False"),
        ("--week last", "last - - False"),
        ("--week=last", "last - - False"),
        ("--week -2", "-2 - - False"),
        ("--week=-2", "-2 - - False"),
        ("--week -12 --json", "-12 - - True"),
        ("--week 2024-W43", "2024-W43 - - False"),
        ("--week --json", "last - - True"),
        ("--json --week", "last - - True"),
        ("--week --theme plain", "last - plain False"),
        ("--week -t plain", "last - plain False"),
        ("--week -2 -t plain here", "-2 here plain False"),
        ("here --week", "last here - False"),
        ("here --week --json", "last here - True"),
        ("--json here --week -2", "-2 here - True"),
        ("--week -- here", "last here - False"),
        ("--week -2 -- here", "-2 here - False"),
        ("--week --json -- --week", "last --week - True"),
        ("-- --week", "None --week - False"),
        ("--week here", "here - - False"),
        ("--week --week this", "this - - False"),
        ("--week this --week", "last - - False"),
        ("--week -", "last - - False"),
    ],
)
def test_a_week_may_stand_alone(argv: str, read: str) -> None:
    result = RUNNER.invoke(app, ["build", *argv.split()])
    assert (result.exit_code, result.stdout.strip()) == (0, read)


def test_an_empty_value_is_a_value() -> None:
    assert RUNNER.invoke(app, ["build", "--week", "", "--json"]).stdout == " - - True\n"


@pytest.mark.parametrize("argv", ["--week --nothing", "--week -2x", "--weeks"])
def test_what_is_no_week_and_no_option_is_refused(argv: str) -> None:
    assert RUNNER.invoke(app, ["build", *argv.split()]).exit_code == 2


def test_the_arguments_that_were_handed_in_stay_as_they_are() -> None:
    args = ["--week", "--json"]
    assert fill_in(args) == ["--week", "last", "--json"]
    assert args == ["--week", "--json"]


@pytest.mark.parametrize(
    ("words", "cword", "completions"),
    [
        ("root build --week ", 3, "last this 2024-W43"),
        ("root build --week th", 3, "this"),
        ("root build --week --js", 3, "--json"),
        ("root build --week -2 --th", 4, "--theme"),
        ("root build --we", 2, "--week"),
        ("root bu", 1, "build"),
    ],
)
def test_the_shell_completes_as_before(words: str, cword: int, completions: str) -> None:
    variables = {"_ROOT_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": f"{cword}"}
    result = RUNNER.invoke(app, prog_name="root", env=variables)
    assert result.stdout.split() == completions.split()


def test_the_help_says_what_a_bare_week_is_and_what_it_takes() -> None:
    shown = " ".join(RUNNER.invoke(app, ["build", "--help"], env={"COLUMNS": "200"}).stdout.replace("│", " ").split())
    assert "--week [WEEK]" in shown
    assert "Alone it is the last complete one" in shown
    assert "A word right behind --week is taken as the week" in shown
