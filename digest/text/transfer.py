"""How a text travels in a mail: seven-bit lines of at most 76 characters, in the shorter of the two encodings.

RFC 2045 has two that any relay leaves alone: quoted-printable costs two bytes more for every byte that is not ASCII
and is the shorter one for most of Europe, base64 costs 37 % always and is the shorter one for most of Asia.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal, Protocol

Encoding = Literal["quoted-printable", "base64"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A text as it is sent: the Content-Transfer-Encoding, and the bytes, which are ASCII in lines that end in CRLF."""

    encoding: Encoding
    content: bytes


def encode(text: str) -> Transfer:
    """Return `text` in the shorter encoding, and in quoted-printable where both are as long.

    Every line end becomes CRLF, as RFC 2046 asks for, and the last line gets one too. `len(encode(text).content)` is
    what the text weighs in the mail.
    """
    lines = _lines(text).removesuffix("\r\n")
    data = f"{lines}\r\n".encode()
    written = {encoding: pack(data) for encoding, pack in _PACKED.items()}
    shorter = min(_PACKED, key=lambda encoding: len(written[encoding]))
    return Transfer(encoding=shorter, content=written[shorter])


def shares(pieces: Sequence[str]) -> tuple[int, ...]:
    """Return what each piece of a text weighs in the mail, in bytes; they add up to what the whole weighs.

    A piece's share is what the text up to its end weighs more than the text up to its beginning, both in the encoding
    that the whole takes: a line that two pieces are in is broken once.
    """
    whole = encode("".join(pieces))
    pack, total = _PACKED[whole.encoding], len(whole.content)
    ends = [len(pack(data)) for data in accumulate(_lines(piece).encode() for piece in pieces[:-1])]
    # A space at an end is written as three bytes, which it is no more once the next piece follows.
    places = [*accumulate((min(end, total) for end in ends), max, initial=0), *[total] * bool(pieces)]
    return tuple(end - start for start, end in pairwise(places))


class _Pack(Protocol):
    def __call__(self, data: bytes, /) -> bytes: ...


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")


def _base64(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


_PACKED: Mapping[Encoding, _Pack] = {"quoted-printable": binascii.b2a_qp, "base64": _base64}
"""The first one is taken where both are as long."""
