"""What every kind of source owes to whoever asks it, whatever it is asked and whatever it is answered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.merge import seal
from digest.model.article import Document, Problem, Sighting
from digest.model.page import Page
from digest.ports import Fetcher, Source
from digest.sources import Reading, SourceSettings, open_source
from digest.sources.settings import Kind
from digest.text.clean import clean_text
from digest.text.urls import canonical_url
from digest.web import Secret, Web
from site_apis import Ghost, WordPress
from site_articles import LATEST, Piece, written
from site_of_its_own import Answer, Site, magazine
from sources_making import NOW, READING, document

KEY = "GHOST_KEY"
FIELDS = {field.name for field in fields(Sighting)} | {"site"}  # a page also says who told the site's name


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way in which the magazine is read: a kind of source at a path of the site, or at a file that is made of it.

    `prepare` makes the site ready; `file` returns the name and the bytes of a file. `titled`: it tells titles;
    `dated`: it tells dates of publication; `asked`: it is asked for a span, and answers with nothing else.
    """

    name: str
    kind: Kind
    path: str = ""
    prepare: Callable[[Site], object] = lambda _: None
    file: Callable[[Site], tuple[str, bytes]] | None = None
    titled: bool = True
    dated: bool = True
    asked: bool = False


def markdown(site: Site) -> tuple[str, bytes]:
    piece = site.pieces[0]
    head = f"title: {piece.title!r}\ndate: {piece.published.isoformat()}\nurl: {site.at(f'/{piece.slug}/')}"
    return "story.md", f"---\n{head}\n---\n{'. '.join(piece.text)}".encode()


def scrape(site: Site) -> tuple[str, bytes]:
    piece = site.pieces[0]
    return "story.txt", f"{piece.title}\n\nReports\n\n{chr(10).join(piece.text)}\n".encode()


def links(site: Site) -> tuple[str, bytes]:
    rows = [f'"{piece.title}",{site.at(f"/{piece.slug}/")},{piece.published.isoformat()}' for piece in site.pieces]
    return "links.csv", "\n".join(["title,url,published", *rows]).encode()


def page(site: Site) -> tuple[str, bytes]:
    return "story.html", site.answered(f"/{site.pieces[0].slug}/").body


WAYS = [
    Way(name="RSS 2.0", kind="feed", path="/feed.xml"),
    Way(name="excerpts", kind="feed", path="/excerpts.xml"),
    Way(name="Atom", kind="feed", path="/atom.xml"),
    Way(name="JSON Feed", kind="feed", path="/feed.json"),
    Way(name="RSS 1.0", kind="feed", path="/rdf.xml"),
    Way(name="RSS 0.91", kind="feed", path="/old91.xml", dated=False),
    Way(name="a feed of pages", kind="feed", path="/pages.xml"),
    Way(name="whatever it is", kind="auto", path="/feed.xml"),
    Way(name="a page", kind="page", path="/the-gate-that-would-not-close/"),
    Way(name="a news sitemap", kind="sitemap", path="/news-sitemap.xml", asked=True),
    Way(name="a plain sitemap", kind="sitemap", path="/sitemaps/2024-10.xml", titled=False, dated=False),
    Way(name="an index of sitemaps", kind="sitemap", path="/sitemap.xml"),
    Way(name="packed sitemaps", kind="sitemap", path="/sitemap.xml.gz"),
    Way(name="WordPress", kind="wordpress", path="/", prepare=WordPress, asked=True),
    Way(name="Ghost", kind="ghost", path="", prepare=Ghost, asked=True),
    Way(name="a Markdown file", kind="markdown", file=markdown),
    Way(name="a text scrape", kind="scrape", file=scrape, dated=False),
    Way(name="a saved page", kind="page", file=page),
    Way(name="a list", kind="list", file=links),
]
ON_THE_WEB = [way for way in WAYS if not way.file]
SPAN = (LATEST - timedelta(days=3), LATEST - timedelta(hours=5))

