"""Whether one text repeats another: the one verdict, for an issue's candidates and for a whole archive. Pure.

Two texts are twins when enough of the five-word runs of the shorter one stand in the other: measured on 943 articles
this finds copies that were cut, edited or syndicated. Two kinds of story share as much and are no repetition: the next
part of a series, which opens with what happened so far, and a form that is filled in anew (a week's weather, a market's
prices). The first is known by a long passage of its own in both, the second by its slots: the same words around other
figures and names. Among 1,500 copies and look-alikes made of real stories a copy has 5 % of its own at most and a part
30 % at least; of the places where a copy was edited 7 % put one fact for another, of a form's slots 80 %.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from digest.model.article import Article
from digest.text.words import RUN, Shingle, shingles, words

SURE: Final = 95
"""Percent of shared runs from which nothing else is asked: no part and no form shares so many."""

OWN: Final = 25
"""Percent of either text that is a story of its own: then the two share a preamble."""

OWN_OF_PART: Final = 10
"""The same where both say that they are parts: by their series, or by one headline with another number."""

_SLOT: Final = 12
"""Words between two shared stretches that may be a slot, or an edit; where more are new, something was written."""

_FEWEST: Final = 3
"""Facts that stand anew in a form, at least: a correction changes one or two, wherever they stand."""

_FACTS: Final = 50
"""Percent of a form's slots, at least, in which one fact stands for another."""

_DENSE: Final = 60
"""Words of a form to one such fact, at most: an update of a story changes fewer."""

