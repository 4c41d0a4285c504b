"""Header lines of a message, in ASCII and folded, that every reader of mail understands.

Python's own policies lose long non-ASCII subjects (35 of 3,000 random ones on 3.11), so that the lines are made here:
ASCII words as they are, all else as base64 encoded-words (RFC 2047) cut between characters.
"""

import base64
import re

from digest.errors import MailerError
from digest.text.addresses import is_address

_WIDTH = 76
"""RFC 5322 asks for lines of at most 78 characters."""
_CHUNK = 39
"""Bytes in an encoded-word: 52 base64 digits and its frame stay under RFC 2047's limit of 75."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def header(name: str, text: str) -> bytes:
    """Return `name: text` folded, with its line end.

    Text that begins an encoded-word by accident, or has a very long word or runs of spaces, is encoded too, so that it
    comes back as it was.

    Raises:
        MailerError: the text holds a control character, which could smuggle in a second header.

    """
    _refuse_controls(name, text)
    return _folded(name, text.split(" ") if _is_plain(text) else _encoded(text))


def token(name: str, word: str) -> bytes:
    """Return `name: word` with its line end; `word` is ASCII and stays whole, however long it is."""
    return _folded(name, [word])


def mailbox(name: str, person: str, address: str) -> bytes:
    """Return `name: person <address>` folded, with its line end; the bare address without a person.

    Raises:
        MailerError: the person's name holds a control character, or the address is none that mail can be sent to.

    """
    _refuse_controls(name, person)
    reached = ascii_address(address)
    if not person:
        return _folded(name, [reached])
    quoted = '"' + person.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return _folded(name, [*(quoted.split(" ") if _is_plain(person) else _encoded(person)), f"<{reached}>"])


def ascii_address(address: str) -> str:
    """Return a mail address with its host as mail servers know it: `a@xn--hfen-loa.example` for `a@häfen.example`.

    Raises:
        MailerError: it is no address, or there can be no such host.

    """
    hint = "write it like desk@harbour.example"
    if not is_address(address):
        raise MailerError(f"not a mail address: {address!r}", where="digest.toml: mailer", hint=hint)
    if address.isascii():
        return address
    import idna  # noqa: PLC0415 - heavy: its tables, needed for few hosts

    local, _, host = address.rpartition("@")
    try:
        return f"{local}@{idna.encode(host, uts46=True).decode('ascii')}"
    except idna.IDNAError as error:
        message = f"no host can be called {host!r}: {error}"
        raise MailerError(message, where="digest.toml: mailer", hint=hint) from error


def _refuse_controls(name: str, text: str) -> None:
    if _CONTROL.search(text):
        raise MailerError("holds a control character", where=f"header {name}", hint="take it out of the text")


def _folded(name: str, words: list[str]) -> bytes:
    lines = [f"{name}:"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > _WIDTH and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines).encode("ascii") + b"\r\n"


def _is_plain(text: str) -> bool:
    """Tell whether ASCII text can stand on folded lines as it is."""
    return text.isascii() and "=?" not in text and all(0 < len(word) < _WIDTH - 20 for word in text.split(" "))


def _encoded(text: str) -> list[str]:
    """Return `text` as encoded-words."""
    return [f"=?utf-8?b?{base64.b64encode(chunk.encode()).decode()}?=" for chunk in _chunks(text)]


def _chunks(text: str) -> list[str]:
    chunks = [""]
    for character in text:
        if len((chunks[-1] + character).encode()) > _CHUNK:
            chunks.append("")
        chunks[-1] += character
    return chunks
