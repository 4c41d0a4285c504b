"""The numbers, times and dates that a text states, whether in figures or in English words."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from digest.summarizer.vocabulary import MONTHS, TENS, UNITS

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

_PERCENT: Final = frozenset(("percent", "per", "pc", "prozent"))
_SHARES: Final = {"half": 50.0, "halves": 50.0, "quarter": 25.0, "quarters": 25.0, "third": 33.0, "thirds": 33.0}
"""Shares of a whole, and the percentage that says the same."""

_MONTH: Final = rf"(?:{'|'.join(f'{month[:3]}(?:{month[3:]}|t)?' for month in MONTHS)})\.?"
_DAY: Final = r"(\d{1,2})(?:st|nd|rd|th)?"
_DATES: Final = re.compile(rf"\b{_DAY}(?: of)? ({_MONTH})(?!\w)|\b({_MONTH}) {_DAY}(?![\d:])\b", re.IGNORECASE)
_TIMES: Final = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))? ?([ap])\.?m\b|\b(\d{1,2}):(\d\d)\b", re.IGNORECASE)
_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_TIGHT: Final = frozenset(("", " ", "-", "‑", "\u00a0", "\u202f"))
"""What may stand between the parts of one number."""
_NOON: Final = 12


class Figure(NamedTuple):
    """A number as a text states it: its value, its words, where they stand, and the words around it in small letters.

    `share`: it is a part of a whole (a half, two thirds), with the percentage as its value.
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
    told = [token[0].casefold() for token in tokens]
    return tuple(_figures(text, tokens, told))


def times(text: str) -> frozenset[int]:
    """Return the times of day in a text, in minutes: "9:47 p.m." and "21:47" are one."""
    found = set()
    for match in _TIMES.finditer(text):
        hour, minute, half, hour_24, minute_24 = match.groups()
        if half:
            found.add((int(hour) % _NOON + (_NOON if half in "pP" else 0)) * 60 + int(minute or 0))
        else:
            found.add(int(hour_24) * 60 + int(minute_24))
    return frozenset(found)


def without_times(text: str) -> str:
    """Return a text without the times and dates in it."""
    return _DATES.sub(" ", _TIMES.sub(" ", text))


def dates(text: str) -> dict[tuple[int, int], str]:
    """Return the days of a month in a text, as (month, day), with the words that say them."""
    found = {}
    for match in _DATES.finditer(text):
        day, month, month_first, day_behind = match.groups()
        name = (month or month_first).casefold()[:3]
        number = next(at for at, known in enumerate(MONTHS, 1) if known.startswith(name))
        found[number, int(day or day_behind)] = match[0]
    return found


def _figures(text: str, tokens: Sequence[re.Match[str]], told: Sequence[str]) -> Iterator[Figure]:
    at = 0
    while at < len(told):
        end = _end(text, tokens, told, at)
        if end > at and told[at:end] != ["one"]:
            value, share = _value(told[at:end])
            words = text[tokens[at].start() : tokens[end - 1].end()]
            yield Figure(value, words, tuple(told[max(0, at - 3) : at]), tuple(told[end : end + 4]), share)
        at = max(end, at + 1)


def _end(text: str, tokens: Sequence[re.Match[str]], told: Sequence[str], at: int) -> int:
    """Return the place behind the number that begins at a place; that place where there is none."""
    first = told[at]
    counted = first in _SCALES and at and told[at - 1] in {"a", "an"} and len(first) > len("mln")
    if not (first[0].isdecimal() or first in _WORDS or first in _SHARES or counted):
        return at
    end = at + 1
    while end < len(told) and _goes_on(told, end):
        gap = text[tokens[end - 1].end() : tokens[end].start()]
        if gap not in _TIGHT or (gap and told[end] in _GLUED):
            break
        end += 1
    return end - 1 if told[end - 1] == "and" else end


def _goes_on(told: Sequence[str], at: int) -> bool:
    """Tell whether a word carries on the number before it: "61 million", "twenty-two", "a hundred and five"."""
    word, before = told[at], told[at - 1]
    if before in _SHARES:
        return False
    if word in _SCALES:
        return before != "and"
    if word in _SHARES:
        return before in _WORDS
    if word == "and":
        return before in _SCALES
    return word in _WORDS and not before[0].isdecimal()


def _value(words: Sequence[str]) -> tuple[float, bool]:
    """Return a number's value; of a share its percentage, and that it is one."""
    total, part = 0.0, 0.0
    for word in words:
        if word in _SHARES:
            return max(part, 1.0) * _SHARES[word], True
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
