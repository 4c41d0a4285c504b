"""The configuration: a mapping in, a Config out. Every fault is named at once, with its key and its mend."""

import tomllib
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path

from digest.config.checks import faults
from digest.config.keys import unknown_keys
from digest.config.schema import SCHEMA, Config
from digest.errors import ConfigError
from digest.wire import WireError, from_mapping

__all__ = ["Config", "load_config", "read_config"]


def load_config(path: Path) -> Config:
    """Return the configuration that stands in `path`.

    Raises:
        ConfigError: it cannot be read, is no TOML, or says something that cannot work.

    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        mapping = tomllib.loads(text.replace("\r\n", "\n"))
    except FileNotFoundError as error:
        hint = "run this in the magazine's folder, or make one with: digest init"
        raise ConfigError("there is no digest.toml here", where=str(path), hint=hint) from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8 text", where=str(path), hint="save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", where=str(path), hint="look at its rights") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"is no TOML: {error}", where=str(path), hint="texts stand in double quotes") from error
    return read_config(mapping, where=path.name)


def read_config(mapping: Mapping[str, object], *, where: str = "digest.toml") -> Config:
    """Return the configuration that `mapping` holds.

    Raises:
        ConfigError: its message names every unknown key, or every value that cannot work.

    """
    _refuse_newer(mapping, where)
    unknown = [f"{where}: {key}: unknown key (hint: {hint})" for key, hint in unknown_keys(mapping, Config)]
    if unknown:
        raise ConfigError("\n".join(unknown))
    try:
        config = from_mapping({key: _dates_as_text(value) for key, value in mapping.items()}, Config)
    except WireError as error:
        raise ConfigError(_plain(error.message, where)) from error
    wrong = [f"{where}: {key}: {message} (hint: {hint})" for key, message, hint in faults(config)]
    if wrong:
        raise ConfigError("\n".join(wrong))
    return config


def _dates_as_text(value: object) -> object:
    """Return a TOML value with its dates as ISO 8601 text: an editor may write them with quotes or without."""
    if isinstance(value, list):
        return [_dates_as_text(item) for item in value]
    if isinstance(value, dict):
        return {key: _dates_as_text(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, date | time) else value


def _refuse_newer(mapping: Mapping[str, object], where: str) -> None:
    schema = mapping.get("schema")
    if schema is None:
        raise ConfigError("says no schema", where=where, hint=f"write as its first line: schema = {SCHEMA}")
    if isinstance(schema, int) and schema > SCHEMA:
        hint = "update Digest, or take the file of this version"
        raise ConfigError(f"is of schema {schema}; this Digest reads up to {SCHEMA}", where=where, hint=hint)


def _plain(message: str, where: str) -> str:
    """Return the wire's message with its place first: ``digest.toml: sections[0].cap: expected …``."""
    fault, _, place = message.partition(" - at `$")
    key = place.strip("`").lstrip(".")
    fault = fault[:1].lower() + fault[1:]
    for wire, toml in _TYPES.items():
        fault = fault.replace(f"`{wire}`", toml)
    return f"{where}: {key}: {fault}" if key else f"{where}: {fault}"


_TYPES = {
    "str | null": "a text",
    "int | null": "a whole number",
    "str": "a text",
    "int": "a whole number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "float": "a number with a fraction",
}
"""msgspec's names of types, and what an editor calls them."""
