"""The text part's lines: wrapped by the width that characters take, never glued, never more than one blank between."""

import re
import unicodedata
from collections.abc import Iterator

COLUMNS = 72
"""The width of a mail's text part: what is quoted twice still fits a terminal's 80 columns (RFC 3676 asks for < 78)."""

_BLANKS = re.compile(r"\n{3,}")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_CLOSING = frozenset({"Pe", "Pf", "Po", "Lm"})
"""Kinds of character that begin no line of Chinese or Japanese: 」 ” 。 ー (JIS X 4051, the common part)."""


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text: blank lines part them, white space inside is folded."""
    folded = (" ".join(part.split()) for part in _PARAGRAPHS.split(text))
    return [paragraph for paragraph in folded if paragraph]


def stop(headline: str) -> str:
    """Return the full stop that a headline needs where a sentence follows it in the same line, "" where it has one."""
    last = headline.rstrip("\"'”’»)）」』 ")[-1:]
    if not last or (unicodedata.category(last) == "Po" and last not in "%&*#"):
        return ""
    return "。" if _ideographic(last) else "."


def wrap(text: str, columns: int = COLUMNS) -> str:
    """Return one paragraph in lines of at most `columns`; a longer word (an address) stands on a line of its own."""
    lines: list[str] = []
    line, used = "", 0
    for piece, spaced in _pieces(text):
        gap = " " if spaced and line else ""
        taken = width(piece)
        if line and used + len(gap) + taken > columns:
            lines.append(line)
            line, used, gap = "", 0, ""
        line, used = line + gap + piece, used + len(gap) + taken
    return "\n".join([*lines, line] if line else lines)


def width(text: str) -> int:
    """Return the columns that a text takes: two for a wide character, none for what sits on another."""
    return len(text) if text.isascii() else sum(_columns(character) for character in text)


def tidy(text: str) -> str:
    """Return a filled text template with no space at a line's end, one blank line at most, one newline at the end."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANKS.sub("\n\n", lines).strip("\n") + "\n"


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what may not be broken, and whether a space stands before it."""
    for word in text.split():
        start = 0
        for place in range(1, 0 if word.isascii() else len(word)):
            if _breaks(word[place - 1], word[place]):
                yield word[start:place], start == 0
                start = place
        yield word[start:], start == 0


def _breaks(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters of a word: beside a wide one, not before a closing mark."""
    if unicodedata.category(after) in _CLOSING or unicodedata.category(before) == "Ps" or not _columns(after):
        return False
    return _ideographic(before) or _ideographic(after)


def _ideographic(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" and unicodedata.category(character) != "So"


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