_ALL: Final = 100
_ENDS: Final = frozenset(".!?:…。！？")
_CLOSERS: Final = "\"'”’»)]"
_ROMAN: Final = frozenset("ivxl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story as it is compared: its headline's words, its series, its paragraphs, and their words' runs."""

    title: tuple[str, ...]
    series: str
    texts: tuple[str, ...]
    runs: frozenset[Shingle]


class _Match(NamedTuple):
    """A stretch of `length` words that stands at `one` in one text and at `other` in the other."""

    one: int
    other: int
    length: int


class _Word(NamedTuple):
    text: str
    is_fact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Overlap:
    """How two texts lie on each other.

    `alike` words stand in both, `own` percent of either at least in one alone. Of the `slots` between shared stretches
    `filled` hold another fact in each text: `facts` different ones in all.
    """

    alike: int
    own: int
    slots: int
    filled: int
    facts: int


def told(article: Article, furniture: AbstractSet[str] = frozenset(), said: Sequence[str] = ()) -> Told:
    """Return what is compared of an article.

    `furniture` are lines of its body that are not its story; where nothing else is there, they are. `said` are the
    words of its body where they are known already.
    """
    every = tuple(block.text for block in article.blocks)
    texts = tuple(text for text in every if text not in furniture) or every
    known = said if said and len(texts) == len(every) else [word for text in texts for word in words(text)]
    return Told(title=words(article.title), series=article.series.casefold(), texts=texts, runs=shingles(known))


def repeats(one: Told, other: Told, least: int) -> int | None:
    """Return the percent of the shorter story's runs that the other has too, where one repeats the other; else None.

    `least` is the percent from which they do.
    """
    percent = contained(one.runs, other.runs)
    return percent if percent >= least and is_one_story(one, other, percent) else None


def is_one_story(one: Told, other: Told, percent: int) -> bool:
    """Tell whether two stories that share so many percent of the shorter one's runs are one."""
    return percent >= SURE or not is_another(one, other)


def contained(one: AbstractSet[Shingle], other: AbstractSet[Shingle]) -> int:
    """Return the percent of the smaller set that stands in the other; 0 where it is empty."""
    return _ALL * len(one & other) // max(1, min(len(one), len(other)))


def is_another(one: Told, other: Told) -> bool:
    """Tell whether of two stories that share much each is one by itself: another part, or a form filled in anew."""
    overlap = _overlap(list(_words(one.texts)), list(_words(other.texts)))
    if overlap.own > (OWN_OF_PART if _are_parts(one, other) else OWN):
        return True
    is_form = _ALL * overlap.filled >= _FACTS * overlap.slots and overlap.facts * _DENSE >= overlap.alike
    return overlap.facts >= _FEWEST and is_form


def _are_parts(one: Told, other: Told) -> bool:
    """Tell whether two stories say themselves that they are two: one series, or one headline with another number."""
    if one.title == other.title:
        return False
    named = bool(one.series) and one.series == other.series
    return named or _unnumbered(one.title) == _unnumbered(other.title) != ()


def _unnumbered(title: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in title if not any(map(str.isdigit, word)) and not _ROMAN.issuperset(word))


def _overlap(ours: Sequence[_Word], theirs: Sequence[_Word]) -> _Overlap:
    matches = list(_matches([word.text for word in ours], [word.text for word in theirs]))
    slots = [slot for slot in pairwise(matches) if _is_slot(*slot)]
    anew = [_anew(ours[_gap(*slot)[0]], theirs[_gap(*slot)[1]]) for slot in slots]
    filled = [(said, instead) for said, instead in anew if said and instead]
    alike = sum(match.length for match in matches)
    here, there = (alike + sum(_width(*slot)[side] for slot in slots) for side in (0, 1))
    return _Overlap(
        alike=alike,
        own=min(_left(here, len(ours)), _left(there, len(theirs))),
        slots=len(slots),
        filled=len(filled),
        facts=min(len(set().union(*side)) for side in zip(*filled, strict=True)) if filled else 0,
    )


def _width(before: _Match, after: _Match) -> tuple[int, int]:
    """Return how many words each text has between two stretches; negative where the second stands first."""
    return after.one - before.one - before.length, after.other - before.other - before.length


def _is_slot(before: _Match, after: _Match) -> bool:
    here, there = _width(before, after)
    return here <= _SLOT and 0 <= there <= _SLOT


def _gap(before: _Match, after: _Match) -> tuple[slice, slice]:
    return slice(before.one + before.length, after.one), slice(before.other + before.length, after.other)


def _left(covered: int, whole: int) -> int:
    """Return the percent of a text that is not covered."""
    return _ALL * max(0, whole - covered) // max(1, whole)


def _anew(here: Sequence[_Word], there: Sequence[_Word]) -> tuple[set[str], set[str]]:
    """Return the facts in each text's side of a slot that the other side has not."""
    said, instead = ({word.text for word in slot if word.is_fact} for slot in (here, there))
    return said - instead, instead - said


def _words(texts: Sequence[str]) -> Iterator[_Word]:
    """Yield the words of a text, and which are facts: figures, and names (capitals inside a sentence)."""
    for text in texts:
        opens = True
        for piece in text.split():
            said = words(piece)
            names = not opens and next(filter(str.isalpha, piece), "").isupper()
            for word in said:
                yield _Word(word, names or any(map(str.isdigit, word)))
            opens = piece.rstrip(_CLOSERS)[-1:] in _ENDS if said else opens


def _matches(one: Sequence[str], other: Sequence[str]) -> Iterator[_Match]:
    """Yield the stretches of five words and more that two texts share, in the order of the first text."""
    places: dict[tuple[str, ...], int] = {}
    for at in range(len(other) - RUN + 1):
        places.setdefault(tuple(other[at : at + RUN]), at)
    at = 0
    while at + RUN <= len(one):
        place = places.get(tuple(one[at : at + RUN]))
        length = 1 if place is None else _length(one, other, at, place)
        if place is not None:
            yield _Match(at, place, length)
        at += length


def _length(one: Sequence[str], other: Sequence[str], at: int, place: int) -> int:
    length = RUN
    while at + length < len(one) and place + length < len(other) and one[at + length] == other[place + length]:
        length += 1
    return length
