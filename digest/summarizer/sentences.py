"""Text to sentences: a splitter by rules that holds on news English and is sane elsewhere.

A run of stops, with the quotation marks and brackets that close behind it, is a candidate; the word before it and the
word behind it decide. Sentences inside a quotation are sentences. Every character is looked at a fixed number of
times, so the work grows with the length of the text and no faster.
"""

import re
from collections.abc import Iterator
from typing import Final

from digest.summarizer.abbreviations import (
    AFTER_CLOCK,
    BEFORE_CLOCK,
    CLOCK,
    LETTERED,
    MARKED_NAMES,
    NEVER_LAST,
    NUMBERED,
    ORDINAL_NOUNS,
    SAYING,
    SHORTENED,
    STARTERS,
    STARTERS_ABROAD,
    TITLES,
)

REACH: Final = 80
"""How far, in characters, a decision looks to either side of a stop; no abbreviation and no speaker is longer."""

_OPENERS: Final = " \"'“‘„‚«»‹›([{¿¡「『（《*_—–-"
_DASHES: Final = "—–-"
_QUOTES: Final = frozenset("\"'“”’»«›」』")
_CONTINUES: Final = frozenset(",;:)]}&/=%|.!?…")
# Stops of scripts that put no space behind them; the particle behind 「…。」 shows that the sentence goes on.
_WIDE: Final = frozenset("。！？｡")
_FIRST_HIRAGANA: Final = "\u3041"
_LAST_HIRAGANA: Final = "\u309f"
_LAST_HAN: Final = "\u9fff"

# An ellipsis may be spaced; a closing mark may stand apart, in French ("Oui. »") and in careless typing ("Yes. ”").
# What opens in one language closes in another („Ja.“, »Ja.«), but not behind a wide stop, where no space parts the two.
_STOP: Final = re.compile(
    r"(?P<mark>\.(?: \.){2,3}|[.!?…؟۔।։።။។。！？｡]+)"
    r"(?P<close>(?: [”»](?!\w)|(?<![。！？｡])[“‘«]|[\"'’”»)\]}」』）》›*_]|\[\d{1,3}\])*)",
)
_WORD: Final = re.compile(r"[\w.&-]+")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]|Ph\.D")
# "1.", "(a)", "iv.", "• 2." or nothing at all: no sentence yet.
_ENUMERATOR: Final = re.compile(r"(?:[•⁃*-] ?)?[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})?")
# A list in one line: what begins an item in it, by what comes before and behind its figure or letter.
_ITEM: Final = re.compile(
    r"(?:^|(?<= ))(?P<before>(?:[•⁃] ?)?\(?)(?P<place>\d{1,3}|[a-z])(?P<behind>\.\)|[.)]) (?=(?P<next>\w*))"
)
_LETTERS: Final = 1000
_SPEAKER: Final = (
    rf"(?:[A-Z][\w.'’-]*,? |(?:of|the|de|van|von|a|an|\d+),? ){{1,6}}(?:who [^.!?,“”\"]{{1,50}}, )?{SAYING}\b"
)
"""Not compiled before the first question in quotation marks: it takes 1 ms."""


def split(text: str) -> tuple[str, ...]:
    """Return the sentences of a text of one or more paragraphs, its white space folded.

    The items of a list that is written in one line ("1. Rope 2. Tar") are sentences too. Joined by single spaces they
    give the folded text again, save where a script puts none between its sentences.
    """
    folded = " ".join(text.split())
    return tuple(sentence for item in _items(folded) for sentence in _sentences(item))


def _items(text: str) -> Iterator[str]:
    """Yield the items of a text that opens as a list does, and goes on to count; any other text whole."""
    start = 0
    first = _ITEM.match(text)
    for found in _ITEM.finditer(text) if first else ():
        if first and found.start() and _follows(first, found):
            yield text[start : found.start() - 1]
            start, first = found.start(), found
    if start < len(text):
        yield text[start:]


def _follows(last: re.Match[str], found: re.Match[str]) -> bool:
    """Tell whether a figure or letter is the next one of a list, and no German ordinal ("in der 2. Liga")."""
    if (last["before"], last["behind"]) != (found["before"], found["behind"]) or found["next"] in ORDINAL_NOUNS:
        return False
    return _count(found["place"]) == _count(last["place"]) + 1


