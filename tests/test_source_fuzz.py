"""No bytes make a parser raise, and what it gives is clean, sealed and dated with an aware instant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model.article import Problem, Sighting
from digest.sources.settings import Kind
from digest.text.clean import clean_text
from sources_making import STORY, document, parsed

PIECES = {
    "feed": [
        "<rss version='2.0'><channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "</link>", "<pubDate>",
        "</pubDate>", "<description>", "<![CDATA[", "]]>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>",
        "<media:content url='//[' medium='image'>", "<category/>", "2024-10-25", "&", "&amp;lt;", "<guid>",
        "<enclosure url='x'/>", "<author>", "<!ENTITY", "http://[", "</rss>",
    ],
    "page": [
        "<html lang='", "<script type='application/ld+json'>", '{"@type":"Article","headline":', "[[", "}",
        "<img src=x>", '{"@graph":[', "</script>", "<meta property='og:title' content='", "'>", "<h1>", "<p>", STORY,
        "<figure>", "<br>", "<a href='http://['>", "<figcaption>", "<time datetime='x' pubdate>", "<table><td>", "<li>",
        "<article>", "&#0;",
    ],
    "markdown": [
        "---\n", "+++\n", "title: ", "Title: x\n", "date: ", "2024-10-25", "image: {", "}", "[", "- ", "\n", "# ", "> ",
        "{{<", ">}}", "![a](", "http://[", ")", "<b>", "|a|\n|-|\n", "&a ", "*a ", "!!int x", "tags: ", STORY, "\t",
        ": ",
    ],
    "scrape": [
        "\n", "\n\n\n", "Follow us on social\n", "A headline of five words\n", "Notes\n", "A | B\n", STORY, "\n",
        "Top photo credit: x\n", "keep readingShow less\n", "|", "- ", "\x85", "“", ":",
    ],
}  # fmt: skip


def documents(kind: Kind) -> st.SearchStrategy[bytes]:
    """Bytes of all sorts: some at random, most put together from what the parser looks for."""
    pieces = st.lists(st.sampled_from(PIECES[kind]) | st.text(max_size=8), max_size=40).map("".join)
    return st.binary(max_size=200) | pieces.map(lambda text: text.encode(errors="ignore"))


def check(kind: Kind, body: bytes) -> None:
    for found in parsed(kind, document(body, url="file:a")):
        if isinstance(found, Problem):
            assert found.message
            assert not found.message.startswith("cannot be read: ")  # it came from an exception
        else:
            check_sighting(found)


def check_sighting(found: Sighting) -> None:
    assert found.title
    assert len(found.hash) == 64
    assert found.published is None or found.published.tzinfo
    texts = (
        found.title,
        found.dek,
        found.section,
        *found.authors,
        *found.tags,
        *(block.text for block in found.blocks),
    )
    assert [clean_text(text) for text in texts] == list(texts)


@pytest.mark.parametrize("kind", PIECES)
def test_the_pieces_make_articles(kind: Kind) -> None:
    whole = {
        "feed": "<rss version='2.0'><channel><item><title>T</title></item></channel></rss>",
        "page": f"<h1>T</h1><p>{STORY}</p>",
        "markdown": f"---\ntitle: T\n---\n{STORY}",
        "scrape": f"A headline of five words\n\n{STORY}",
    }
    [found] = parsed(kind, document(whole[kind]))
    assert isinstance(found, Sighting)


@settings(max_examples=100)
@given(documents("feed"))
def test_any_feed(body: bytes) -> None:
    check("feed", body)


@settings(max_examples=60)
@given(documents("page"))
def test_any_page(body: bytes) -> None:
    check("page", body)


@settings(max_examples=100)
@given(documents("markdown"))
def test_any_markdown(body: bytes) -> None:
    check("markdown", body)


@settings(max_examples=100)
@given(documents("scrape"))
def test_any_scrape(body: bytes) -> None:
    check("scrape", body)


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_of_any_kind(body: bytes) -> None:
    check("auto", body)
