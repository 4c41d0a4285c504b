"""Lines that stand around a story and are no part of it.

Precision goes before recall: a sentence of the story must never be called furniture. So a rule is the whole of a short
line, or an opening that no story sentence has. The phrases are data (`phrases.py`, `beginnings.py`).

To compile all patterns takes 60 ms, a tenth of a build, and few lines of a story begin as one of them does. So each
stands behind a question that costs nothing, and is compiled (and kept, by `re`) when the first line comes so far.
"""

import re
from typing import Final

from digest.summarizer.beginnings import OPENINGS
from digest.summarizer.date_lines import is_date
from digest.summarizer.phrases import PHRASES, Table
from digest.summarizer.signatures import ends_in_credit, signature

LONGEST_PHRASE: Final = 120
"""The longest line, in characters, that is looked at as a whole: a longer one holds a sentence."""

LONGEST_CAPTION: Final = 400
"""The longest caption, in characters; what is longer is a paragraph that a credit was glued to."""

_PLAIN: Final = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("‑", "-"), ("…", "..."))
_DECORATION: Final = " *#_=~|>»›→+-\u2022\u00b7\u25cf\u25ba\u25b6\u2193"

Rule = tuple[tuple[str, ...], str, str]
"""How a line may begin, the pattern for what follows, and what the line is then known as."""


def _by_first_character(table: Table, ends: str = "") -> dict[str, list[Rule]]:
    """Return the rules for lines that begin with a character, in the table's order; "" is any other character."""
    found: dict[str, list[Rule]] = {"": []}
    for why, rules in table:
        for beginnings, rest in rules:
            rule = (tuple(beginnings.split("|")), f"(?:{rest}){ends}", why)
            for first in dict.fromkeys(beginning[:1] for beginning in rule[0]):
                for likely in [found.setdefault(first, found[""].copy())] if first else found.values():
                    likely.append(rule)
    return found


_PHRASES: Final = _by_first_character(PHRASES, r"\Z")
_OPENINGS: Final = _by_first_character(OPENINGS)


def furniture(text: str) -> str:
    """Return why a line is not the story ("credit", "sign-up", "by-line", …), or "" when it may well be.

    `text` is one line or paragraph of clean text. What stands around it is not asked.
    """
    line = " ".join(text.split())
    if not line:
        return ""
    if not any(map(str.isalnum, line)):
        return "separator"
    folded = _folded(line)
    return _by_phrase(folded) or _known(folded.lstrip("[("), _OPENINGS) or _by_shape(line)


def _folded(line: str) -> str:
    folded = line.casefold()
    for mark, plain in () if folded.isascii() else _PLAIN:
        folded = folded.replace(mark, plain)
    return folded.strip(_DECORATION)


def _by_phrase(folded: str) -> str:
    """Return what the whole of a short line is known as."""
    return "" if len(folded) > LONGEST_PHRASE else _known(folded.strip("[]() ").rstrip(":! "), _PHRASES)


def _known(line: str, rules: dict[str, list[Rule]]) -> str:
    """Return what the rules know a folded line as."""
    line = f"0{line[1:]}" if line[:1].isdecimal() else line
    for beginnings, rest, why in rules.get(line[:1], rules[""]):
        if line.startswith(beginnings) and _fits(line, beginnings, rest):
            return why
    return ""


def _fits(line: str, beginnings: tuple[str, ...], rest: str) -> bool:
    pattern = re.compile(rest)
    return any(pattern.match(line, len(beginning)) for beginning in beginnings if line.startswith(beginning))


def _by_shape(line: str) -> str:
    """Return what dates, names, places and agencies make of a line."""
    bare = line.strip(" *#_=~|>»›→")
    if len(bare) <= LONGEST_PHRASE:
        why = "date" if is_date(bare) else signature(bare)
        if why:
            return why
    return "caption" if len(bare) <= LONGEST_CAPTION and ends_in_credit(bare[-LONGEST_PHRASE:]) else ""
