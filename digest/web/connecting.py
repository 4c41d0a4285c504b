"""Connecting: to the very addresses that were looked at, and never for longer than was given.

httpx2 limits each step of an answer (a connect, a read); a server that sends a byte now and then takes as many steps as
it likes. Here all steps together are limited, and so is the search for a host's addresses.
"""

import contextlib
import math
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread, get_ident
from typing import Any

import httpcore2
import httpx2

from digest.web.reach import Place, Reach

Resolver = Callable[[str, int], Sequence[str]]
"""Finds the IP addresses of a host, the best first, for a port. Raises OSError where there are none."""

_DEFAULT_PORTS = (80, 443)

_until: ContextVar[float] = ContextVar("until", default=math.inf)
"""The moment, on the clock of `time.monotonic`, at which the question of this thread must be done."""


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Give all that this thread asks inside the block so many seconds together, and no more than it had outside."""
    mark = _until.set(min(_until.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _until.reset(mark)


class LateError(httpcore2.ReadTimeout):
    """The time that `within` gave is over."""


def is_over() -> bool:
    """Tell whether the time that `within` gave is over."""
    return time_left() <= 0


def time_left() -> float:
    """Return the seconds that are left of the time that `within` gave."""
    return _until.get() - time.monotonic()


def look_at_the_time() -> None:
    """Raise LateError where the time that `within` gave is over: what is long in coming may be long at work too."""
    if is_over():
        raise LateError


def places(named: str) -> Iterator[Place]:
    """Yield what an address of the configuration names: its host at its port, a bare host at every port.

    Who names a site at its usual port means it with and without encryption.
    """
    try:
        url = httpx2.URL(named if "://" in named else f"http://{named}/")
    except httpx2.InvalidURL:  # nobody can be asked there either
        return
    host = url.raw_host.decode("ascii").lower().rstrip(".")
    ports: tuple[int | None, ...] = (url.port,) if url.port else _DEFAULT_PORTS
    yield from ((host, port) for port in (ports if "://" in named else (None,)))


def addresses(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of a host as this machine finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(info[4][0]) for info in found))


class Connector(httpcore2.NetworkBackend):
    """Opens connections to addresses within reach alone. Once `stopped` is set, no step is begun on any of them."""

    def __init__(self, resolve: Resolver, reach: Reach) -> None:
        self.stopped = Event()
        self._resolve, self._reach = resolve, reach
        self._sockets = httpcore2.SyncBackend()

    def left(self, timeout: float | None) -> float:
        """Return how long a step may take that would by itself have `timeout` seconds.

        Raises:
            ReadError: the connector was stopped.
            ReadTimeout: the time is over.

        """
        if self.stopped.is_set():
            raise httpcore2.ReadError("stopped")
        left = _until.get() - time.monotonic()
        if left <= 0:
            raise LateError
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first of a host's addresses that answers; each gets its share of the time.

        Raises:
            InnerAddressError: none of them may be asked.
            ConnectError: it has none, or none answers.
            ConnectTimeout, ReadTimeout: the time is over.
            ReadError: the connector was stopped.

        """
        found = self._reach.of(host, port, self._found(host, port, self.left(timeout)))
        for place, address in enumerate(found, 1):
            share = self.left(timeout) / (len(found) - place + 1)
            try:
                return _Stream(self._sockets.connect_tcp(address, port, share, local_address, socket_options), self)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if place == len(found):
                    raise
        raise httpcore2.ConnectError(f"{host} has no address")

    def _found(self, host: str, port: int, seconds: float) -> Sequence[str]:
        """Ask the resolver in a thread of its own: the system's cannot be told when to give up."""
        answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

        def look() -> None:
            try:
                answers.put(self._resolve(host, port))
            except Exception as error:  # noqa: BLE001 - raised again below
                answers.put(error)

        Thread(target=look, daemon=True).start()
        try:
            answer = answers.get(timeout=seconds)
        except Empty as error:
            raise httpcore2.ConnectTimeout("no name server answered") from error
        if isinstance(answer, Exception):
            try:
                raise answer
            except OSError as error:
                raise httpcore2.ConnectError(str(error)) from error
        return answer


class _Stream(httpcore2.NetworkStream):
    """A connection each of whose steps ends when the time of the question at hand is over."""

    def __init__(self, stream: httpcore2.NetworkStream, connector: Connector) -> None:
        self._stream, self._connector = stream, connector

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._connector.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._connector.left(timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._connector.left(timeout))
        return _Stream(stream, self._connector)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)

    def close(self) -> None:
        """Close the connection; a thread that waits on it is woken, which closing alone would not do."""
        with contextlib.suppress(OSError):  # it may be closed already
            socket.socket.shutdown(self._stream.get_extra_info("socket"), socket.SHUT_RDWR)
        self._stream.close()


class Transport(httpx2.BaseTransport):
    """httpx2's own transport takes no connector; of the two this does what is needed here, over httpcore2's pools.

    Each thread has a pool of its own: threads that share an HTTP/2 connection wait for each other without an end, and
    a server that lets one of them wait would take the others' time as well.
    """

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._context = trusting()
        self._pools: dict[int, httpcore2.ConnectionPool] = {}
        self._opening = Lock()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request, and return the answer with its body unread; the errors are httpcore2's."""
        url, pool = request.url, self._pool()
        answer = pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Body(answer, pool), extensions=answer.extensions
        )

    def _pool(self) -> httpcore2.ConnectionPool:
        with self._opening:
            if (thread := get_ident()) not in self._pools:
                self._pools[thread] = httpcore2.ConnectionPool(
                    ssl_context=self._context, keepalive_expiry=5.0, http2=True, network_backend=self._connector
                )
            return self._pools[thread]

    def close(self) -> None:
        """Close all connections, those at work too."""
        self._connector.stopped.set()
        with self._opening:
            pools = list(self._pools.values())
        for pool in pools:
            pool.close()


def trusting() -> ssl.SSLContext:
    """Return whose certificates are believed: whom this machine's owner believes."""
    return httpx2.create_ssl_context(trust_env=False)


class _Body(httpx2.SyncByteStream):
    """The body of an answer, piece by piece as it comes."""

    def __init__(self, answer: httpcore2.Response, pool: httpcore2.ConnectionPool) -> None:
        self._answer, self._pool = answer, pool
        self._read = False

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()
        self._read = True

    def close(self) -> None:
        """Let go of the connection; one that goes on to send what nobody wants (HTTP/2 has no other end) is closed."""
        self._answer.close()
        if not self._read and self._answer.extensions.get("http_version") == b"HTTP/2":
            self._pool.close()
