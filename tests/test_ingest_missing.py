"""What a feed or a sitemap had and lists no more: its page says whether it was taken down, has moved, or is there."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from newsrooms import articles, room
from running import digest
from site_articles import LATEST, generated
from site_of_its_own import Answer, Site, magazine

DAY = timedelta(days=1)
LISTS = ["/feed.xml", "/excerpts.xml", "/news-sitemap.xml", "/sitemap.xml", "/sitemaps/2024-10.xml"]


@pytest.fixture
def site() -> Iterator[Site]:
    with magazine(generated(30)) as site:
        yield site


def ingest(folder: Path, days: float, code: int = 0) -> str:
    with time_machine.travel(LATEST + days * DAY, tick=True):
        done = digest(folder, "ingest")
    assert done.code == code
    return done.out


def gone(folder: Path) -> list[str]:
    return [article.url.rstrip("/").rpartition("/")[2] for article in articles(folder) if article.gone]


def pages(site: Site) -> dict[str, int]:
    """Return how often each article's page was asked for since the last look."""
    asked = {piece.slug: site.asked[f"/{piece.slug}/"] for piece in site.pieces if site.asked[f"/{piece.slug}/"]}
    site.asked.clear()
    return asked


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("place", [0, 3], ids=["the newest", "another"])
def test_a_story_that_was_taken_down_is_gone_whatever_listed_it(
    site: Site, tmp_path: Path, path: str, place: int
) -> None:
    folder = room(tmp_path / "room", site, path, more='kind = "sitemap"\n' if "sitemap" in path else "")
    ingest(folder, 1)
    known = len(articles(folder))
    slug = site.live()[place].slug
    site.take_down(slug)
    pages(site)
    assert "1 gone" in ingest(folder, 2)
    assert pages(site).get(slug) == 1
    assert gone(folder) == [slug]
    assert len(articles(folder)) in {known, known + 1}  # a feed of ten has another at its end


@pytest.mark.parametrize("path", LISTS)
def test_a_story_that_is_listed_again_as_it_was_is_there_again(site: Site, tmp_path: Path, path: str) -> None:
    folder = room(tmp_path / "room", site, path, more='kind = "sitemap"\n' if "sitemap" in path else "")
    ingest(folder, 1)
    slug = site.live()[2].slug
    site.take_down(slug)
    ingest(folder, 2)
    assert gone(folder) == [slug]
    site.change(slug, status=200)
    pages(site)
    ingest(folder, 3)
    assert pages(site).get(slug) == 1
    assert gone(folder) == []
    ingest(folder, 4)
    assert pages(site) == {}


def test_an_index_that_never_changes_hides_nothing_of_what_it_lists(site: Site, tmp_path: Path) -> None:
    """As WordPress's own: it says of no sitemap when that has changed."""
    month = f"<sitemap><loc>{site.at('/sitemaps/2024-10.xml')}</loc></sitemap>"
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{month}</sitemapindex>'
    site.answer("/sitemap.xml", Answer(body=index.encode(), headers={"Content-Type": "application/xml"}))
    folder = room(tmp_path / "room", site, "/sitemap.xml", more='kind = "sitemap"\n')
    ingest(folder, 1)
    known = len(articles(folder))
    [fresh] = generated(1, seed=7, first=5_000, newest=LATEST + DAY)
    site.publish(fresh)
    ingest(folder, 2)
    assert len(articles(folder)) == known + 1
    ingest(folder, 3)
    assert site.unchanged["/sitemaps/2024-10.xml"] == 1


def test_what_is_wrong_with_a_source_is_told_each_time(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "room", site, "/feed.xml", more='kind = "feed"\n')
    ingest(folder, 1)
    site.answer(
        "/feed.xml", Answer(body=b"<html><p>We are being mended</p></html>", headers={"Content-Type": "text/html"})
    )
    for day in (2, 3, 4):
        assert "this is a web page, not a feed" in ingest(folder, day, code=1)
    del site.answers["/feed.xml"]
    assert ingest(folder, 5) == "feed: 0 new, 0 updated, 0 as before\n"


def test_one_that_is_still_there_is_not_gone_and_costs_no_more_than_a_question(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "room", site, "/feed.xml")
    ingest(folder, 1)
    slug = site.live()[3].slug
    page = site.answered(f"/{slug}/")
    site.take_down(slug)
    site.answer(f"/{slug}/", page)
    pages(site)
    ingest(folder, 2)
    assert pages(site) == {slug: 1}
    assert gone(folder) == []
    site.change(site.live()[0].slug, title="A mended headline")
    ingest(folder, 3)
    assert pages(site) == {slug: 1}
    assert site.unchanged[f"/{slug}/"] == 1


def test_what_a_feed_lets_go_at_its_end_is_not_asked_for(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "room", site, "/feed.xml")
    ingest(folder, 1)
    [fresh] = generated(1, seed=7, first=5_000, newest=LATEST + DAY)
    site.publish(fresh)
    ingest(folder, 2)
    assert (pages(site), gone(folder)) == ({}, [])


def test_a_list_that_lost_more_than_it_has_is_broken_and_nobody_is_asked(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "room", site, "/feed.xml")
    ingest(folder, 1)
    site.shown = 30
    ingest(folder, 2)
    pages(site)
    for piece in site.live()[1:-2]:
        site.take_down(piece.slug)
    ingest(folder, 3)
    assert (pages(site), gone(folder)) == ({}, [])


def test_where_no_page_is_to_be_read_none_is_asked(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "room", site, "/feed.xml", more='pages = "never"\n')
    ingest(folder, 1)
    site.take_down(site.live()[3].slug)
    ingest(folder, 2)
    assert (pages(site), gone(folder)) == ({}, [])


def test_a_list_of_which_not_all_came_says_nothing_of_what_is_missing(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "room", site, "/feed.xml")
    ingest(folder, 1)
    site.take_down(site.live()[3].slug)
    half = site.answered("/feed.xml")
    site.answer("/feed.xml", Answer(body=half.body[: len(half.body) * 2 // 3], headers=half.headers))
    pages(site)
    ingest(folder, 2, code=1)
    assert (pages(site), gone(folder)) == ({}, [])


def test_what_a_span_named_by_hand_left_out_is_in_the_next_ingest(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "room", site, "/news-sitemap.xml", more='kind = "sitemap"\n')
    with time_machine.travel(LATEST + DAY, tick=True):
        spanned = digest(folder, "ingest", "--since", "2020-01-01", "--until", "2020-01-02")
    assert (spanned.code, articles(folder)) == (0, ())
    ingest(folder, 1)
    assert articles(folder)
