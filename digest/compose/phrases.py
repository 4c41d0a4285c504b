"""The issue's own sentences: subject, preheader, opening, from a template or from the editor."""

import re

from digest.compose.frame import Frame
from digest.model.issue import Entry, Words
from digest.text.digests import sha256

NAMES = ("headline", "also", "magazine", "newsletter", "number", "dates", "count")
"""What a template may name: `{also}` is the next two headlines, `{dates}` the window in words."""

_NAME = re.compile(r"\{([a-z]+)\}")


def unknown_names(template: str) -> tuple[str, ...]:
    """Return the names in `template` that no issue can fill."""
    return tuple(name for name in _NAME.findall(template) if name not in NAMES)


def fill(template: str, values: dict[str, str]) -> str:
    """Return `template` with each `{name}` replaced; a value is text and is never read as a template."""
    return _NAME.sub(lambda match: values.get(match[1], match[0]), template).strip()


def values(frame: Frame, stories: tuple[Entry, ...]) -> dict[str, str]:
    """Return what templates can name; `stories` in reading order, the lead story first."""
    headlines = [entry.title.text for entry in stories]
    return {
        "headline": headlines[0] if headlines else frame.newsletter_title,
        "also": " · ".join(headlines[1:3]),
        "magazine": frame.brand.name,
        "newsletter": frame.newsletter_title,
        "number": str(frame.number),
        "dates": frame.window.words,
        "count": str(len(stories)),
    }


def phrase(template: str, edited: str | None, names: dict[str, str]) -> Words:
    """Return the editor's text where there is one, else the template's."""
    made = fill(template, names)
    if edited is None:
        return Words(text=made, origin="template")
    return Words(text=edited, origin="editor", was=sha256(made))
