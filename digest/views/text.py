"""The text part as a mail program shows it: a typewriter's letters, its own lines of 72 columns, addresses as links.

Only what is longer than the window is broken: an address may be.
"""

import re
from html import escape
from importlib.resources import files
from string import Template

from digest.model.issue import Brand

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def text_page(text: str, brand: Brand) -> str:
    """Return a page that shows `text`; each paragraph runs in the direction of its own first letter."""
    page = Template(files("digest.views").joinpath("text.html").read_text(encoding="utf-8"))
    return page.substitute(language=escape(brand.language), direction=brand.direction, text=_linked(text))


def _linked(text: str) -> str:
    """Return `text` as HTML with its addresses as links."""
    parts, last = [], 0
    for found in _ADDRESS.finditer(text):
        address = escape(found[0])
        parts += [escape(text[last : found.start()]), f'<a href="{address}">{address}</a>']
        last = found.end()
    return "".join([*parts, escape(text[last:])])
