"""Courtesy: a host is asked few things at a time, no faster than it likes, and only for what its owner lets us have."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import BoundedSemaphore, Lock
from types import TracebackType
from typing import Self

from digest.errors import AnswerError, SourceError, UnreachedError
from digest.model.page import Known, Page
from digest.text.urls import host
from digest.web import Tape, Web
from digest.web.robots import Robots

_PASSING = frozenset({429, 502, 503, 504})
"""What a server answers that has no time now."""
_PATIENCE = 20.0
"""Seconds for which a server that asks to be left alone is waited for; after that what it was asked for is a row."""

_WORTH = 3.0
"""Seconds that must be left to wait and ask again; with fewer, "too late" would only hide what went wrong first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a host is asked: `at_once` questions, `pause` seconds at least from the beginning of one to the next's.

    Where nothing comes, or the server has no time, it is asked `attempts` times in all. `longest` are the seconds of a
    Crawl-delay that is kept; who asks for more would make one reading of a magazine take hours.
    """

    at_once: int = 2
    pause: float = 0.25
    attempts: int = 3
    longest: float = 10.0


def _nothing(_: str) -> bool:
    return False


class Courteous:
    """A Web that has manners. Several threads may ask it.

    `free` tells which addresses a person has named: they are asked whatever robots.txt says, which speaks to crawlers.
    """

    def __init__(self, web: Web, manners: Manners | None = None, free: Callable[[str], bool] = _nothing) -> None:
        self._web, self._manners, self._free = web, manners or Manners(), free
        self._robots = Robots(self._tried)
        self._lanes: dict[str, _Lane] = {}
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def closed(self) -> bool:
        """Tell whether nothing more is asked."""
        return self._web.closed

    def close(self) -> None:
        """Close all connections, for good: what other threads are asking or waiting for ends at once, with an error."""
        self._web.close()

    def through(self, tape: Tape) -> None:
        """Let all questions go through `tape`, as `Web.through` does."""
        self._web.through(tape)

    def get(self, url: str, known: Known | None = None, *, named: bool = False) -> Page:
        """Return what `url` answers, as `Web.get` does, when it is its turn. `named`: a person asked for it.

        Raises:
            SourceError: as there; or robots.txt forbids it, or its host asks to be left alone for long.

        """
        if named or not host(url) or self._free(url):  # of no host there is no robots.txt: the web says what is wrong
            return self._get(url, known, partial(self._arrive, url))
        self._robots.check(url, url)
        self._lane(url).slow_down(self._robots.delay(url))
        return self._get(url, known, partial(self._follow, url))

    def named(self, address: str) -> "Named":
        """Return the door for reading a source at `address`: its pages of results, its API were named with it."""
        return Named(self, address)

    def _follow(self, url: str, address: str) -> None:
        """Before a redirect of `url` is followed, ask the robots.txt of where it leads."""
        self._robots.check(address, url)
        self._arrive(url, address)

    def _arrive(self, url: str, address: str) -> None:
        self._web.wait(self._lane(address).reserve(), url)

    def _get(self, url: str, known: Known | None, step: Callable[[str], None]) -> Page:
        """Ask when it is this thread's turn."""
        lane = self._lane(url)
        with lane.slots:
            return self._tried(url, known, step)

    def _tried(self, url: str, known: Known | None = None, step: Callable[[str], None] | None = None) -> Page:
        """Ask, and again where nothing came, all within the time of one question."""
        from digest.web.retrying import attempts  # noqa: PLC0415 - heavy: 60 ms, and most builds fetch nothing

        lane = self._lane(url)
        lane.check(url)
        self._web.wait(lane.reserve(), url)
        with self._web.within():
            for attempt in attempts(partial(self._once_more, lane), self._manners.attempts, self._web.limits.seconds):
                with attempt:
                    if attempt.num > 1:
                        self._web.wait(lane.reserve(), url)
                    return self._web.get(url, known, step)
        raise AssertionError  # pragma: no cover - the last attempt returns or raises

    def _once_more(self, lane: "_Lane", error: Exception) -> bool | float:
        """Tell whether to ask again; or in how many seconds, besides what the lane waits: that ends with all else."""
        worth = self._web.left() > _WORTH and not self._web.closed
        if isinstance(error, UnreachedError):
            return worth
        if not isinstance(error, AnswerError) or error.status not in _PASSING:
            return False
        if error.wait is None:
            return worth
        lane.rest(error.wait)
        return 0.0 if error.wait <= min(_PATIENCE, self._web.left()) else False

    def _lane(self, url: str) -> "_Lane":
        with self._lock:
            return self._lanes.setdefault(host(url), _Lane(host(url), self._manners))


class Named:
    """A courteous door for one source, whose host a person has named with it."""

    def __init__(self, door: Courteous, address: str) -> None:
        self._door, self._host = door, host(address)

    def get(self, url: str, known: Known | None = None) -> Page:
        """Return what `url` answers, as `Courteous.get` does."""
        return self._door.get(url, known, named=host(url) == self._host)


class _Lane:
    """The questions to one host; as many at once as there are `slots`."""

    def __init__(self, name: str, manners: Manners) -> None:
        self.slots = BoundedSemaphore(manners.at_once)
        self._name, self._pause, self._longest = name, manners.pause, manners.longest
        self._next = self._rested = 0.0
        self._lock = Lock()

    def check(self, url: str) -> None:
        """Let `url` pass, unless its host asked to be left alone for longer than is waited for."""
        with self._lock:
            left = self._rested - time.monotonic()
        if left > _PATIENCE:
            hint = f"in {left:,.0f} seconds it may be asked again"
            raise SourceError(f"not asked: {self._name} asks to be left alone for now", where=url, hint=hint)

    def reserve(self) -> float:
        """Return in how many seconds the next question may be asked; it counts as asked then."""
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next, self._rested)
            self._next = at + self._pause
            return at - now

    def rest(self, seconds: float) -> None:
        """Ask nothing for so long."""
        with self._lock:
            self._rested = max(self._rested, time.monotonic() + seconds)

    def slow_down(self, delay: float) -> None:
        """Keep a host's own pause, within reason."""
        with self._lock:
            self._pause = max(self._pause, min(delay, self._longest))
