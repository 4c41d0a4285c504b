"""Sources: where articles come from. `open_source` for what the configuration names, `read_file` for a single file.

Retrieving (`retrieve`, `retrieve_feed`, `retrieve_sitemap`) is apart from parsing (`feed`, `json_feed`, `sitemap`,
`links`, `page`, `markdown`, `scrape`); a parser takes bytes. Parsers load heavy libraries, so each is imported when its
first document comes.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from digest import ports
from digest.merge import seal
from digest.model.article import Document, Problem, Sighting, Witness
from digest.sources.bounds import bounded
from digest.sources.build_dates import without_build_dates
from digest.sources.kinds import LARGEST, MOST_TAGS, Parsed, binary, is_json, kind_of
from digest.sources.report import attempt, place, problem
from digest.sources.retrieving import changed_since, documents
from digest.sources.settings import Given, Reading, SourceSettings
from digest.text.urls import canonical_url

__all__ = ("Given", "Reading", "SourceSettings", "has_changed", "is_page", "open_source", "read_at", "read_file")

_STAMPED = frozenset(("feed", "sitemap"))
"""Kinds that machines make anew, and stamp: a list's dates are typed, an API's are those of its rows."""

_OF_MANY = frozenset(("feed", "sitemap", "list", "wordpress", "ghost"))
"""Kinds of documents that tell of many articles, each with an address and a date of its own."""

Parser = Callable[[Document, SourceSettings, Reading], Iterator[Sighting | Problem]]


def open_source(settings: SourceSettings, *, folder: Path, reading: Reading) -> ports.Source:
    """Return the source that `settings` describe; its paths are relative to `folder`."""
    return _Source(settings=settings, folder=folder, reading=reading)


def has_changed(settings: SourceSettings, *, folder: Path, since: datetime) -> bool:
    """Tell whether a source has a file that was written after `since`; of one on the web nothing is asked."""
    return "://" not in settings.at and changed_since(settings, folder, since)


def read_file(path: Path, given: Given, reading: Reading) -> Iterator[Sighting | Problem]:
    """Yield what one file holds; what `given` says wins over what the file says."""
    source = _Source(SourceSettings(name=given.source, at=str(path), kind=given.kind), Path(), reading)
    if given.url and not canonical_url(given.url):
        message = f"not a web address: {given.url!r}"
        yield Problem(source=given.source, where=str(path), message=message, hint="start it with https://")
    for found in source.documents():
        yield from (found,) if isinstance(found, Problem) else source.parse(_told(found, given))


def is_page(document: Document) -> bool:
    """Tell whether a document is an HTML page: the kind that readers of tomorrow will read better."""
    return kind_of(document) == "page" and len(document.body) <= LARGEST["page"]


def read_at(at: str, reading: Reading) -> Iterator[tuple[str, Sighting | Problem]]:
    """Yield what an address, a file, a folder or a pattern holds, each with where it was found.

    The sightings are not sealed: their instants stand by the clock that their source tells them with.
    """
    source = _Source(SourceSettings(name="by hand", at=at), Path(), reading)
    for found in source.documents():
        if isinstance(found, Problem):
            yield found.where, found
        else:
            yield from ((place(found), each) for each in source.read(found))


def _told(document: Document, given: Given) -> Document:
    """Return a document with what a person says of it."""
    return replace(
        document,
        page_url=canonical_url(given.url) or document.page_url,
        published=given.published or document.published,
        precision=given.precision if given.published else document.precision,
        section=given.section or document.section,
    )


class _Source:
    """A source as the pipeline knows it."""

    def __init__(self, settings: SourceSettings, folder: Path, reading: Reading) -> None:
        self.name = settings.name
        self._settings = settings
        self._folder = folder
        self._reading = replace(reading, day_order=settings.day_order or reading.day_order)

    def documents(self) -> Iterator[Document | Problem]:
        """Retrieve what the source has now; what cannot be had is a Problem. Never raises."""
        try:
            yield from documents(self._settings, self._folder, self._reading)
        except Exception as error:  # noqa: BLE001 - file systems and networks fail in their own ways; no build ends by it
            message = f"cannot be read: {type(error).__name__}: {error}"
            hint = "check its path or address; if it stays so, report it"
            yield Problem(source=self.name, where=self._settings.at, message=message, hint=hint, incomplete=True)

    def parse(self, document: Document) -> Iterator[Sighting | Problem]:
        """Read one document into sealed sightings; what cannot be read is a Problem. Never raises."""
        for found in self.read(document):
            yield found if isinstance(found, Problem) else seal(found)

    def read(self, document: Document) -> Iterator[Sighting | Problem]:
        """Read one document into sightings; what cannot be read is a Problem. Never raises."""
        kind = kind_of(document) if self._settings.kind == "auto" else self._settings.kind
        if not document.body.strip():
            yield problem(document, "there is nothing in it", hint="save or fetch it again")
        elif what := binary(document):
            yield problem(document, f"this is {what}, not text", hint="give the page, the feed or the text itself")
        elif len(document.body) > LARGEST[kind]:
            message = f"larger than {LARGEST[kind] // 1_000_000} MB: it was not read"
            yield problem(document, message, hint="a page or a text is one article")
        elif kind == "page" and document.body.count(b"<") > MOST_TAGS:
            message = f"it has more than {MOST_TAGS:,} tags: it was not read"
            yield problem(document, message, hint="a page is one article")
        else:
            yield from self._parsed(document, kind)

    def _found(self, document: Document, kind: Parsed) -> Iterator[Sighting | Problem]:
        return _parser(kind, document)(document, self._settings, self._reading)

    def _parsed(self, document: Document, kind: Parsed) -> Iterator[Sighting | Problem]:
        read = attempt(document, lambda: tuple(bounded(self._found(document, kind), document)))
        if kind in _OF_MANY and (document.page_url or document.published):
            message = f"this is a {kind}: its items have addresses and dates of their own, which stay"
            yield problem(document, message, hint="give an address or a date with single articles only")
        if kind in _STAMPED and not isinstance(read, Problem):
            read = tuple(without_build_dates(read, document))
        for found in (read,) if isinstance(read, Problem) else read:
            yield found if isinstance(found, Problem) or kind in _OF_MANY else _outside(found, document)


def _parser(kind: Parsed, document: Document) -> Parser:
    """Return the parser for a document of a kind, and load what it stands on."""
    if kind == "feed" and is_json(document.body):
        from digest.sources.json_feed import parse  # noqa: PLC0415 - heavy: lxml, 20 ms
    elif kind == "feed":
        from digest.sources.feed import parse  # noqa: PLC0415 - heavy: feedparser and lxml, 90 ms
    elif kind == "page":
        from digest.sources.page import parse  # noqa: PLC0415 - heavy: trafilatura, 200 ms
    elif kind == "markdown":
        from digest.sources.markdown import parse  # noqa: PLC0415 - heavy: PyYAML, markdown-it and lxml, 60 ms
    elif kind == "sitemap":
        from digest.sources.sitemap import parse  # noqa: PLC0415 - heavy: lxml, 20 ms
    elif kind == "wordpress":
        from digest.sources.wordpress import parse  # noqa: PLC0415 - heavy: lxml, 20 ms
    elif kind == "ghost":
        from digest.sources.ghost import parse  # noqa: PLC0415 - heavy: lxml, 20 ms
    elif kind == "list":
        from digest.sources.links import parse  # noqa: PLC0415 - beside the others
    else:
        from digest.sources.scrape import parse  # noqa: PLC0415 - beside the others
    return parse


def _outside(sighting: Sighting, document: Document) -> Sighting:
    """Return a sighting with what was said about its document from outside."""
    said = {"url": document.page_url, "published": document.published, "section": document.section}
    return replace(
        sighting,
        url=document.page_url or sighting.url,
        section=document.section or sighting.section,
        published=document.published or sighting.published,
        precision=document.precision if document.published else sighting.precision,
        date_source="editor" if document.published else sighting.date_source,
        witnesses=(
            *(witness for witness in sighting.witnesses if not said.get(witness.field)),
            *(Witness(field=field, name="editor") for field, value in said.items() if value),
        ),
    )
