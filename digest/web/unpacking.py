"""Unpacking: what stands in an answer that its server has packed, a bounded piece at a time.

httpx2 can do it too, but ends at the first of several gzip members and takes half an answer for a whole one. Here
whatever is cut short is an error, and no layer of a packed answer may be larger than the answer itself may be: one that
packs gigabytes of nothing costs neither memory nor time.
"""

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final, Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED: Final = "gzip, deflate, br, zstd"
"""The header Accept-Encoding: what can be unpacked here."""

PIECE: Final = 256 * 1024
"""So many bytes are unpacked at a time. Brotli may give out twice as many."""

_LAYERS: Final = 3
"""An answer is packed once; twice by a careless proxy."""
_WINDOW: Final = 23
"""RFC 9659: Zstandard on the web looks back 8 MB at most; whoever asks for more memory does not get it."""
_GZIP: Final = b"\x1f\x8b"


class PackingError(Exception):
    """What was packed cannot be unpacked; `str()` says why."""


class TooLargeError(Exception):
    """A layer is larger than an answer may be."""


def unpacked(pieces: Iterable[bytes], codings: str, most: int, check: Callable[[], None]) -> Iterator[bytes]:
    """Yield what `pieces` hold, packed by `codings` (a Content-Encoding; names that are none are passed over).

    `check` is called before each piece is handed on: it raises when the time is over.

    Raises:
        PackingError: they are no such thing, cut short, or packed over and over.
        TooLargeError: the packed bytes, or those of a layer, are more than `most`.

    """
    layers = [_UNPACKERS[name] for each in codings.split(",") if (name := each.strip().lower()) in _UNPACKERS]
    if len(layers) > _LAYERS:
        raise PackingError(f"packed {len(layers)} times over")
    stream = _bounded(pieces, most, check)
    for unpacker in reversed(layers):
        stream = _bounded(_through(unpacker(), stream), most, check)
    yield from stream


class _Unpacker(Protocol):
    """One layer. `done`: all of it was there."""

    @property
    def done(self) -> bool: ...

    def feed(self, data: bytes) -> Iterator[bytes]: ...


def _bounded(pieces: Iterable[bytes], most: int, check: Callable[[], None]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        check()
        size += len(piece)
        if size > most:
            raise TooLargeError
        yield piece


def _through(unpacker: _Unpacker, pieces: Iterable[bytes]) -> Iterator[bytes]:
    began = False
    for piece in pieces:
        began = began or bool(piece)
        try:
            yield from unpacker.feed(piece)
        except (zlib.error, brotli.error, zstd.ZstdError) as error:
            raise PackingError(f"it cannot be unpacked: {error}") from error
    if began and not unpacker.done:
        raise PackingError("it ends in the middle of what was packed")


class _Zlib:
    """gzip: one member or several (RFC 1952, 2.2), and whatever padding; deflate: with zlib's head or without."""

    def __init__(self, bits: Callable[[bytes], int], *, members: bool) -> None:
        self._bits, self._members = bits, members
        self._member = zlib.decompressobj()
        self._begun = False
        self._held = b""

    @property
    def done(self) -> bool:
        return self._member.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        data, self._held = self._held + data, b""
        while data:
            if self._member.eof or not self._begun:
                if len(data) < len(_GZIP):
                    self._held = data
                    return
                if self._begun and not (self._members and data.startswith(_GZIP)):
                    return
                self._member, self._begun = zlib.decompressobj(self._bits(data)), True
            yield self._member.decompress(data, PIECE)
            data = self._member.unused_data if self._member.eof else self._member.unconsumed_tail


def _deflate(data: bytes) -> int:
    """Return how deflate that begins so is to be read: RFC 9110 wants zlib's head, which not every server sends."""
    headed = data[0] & 15 == zlib.DEFLATED and int.from_bytes(data[:2]) % 31 == 0
    return zlib.MAX_WBITS if headed else -zlib.MAX_WBITS


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def done(self) -> bool:
        return bool(self._stream.is_finished())

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self.done:
            return
        yield self._stream.process(data, output_buffer_limit=PIECE)
        while not self._stream.can_accept_more_data():
            yield self._stream.process(b"", output_buffer_limit=PIECE)


class _Zstandard:
    """One frame or several (RFC 8878, 3)."""

    def __init__(self) -> None:
        self._frame = self._new()

    @property
    def done(self) -> bool:
        return self._frame.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data or not (self._frame.needs_input or self._frame.eof):
            if self._frame.eof:
                self._frame = self._new()
            yield self._frame.decompress(data, PIECE)
            data = self._frame.unused_data if self._frame.eof else b""

    @staticmethod
    def _new() -> zstd.ZstdDecompressor:
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW})


def _gzip() -> _Zlib:
    return _Zlib(lambda _: zlib.MAX_WBITS | 16, members=True)


_UNPACKERS: dict[str, Callable[[], _Unpacker]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": partial(_Zlib, _deflate, members=False),
    "br": _Brotli,
    "zstd": _Zstandard,
}
