"""The magazine that other tests read is what it says: its feeds are read by what reads feeds, its redirects lead on."""

from collections.abc import Iterator

import pytest

from digest.errors import SourceError
from digest.text.words import words
from digest.web import Web
from site_articles import LATEST, Piece, generated, written
from site_of_its_own import Answer, Site, magazine
from sources_making import document, sighting, sightings


@pytest.fixture
def site() -> Iterator[Site]:
    with magazine() as site:
        yield site


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(named=("127.0.0.1",)) as web:
        yield web


@pytest.mark.parametrize("path", ["/feed.xml", "/atom.xml", "/excerpts.xml", "/rdf.xml", "/old91.xml", "/old92.xml"])
def test_each_feed_holds_each_article_with_its_address(site: Site, web: Web, path: str) -> None:
    found = sightings("feed", document(web.get(site.at(path)).body, url=site.at(path)))
    assert [each.title for each in found] == [piece.title for piece in written()]
    assert [each.url for each in found] == [site.at(f"/{piece.slug}/") for piece in written()]


def test_a_feed_tells_all_that_the_publisher_knows(site: Site, web: Web) -> None:
    first = sightings("feed", document(web.get(site.at("/feed.xml")).body, url=site.at("/feed.xml")))[0]
    assert (first.published, first.authors, first.section) == (LATEST, ("Oona Marl",), "Reports")
    assert [block.text for block in first.blocks] == list(written()[0].text)
    assert first.image is not None
    assert (first.image.url, first.image.credit) == (site.at("/pictures/gate.png"), "Tam Reedy")


def test_a_page_is_read_as_what_the_feed_tells(site: Site, web: Web) -> None:
    page = web.get(site.at("/the-gate-that-would-not-close/"))
    found = sighting("page", document(page.body, url=page.url))
    assert (found.url, found.title, found.published) == (page.url, written()[0].title, LATEST)
    assert [block.text for block in found.blocks] == list(written()[0].text)


def test_a_changed_slug_leads_on_and_a_page_that_is_gone_says_so(site: Site, web: Web) -> None:
    site.change("eels-in-the-culvert", slug="eels-again", title="Eels, again")
    assert web.get(site.at("/eels-in-the-culvert/")).url == site.at("/eels-again/")
    site.take_down("eels-again")
    with pytest.raises(SourceError, match="410 Gone"):
        web.get(site.at("/eels-again/"))
    assert b"Eels" not in site.answered("/feed.xml").body


def test_what_was_answered_before_is_not_sent_again(site: Site) -> None:
    first = site.serve("GET", "/a-toll-for-swans/", {})
    assert site.serve("GET", "/a-toll-for-swans/", {"if-none-match": first.headers["ETag"]}).status == 304
    since = {"if-modified-since": first.headers["Last-Modified"]}
    assert site.serve("GET", "/a-toll-for-swans/", since).status == 304
    site.change("a-toll-for-swans", title="No toll for swans", updated=LATEST)
    assert site.serve("GET", "/a-toll-for-swans/", {"if-none-match": first.headers["ETag"]}).status == 200
    assert (site.asked["/a-toll-for-swans/"], site.unchanged["/a-toll-for-swans/"]) == (4, 2)


def test_pages_of_a_feed_end_where_the_articles_do() -> None:
    site = Site(generated(25))
    assert [site.answered(f"/feed/?paged={number}").status for number in (1, 3, 4)] == [200, 200, 404]
    assert b'rel="next"' in site.answered("/pages.xml?page=2").body
    assert b'rel="next"' not in site.answered("/pages.xml?page=3").body
    assert b'rel="prev-archive"' in site.answered("/archives.xml").body
    assert b'rel="prev-archive"' not in site.answered("/archives/3.xml").body


def test_any_path_can_have_a_bad_day(site: Site, web: Web) -> None:
    site.answer("/feed.xml", Answer(body=b"<rss>", missing=10))
    with pytest.raises(SourceError):
        web.get(site.at("/feed.xml"))
    site.answer("/feed.xml", Answer(status=503, headers={"Retry-After": "1"}))
    with pytest.raises(SourceError, match="503"):
        web.get(site.at("/feed.xml"))
    site.routes["/wp-json/"] = lambda path, query: Answer(body=f"{path} {query['page']}".encode())
    assert web.get(site.at("/wp-json/x?page=2")).body == b"/wp-json/x 2"
    assert site.seen[-1].headers["host"] in site.base


def test_generated_articles_have_nothing_in_common() -> None:
    first, second = generated(300, seed=3), generated(300, seed=3)
    assert first == second
    assert len({piece.slug for piece in first}) == 300

    def runs(piece: Piece) -> set[tuple[str, ...]]:
        said = words(" ".join(piece.text))
        return {tuple(said[place : place + 5]) for place in range(len(said) - 4)}

    seen = [runs(piece) for piece in first]
    assert max(len(a & b) / min(len(a), len(b)) for a in seen for b in seen if a is not b) < 0.05
