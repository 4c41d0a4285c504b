"""The text of a TOML file, statement by statement, so that one can be changed and all others stay as they are.

tomlkit is not used: of arrays of tables whose tables stand between others (`[[story]]`, `[[link]]`, `[[story]]`) it
changes the order when it writes them, even unchanged (0.15.2), and a comment above a table is to it the end of the
table before. What is scanned here has been read by `tomllib` before: it is TOML.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_KEY = re.compile(r"""[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*""")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_LITERAL = re.compile(r"'[^'\n]*'")
_LONG_BASIC = re.compile(r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''(?:[^']|'{1,2}(?!'))*'{3,5}", re.DOTALL)
_BARE = re.compile(r"[^\s,\]}#]+(?: [0-9][^\s,\]}#]*)?")
"""A number, a truth or a date; a date may have a space before its time."""
_STRINGS = (_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL)
_LINE = re.compile(r"[^\n]*\n?")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\r": "\\r", "\n": "\\n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement with its whole lines, from `start` to `end` in the text.

    `path` are the parts of a key or of a table's name; the text of a key's value stands from `value` to `value_end`.
    """

    kind: Literal["key", "table", "array", "comment", "blank"]
    start: int
    end: int
    path: tuple[str, ...] = ()
    value: int = 0
    value_end: int = 0


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a TOML text in order; together they are all of it."""
    at = len(text) - len(text.removeprefix("\ufeff"))
    if at:
        yield Statement(kind="blank", start=0, end=at)
    while at < len(text):
        found = _statement(text, at)
        yield found
        at = found.end


def _statement(text: str, start: int) -> Statement:
    line = _LINE.match(text, start)
    words = line[0].strip() if line else ""
    if not words or words.startswith("#"):
        return Statement(kind="comment" if words else "blank", start=start, end=_end_of_line(text, start))
    first = start + len(text[start:]) - len(text[start:].lstrip(" \t"))
    if text[first] == "[":
        kind: Literal["array", "table"] = "array" if text.startswith("[[", first) else "table"
        path, at = _path(text, first + (2 if kind == "array" else 1))
        return Statement(kind=kind, start=start, end=_end_of_line(text, at), path=path)
    path, at = _path(text, first)
    value = at + 1 + len(text[at + 1 :]) - len(text[at + 1 :].lstrip(" \t"))  # behind the sign of equality
    end = _end_of_value(text, value)
    return Statement(kind="key", start=start, end=_end_of_line(text, end), path=path, value=value, value_end=end)


def _end_of_line(text: str, at: int) -> int:
    return end + 1 if (end := text.find("\n", at)) >= 0 else len(text)


def _path(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """Return the parts of a dotted name and where it ends."""
    parts: list[str] = []
    while found := _KEY.match(text, at):
        basic, literal, bare = found.groups()
        parts.append(_plain(basic) if basic is not None else literal or bare or "")
        at = found.end()
        if not text.startswith(".", at):
            break
        at += 1
    return tuple(parts), at


def _plain(basic: str) -> str:
    """Return what is between double quotes with its escapes told: two spellings of a key are one key."""
    return str(tomllib.loads(f'key = "{basic}"')["key"]) if "\\" in basic else basic


def comments_within(value: str) -> Iterator[str]:
    """Yield the comments between the brackets of a value."""
    at = 0
    while at < len(value):
        if value[at] == "#":
            line = _LINE.match(value, at)
            comment = line[0] if line else ""
            yield comment.rstrip()
            at += len(comment)
        else:
            at = next((found.end() for pattern in _STRINGS if (found := pattern.match(value, at))), at + 1)


def _end_of_value(text: str, at: int) -> int:
    for pattern in _STRINGS:
        if found := pattern.match(text, at):
            return found.end()
    if text[at] not in "[{":
        bare = _BARE.match(text, at)
        return bare.end() if bare else at
    depth = 0
    while True:
        step = next((found.end() for pattern in _STRINGS if (found := pattern.match(text, at))), 0)
        if step:
            at = step
            continue
        if text[at] == "#":
            at = _end_of_line(text, at)
            continue
        depth += (text[at] in "[{") - (text[at] in "]}")
        at += 1
        if not depth:
            return at


def written(text: str, newline: str = "\n", *, one_line: bool = False) -> str:
    """Return a text as TOML writes it, in double quotes; one of several lines on lines of its own."""
    if one_line or "\n" not in text:
        return f'"{_escaped(text)}"'
    return f'"""{newline}{newline.join(map(_escaped, text.split(chr(10))))}"""'


def _escaped(text: str) -> str:
    return "".join(map(_escape, text))


def _escape(one: str) -> str:
    """Return a character as it stands in double quotes; one that moves cursors or hides is written by its number."""
    hidden = not one.isprintable() and one != "\u00a0"
    return _ESCAPED.get(one) or (f"\\u{ord(one):04x}" if hidden and ord(one) <= _BASIC_PLANE else one)


_BASIC_PLANE = 0xFFFF
"""The last character whose number has four digits."""
