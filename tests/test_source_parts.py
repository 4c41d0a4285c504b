"""The small parts that sources share: names out of by-lines, kinds, blocks."""

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.article import Block, Image
from digest.sources.authors import authors
from digest.sources.kinds import binary, kind_of
from digest.sources.markup.body import absolute, parse_html, read_tree
from digest.sources.markup.figures import first_picture, size, split_caption
from digest.text.urls import host
from sources_making import document


@pytest.mark.parametrize(
    ("bylines", "names"),
    [
        (["By Ann Roe"], ("Ann Roe",)),
        (["Ann Roe, Ben Doe and Cy Poe"], ("Ann Roe", "Ben Doe", "Cy Poe")),
        (["Ann Roe & Ben Doe; Cy Poe"], ("Ann Roe", "Ben Doe", "Cy Poe")),
        (["Ann Roe", "ann roe", "Ben Doe"], ("Ann Roe", "Ben Doe")),
        (["ann@quay.example (Ann Roe)"], ("Ann Roe",)),
        (["Written by: Ann Roe @annroe https://quay.example/ann"], ("Ann Roe",)),
        (["Ann Roe, Jr., Ben Doe III, MD"], ("Ann Roe Jr.", "Ben Doe III")),
        (["Ann Roe, Senior Editor at The Quay"], ("Ann Roe",)),
        (["Staff", "admin", "Staff Writer", "Our readers", "Readers", "various authors"], ()),
        (["Ann Roe, Ben Doe, and Cy Poe"], ("Ann Roe", "Ben Doe", "Cy Poe")),
        (["Lee, Ann"], ("Ann Lee",)),
        (["By O’Hara-Lee, Zoë (zoe@quay.media)"], ("Zoë O’Hara-Lee",)),
        (["Lee, Ann, Poe"], ("Lee", "Ann", "Poe")),
        (["Lee, Jr"], ("Lee Jr",)),
        (["Lee, Editor"], ("Lee",)),
        (["AFP, Lee"], ("AFP", "Lee")),
        (["Ann Lee, Bob"], ("Ann Lee", "Bob")),
        (["bob@gaz.media(Bob Roe)", "<eve@quay.technology> Eve Loe"], ("Bob Roe", "Eve Loe")),
        (["José Ortega y Gasset und Byron Sandberg"], ("José Ortega y Gasset", "Byron Sandberg")),
        (["村上 美咲", "Ζωή Καλογερά"], ("村上 美咲", "Ζωή Καλογερά")),
        (["Ann Roe &amp; <b>Ben Doe</b>"], ("Ann Roe", "Ben Doe")),
        (["", "—", "12", "x" * 61], ()),
    ],
)
def test_people_out_of_bylines(bylines: list[str], names: tuple[str, ...]) -> None:
    assert authors(bylines) == names


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_byline_gives_names_without_addresses(bylines: list[str]) -> None:
    names = authors(bylines)
    assert all(any(char.isalpha() for char in name) for name in names)
    assert len({name.casefold() for name in names}) == len(names)


@pytest.mark.parametrize(
    ("url", "body", "media_type", "kind"),
    [
        ("file:a.txt", "<rss>", "", "scrape"),
        ("file:a.md", "<html>", "", "markdown"),
        ("file:a.html", "x", "", "page"),
        ("file:a.xml", "<!DOCTYPE html><html>", "", "page"),
        ("file:a.xml", "<?xml?><other>", "", "feed"),
        ("https://a.example/feed", "<?xml?><rss version='2.0'>", "text/html", "feed"),
        ("https://a.example/feed", "<?xml?><feed xmlns='x'>", "", "feed"),
        ("https://a.example/feed", "{}", "application/rss+xml", "feed"),
        ("https://a.example/x?y=a.md", "<HTML>", "", "page"),
        ("https://a.example/x", "words", "text/html", "page"),
        ("file:x", "---\ntitle: a\n---\n", "", "markdown"),
        ("file:x", "words", "", "scrape"),
    ],
)
def test_kinds(url: str, body: str, media_type: str, kind: str) -> None:
    assert kind_of(document(body, url, media_type=media_type)) == kind


