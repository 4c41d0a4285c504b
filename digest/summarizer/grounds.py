"""What an article states, in the shape in which another text can be held against it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from digest.model.article import Article
from digest.summarizer.figures import Figure, dates, figures, times
from digest.summarizer.vocabulary import COMMON
from digest.text.words import words

STEM: Final = 5
"""Characters by which two forms of one word are taken for the same when words are only counted."""

LEAST_STEM: Final = 4
"""A shorter word has no forms."""

_FIRST: Final = 3
"""Characters that two forms of one word always share."""

_APART: Final = 4
"""How far two parts of a name may stand from each other: "Ida M. van Holm"."""

# "Norwegian" is made from "Norway", "Holms" and "Holmer" from "Holm".
_TAILS: Final = frozenset(("", "s", "n", "ns", "sh", "se", "r", "rs", "gian", "gians"))
_QUOTED: Final = re.compile(
    # A single mark may be an apostrophe, so that what it opens is looked for no further than a long sentence.
    r"“([^“”]+)(?:”|\Z)|\"([^\"]+)(?:\"|\Z)|„([^„“”]+)[“”]|«([^«»]+)»|"
    r"(?<!\w)‘(?=\S)([^‘]{1,300}?)’(?!\w)|(?<!\w)'(?=\S)([^\n]{1,300}?)'(?!\w)",
)
NAME: Final = re.compile(r"[^\W\d_](?:[\w’'.-]*[^\W_])?")


class Grounds:
    """An article's words, names, numbers, times, dates and quotations; `said` is all that stands in quotation marks.

    Each is kept so that looking for one takes the same time in a long article as in a short one.
    """

    def __init__(self, article: Article) -> None:
        parts = [article.title, article.dek, article.kicker, article.section, article.series, *article.authors]
        texts = [*parts, *(block.text for block in article.blocks)]
        text = "\n".join(filter(None, texts))
        told = words(text)
        self.stems = frozenset(word[:STEM] for word in told)
        self.whole = line(told)
        self.said = line(word for each in texts for quoted in quotations(each) for word in words(quoted))
        self.times, self.dates = times(text), dates(text)
        self.numbers = Numbers(figures(text))
        self._known: dict[str, set[str]] = {}
        for word in told:
            self._known.setdefault(word[:_FIRST], set()).add(word)
        self._names(tuple(capitalised(text)))

    def _names(self, runs: tuple[tuple[str, ...], ...]) -> None:
        names = [name for run in runs for name in run]
        self.initials = "".join(name[0] for name in names)
        self._lasts = {name for run in runs for name in run[-1:]}
        self._names_of = frozenset(names)
        self._together = {
            (one, other) for run in runs for at, one in enumerate(run) for other in run[at + 1 : at + _APART]
        }

    def has(self, name: str) -> bool:
        """Tell whether the article has a name, the name that it is made from, or the names that it is short for."""
        return all(map(self._has, words(name))) or self._spells(name.replace(".", ""))

    def mixes(self, one: str, other: str) -> bool:
        """Tell whether two names never stand together in the article, though the first of them always has another."""
        first = one in self._names_of and one not in self._lasts
        return first and other in self._names_of and not {(one, other), (other, one)} & self._together

    def _has(self, word: str) -> bool:
        near = self._known.get(word[:_FIRST], set())
        return word in near or any(is_kin(word, known) for known in near)

    def _spells(self, letters: str) -> bool:
        return len(letters) > 1 and letters.isupper() and letters.casefold() in self.initials


class Numbers:
    """The numbers of a text, by their values and by what they count."""

    def __init__(self, stated: Iterable[Figure]) -> None:
        whole, shares = [], set[float]()
        self._counted: dict[float, set[str]] = {}
        for figure in stated:
            if figure.share or figure.percent:
                shares.add(figure.value)
            if not figure.share:
                whole.append(figure.value)
                self._counted.setdefault(figure.value, set()).add(unit(figure))
        self._whole, self._shares = sorted(set(whole)), shares

    def gives(self, figure: Figure, rough: float = 0.0) -> bool:
        """Tell whether a number is among them, or one that differs by no more than a share of it."""
        if figure.share or (figure.percent and figure.value not in self._counted):
            return any(abs(figure.value - share) <= 1 for share in self._shares)
        at = bisect_left(self._whole, figure.value / (1 + rough) if rough else figure.value)
        return at < len(self._whole) and abs(self._whole[at] - figure.value) <= rough * self._whole[at]

    def counted(self, figure: Figure) -> frozenset[str]:
        """Return what is counted with a number, by the beginnings of the words."""
        return frozenset(self._counted.get(figure.value, ())) - {""}


def unit(figure: Figure) -> str:
    """Return how the word begins that says what a number counts; "" where none does."""
    return next((word[:STEM] for word in figure.after[:2] if len(word) >= LEAST_STEM and word not in COMMON), "")


def line(told: Iterable[str]) -> str:
    """Return words as a line in which a run of them can be looked for."""
    return f" {' '.join(told)} "


def is_kin(one: str, other: str) -> bool:
    """Tell whether two words share their stem and differ by a known ending only."""
    short, long = sorted((one, other), key=len)
    stem = short.rstrip("aeiouy")
    if len(short) < LEAST_STEM or len(stem) < LEAST_STEM - 1:
        return False
    return long.startswith(stem) and long[len(stem) :].lstrip("aeiouy") in _TAILS


def bare(name: str) -> str:
    """Return a word without the ending of a genitive."""
    return re.sub(r"[’']s?\Z", "", name)


def capitalised(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the runs of words with a capital letter, in small letters: names, most of them."""
    run: list[str] = []
    last = 0
    for found in NAME.finditer(text):
        word = bare(found[0])
        if run and (text[last : found.start()].strip(" .") or not word[0].isupper()):
            yield tuple(run)
            run = []
        if word[0].isupper():
            run.append(word.casefold())
        last = found.end()
    if run:
        yield tuple(run)


def quotations(text: str) -> Iterator[str]:
    """Yield what stands in quotation marks; one that is not closed goes on to the end of the text."""
    for found in _QUOTED.finditer(text):
        yield next(filter(None, found.groups()))
