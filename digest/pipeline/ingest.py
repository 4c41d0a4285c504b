"""Ingest: each source is retrieved, parsed and stored; what cannot be read is a row of the report."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from digest.config.schema import SourceTable
from digest.errors import SourceError
from digest.health import Outcome, after
from digest.model.article import Document, Problem, Sighting
from digest.model.finding import Finding
from digest.model.freshness import SourceState, Tally
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.reaching import open_courteous
from digest.ports import Archive, Source
from digest.sources import Given, Reading, SourceSettings, is_page, open_source, read_file
from digest.text.spans import read_span

Progress = Callable[[str], None]
"""Told the name of each source, or file, as its turn comes."""


NAMED = 10
"""How many things a refusal names: each of them has had a line of its own before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """What reading one source came to; `skipped` says why it was not tried at all: then `state` is as it was."""

    name: str
    tally: Tally
    state: SourceState
    problems: tuple[Problem, ...] = ()
    skipped: str = ""


@contextmanager
def reading(room: Newsroom, now: datetime, *, offline: bool) -> Iterator[Reading]:
    """Yield what every source is read with; without a door to the web where `offline`."""
    with open_courteous(room) as web:
        yield Reading(zone=room.zone, now=now, web=None if offline else web, site=room.config.magazine.url)


def ingest_sources(
    room: Newsroom, archive: Archive, tables: Iterable[SourceTable], read: Reading, progress: Progress
) -> tuple[SourceRow, ...]:
    """Read `tables` one after the other and remember each one's state; one that fails stops no other.

    Offline, what is on the web is skipped, and its state stays: why it failed before is still worth knowing.
    """
    states = {state.name: state for state in archive.states()}
    rows = []
    for table in tables:
        progress(table.name)
        settings, before = settings_of(table), states.get(table.name, SourceState(name=table.name))
        if read.web is None and "://" in settings.at:
            rows.append(SourceRow(name=table.name, tally=Tally(), state=before, skipped="offline: not fetched"))
        else:
            source = open_source(settings, folder=room.root, reading=read)
            rows.append(_ingest(source, archive, before, _Keeping(archive, read.now, keep_for(room))))
    archive.forget(read.now - keep_for(room))
    return tuple(rows)


def ingest_again(
    room: Newsroom, archive: Archive, tables: Sequence[SourceTable], read: Reading, progress: Progress
) -> tuple[SourceRow, ...]:
    """Read the raw pages that the archive keeps of some sources anew; of all where none is named.

    What a page said when it was retrieved is replaced by what it says to this version; nothing is fetched.
    """
    settings = {table.name: settings_of(table) for table in tables or room.config.sources}
    found: dict[str, tuple[list[Sighting], list[Problem]]] = {}
    for document in archive.kept(tuple(table.name for table in tables)):
        progress(document.url)
        asked = settings.get(document.source, SourceSettings(name=document.source, at=document.url, kind="page"))
        source = open_source(asked, folder=room.root, reading=read)
        _sort(source.parse(document), *found.setdefault(document.source, ([], [])))
    states = {state.name: state for state in archive.states()}
    return tuple(
        SourceRow(
            name=name,
            tally=archive.put(sightings, anew=True),
            state=replace(states.get(name, SourceState(name=name)), items=len(sightings), error=""),
            problems=tuple(problems),
        )
        for name, (sightings, problems) in found.items()
    )


def keep_for(room: Newsroom) -> timedelta:
    """Return for how long raw pages are kept."""
    return read_span(room.config.archive.keep_pages)


def ingest_files(archive: Archive, paths: Sequence[Path], given: Given, read: Reading, progress: Progress) -> SourceRow:
    """Read single files that an editor hands in, with what she says about them."""
    sightings: list[Sighting] = []
    problems: list[Problem] = []
    for path in paths:
        progress(path.name)
        _sort(read_file(path, given, read), sightings, problems)
    state = SourceState(name=given.source, last_attempt=read.now, last_success=read.now, items=len(sightings))
    return SourceRow(name=given.source, tally=archive.put(sightings), state=state, problems=tuple(problems))


def refuse_incomplete(rows: Sequence[SourceRow], known: Sequence[SourceState], missing: Sequence[Finding]) -> None:
    """Refuse to build where anything could not be read, now or (of what was not read again) the last time.

    Raises:
        SourceError: it names what; no issue was written.

    """
    unread = [problem.where for row in rows for problem in row.problems]
    again = {row.name for row in rows if not row.skipped}
    unread += [state.name for state in known if state.problems and state.name not in again]
    names = list(dict.fromkeys([*unread, *(finding.where for finding in missing)]))
    if not names:
        return
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    message = f"could not be read: {', '.join(names[:NAMED])}{more}; no issue was built"
    raise SourceError(message, hint="mend it and build again, or build without --strict")


def settings_of(table: SourceTable) -> SourceSettings:
    """Return a source as its table of digest.toml describes it."""
    return SourceSettings(
        name=table.name,
        kind=table.kind,
        at=table.url or table.path,
        section=table.section,
        language=table.language,
        key=table.key,
    )


@dataclass(frozen=True, slots=True)
class _Keeping:
    """Where raw pages are kept, at which time, and for how long: for no time, none is."""

    archive: Archive
    now: datetime
    span: timedelta

    def keep(self, document: Document) -> None:
        if self.span and is_page(document):
            self.archive.keep(document)


def _ingest(source: Source, archive: Archive, before: SourceState, keeping: _Keeping) -> SourceRow:
    sightings: list[Sighting] = []
    problems: list[Problem] = []
    for found in source.documents():
        if isinstance(found, Document):
            keeping.keep(found)
        _sort(source.parse(found) if isinstance(found, Document) else [found], sightings, problems)
    tally = archive.put(sightings)
    state = after(before, Outcome(at=keeping.now, sightings=sightings, problems=problems))
    archive.note(state)
    return SourceRow(name=source.name, tally=tally, state=state, problems=tuple(problems))


def _sort(found: Iterable[Sighting | Problem], sightings: list[Sighting], problems: list[Problem]) -> None:
    for each in found:
        if isinstance(each, Problem):
            problems.append(each)
        else:
            sightings.append(each)
