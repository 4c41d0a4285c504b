"""Sitemaps into sightings: addresses, and what they say of their articles (sitemaps.org; Google's news sitemaps).

`publication_date` is when an article was published; `lastmod` is only when its page changed, whatever the change.
Loads lxml: import it where it is needed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from lxml import etree

from digest.errors import DigestError
from digest.model.article import Document, Image, Problem, Sighting
from digest.sources.dating import moment, undated
from digest.sources.feed_text import defines_entities, xml_text
from digest.sources.report import problem
from digest.sources.settings import Reading, SourceSettings
from digest.text.clean import clean_text
from digest.text.dates import Moment
from digest.text.urls import canonical_url

_MOST: Final = 50_000
"""Addresses that a sitemap may have, as sitemaps.org says."""

_MOST_TAGS: Final = 1_500_000
"""Thirty at each address: with a picture and all of Google's words there are some fifteen."""

_LONGEST: Final = 5_000
"""Characters of one text; an address may have 2,048."""

_STEP: Final = 100_000
_END = re.compile(r"</(?:\w{1,20}:)?(?:urlset|sitemapindex)\s{0,99}>|<urlset[^<>]{0,2000}/>")
_DAY = timedelta(days=1)


@dataclass(slots=True, kw_only=True)
class Listed:
    """One address that a sitemap or an index lists, with the texts that stand at it."""

    address: str = ""
    changed: str = ""
    published: str = ""
    title: str = ""
    language: str = ""
    image: str = ""


_FIELDS = {
    ("url", "loc"): "address",
    ("url", "lastmod"): "changed",
    ("sitemap", "loc"): "address",
    ("sitemap", "lastmod"): "changed",
    ("news", "publication_date"): "published",
    ("news", "title"): "title",
    ("publication", "language"): "language",
    ("image", "loc"): "image",
}
"""What a text is, by the tag around it and the one around that; videos have titles and dates of their own."""


class _Enough(Exception):  # noqa: N818 - it is no error: nothing more is wanted
    """A sitemap has more than a sitemap has."""


class _Target:
    """What lxml tells of a sitemap while it reads: no tree is built, however much it holds."""

    def __init__(self) -> None:
        self.root = ""
        self.rows: list[Listed] = []
        self.fault = ""
        self.whole = True
        self._path: list[str] = []
        self._row = Listed()
        self._text: list[str] = []
        self._tags = 0

    def start(self, tag: str, _: object) -> None:
        name = tag.rpartition("}")[2]
        self._tags += 1
        if self._tags > _MOST_TAGS or len(self.rows) > _MOST:
            raise _Enough
        if not self._path:
            self.root = name
        if name in {"url", "sitemap"}:
            self._row = Listed()
        self._path.append(name)
        self._text = []

    def data(self, text: str) -> None:
        if len(self._text) < _LONGEST:
            self._text.append(text[:_LONGEST])

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        around = self._path[-2] if len(self._path) > 1 else ""
        field = _FIELDS.get((around, name))
        if field and not getattr(self._row, field):
            setattr(self._row, field, "".join(self._text).strip()[:_LONGEST])
        if name in {"url", "sitemap"} and self._row.address:
            self.rows.append(self._row)
            self._row = Listed()
        self._text = []
        del self._path[-1:]

    def close(self) -> None:
        """Say nothing more."""


def _read(document: Document) -> _Target:
    """Return what a sitemap lists, and why the rest of it could not be read."""
    text, target = xml_text(document), _Target()
    if defines_entities(text):
        target.fault = "it defines XML entities, which can be made to fill all memory"
        return target
    target.whole = _END.search(text) is not None
    parser = etree.XMLParser(target=target, recover=True, resolve_entities=False, no_network=True)
    try:
        for place in range(0, len(text), _STEP):
            parser.feed(text[place : place + _STEP].encode(errors="replace"))
        parser.close()
    except _Enough:
        target.fault = f"it has more than {_MOST:,} addresses, or tags for as many"
    except etree.XMLSyntaxError as error:
        target.fault = f"it is no XML: {error.msg}"
    return target


def listed(document: Document) -> list[Listed] | None:
    """Return the sitemaps that an index lists; None where the document is no index."""
    read = _read(document)
    return read.rows if read.root == "sitemapindex" else None


def parse(document: Document, settings: SourceSettings, reading: Reading) -> Iterator[Sighting | Problem]:
    """Yield a sighting for each address that was published, or else changed, in the span that is read.

    It has neither body nor, in a plain sitemap, a title: its page is to be read.
    """
    read = _read(document)
    if read.root != "urlset":
        yield _no_sitemap(document, read)
        return
    silent = 0
    for number, row in enumerate(read.rows, 1):
        url = canonical_url(row.address)
        if not url:
            yield problem(document, f"not a web address: {row.address[:200]!r}", part=f"address {number}")
        elif reading.since and not row.published.strip() and not row.changed.strip():
            silent += 1
        else:
            yield from _sighted(row, url, document, settings, reading)
    if silent:
        message = f"{silent} addresses say neither when they were published nor when they changed: left out"
        yield problem(document, message, hint="a feed of the site, or its news sitemap, may know")
    if read.fault or not read.whole:
        message = f"only its first {len(read.rows):,} addresses were read: {read.fault or 'it breaks off'}"
        yield problem(document, message, hint="fetch it again; if it stays so, tell whoever runs it", incomplete=True)


def _no_sitemap(document: Document, read: _Target) -> Problem:
    if read.root == "sitemapindex":
        return problem(
            document, "this is an index of sitemaps", hint='say kind = "sitemap": what it lists is then fetched'
        )
    first = f"its first tag is <{read.root[:40]}>" if read.root else "it is no XML"
    message = f"this is no sitemap: {read.fault or first}"
    return problem(document, message, hint="robots.txt often names it: Sitemap: …", incomplete=True)


def _sighted(
    row: Listed, url: str, document: Document, settings: SourceSettings, reading: Reading
) -> Iterator[Sighting | Problem]:
    published = moment(row.published, reading)
    if isinstance(published, DigestError):
        yield undated(document, published, part=url)
        published = None
    changed = moment(row.changed, reading)
    changed = changed if isinstance(changed, Moment) else None
    if not _is_wanted(published, changed, reading):
        return
    yield Sighting(
        source=settings.name,
        url=url,
        title=clean_text(row.title),
        section=settings.section,
        published=published.instant if published else None,
        precision=published.precision if published else "instant",
        date_source="feed" if published else None,
        updated=changed.instant if changed else None,
        image=Image(url=image) if (image := canonical_url(row.image)) else None,
        language=settings.language or clean_text(row.language),
        seen_at=document.retrieved_at,
    )


def _is_wanted(published: Moment | None, changed: Moment | None, reading: Reading) -> bool:
    """Tell whether an article was published in the span that is read; where that is not said, whether it changed since.

    What has neither date was told before.
    """
    said = published or changed
    if said is None:
        return True
    ends = said.instant + (_DAY if said.precision == "day" else timedelta(0))
    late = published is not None and reading.until is not None and published.instant >= reading.until
    return not late and (reading.since is None or ends >= reading.since)
