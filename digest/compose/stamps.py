"""How it is known again with what decisions an issue was made."""

from digest.model.edits import Edits
from digest.text.digests import sha256
from digest.wire import to_json

_NONE = Edits()


def stamp_of(edits: Edits) -> str:
    """Return the SHA-256 of what an editor decided by hand; "" where that is nothing. Comments do not count."""
    return "" if edits == _NONE else sha256(to_json(edits).decode())
