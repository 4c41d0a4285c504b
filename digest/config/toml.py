"""Files that people write: TOML in, a value out. Every fault is said with its file, its key and its mend."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, time
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from digest.config.keys import choices, unknown_keys
from digest.errors import ConfigError
from digest.wire import WireError, from_mapping

T = TypeVar("T")

_CONFLICT = re.compile(r"^<{7} .*?^={7}$.*?^>{7} ", re.DOTALL | re.MULTILINE)
"""Two versions of a place, as git writes them into a file that it could not merge; within a text they are TOML."""


def read_toml(path: Path) -> dict[str, object]:
    """Return the tables in `path`, written by whatever editor: with a byte order mark, with CRLF.

    Raises:
        FileNotFoundError: there is no such file; what that means is for the caller to say.
        ConfigError: it cannot be read, or is no TOML.

    """
    where = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", where=where, hint="look at its rights") from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8 text", where=where, hint="save it as UTF-8") from error
    return tables(text, where)


def tables(text: str, where: str) -> dict[str, object]:
    """Return the tables that a text holds.

    Raises:
        ConfigError: it is no TOML, or git has left two versions of a place in it.

    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if conflict := _CONFLICT.search(text):
        first, last = (text.count("\n", 0, at) + 1 for at in conflict.span())
        hint = "keep what you want of the two, take the lines <<<<<<<, ======= and >>>>>>> out, and save it"
        raise ConfigError(f"has two versions from git in lines {first} to {last}", where=where, hint=hint)
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ConfigError("is no TOML: too deeply nested", where=where, hint="take the brackets out") from error
    except ValueError as error:  # TOMLDecodeError, and a whole number of more than 4,300 digits
        raise ConfigError(f"is no TOML: {error}", where=where, hint="texts stand in double quotes") from error


def as_value(mapping: Mapping[str, object], kind: type[T], *, schema: int, where: str) -> T:
    """Return the `kind`, a dataclass, that `mapping` holds; `schema` is the newest that this version reads.

    Raises:
        ConfigError: the mapping is of a newer schema, holds unknown keys (all are named), or a value of a wrong type.

    """
    written = mapping.get("schema")
    if isinstance(written, int) and written > schema:
        hint = "update Digest, or take the file of this version"
        raise ConfigError(f"is of schema {written}; this Digest reads up to {schema}", where=where, hint=hint)
    unknown = [f"{where}: {key}: unknown key (hint: {hint})" for key, hint in unknown_keys(mapping, kind)]
    if unknown:
        raise ConfigError("\n".join(unknown))
    try:
        return from_mapping({key: _dates_as_text(value) for key, value in mapping.items()}, kind)
    except WireError as error:
        raise ConfigError(_plain(error.message, where, kind)) from error


def _dates_as_text(value: object) -> object:
    """Return a TOML value with its dates as ISO 8601 text: an editor may write them with quotes or without."""
    if isinstance(value, list):
        return [_dates_as_text(item) for item in value]
    if isinstance(value, dict):
        return {key: _dates_as_text(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, date | time) else value


def _plain(message: str, where: str, kind: type) -> str:
    """Return the wire's message with its place first: ``digest.toml: sections[0].cap: expected …``.

    A word that is not one of those allowed gets them, and the one that was probably meant.
    """
    fault, _, place = message.partition(" - at `$")
    key = place.strip("`").lstrip(".")
    fault = fault[:1].lower() + fault[1:]
    for wire, toml in _PLAINLY.items():
        fault = fault.replace(wire, toml)
    wrong = re.fullmatch(r"invalid enum value '(.*)'", fault)
    if wrong:
        allowed = choices(kind, key)
        close = get_close_matches(wrong[1], allowed, n=1)
        meant = f"did you mean {close[0]!r}? " if close else ""
        fault = f"there is no {wrong[1]!r} (hint: {meant}one of: {', '.join(allowed)})"
    return f"{where}: {key}: {fault}" if key else f"{where}: {fault}"


_PLAINLY = {
    "`str | null`": "a text",
    "`int | null`": "a whole number",
    "`str`": "a text",
    "`int`": "a whole number",
    "`bool`": "true or false",
    "`array`": "a list",
    "`object`": "a table",
    "`float`": "a number with a fraction",
    "object missing required field": "lacks the key",
}
"""msgspec's words, and what an editor calls the same."""