def _count(place: str) -> int:
    """Return a figure's value, and for a letter something that counts letters and meets no figure."""
    return int(place) if place.isdecimal() else _LETTERS + ord(place)


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for stop in _STOP.finditer(text):
        if _ends(text, start, stop):
            yield text[start : stop.end()]
            start = stop.end() + text.startswith(" ", stop.end())
    if start < len(text):
        yield text[start:]


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Tell whether the sentence that began at `start` ends at this stop."""
    if not text.startswith(" ", stop.end()):
        return stop.end() == len(text) or _ends_unspaced(stop["mark"], stop["close"], text[stop.end()])
    if stop["mark"][-1] in _WIDE:
        return True
    following = text[stop.end() + 1 : stop.end() + REACH]
    word = _opening_word(following)
    if not word:
        return False
    if stop["mark"] == ".":
        return _single_stop(text, start, stop, word)
    if set(stop["mark"]) <= set(".… "):
        spaced = text.startswith(" ", max(start, stop.start() - 1)) or stop["close"].startswith((")", "]"))
        return _ellipsis(stop["mark"], word, spaced=spaced)
    return _exclamation(text, start, stop, following)


def _single_stop(text: str, start: int, stop: re.Match[str], word: str) -> bool:
    """Tell whether a single stop ends the sentence, given the word that comes next."""
    if _ENUMERATOR.fullmatch(text, start, stop.start()):
        return False
    ahead, _, last = text[max(start, stop.start() - REACH) : stop.start()].rpartition(" ")
    before = last.lstrip(_OPENERS)
    if before in CLOCK and all(each[0].isdigit() or each.casefold() in BEFORE_CLOCK for each in ahead.split()):
        return False
    if len(before) == 1 and _is_lettered(ahead.rpartition(" ")[2], word):
        return True
    # A dash parts no sentences behind an abbreviation: "WASHINGTON, D.C. — The".
    return _full_stop(before, stop["close"], "" if text[stop.end() + 1] in _DASHES else word)


def _ends_unspaced(mark: str, close: str, following: str) -> bool:
    """Tell whether a stop with no space behind it ends a sentence: one of those scripts, or "!" before their text."""
    if close and _FIRST_HIRAGANA <= following <= _LAST_HIRAGANA:
        return False
    return mark[-1] in _WIDE or (mark[-1] in "!?" and _FIRST_HIRAGANA <= following <= _LAST_HAN)


def _opening_word(following: str) -> str:
    """Return the first word behind a stop if a sentence may open with it; "" where the sentence goes on."""
    bare = following.lstrip(_OPENERS)
    if not bare or bare[0] in _CONTINUES:
        return ""
    found = _WORD.match(bare)
    word = found[0] if found else bare[0]
    # A small letter goes on, save in a name like "eBay".
    return "" if word[0].islower() and not word[1:2].isupper() else word


def _full_stop(before: str, close: str, word: str) -> bool:
    """Tell whether a single stop behind the word `before` ends a sentence, given the word that comes next."""
    tail = before.rpartition("-")[2]  # "(D-Mass"
    quoted = bool(_QUOTES.intersection(close))
    if before in NEVER_LAST or tail in TITLES or (len(before) == 1 and before.islower()):
        return False
    if len(before) == 1 and before.isalpha():
        return quoted or word in STARTERS
    if before in CLOCK:
        return not word[:1].isdigit() and word.rstrip(".") not in AFTER_CLOCK and bool(word)
    if tail in SHORTENED or _INITIALS.fullmatch(before):
        return quoted or word in STARTERS or word in STARTERS_ABROAD
    if tail in NUMBERED:
        return not word[:1].isdigit()
    return not (before.isdigit() and word.rstrip(".") in ORDINAL_NOUNS)


def _is_lettered(ahead: str, word: str) -> bool:
    """Tell whether a single letter is no initial: behind "vitamin", or a figure ("à 20 h") before what opens one."""
    return ahead.casefold() in LETTERED or (ahead.isdigit() and (word in STARTERS or word in STARTERS_ABROAD))


def _ellipsis(mark: str, word: str, *, spaced: bool) -> bool:
    """Tell whether an ellipsis ends a sentence: with a fourth dot, or where the next word opens one."""
    if mark.count(".") > len("..."):
        return True
    return word != "I" and (not spaced or word in STARTERS)


def _exclamation(text: str, start: int, stop: re.Match[str], following: str) -> bool:
    """Tell whether a question or exclamation mark ends the sentence and not a name, an aside or only the quotation."""
    before = text[max(start, stop.start() - REACH) : stop.start()].rpartition(" ")[2].lstrip(_OPENERS)
    word = _opening_word(following)
    if before + stop["mark"] in MARKED_NAMES:
        return word in STARTERS
    if not before and stop["close"].startswith(")"):
        return False
    spoken = _QUOTES.intersection(stop["close"]) and word not in STARTERS
    return not (spoken and re.match(_SPEAKER, following))
