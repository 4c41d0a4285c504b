"""Serving: the application on a port of loopback, until it is told to end."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

from digest.errors import DigestError
from digest.pipeline.putting import Standing
from digest.preview.acts import Acts
from digest.preview.app import application
from digest.preview.desk import Desk
from digest.preview.guard import Guard
from digest.preview.news import News
from digest.preview.premises import Order
from digest.preview.session import Session
from digest.preview.workshop import Workshop

_LAST_ANSWERS = 2
"""Seconds that answers which are under way get, once the desk is told to end."""


class _Server(uvicorn.Server):
    """uvicorn's server, which ends streams before it waits for them, and leaves the process to its caller."""

    def __init__(self, config: uvicorn.Config, news: News) -> None:
        super().__init__(config)
        self._news = news

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        self._news.open()
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End: windows that listen would be waited for."""
        self._news.close()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take the signals that uvicorn takes, and the one of a terminal that is closed."""
        before = signal.signal(signal.SIGHUP, self.handle_exit)
        try:
            with super().capture_signals():
                yield
        finally:
            signal.signal(signal.SIGHUP, before)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Note that it is time to end. uvicorn would raise the signal again, and the desk's last work be cut off."""
        del sig, frame
        self.force_exit, self.should_exit = self.should_exit, True


@contextmanager
def bound(port: int) -> Iterator[socket.socket]:
    """Take a port of loopback; 0 takes a free one. From now on browsers are not turned away, but wait.

    Raises:
        DigestError: the port is taken, or nobody but root may have it.

    """
    # Named as TCP: of other sockets asyncio does not know that small parts go at once, and each answer waits for 40 ms.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a desk that has just ended still lingers on it
        try:
            taken.bind(("127.0.0.1", port))
            taken.listen()
        except OSError as error:
            hint = "leave --port out for a free one"
            raise DigestError(f"cannot be opened: {error.strerror}", where=f"port {port}", hint=hint) from error
        yield taken


def serve(order: Order, guard: Guard, taken: socket.socket) -> Standing:
    """Answer until a signal ends it (Ctrl-C, SIGTERM, a terminal that is closed); what is begun is finished first.

    Return how the issue's folder stands to the last draft then.
    """
    news = News()
    session = Session(Workshop(order), news)
    config = uvicorn.Config(
        application(Desk(session, news), Acts(session), guard),
        loop="asyncio",  # what else is installed beside Digest changes nothing
        http="h11",
        proxy_headers=False,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=_LAST_ANSWERS,
    )
    session.start()
    try:
        _Server(config, news).run([taken])
    finally:
        standing = session.close()
    return standing
