"""OPML, in which feed readers hand lists of feeds to each other (opml.org). Ours, for it is one tag with attributes.

Loads lxml: import it where it is needed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from digest.errors import SourceError
from digest.model.article import Document
from digest.sources.feed_text import defines_entities, xml_text
from digest.text.clean import clean_text, plain_text
from digest.text.urls import host

_STEP: Final = 100_000
_MOST: Final = 10_000
"""Feeds of one file; the largest collection seen has some 2,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed that a list names: `folder` is the heading that it stands under, "" where there is none.

    Without a `url` it is an entry that names no feed.
    """

    name: str
    url: str
    folder: str = ""


class _Enough(Exception):  # noqa: N818 - it is no error: nothing more is wanted
    """More feeds than a person reads."""


class _Target:
    """What lxml tells of a list while it reads: no tree is built, however much it holds."""

    def __init__(self) -> None:
        self.found: list[Outline] = []
        self.root = ""
        self._folders: list[str] = []
        self._bare: str | None = None  # the name of an entry without an address, until something is found in it

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.root = self.root or tag
        if tag != "outline":
            return
        said = {name.lower(): value for name, value in attributes.items()}
        name, url = plain_text(said.get("title") or said.get("text") or ""), (said.get("xmlurl") or "").strip()
        if url:
            self._add(name or host(url) or url, url)
        self._folders.append("" if url else name)
        self._bare = None if url else name

    def end(self, tag: str) -> None:
        if tag == "outline":
            del self._folders[-1:]
            if self._bare is not None:
                self._add(self._bare, "")
            self._bare = None

    def _add(self, name: str, url: str) -> None:
        if len(self.found) == _MOST:
            raise _Enough
        folder = next((each for each in reversed(self._folders) if each), "")
        self.found.append(Outline(name=name, url=url, folder=folder))

    def close(self) -> None:
        """Say nothing more."""


def read_opml(document: Document) -> tuple[Outline, ...]:
    """Return the feeds that an OPML file names, each address once, in its order, and entries without an address.

    Raises:
        SourceError: it is no OPML, or names more feeds than a person reads.

    """
    text, target = xml_text(document), _Target()
    if defines_entities(text):
        raise SourceError("it defines XML entities, which can be made to fill all memory: it was not read")
    # "internal" are XML's own five, since no others are defined; without it lxml leaves &amp; in attributes as &#38;.
    parser = etree.XMLParser(target=target, recover=True, resolve_entities="internal", no_network=True)
    try:
        for place in range(0, len(text), _STEP):
            parser.feed(text[place : place + _STEP].encode(errors="replace"))
        parser.close()
    except _Enough as error:
        raise SourceError(f"it names more than {_MOST:,} feeds", hint="hand in a part of it") from error
    except etree.XMLSyntaxError as error:
        raise SourceError(f"it is no OPML: {error.msg}", hint="export it from the feed reader again") from error
    if target.root.lower() != "opml":
        raise SourceError("it is no OPML: its first tag is not <opml>", hint="export it from the feed reader again")
    first: dict[str, Outline] = {}
    for outline in target.found:
        first.setdefault(outline.url or f" {outline.name}", outline)
    return tuple(first.values())


def write_opml(title: str, outlines: Iterable[Outline]) -> str:
    """Return an OPML 2.0 file that names some feeds, those with a folder under a heading."""
    folders: dict[str, list[str]] = {}
    for each in outlines:
        name, url = quoteattr(clean_text(each.name)), quoteattr(each.url)
        folders.setdefault(each.folder, []).append(f'<outline type="rss" text={name} title={name} xmlUrl={url}/>')
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"<head><title>{quoteattr(clean_text(title))[1:-1]}</title></head>", "<body>"]
    for folder, rows in folders.items():
        heading = [f"<outline text={quoteattr(clean_text(folder))}>"] if folder else []
        lines += [*heading, *rows, *(["</outline>"] if folder else [])]
    return "\n".join([*lines, "</body>", "</opml>", ""])
