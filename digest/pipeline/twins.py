"""Twins in the archive: those of some articles, for a selection; all of them, for an editor to look through."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.model.article import Article
from digest.ports import Archive, Library
from digest.summarizer.learnt import LEARNT
from digest.text.repeats import repeats, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two articles of which one repeats the other, and the percent of the shorter one that both have."""

    one: Article
    other: Article
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """What repeats some articles, or is repeated by them.

    `others` are not among those that were asked about. `alike` are all that share text, by id, each with the lines of
    its body that are furniture.
    """

    others: tuple[Article, ...]
    alike: Mapping[str, frozenset[str]]


def find_twins(archive: Library, articles: Sequence[Article], least: int) -> Twins:
    """Return the twins of some articles; `least` is the percent that they share (`selection.twin`)."""
    own = {article.id: article for article in articles}
    near = {id_: others for id_, others in archive.alike(articles, least).items() if others}
    every = {each.id: each for id_, others in near.items() for each in (own[id_], *others)}
    furniture = archive.repeated(tuple(every.values()), LEARNT)
    stories = {id_: told(article, furniture[id_]) for id_, article in every.items()}
    pairs = [(own[id_], other) for id_, others in near.items() for other in others]
    twins = [pair for pair in pairs if repeats(stories[pair[0].id], stories[pair[1].id], least) is not None]
    others = {other.id: other for _, other in twins if other.id not in own}
    alike = {each.id: furniture[each.id] for pair in twins for each in pair}
    return Twins(others=tuple(others[id_] for id_ in sorted(others)), alike=alike)


def twins_of(archive: Archive, least: int, since: datetime | None = None) -> Iterator[Pair]:
    """Yield all twins of an archive of which one appeared at or after `since` (None: all).

    `least` is the percent that they share (`selection.twin`).
    """
    for one, other in archive.pairs(least):
        if since is None or any(each.published and each.published >= since for each in (one, other)):
            furniture = archive.repeated((one, other), LEARNT)
            percent = repeats(told(one, furniture[one.id]), told(other, furniture[other.id]), least)
            if percent is not None:
                yield Pair(one=one, other=other, percent=percent)
