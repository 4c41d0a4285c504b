"""Sources added to the text of a digest.toml, behind all that stands there: nothing that an editor wrote is touched."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import fields

from digest.config import read_config
from digest.config.schema import SourceTable
from digest.errors import ConfigError


def with_sources(text: str, tables: Sequence[SourceTable], *, where: str) -> str:
    """Return the text of a digest.toml with a `[[sources]]` for each of some tables, in the line ends that it has.

    Raises:
        ConfigError: with them it would say something that cannot work; its message names what.

    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = [line for table in tables for line in ("", "[[sources]]", *_lines(table))]
    whole = text + ("" if text.endswith("\n") or not text else end) + end.join([*lines, ""])
    try:
        mapping = tomllib.loads(whole.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        hint = "its sources stand in one list? write each as a table of its own: [[sources]]"
        raise ConfigError(f"cannot be added to: {error}", where=where, hint=hint) from error
    read_config(mapping, where=where)
    return whole


def _lines(table: SourceTable) -> list[str]:
    """Return the keys of a table that are not what holds without them; a JSON string is one of TOML."""
    said = {field.name: getattr(table, field.name) for field in fields(table)}
    silent = {field.name: field.default for field in fields(table)}
    return [
        f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in said.items() if value != silent[name]
    ]
