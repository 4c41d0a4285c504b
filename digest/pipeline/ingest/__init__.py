"""Ingest: each source is retrieved, parsed and stored; what cannot be read is a row of the report."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Final

from digest.config.schema import SourceTable
from digest.following import pages_of
from digest.model.article import Document, Problem, Sighting
from digest.model.freshness import SourceState, Tally
from digest.pipeline.crew import crew
from digest.pipeline.ingest.following import Followed, follow
from digest.pipeline.ingest.intake import AHEAD, take_in
from digest.pipeline.ingest.opening import Opened, enough, from_web, opened, readers
from digest.pipeline.ingest.parsing import Job, Said, page_settings, parse, said_of, settings_of
from digest.pipeline.ingest.reading import AtWork
from digest.pipeline.ingest.rows import SourceRow
from digest.sources import Given, SourceSettings, read_file
from digest.web.courtesy import Courteous
from digest.workers import in_order

_AT_ONCE: Final = 8
"""Sources on the web that are asked at a time."""


def ingest_sources(at_work: AtWork, tables: Sequence[SourceTable]) -> tuple[SourceRow, ...]:
    """Read `tables`, then the pages that their items lead to; remember each one's state; one that fails stops no other.

    Offline, what is on the web is skipped, and its state stays: why it failed before is still worth knowing.
    """
    _tidy(at_work)
    states = {state.name: state for state in at_work.archive.states()}
    sources = [opened(at_work, table, states.get(table.name, SourceState(name=table.name))) for table in tables]
    rows = {
        each.table.name: take_in(at_work, each, enough(at_work, each.source.documents()))
        for each in sources
        if _is_here(each)
    }
    away = [each for each in sources if not _is_here(each)]
    rows |= {row.name: row for row in (_from_web(at_work, at_work.web, away) if at_work.web else map(_skipped, away))}
    followed = follow(at_work, tables)
    at_work.archive.forget(at_work.order.now - at_work.keep_for)
    return tuple(_with_pages(rows[table.name], followed.get(table.name)) for table in tables)


def ingest_again(at_work: AtWork, tables: Sequence[SourceTable]) -> tuple[SourceRow, ...]:
    """Read the raw pages that the archive keeps of some sources anew; of all where none is named.

    What a page said when it was retrieved is replaced by what it says to this version; nothing is fetched.
    """
    known = {table.name: settings_of(table) for table in tables or at_work.room.config.sources}
    known |= {pages_of(name): page_settings(settings) for name, settings in known.items()}
    names = tuple(name for table in tables for name in (table.name, pages_of(table.name)))
    found: dict[str, tuple[list[Sighting], list[Problem]]] = {}
    for document, said in _read_again(at_work, at_work.archive.kept(names), known):
        sightings, problems = found.setdefault(document.source, ([], []))
        at_work.progress(document.source, len(sightings), 0)
        sightings += said.sightings
        problems += said.problems
    states = {state.name: state for state in at_work.archive.states()}
    return tuple(
        SourceRow(
            name=name,
            tally=at_work.archive.put(sightings, anew=True),
            state=replace(states.get(name, SourceState(name=name)), items=len(sightings), error=""),
            problems=tuple(problems),
        )
        for name, (sightings, problems) in found.items()
    )


def ingest_files(at_work: AtWork, paths: Sequence[Path], given: Given) -> SourceRow:
    """Read single files that an editor hands in, with what she says about them."""
    found: list[Sighting | Problem] = []
    for number, path in enumerate(paths):
        at_work.progress(path.name, number, len(paths))
        found += read_file(path, given, at_work.reading())
    said, now = said_of(found), at_work.order.now
    state = SourceState(name=given.source, last_attempt=now, last_success=now, items=len(said.sightings))
    return SourceRow(name=given.source, tally=at_work.archive.put(said.sightings), state=state, problems=said.problems)


def _read_again(
    at_work: AtWork, documents: Iterable[Document], known: Mapping[str, SourceSettings]
) -> Iterator[tuple[Document, Said]]:
    """Yield what each page says now."""

    def start(document: Document) -> "Future[Said]":
        settings = known.get(document.source, SourceSettings(name=document.source, at=document.url, kind="page"))
        job = Job(document=document, settings=settings, folder=at_work.room.root, reading=at_work.reading())
        return at_work.workers.submit(parse, job)

    yield from in_order(start, enough(at_work, documents), AHEAD)


def _tidy(at_work: AtWork) -> None:
    """Let go of what stands in the archive for sources that are no more, or are read in another way now."""
    tables = at_work.room.config.sources
    at_work.archive.inherit([table.name for table in tables])
    at_work.archive.forget_readers(readers(tables))


def _is_here(each: Opened) -> bool:
    return "://" not in each.settings.at


def _from_web(at_work: AtWork, web: Courteous, sources: Sequence[Opened]) -> Iterator[SourceRow]:
    """Fetch several sources at a time, and store them in their order."""
    if sources:
        with crew(web, _AT_ONCE, last=False) as pool:
            lines = [from_web(pool, each, web) for each in sources]
            for each, documents in zip(sources, lines, strict=True):
                yield take_in(at_work, each, documents)


def _skipped(each: Opened) -> SourceRow:
    return SourceRow(name=each.table.name, tally=Tally(), state=each.before, skipped="offline: not fetched")


def _with_pages(row: SourceRow, followed: Followed | None) -> SourceRow:
    """Return the row of a source with what came of its pages."""
    if followed is None:
        return row
    return replace(row, problems=(*row.problems, *followed.problems), pages=followed.row())
