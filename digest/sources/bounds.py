"""How much one article, and one report about a document, may say: far more than any real one does.

What is longer was made to fill a memory, a page or a report. Such a field is told and left out; where it is the
headline, the address or the text, the article is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any, Final

from digest.model.article import Document, Problem, Sighting
from digest.sources.report import problem

MOST_ITEMS: Final = 5_000
"""Items of a feed that are read: thirteen years of one a day. feedparser takes 1.4 s over 1,000 whole stories."""

_LINE: Final = 1_000
"""Characters of a line: headlines have some 100, names in a by-line at most 60."""

_ADDRESS: Final = 4_096
"""Characters of an address: browsers take some 2,000 for granted, and sitemaps.org allows 2,048."""

_DEK: Final = 10_000
_BODY: Final = 2_000_000
"""Characters of a body: 300,000 words, two novels."""

_LARGE_TAG: Final = 10_000
_MOST_ATTRIBUTES: Final = 2_000
"""Characters of a tag that is looked at, and its attributes; scripts put 500,000 characters into a single one."""

_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'")

_MANY: Final = 1_000
"""Names, tags or magazines that one article lists."""

_LINES: Final = ("title", "kicker", "kind", "section", "series", "language", "publication")
_LISTS: Final = ("authors", "tags", "also_in")
_ESSENTIAL: Final = frozenset(("title", "url", "blocks"))
_SILENT: Final[dict[str, Any]] = {each.name: each.default for each in fields(Sighting)}

_MOST_TOLD: Final = 100
"""Rows of the report about one document; one that is nothing of its kind has as many as lines."""


def is_crowded(markup: str) -> bool:
    """Tell whether a tag has more attributes than any real one: libxml2 compares each of them with each other.

    Thirty thousand take it seconds, and three hundred thousand a quarter of an hour.
    """
    tags = markup.split("<") if len(markup) > _LARGE_TAG else ()
    return any(
        len(tag) > _LARGE_TAG and len(_QUOTED.sub("", tag).partition(">")[0].split()) > _MOST_ATTRIBUTES for tag in tags
    )


def bounded(found: Iterable[Sighting | Problem], document: Document) -> Iterator[Sighting | Problem]:
    """Yield what was read of a document: within bounds, and of its problems the first, and how many more there are."""
    told, incomplete = 0, False
    for each in found:
        for one in (each,) if isinstance(each, Problem) else _within(each, document):
            if isinstance(one, Problem):
                told, incomplete = told + 1, incomplete or one.incomplete
            if isinstance(one, Sighting) or told <= _MOST_TOLD:
                yield one
    if told > _MOST_TOLD:
        message = f"{told - _MOST_TOLD:,} more of its parts could not be read"
        yield problem(document, message, hint="see the rows before", incomplete=incomplete)


def excess(said: Sighting) -> dict[str, str]:
    """Return which fields of a sighting say more than any real one, and how much they say."""
    counted = {
        name: f"{len(texts):,} of them"
        for name in _LISTS
        if len(texts := getattr(said, name)) > _MANY or max(map(len, texts), default=0) > _LINE
    }
    return counted | {
        name: f"{length:,} characters" for name, (length, most) in _lengths(said).items() if length > most
    }


def _lengths(said: Sighting) -> dict[str, tuple[int, int]]:
    """Return how many characters fields have, and how many they may."""
    image = said.image
    lines = {name: (len(getattr(said, name)), _LINE) for name in _LINES}
    return lines | {
        "url": (len(said.url), _ADDRESS),
        "guid": (len(said.guid), _ADDRESS),
        "image": (max(map(len, (image.url, image.alt, image.caption, image.credit))) if image else 0, _ADDRESS),
        "dek": (len(said.dek), _DEK),
        "blocks": (sum(len(block.text) for block in said.blocks), _BODY),
    }


def _within(said: Sighting, document: Document) -> Iterator[Sighting | Problem]:
    """Yield a sighting without the fields that are out of bounds, and a row for each; without an essential one none."""
    over = excess(said)
    name = said.title[:60] or said.url[:60]
    for field, much in over.items():
        what = "its text" if field == "blocks" else f"its {field}"
        told, hint = f"left out: {what} ({much})", "no real article has so much"
        if field in _ESSENTIAL:
            told, hint = f"an article was left out: {what} has {much}", "is it an article?"
        yield problem(document, told, hint=hint, part=name)
    if not over.keys() & _ESSENTIAL:
        yield replace(said, **{field: _SILENT[field] for field in over}) if over else said
