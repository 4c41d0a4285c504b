"""What an ingest is asked for, and what it works with: the archive, the web, processes, somebody who is told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from digest.model.freshness import SourceState
from digest.pipeline.ingest.taping import recorded, replayed
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.reaching import open_courteous
from digest.ports import Archive, Fetcher
from digest.sources import Reading
from digest.text.spans import read_span
from digest.web.courtesy import Courteous
from digest.workers import Workers, usable

Progress = Callable[[str, int, int], None]
"""Told the name of what is being read, how much of it is done, and of how much (0: nobody knows)."""

_KNOWN_BACK = timedelta(weeks=2)
"""How far behind its newest item a source is asked again: back-dated and changed items come in."""
_NEW_BACK = timedelta(weeks=8)
"""How far back a source is asked that was never read: two months of issues, and no archive of years unasked."""

ALL = 1_000_000
"""More pages than any queue has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an ingest is asked for, at which instant.

    [`since`, `until`) is a span that a person names: what was read of it before is asked for again in full.
    `back_to` is how far back an issue needs a source that was never read. `processes` share the reading of pages
    (None: as many as are of use), and at most `pages` of the queue are asked for. Answers go to the recording `record`,
    or come from `replay`.
    """

    now: datetime
    since: datetime | None = None
    until: datetime | None = None
    back_to: datetime | None = None
    offline: bool = False
    processes: int | None = None
    pages: int = ALL
    record: Path | None = None
    replay: Path | None = None

    @property
    def by_hand(self) -> bool:
        """Tell whether a person named a span."""
        return self.since is not None or self.until is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWork:
    """What an ingest works with; `web` is None offline."""

    room: Newsroom
    archive: Archive
    order: Order
    web: Courteous | None
    workers: Workers
    progress: Progress

    def reading(
        self, web: Fetcher | None = None, span: tuple[datetime | None, datetime | None] = (None, None)
    ) -> Reading:
        """Return what a source is read with."""
        since, until = span
        site = self.room.config.magazine.url
        return Reading(zone=self.room.zone, now=self.order.now, web=web, site=site, since=since, until=until)

    @property
    def keep_for(self) -> timedelta:
        """Return for how long raw pages are kept."""
        return read_span(self.room.config.archive.keep_pages)


@contextmanager
def at_work(room: Newsroom, archive: Archive, order: Order, progress: Progress) -> Iterator[AtWork]:
    """Yield what an ingest works with; all that was opened for it is closed behind the block."""
    processes = usable() if order.processes is None else order.processes
    replaying = order.replay is not None
    with open_courteous(room, replaying=replaying) as web, _taped(web, order), Workers(processes) as workers:
        yield AtWork(
            room=room,
            archive=archive,
            order=order,
            web=None if order.offline else web,
            workers=workers,
            progress=progress,
        )


@contextmanager
def _taped(web: Courteous, order: Order) -> Iterator[None]:
    if order.record:
        with recorded(web, order.record, order.now):
            yield
    elif order.replay:
        with replayed(web, order.replay):
            yield
    else:
        yield


def span_of(before: SourceState, order: Order) -> tuple[datetime | None, datetime | None]:
    """Return the span that a source is asked for: as a person named it, else from a little before its newest item."""
    if order.by_hand:
        return order.since, order.until
    if before.newest:
        return min(before.newest, order.now) - _KNOWN_BACK, None
    back = order.now - _NEW_BACK
    return min(back, order.back_to or back), None
