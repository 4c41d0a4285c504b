"""Opening: a source is made ready to be read, and what it has is brought to where it is stored, never far ahead."""

import queue
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final, Literal, TypeVar

from digest.config.schema import SourceTable
from digest.model.article import Document, Problem
from digest.model.freshness import SourceState
from digest.model.page import Validators
from digest.pipeline.ingest.parsing import page_settings, pages_for, settings_of
from digest.pipeline.ingest.reading import AtWork, span_of
from digest.pipeline.ingest.remembering import Memory, Remembering, reader_of
from digest.ports import Source
from digest.sources import Reading, SourceSettings, open_source
from digest.sources.kinds import APIS
from digest.web.courtesy import Courteous

T = TypeVar("T")

LITTLE: Final = 24
"""Documents that one process reads sooner than others are started: starting them takes as long as some ten pages."""

_LINE: Final = 4
"""Documents that wait for their turn while another source is stored."""

_PATIENCE: Final = 0.2
"""Seconds after which a thread looks whether it is still wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A source that is about to be read: what is known of it, and what holds back what its answers are known by."""

    table: SourceTable
    before: SourceState
    settings: SourceSettings
    reading: Reading
    source: Source
    memory: Remembering | None = None


class Afresh:
    """A memory that knows nothing of what was answered before, and learns nothing.

    Of what is answered only what lies in a span that was named by hand is stored: whoever asks next needs it all.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def validators(self, reader: str, url: str) -> Validators | None:  # noqa: ARG002 - the protocol's parameters
        """Return None: all is asked for in full."""
        return None

    def remember(self, reader: str, found: Mapping[str, Validators]) -> None:
        """Forget what addresses said."""
        self._memory.remember(reader, dict.fromkeys(found, Validators()))


def opened(at_work: AtWork, table: SourceTable, before: SourceState) -> Opened:
    """Return a source, ready to be read."""
    settings = settings_of(table)
    memory, door = None, at_work.web and at_work.web.named(settings.at)
    if door is not None and "://" in settings.at and settings.kind not in APIS:
        known = Afresh(at_work.archive) if at_work.order.by_hand else at_work.archive
        memory = Remembering(door, known, reader_of(settings, pages_for(table)))
    reading = at_work.reading(memory or door, span_of(before, at_work.order))
    source = open_source(settings, folder=at_work.room.root, reading=reading)
    return Opened(table=table, before=before, settings=settings, reading=reading, source=source, memory=memory)


def readers(tables: Iterable[SourceTable]) -> set[str]:
    """Return all who read for some sources: what addresses said to others is of no use any more.

    The pages are read by one, and asked whether they are there by another.
    """
    found: set[str] = set()
    for table in tables:
        settings = settings_of(table)
        pages = page_settings(settings)
        found |= {reader_of(settings, pages_for(table)), reader_of(pages), reader_of(pages, "never")}
    return found


def enough(at_work: AtWork, documents: Iterable[T]) -> Iterator[T]:
    """Yield what is on this machine; where that is much, processes are started for it."""
    found = iter(documents)
    head = list(islice(found, LITTLE))
    if len(head) == LITTLE:
        at_work.workers.start()
    yield from chain(head, found)


def from_web(pool: Executor, each: Opened, web: Courteous) -> Iterator[Document | Problem]:
    """Yield what a source on the web has, which a thread of the pool fetches meanwhile, never far ahead."""
    line: queue.Queue[Document | Problem | BaseException | Literal["end"]] = queue.Queue(_LINE)

    def put(found: Document | Problem | BaseException | Literal["end"]) -> None:
        while not web.closed:
            try:
                line.put(found, timeout=_PATIENCE)
            except queue.Full:
                continue
            return

    def fetch() -> None:
        try:
            for found in each.source.documents():
                put(found)
            put("end")
        except BaseException as error:  # noqa: BLE001 - it is raised again where it can be seen
            put(error)

    pool.submit(fetch)
    return _until_the_end(line)


def _until_the_end(
    line: "queue.Queue[Document | Problem | BaseException | Literal['end']]",
) -> Iterator[Document | Problem]:
    while (found := line.get()) != "end":
        if isinstance(found, BaseException):
            raise found
        yield found
