"""Weighing: what each way into a site would give, and which is the best. The choice is made from figures alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from digest.health import is_whole
from digest.merge import key
from digest.model.article import Document, Problem, Sighting
from digest.sources import Reading, SourceSettings, open_source
from digest.sources.kinds import APIS
from digest.sources.settings import Kind

MOST_DOCUMENTS = 6
"""Answers that are read of each: 300 posts of an API, or sixty items of a feed."""

FORTNIGHT = timedelta(weeks=2)
"""What a source should reach back: a week's issue is made from it, and it may be down for one."""

_MOST_SECTIONS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A way into a site, and what it gave: items, and how many of them have a date, a whole text, a by-line.

    `sections` are names, the most frequent first; `oldest` and `newest` are of what is out. `problem` says why it gave
    nothing, or not all.
    """

    kind: Kind
    url: str
    key: str = ""
    items: int = 0
    dated: int = 0
    whole: int = 0
    signed: int = 0
    sections: tuple[str, ...] = ()
    oldest: datetime | None = None
    newest: datetime | None = None
    problem: str = ""


def weigh(settings: SourceSettings, reading: Reading) -> Weighed:
    """Return what a source gives, as far as its first answers tell."""
    source = open_source(settings, folder=Path(), reading=reading)
    found: list[Sighting | Problem] = []
    for each in islice(source.documents(), MOST_DOCUMENTS):
        found += source.parse(each) if isinstance(each, Document) else [each]
    said = _once(each for each in found if isinstance(each, Sighting))
    dates = [each.published for each in said if each.published and each.published <= reading.now]
    sections = Counter(each.section for each in said if each.section)
    return Weighed(
        kind=settings.kind,
        url=settings.at,
        key=settings.key,
        items=len(said),
        dated=sum(each.published is not None for each in said),
        whole=sum(map(is_whole, said)),
        signed=sum(bool(each.authors) for each in said),
        sections=tuple(name for name, _ in sections.most_common(_MOST_SECTIONS)),
        oldest=min(dates, default=None),
        newest=max(dates, default=None),
        problem=next((each.message for each in found if isinstance(each, Problem)), ""),
    )


def _once(said: Iterable[Sighting]) -> list[Sighting]:
    """Return each story once, with its date where one of the lists of a sitemap has it."""
    once: dict[str, Sighting] = {}
    for each in said:
        name = key(each)
        if name not in once or (each.published and not once[name].published):
            once[name] = each
    return list(once.values())


def best(weighed: Sequence[Weighed], now: datetime) -> tuple[Weighed, ...]:
    """Return the one or two ways that give the most: an API; else a feed, with a sitemap where it is short; else that.

    What was found first is taken where two give the same.
    """
    given = [each for each in weighed if each.items]
    apis = [each for each in given if each.kind in APIS and each.dated]
    if apis:
        return (apis[0],)
    feeds = sorted((each for each in given if each.kind == "feed"), key=_worth, reverse=True)
    maps = sorted((each for each in given if each.kind == "sitemap"), key=_worth, reverse=True)
    if not feeds:
        return tuple(maps[:1])
    return (*feeds[:1], *(each for each in maps[:1] if is_short(feeds[0], now) and each.items > feeds[0].items))


def is_short(feed: Weighed, now: datetime) -> bool:
    """Tell whether a feed does not reach back far enough: stories would be lost by one missed reading."""
    return feed.oldest is None or now - feed.oldest < FORTNIGHT


def _worth(weighed: Weighed) -> tuple[float, ...]:
    """Return what counts, the weightiest first: dates, whole texts, how much there is, sections, by-lines."""
    share = weighed.items or 1
    figures = (
        weighed.dated / share,
        weighed.whole / share,
        weighed.items,
        len(weighed.sections),
        weighed.signed / share,
    )
    return tuple(round(figure, 1) for figure in figures)
