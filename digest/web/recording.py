"""Recording: every answer as it came goes into a WARC file (ISO 28500), which other tools can read as well.

An answer that did not come, or not all of it, is recorded with what went wrong (the field Digest-Fault). The last
record says how many there are: warcio reads a file that is cut short without a word.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from threading import Lock
from typing import BinaryIO, Final

import httpx2
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from digest import __version__
from digest.web.faults import FAULTS, fault_of
from digest.web.secrets import Secrets
from digest.web.unpacking import PackingError, TooLargeError, unpacked

FAULT: Final = "Digest-Fault"
METHOD: Final = "Digest-Method"
END: Final = "urn:digest:end"
"""The address of the last record, whose field Digest-Records counts those of answers."""
COUNT: Final = "Digest-Records"

_LEFT_OUT = frozenset({"transfer-encoding", "connection"})
"""What a header says of the way that an answer took, not of the answer."""
_BREAKS = str.maketrans({"\r": " ", "\n": " ", "\0": " "})
_MOST = 25_000_000


class Recorder:
    """Writes to `stream` what was answered, as of `now`. Threads may share it; `finish` makes it whole."""

    def __init__(self, stream: BinaryIO, now: datetime) -> None:
        self._writer = WARCWriter(stream, gzip=True, warc_version="WARC/1.1")
        self._date = f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        self._count = 0
        self._lock = Lock()
        said = f"software: Digest/{__version__}\r\nformat: WARC File Format 1.1\r\n"
        self._write("", "warcinfo", {}, said.encode())

    def over(self, transport: httpx2.BaseTransport, secrets: Secrets) -> httpx2.BaseTransport:
        """Return what asks by `transport` and writes down all that it answers, without keys."""
        return _Listening(transport, self, secrets)

    def finish(self) -> None:
        """Say that this was all."""
        self._write(END, "metadata", {COUNT: str(self._count)}, b"")

    def note(
        self, url: str, method: str, fault: str, answer: StatusAndHeaders | None = None, body: bytes = b""
    ) -> None:
        """Write down that one answer came, or none."""
        fields = {METHOD: method} | ({FAULT: fault.translate(_BREAKS)} if fault else {})
        self._write(url, "response" if answer else "metadata", fields, body, answer)
        with self._lock:
            self._count += 1

    def _write(
        self, url: str, kind: str, fields: Mapping[str, str], body: bytes, answer: StatusAndHeaders | None = None
    ) -> None:
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(body),
            length=len(body),
            http_headers=answer,
            warc_headers_dict={**fields, "WARC-Date": self._date},
        )
        with self._lock:
            self._writer.write_record(record)


class _Listening(httpx2.BaseTransport):
    def __init__(self, transport: httpx2.BaseTransport, recorder: Recorder, secrets: Secrets) -> None:
        self._transport, self._recorder, self._secrets = transport, recorder, secrets

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = self._secrets.hidden(str(request.url))
        try:
            response = self._transport.handle_request(request)
        except FAULTS as error:
            self._recorder.note(url, request.method, self._secrets.hidden(fault_of(error)))
            raise
        stream = response.stream
        assert isinstance(stream, httpx2.SyncByteStream)  # noqa: S101 - for mypy: our transport gives no other
        response.stream = _Heard(stream, _Answer(request, response, self._recorder, self._secrets))
        return response


class _Answer:
    """An answer whose body is on its way."""

    def __init__(
        self, request: httpx2.Request, response: httpx2.Response, recorder: Recorder, secrets: Secrets
    ) -> None:
        self._request, self._response, self._recorder, self._secrets = request, response, recorder, secrets
        self._noted = False

    def note(self, body: bytes, fault: str) -> None:
        """Write it down, once; a key that was sent may be said again in it, packed or not."""
        if self._noted:
            return
        self._noted = True
        asked, hidden = str(self._request.url), self._secrets.hidden
        headers = [(name.lower(), hidden(value)) for name, value in self._response.headers.multi_items()]
        if hidden(asked) != asked:
            body = self._secrets.hidden_in(_plain(body, self._response.headers.get("content-encoding", "")))
            headers = [(name, value) for name, value in headers if name != "content-encoding"]
        said = [(name, value.translate(_BREAKS)) for name, value in headers if name not in _LEFT_OUT]
        line = f"{self._response.status_code} {self._response.reason_phrase}".translate(_BREAKS)
        answer = StatusAndHeaders(line, said, protocol="HTTP/1.1")
        self._recorder.note(hidden(asked), self._request.method, hidden(fault), answer, body)


class _Heard(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, answer: _Answer) -> None:
        self._stream, self._answer = stream, answer
        self._body, self._fault = bytearray(), ""

    def __iter__(self) -> Iterator[bytes]:
        try:
            for piece in self._stream:
                self._body += piece
                yield piece
        except FAULTS as error:
            self._fault = fault_of(error)
            raise

    def close(self) -> None:
        self._stream.close()
        self._answer.note(bytes(self._body), self._fault)


def _plain(body: bytes, codings: str) -> bytes:
    """Return what was packed, as much of it as can be unpacked."""
    pieces: list[bytes] = []
    with suppress(PackingError, TooLargeError):
        pieces.extend(unpacked([body], codings, _MOST, lambda: None))
    return b"".join(pieces)
