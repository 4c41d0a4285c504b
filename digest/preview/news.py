"""News: what has happened at the desk, to every window that is open, as server-sent events (WHATWG HTML, 9.2)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal

from digest.wire import to_json

Event = Literal["changed", "built", "problem"]

_AGAIN = b"retry: 500\n\n"
"""Milliseconds after which a window that has lost the desk asks again."""

_QUIET = 15.0
"""Seconds after which a line without meaning is sent: it tells a connection that is gone from one that is quiet."""

_UNREAD = 100
"""Events that wait for a window. One that is stopped (a debugger, a sleeping tablet) loses the oldest: all that an
event says is that there is something to be had anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an event says: the version of edits.toml at that moment."""

    version: str


class News:
    """Everybody who listens. `tell` may be called from any thread, all else from the server's."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listening: set[asyncio.Queue[bytes | None]] = set()
        self._closed = False

    def open(self) -> None:
        """Begin: the loop of the caller is the one in which everybody listens."""
        self._loop = asyncio.get_running_loop()

    def tell(self, event: Event, version: str) -> None:
        """Tell every window of an event; before the server is there nobody listens."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hand_out, _line(event, version))

    def close(self) -> None:
        """End every stream: a server that is to end would wait for them."""
        self._closed = True
        self._hand_out(None)

    async def stream(self, version: str) -> AsyncIterator[bytes]:
        """Yield the events from now on. The first says `version`, which is the one that stands now."""
        mine = asyncio.Queue[bytes | None](_UNREAD)
        self._listening.add(mine)
        try:
            yield _AGAIN + _line("changed", version)
            while not self._closed:
                try:
                    line = await asyncio.wait_for(mine.get(), _QUIET)
                except TimeoutError:
                    line = b": still here\n\n"
                if line is None:
                    return
                yield line
        finally:
            self._listening.discard(mine)

    def _hand_out(self, line: bytes | None) -> None:
        for queue in self._listening:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(line)


def _line(event: Event, version: str) -> bytes:
    return b"event: " + event.encode() + b"\ndata: " + to_json(Told(version=version)) + b"\n\n"
