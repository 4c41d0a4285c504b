"""digest.sources.sitemap and its retriever: news sitemaps, plain ones, indexes, packed and bad ones."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.model.article import Document, Image, Problem, Sighting
from digest.sources import Reading, SourceSettings, open_source
from digest.web import Web
from site_articles import LATEST, generated, written
from site_of_its_own import Answer, Site, magazine
from sources_making import NOW, READING, document, parsed, problem, sighting

NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:video="http://www.google.com/schemas/sitemap-video/1.1" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
NEWS = (
    "<news:news><news:publication><news:name>Quay</news:name><news:language>en</news:language></news:publication>"
    "<news:publication_date>2024-10-25T17:30:00+01:00</news:publication_date><news:title>Salt &amp; silt</news:title>"
    "</news:news>"
)
SPAN = replace(READING, since=datetime(2024, 10, 20, tzinfo=UTC), until=datetime(2024, 10, 27, tzinfo=UTC))


def urlset(*urls: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><urlset {NAMES}>{"".join(f"<url>{url}</url>" for url in urls)}</urlset>'
    )


def loc(path: str, rest: str = "") -> str:
    return f"<loc>https://quay.example{path}</loc>{rest}"


def in_span(*urls: str, reading: Reading = SPAN) -> list[Sighting | Problem]:
    settings = SourceSettings(name="quay", at="x", kind="sitemap")
    return list(open_source(settings, folder=Path("nowhere"), reading=reading).parse(document(urlset(*urls))))


def addresses(found: list[Sighting | Problem]) -> list[str]:
    return [each.url.removeprefix("https://quay.example") for each in found if isinstance(each, Sighting)]


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(named=("127.0.0.1",)) as web:
        yield web


@pytest.fixture
def site() -> Iterator[Site]:
    with magazine() as site:
        yield site


def read(site: Site, path: str, reading: Reading) -> list[Sighting | Problem]:
    settings = SourceSettings(name="quay", at=site.at(path), kind="sitemap")
    source = open_source(settings, folder=Path("nowhere"), reading=reading)
    found = [source.parse(each) if isinstance(each, Document) else [each] for each in source.documents()]
    return [each for several in found for each in several]


def test_a_news_sitemap_tells_title_and_date_of_publication() -> None:
    rest = f"<lastmod>2024-10-26</lastmod>{NEWS}<image:image><image:loc>https://quay.example/i.jpg</image:loc></image:image>"
    found = sighting("auto", document(urlset(loc("/salt?utm_source=x", rest))))
    assert (found.url, found.title) == ("https://quay.example/salt", "Salt & silt")
    assert (found.published, found.precision) == (datetime(2024, 10, 25, 16, 30, tzinfo=UTC), "instant")
    assert (found.date_source, found.language) == ("feed", "en")
    assert (found.updated, found.image) == (
        datetime(2024, 10, 25, 23, tzinfo=UTC),
        Image(url="https://quay.example/i.jpg"),
    )
    assert found.blocks == ()


def test_the_day_of_a_change_is_no_date_of_publication() -> None:
    found = sighting("sitemap", document(urlset(loc("/salt", "<lastmod>2024-10-26T10:00:00Z</lastmod>"))))
    assert (found.published, found.date_source) == (None, None)
    assert found.updated == datetime(2024, 10, 26, 10, tzinfo=UTC)


def test_words_of_a_video_or_a_picture_are_not_the_articles() -> None:
    video = (
        "<video:video><video:title>A film</video:title><video:publication_date>2020-01-01</video:publication_date>"
        "</video:video>"
    )
    picture = (
        "<image:image><image:loc>https://quay.example/i.jpg</image:loc><image:title>Mud</image:title></image:image>"
    )
    found = sighting("sitemap", document(urlset(f"{picture}{video}{loc('/salt')}")))
    assert (found.url, found.title, found.published) == ("https://quay.example/salt", "", None)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("<news:publication_date>2024-10-19T23:59:59Z</news:publication_date>", "out"),
        ("<news:publication_date>2024-10-20T00:00:00Z</news:publication_date>", "in"),
        ("<news:publication_date>2024-10-20</news:publication_date>", "in"),
        ("<news:publication_date>2024-10-19</news:publication_date>", "out"),
        ("<news:publication_date>2024-10-27T00:00:00Z</news:publication_date>", "out"),
    ],
)
def test_only_what_was_published_in_the_span_comes(said: str, wanted: str) -> None:
    assert bool(in_span(loc("/salt", f"<news:news>{said}</news:news>"))) is (wanted == "in")


def test_without_a_date_of_publication_what_changed_since_comes() -> None:
    found = in_span(
        loc("/old", "<lastmod>2024-10-01</lastmod>"),
        loc("/changed", "<lastmod>2024-10-22</lastmod>"),
        loc("/later", "<lastmod>2024-11-22</lastmod>"),
        loc("/unreadable", "<lastmod>lately</lastmod>"),
        loc("/silent"),
    )
    assert addresses(found) == ["/changed", "/later", "/unreadable"]
    [told] = [each for each in found if isinstance(each, Problem)]
    assert "1 addresses say neither" in told.message
    assert addresses(in_span(loc("/silent"), reading=READING)) == ["/silent"]


def test_bad_addresses_and_dates_are_told_and_the_rest_is_read() -> None:
    bad = "<news:news><news:publication_date>10/11/12</news:publication_date><news:title>T</news:title></news:news>"
    found = parsed("sitemap", document(urlset("<loc>javascript:x</loc>", "<loc>/a</loc>", loc("/b", bad), loc("/c"))))
    assert [each.message.partition(":")[0] for each in found if isinstance(each, Problem)] == [
        "not a web address",
        "not a web address",
        "the date cannot be read, so the article is undated",
    ]
    assert addresses(found) == ["/b", "/c"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<rss version='2.0'></rss>", "its first tag is <rss>"),
        ("just words", "it is no XML"),
        ("<!DOCTYPE u [<!ENTITY a 'b'>]><urlset/>", "XML entities"),
        ("<sitemapindex><sitemap><loc>https://quay.example/s.xml</loc></sitemap></sitemapindex>", "index of sitemaps"),
    ],
)
def test_what_is_no_sitemap_is_told(text: str, said: str) -> None:
    assert said in problem("sitemap", document(text)).message


def test_an_index_that_was_not_followed_says_what_to_write() -> None:
    told = "<sitemapindex><sitemap><loc>https://quay.example/s.xml</loc></sitemap></sitemapindex>"
    assert 'kind = "sitemap"' in problem("sitemap", document(told)).hint


def test_more_addresses_than_a_sitemap_has_are_told() -> None:
    found = parsed("sitemap", document(urlset(*[loc(f"/{number}") for number in range(50_010)])))
    assert len(found) == 50_002
    assert isinstance(found[-1], Problem)
    assert found[-1].incomplete
    assert "more than 50,000 addresses" in found[-1].message


def test_a_sitemap_that_breaks_off_gives_what_it_has() -> None:
    text = urlset(loc("/a"), loc("/b"))
    found, told = parsed("sitemap", document(text[: text.index("</url>") + 16]))
    assert addresses([found, told]) == ["/a"]
    assert isinstance(told, Problem)
    assert (told.message, told.incomplete) == ("only its first 1 addresses were read: it breaks off", True)
    assert parsed("sitemap", document("<urlset/>")) == []


def test_an_index_is_followed_to_what_may_hold_the_span(site: Site, web: Web) -> None:
    site.pieces = generated(600)  # two and a half months
    found = read(site, "/sitemap.xml", replace(SPAN, web=web, since=LATEST - timedelta(days=30)))
    wanted = {site.at(f"/{piece.slug}/") for piece in site.pieces if piece.published >= LATEST - timedelta(days=30)}
    assert {each.url for each in found if isinstance(each, Sighting)} == wanted
    assert not [each for each in found if isinstance(each, Problem)]
    assert set(site.asked) == {"/sitemap.xml", "/sitemaps/2024-10.xml", "/sitemaps/2024-09.xml", "/news-sitemap.xml"}


def test_packed_sitemaps_are_unpacked(site: Site, web: Web) -> None:
    found = read(site, "/sitemap.xml.gz", replace(READING, web=web))
    assert {each.url for each in found if isinstance(each, Sighting)} == {site.at(f"/{p.slug}/") for p in written()}
    assert not [each for each in found if isinstance(each, Problem)]
    assert set(site.asked) == {"/sitemap.xml.gz", "/sitemaps/2024-10.xml.gz", "/news-sitemap.xml.gz"}


@pytest.mark.parametrize(
    "name",
    [
        *("category-sitemap.xml", "post_tag-sitemap2.xml", "author-sitemap.xml", "page-sitemap.xml"),
        *("wp-sitemap-taxonomies-category-1.xml", "wp-sitemap-users-1.xml", "wp-sitemap-posts-page-1.xml"),
        *("sitemap-pages.xml", "sitemap-authors.xml", "sitemap-tags.xml"),
    ],
)
def test_sitemaps_of_all_but_articles_are_left_alone(site: Site, web: Web, name: str) -> None:
    site.answer("/index.xml", Answer(body=index(site, f"/{name}", "/sitemaps/2024-10.xml")))
    found = read(site, "/index.xml", replace(READING, web=web))
    assert len(found) == len(written())
    assert f"/{name}" not in site.asked


@pytest.mark.parametrize(
    "name", ["post-sitemap.xml", "post-sitemap2.xml", "wp-sitemap-posts-post-1.xml", "sitemap-posts.xml", "pagesix.xml"]
)
def test_sitemaps_of_articles_are_asked_for(site: Site, web: Web, name: str) -> None:
    site.answer("/index.xml", Answer(body=index(site, f"/{name}")))
    site.answer(f"/{name}", site.answered("/sitemaps/2024-10.xml"))
    assert len(read(site, "/index.xml", replace(READING, web=web))) == len(written())


def index(site: Site, *paths: str) -> bytes:
    rows = "".join(f"<sitemap><loc>{path if '://' in path else site.at(path)}</loc></sitemap>" for path in paths)
    return f"<sitemapindex {NAMES}>{rows}</sitemapindex>".encode()


def test_an_index_that_names_itself_or_another_host_leads_nowhere(site: Site, web: Web) -> None:
    site.answer("/a.xml", Answer(body=index(site, "/a.xml", "/b.xml", "https://elsewhere.example/c.xml", "file:///c")))
    site.answer("/b.xml", Answer(body=index(site, "/a.xml", "/b.xml")))
    found = read(site, "/a.xml", replace(READING, web=web))
    assert [each.message.partition(",")[0] for each in found if isinstance(each, Problem)] == [
        "it lists itself",
        *["it lists a sitemap that is not on its own host"] * 2,
        "it lists itself",
    ]
    assert dict(site.asked) == {"/a.xml": 1, "/b.xml": 1}


def test_too_many_sitemaps_are_told(site: Site, web: Web) -> None:
    site.answer("/a.xml", Answer(body=index(site, *[f"/s{number}.xml" for number in range(300)])))
    site.routes["/s"] = lambda _, __: Answer(body=urlset(loc("/x")).encode())
    found = read(site, "/a.xml", replace(READING, web=web))
    assert isinstance(found[-1], Problem)
    assert "101 were not asked for" in found[-1].message
    assert found[-1].incomplete
    assert sum(site.asked.values()) == 200


def test_one_that_fails_is_told_and_the_others_are_read(site: Site, web: Web) -> None:
    site.answer("/sitemaps/2024-10.xml", Answer(status=500))
    found = read(site, "/sitemap.xml", replace(READING, web=web))
    assert [each.where for each in found if isinstance(each, Problem)] == [site.at("/sitemaps/2024-10.xml")]
    assert len([each for each in found if isinstance(each, Sighting)]) == len(written())


@pytest.mark.parametrize(
    ("packed", "said"),
    [
        (gzip.compress(b"0" * 26_000_000), "unpacked it is larger than 25 MB"),
        (gzip.compress(urlset(loc("/a")).encode())[:-9], "it breaks off"),
        (b"\x1f\x8bnothing of the kind", "cannot be unpacked"),
    ],
)
def test_what_cannot_be_unpacked_is_told(tmp_path: Path, packed: bytes, said: str) -> None:
    (tmp_path / "sitemap.xml.gz").write_bytes(packed)
    settings = SourceSettings(name="quay", at="sitemap.xml.gz", kind="sitemap")
    [only] = open_source(settings, folder=tmp_path, reading=READING).documents()
    assert isinstance(only, Problem)
    assert said in only.message
    assert only.incomplete


def test_a_packed_file_is_read_as_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml.gz").write_bytes(gzip.compress(urlset(loc("/a")).encode()))
    settings = SourceSettings(name="quay", at="sitemap.xml.gz", kind="sitemap", section="Notes")
    source = open_source(settings, folder=tmp_path, reading=READING)
    [only] = source.documents()
    assert isinstance(only, Document)
    [found] = source.parse(only)
    assert isinstance(found, Sighting)
    assert (found.url, found.section, found.seen_at) == ("https://quay.example/a", "Notes", NOW)
