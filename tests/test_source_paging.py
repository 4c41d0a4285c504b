"""Feeds of several pages: as far back as reading starts, and never round in a circle."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest.model.article import Document, Problem, Sighting
from digest.model.page import Page
from digest.sources import Reading, SourceSettings, open_source
from digest.sources.settings import Kind
from digest.web import Web
from site_articles import LATEST, Piece, generated
from site_of_its_own import Answer, Site, magazine
from sources_making import READING

GENERATOR = b"<generator>https://wordpress.org/?v=6.6.2</generator><item>"


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(named=("127.0.0.1",)) as web:
        yield web


@pytest.fixture
def site(web: Web) -> Iterator[Site]:
    """A magazine of sixty articles, one every three hours, ten in each page of a feed."""
    assert not web.closed
    with magazine(generated(60)) as site:
        yield site


def wordpress(site: Site) -> None:
    """Let the feed at /feed/ say that WordPress made it."""
    plain = Site(site.pieces, base=site.base)

    def page(path: str, query: object) -> Answer | None:
        assert isinstance(query, dict)
        found = plain.answered(f"{path}?paged={query.get('paged', 1)}")
        return replace(found, body=found.body.replace(b"<item>", GENERATOR, 1))

    site.routes["/feed/"] = page


def read(site: Site, path: str, reading: Reading, kind: Kind = "auto") -> list[Sighting | Problem]:
    settings = SourceSettings(name="quay", at=site.at(path), kind=kind)
    source = open_source(settings, folder=Path("nowhere"), reading=reading)
    found = [source.parse(each) if isinstance(each, Document) else [each] for each in source.documents()]
    return [each for several in found for each in several]


def since(web: Web, start: datetime) -> Reading:
    return replace(READING, web=web, since=start)


PATHS = ["/pages.xml", "/archives.xml", "/pages.json", "/feed/"]


@pytest.mark.parametrize("path", PATHS)
def test_it_pages_back_to_where_reading_starts_and_no_further(site: Site, web: Web, path: str) -> None:
    wordpress(site)
    start = LATEST - timedelta(hours=3 * 24)
    found = read(site, path, since(web, start))
    assert not [each for each in found if isinstance(each, Problem)]
    titles = [each.title for each in found if isinstance(each, Sighting)]
    assert len(titles) == len(set(titles)) == 40  # the page behind is a day older, and is asked for to be sure
    assert {piece.title for piece in site.pieces if piece.published >= start} <= set(titles)
    assert sum(site.asked.values()) == 4


@pytest.mark.parametrize("path", PATHS)
def test_all_of_it_comes_where_reading_starts_before_it(site: Site, web: Web, path: str) -> None:
    wordpress(site)
    found = read(site, path, since(web, LATEST - timedelta(days=400)))
    assert [each.title for each in found if isinstance(each, Sighting)] == [piece.title for piece in site.live()]
    assert not [each for each in found if isinstance(each, Problem)]


@pytest.mark.parametrize("path", PATHS)
def test_without_a_start_only_the_first_page_is_read(site: Site, web: Web, path: str) -> None:
    wordpress(site)
    assert len(read(site, path, replace(READING, web=web))) == 10
    assert sum(site.asked.values()) == 1


def test_a_feed_that_names_no_next_page_and_is_no_wordpress_has_one(site: Site, web: Web) -> None:
    assert len(read(site, "/feed/", since(web, LATEST - timedelta(days=400)))) == 10
    assert dict(site.asked) == {"/feed/": 1}


def test_an_old_story_pinned_to_the_top_does_not_end_it(site: Site, web: Web) -> None:
    first = site.answered("/pages.xml").body.decode()
    old = site.pieces[-1]
    pinned = first[first.index("<entry>") : first.index("</entry>") + 8].replace(
        site.pieces[0].published.isoformat(), (old.published - timedelta(days=900)).isoformat()
    )
    site.answer(
        "/pages.xml", Answer(body=first.replace("<entry>", pinned.replace("?p=", "?pinned=") + "<entry>", 1).encode())
    )
    assert len(read(site, "/pages.xml", since(web, LATEST - timedelta(days=3)))) == 41


def test_an_answer_that_repeats_itself_ends_it(site: Site, web: Web) -> None:
    wordpress(site)
    same = site.answered("/feed/")
    site.answers |= {f"/feed/?paged={number}": same for number in range(2, 200)}
    assert len(read(site, "/feed/", since(web, LATEST - timedelta(days=400)))) == 20
    assert sum(site.asked.values()) == 2


def test_a_circle_ends_where_it_began(site: Site, web: Web) -> None:
    second = site.answered("/pages.xml?page=2").body
    site.answer("/pages.xml?page=2", Answer(body=second.replace(b"page=3", b"page=2")))
    read(site, "/pages.xml", since(web, LATEST - timedelta(days=400)))
    assert dict(site.asked) == {"/pages.xml": 1, "/pages.xml?page=2": 1}


def test_a_feed_without_end_is_stopped_and_told(site: Site, web: Web) -> None:
    site.pieces = generated(30)
    site.shown = 1
    plain = Site(generated(200), base=site.base)
    plain.shown = 1
    site.routes["/pages.xml"] = lambda path, query: plain.answered(f"{path}?page={query.get('page', 1)}")
    found = read(site, "/pages.xml", since(web, LATEST - timedelta(days=4_000)))
    assert sum(site.asked.values()) == 100
    assert isinstance(found[-1], Problem)
    assert "more than 100 pages" in found[-1].message
    assert found[-1].incomplete


def test_a_page_on_another_host_is_not_asked_for(site: Site, web: Web) -> None:
    first = site.answered("/pages.xml").body
    site.answer("/pages.xml", Answer(body=first.replace(site.at("/pages.xml?page=2").encode(), b"http://10.0.0.1/x")))
    found = read(site, "/pages.xml", since(web, LATEST - timedelta(days=400)))
    assert isinstance(found[-1], Problem)
    assert "on another host" in found[-1].message
    assert "http://10.0.0.1/x" in found[-1].message


def test_a_page_that_fails_is_told_and_what_was_read_stays(site: Site, web: Web) -> None:
    site.answer("/pages.xml?page=3", Answer(status=500))
    found = read(site, "/pages.xml", since(web, LATEST - timedelta(days=400)))
    assert len([each for each in found if isinstance(each, Sighting)]) == 20
    assert [(each.where, each.incomplete) for each in found if isinstance(each, Problem)] == [
        (site.at("/pages.xml?page=3"), True)
    ]


def test_a_page_that_is_no_feed_is_told_and_ends_it(site: Site, web: Web) -> None:
    site.answer("/pages.json?page=2", Answer(body=b'{"version": "https://jsonfeed.org/version/1"'))
    found = read(site, "/pages.json", since(web, LATEST - timedelta(days=400)), kind="feed")
    assert len(found) == 11
    assert isinstance(found[-1], Problem)
    site.answer("/pages.json?page=2", Answer(body=b'{"version": "https://jsonfeed.org/version/1", "items": 5}'))
    assert isinstance(read(site, "/pages.json", since(web, LATEST - timedelta(days=400)), kind="feed")[-1], Problem)


class Before:
    """A Fetcher whose pages from the `first` on hold as they were read before."""

    def __init__(self, site: Site, first: int) -> None:
        self.site, self.first, self.asked = site, first, 0

    def get(self, url: str) -> Page:
        self.asked += 1
        page = self.site.get(url)
        return replace(page, body=b"", unchanged=True) if self.asked >= self.first else page


@pytest.mark.parametrize(("first", "pages"), [(1, 0), (2, 1), (3, 2)])
def test_what_has_not_changed_gives_nothing_and_is_not_paged_through(first: int, pages: int) -> None:
    site = Site(generated(60))
    web = Before(site, first)
    found = read(site, "/pages.xml", replace(READING, web=web, since=LATEST - timedelta(days=400)))
    assert len(found) == 10 * pages
    assert web.asked == pages + 1


def test_names_and_dates_are_found_in_literal_parts_and_addresses_against_the_base() -> None:
    pieces = generated(20)
    site = Site(pieces)

    def literal(text: str, piece: Piece) -> str:
        return text.replace(f"<id>{site.base}/?p={piece.number}</id>", f"<id><![CDATA[{piece.number}]]></id>")

    for page in ("/pages.xml", "/pages.xml?page=2"):
        text = site.answered(page).body.decode()
        for piece in pieces:
            text = literal(text, piece)
        site.answer(page, Answer(body=text.replace(f'href="{site.base}/pages.xml', 'href="pages.xml').encode()))
    found = read(site, "/pages.xml", replace(READING, web=site, since=LATEST - timedelta(days=400)))
    assert len(found) == 20
