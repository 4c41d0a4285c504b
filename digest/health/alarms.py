"""Alarms: what is not as it usually is with a source. Each is a finding with its code, and what to do about it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from digest.model.finding import Finding
from digest.model.freshness import SourceState

LEARNT = 8
"""Days with something published, from which on it is known how long a source is silent; fewer tell nothing."""

USUAL = 0.95
"""The share of its silences that are usual: of the last sixty, the three longest (holidays, a strike) do not count."""

LONGER = 1.5
"""How many times a usual silence alarms. A magazine of working days is silent for three days every week: it alarms on
the fifth, behind a long week-end; a weekly that may be a day late on the eleventh."""

SHORTEST = timedelta(days=3)
"""No silence that is shorter alarms: a daily has a holiday now and then."""

READINGS = 3
"""Readings from which on it is known how many items a source has."""

FEW = 5
"""Items of which losing half is no chance any more."""

IN_A_ROW = 3
"""Failures in a row that are no hiccup."""

AHEAD = timedelta(hours=1)
"""By so much may the clocks of two machines differ that share an archive."""

Spell = Callable[[datetime], str]
"""Puts the day of an instant into words."""


def alarms(state: SourceState, now: datetime, day: Spell) -> tuple[Finding, ...]:
    """Return what is not as usual with a source. Of one that was never read nothing is known."""
    return (*_ahead(state, now, day), *_failing(state, day), *_silent(state, now, day), *_lost(state), *_undated(state))


def usual_silence(state: SourceState) -> timedelta | None:
    """Return how long a source is silent at most as a rule, from one day with something to the next; None: unknown."""
    if len(state.days) < LEARNT:
        return None
    silences = sorted(later - earlier for earlier, later in pairwise(state.days))
    return silences[min(int(len(silences) * USUAL), len(silences) - 1)]


def _ahead(state: SourceState, now: datetime, day: Spell) -> Iterator[Finding]:
    """Yield the alarm of a reading that is still to come: what was said then stands as the last word until that day."""
    if state.ahead and state.ahead > now + AHEAD:
        message = f"it was read on {day(state.ahead)}, which is still to come: what it says until then changes nothing"
        hint = "set this machine's clock; if it was ahead then, put a backup of the archive from before in its place"
        yield _warning("source-ahead", state, message, hint)


def _failing(state: SourceState, day: Spell) -> Iterator[Finding]:
    if state.failures >= IN_A_ROW and state.failing_since:
        message = f"failed {state.failures} times in a row, since {day(state.failing_since)}: {state.error}"
        hint = f"open its address in a browser; then: digest ingest --source {state.name}"
        yield _warning("source-failing", state, message, hint)


def _silent(state: SourceState, now: datetime, day: Spell) -> Iterator[Finding]:
    """Yield the alarm of a source that answers and has nothing new; one that fails has another alarm."""
    usual = usual_silence(state)
    if usual is None or state.error or state.newest is None or state.last_success is None:
        return
    silence = now.astimezone(UTC).date() - state.newest.astimezone(UTC).date()
    if silence > max(usual * LONGER, SHORTEST):
        message = f"nothing new for {silence.days} days, since {day(state.newest)}; usual are {_days(usual)} at most"
        hint = "is its address still the right one? See what the site has published since"
        yield _warning("source-silent", state, message, hint)


def _lost(state: SourceState) -> Iterator[Finding]:
    """Yield the alarm of a source that has far fewer items than usual, or no longer has what it had."""
    earlier = state.counts[:-1]
    usual = sorted(earlier)[len(earlier) // 2] if len(earlier) >= READINGS else 0
    lost = len(state.changed.lost)
    hint = "look at the source: was it cut short, moved, or taken back? What was read before is kept"
    if state.error:
        return
    if usual >= FEW and state.items * 2 < usual:
        yield _warning("source-lost", state, f"{state.items} items, usual are {usual}", hint)
    elif lost >= FEW and lost * 2 >= state.items:
        message = f"{lost} items that it had are gone, {state.items} are there"
        yield _warning("source-lost", state, message, hint)


def _undated(state: SourceState) -> Iterator[Finding]:
    if state.undated and not state.error:
        message = f"{state.undated} of {state.items} items have no date that can be used: no issue takes them"
        hint = "mend the dates at the source; digest articles lists what is undated"
        yield _warning("source-undated", state, message, hint)


def _days(span: timedelta) -> str:
    return f"{span.days} day{'s' * (span.days != 1)}"


def _warning(code: str, state: SourceState, message: str, hint: str) -> Finding:
    return Finding(code=code, level="warning", message=message, where=state.name, hint=hint)
