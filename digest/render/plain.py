"""The text part's lines: wrapped by the width that characters take, never glued, never more than one blank between.

The only door to wcwidth, which knows what joined emoji, flags and composed letters take, and where one begins.
"""

import re
import unicodedata
from collections.abc import Iterator

COLUMNS = 72
"""The width of a mail's text part: what is quoted twice still fits a terminal's 80 columns (RFC 3676 asks for < 78)."""

_BLANKS = re.compile(r"\n{3,}")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_SPACE = re.compile(
    r"(?<!«) (?![!?:;»%]+(?: |\Z))"  # French puts a space behind « and before these marks, and no line ends there
    r"|(?<=[«!?:;%]) (?=[«!?:;»%])|(?<=») (?=[«»%])"  # a row of marks is no word
)
"""A space at which a line may end."""
_NARROW = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u203b]*")
"""Text in which every character takes one column: nearly all of Europe's, for which no table need be loaded."""
_CLOSING = frozenset({"Pe", "Pf", "Po", "Lm"})
"""Kinds of character that begin no line of Chinese or Japanese: 」 ” 。 ー (JIS X 4051, the common part)."""
_OPENING = frozenset({"Ps", "Pi"})
_SMALL = frozenset("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ")
"""Small kana: said with the one before, so that they begin no line either."""


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
        taken = width(gap + piece)  # together: behind a space, a vowel sign that sits on nothing takes a column
        if line and used + taken > columns:
            lines.append(line)
            line, used, gap, taken = "", 0, "", width(piece)
        line, used = line + gap + piece, used + taken
    return "\n".join([*lines, line] if line else lines)


def width(text: str) -> int:
    """Return the columns that a line of text takes: two for a wide character, none for what sits on another."""
    if _NARROW.fullmatch(text):
        return len(text)
    from wcwidth import wcswidth  # noqa: PLC0415 - heavy: 20 ms, and only some scripts need it

    measured = wcswidth(text)
    return measured if measured >= 0 else len(text)  # it holds a control character, as no clean text does


def tidy(text: str) -> str:
    """Return a filled text template with no space at a line's end, one blank line at most, one newline at the end."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANKS.sub("\n\n", lines).strip("\n") + "\n"


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what may not be broken, and whether a space stands before it."""
    for word in _SPACE.split(" ".join(text.split())):
        start = 0
        for place in _breaks(word):
            yield word[start:place], start == 0
            start = place
        yield word[start:], start == 0


def _breaks(word: str) -> Iterator[int]:
    """Yield where a line may end inside a word: beside an ideograph, never in a letter or before a closing mark."""
    if _NARROW.fullmatch(word):
        return
    from wcwidth import iter_graphemes  # noqa: PLC0415 - as above

    place, before = 0, ""
    for letter in iter_graphemes(word):
        if before and _parts(before[0], letter[0]):
            yield place
        place, before = place + len(letter), letter


def _parts(before: str, after: str) -> bool:
    """Tell whether a line may end between two letters, each given by its first character."""
    if after in _SMALL or unicodedata.category(after) in _CLOSING or unicodedata.category(before) in _OPENING:
        return False
    return _ideographic(before) or _ideographic(after)


def _ideographic(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" and unicodedata.category(character) != "So"
