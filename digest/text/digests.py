"""SHA-256 of texts: how a text that was replaced, and a file that was built, is known again."""

import hashlib


def sha256(text: str) -> str:
    """Return the 64 hex digits of the SHA-256 of `text` in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
