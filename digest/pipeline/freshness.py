"""Freshness: how fresh each source is, which must still be read for a window, and what is missing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from digest.config.schema import SourceTable
from digest.health.alarms import alarms
from digest.model.finding import Finding
from digest.model.freshness import SourceState
from digest.pipeline.ingest.parsing import pages_for, settings_of
from digest.pipeline.newsroom import Newsroom
from digest.ports import Archive
from digest.sources import has_changed

_SAME_WEEK = timedelta(days=6)
"""For how long a weekday and a time say which day is meant."""


def states(room: Newsroom, archive: Archive) -> tuple[SourceState, ...]:
    """Return the state of every source of digest.toml, in its order; one that was never read has no dates."""
    known = {state.name: state for state in archive.states()}
    return tuple(known.get(table.name, SourceState(name=table.name)) for table in room.config.sources)


def due(room: Newsroom, archive: Archive, end: datetime, *, whole: bool = False) -> tuple[SourceTable, ...]:
    """Return the sources that have not been read with success since `end`, and those whose files have changed since.

    An ingest that was stopped left pages that were never asked for: their sources were not read to the end. With
    `whole` also those of which something could not be read the last time.
    """
    left = archive.waiting(1)
    pairs = zip(room.config.sources, states(room, archive), strict=True)
    return tuple(
        table
        for table, state in pairs
        if not _covers(state, end)
        or _is_left(table, left)
        or (whole and state.problems)
        or _has_changed(room, table, state)
    )


def stale(room: Newsroom, known: Sequence[SourceState], end: datetime, now: datetime) -> tuple[Finding, ...]:
    """Return a warning for each source whose last success is before `end`: stories may be missing."""
    return tuple(_warning(room, state, now) for state in known if not _covers(state, end))


def failing(room: Newsroom, known: Sequence[SourceState], now: datetime) -> tuple[Finding, ...]:
    """Return a warning for each source that was never read with success, or not the last time."""
    return tuple(_warning(room, state, now) for state in known if state.error or state.last_success is None)


def unusual(room: Newsroom, known: Sequence[SourceState], now: datetime) -> tuple[Finding, ...]:
    """Return the alarms of some sources: what is not with them as it usually is."""

    def day(instant: datetime) -> str:  # a speller is heavy, and most newsrooms have no alarm
        return room.speller.day(instant)

    return tuple(finding for state in known for finding in alarms(state, now, day))


def in_words(room: Newsroom, state: SourceState, now: datetime) -> str:
    """Return how fresh a source is: "read Thu 17:10, 6 articles, newest 25 October 2024"."""
    if state.error or state.last_success is None:
        return _failed(room, state, now)
    told = [f"read {_moment(room, state.last_success, now)}", f"{state.items} article{'s' * (state.items != 1)}"]
    if state.problems:
        told.append(f"{state.problems} unreadable")
    if state.newest:
        told.append(f"newest {room.speller.day(state.newest)}")
    return ", ".join(told)


def _has_changed(room: Newsroom, table: SourceTable, state: SourceState) -> bool:
    """Tell whether a file of the source was written since it was read: an editor who mends one builds again at once."""
    since = state.last_success
    return since is not None and has_changed(settings_of(table), folder=room.root, since=since)


def _is_left(table: SourceTable, left: Mapping[str, int]) -> bool:
    return table.name in left and pages_for(table) != "never"


def _covers(state: SourceState, end: datetime) -> bool:
    return state.last_success is not None and state.last_success >= end


def _warning(room: Newsroom, state: SourceState, now: datetime) -> Finding:
    message = f"{_failed(room, state, now)}; stories may be missing"
    hint = f"mend it, then: digest ingest --source {state.name}"
    return Finding(code="source-stale", level="warning", message=message, where=state.name, hint=hint)


def _failed(room: Newsroom, state: SourceState, now: datetime) -> str:
    when = f"since {_moment(room, state.last_success, now)}" if state.last_success else "yet"
    return f"not read {when}: {state.error}" if state.error else f"not read {when}"


def _moment(room: Newsroom, instant: datetime, now: datetime) -> str:
    """Return "Thu 17:10", with its date where that could be another week's Thursday."""
    moment = room.speller.moment(instant)
    return moment if now - instant < _SAME_WEEK else f"{moment}, {room.speller.day(instant)}"
