"""Header lines of a message, in ASCII and folded, that every reader of mail understands.

Python's own policies lose long non-ASCII subjects (35 of 3,000 random ones on 3.11), so that the lines are made here:
ASCII words as they are, all else as base64 encoded-words (RFC 2047) cut between characters.
"""

import base64
import re

from digest.errors import MailerError

_WIDTH = 76
"""RFC 5322 asks for lines of at most 78 characters."""
_CHUNK = 39
"""Bytes in an encoded-word: 52 base64 digits and its frame stay under RFC 2047's limit of 75."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def header(name: str, value: str) -> bytes:
    """Return `name: value` folded, with its line end.

    Raises:
        MailerError: the value holds a control character, which could smuggle in a second header.

    """
    if _CONTROL.search(value):
        raise MailerError("holds a control character", where=f"header {name}", hint="take it out of the text")
    lines = [f"{name}:"]
    for word in _words(value):
        if len(lines[-1]) + 1 + len(word) > _WIDTH and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines).encode("ascii") + b"\r\n"


def mailbox(name: str, address: str) -> str:
    """Return `name <address>` with the name quoted where it needs it; the bare address without a name."""
    if not name:
        return address
    if not name.isascii():
        return f"{name} <{address}>"
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>'


def _words(value: str) -> list[str]:
    """Return the value's words as they stand on the line: ASCII ones as they are, or all as encoded-words.

    A mailbox keeps its address bare. A value that begins an encoded-word by accident, or has a very long word or runs
    of spaces, is encoded too, so that it comes back as it was.
    """
    text, address = value, ""
    if value.endswith(">") and " <" in value and not value.isascii():
        text, _, address = value.rpartition(" ")
    plain = text.isascii() and "=?" not in text and all(0 < len(word) < _WIDTH - 20 for word in text.split(" "))
    words = text.split(" ") if plain else [_encoded(chunk) for chunk in _chunks(text)]
    return [*words, address] if address else words


def _chunks(text: str) -> list[str]:
    chunks = [""]
    for character in text:
        if len((chunks[-1] + character).encode()) > _CHUNK:
            chunks.append("")
        chunks[-1] += character
    return chunks


def _encoded(chunk: str) -> str:
    return f"=?utf-8?b?{base64.b64encode(chunk.encode()).decode()}?="
