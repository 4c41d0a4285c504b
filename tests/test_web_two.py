"""digest.web speaks HTTP/2 with servers that do: a real one on loopback, behind TLS, well and badly behaved."""

import contextlib
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import h2.settings
import pytest

from digest.errors import SourceError
from digest.web import Limits, Web, connecting
from tls_making import make_certificate

TIDE = b"tide " * 30_000


class Two:
    """A server of HTTP/2: each connection has a thread. `asked` are (number of the connection, path)."""

    def __init__(self, certificate: Path) -> None:
        self.asked: list[tuple[int, str]] = []
        self.settings: dict[h2.settings.SettingCodes, int] = {}
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._context.load_cert_chain(certificate, certificate.with_suffix(".key"))
        self._context.set_alpn_protocols(["h2"])
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self._socket.getsockname()[1]}"

    def close(self) -> None:
        for each in (self._socket, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        for number in range(1000):
            try:
                plain = self._socket.accept()[0]
                stream = self._context.wrap_socket(plain, server_side=True)
            except OSError:
                return
            self._open.append(stream)
            threading.Thread(target=self._serve, args=(stream, number), daemon=True).start()

    def _serve(self, stream: ssl.SSLSocket, number: int) -> None:
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        if self.settings:
            connection.local_settings = h2.settings.Settings(client=False, initial_values=self.settings)
        connection.initiate_connection()
        with contextlib.suppress(OSError, h2.exceptions.ProtocolError):
            stream.sendall(connection.data_to_send())
            pending: dict[int, memoryview] = {}
            while data := stream.recv(65536):
                for event in connection.receive_data(data):
                    if isinstance(event, h2.events.RequestReceived):
                        headers = dict(event.headers or ())
                        path = headers[b":path"].decode()
                        self.asked.append((number, path))
                        body = self._answer(connection, event.stream_id or 0, path)
                        if body is not None:
                            pending[event.stream_id or 0] = memoryview(b"" if headers[b":method"] == b"HEAD" else body)
                for stream_id in list(pending):
                    self._go_on(connection, stream_id, pending)
                stream.sendall(connection.data_to_send())

    @staticmethod
    def _answer(connection: h2.connection.H2Connection, stream_id: int, path: str) -> bytes | None:
        """Send the head of an answer, and return its body; None where nothing comes of it."""
        if path == "/silence":
            return None
        if path == "/reset":
            connection.reset_stream(stream_id)
            return None
        if path == "/goodbye":
            connection.close_connection()
            return None
        if path == "/moved":
            connection.send_headers(stream_id, [(":status", "301"), ("location", "/tide")])
            return b"it has moved"
        bodies = {"/tide": TIDE, "/packed": gzip.compress(TIDE), "/huge": bytes(40_000_000)}
        packed = [("content-encoding", "gzip")] if path == "/packed" else []
        connection.send_headers(stream_id, [(":status", "200" if path in bodies else "404"), *packed])
        return bodies.get(path, b"no such thing")

    @staticmethod
    def _go_on(connection: h2.connection.H2Connection, stream_id: int, pending: dict[int, memoryview]) -> None:
        """Send what flow control allows of an answer."""
        body = pending[stream_id]
        while body and (room := min(connection.local_flow_control_window(stream_id), 16_384)) > 0:
            connection.send_data(stream_id, bytes(body[:room]))
            body = body[room:]
        pending[stream_id] = body
        if not body:
            connection.end_stream(stream_id)
            del pending[stream_id]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def two(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    monkeypatch.setattr(connecting, "trusting", lambda: ssl.create_default_context(cafile=str(certificate)))
    server = Two(certificate)
    yield server
    server.close()


@pytest.fixture
def web(two: Two) -> Iterator[Web]:
    with Web(named=(two.url,), limits=Limits(seconds=3)) as web:
        yield web


def test_questions_of_a_thread_share_a_connection(web: Web, two: Two) -> None:
    assert web.get(f"{two.url}/tide").body == TIDE
    assert web.get(f"{two.url}/packed").body == TIDE
    assert two.asked == [(0, "/tide"), (0, "/packed")]


def test_redirects_and_errors_are_what_they_are_elsewhere(web: Web, two: Two) -> None:
    assert web.get(f"{two.url}/moved").moved_from == (f"{two.url}/moved",)
    with pytest.raises(SourceError, match="404"):
        web.get(f"{two.url}/nothing")
    assert web.ask(f"{two.url}/nothing") == 404


def test_threads_do_not_wait_for_each_other(web: Web, two: Two) -> None:
    """One that waits in vain takes no other's time, though one server answers them all."""
    with ThreadPoolExecutor(9) as pool:
        vain = pool.submit(web.get, f"{two.url}/silence")
        time.sleep(0.2)
        start = time.monotonic()
        assert {page.body for page in pool.map(web.get, [f"{two.url}/tide"] * 40)} == {TIDE}
        assert time.monotonic() - start < 2
        with pytest.raises(SourceError, match="not done within 3 seconds"):
            vain.result()


@pytest.mark.parametrize("most", [0, 1])
def test_a_server_that_takes_one_question_at_a_time_or_none_does_not_stop_us(two: Two, most: int) -> None:
    two.settings = {h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS: most}
    start, came = time.monotonic(), 0
    with Web(named=(two.url,), limits=Limits(seconds=0.5)) as web:
        for path in ("tide", "packed", "moved", "tide"):
            with contextlib.suppress(SourceError):
                came += web.get(f"{two.url}/{path}").body == TIDE
    assert came == (4 if most else 0)
    assert time.monotonic() - start < 3


def test_what_nobody_reads_to_its_end_does_not_stop_what_comes_next(two: Two) -> None:
    """What is left of an answer is sent on, and would use up what the connection may carry."""
    with Web(named=(two.url,), limits=Limits(size=1_000_000, seconds=3)) as web:
        for _ in range(3):
            with pytest.raises(SourceError, match="larger than"):
                web.get(f"{two.url}/huge")
        assert web.get(f"{two.url}/tide").body == TIDE


@pytest.mark.parametrize("path", ["reset", "goodbye"])
def test_a_server_that_breaks_off_is_an_error_of_ours(web: Web, two: Two, path: str) -> None:
    with pytest.raises(SourceError, match="could not be read"):
        web.get(f"{two.url}/{path}")
    assert web.get(f"{two.url}/tide").body == TIDE


def test_closing_ends_what_is_being_asked(web: Web, two: Two) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(web.get, f"{two.url}/silence")
        time.sleep(0.3)
        start = time.monotonic()
        web.close()
        with pytest.raises(SourceError, match="could not be read"):
            waiting.result()
        assert time.monotonic() - start < 1


def test_a_certificate_of_nobodys_is_not_believed(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with Web(named=(two.url,)) as web, pytest.raises(SourceError, match=r"cannot be reached: .*certificate"):
        web.get(f"{two.url}/tide")
