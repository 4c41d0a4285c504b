"""Files that are packed as such (`sitemap.xml.gz`), unpacked piece by piece and no further than is allowed."""

import zlib
from dataclasses import replace
from typing import Final

from digest.errors import SourceError
from digest.model.article import Document, Problem
from digest.sources.kinds import LARGEST
from digest.sources.report import problem

_GZIP: Final = b"\x1f\x8b"
_STEP: Final = 1_000_000


def unpacked(document: Document) -> Document | Problem:
    """Return a document as it is, or with its body unpacked where it is gzip; never more than a sitemap may have."""
    if not document.body.startswith(_GZIP):
        return document
    try:
        return replace(document, body=_inflated(document.body, LARGEST["sitemap"]))
    except SourceError as error:
        return problem(document, error.message, hint=error.hint, incomplete=True)


def _inflated(packed: bytes, most: int) -> bytes:
    """Return what gzip holds.

    Raises:
        SourceError: it is damaged, or holds more than `most` bytes.

    """
    machine, body = zlib.decompressobj(wbits=31), bytearray()
    try:
        rest = packed
        while rest and not machine.eof:
            body += machine.decompress(rest, _STEP)
            rest = machine.unconsumed_tail
            if len(body) > most:
                message = f"unpacked it is larger than {most // 1_000_000} MB: it was not read"
                raise SourceError(message, hint="name a sitemap of one month")
    except zlib.error as error:
        raise SourceError(f"it cannot be unpacked: {error}", hint="fetch it again") from error
    if not machine.eof:
        raise SourceError("it cannot be unpacked: it breaks off", hint="fetch it again")
    return bytes(body)
