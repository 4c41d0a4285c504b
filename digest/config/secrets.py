"""Keys and passwords: digest.toml names the environment variable of each, and here is where they are looked for.

`NAME` in the environment; else the file that `NAME_FILE` names there, as Docker and systemd hand secrets in; else the
system's keyring, under the service `digest-roundup` and the user name `NAME`, where the extra `keyring` is installed.
None of them ever stands in a message, an error or a `repr`.
"""

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from digest.errors import ConfigError

SERVICE: Final = "digest-roundup"
"""What the keyring knows Digest as: `keyring set digest-roundup NAME`."""

_MOST: Final = 65_536
"""Bytes of a secret: far more than the longest private key has."""

_MOUNTED: Final = Path("/run/secrets")
"""Where containers find their secrets: readable by all who are in there, and that is Digest alone."""

_NOTHING: Mapping[str, str] = {}

Warn = Callable[[str], None]


def _silent(_: str) -> None:
    """Tell nobody."""


class Keys:
    """The secrets of a newsroom, each looked for when it is first asked for, and remembered.

    `warn` is told of a file that other users of the machine can read.
    """

    def __init__(self, environment: Mapping[str, str] = _NOTHING, warn: Warn = _silent) -> None:
        self._environment, self._warn = environment, warn
        self._known: dict[str, str] = {}

    def __repr__(self) -> str:
        return "Keys()"

    def find(self, name: str) -> str:
        """Return the secret that the environment variable `name` stands for; "" where nobody has it.

        Raises:
            ConfigError: the file that should hold it cannot be read, is empty or is no text; the keyring is there and
                cannot be asked.

        """
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> str:
        said = self._environment.get(name, "")
        if said:
            return said
        file = self._environment.get(f"{name}_FILE", "")
        return self._of_file(f"{name}_FILE", Path(file)) if file else _of_keyring(name)

    def _of_file(self, variable: str, path: Path) -> str:
        """Return what stands in a file, without its last line end: those who write such files often add one."""
        content = _read(variable, path)
        try:
            text = content.decode()
        except UnicodeDecodeError:
            text = "\0"
        text = text.removesuffix("\n").removesuffix("\r")
        if not text.strip():
            raise ConfigError(f"the file is empty: {path}", where=variable, hint="write the key into it")
        if "\0" in text:
            raise ConfigError(f"the file is no text: {path}", where=variable, hint="does it name another file?")
        if _is_open(path):
            self._warn(f"warning: {variable}: other users can read {path} (hint: chmod 600 {path})")
        return text


def _read(variable: str, path: Path) -> bytes:
    hint = "does it name the right file, and may you read it?"
    try:
        with path.open("rb") as file:
            content = file.read(_MOST + 1)
    except OSError as error:
        message = f"the file cannot be read: {path}: {error.strerror or error}"
        raise ConfigError(message, where=variable, hint=hint) from error
    if len(content) > _MOST:
        raise ConfigError(f"the file is too large for a key: {path}", where=variable, hint=hint)
    return content


def _is_open(path: Path) -> bool:
    """Tell whether others than its owner may read a file, where there may be others."""
    mode = os.stat(path).st_mode  # noqa: PTH116 - a pipe's path has no other way
    return stat.S_ISREG(mode) and bool(mode & 0o044) and _MOUNTED not in path.resolve().parents


def _of_keyring(name: str) -> str:
    """Return what the system's keyring knows; "" where there is none, as on most servers."""
    try:
        import keyring  # noqa: PLC0415 - not installed everywhere, and only asked where nothing else has the key
        from keyring.errors import KeyringError, NoKeyringError  # noqa: PLC0415 - likewise
    except ImportError:
        return ""
    try:
        return keyring.get_password(SERVICE, name) or ""
    except NoKeyringError:
        return ""
    except Exception as error:  # its backends are plug-ins, which may raise anything
        said = (isinstance(error, KeyringError) and str(error)) or type(error).__name__
        hint = f"unlock it, or put the key into {name} or the file that {name}_FILE names"
        raise ConfigError(f"the system's keyring cannot be asked: {said}", where=name, hint=hint) from error
