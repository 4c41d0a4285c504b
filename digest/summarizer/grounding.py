"""Whether a text says only what an article says: the stop that a model's summary must pass. A rule, never a proof.

Every number, time and date, every name, quotation and address of the text must stand in the article, and of its other
words, sentence by sentence, a share. Who did what is not understood: a summary that gives one person's part to
another, or leaves out a "not", passes. So a person reads it all the same.

The rules know English. Other languages get them too, with more alarms: in German a capital letter is no name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from digest.model.article import Article
from digest.summarizer.abbreviations import STARTERS
from digest.summarizer.figures import Figure, dates, figures, times, without_times
from digest.summarizer.grounds import NAME, Grounds, bare, capitalised, line, quotations
from digest.summarizer.numbers import LEAST_STEM, STEM, unit
from digest.summarizer.sentences import split
from digest.summarizer.vocabulary import CALENDAR, COMMON, HEDGES, NO_NAMES, PARTICLES, RELATIVE, SAYING_OF
from digest.text.words import words

Kind = Literal["number", "date", "name", "quotation", "address", "words"]

SHARED: Final = 0.2
"""The least share of a text's content words that the article must have.

Of 120 summaries in words of their own, by two hands, the least shares .21 and half share .57; held against an article
that they are not about, 19 in 20 share less.
"""

SHARED_IN_SENTENCE: Final = 0.15
"""The least share of a sentence's; the least that one of those 120 summaries has is .17.

A short sentence may say what the article says in almost none of its words. Of 1892 sentences held against another
article's text, five in six share less.
"""

FEW: Final = 5
"""Fewer content words are not weighed."""

SPOKEN: Final = 3
"""Words: a longer quotation must be somebody's words in the article too; a shorter one may be its own words set off."""

ROUGH: Final = 0.15
"""How far, as a share of it, "about" and "nearly" may be from the article's number."""

_HOUR: Final = 60
_NOON: Final = 12
_OMISSION: Final = re.compile(r"\[?(?:…|\.\.\.)\]?|\[[^\]]*\]")

_ADDRESS: Final = re.compile(
    # A name is looked at from its beginning only, so that a long one takes no longer than a long text.
    r"\b(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]+@[\w.-]+|"
    r"(?<![\w.-])(?:[A-Za-z\d][A-Za-z\d-]*\.)+[a-z]{2,}\b(?:/\S*)?",
)

_WHY: Final = {
    "number": "a number that the article does not give",
    "date": "a date that the article does not give",
    "name": "a name that the article does not have",
    "quotation": "a quotation that the article does not have",
    "address": "an address that the article does not have",
    "words": "words that are hardly the article’s",
}


@dataclass(frozen=True, slots=True)
class Ungrounded:
    """What a text says and its article does not."""

    kind: Kind
    text: str

    @property
    def why(self) -> str:
        """Return it in words."""
        return f"{_WHY[self.kind]} ({self.text})"


def ungrounded(text: str, article: Article) -> tuple[Ungrounded, ...]:
    """Return all that a text says and its article (headline, dek, by-line, body) does not; nothing when all holds."""
    return ungrounded_in(text, Grounds(article))


def ungrounded_in(text: str, grounds: Grounds) -> tuple[Ungrounded, ...]:
    """Return the same of an article that was read before."""
    return (
        *_times(text, grounds),
        *_numbers(text, grounds),
        *_dates(text, grounds),
        *_names(text, grounds),
        *_quotations(text, grounds),
        *_addresses(text, grounds),
        *_words(text, grounds),
    )


def _times(text: str, grounds: Grounds) -> Iterator[Ungrounded]:
    """Yield times of day that the article gives neither as times nor as numbers: "at nine in the evening"."""
    for time in sorted(times(text) - grounds.times):
        hour, minute = divmod(time, _HOUR)
        told = hour + minute / 100 if minute else hour % _NOON or _NOON
        if not grounds.numbers.gives(Figure(float(told), "", (), ())):
            yield Ungrounded("number", f"{hour}:{minute:02}")


def _numbers(text: str, grounds: Grounds) -> Iterator[Ungrounded]:
    """Yield numbers that the article does not give, or that have changed places; times and dates apart."""
    stated = tuple(figure for figure in figures(without_times(text)) if not _is_grammar(figure))
    by_unit: dict[str, list[Figure]] = {}
    for figure in stated:
        by_unit.setdefault(unit(figure), []).append(figure)
    for figure in stated:
        rough = ROUGH if HEDGES.intersection(figure.before[-2:]) else 0.0
        others = [other for each in grounds.numbers.counted(figure) for other in by_unit.get(each, ())[:FEW]]
        if not grounds.numbers.gives(figure, rough) or any(_swapped(figure, other, grounds) for other in others):
            yield Ungrounded("number", " ".join((figure.text, *figure.after[:1])))


