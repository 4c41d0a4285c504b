"""`digest init --site`: a newsroom from a look at a site, that works at once; over loopback."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from running import Done, digest
from site_apis import Ghost, WordPress
from site_articles import LATEST, generated
from site_of_its_own import Answer, Site, magazine

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HTML = {"Content-Type": "text/html; charset=utf-8"}
WEEK = ("--week", "2024-W43")
HEAD = (
    '<html lang="en-GB"><head><title>Home | Lock &amp; Weir</title><meta name="theme-color" content="#0a6e5b">'
    '<meta name="description" content="Rivers and canals, weekly"><link rel="icon" href="/icon.png">'
    '<script type="application/ld+json">{"@type": "WebSite", "publisher": {"@type": "Organization", '
    '"name": "Lock & Weir", "logo": {"url": "/logo.png"}}}</script>'
)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site whose front page names no feed, and that has nothing but pages."""
    with magazine(generated(30)) as site:
        for path in (
            "/feed/",
            "/feed.xml",
            "/atom.xml",
            "/feed.json",
            "/sitemap.xml",
            "/news-sitemap.xml",
            "/robots.txt",
        ):
            site.answer(path, Answer(status=404))
        front(site)
        yield site


def front(site: Site, head: str = "") -> None:
    site.answer(
        "/", Answer(body=f"{HEAD}{head}</head><body><h1>Lock &amp; Weir</h1></body></html>".encode(), headers=HTML)
    )


def offered(site: Site, path: str, kind: str = "application/rss+xml", title: str = "Stories") -> str:
    site.answers.pop(path, None)
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{path}">'


def init(site: Site, folder: Path, *arguments: str) -> Done:
    with time_machine.travel(LATEST + HOUR, tick=True):
        return digest(folder, "init", "--site", site.base, *arguments)


def config(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "digest.toml").read_text(encoding="utf-8"))


def comments(folder: Path) -> str:
    lines = (folder / "digest.toml").read_text(encoding="utf-8").splitlines()
    return " ".join(line.removeprefix("#").strip() for line in lines if line.startswith("#"))


def sources(folder: Path) -> list[tuple[str, str]]:
    return [(source["kind"], source["url"]) for source in config(folder).get("sources", [])]


def works(folder: Path) -> None:
    """Ingest and build: the week has stories."""
    with time_machine.travel(LATEST + HOUR, tick=True):
        read = digest(folder, "ingest", "--json")
        assert read.code == 0, read.err
        built = digest(folder, "build", *WEEK, "--json")
    assert built.code == 0, built.err
    assert built.data["stories"] > 5


def test_of_a_wordpress_its_api_is_taken(site: Site, tmp_path: Path) -> None:
    WordPress(site)
    index = {"name": "Lock &amp; Weir", "description": "Slow water", "timezone_string": "Europe/Lisbon"}
    own = site.routes["/wp-json/"]
    site.routes["/wp-json/"] = lambda path, query: json(index) if path == "/wp-json/" else own(path, query)
    front(site, offered(site, "/feed.xml"))
    done = init(site, tmp_path)
    assert (done.code, done.err) == (0, "")
    assert sources(tmp_path) == [("wordpress", f"{site.base}/")]
    made = config(tmp_path)["magazine"]
    assert (made["name"], made["tagline"], made["zone"]) == ("Lock & Weir", "Slow water", "Europe/Lisbon")
    assert (made["language"], made["accent"], made["url"]) == ("en-GB", "#0a6e5b", f"{site.base}/")
    assert made["logo"] == f"{site.base}/logo.png"
    told = comments(tmp_path)
    assert "WordPress's API gives most: 30 stories, 2024-10-21 to 2024-10-25, whole texts, 3 sections." in told
    assert f"Also found: - feed, {site.base}/feed.xml: 10 stories" in told
    assert 'name = "Reports"' in told
    assert "taken: wordpress" in done.out
    assert "next: digest build --week" in done.out
    works(tmp_path)


