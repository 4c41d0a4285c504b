"""`digest init`: a new newsroom."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk
from digest.cli.excluded import refuse_beside

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where; else here.")] = Path(),
    sample: Annotated[bool, typer.Option("--sample", help="With the sample magazine in it, to try things.")] = False,
    name: Annotated[str, typer.Option("--name", help="The magazine's name.")] = "",
    sends: Annotated[str, typer.Option("--sends", help="The weekday on which it is sent; cut-off at noon.")] = "",
    zone: Annotated[str, typer.Option("--zone", help="The magazine's time zone, as in Europe/London.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print what was made as JSON.")] = False,
) -> None:
    """Make a newsroom: a folder with a digest.toml.

    On a terminal it asks for the magazine's name and the sending day; elsewhere it takes its defaults (Friday).
    """
    from digest.pipeline.founding import Answers, found, found_sample

    desk: Desk = context.obj
    screen, root = desk.screen(machine=json), desk.folder / folder
    if sample:
        refuse_beside(context, "--sample", "name", "sends", "zone")
        found_sample(root)
        screen.say(f"{root}: a newsroom with the sample magazine")
        screen.say(f"next: {_go(root)}digest build --week 2024-W43; digest preview")
    else:
        name = name or _ask("The magazine's name", root.resolve().name.replace("-", " ").title() or "Magazine")
        day = _weekday(sends or _ask("The day on which it is sent", "friday"))
        found(root, Answers(name=name, sends=day, zone=zone or _ask("Its time zone", _local_zone())), now())
        screen.say(f"{root / 'digest.toml'}: the newsroom of {name}; the week ends on {day.title()}, 12:00")
        screen.say(f"its time zone: {_made(root)['zone']} (magazine.zone in digest.toml)")
        screen.say(f"next: name your sources in it, then: {_go(root)}digest build --week")
    if json:
        screen.data(_made(root))


def _weekday(text: str) -> str:
    if text.lower() not in _DAYS:
        raise typer.BadParameter(f"not a weekday: {text!r}; one of: {', '.join(_DAYS)}", param_hint="--sends")
    return text.lower()


def _made(root: Path) -> dict[str, object]:
    """Return what the new newsroom is, as its digest.toml says it."""
    from digest.config import load_config

    config = load_config(root / "digest.toml")
    return {
        "folder": str(root),
        "config": str(root / "digest.toml"),
        "name": config.magazine.name,
        "zone": config.magazine.zone,
        "starts": config.week.starts,
    }


def _ask(question: str, default: str) -> str:
    """Ask on a terminal, beside what is printed as data; take the default where nobody can answer."""
    return str(typer.prompt(question, default=default, err=True)) if sys.stdin.isatty() else default


def _go(root: Path) -> str:
    return "" if root.resolve() == Path.cwd() else f"cd {root}; "


def _local_zone() -> str:
    """Return this machine's time zone by its name, UTC where it has none."""
    _, found, name = str(Path("/etc/localtime").resolve()).partition("/zoneinfo/")
    return name if found and "/" in name else "UTC"


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(init)
