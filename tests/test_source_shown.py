"""What a page shows around its headline: the headline itself, by-lines and dates, and pages whose markup is broken."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from digest.sources.authors import is_personal
from digest.sources.dating import in_its_zone
from digest.sources.markup.body import parse_html
from digest.sources.markup.mending import behind_headline, mend
from digest.sources.markup.shown import lines_in, lines_near, seen_text, short_text
from digest.sources.page.bylines import name_at_end, names_shown
from digest.sources.page.datelines import date_in_path, dates_shown
from digest.sources.page.headline import Titled, find_headline, is_site, without_site
from digest.sources.page.microdata import read_microdata
from digest.sources.page.written_by import Byline, written_by
from digest.sources.settings import Reading
from digest.text.dates import Moment

READING = Reading(zone=ZoneInfo("UTC"), now=datetime(2026, 1, 1, tzinfo=UTC))
PROSE = (
    "The tide went out at nine and the quay stayed dry until the evening bell rang twice over the empty basins. " * 3
)


def tree(body: str) -> Any:
    return parse_html(f"<html><head><title>t</title></head><body>{body}</body></html>")


def near(below: str, above: str = "") -> list[tuple[str, str]]:
    page = tree(f"{above}<h1>The gate</h1>{below}")
    return [(line.node.tag, line.text) for line in lines_near(page.find(".//h1"))]


def people(below: str, above: str = "") -> tuple[str, ...]:
    return names_shown(lines_near(tree(f"{above}<h1>The gate</h1>{below}").find(".//h1")))


def dates(below: str, above: str = "") -> list[str]:
    return list(dates_shown(lines_near(tree(f"{above}<h1>The gate</h1>{below}").find(".//h1"))))


def test_lines_end_where_the_story_begins() -> None:
    below = f"<p>Ann Roe</p><p>{PROSE}</p><div>{PROSE}<b>bold</b></div><p>{PROSE}</p><p>Ben Doe</p>"
    assert near(below) == [("p", "Ann Roe")]


def test_what_scripts_and_styles_hold_is_no_text() -> None:
    headline = "<h1>The<style>h1 {}</style> gate<script>track()</script><noscript>pixel</noscript> is shut</h1> for now"
    node = tree(headline).find(".//h1")
    assert seen_text(node) == "The gate is shut"
    assert (short_text(node), short_text(node, len("The gate is"))) == ("The gate is shut", None)


def test_lines_above_the_headline_come_last_and_the_nearest_first() -> None:
    assert near("<p>below</p>", "<p>far</p><div><p>near</p></div>")[:3] == [
        ("p", "below"),
        ("div", "near"),
        ("p", "far"),
    ]


def test_what_stands_elsewhere_is_no_line_near_the_headline() -> None:
    below = "<nav>Menu</nav><aside>Ad</aside><div class='related-posts'>By Eve Loe</div><script>x</script><p>Ann</p>"
    assert near(below) == [("p", "Ann")]


def test_a_deep_page_is_read_without_recursion() -> None:
    node = deep = etree.Element("div")
    for _ in range(3_000):
        node = etree.SubElement(node, "div")
    node.text = PROSE
    assert [line.text for line in lines_in(deep)] == [""]


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ("<p>By Ann Roe</p>", ("Ann Roe",)),
        ("<p>Written by: Ann Roe and Ben Doe | 25 October 2024</p>", ("Ann Roe", "Ben Doe")),
        ("<div><span>Written by</span> <span>Ann Roe</span></div>", ("Ann Roe",)),
        (f"<div>By</div><div>Ann Roe</div><p>{PROSE}</p>", ("Ann Roe",)),
        ("<div class='byline'><a href='/x'>Ann Roe</a></div>", ("Ann Roe",)),
        ("<div class='post-author'>Ann Roe</div><div class='post-author'>Ben Doe</div>", ("Ann Roe", "Ben Doe")),
        ("<div><a href='/authors/annroe'>annroe</a> · 25 October 2024</div>", ("annroe",)),
        ("<a rel='author' href='/a'>Ann Roe</a>", ("Ann Roe",)),
        ("<div>By Ann Roe</div><div>Medically reviewed by <a href='/authors/b'>Ben Doe</a></div>", ("Ann Roe",)),
        ("<div class='authorDate'>25 October 2024</div>", ()),
        ("<div class='byline'>Fri, 25 Oct 2024</div>", ()),
        ("<p>Reviewed by Ben Doe</p>", ()),
        ("<p>By the sea</p>", ()),
        ("<p>By Staff</p>", ()),
        ("<div class='author-bio'>Ann Roe writes about mud.</div>", ()),
    ],
)
def test_people_near_the_headline(below: str, names: tuple[str, ...]) -> None:
    assert people(below) == names


def test_people_above_the_headline() -> None:
    assert people(f"<p>{PROSE}</p>", "<div>by Ann Roe</div>") == ("Ann Roe",)


def test_one_author_at_the_end_is_believed_and_two_are_not() -> None:
    one = "<div class='author-name'>Ann Roe</div>"
    assert name_at_end(tree(f"<p>{PROSE}</p>{one}{one}")) == ("Ann Roe",)
    assert name_at_end(tree(f"<p>{PROSE}</p>{one}<a href='/author/b'>Ben Doe</a>")) == ()


@pytest.mark.parametrize(
    ("below", "days"),
    [
        ("<p>October 25, 2024</p>", ["2024-10-25"]),
        ("<p>Published: Friday, 25th October 2024, 5 min read</p>", ["2024-10-25"]),
        ("<p>By Ann Roe | 25.10.2024</p>", ["2024-10-25"]),
        ("<p>Ann Roe Oct. 25, 2024</p>", ["2024-10-25"]),
        ("<p>Publié le 25 octobre 2024 à 12:10</p>", ["2024-10-25"]),
        ("<p>Veröffentlicht am 25. März 2024</p>", ["2024-03-25"]),
        ("<p>2024-10-25</p>", ["2024-10-25"]),
        ("<p>10/11/2024</p>", ["10/11/2024"]),
        ("<time datetime='2024-10-25T17:30:00+01:00'>yesterday</time>", ["2024-10-25T17:30:00+01:00"]),
        ("<p>Updated October 26, 2024</p>", []),
        ("<p>Published October 25, 2024 · Updated October 26, 2024</p>", ["2024-10-25"]),
        ("<p>Updated October 26, 2024 · Published October 25, 2024</p>", ["2024-10-25"]),
        ("<div><b>Last updated</b> <time datetime='2024-10-26'>26 Oct</time></div>", []),
        ("<time class='updated' datetime='2024-10-26'>26 Oct</time>", []),
        ("<time class='entry-date updated published' datetime='2024-10-25'></time>x", []),
        ("<p><time class='entry-date updated published' datetime='2024-10-25'>25 Oct</time></p>", ["2024-10-25"]),
        ("<div class='modified'>October 26, 2024</div>", []),
        ("<p>Reviewed by Ben Doe October 25, 2024</p>", ["2024-10-25"]),
        ("<p>On October 25, 2024 the harbour was closed.</p>", []),
        ("<p>the gate shut on October 25, 2024</p>", []),
        ("<p>99.99.2024</p>", []),
        (f"<h2>What we know of the night of October 25, 2024</h2><p>{PROSE}</p>", []),
    ],
)
def test_dates_near_the_headline(below: str, days: list[str]) -> None:
    assert dates(below) == days


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://quay.example/2024/10/25/gate", "2024-10-25"),
        ("https://quay.example/2024/oct/5/gate", "2024-10-05"),
        ("https://quay.example/2024/10/gate", ""),
        ("https://quay.example/2024/13/45/gate", ""),
        ("https://quay.example/2024/xyz/25/gate", ""),
    ],
)
def test_the_day_in_an_address(url: str, day: str) -> None:
    assert date_in_path(url) == day


def test_a_headline_that_is_shown_is_believed_where_a_witness_says_much_the_same() -> None:
    page = tree("<h1>The Quay</h1><h1>Blog: The night that the tidal gate stayed shut</h1>")
    told = find_headline(page, [Titled("open-graph", "The night that the tidal gate stayed shut")], ["The Quay"])
    assert (told.text, told.witness) == ("The night that the tidal gate stayed shut", "open-graph")
    other = find_headline(page, [Titled("json-ld", "Why the tidal gate stayed shut all night")], ["The Quay"])
    assert (other.text, other.witness) == ("Blog: The night that the tidal gate stayed shut", "markup")


@pytest.mark.parametrize(
    ("heading", "title", "headline"),
    [
        ("Sign in to read", "The gate that stayed shut", "The gate that stayed shut"),
        ("THE GATE THAT STAYED SHUT", "The gate that stayed shut", "The gate that stayed shut"),
        ("Lessons of the shore", "Lessons of the shore: How the gate of the old harbour failed", ""),
        ("", "## The gate that stayed shut", "The gate that stayed shut"),
    ],
)
def test_headings_and_titles(heading: str, title: str, headline: str) -> None:
    said = [Titled("open-graph", title)]
    assert find_headline(tree(f"<h1>{heading}</h1>"), said, ["The Quay"]).text == (headline or title)


def test_without_another_witness_the_heading_goes_before_the_title_bar() -> None:
    page = tree("<h1>The gate</h1>")
    assert find_headline(page, [Titled("title", "Harbour news of today")], ["quay.example"]).text == "The gate"
    assert find_headline(tree(""), [Titled("title", "Harbour news")], []).text == "Harbour news"
    assert find_headline(tree(""), [], []).text == ""


def test_the_element_that_shows_the_headline_is_found_below_the_first_level() -> None:
    page = tree("<h1>The Quay</h1><h2>The gate that stayed shut</h2>")
    told = find_headline(page, [Titled("open-graph", "The gate that stayed shut | The Quay")], ["The Quay"])
    assert (told.text, told.node.tag) == ("The gate that stayed shut", "h2")


@pytest.mark.parametrize(
    ("title", "names", "plain"),
    [
        ("The gate | TQW", ["The Quay Weekly"], "The gate"),
        ("The gate | The Quay Weekly", ["tqw.example"], "The gate"),
        ("The gate - The Quay - A weekly of the shore", ["The Quay - A weekly of the shore"], "The gate"),
        ("The gate | Opinion", ["The Quay"], "The gate"),
        ("The gate - opinion", ["The Quay"], "The gate - opinion"),
        ("Gardens and gates", ["Gardens"], "Gardens and gates"),
        ("The Quay", ["The Quay"], ""),
        ("Tides: a life", ["The Quay"], "Tides: a life"),
    ],
)
def test_the_sites_name_is_cut(title: str, names: list[str], plain: str) -> None:
    assert without_site(title, names) == plain


def test_short_parts_are_no_sites() -> None:
    assert not is_site("UK", "uk.example")
    assert not is_site("Xylophone", "x.example")


@pytest.mark.parametrize(
    ("name", "personal"),
    [("Ann Roe", True), ("Ludwig van Roe", True), ("Harbour News", False), ("The Roes", False), ("quay", False)],
)
def test_a_sites_name_may_be_a_persons(name: str, personal: bool) -> None:  # noqa: FBT001 - a row of the table
    assert is_personal(name) is personal


def test_an_element_that_holds_the_page_is_no_menu() -> None:
    page = tree(f"<header><button>Menu<main><h1>The gate</h1>{'<p>x</p>' * 7}</main></button></header>")
    mend(page)
    assert not list(page.iter("button", "header"))
    plain = tree(f"<aside><p>x</p></aside>{'<p>x</p>' * 7}<form>{'<p>x</p>' * 9}</form>")
    mend(plain)
    assert [node.tag for node in plain.iter("aside", "form")] == ["aside"]


def test_what_stands_before_the_headline_goes_where_the_story_is_behind_it() -> None:
    page = tree(f"<div><p>A banner.</p></div><main><p>Ad</p><h1>The gate</h1>{'<p>x</p>' * 7}</main>")
    behind_headline(page, page.find(".//h1"))
    assert "banner" not in page.text_content()
    late = tree(f"{'<p>x</p>' * 7}<h1>The gate</h1><p>y</p>")
    behind_headline(late, late.find(".//h1"))
    assert len(list(late.iter("p"))) == 8


def test_a_day_is_that_of_the_pages_own_clock() -> None:
    found = Moment(instant=datetime(2024, 10, 26, 1, tzinfo=UTC), precision="instant")
    told = in_its_zone(found, ("2024-10-26T01:00:00Z", "2024-10-25T21:00:00-04:00"), READING)
    assert told.isoformat() == "2024-10-25T21:00:00-04:00"
    assert in_its_zone(found, ("2024-10-26", "never"), READING).isoformat() == "2024-10-26T01:00:00+00:00"


@pytest.mark.parametrize(
    ("stated", "shown", "witness", "names"),
    [
        (("Ann Roe",), "<p>By Ann Roe</p>", "json-ld", ("Ann Roe",)),
        (("Ann Roe",), "<p>By: Ben Doe</p>", "markup", ("Ben Doe",)),
        (("Ann Roe",), "<p>By Dr Ann Roe and Ben Doe</p>", "markup", ("Dr Ann Roe", "Ben Doe")),
        (("Ann Roe",), "<p>By Ann Roe and The Quay</p>", "json-ld", ("Ann Roe",)),
        (("Ann Roe",), "<p class='author'>Ben Doe</p>", "json-ld", ("Ann Roe",)),
        (("annroe",), "<p class='author'>Ann Roe</p>", "markup", ("Ann Roe",)),
        (("annroe",), "<p>Nobody</p>", "json-ld", ("annroe",)),
        (("The Quay",), "<p>Nobody</p>", "", ()),
        (("Quay",), "<a href='/author/q'>Quay</a>", "", ()),
        ((), f"<p>{PROSE}</p><div class='author-name'>Ann Roe</div>", "markup", ("Ann Roe",)),
    ],
)
def test_several_witnesses_of_who_wrote_it(
    stated: tuple[str, ...], shown: str, witness: str, names: tuple[str, ...]
) -> None:
    page = tree(f"<h1>The gate</h1>{shown}")
    near = tuple(lines_near(page.find(".//h1")))
    assert written_by([Byline("json-ld", stated)], page, near, ["The Quay", "quay.example"]) == (witness, names)


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<h1 itemprop='headline'>The gate</h1>", {"title": ("The gate",)}),
        ("<time itemprop='datePublished' datetime='2024-10-25'>Friday</time>", {"published": ("2024-10-25",)}),
        ("<meta itemprop='dateModified' content='2024-10-26'>", {"updated": ("2024-10-26",)}),
        ("<a itemprop='author' href='/a'>Ann Roe</a>", {"authors": ("Ann Roe",)}),
        (
            "<p><i itemprop='author'>Ann Roe</i> <i itemprop='author'>Ben Doe</i></p>",
            {"authors": ("Ann Roe", "Ben Doe")},
        ),
        ("<p><i itemprop='author'>Ann Roe</i></p><p><i itemprop='author'>Eve Loe</i></p>", {"authors": ("Ann Roe",)}),
        ("<b itemprop='author' itemscope><i itemprop='name'>Ann Roe</i>, editor</b>", {"authors": ("Ann Roe",)}),
        ("<div class='comments'><i itemprop='author'>Ann Roe</i></div>", {}),
        ("<div itemscope itemtype='x/Comment'><i itemprop='datePublished'>now</i></div>", {}),
    ],
)
def test_microdata_of_an_article(markup: str, said: dict[str, tuple[str, ...]]) -> None:
    scope = "itemscope itemtype='https://schema.org/NewsArticle'"
    assert read_microdata(tree(f"<div {scope}>{markup}</div>")) == said
    assert read_microdata(tree(f"<div itemscope itemtype='https://schema.org/WebPage'>{markup}</div>")) == {}
