"""The numbers, times and dates that a text states, whether in figures or in English words."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from digest.summarizer.vocabulary import DENOMINATORS, HEDGES, MONTHS, PERIODS, TENS, UNITS

_WORDS: Final = {
    **{word: float(value) for value, word in enumerate(UNITS)},
    **{word: float(10 * value) for value, word in enumerate(TENS, 2)},
    "dozen": 12.0,
    "dozens": 12.0,
}
_SCALES: Final = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "mln": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
}
_GLUED: Final = frozenset(("k", "m", "bn", "tn"))
"""Scales only where they are written right behind the figure: "7.4 m" are metres."""

_PERCENT: Final = frozenset(("%", "percent", "per", "pc", "prozent"))
_PART: Final = {"half": 2, "quarter": 4} | {word: value for value, word in enumerate(DENOMINATORS, 3)}
_PARTS: Final = {"halves": 2} | {f"{word}s": value for word, value in _PART.items()}
"""Parts of a whole, by how many of them make it."""

_OUT_OF: Final = frozenset((*range(2, 13), 20, 100, 1000))
"""What a share is counted out of: "three in ten"."""

_NOUN: Final = 3
"""Words behind "one" among which the "in" stands: "one old ferry in eight"."""

_HALVES_OF: Final = frozenset(("first", "second", "opening", "closing", "latter", "final"))
_BEHIND_PART: Final = frozenset(("of", "more", "less", "fewer", "as"))
_BEFORE_PART: Final = HEDGES | {"by", "to", "and"}

_MONTH: Final = rf"(?:{'|'.join(f'{month[:3]}(?:{month[3:]}|t)?' for month in MONTHS)})\.?"
_DAY: Final = r"(\d{1,2})(?:st|nd|rd|th)?"
_DATES: Final = re.compile(rf"\b{_DAY}(?: of)? ({_MONTH})(?!\w)|\b({_MONTH}) {_DAY}(?![\d:])\b", re.IGNORECASE)
_TIMES: Final = re.compile(
    r"\b(\d{1,2})(?:[:.](\d\d))? ?([ap])\.?m\b|\b(\d{1,2}):(\d\d)\b|(?<=\bat )(\d{1,2})\.([0-5]\d)(?![\d%]|\.\d)",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)*|%|[^\W\d_]+(?:['’][^\W\d_]+)?")
_TIGHT: Final = frozenset(("", " ", "-", "‑", "\u00a0", "\u202f"))
"""What may stand between the parts of one number."""
_NOON: Final = 12


class Figure(NamedTuple):
    """A number as a text states it: its value, its words, where they stand, and the words around it in small letters.

    `share`: it is a part of a whole (a half, two thirds, one in eight), with the percentage as its value.
    """

    value: float
    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    share: bool = False

    @property
    def percent(self) -> bool:
        """Tell whether it is a percentage."""
        return not _PERCENT.isdisjoint(self.after[:1])


def figures(text: str) -> tuple[Figure, ...]:
    """Return the numbers of a text, in order. A bare "one" is none: it is an article as often as a number."""
    tokens = list(_TOKEN.finditer(text))
    told = _Told([token[0].casefold() for token in tokens], _joins(text, tokens))
    return tuple(_figures(text, tokens, told))


def times(text: str) -> frozenset[int]:
    """Return the times of day in a text, in minutes: "9:47 p.m." and "21:47" are one, and "at 8.15" is one."""
    found = set()
    for match in _TIMES.finditer(text):
        hour, minute, half, *whole_day = match.groups()
        if half:
            found.add((int(hour) % _NOON + (_NOON if half in "pP" else 0)) * 60 + int(minute or 0))
        else:
            hour_24, minute_24 = filter(None, whole_day)
            found.add(int(hour_24) * 60 + int(minute_24))
    return frozenset(found)


def without_times(text: str) -> str:
    """Return a text without the times and dates in it."""
    return without_dates(_TIMES.sub(" ", text))


def without_dates(text: str) -> str:
    """Return a text without the days of months in it; a year stays."""
    return _DATES.sub(" ", text)


def dates(text: str) -> dict[tuple[int, int], str]:
    """Return the days of a month in a text, as (month, day), with the words that say them."""
    found = {}
    for match in _DATES.finditer(text):
        day, month, month_first, day_behind = match.groups()
        name = (month or month_first).casefold()[:3]
        number = next(at for at, known in enumerate(MONTHS, 1) if known.startswith(name))
        found[number, int(day or day_behind)] = match[0]
    return found


class _Told(NamedTuple):
    """A text's words and figures in small letters, and whether each may be of one number with the one before it."""

    words: Sequence[str]
    joins: Sequence[bool]

    def at(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""


def _joins(text: str, tokens: Sequence[re.Match[str]]) -> list[bool]:
    gaps = (text[one.end() : other.start()] for one, other in pairwise(tokens))
    inside = zip(gaps, tokens[1:], strict=True)
    return [False, *(gap in _TIGHT and not (gap and token[0].casefold() in _GLUED) for gap, token in inside)]


def _figures(text: str, tokens: Sequence[re.Match[str]], told: _Told) -> Iterator[Figure]:
    at = 0
    while at < len(tokens):
        end, value, share = _number(told, at)
        if end > at and told.words[at:end] != ["one"]:
            words = text[tokens[at].start() : tokens[end - 1].end()]
            yield Figure(value, words, tuple(told.words[max(0, at - 3) : at]), tuple(told.words[end : end + 4]), share)
        at = max(end, at + 1)


def _number(told: _Told, at: int) -> tuple[int, float, bool]:
    """Return where the number that begins at a place ends (that place where there is none), its value, if a share."""
    end = _end(told, at)
    value, share = _value(told.words[at:end])
    if end > at and share:
        return _of_a_scale(told, end, value)
    if end > at:
        end, value = _and_a_half(told, end, value)
        return _out_of(told, end, value)
    return end, value, share


def _and_a_half(told: _Told, end: int, value: float) -> tuple[int, float]:
    """Read on through "seven *and a half million*"."""
    if told.words[end : end + 3] != ["and", "a", "half"]:
        return end, value
    scale = _SCALES.get(told.at(end + 3), 0.0)
    half = _SCALES.get(told.at(end - 1), 1.0) / 2
    return (end + 4, (value + half) * scale) if scale else (end + 3, value + half)


def _of_a_scale(told: _Told, end: int, share: float) -> tuple[int, float, bool]:
    """Read on through "half *a dozen*" and "a third *of a million*", which are numbers and no shares."""
    at = end + (told.at(end) == "of")
    scale = _SCALES.get(told.at(at + 1)) or _WORDS.get(told.at(at + 1), 0.0)
    return (at + 2, share / 100 * scale, False) if told.at(at) == "a" and scale else (end, share, True)


def _out_of(told: _Told, end: int, value: float) -> tuple[int, float, bool]:
    """Read on through "three *in ten*", "nine *out of every ten*" and "one *job in eight*"; not "in ten days"."""
    reach = _NOUN if value == 1 else 1
    at = next((at for at in range(end, end + reach) if told.at(at) in {"in", "out"}), end)
    link = 1 if told.at(at) == "in" else 2 * (told.words[at : at + 2] == ["out", "of"])
    whole_at = at + link + (told.at(at + link) == "every")
    whole_end = _end(told, whole_at) if link and whole_at < len(told.words) else whole_at
    whole, cut = _value(told.words[whole_at:whole_end])
    period = told.at(whole_end).removesuffix("s") in PERIODS
    if whole_end == whole_at or cut or period or whole not in _OUT_OF or whole <= value:
        return end, value, False
    return whole_end, 100 * value / whole, True


def _end(told: _Told, at: int) -> int:
    """Return the place behind the number that begins at a place; that place where there is none."""
    first = told.words[at]
    counted = first in _SCALES and told.at(at - 1) in {"a", "an"} and len(first) > len("mln")
    if not (first[0].isdecimal() or first in _WORDS or counted or _is_part(told, at)):
        return at
    end = at + 1
    while end < len(told.words) and told.joins[end] and _goes_on(told.words, end):
        end += 1
    return end - 1 if told.at(end - 1) == "and" else end


def _is_part(told: _Told, at: int) -> bool:
    """Tell whether a word that no number stands before is a share: "half", "a third of", "by a fifth"."""
    word, before, behind = told.words[at], told.at(at - 1), told.at(at + 1)
    if word in {"half", "halves"}:
        return before not in _HALVES_OF and behind != "time"
    if word not in _PART or before != "a":
        return False
    apart = not behind or not told.joins[at + 1]
    return apart or behind in _BEHIND_PART or behind.endswith("er") or told.at(at - 2) in _BEFORE_PART


def _goes_on(told: Sequence[str], at: int) -> bool:
    """Tell whether a word carries on the number before it: "61 million", "twenty-two", "a hundred and five"."""
    word, before = told[at], told[at - 1]
    if before in _PART or before in _PARTS:
        return False
    if word in _SCALES:
        return before != "and"
    if word in _PART or word in _PARTS:
        return before in _WORDS and (word in _PARTS or before == "one")
    if word == "and":
        return before in _SCALES
    return word in _WORDS and not before[0].isdecimal()


def _value(words: Sequence[str]) -> tuple[float, bool]:
    """Return a number's value; of a share its percentage, and that it is one."""
    total, part = 0.0, 0.0
    for word in words:
        if whole := _PART.get(word) or _PARTS.get(word):
            return 100 * max(part, 1.0) / whole, True
        if word[0].isdecimal():
            part = _plain(word)
        elif word in {"dozen", "dozens", "hundred"}:
            part = max(part, 1.0) * (_WORDS.get(word) or _SCALES[word])
        elif word in _SCALES:
            total, part = total + max(part, 1.0) * _SCALES[word], 0.0
        else:
            part += _WORDS.get(word, 0.0)
    return total + part, False


def _plain(digits: str) -> float:
    """Return the value of a figure; a comma before three digits groups them, another one is a decimal comma."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return float(digits.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits) and digits.count(".") > 1:
        return float(digits.replace(".", ""))
    whole = re.fullmatch(r"\d+(?:[.,]\d+)?", digits)
    return float(digits.replace(",", ".")) if whole else float(re.sub(r"\D", "", digits))
