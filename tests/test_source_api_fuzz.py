"""Whatever JSON an API answers, whatever a front page holds: clean sightings, rows of the report, no exception."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model.article import Problem
from digest.model.page import Page
from digest.sources.front import read_front
from digest.sources.settings import Kind
from digest.text.clean import clean_text
from sources_making import document, parsed
from test_source_fuzz import check_sighting

WORDPRESS = (
    *("id", "date", "date_gmt", "modified", "modified_gmt", "guid", "link", "title", "content", "excerpt", "type"),
    *("rendered", "protected", "status", "_embedded", "author", "wp:term", "wp:featuredmedia", "name", "taxonomy"),
    *("source_url", "media_details", "sizes", "width", "height", "image_meta", "credit", "caption", "alt_text"),
)
GHOST = (
    *("posts", "id", "title", "html", "url", "canonical_url", "visibility", "access", "tags", "authors", "name"),
    *("primary_tag", "published_at", "updated_at", "custom_excerpt", "feature_image", "feature_image_caption"),
)
TEXTS = st.text(max_size=8) | st.sampled_from(
    ["2024-10-25T17:30:00", "https://weir.example/a", "http://[", "<p>Tide", "<!--members-only-->", "Ada", "#x", "\x00"]
)


def anything(names: tuple[str, ...]) -> st.SearchStrategy[Any]:
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(names), inner, max_size=6),
        max_leaves=30,
    )


def posts(kind: Kind) -> st.SearchStrategy[bytes]:
    """Answers of an API: some of any shape, most as it answers but for what stands in the posts."""
    names = WORDPRESS if kind == "wordpress" else GHOST
    title: Any = {"rendered": "Tide"} if kind == "wordpress" else "Tide"
    post = st.dictionaries(st.sampled_from(names), anything(names), max_size=12).map(
        lambda said: {**said, "title": title}
    )
    listed = st.lists(post, max_size=3)
    whole = listed if kind == "wordpress" else listed.map(lambda found: {"posts": found})
    return (whole | anything(names)).map(lambda said: json.dumps(said).encode())


def check(kind: Kind, body: bytes) -> None:
    for found in parsed(kind, document(body, url="https://weir.example/api")):
        if isinstance(found, Problem):
            assert found.message
            assert not found.message.startswith("cannot be read: ")  # it came from an exception
        else:
            check_sighting(found)


@settings(max_examples=150)
@given(posts("wordpress"))
def test_any_answer_of_wordpress(body: bytes) -> None:
    check("wordpress", body)


@settings(max_examples=150)
@given(posts("ghost"))
def test_any_answer_of_ghost(body: bytes) -> None:
    check("ghost", body)


@pytest.mark.parametrize("kind", ["wordpress", "ghost"])
def test_answers_nested_beyond_all_measure_are_a_row(kind: Kind) -> None:
    [found] = parsed(kind, document("[" * 100_000, url="https://weir.example/api"))
    assert isinstance(found, Problem)
    assert found.incomplete


PIECES = st.sampled_from(
    [
        *("<html lang='", "'>", "<title>", "</title>", "<link rel=alternate type=application/rss+xml href='", "//["),
        *("<meta name=theme-color content='", "#0a6e5b", "<script type=application/ld+json>", '{"@type": "WebSite",'),
        *('"name": "x"}', '"logo": [', '{"@graph": [[', "</script>", "<meta property=og:site_name content='", " | "),
        *("<link rel=icon href='", "&#0;", "<base href='"),
    ]
)


@settings(max_examples=150)
@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join))
def test_any_front_page(html: str) -> None:
    front = read_front(Page(url="https://weir.example/", body=html.encode(errors="ignore")))
    assert clean_text(front.name) == front.name
    assert front.colour == "" or len(front.colour) == 7
    assert all(address.startswith("http") for address in front.feeds)
