"""The text part as a mail program shows it: a typewriter's letters, its own lines of 72 columns, addresses as links.

Only what is longer than the window is broken: an address may be.
"""

import re
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from string import Template

from digest.model.issue import Brand

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def text_page(text: str, brand: Brand, anchors: Mapping[str, str] | None = None) -> str:
    """Return a page that shows `text`; each paragraph runs in the direction of its own first letter.

    `anchors` are ids for its places, each with the headline that stands there.
    """
    page = Template(files("digest.views").joinpath("text.html").read_text(encoding="utf-8"))
    linked = _linked(text, _places(text, anchors or {}))
    return page.substitute(language=escape(brand.language), direction=brand.direction, text=linked)


def _places(text: str, anchors: Mapping[str, str]) -> dict[int, str]:
    """Return the ids by the beginnings of the lines on which their headlines begin, however those are wrapped."""
    letters = [place for place, letter in enumerate(text) if not letter.isspace()]
    squeezed = "".join(text[place] for place in letters)
    found: dict[int, str] = {}
    for name, headline in anchors.items():
        wanted = re.escape("".join(headline.split()))
        for each in re.finditer(wanted, squeezed) if wanted else ():
            place = letters[each.start()]
            line = text.rfind("\n", 0, place) + 1
            if line not in found and not any(letter.isalnum() for letter in text[line:place]):
                found[line] = name
                break
    return found


def _linked(text: str, places: Mapping[int, str]) -> str:
    """Return `text` as HTML with its addresses as links, and ids at their places."""
    parts, last = [], 0
    marks = [(place, place, f'<span id="{escape(name)}"></span>') for place, name in places.items()]
    for found in _ADDRESS.finditer(text):
        address = escape(found[0])
        marks.append((found.start(), found.end(), f'<a href="{address}">{address}</a>'))
    for start, end, html in sorted(marks):
        parts += [escape(text[last:start]), html]
        last = end
    return "".join([*parts, escape(text[last:])])
