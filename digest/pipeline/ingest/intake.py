"""Intake: what one source has now is parsed and stored, batch by batch as it comes, and counted for the report."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Final, TypeVar

from digest.following import is_address, pages_of
from digest.health import Outcome, after
from digest.merge import guid_name
from digest.model.article import Document, Problem, Sighting
from digest.model.freshness import SourceState, Tally
from digest.model.wanted import Wanted
from digest.pipeline.ingest.opening import Opened
from digest.pipeline.ingest.parsing import Job, Said, pages_for, parse
from digest.pipeline.ingest.reading import AtWork
from digest.pipeline.ingest.rows import SourceRow
from digest.sources import is_page
from digest.sources.gone import vanished
from digest.sources.kinds import APIS
from digest.text.urls import host
from digest.workers import done, in_order

T = TypeVar("T")


AHEAD: Final = 16
"""Documents of a source that are under way at a time, between their source and the archive."""
_BATCH: Final = 32
"""Documents that are stored together: each time the disk is waited for, and nothing of a batch outlives a kill."""
_ITEMS: Final = 500
"""Items that are stored together, whatever documents they come in."""

_MOST: Final = 5_000
"""Items beyond which it is not asked what is missing among them: a whole archive, and no list of what is new."""


def take_in(at_work: AtWork, each: Opened, documents: Iterable[Document | Problem]) -> SourceRow:
    """Parse and store what a source has, in its order, and remember how it went."""
    at_work.progress(each.table.name, 0, 0)
    taken = _Taken(at_work=at_work, each=each)
    for found, said in in_order(partial(_start, at_work, each), documents, AHEAD):
        taken.add(found, said)
    return taken.finished()


def _start(at_work: AtWork, each: Opened, found: Document | Problem) -> "Future[Said]":
    if isinstance(found, Problem):
        return done(Said(problems=(found,)))
    reading = replace(each.reading, web=None)  # a door to the web is nothing to hand to another process
    job = Job(document=found, settings=each.settings, folder=at_work.room.root, reading=reading)
    return at_work.workers.submit(parse, job)


@dataclass(slots=True, kw_only=True)
class _Taken:
    """What came of a source so far, and what of it is not stored yet.

    `items` are kept for the source's state, with no more of each than that is made of; `addresses` are nothing else,
    and tell of pages and not of the source. `pages` are those documents that are kept as they came; of the others only
    the address is needed until what they said is stored (`waiting`), and then (`stored`). `gone` counts what an API no
    longer lists.
    """

    at_work: AtWork
    each: Opened
    tally: Tally = field(default_factory=Tally)
    items: list[Sighting] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pages: list[Document] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    fresh: list[Sighting] = field(default_factory=list)
    addresses: list[Sighting] = field(default_factory=list)
    stored: set[str] = field(default_factory=set)
    gone: int = 0
    read: int = 0

    def add(self, found: Document | Problem, said: Said) -> None:
        """Take what a document said, and store it with others when there is enough."""
        self.read += 1
        self.fresh += said.sightings
        items = [each for each in said.sightings if not is_address(each)]
        self.addresses += filter(is_address, said.sightings)
        self.items += (replace(each, blocks=each.blocks[:1], left_out=()) for each in items)
        self.problems += said.problems
        if isinstance(found, Document):
            self.waiting.append(found.url)
            self.pages += [found] if self.at_work.keep_for and is_page(found) else []
        self.at_work.progress(self.each.table.name, self.read, 0)
        if len(self.waiting) >= _BATCH or len(self.fresh) >= _ITEMS:
            self._store()

    def finished(self) -> SourceRow:
        """Store the rest, with the source's state; of what was answered it is then known that it is stored."""
        archive = self.at_work.archive
        with archive.together():
            self._store()
            self._miss()
            state = self._state()
            archive.note(state)
            if self.each.memory and not self.problems:  # what is wrong is told each time, so it is asked for in full
                self.each.memory.settle(self.stored)
        name, problems = self.each.table.name, tuple(self.problems)
        return SourceRow(name=name, tally=self.tally, gone=self.gone, state=state, problems=problems)

    def _store(self) -> None:
        archive = self.at_work.archive
        with archive.together():
            for page in self.pages:
                archive.keep(page)
            self.tally += archive.put(self.fresh, pages=pages_for(self.each.table))
        self.stored.update(self.waiting)
        self.pages, self.waiting, self.fresh = [], [], []

    def _miss(self) -> None:
        """Take what a source said before and does not list any more, though it lists what stood around it.

        An API tells all it has of a span, so that it is gone. Of a feed or a sitemap nobody knows: its page is asked,
        and so is that of a story which was gone and is listed again.
        """
        archive = self.at_work.archive
        missing = self._missing()
        if self.each.settings.kind in APIS:
            self.gone += archive.put(missing).updated
        else:
            first = self.at_work.order.now  # before all others: an issue may be about to go out with it
            back = tuple(self._back())
            for said in back:  # however often it was asked for in vain
                archive.answered(said.url)
            archive.ask_again(
                Wanted(url=said.url, source=self.each.table.name, published=first)
                for said in (*missing, *back)
                if host(said.url)
            )

    def _back(self) -> Iterator[Sighting]:
        """Yield what a list on the web has of stories that are gone."""
        listed = [*self.items, *self.addresses]
        if self.each.memory is None or len(listed) > _MOST or pages_for(self.each.table) == "never":
            return
        gone = [article for article in self.at_work.archive.find([said.url for said in listed]) if article.gone]
        names = {name for article in gone for name in (article.url, *article.aliases)}
        yield from (said for said in listed if said.url in names)

    def _missing(self) -> tuple[Sighting, ...]:
        """Return what is missing in a list. An open span ends now: what was out a moment ago would stand there."""
        each, now, listed = self.each, self.at_work.order.now, [*self.items, *self.addresses]
        start = self._reach(listed)
        if start is None or len(listed) > _MOST or any(problem.incomplete for problem in self.problems):
            return ()
        span = start, each.reading.until or now
        archive, names = self.at_work.archive, (each.table.name, pages_of(each.table.name))
        said = archive.said_by(names, *span)
        known = archive.find([item.url or guid_name(item) for item in said])
        return vanished(listed, known, now, span)

    def _reach(self, listed: Sequence[Sighting]) -> datetime | None:
        """Return from when on a source lists all that it has; None where that cannot be said.

        An API does from the time on that it was asked for, others from the oldest that came: a feed lets go of what is
        older, and of a sitemap in parts those that are as they were are not told again.
        """
        each, dates = self.each, [date for said in listed if (date := said.published or said.updated)]
        since, oldest = each.reading.since, min(dates, default=None)
        if each.settings.kind in APIS:
            return oldest and (since or oldest)
        if each.memory is None or pages_for(each.table) == "never":
            return None
        return max(filter(None, (since, oldest)), default=None) if oldest else None

    def _state(self) -> SourceState:
        """Return the source's state after this reading; what is as before it did not tell again."""
        each = self.each
        outcome = Outcome(
            at=self.at_work.order.now,
            sightings=self.items,
            problems=self.problems,
            since=each.reading.since,
            by_hand=self.at_work.order.by_hand,
            whole=each.settings.kind in APIS,
            unchanged=(each.memory is not None and each.memory.unchanged) or (bool(self.addresses) and not self.items),
        )
        return after(each.before, outcome)
