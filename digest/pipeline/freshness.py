"""Freshness: which sources must still be read for a window, and what is missing where one could not be."""

from datetime import datetime

from digest.config.schema import SourceTable
from digest.model.finding import Finding
from digest.model.freshness import SourceState
from digest.pipeline.newsroom import Newsroom
from digest.ports import Archive


def not_covering(room: Newsroom, archive: Archive, end: datetime) -> tuple[SourceTable, ...]:
    """Return the sources that have not been read with success since `end`."""
    read = {state.name: state.last_success for state in archive.states()}
    return tuple(table for table in room.config.sources if (last := read.get(table.name)) is None or last < end)


def stale(room: Newsroom, archive: Archive, end: datetime) -> tuple[Finding, ...]:
    """Return a warning for each source whose last success is before `end`: stories may be missing."""
    states = {state.name: state for state in archive.states()}
    return tuple(_stale(room, states.get(each.name), each.name) for each in not_covering(room, archive, end))


def _stale(room: Newsroom, state: SourceState | None, name: str) -> Finding:
    when = f"since {room.speller.moment(state.last_success)}" if state and state.last_success else "yet"
    why = f": {state.error}" if state and state.error else ""
    hint = f"mend it, then: digest ingest --source {name}"
    message = f"not read {when}{why}; stories may be missing"
    return Finding(code="source-stale", level="warning", message=message, where=name, hint=hint)