@pytest.mark.parametrize(
    ("body", "charset", "what"),
    [
        (b"\x89PNG\r\n", "", "a picture"),
        (b"PK\x03\x04", "", "a ZIP archive or an office document"),
        (b"a\x00b", "", "binary data"),
        (b"\xff\xfea\x00", "", ""),
        (b"a\x00b\x00", "utf-16-le", ""),
        (b"words", "", ""),
    ],
)
def test_what_is_no_text(body: bytes, charset: str, what: str) -> None:
    assert binary(document(body, charset=charset)) == what


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("One<br>line<br><br>Two", [("paragraph", "One line"), ("paragraph", "Two")]),
        ("<br><br>One", [("paragraph", "One")]),
        ("<div>One<p>Two</p>three</div>four", [("paragraph", each) for each in ("One", "Two", "three", "four")]),
        (
            "<ul><li>One<ul><li><p>Two</p></li></ul>three</li></ul>",
            [("item", each) for each in ("One", "Two", "three")],
        ),
        ("<blockquote><h3>One</h3><p>Two</p></blockquote>", [("heading", "One"), ("quote", "Two")]),
        ("<p>O<b>n</b>e<!-- x --> <script>x</script>two</p>", [("paragraph", "One two")]),
        ("<table><tr><td>One</td><td></td><td>two</td></tr></table>", [("paragraph", "One | | two")]),
        ("<p>Advertisement</p><p>One</p>", [("paragraph", "One")]),
        ("<aside>Not</aside><nav>this</nav><p>One</p>tail", [("paragraph", "One"), ("paragraph", "tail")]),
        ("<p>&lt;b&gt; &amp;amp;</p>", [("paragraph", "<b> &amp;")]),
    ],
)
def test_markup_becomes_blocks(markup: str, blocks: list[tuple[str, str]]) -> None:
    body = read_tree(parse_html(markup), "https://quay.example/")
    assert [(block.kind, block.text) for block in body.blocks] == blocks


def test_links_keep_their_words_and_lead_somewhere() -> None:
    markup = "<p><a href='/a#b'>A <b>b</b></a> <a href='#note'>1</a> <a href='mailto:x@y.z'>m</a> <a href='http://[x'>n</a></p>"
    [block] = read_tree(parse_html(markup), "https://quay.example/x").blocks
    assert [(link.text, link.url) for link in block.links] == [("A b", "https://quay.example/a#b")]


def test_a_link_around_two_paragraphs_belongs_to_the_last() -> None:
    first, second = read_tree(parse_html("<a href='/a'><div>One</div>Two</a>"), "https://quay.example/").blocks
    assert (first, second.text, second.links[0].text) == (Block(text="One"), "Two", "Two")


def test_a_very_deep_page_is_read_without_recursion() -> None:
    body = read_tree(parse_html("<div>" * 100_000 + "One" + "</div>" * 100_000 + "<p>Two</p>"), "")
    assert all(block.text in {"One", "Two"} for block in body.blocks)


def test_nothing_comes_of_nothing() -> None:
    assert parse_html("") is None
    assert read_tree(None, "").blocks == ()
    assert first_picture(None, "") is None


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("The quay at dawn. Photo: Di Moe", "The quay at dawn.", "Di Moe"),
        ("The quay (Photo by Di Moe)", "The quay", "Di Moe"),
        ("© Di Moe/Quay", "", "Di Moe/Quay"),
        ("A photo of the quay", "A photo of the quay", ""),
        ("Photo by photo, the quay. Credit: Di", "Photo by photo, the quay.", "Di"),
        ("", "", ""),
    ],
)
def test_captions_and_credits(text: str, caption: str, credit: str) -> None:
    assert split_caption(text) == (caption, credit)


@pytest.mark.parametrize(
    ("stated", "pixels"), [("640", 640), (" 48px ", 48), ("100%", 0), ("", 0), (None, 0), ("٣", 0)]
)
def test_sizes(stated: str | None, pixels: int) -> None:
    assert size(stated) == pixels


def test_the_picture_of_a_given_name_is_found_whatever_its_size() -> None:
    tree = parse_html("<img src='/a.jpg'><img src='/i/b-300x200.jpg?w=3' alt=' B '>")
    assert first_picture(tree, "https://q.example/", like="https://cdn.example/b.jpg") == Image(
        url="https://q.example/i/b-300x200.jpg?w=3", alt="B"
    )
    assert first_picture(tree, "https://q.example/", like="https://cdn.example/c.jpg") is None


@pytest.mark.parametrize(
    ("href", "url"), [(" /a ", "https://q.example/a"), ("", ""), ("data:x", ""), ("https://[", "")]
)
def test_addresses(href: str, url: str) -> None:
    assert absolute(href, "https://q.example/") == url


ADDRESS = st.from_regex(
    r"https?://[a-z0-9-]{1,5}(\.[a-z0-9-]{1,5}){0,2}(/[\w\-.~/]{0,12})?(\?[\w=&%;+]{0,9})?(#\w{0,3})?", fullmatch=True
)


@given(href=ADDRESS, base=st.sampled_from(["https://x.example/a/b", "http://x.example", ""]))
def test_a_whole_address_is_the_same_whatever_the_base(href: str, base: str) -> None:
    assert absolute(href, base) == (urljoin(base, href) if host(href) else "")