def json(said: object) -> Answer:
    import json as library  # noqa: PLC0415 - its name is taken here

    return Answer(body=library.dumps(said).encode(), headers={"Content-Type": "application/json"})


def test_a_short_feed_is_taken_with_the_sitemap_beside_it(site: Site, tmp_path: Path) -> None:
    front(site, offered(site, "/feed.xml") + offered(site, "/comments.xml", title="Comments"))
    site.answer("/robots.txt", Answer(body=f"user-agent: *\nSITEMAP: {site.base}/sitemap.xml\n".encode()))
    for path in ("/sitemap.xml", "/news-sitemap.xml"):
        site.answers.pop(path)
    assert init(site, tmp_path).code == 0
    assert sources(tmp_path) == [("feed", f"{site.base}/feed.xml"), ("sitemap", f"{site.base}/sitemap.xml")]
    told = comments(tmp_path)
    assert "The site's feed: 10 stories, 2024-10-24 to 2024-10-25, whole texts, 3 sections." in told
    assert "a missed reading would lose stories" in told
    assert "/comments.xml" not in site.asked
    works(tmp_path)


def test_a_feed_that_reaches_back_is_enough(site: Site, tmp_path: Path) -> None:
    site.pieces[:] = [replace(each, published=LATEST - place * 2 * DAY) for place, each in enumerate(site.pieces)]
    front(site, offered(site, "/feed.xml"))
    site.answers.pop("/sitemap.xml")
    site.answers.pop("/news-sitemap.xml")
    assert init(site, tmp_path).code == 0
    assert sources(tmp_path) == [("feed", f"{site.base}/feed.xml")]
    assert f"Also found: - sitemap, {site.base}/" in comments(tmp_path)


def test_the_fuller_of_two_feeds_is_taken(site: Site, tmp_path: Path) -> None:
    atom = offered(site, "/atom.xml", "application/atom+xml")
    front(site, offered(site, "/excerpts.xml") + atom)
    assert init(site, tmp_path).code == 0
    assert sources(tmp_path) == [("feed", f"{site.base}/atom.xml")]
    told = comments(tmp_path)
    assert f"- feed, {site.base}/excerpts.xml: 10 stories, 2024-10-24 to 2024-10-25, 0 whole texts" in told
    assert "run digest ingest at least every few days" in told


def test_a_feed_of_excerpts_is_taken_where_there_is_no_other(site: Site, tmp_path: Path) -> None:
    front(site, offered(site, "/excerpts.xml"))
    assert init(site, tmp_path).code == 0
    assert "Where it has no whole text, the story's own page is read." in comments(tmp_path)


def test_a_feed_at_a_usual_place_is_found(site: Site, tmp_path: Path) -> None:
    site.answers.pop("/feed/")
    assert init(site, tmp_path).code == 0
    assert sources(tmp_path) == [("feed", f"{site.base}/feed/")]
    works(tmp_path)


def test_a_sitemap_alone_is_taken(site: Site, tmp_path: Path) -> None:
    site.answers.pop("/news-sitemap.xml")
    assert init(site, tmp_path).code == 0
    assert sources(tmp_path) == [("sitemap", f"{site.base}/news-sitemap.xml")]
    assert "The site has no feed; its sitemap lists the stories (30 stories" in comments(tmp_path)


def test_what_two_sitemaps_list_is_counted_once(site: Site, tmp_path: Path) -> None:
    """An index lists each story with its month, and the new ones once more among the news."""
    site.answers.clear()
    front(site)
    assert init(site, tmp_path).code == 0
    assert "sitemap (30 stories, 2024-10-21 to 2024-10-25): the feed alone" in comments(tmp_path)


def test_a_story_that_is_planned_has_a_date_and_is_not_the_newest(site: Site, tmp_path: Path) -> None:
    site.publish(replace(site.pieces[0], number=9_000, slug="planned", published=LATEST + 9 * DAY))
    front(site, offered(site, "/feed.xml"))
    assert init(site, tmp_path).code == 0
    assert "The site's feed: 10 stories, 2024-10-24 to 2024-10-25, whole texts" in comments(tmp_path)


