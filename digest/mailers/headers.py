"""Header lines of a message, in ASCII and folded, that every reader of mail understands.

Python's own policies lose long non-ASCII subjects (35 of 3,000 random ones on 3.11), so that the lines are made here:
ASCII words as they are, all else as base64 encoded-words (RFC 2047) cut between characters.
"""

import base64
import re
from collections.abc import Sequence
from urllib.parse import quote

from digest.errors import MailerError
from digest.text.addresses import is_address

_WIDTH = 76
"""RFC 5322 asks for lines of at most 78 characters."""
_CHUNK = 39
"""Bytes in an encoded-word: 52 base64 digits and its frame stay under RFC 2047's limit of 75."""
_LINE = 960
"""RFC 5322 lets no line be longer than 998 octets: a header's name and what stands around an address fit beside these.
"""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_IN_URI = "!$%&'()*+,-./:;=?@_~#"
"""What stands in an address as it is, beside letters and digits; `%` because what is escaped stays escaped."""
_PLACE = re.compile(r"//(?P<host>\[[^/?#]*\]|[^/?#:@]+)(?P<port>(?::[0-9]+)?)(?=[/?#]|$)")
_HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]")


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


def phrase(name: str, words: str, sign: str) -> bytes:
    """Return `name: words <sign>` folded, with its line end; `sign` is ASCII and stays whole.

    Raises:
        MailerError: the words hold a control character.

    """
    _refuse_controls(name, words)
    quoted = '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"' if words else ""
    shown = quoted.split(" ") if _is_plain(words) else _encoded(words)
    return _folded(name, [*shown, f"<{sign}>"] if words else [f"<{sign}>"])


def mailbox(name: str, person: str, address: str) -> bytes:
    """Return `name: person <address>` folded, with its line end; the bare address without a person.

    Raises:
        MailerError: the person's name holds a control character, or the address is none that mail can be sent to.

    """
    reached = ascii_address(address)
    return phrase(name, person, reached) if person else token(name, reached)


def uris(name: str, addresses: Sequence[str]) -> bytes:
    """Return `name: <address>, <address>` folded between them, as RFC 2369 writes them, with its line end.

    An address of more than 958 characters goes on over the next line, because no relay lets a longer one through:
    whoever reads such a header takes no notice of white space between `<` and `>`.

    Raises:
        MailerError: one of them is no address of the web and of no mailbox, or holds a control character.

    """
    written = ", ".join(f"<{ascii_uri(address)}>" for address in addresses).split(" ")
    return _folded(name, [word[start : start + _LINE] for word in written for start in range(0, len(word), _LINE)])


def ascii_uri(address: str) -> str:
    """Return an address of the web or of a mailbox in ASCII: its host as servers know it, all else in percent signs.

    Raises:
        MailerError: it is neither `https://…` (`http://…`) nor `mailto:…`, or holds a control character.

    """
    _refuse_controls("List-Unsubscribe", address)
    scheme, _, rest = address.partition(":")
    if scheme.lower() == "mailto":
        box, mark, fields = rest.partition("?")
        return f"mailto:{quote(ascii_address(box), safe=_IN_URI)}{mark}{quote(fields, safe=_IN_URI)}"
    found = _PLACE.match(rest)
    host = found["host"] if found else ""
    host = host if host.isascii() else _ascii_host(host)
    if scheme.lower() not in {"http", "https"} or not found or not _HOST.fullmatch(host):
        place, hint = "digest.toml: mailer.unsubscribe_url", "start it with https:// or mailto:"
        raise MailerError(f"nobody can leave by {address!r}", where=place, hint=hint)
    return f"{scheme.lower()}://{host}{found['port']}{quote(rest[found.end() :], safe=_IN_URI)}"


def ascii_address(address: str) -> str:
    """Return a mail address with its host as mail servers know it: `a@xn--hfen-loa.example` for `a@häfen.example`.

    Raises:
        MailerError: it is no address, or there can be no such host.

    """
    hint = "write it like desk@harbour.example"
    if not is_address(address):
        raise MailerError(f"not a mail address: {address!r}", where="digest.toml: mailer", hint=hint)
    local, _, host = address.rpartition("@")
    return address if address.isascii() else f"{local}@{_ascii_host(host)}"


def _ascii_host(host: str) -> str:
    import idna  # noqa: PLC0415 - heavy: its tables, needed for few hosts

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        hint = "write it like harbour.example"
        raise MailerError(f"no host can be called {host!r}: {error}", where="digest.toml: mailer", hint=hint) from error


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
