"""What a front page says of its site, and which way into a site is the best."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.model.page import Page
from digest.pipeline.founding import quoted
from digest.pipeline.founding.proposing import sources
from digest.pipeline.founding.scouting import Scouted
from digest.pipeline.founding.weighing import Weighed, best, is_short
from digest.sources.front import Front, read_front

NOW = datetime(2024, 10, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def front(html: str) -> Front:
    return read_front(Page(url="https://weir.example/", body=html.encode()))


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ('<meta property="og:site_name" content="Lock &amp; Weir"><title>Home</title>', "Lock & Weir"),
        ('<meta name="application-name" content="Weir"><title>Other</title>', "Weir"),
        ("<title>Home | Lock &amp; Weir</title>", "Lock & Weir"),
        ("<title>Lock &amp; Weir: rivers and canals</title>", "Lock & Weir"),
        ("<title>Lock-keepers – weekly</title>", "Lock-keepers"),
        ('<script type="application/ld+json">{"@graph": [{"@type": ["WebSite"], "name": "Weir"}]}</script>', "Weir"),
        ('<script type="application/ld+json">{"@type": "Person", "name": "Ada"}</script><title>Weir</title>', "Weir"),
        ('<script type="application/ld+json">{broken</script><title>Weir</title>', "Weir"),
        ('<script type="application/ld+json">[1, {"mainEntity": {"@type": "Blog", "name": "Weir"}}]</script>', "Weir"),
        ("<title>Home</title>", ""),
        ("<p>", ""),
        ("", ""),
    ],
)
def test_a_site_is_called_what_it_calls_itself(html: str, name: str) -> None:
    assert front(html).name == name


@pytest.mark.parametrize(
    ("said", "colour"),
    [("#0A6E5B", "#0a6e5b"), ("#fa0", "#ffaa00"), ("teal", ""), ("#0a6e5b;x", ""), ("#12345", "")],
)
def test_a_colour_is_taken_where_it_is_plain(said: str, colour: str) -> None:
    assert front(f'<meta name="Theme-Color" content="{said}">').colour == colour


def test_feeds_of_stories_alone_are_taken_each_once_in_the_pages_order() -> None:
    def link(href: str, kind: str, title: str = "", rel: str = "alternate") -> str:
        return f'<link rel="{rel}" type="{kind}" href="{href}" title="{title}">'

    html = (
        link("/rss", "application/rss+xml; charset=utf-8"),
        link("/comments/feed", "application/rss+xml"),
        link("/all", "application/rss+xml", "Lock & Weir Comments Feed"),
        link("/feed.json", "application/feed+json"),
        link("/rss", "application/rss+xml"),
        link("/de", "text/html"),
        link("/print", "application/atom+xml", rel="stylesheet"),
        link("#", "application/atom+xml"),
        link("javascript:x", "application/atom+xml", rel="ALTERNATE home"),
    )
    assert front("".join(html)).feeds == ("https://weir.example/rss", "https://weir.example/feed.json")


def test_pictures_of_the_site_have_whole_addresses() -> None:
    logo = '<script type="application/ld+json">{"@type": "Organization", "logo": "/logo.svg"}</script>'
    icons = '<link rel="icon" href="/i.ico"><link rel="apple-touch-icon" href="/touch.png">'
    found = front(logo + icons)
    assert (found.logo, found.icon) == ("https://weir.example/logo.svg", "https://weir.example/touch.png")


def test_a_long_description_is_no_tagline() -> None:
    assert front(f'<meta name="description" content="{"Rivers. " * 20}">').tagline == ""
    assert front('<meta name="description" content="Rivers, weekly">').tagline == "Rivers, weekly"


FEED = Weighed(kind="feed", url="f", items=10, dated=10, whole=10, oldest=NOW - 20 * DAY, newest=NOW)
MAP = Weighed(kind="sitemap", url="s", items=200, dated=200)
API = Weighed(kind="wordpress", url="w", items=40, dated=40, whole=40)
SHORT = replace(FEED, oldest=NOW - 5 * DAY)


@pytest.mark.parametrize(
    ("found", "taken"),
    [
        ([FEED, MAP, API], [API]),
        ([FEED, MAP, replace(API, items=0)], [FEED]),
        ([FEED, replace(API, dated=0)], [FEED]),
        ([SHORT, MAP], [SHORT, MAP]),
        ([SHORT, replace(MAP, items=9)], [SHORT]),
        ([SHORT, replace(MAP, items=0)], [SHORT]),
        ([replace(FEED, whole=0, items=90, dated=90), FEED], [FEED]),
        ([replace(FEED, dated=0), replace(FEED, whole=0)], [replace(FEED, whole=0)]),
        ([FEED, replace(FEED, url="g")], [FEED]),
        ([FEED, replace(FEED, url="g", sections=("Reports",))], [replace(FEED, url="g", sections=("Reports",))]),
        ([MAP, replace(MAP, dated=0, items=900)], [MAP]),
        ([replace(FEED, items=0), replace(MAP, items=0)], []),
        ([], []),
    ],
)
def test_the_best_way_is_the_one_that_gives_most(found: list[Weighed], taken: list[Weighed]) -> None:
    assert list(best(found, NOW)) == taken


def test_a_feed_without_dates_may_reach_back_or_not() -> None:
    assert is_short(replace(FEED, oldest=None), NOW)
    assert not is_short(FEED, NOW)


def test_a_text_is_quoted_as_toml_wants_it() -> None:
    assert quoted('a "b" \\ c\nd\x7f') == '"a \\"b\\" \\\\ c\\U0000000ad\\U0000007f"'


def test_what_a_site_says_of_itself_stays_a_comment() -> None:
    broken = Weighed(kind="feed", url="https://weir.example/feed", problem='odd\n[[sources]]\nname = "theirs"')
    lines = list(sources(Scouted(site="https://weir.example", found=(broken,)), NOW))
    told = tomllib.loads("\n".join(lines))
    assert told == {}
    assert any("theirs" in line for line in lines)
