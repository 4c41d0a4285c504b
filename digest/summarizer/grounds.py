"""What an article states, in the shape in which another text can be held against it."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from digest.model.article import Article
from digest.summarizer.figures import dates, times
from digest.summarizer.numbers import LEAST_STEM, STEM, Numbers
from digest.summarizer.vocabulary import CALENDAR_KEY, LINKS, PEOPLES
from digest.text.words import words

_FIRST: Final = 3
"""Characters that two forms of one word always share."""

_APART: Final = 4
"""How far two parts of a name may stand from each other: "Ida M. van Holm"."""

_LONGEST_SHORT: Final = 6
"""Words that a short form stands for, at most."""

# British spellings, and the American ones that both are counted as.
_RESPELT: Final = (
    (re.compile(r"(?<=\w{3})our"), "or"),
    (re.compile(r"(?<=\w{2}[bt])re$"), "er"),
    (re.compile(r"(?<=\w{2}gram)me"), ""),
    (re.compile(r"(?<=\w{2})is(?=(?:e|ed|es|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=[ef]en)ce$"), "se"),
)

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
        self.numbers = Numbers(texts)
        self.calendar = {CALENDAR_KEY[word] for word in told if word in CALENDAR_KEY}
        self._short = {short for found in NAME.finditer(text) if _is_short(short := bare(found[0]).replace(".", ""))}
        self._known: dict[str, set[str]] = {}
        for word in map(respelt, told):
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
        if key := CALENDAR_KEY.get(name.casefold().rstrip(".")):
            return key in self.calendar
        return all(self._has(respelt(word)) for word in words(name)) or self._spells(name.replace(".", ""))

    def written_out(self, sentence: str) -> frozenset[str]:
        """Return the names in a sentence that write out what the article has in short: "United Nations" for "UN"."""
        run: list[str] = []
        out = set[str]()
        for found in NAME.finditer(sentence):
            name = bare(found[0])
            if name in LINKS:
                continue
            run = [*run[1 - _LONGEST_SHORT :], name] if name[0].isupper() else []
            for at in range(len(run) - 1):
                if "".join(each[0] for each in run[at:]) in self._short:
                    out.update(run[at:])
        return frozenset(out)

    def mixes(self, one: str, other: str) -> bool:
        """Tell whether two names never stand together in the article, though the first of them always has another."""
        first = one in self._names_of and one not in self._lasts
        return first and other in self._names_of and not {(one, other), (other, one)} & self._together

    def _has(self, word: str) -> bool:
        near = self._known.get(word[:_FIRST], set())
        country = PEOPLES.get(word, word)
        of_country = country in self._known.get(country[:_FIRST], ())
        return of_country or word in near or any(is_kin(word, known) for known in near)

    def _spells(self, letters: str) -> bool:
        return len(letters) > 1 and letters.isupper() and letters.casefold() in self.initials


def line(told: Iterable[str]) -> str:
    """Return words as a line in which a run of them can be looked for."""
    return f" {' '.join(told)} "


def respelt(word: str) -> str:
    """Return a word as Americans spell it, so far as rules do: "Harbor", "Center", "Program", "Organization"."""
    for british, american in _RESPELT:
        word = british.sub(american, word)
    return word


def _is_short(name: str) -> bool:
    return len(name) > 1 and name.isupper()


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
