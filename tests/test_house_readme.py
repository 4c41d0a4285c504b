"""The README says what the code does: its tables are compared with it, its commands exist."""

import re
import typing
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path

import pytest

from digest.browser import png_size
from digest.check.registry import RULES
from digest.cli import COMMANDS
from digest.config import load_config
from digest.config.schema import Config
from digest.errors import DigestError
from digest.issues.edits import read_edits
from digest.issues.record import read_record
from digest.mailers import MAILERS
from digest.model import selection
from digest.model.tags import SERVICE_NAMES, SERVICES, TAG_NAMES, ServiceName
from digest.sources import SourceSettings
from digest.theme import shipped, theme_names
from docs.pictures import page_of
from running import digest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def configuration() -> str:
    """Return the README's tables of digest.toml, made from the code's own types, defaults and docstrings."""
    parts = []
    hints = typing.get_type_hints(Config)
    for name in (field.name for field in fields(Config) if field.name != "schema"):
        kind = hints[name]
        table = kind if is_dataclass(kind) else typing.get_args(kind)[0]
        parts.append(f"{' '.join((table.__doc__ or '').split())}\n\n| key | default |\n| --- | --- |")
        parts[-1] += "".join(f"\n| `{field.name}` | {default(field)} |" for field in fields(table))
    return "\n\n".join(parts)


def default(field: typing.Any) -> str:
    if field.default is MISSING:
        return "must be written"
    value = field.default
    words = {None: "none", "": "none", (): "none", True: "`true`", False: "`false`"}
    if isinstance(value, bool) or value in {None, "", ()}:
        return words[value]
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


def test_the_configuration_tables_are_those_of_the_code() -> None:
    shown = README.partition("<!-- configuration -->")[2].partition("<!-- /configuration -->")[0].strip()
    assert shown == configuration(), configuration()


def test_every_reason_is_explained() -> None:
    table = README.partition("## Why an article is in or out")[2].partition("## Sources")[0]
    shown = re.findall(r"`([a-z-]+)`", "".join(re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)))
    assert shown == list(typing.get_args(selection.Code))
    assert all(f"`{offer}`" in table for offer in typing.get_args(selection.Offer))


def checks() -> str:
    """Return the README's table of what `digest check` looks for, made from the registry."""
    rows = [f"| `{rule.code}` | {rule.level} | {rule.means.replace('|', chr(92) + '|')} |" for rule in RULES]
    return "\n".join(["| code | level | what it means |", "| --- | --- | --- |", *rows])


def test_the_table_of_checks_is_the_registry() -> None:
    shown = README.partition("<!-- checks -->")[2].partition("<!-- /checks -->")[0].strip()
    assert shown == checks(), checks()


def test_every_kind_of_source_and_every_mailer_is_named() -> None:
    kinds = typing.get_args(typing.get_type_hints(SourceSettings)["kind"])
    assert all(f"| `{kind}` |" in README for kind in kinds)
    assert all(f"--to {mailer}" in README for mailer in MAILERS)


def test_the_services_tags_are_those_of_the_table() -> None:
    table = README.partition("| service | unsubscribe |")[2].partition("\n\n")[0]
    for service, tags in SERVICES.items():
        (row,) = [line for line in table.splitlines() if line.startswith(f"| `{service}` |")]
        for name, cell in zip(TAG_NAMES, row.replace("\\|", "¦").strip("| ").split(" | ")[1:], strict=True):
            tag = tags.tag(name)
            assert cell == (f"`{tag.replace('|', '¦')}`" if tag else cell)
            assert bool(tag) is cell.startswith("`")


def test_the_readmes_edits_are_sound(tmp_path: Path) -> None:
    text = next(block for block in re.findall(r"```toml\n(.*?)```", README, re.DOTALL) if "[[story]]" in block)
    (tmp_path / "edits.toml").write_text(text, encoding="utf-8")
    assert read_edits(tmp_path / "edits.toml").stories[0].do == "pin"


@pytest.mark.parametrize("command", re.findall(r"^\| `digest (\w+)", README, re.MULTILINE))
def test_every_command_of_the_readme_teaches(tmp_path: Path, command: str) -> None:
    done = digest(tmp_path, command, "--help")
    assert done.code == 0
    assert "Usage: digest" in done.out
    assert len(done.out) > 180


def test_help_lists_every_command_and_the_readme_too(tmp_path: Path) -> None:
    listed = re.findall(r"^  (\w+)  ", digest(tmp_path, "--help").out, re.MULTILINE)
    assert sorted(listed) == sorted(re.findall(r"^\| `digest (\w+)", README, re.MULTILINE))
    assert len(COMMANDS) == len(set(COMMANDS))


def test_the_exit_codes_are_those_of_the_errors() -> None:
    codes = set(re.findall(r"^\| (\d) \|", README, re.MULTILINE))
    kinds = [DigestError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    assert {str(kind.exit_code) for kind in kinds} | {"0"} == codes


def test_the_repositorys_own_configuration_is_sound() -> None:
    assert load_config(ROOT / "digest.toml").magazine.name


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_the_table_of_template_engines_says_what_is_written(service: ServiceName) -> None:
    table = README.partition("| its engine |")[2].partition("\n\n")[0]
    (row,) = [line for line in table.splitlines() if line.startswith(f"| `{service}` |")]
    syntax = SERVICES[service].syntax
    written = (
        {*syntax.literals.values(), *([syntax.html.replace("%s", '"<"')] if syntax.html else [])} if syntax else {}
    )
    assert all(f"`{literal}`" in row for literal in written)
    assert ("word joiner" in row) is bool(syntax and not syntax.literals)


def test_the_readmes_pictures_are_there_and_light_and_no_others() -> None:
    shown = dict(re.findall(r'<img src="(docs/[^"]+)" width="(\d+)"', README))
    kept = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in (ROOT / "docs").glob("*.png")}
    assert sorted(kept) == sorted(shown)
    for name, content in kept.items():
        assert str(png_size(content)[0]) == shown[name]
        assert len(content) < 60_000
    arabic = page_of(read_record((ROOT / "docs" / "arabic.json").read_bytes(), "docs/arabic.json"), "roundup")
    assert len(arabic.answers) == 1
    assert '<html lang="ar" dir="rtl"' in arabic.html
    shown_of = {name.partition("/")[2].removesuffix(".png").partition("-")[0] for name in shown}
    assert shown_of == {*theme_names([shipped()]), "desk"}
