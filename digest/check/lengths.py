"""Sizes of type as CSS and HTML write them, in pixels, and opacity. The figures are HTML's and Chromium's."""

import re

MEDIUM = 16.0

_KEYWORDS = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": MEDIUM,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
    "xxx-large": 48.0,
    "initial": MEDIUM,
    "0": 0.0,
}
_STEPS = {"smaller": 1 / 1.2, "larger": 1.2}
_UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "rem": MEDIUM}
_LENGTH = r"(?:\d+(?:\.\d+)?|\.\d+)(?:px|pt|pc|in|cm|mm|rem|em|%)"
_SIZE = re.compile(rf"(?<![\w.-])(?:{'|'.join([*_KEYWORDS, *_STEPS])}|{_LENGTH})(?![\w.%-])")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?|\.\d+)([a-z%]+)")

_FONT = ("x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large")
_FONT_SIZE = re.compile(r"\s*([+-]?)(\d{1,3})")

BY_TAG = {
    "h1": "2em",
    "h2": "1.5em",
    "h3": "1.17em",
    "h5": "0.83em",
    "h6": "0.67em",
    "big": "larger",
    "small": "smaller",
    "sub": "smaller",
    "sup": "smaller",
}
"""What a browser gives an element where the mail gives it none."""


def font_size(written: str, around: float) -> float:
    """Return a `font-size` in pixels; that of the text around where it hangs on more than that."""
    text = written.strip().lower()
    if text in _KEYWORDS:
        return _KEYWORDS[text]
    if text in _STEPS:
        return around * _STEPS[text]
    found = _NUMBER.fullmatch(text) if _SIZE.fullmatch(text) else None
    if found is None:
        return around
    return float(found[1]) * (_UNITS.get(found[2]) or around / (100 if found[2] == "%" else 1))


def in_shorthand(font: str) -> str:
    """Return the size that a `font` says; "" where it says none, as `caption` does."""
    found = _SIZE.search(font.lower())
    return found[0] if found else ""


def of_attribute(size: str) -> str:
    """Return the CSS of `<font size>`: 1 to 7, or so much more or less than 3; "" for what is none."""
    found = _FONT_SIZE.match(size)
    if found is None:
        return ""
    step = int(found[2])
    place = {"+": 3 + step, "-": 3 - step}.get(found[1], step)
    return _FONT[min(max(place, 1), len(_FONT)) - 1]


def opacity(written: str) -> float:
    """Return how much an `opacity` lets be seen of an element, 0 to 1; all of it where it is no number."""
    text = written.strip()
    try:
        number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        return 1.0
    return min(max(number, 0.0), 1.0)
