"""What a hostile server answers, as a table that is easy to lengthen, and the server that answers it.

A row is a name, what is answered, and what the report must say. The answer is bytes, sent as they are (`whole` makes
them of a body), or a function that has the connection for itself, behind TLS where its `at` says https.
"""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

Handler = Callable[[socket.socket], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One hostile answer.

    `says` is a pattern that the row of the report must have, `at` the source's address (with `{port}` of the server;
    https is answered behind TLS, "tls" asked for so and answered without; `alpn` is what is spoken there).
    In the answer `{inner}` stands for the port of a service inside that must never be asked.
    """

    name: str
    answer: bytes | Handler
    says: str
    at: str = "http://127.0.0.1:{port}/feed"
    kind: str = "feed"
    alpn: str = ""


def whole(body: bytes, kind: str = "application/rss+xml", **headers: str) -> bytes:
    """Return a well-formed answer with a body; of headers, `_` stands for `-`."""
    said = {"Content-Type": kind, "Content-Length": str(len(body))}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return b"HTTP/1.1 200 OK\r\n" + lines.encode() + b"\r\n" + body


def to(address: str, status: str = "302 Found") -> bytes:
    """Return a redirect."""
    return f"HTTP/1.1 {status}\r\nLocation: {address}\r\nContent-Length: 0\r\n\r\n".encode()


def again(head: bytes, piece: bytes, pause: float = 0) -> Handler:
    """Return what sends a beginning, and then the same piece for ever."""

    def send(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)
            time.sleep(pause)

    return send


def slowly(said: bytes, pause: float = 0.1) -> Handler:
    """Return what sends a byte at a time."""

    def send(connection: socket.socket) -> None:
        for byte in said:
            connection.sendall(bytes([byte]))
            time.sleep(pause)

    return send


def silent(_: socket.socket) -> None:
    """Say nothing, for longer than anybody waits."""
    time.sleep(30)


@dataclass
class Server:
    """Answers one row after the other, over and over: a server that is asked again."""

    certificate: Path
    row: Row | None = None
    inner: int = 0
    _socket: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def port(self) -> int:
        """Return where it stands."""
        return int(self._socket.getsockname()[1])

    def close(self) -> None:
        """Answer no more."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def serve(self) -> None:
        """Answer until it is closed."""
        while True:
            try:
                connection = self._socket.accept()[0]
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection, self.row), daemon=True).start()

    def _answer(self, connection: socket.socket, row: Row | None) -> None:
        assert row
        with contextlib.suppress(OSError), contextlib.closing(connection):
            stream = self._behind_tls(connection, row) if row.at.startswith("https") else connection
            with contextlib.closing(stream):
                if not row.alpn and not row.at.startswith("tls"):
                    _request(stream)
                if isinstance(row.answer, bytes):
                    stream.sendall(row.answer.replace(b"{inner}", str(self.inner).encode()))
                    stream.shutdown(socket.SHUT_WR)
                    stream.recv(1)  # until the other side has read it all and goes
                else:
                    row.answer(stream)

    def _behind_tls(self, connection: socket.socket, row: Row) -> ssl.SSLSocket:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.certificate.with_suffix(".key"))
        if row.alpn:
            context.set_alpn_protocols([row.alpn])
        return context.wrap_socket(connection, server_side=True)


def _request(stream: socket.socket) -> None:
    asked = b""
    while b"\r\n\r\n" not in asked and (piece := stream.recv(65536)):
        asked += piece


@contextlib.contextmanager
def serving(certificate: Path) -> Iterator[Server]:
    """Run a server for as long as the block does; the service inside too, whose port is `inner`."""
    server = Server(certificate)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()
