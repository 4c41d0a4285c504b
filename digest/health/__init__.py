"""Health: what a reading says of its source. What it is like when all is well is learnt from its readings. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from digest.merge import guid_name, key
from digest.model.article import Problem, Sighting
from digest.model.freshness import Changed, Listed, Retitled, SourceState
from digest.text.words import short_id

LISTED = 300
"""Items that are remembered of a reading: those of eight weeks at five a day. A state with them has 40 KB."""

COUNTS = 12
"""Readings whose numbers are remembered: those of a quarter, where one a week is made."""

DAYS = 60
"""Days with something published: two months of a daily, five years of a monthly."""

SECTIONS = 200
"""Section names that are remembered; a source with more files each story under a name of its own."""

NAMED = 20
"""Changes of each kind that are told: there is no room for more."""

_EARLY = datetime.min.replace(tzinfo=UTC)
_LATE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What reading a source came to: at which time, what it said, what could not be read.

    `since` is from when on the source was asked (None: for all it has); `by_hand`: a person named the span. `whole`: it
    told all that it has of it, as an API does; a feed lets go of its oldest items. `unchanged`: some of it was as
    before and was not told again, so that what is not here may be there all the same.
    """

    at: datetime
    sightings: Sequence[Sighting] = ()
    problems: Sequence[Problem] = ()
    since: datetime | None = None
    by_hand: bool = False
    whole: bool = False
    unchanged: bool = False


def after(before: SourceState, outcome: Outcome) -> SourceState:
    """Return the state of a source after a reading, from the one before."""
    said = [each for each in outcome.sightings if not each.gone]
    error = failure(outcome)
    state = replace(before, last_attempt=outcome.at, problems=len(outcome.problems), error=error, changed=Changed())
    state = replace(state, ahead=_ahead(before, outcome.at))
    if error:
        items = before.items if before.last_success else len(said)
        since = before.failing_since or outcome.at
        return replace(state, items=items, failures=before.failures + 1, failing_since=since)
    state = replace(state, last_success=outcome.at, failures=0, failing_since=None)
    state = _remembered(state, said, outcome.at)
    is_usual = not outcome.by_hand or before.last_success is None  # years, or a day, that were asked for once
    return _counted(state, before, said, outcome) if is_usual and not outcome.unchanged else state


def _ahead(before: SourceState, now: datetime) -> datetime | None:
    """Return the latest reading that is later than this one, if any is."""
    return max((at for at in (before.ahead, before.last_attempt) if at and at > now), default=None)


def failure(outcome: Outcome) -> str:
    """Return why a reading failed: nothing came, or not all that there was. Single bad items are no failure."""
    nothing = not outcome.sightings and not outcome.unchanged
    broken = [problem for problem in outcome.problems if problem.incomplete or nothing]
    return broken[0].message if broken else ""


def is_whole(sighting: Sighting) -> bool:
    """Tell whether a source gave an item's body, and not as an excerpt by its own word."""
    return bool(sighting.blocks) and all(each.name != "feed-excerpt" for each in sighting.witnesses)


def _remembered(state: SourceState, said: Sequence[Sighting], now: datetime) -> SourceState:
    """Return a state that knows the days and the sections of what was said."""
    dates = _out(said, now)
    return replace(
        state,
        newest=max((*dates, *filter(None, [state.newest])), default=None),
        days=tuple(sorted({*state.days, *(date.astimezone(UTC).date() for date in dates)}))[-DAYS:],
        sections=tuple(sorted({*state.sections, *(each.section for each in said if each.section)})[:SECTIONS]),
    )


def _counted(state: SourceState, before: SourceState, said: Sequence[Sighting], outcome: Outcome) -> SourceState:
    """Return a state that knows how much a source told and, where that was all that it has now, what changed."""
    undated = sum(each.published is None for each in said)
    state = replace(state, items=len(said), undated=undated, whole=sum(map(is_whole, said)))
    listed = _listed(said)
    bounds = [outcome.since or _EARLY] if outcome.whole else [outcome.since or _EARLY, _oldest(said)]
    return replace(
        state,
        newest=max(_out(said, outcome.at), default=before.newest),
        changed=_changed(before, listed, state.sections, max(bounds)),
        listed=listed[:LISTED],
        counts=(*before.counts, len(said))[-COUNTS:],
    )


def _out(said: Sequence[Sighting], now: datetime) -> list[datetime]:
    """Return the dates of what is out; what is dated ahead is not."""
    return [each.published for each in said if each.published and each.published <= now]


def _oldest(said: Sequence[Sighting]) -> datetime:
    """Return the date of the oldest item; where none has one, a time before which everything lies."""
    return min((each.published for each in said if each.published), default=_LATE)


def _listed(said: Sequence[Sighting]) -> tuple[Listed, ...]:
    """Return what was listed, the newest first, what has no date last."""
    listed = [
        Listed(
            keys=tuple(short_id(name) for name in (each.url, guid_name(each)) if name) or (short_id(key(each)),),
            title=each.title,
            published=each.published,
        )
        for each in said
    ]
    return tuple(sorted(listed, key=lambda each: (each.published or _EARLY, each.keys), reverse=True))


def _changed(before: SourceState, now: Sequence[Listed], sections: Sequence[str], reach: datetime) -> Changed:
    """Return what is not as it was; what was published from `reach` on should still be listed.

    Of what a source was like before its first reading nothing is known; what has no date cannot be told from what a
    feed lets go.
    """
    bearers = {name: each for each in now for name in each.keys}
    pairs = [(each, _found(each, bearers)) for each in before.listed]
    renamed = {(each.title, each.published) for each in now}  # a site that moves, or numbers its items anew, loses none
    lost = [
        each
        for each, found in pairs
        if found is None and each.published and each.published >= reach and (each.title, each.published) not in renamed
    ]
    return Changed(
        lost=tuple(each.title for each in lost)[:NAMED],
        sections=tuple(name for name in sections if before.sections and name not in before.sections)[:NAMED],
        titles=tuple(
            Retitled(was=each.title, title=found.title)
            for each, found in pairs
            if found is not None and found.title != each.title
        )[:NAMED],
    )


def _found(item: Listed, bearers: Mapping[str, Listed]) -> Listed | None:
    """Return an item as it is listed now, by any of its names; None where it is not."""
    return next((bearers[name] for name in item.keys if name in bearers), None)
