"""Faults as text, so that a recording can tell what went wrong, and bring it about again."""

from typing import Final

import httpcore2

from digest.web.connecting import LateError, is_over
from digest.web.reach import InnerAddressError

_KINDS: Final[dict[str, type[Exception]]] = {
    kind.__name__: kind
    for kind in (
        InnerAddressError,
        LateError,
        httpcore2.ConnectError,
        httpcore2.ConnectTimeout,
        httpcore2.LocalProtocolError,
        httpcore2.ReadError,
        httpcore2.ReadTimeout,
        httpcore2.RemoteProtocolError,
        httpcore2.WriteError,
        httpcore2.WriteTimeout,
    )
}

FAULTS: Final = tuple(_KINDS.values())


def fault_of(error: Exception) -> str:
    """Return a fault as a line."""
    late = isinstance(error, httpcore2.TimeoutException) and is_over()
    return f"{LateError.__name__ if late else type(error).__name__}: {error}"


def fault_from(line: str) -> Exception:
    """Return the fault that a line tells of; one that is not known is a broken answer."""
    name, _, message = line.partition(": ")
    return _KINDS.get(name, httpcore2.RemoteProtocolError)(message)
