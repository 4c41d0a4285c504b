"""Two texts word by word: what stayed, what went, what came."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\s\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|\s+")
"""A word, white space, or one character of a script that puts no space between words."""

_ALIKE = 0.4
"""From this share of common words on two texts are versions of one. Below it the words that they share are chance, and
a text of scattered scraps is harder to read than the two one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text: the `same` in both, `out` of the old one, or `in` the new one alone."""

    kind: Literal["same", "out", "in"]
    text: str


def pieces(was: str, now: str) -> tuple[Piece, ...]:
    """Return both texts as one row of pieces.

    All but those that are `in` are the old text, all but those that are `out` the new one, to the letter.
    """
    old, new = _WORDS.findall(was), _WORDS.findall(now)
    found = SequenceMatcher(None, old, new, autojunk=False)
    common = [word for block in found.get_matching_blocks() for word in old[block.a : block.a + block.size]]
    if 2 * _words(common) < _ALIKE * (_words(old) + _words(new)):
        return tuple(_replaced(was, now))
    return tuple(
        piece
        for kind, start, end, first, last in found.get_opcodes()
        for piece in (
            (Piece(kind="same", text="".join(old[start:end])),)
            if kind == "equal"
            else _replaced("".join(old[start:end]), "".join(new[first:last]))
        )
    )


def _words(row: Iterable[str]) -> int:
    return sum(not word.isspace() for word in row)


def _replaced(was: str, now: str) -> Iterator[Piece]:
    if was:
        yield Piece(kind="out", text=was)
    if now:
        yield Piece(kind="in", text=now)
