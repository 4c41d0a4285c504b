"""Whether two sightings can be of one article: what is asked where a name alone is not to be trusted. Pure.

Two agree where they say the same of any one thing, or nothing that could be compared: the same instant of publication;
half of the shorter text in the other; one headline, on dates no more than two days apart. A headline that shares but
most of its words, the same numbers among them, is one where no text says otherwise: "day two" follows "day one".
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from digest.model.article import Sighting
from digest.text.words import SHORTEST_FINGERPRINTED, shingles, words

_SHARED: Final = 0.5
"""Of the five-word runs of the shorter text: it found every cut and edited copy among 943 articles, and no other."""

_ALIKE: Final = 0.6
"""Of the longer headline's words: one that was corrected keeps more, two of one subject have less in common."""

_NEAR: Final = timedelta(days=2)
"""Two clocks, a bare day and an evening before are less apart; the next part of a weekly column is more."""


def agrees(said: Sighting, others: Iterable[Sighting]) -> bool:
    """Tell whether a sighting can be of the article of which `others` speak."""
    return any(_alike(said, other) for other in others)


def _alike(one: Sighting, other: Sighting) -> bool:
    read = _read(one, other)
    verdicts = (_dated(one, other), read, _titled(one, other, doubted=read is False))
    compared = [verdict for verdict in verdicts if verdict is not None]
    return any(compared) or not compared


def _dated(one: Sighting, other: Sighting) -> bool | None:
    """Tell whether both were published at one instant; None where nobody knows, or only a day."""
    if one.published is None or other.published is None:
        return None
    if "day" in {one.precision, other.precision}:
        return None if abs(one.published - other.published) <= _NEAR else False
    return one.published == other.published


def _read(one: Sighting, other: Sighting) -> bool | None:
    """Tell whether one text stands for the most part in the other; None where one is too short to tell."""
    texts = [[word for block in each.blocks for word in words(block.text)] for each in (one, other)]
    if min(map(len, texts)) < SHORTEST_FINGERPRINTED:
        return None
    mine, theirs = map(shingles, texts)
    return len(mine & theirs) >= _SHARED * min(len(mine), len(theirs))


def _titled(one: Sighting, other: Sighting, *, doubted: bool) -> bool | None:
    """Tell whether both have one headline, at about one time; None where one has none. `doubted`: texts differ."""
    mine, theirs = (words(each.title) for each in (one, other))
    if not mine or not theirs:
        return None
    if one.published and other.published and abs(one.published - other.published) > _NEAR:
        return False
    return mine == theirs or (not doubted and _is_corrected(set(mine), set(theirs)))


def _is_corrected(mine: set[str], theirs: set[str]) -> bool:
    """Tell whether a headline of such words may be another one after a correction: numbers tell parts of a series."""
    return len(mine & theirs) >= _ALIKE * max(len(mine), len(theirs)) and not any(map(str.isdigit, mine ^ theirs))