every_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
every_way_on_the_web = pytest.mark.parametrize("way", ON_THE_WEB, ids=lambda way: way.name)


@pytest.fixture
def site() -> Iterator[Site]:
    with magazine() as site:
        yield site


def read(
    way: Way,
    site: Site,
    folder: Path,
    web: Fetcher | None,
    span: tuple[datetime | None, datetime | None] = (None, None),
) -> list[Sighting | Problem]:
    """Return all that a source says, document by document."""
    way.prepare(site)
    reading = replace(READING, web=web, since=span[0], until=span[1], site=site.base)
    return [each for found in documents(way, site, folder, reading) for each in said(way, found, folder, reading)]


def documents(way: Way, site: Site, folder: Path, reading: Reading) -> list[Document | Problem]:
    return list(opened(way, site, folder, reading).documents())


def said(way: Way, found: Document | Problem, folder: Path, reading: Reading) -> list[Sighting | Problem]:
    return [found] if isinstance(found, Problem) else list(opened(way, Site(), folder, reading).parse(found))


def opened(way: Way, site: Site, folder: Path, reading: Reading) -> Source:
    at = site.at(way.path)
    if way.file:
        at, body = way.file(site)
        (folder / at).write_bytes(body)
    settings = SourceSettings(name="quay", at=at, kind=way.kind, key=KEY if way.kind == "ghost" else "")
    return open_source(settings, folder=folder, reading=reading)


def door(site: Site) -> Web:
    key = Ghost(Site()).key
    return Web(named=("127.0.0.1",), secrets=[Secret(name=KEY, value=key, site=site.base)])


def sightings(found: list[Sighting | Problem]) -> list[Sighting]:
    return [each for each in found if isinstance(each, Sighting)]


def wanted(way: Way, site: Site) -> list[Piece]:
    alone = way.file in {markdown, scrape, page} or way.kind == "page"
    return site.pieces[:1] if alone else site.pieces


@every_way
def test_each_article_is_told_once_with_its_title_and_its_address(way: Way, site: Site, tmp_path: Path) -> None:
    with door(site) as web:
        found = read(way, site, tmp_path, web)
    assert not [each for each in found if isinstance(each, Problem)]
    pieces = wanted(way, site)
    told = {each.url: each for each in sightings(found)}
    assert len(told) == len(pieces)
    if way.kind != "scrape":  # a scrape knows no address
        assert set(told) == {site.at(f"/{piece.slug}/") for piece in pieces}
    if way.titled:
        assert {each.title for each in told.values()} == {piece.title for piece in pieces}


@every_way
def test_what_is_told_is_sealed_clean_canonical_and_aware(way: Way, site: Site, tmp_path: Path) -> None:
    with door(site) as web:
        found = sightings(read(way, site, tmp_path, web))
    assert found
    for each in found:
        assert (each.source, each.seen_at, len(each.hash)) == ("quay", NOW, 64)
        assert seal(each) == each
        assert canonical_url(each.url) == each.url
        assert [clean_text(text) for text in (each.title, each.dek, *each.authors)] == [
            each.title,
            each.dek,
            *each.authors,
        ]
        for instant in (each.published, each.updated):
            assert instant is None or instant.tzinfo is UTC
        assert (each.published is None) == (each.date_source is None)
        assert {witness.field for witness in each.witnesses} <= FIELDS
        assert each.url or each.guid


@every_way
def test_a_date_is_that_of_publication_and_no_other(way: Way, site: Site, tmp_path: Path) -> None:
    with door(site) as web:
        found = {each.url: each for each in sightings(read(way, site, tmp_path, web))}
    for piece in wanted(way, site):
        published = {each.published for url, each in found.items() if piece.slug in url or way.kind == "scrape"}
        assert published == {piece.published if way.dated else None}


@every_way
def test_the_same_answer_is_told_in_the_same_words(way: Way, site: Site, tmp_path: Path) -> None:
    with door(site) as web:
        assert read(way, site, tmp_path, web) == read(way, site, tmp_path, web)