def test_where_a_sitemap_says_no_date_the_pages_do(site: Site, tmp_path: Path) -> None:
    site.answers.pop("/sitemap.xml")
    index = site.answered("/sitemaps/2024-10.xml")
    site.answer("/sitemap.xml", index)
    assert init(site, tmp_path).code == 0
    assert "lists the stories (30 stories, 30 dated by their pages)" in comments(tmp_path)


def ghostly(site: Site) -> str:
    return '<meta name="generator" content="Ghost 6.65">' + offered(site, "/feed.xml")


def test_of_a_ghost_the_feed_is_taken_and_the_way_to_its_api_told(site: Site, tmp_path: Path) -> None:
    Ghost(site)
    front(site, ghostly(site))
    done = init(site, tmp_path)
    assert sources(tmp_path) == [("feed", f"{site.base}/feed.xml")]
    told = comments(tmp_path)
    assert "This is a Ghost, whose API has all stories" in told
    assert f'kind = "ghost", url = "{site.base}/", key = "GHOST_KEY"' in told
    assert "This is a Ghost" in done.out


def test_of_a_ghost_with_a_key_its_api_is_taken(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cms = Ghost(site)
    front(site, ghostly(site))
    monkeypatch.setenv("GHOST_KEY", cms.key)
    done = init(site, tmp_path, "--json")
    assert config(tmp_path)["sources"] == [
        {"name": "site", "kind": "ghost", "url": f"{site.base}/", "key": "GHOST_KEY"}
    ]
    assert cms.key not in (tmp_path / "digest.toml").read_text(encoding="utf-8") + done.out + done.err
    works(tmp_path)


def test_behind_a_front_page_that_is_not_ghosts_own_its_api_is_found_by_its_key(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cms = Ghost(site)
    front(site, offered(site, "/feed.xml"))
    monkeypatch.setenv("GHOST_KEY", cms.key)
    init(site, tmp_path)
    assert sources(tmp_path) == [("ghost", f"{site.base}/")]


def test_a_key_of_another_site_is_no_word_about_this_one(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    front(site, offered(site, "/feed.xml"))
    monkeypatch.setenv("GHOST_KEY", "11111111111111111111111111")
    init(site, tmp_path)
    assert sources(tmp_path) == [("feed", f"{site.base}/feed.xml")]
    assert "Ghost" not in comments(tmp_path)


def test_a_site_without_an_address_is_refused(tmp_path: Path) -> None:
    done = digest(tmp_path, "init", "--site", "")
    assert done.code == 2
    assert "--site: not a URL: ''" in done.err
    assert not (tmp_path / "digest.toml").exists()


def test_of_a_ghost_with_a_wrong_key_the_feed_is_taken(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Ghost(site)
    front(site, ghostly(site))
    monkeypatch.setenv("GHOST_KEY", "11111111111111111111111111")
    init(site, tmp_path)
    assert sources(tmp_path) == [("feed", f"{site.base}/feed.xml")]
    assert "Ghost's API" in comments(tmp_path)
    assert "Unknown Content API Key" in comments(tmp_path)


def test_of_a_site_with_nothing_a_newsroom_is_made_all_the_same(site: Site, tmp_path: Path) -> None:
    done = init(site, tmp_path, "paper")
    assert done.code == 0
    assert "warning: no feed, no API and no sitemap with articles was found" in done.err
    assert "next: name your sources in it, then: cd " in done.out
    assert sources(tmp_path / "paper") == []
    assert "No feed, no API and no sitemap with articles was found at this site." in comments(tmp_path / "paper")
    assert digest(tmp_path / "paper", "sources").code == 0


def test_a_magazine_that_has_fallen_asleep_is_told(site: Site, tmp_path: Path) -> None:
    site.pieces[:] = [replace(each, published=each.published - 200 * DAY) for each in site.pieces]
    WordPress(site)
    assert init(site, tmp_path).code == 0
    assert sources(tmp_path) == [("wordpress", f"{site.base}/")]
    assert "Nothing newer was found: is the magazine still published there?" in comments(tmp_path)


def test_what_is_given_goes_before_what_is_found(site: Site, tmp_path: Path) -> None:
    init(site, tmp_path, "--name", "The Weir", "--zone", "Asia/Tokyo", "--sends", "Monday")
    made = config(tmp_path)
    assert (made["magazine"]["name"], made["magazine"]["zone"]) == ("The Weir", "Asia/Tokyo")
    assert made["week"]["starts"] == "monday 12:00"


def test_json_tells_all_that_was_found(site: Site, tmp_path: Path) -> None:
    WordPress(site)
    front(site, offered(site, "/feed.xml"))
    data = init(site, tmp_path, "--json").data
    assert data["name"] == "Lock & Weir"
    assert [each["kind"] for each in data["site"]["found"]] == ["wordpress", "feed"]
    assert [(each["kind"], each["items"], each["whole"]) for each in data["site"]["best"]] == [("wordpress", 30, 30)]
    assert data["site"]["icon"] == f"{site.base}/icon.png"


def test_what_a_site_says_cannot_write_into_the_configuration(site: Site, tmp_path: Path) -> None:
    evil = 'A"\n[mailer]\nservice = "brevo"\\ {x}\u2028'
    own = WordPress(site).pretty_route
    told = {"name": evil, "description": '"""\n{url}', "timezone_string": "../../etc/passwd", "site_icon_url": 7}
    site.routes["/wp-json/"] = lambda path, query: json(told) if path == "/wp-json/" else own(path, query)
    page = (
        '<html lang="x&quot;y"><meta name=theme-color content="red;#fff"><link rel=alternate type=application/rss+xml'
    )
    feed = f'{page} href="/a&quot;b&#10;[x].xml">'
    site.answer("/", Answer(body=feed.encode(), headers=HTML))
    assert init(site, tmp_path).code == 0
    made = config(tmp_path)
    assert set(made) == {"schema", "magazine", "week", "sources", "selection", "pictures", "newsletters", "mailer"}
    assert made["mailer"] == {}
    assert made["magazine"]["name"] == 'A" [mailer] service = "brevo"\\ {x}'
    assert (made["magazine"]["tagline"], made["magazine"]["language"]) == ('""" {url}', "en-GB")
    assert "accent" not in made["magazine"]


def test_a_pale_colour_is_no_accent(site: Site, tmp_path: Path) -> None:
    site.answer("/", Answer(body=b'<html><meta name="theme-color" content="#FFF"><p>x</p></html>', headers=HTML))
    init(site, tmp_path)
    assert "accent" not in config(tmp_path)["magazine"]


def test_a_site_that_cannot_be_had_makes_no_newsroom(site: Site, tmp_path: Path) -> None:
    site.answer("/", Answer(status=500))
    done = init(site, tmp_path)
    assert done.code == 1
    assert "the server answered 500" in done.err
    assert not (tmp_path / "digest.toml").exists()


def test_a_newsroom_that_is_there_is_said_before_anything_is_asked(site: Site, tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text("")
    done = init(site, tmp_path)
    assert (done.code, "there is a newsroom here already" in done.err) == (2, True)
    assert not site.asked


def test_what_is_no_address_is_refused(tmp_path: Path) -> None:
    done = digest(tmp_path, "init", "--site", "lockandweir")
    assert (done.code, "--site: not a URL: 'lockandweir'" in done.err) == (2, True)


def test_a_site_may_be_named_as_people_name_it(tmp_path: Path) -> None:
    done = digest(tmp_path, "init", "--site", "lockandweir.invalid")
    assert (done.code, "https://lockandweir.invalid: " in done.err) == (1, True), done.err
    done = digest(tmp_path, "init", "--sample", "--site", "https://lockandweir.example")
    assert (done.code, "does not go with --sample" in done.err) == (2, True)
