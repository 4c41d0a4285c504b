"""What kind of picture bytes are, by their first ones. What is not listed here is never handed to a decoder."""

import re

from digest.errors import PictureError

SVG = "SVG"

_STARTS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
)
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_REFUSED = (
    (b"%PDF", "a PDF"),
    (b"%!PS", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "PostScript"),
    (b"\x1f\x8b", "a compressed file"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
)
_HTML = re.compile(rb"<!doctype html|<html|<head|<body", re.IGNORECASE)
_MARKUP = 4_096
"""So many bytes from the start must hold the `<svg`, behind whatever comments stand before it."""


def kind_of(source: bytes) -> str:
    """Return Pillow's name of the format, or "SVG".

    Raises:
        PictureError: it is nothing that can be shown in a mail; the message says what it seems to be.

    """
    if not source:
        raise PictureError("it is empty: not one byte came")
    for start, kind in _STARTS:
        if source.startswith(start):
            return kind
    if source[:4] == b"RIFF" and source[8:12] == b"WEBP":
        return "WEBP"
    if source[4:8] == b"ftyp" and _brands(source) & _AVIF_BRANDS:
        return "AVIF"
    start = source[:_MARKUP].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") and b"<svg" in start and not _HTML.match(start):
        return SVG
    raise PictureError(f"it is no picture: {_seems(source, start)}")


def _brands(source: bytes) -> set[bytes]:
    """Return the brands that an ISO media file says it is of: what decoders of any of them can read."""
    size = min(int.from_bytes(source[:4], "big"), 256)
    return {source[8:12], *(source[at : at + 4] for at in range(16, size, 4))}


def _seems(source: bytes, start: bytes) -> str:
    for first, what in _REFUSED:
        if source.startswith(first):
            return what
    if source[4:8] == b"ftyp":
        return "HEIC" if _brands(source) & _HEIC_BRANDS else "a video"
    return "a web page" if _HTML.search(start) else "bytes of no known kind"