def _swapped(figure: Figure, other: Figure, grounds: Grounds) -> bool:
    """Tell whether two numbers have changed places, where the second counts what the article counts with the first."""
    return figure.value != other.value and unit(figure) in grounds.numbers.counted(other)


def _is_grammar(figure: Figure) -> bool:
    """Tell whether a number says how a sentence is built: "two others", "two days before", "a year and a half"."""
    said = figure.text.casefold()
    return said == "two" or (said == "half" and figure.before[-2:] == ("and", "a"))


def _dates(text: str, grounds: Grounds) -> Iterator[Ungrounded]:
    yield from (Ungrounded("date", said) for day, said in dates(text).items() if day not in grounds.dates)


def _names(text: str, grounds: Grounds) -> Iterator[Ungrounded]:
    for sentence in split(text):
        found = tuple(NAME.finditer(sentence))
        known = NO_NAMES | {name.casefold() for name in grounds.written_out(sentence)}
        for at, match in enumerate(found):
            name = bare(match[0])
            if not name[0].isupper() or name.casefold() in known or grounds.has(name):
                continue
            if _is_name(sentence, found, at):
                yield Ungrounded("date" if name.casefold() in CALENDAR else "name", name)
        yield from _mixed(sentence, grounds)


def _is_name(sentence: str, found: Sequence[re.Match[str]], at: int) -> bool:
    """Tell whether a word with a capital is a name: at the beginning of a sentence what follows it decides."""
    match = found[at]
    opens = not at or sentence[max(0, match.start() - 2) : match.start()].rstrip().endswith(
        (":", "“", '"', "‘", "„", "«", "(")
    )
    return not opens or (_is_no_word(match[0]) and _goes_on_as_name(sentence, found, at))


def _is_no_word(name: str) -> bool:
    return name not in STARTERS and name.casefold() not in COMMON


def _goes_on_as_name(sentence: str, found: Sequence[re.Match[str]], at: int) -> bool:
    name = found[at][0]
    if name.endswith(("’s", "'s")) or name.casefold() in CALENDAR:
        return True
    following = [match[0] for match in found[at + 1 : at + 3]]
    if not following:
        return False
    between = sentence[found[at].end() : found[at + 1].start()].strip()
    if between:
        return between == "," and following[0] in RELATIVE
    particle = following[0] in PARTICLES and following[-1][0].isupper()
    return particle or following[0][0].isupper() or following[0] in SAYING_OF


def _mixed(sentence: str, grounds: Grounds) -> Iterator[Ungrounded]:
    """Yield names put together from two of the article's: a first name that goes with another last name there."""
    pairs = [pair for run in capitalised(sentence) for pair in pairwise(run)]
    yield from (Ungrounded("name", f"{one} {other}".title()) for one, other in pairs if grounds.mixes(one, other))


def _quotations(text: str, grounds: Grounds) -> Iterator[Ungrounded]:
    for quoted in quotations(text):
        parts = [told for part in _OMISSION.split(quoted) if (told := words(part))]
        if any(line(told) not in (grounds.said if len(told) > SPOKEN else grounds.whole) for told in parts):
            yield Ungrounded("quotation", quoted)


def _addresses(text: str, grounds: Grounds) -> Iterator[Ungrounded]:
    """Yield addresses of the web and of mail, with or without "https://": mail clients make links of both."""
    for found in _ADDRESS.finditer(text):
        if line(words(found[0])) not in grounds.whole:
            yield Ungrounded("address", found[0])


def _words(text: str, grounds: Grounds) -> Iterator[Ungrounded]:
    sentences = ((sentence, SHARED_IN_SENTENCE) for sentence in split(text))
    for part, least in ((text, SHARED), *sentences):
        content = [word for word in words(part) if _says_something(word)]
        strange = [word for word in content if word[:STEM] not in grounds.stems]
        if len(content) >= FEW and len(strange) > (1 - least) * len(content):
            yield Ungrounded("words", ", ".join(strange[:FEW]))
            return


def _says_something(word: str) -> bool:
    return len(word) >= LEAST_STEM and word not in COMMON and not word.isdecimal()
