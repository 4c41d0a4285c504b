"""Which date of publication stands, and which words on it contradict each other. Pure.

The first publication counts, never a crawl and never a change:

1. Of an editor's dates the last one stands; one that she took back counts as never said.
2. What a source says of a time that is still to come is a plan: it gives way to what the same source says later.
3. The better kind of witness wins: API and front matter, feed, page, a feed that dates changes alone, a guess. Of the
   best kind the earliest date counts (a story is not younger because it was touched); a bare day gives way to an
   instant within it.
4. But what a page dates more than a year earlier than that is an old story that was moved or run again: the page's
   date counts.

Sources that differ by more than a day are shown (`Article.dates`) until an editor has said the date.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from digest.model.article import Sighting, Stamp

EDITOR: Final = "editor"
"""The source as which an editor speaks of an article, which she calls by its id (in `guid`)."""

_KINDS: Final = (("editor",), ("api", "front-matter"), ("feed",), ("page",), ("list",), ("feed-updated",), ("guess",))
RANKS: Final = {kind: rank for rank, kinds in enumerate(_KINDS) for kind in kinds}
"""Kinds of witness, the better one first: of a story, whoever published it knows more than a list of links."""

_WORSE: Final = ("feed-updated", "list")
"""Witnesses of a date that their source's kind does not tell."""

_DAY: Final = timedelta(days=1)
_YEAR: Final = timedelta(days=365)
_ZONES: Final = timedelta(hours=36)
"""A bare day and an instant on it, in two zones, are less apart."""

_Dated = tuple[datetime, Sighting]


def standing(ordered: Iterable[Sighting]) -> Sighting | None:
    """Return the sighting whose date stands, of all that was said of an article in order of time; None: no date."""
    words = _words(ordered)
    best = min((_rank(said) for _, said in words), default=None)
    if best is None:
        return None
    dated = [(published, said) for published, said in words if _rank(said) == best]
    if best == RANKS[EDITOR]:
        return dated[-1][1]
    first = _first(dated)
    pages = [each for each in words if each[1].date_source == "page" and each[0] + _YEAR < first[0]]
    return _first(pages)[1] if pages else first[1]


def disputed(ordered: Iterable[Sighting]) -> tuple[Stamp, ...]:
    """Return each source's first and last word on the date, the earliest date first, where they are over a day apart.

    Nothing is in dispute once an editor has spoken, and nobody disputes with a guess.
    """
    words = [each for each in _words(ordered) if _rank(each[1]) < RANKS["guess"]]
    if len(words) <= 1 or any(_rank(said) == RANKS[EDITOR] for _, said in words):
        return ()
    stamps = {_stamp(*each): None for each in sorted(_ends(words), key=lambda each: (each[0], each[1].source))}
    dates = [stamp.published for stamp in stamps]
    apart = _ZONES if any(stamp.precision == "day" for stamp in stamps) else _DAY
    return tuple(stamps) if dates[-1] - dates[0] > apart else ()


def _words(ordered: Iterable[Sighting]) -> list[_Dated]:
    """Return what was said of the date and still counts: no plans that were given up, nothing that was taken back."""
    words: list[_Dated] = []
    for said in ordered:
        if said.source == EDITOR and said.date_source == EDITOR:
            words = [each for each in words if each[1].source != EDITOR]
        if said.published:
            words = [each for each in words if not _is_plan(each, said)]
            words.append((said.published, said))
    return words


def _is_plan(earlier: _Dated, later: Sighting) -> bool:
    """Tell whether an earlier word named a time to come, and its source names another one now."""
    published, said = earlier
    return said.source == later.source and published > said.seen_at and published != later.published


def _rank(said: Sighting) -> int:
    """Return how far behind the best kind of witness a date stands."""
    worse = (each.name for each in said.witnesses if each.field == "published" and each.name in _WORSE)
    return RANKS[next(worse, said.date_source or "guess")]


def _first(dated: Sequence[_Dated]) -> _Dated:
    """Return the earliest date; in place of a bare day the earliest instant within it."""
    opening, first = min(dated, key=lambda each: each[0])
    within = [each for each in dated if each[1].precision == "instant" and each[0] < opening + _DAY]
    return min(within, key=lambda each: each[0]) if within and first.precision == "day" else (opening, first)


def _ends(words: Sequence[_Dated]) -> Iterable[_Dated]:
    """Yield what each source said first and what it said last."""
    for source in dict.fromkeys(said.source for _, said in words):
        own = [each for each in words if each[1].source == source]
        yield from (own[0], own[-1])


def _stamp(published: datetime, said: Sighting) -> Stamp:
    return Stamp(
        source=said.source, date_source=said.date_source or "guess", published=published, precision=said.precision
    )
