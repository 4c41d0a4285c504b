"""The parts of an API's answer: whatever is not as its documentation says is silence."""

from collections.abc import Iterable
from typing import Any

from digest.sources.json_text import Fields


def within(said: Fields, *path: str) -> Any:  # noqa: ANN401 - JSON is anything
    """Return what stands at the end of a path of keys; None where the way breaks off."""
    value: Any = said
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text(said: Fields, *path: str) -> str:
    """Return a string; "" where none is."""
    value = within(said, *path)
    return value if isinstance(value, str) else ""


def number(said: Fields, *path: str) -> int:
    """Return a whole number from 0 on, also where it is written as a string; 0 where none is."""
    value = within(said, *path)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < len("1234567890"):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0


def rows(said: Fields, *path: str) -> list[Fields]:
    """Return the objects of a list; none where no list is."""
    value = within(said, *path)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def lists(said: Fields, *path: str) -> Iterable[list[Fields]]:
    """Return the lists of a list, each with its objects."""
    value = within(said, *path)
    return [rows({"": each}, "") for each in value] if isinstance(value, list) else []
