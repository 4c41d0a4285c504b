"""The configuration: a mapping in, a Config out. Every fault is named at once, with its key and its mend."""

from collections.abc import Mapping
from pathlib import Path

from digest.config.checks import faults
from digest.config.schema import SCHEMA, Config
from digest.config.toml import as_value, read_toml
from digest.errors import ConfigError

__all__ = ["Config", "load_config", "read_config"]


def load_config(path: Path) -> Config:
    """Return the configuration that stands in `path`.

    Raises:
        ConfigError: it cannot be read, is no TOML, or says something that cannot work.

    """
    try:
        mapping = read_toml(path)
    except FileNotFoundError as error:
        hint = "run this in the magazine's folder, or make one with: digest init"
        raise ConfigError("there is no digest.toml here", where=str(path), hint=hint) from error
    return read_config(mapping, where=path.name)


def read_config(mapping: Mapping[str, object], *, where: str = "digest.toml") -> Config:
    """Return the configuration that `mapping` holds.

    Raises:
        ConfigError: its message names every unknown key, or every value that cannot work.

    """
    if mapping.get("schema") is None:
        raise ConfigError("says no schema", where=where, hint=f"write as its first line: schema = {SCHEMA}")
    config = as_value(mapping, Config, schema=SCHEMA, where=where)
    wrong = [f"{where}: {key}: {message} (hint: {hint})" for key, message, hint in faults(config)]
    if wrong:
        raise ConfigError("\n".join(wrong))
    return config
