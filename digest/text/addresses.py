"""Addresses of mailboxes."""

import re

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"(?![-])[\w-]{1,63}(?<!-)"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")


def is_address(text: str) -> bool:
    """Tell whether `text` is a mailbox that every mail server can reach: an ASCII name before one @, a host behind it.

    The host may be in any script.
    """
    return _ADDRESS.fullmatch(text) is not None
