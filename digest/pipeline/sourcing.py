"""Sourcing: every source of digest.toml with its health."""

from dataclasses import dataclass
from datetime import datetime

from digest.health.alarms import usual_silence
from digest.model.finding import Finding
from digest.model.freshness import Changed, SourceState
from digest.pipeline.freshness import states, unusual
from digest.pipeline.newsroom import Newsroom
from digest.ports import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """A source, and how it is. The fields of its state are explained there (`SourceState`).

    `at` is its address or path; `silent_days` for how many days it is silent at most as a rule (None: not known).
    """

    name: str
    kind: str
    at: str
    last_attempt: datetime | None
    last_success: datetime | None
    error: str
    failures: int
    failing_since: datetime | None
    items: int
    problems: int
    undated: int
    whole: int
    newest: datetime | None
    silent_days: int | None
    changed: Changed
    alarms: tuple[Finding, ...]


def healths(room: Newsroom, archive: Archive, now: datetime) -> tuple[SourceHealth, ...]:
    """Return the health of every source, in the order of digest.toml."""
    pairs = zip(room.config.sources, states(room, archive), strict=True)
    return tuple(
        SourceHealth(
            name=table.name,
            kind=table.kind,
            at=table.url or table.path,
            last_attempt=state.last_attempt,
            last_success=state.last_success,
            error=state.error,
            failures=state.failures,
            failing_since=state.failing_since,
            items=state.items,
            problems=state.problems,
            undated=state.undated,
            whole=state.whole,
            newest=state.newest,
            silent_days=_days(state),
            changed=state.changed,
            alarms=unusual(room, [state], now),
        )
        for table, state in pairs
    )


def _days(state: SourceState) -> int | None:
    usual = usual_silence(state)
    return None if usual is None else usual.days
