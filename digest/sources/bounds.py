"""How much one article, and one report about a document, may say: far more than any real one does.

What is longer was made to fill a memory, a page or a report; an article of which one field is, is told and left out.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

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
        over = excess(each) if isinstance(each, Sighting) else ""
        one = _left_out(document, each, over) if over and isinstance(each, Sighting) else each
        if isinstance(one, Problem):
            told, incomplete = told + 1, incomplete or one.incomplete
        if isinstance(one, Sighting) or told <= _MOST_TOLD:
            yield one
    if told > _MOST_TOLD:
        message = f"{told - _MOST_TOLD:,} more of its parts could not be read"
        yield problem(document, message, hint="see the rows before", incomplete=incomplete)


def excess(said: Sighting) -> str:
    """Return which field of a sighting says more than any real one, and how much; "" where none does."""
    lines: dict[str, tuple[str, ...]]
    lines = {name: (getattr(said, name),) for name in ("title", "kicker", "kind", "section", "series", "language")}
    lines |= {"publication": (said.publication,), "authors": said.authors, "tags": said.tags, "also_in": said.also_in}
    lengths = {name: (max(map(len, texts), default=0), _LINE) for name, texts in lines.items()}
    image = said.image
    lengths |= {
        "url": (len(said.url), _ADDRESS),
        "guid": (len(said.guid), _ADDRESS),
        "image": (max(map(len, (image.url, image.alt, image.caption, image.credit))) if image else 0, _ADDRESS),
        "dek": (len(said.dek), _DEK),
        "text": (sum(len(block.text) for block in said.blocks), _BODY),
    }
    long = [f"its {name} has {length:,} characters" for name, (length, most) in lengths.items() if length > most]
    many = [f"it has {len(texts):,} {name}" for name, texts in lines.items() if len(texts) > _MANY]
    return next(iter(long + many), "")


def _left_out(document: Document, said: Sighting, over: str) -> Problem:
    name = said.title[:60] or said.url[:60]
    return problem(document, f"an article was left out: {over}", hint="is it an article?", part=name)