@every_way_on_the_web
def test_what_is_asked_for_is_the_span_and_what_is_told_lies_in_it(way: Way, site: Site, tmp_path: Path) -> None:
    with door(site) as web:
        found = sightings(read(way, site, tmp_path, web, SPAN))
    in_span = {site.at(f"/{piece.slug}/") for piece in written() if SPAN[0] <= piece.published < SPAN[1]}
    told = {each.url for each in found}
    if way.kind != "page":
        assert in_span <= told
    if way.asked:
        assert told == in_span


class Unchanged:
    """A Fetcher for whom nothing has changed."""

    def get(self, url: str) -> Page:
        return Page(url=url, body=b"", unchanged=True)


@every_way_on_the_web
def test_what_has_not_changed_is_no_document(way: Way, site: Site, tmp_path: Path) -> None:
    assert documents(way, site, tmp_path, replace(READING, web=Unchanged())) == []


@every_way_on_the_web
def test_offline_is_one_row_and_something_to_do(way: Way, site: Site, tmp_path: Path) -> None:
    [only] = documents(way, site, tmp_path, READING)
    assert isinstance(only, Problem)
    assert (only.source, only.message, only.incomplete) == ("quay", "offline: not fetched", True)
    assert "--offline" in only.hint


BAD_DAYS = {
    "down": Answer(status=503),
    "gone": Answer(status=410),
    "closed": Answer(status=403),
    "hung up": Answer(hang_up=True),
    "cut": Answer(body=b"<rss><channel>", missing=20),
    "empty": Answer(),
    "a parked page": Answer(body=b"<html><body>Buy this domain</body></html>", headers={"Content-Type": "text/html"}),
    "noise": Answer(body=bytes(range(256)) * 8),
    "in circles": Answer(status=302, headers={"Location": "/"}),
}


@every_way_on_the_web
@pytest.mark.parametrize("day", BAD_DAYS)
def test_a_bad_day_is_told_and_never_raised(way: Way, day: str, site: Site, tmp_path: Path) -> None:
    site.routes[""] = lambda _, __: BAD_DAYS[day]
    with door(site) as web:
        found = read(replace(way, prepare=lambda _: None), site, tmp_path, web)
    rows = [each for each in found if isinstance(each, Problem)]
    assert rows
    assert not sightings(found)
    for row in rows:
        assert row.source == "quay"
        assert row.where
        assert row.message
        assert "Error: " not in row.message  # it came from an exception that nobody expected


HOSTILE = {
    "nothing": b"",
    "spaces": b" \n\t ",
    "null bytes": b"\x00" * 4_000,
    "every byte": bytes(range(256)) * 20,
    "half a character": "é".encode()[:1],
    "marks": b"\xff\xfe\x00\x00\xfe\xff\xef\xbb\xbf",
    "tags": b"<" * 5_000,
    "open tags": b"<a>" * 5_000,
    "brackets": b"[" * 5_000,
    "braces": b'{"a":' * 5_000,
    "quotes": b'"' * 5_001,
    "entities": b"<!DOCTYPE r [<!ENTITY a 'b'>]><rss>&a;</rss>",
    "numbers": b"9" * 50_000,
    "escapes": b"\\ud800\\u0000" * 500,
    "dashes": b"---\n" * 2_000,
    "UTF-7": b"+ADw-script+AD4-",
    "a shift out": b"\x1b$B\x1b(J" * 500,
}


@every_way
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes_are_told_and_never_raised(way: Way, body: bytes, tmp_path: Path) -> None:
    for found in said(replace(way, file=None), document(body), tmp_path, READING):
        if isinstance(found, Problem):
            assert found.source == "quay"
            assert found.message
            assert not found.message.startswith("cannot be read: ")  # it came from an exception
        else:
            assert found.title or found.url
            assert clean_text(found.title) == found.title
