"""Replaying: addresses answer what they answered when a recording was made, and nothing else is asked."""

import io
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from threading import Lock
from typing import BinaryIO

import httpx2
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders

from digest.errors import SourceError
from digest.web.failing import UnrecordedError
from digest.web.faults import fault_from
from digest.web.recording import COUNT, END, FAULT, METHOD
from digest.web.secrets import Secrets

_PIECE = 65_536
_AGAIN = "record it again: digest ingest --record FILE"


class Replayer:
    """Answers from a recording in `stream`, called `where`. Of several answers of an address the last counts.

    Raises:
        SourceError: it is none, cut short or damaged.

    """

    def __init__(self, stream: BinaryIO, where: str) -> None:
        self._stream = stream
        self._lock = Lock()
        try:
            with redirect_stderr(io.StringIO()):  # warcio speaks to the terminal of what it skips
                self._places = self._looked_through(where)
        except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, KeyError, AttributeError) as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise SourceError(f"this is no recording, or a damaged one: {reason}", where=where, hint=_AGAIN) from error

    def _looked_through(self, where: str) -> dict[tuple[str, str], int]:
        """Return where the answers stand, once all were read and held against their digests."""
        places: dict[tuple[str, str], int] = {}
        count, said, found = 0, None, ArchiveIterator(self._stream, check_digests="raise")
        for record in found:
            fields = record.rec_headers
            while record.raw_stream.read(_PIECE):
                pass
            if fields.get_header("WARC-Target-URI") == END:
                said = fields.get_header(COUNT)
            elif method := fields.get_header(METHOD):
                places[method, fields.get_header("WARC-Target-URI")] = found.get_record_offset()
                count += 1
        if said != str(count):
            missing = f"{count} of {said} answers are there" if said else f"it has no end, behind {count} answers"
            raise SourceError(f"the recording is cut short: {missing}", where=where, hint=_AGAIN)
        return places

    def over(self, transport: httpx2.BaseTransport, secrets: Secrets) -> httpx2.BaseTransport:
        """Return what answers in the place of `transport`, which is not asked."""
        del transport
        return _Replaying(self, secrets)

    def answer(self, method: str, url: str) -> httpx2.Response:
        """Return what an address answered.

        Raises:
            UnrecordedError: it was not asked then.
            Exception: what went wrong then.

        """
        place = self._places.get((method, url))
        if place is None:
            raise UnrecordedError
        with self._lock:
            self._stream.seek(place)
            record = next(iter(ArchiveIterator(self._stream)))
            fault, body = record.rec_headers.get_header(FAULT), record.raw_stream.read()
        if record.http_headers is None:
            raise fault_from(fault or "")
        return _response(record.http_headers, _Body(body, fault))


def _response(head: StatusAndHeaders, body: "_Body") -> httpx2.Response:
    status, _, reason = head.statusline.partition(" ")
    words = {"reason_phrase": reason.encode("ascii", "replace")}
    return httpx2.Response(int(status), headers=head.headers, stream=body, extensions=words)


class _Replaying(httpx2.BaseTransport):
    def __init__(self, replayer: Replayer, secrets: Secrets) -> None:
        self._replayer, self._secrets = replayer, secrets

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return self._replayer.answer(request.method, self._secrets.hidden(str(request.url)))


class _Body(httpx2.SyncByteStream):
    def __init__(self, body: bytes, fault: str | None) -> None:
        self._body, self._fault = body, fault

    def __iter__(self) -> Iterator[bytes]:
        for at in range(0, len(self._body), _PIECE):
            yield self._body[at : at + _PIECE]
        if self._fault:
            raise fault_from(self._fault)
