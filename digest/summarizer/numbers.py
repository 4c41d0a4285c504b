"""The numbers that an article gives, and those that any reader of it works out."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from digest.summarizer.figures import Figure, figures, times, without_dates
from digest.summarizer.sentences import split
from digest.summarizer.vocabulary import COMMON, PERIODS

STEM: Final = 5
"""Characters by which two forms of one word are taken for the same when words are only counted."""

LEAST_STEM: Final = 4
"""A shorter word has no forms."""

_YEARS: Final = range(1000, 2200)
_EQUAL: Final = 1e-9
"""How far, as a share, two equal lengths of time in different units may be apart."""

_DECADE: Final = 10
_TWICE: Final = 2
_OF_ITS: Final = frozenset(("its", "their", "his", "her", "our", "the", "those", "these"))


class Numbers:
    """The numbers of some texts by value and by what they count, with shares, lengths of time and differences.

    A reader turns "a fifth" into 20 percent, "two weeks" into 14 days, "1,140 of its 9,300" into one in eight, and
    "from 1981 to 1998" into 17 years; so these are given, too.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._counted: dict[float, set[str]] = {}
        shares, periods = set[float](), set[float]()
        for sentence in (sentence for text in texts for sentence in split(text)):
            stated = figures(without_dates(sentence))
            periods.update(60.0 * (other - one) for one, other in pairwise(sorted(times(sentence))))
            shares.update(share for figure in stated for share in _shares(figure))
            periods.update(map(period, stated))
            for value, what in _whole(stated):
                self._counted.setdefault(value, set()).add(what)
        self._whole, self._shares, self._periods = sorted(self._counted), sorted(shares), sorted(periods - {0.0})

    def gives(self, figure: Figure, rough: float = 0.0) -> bool:
        """Tell whether a number is among them, or one that differs by no more than a share of it."""
        if (lasting := period(figure)) and _near(self._periods, lasting, (rough or _EQUAL) * lasting):
            return True
        if figure.share or (figure.percent and figure.value not in self._counted):
            return _near(self._shares, figure.value, max(1.0, rough * figure.value))
        if figure.after[:1] == ("s",) and figure.value in _YEARS:
            return _near(self._whole, figure.value + (_DECADE - 1) / 2, (_DECADE - 1) / 2)
        return _near(self._whole, figure.value, rough * figure.value)

    def counted(self, figure: Figure) -> frozenset[str]:
        """Return what is counted with a number, by the beginnings of the words."""
        return frozenset(self._counted.get(figure.value, ())) - {""}


def unit(figure: Figure) -> str:
    """Return how the word begins that says what a number counts; "" where none does."""
    return next((word[:STEM] for word in figure.after[:2] if len(word) >= LEAST_STEM and word not in COMMON), "")


def period(figure: Figure) -> float:
    """Return the length of time that a number states, in seconds ("two weeks", "half an hour"); 0 where it is none."""
    behind = [word for word in figure.after[:3] if word not in {"a", "an", "of"}] if figure.share else figure.after
    one = PERIODS.get(_singular(behind[0]), 0.0) if behind else 0.0
    return one * (figure.value / 100 if figure.share else figure.value)


def _singular(word: str) -> str:
    return "century" if word == "centuries" else word.removesuffix("s")


def _near(known: list[float], value: float, far: float) -> bool:
    """Tell whether one of the known values, in order, is no farther from a value."""
    at = bisect_left(known, value - far)
    return at < len(known) and known[at] <= value + far


def _shares(figure: Figure) -> Iterator[float]:
    """Yield the percentages that a number states: "a fifth", "20 percent", "5 of its 25", "1.2 times as much"."""
    if figure.share or figure.percent:
        yield figure.value
    if figure.after[:1] == ("times",) and 1 < figure.value < _TWICE:
        yield 100 * (figure.value - 1)
    if figure.after[:1] == ("of",):
        behind = [word for word in figure.after[1:3] if word not in _OF_ITS]
        for whole in figures(behind[0] if behind else ""):
            if whole.value > figure.value and not whole.share:
                yield 100 * figure.value / whole.value


def _whole(stated: tuple[Figure, ...]) -> Iterator[tuple[float, str]]:
    """Yield the numbers of a sentence, with what they count, and what lies between two years or of one unit."""
    for figure in stated:
        if not figure.share:
            yield figure.value, unit(figure)
    years = [figure for figure in stated if figure.text.isdecimal() and figure.value in _YEARS]
    alike = [pair for pair in pairwise(stated) if pair[0].after[:1] == pair[1].after[:1] != ()]
    yield from ((abs(one.value - other.value), "") for one, other in (*pairwise(years), *alike))
