"""What pages do beside the rules: text that stands in no paragraph, headings that are none, dates in titles."""

from datetime import UTC, datetime

import pytest

from digest.model.article import Cut
from digest.sources.markup.body import parse_html, read_tree
from digest.sources.markup.mending import with_paragraphs
from sources_making import STORY
from test_source_page import OTHER, ld, page, read

HEADLINE = "<h1>The gate that stayed shut</h1>"
LINKED = 'The harbour office, which <a href="/who">nobody</a> has seen open since spring, kept the <b>gate</b> shut.'
ANN = '<a href="/author/ann">Ann Roe</a>'
PLAIN = "The harbour office, which nobody has seen open since spring, kept the gate shut."


@pytest.mark.parametrize(
    "body",
    [
        f"<div><div>An old photograph</div>{LINKED}<p>{STORY}</p><p>{OTHER}</p></div>",
        f"<p><div>An old photograph</div>{LINKED}</p><p>{STORY}</p><p>{OTHER}</p>",
        f"<div>{LINKED}<br><br>{STORY}<br/> <br/>{OTHER}<div>The end</div></div>",
        f"<p>{LINKED}<br><br>{STORY}<br><br>{OTHER}</p>",
        f"<table><tr><td>{LINKED}<p>{STORY}</p>{OTHER}</td></tr></table>",
    ],
)
def test_text_that_stands_loose_in_a_box_is_a_paragraph_with_its_links(body: str) -> None:
    found = read(page(before=HEADLINE, body=body))
    assert [block.text for block in found.blocks if block.text in {PLAIN, STORY, OTHER}] == [PLAIN, STORY, OTHER]
    assert not any("nobodyhas" in block.text or block.text.startswith("nobody") for block in found.blocks)


@pytest.mark.parametrize(
    "mark",
    ['<span data-page="7"></span>', "<em> </em>", '<a name="top"></a>', "<strong></strong><i></i>", "<sup></sup>"],
)
def test_no_text_is_lost_behind_an_empty_mark_and_no_gap_is_closed(mark: str) -> None:
    text = PLAIN.replace("office, which", f"office, {mark}which")
    linked = text.replace("nobody", '<a href="/who">nobody</a>')
    found = read(page(before=HEADLINE, body=f"<p>{linked}</p><p>{STORY}</p><p>{OTHER}</p>"))
    assert [block.text for block in found.blocks] == [PLAIN, STORY, OTHER]


@pytest.mark.parametrize(
    ("html", "paragraphs"),
    [
        (f"<div>{PLAIN}</div>", []),
        (f"<div>{PLAIN}<br>{STORY}</div>", []),
        (f"<div>A label<p>{STORY}</p>One more</div>", [STORY]),
        (f"<div>{PLAIN} <i>All</i> of it<br><br><br>Two words<hr>{STORY}</div>", [f"{PLAIN} All of it", STORY]),
    ],
)
def test_a_label_a_line_or_a_box_that_is_all_one_text_is_left_as_it_is(html: str, paragraphs: list[str]) -> None:
    tree = parse_html(html)
    with_paragraphs(tree)
    assert [" ".join("".join(each.itertext()).split()) for each in tree.iter("p")] == paragraphs


def test_no_word_is_lost_and_none_is_moved() -> None:
    tree = parse_html(
        f"<div>{PLAIN} one <b>two</b> three<br> <br>four five <p>six</p> seven {STORY} <a>eight</a></div>"
    )
    before = "".join(tree.itertext()).split()
    with_paragraphs(tree)
    assert "".join(tree.itertext()).split() == before
    assert read_tree(tree, "").blocks[-1].text.endswith("eight")


def test_where_no_heading_is_of_the_first_level_an_entrys_title_is_the_headline() -> None:
    found = read(page("<title>News of the Quay</title>", before='<p class="entry-title big">Six pumps are missing</p>'))
    assert (found.title, found.witnesses[-1].name) == ("Six pumps are missing", "markup")


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("<title>The gate that stayed shut - 25 Oct 2024 - The Quay</title>", datetime(2024, 10, 24, 23, tzinfo=UTC)),
        ('<meta property="og:title" content="The gate | QY | 25.10.2024">', datetime(2024, 10, 24, 23, tzinfo=UTC)),
        ("<title>What we learnt on 25 Oct 2024 - The Quay</title>", None),
        ("<title>25 Oct 2024 - The gate that stayed shut</title>", None),
        (
            '<meta name="article_date_original" content="Friday, October 25, 2024, 12:06 PM">',
            datetime(2024, 10, 25, 11, 6, tzinfo=UTC),
        ),
    ],
)
def test_a_date_that_is_a_part_of_the_title_is_the_storys(head: str, published: datetime | None) -> None:
    found = read(page(head, before=HEADLINE), url="https://quay.example/gate")
    assert (found.published if found.date_source == "page" else None) == published


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ('<a rel="author" href="/people/ann">Ann (A.B.) Roe</a>', ("Ann (A.B.) Roe",)),
        ('<a rel="author" href="/people/ann">Ann Roe (Bergen)</a>', ("Ann Roe",)),
        (
            f"{ANN} <a href='/author/ann'>View author page</a> <a href='/profile/policy'>About our comments</a>",
            ("Ann Roe",),
        ),
    ],
)
def test_links_beside_an_authors_name_are_nobody(by: str, names: tuple[str, ...]) -> None:
    assert read(page(before=f"{HEADLINE}<div>{by}</div>")).authors == names


def test_what_is_said_of_a_film_is_no_part_of_the_story() -> None:
    film = f'<div itemscope itemtype="http://schema.org/VideoObject"><p>{OTHER[:60]} on the quay.</p></div>'
    found = read(page(before=HEADLINE, body=f"{film}<p>{STORY}</p><p>{OTHER}</p>"))
    assert found.blocks[0].text == STORY


def test_a_paragraph_that_is_paid_for_is_one_and_a_plea_to_pay_is_none() -> None:
    # Google has publishers give paid paragraphs this very class.
    plea = '<div class="paywall"><p>To read on, pay for the price of a crab a week.</p></div>'
    found = read(page(before=HEADLINE, body=f'<p class="paywall">{STORY}</p><p class="paywall">{OTHER}</p>{plea}'))
    assert [block.text for block in found.blocks] == [STORY, OTHER]
    assert found.left_out[1:] == (Cut(text="To read on, pay for the price of a crab a week.", why="sign-up"),)


def test_the_words_of_a_picture_or_a_film_open_no_story() -> None:
    described = f'<img src="/a.jpg" alt="{STORY}"><p>{STORY}</p>'
    named = f'<div itemscope itemtype="http://schema.org/VideoObject"><b>Play</b><p itemprop="description">{OTHER}</p>'
    more = "<p>The pumps were sold in the spring, and the man who bought them has not been seen since that day.</p>"
    found = read(page(before=HEADLINE, body=f"<div>{described}</div>{named}{'<i>a clip</i> ' * 90}</div>{more}"))
    assert [block.text for block in found.blocks][-1].startswith("The pumps were sold")
    assert not {STORY, OTHER} & {block.text for block in found.blocks}


def test_what_only_looks_like_a_films_words_stays() -> None:
    body = f'<p itemprop="description">{STORY}</p><img src="/a.jpg" alt="A gate"><p>{OTHER}</p>'
    assert [block.text for block in read(page(before=HEADLINE, body=body)).blocks] == [STORY, OTHER]


@pytest.mark.parametrize(
    ("title", "headings", "headline"),
    [
        ("The gate of the quay shut | Notes", "<h1>Hello, here is Ann</h1><h2>The gate of the quay shut</h2>", None),
        ("Ann's notes | The gate of the quay shut", "<h2>Older</h2><h3>The gate of the quay shut</h3>", None),
        ("Sea news | Notes", "<h1>Hello, here is Ann</h1><h2>Sea news</h2>", "Hello, here is Ann"),
    ],
)
def test_a_lower_heading_that_is_a_part_of_the_title_is_the_headline(
    title: str, headings: str, headline: str | None
) -> None:
    found = read(page(f"<title>{title}</title>", before=headings))
    assert found.title == (headline or "The gate of the quay shut")


@pytest.mark.parametrize(
    ("head", "by", "names"),
    [
        ('<meta name="byline" content="Ann Roe">', "", ("Ann Roe",)),
        ('<meta name="Search.Byline" content="Ann Roe">', "", ("Ann Roe",)),
        ('<meta name="author" content="Quay Press (www.qp.example.org)">', "", ()),
        ('<meta name="author" content="quaypress.es">', "", ()),
        ("", "<p>by Ann Roe <a href='/a'>More from this author</a> 26 Sep 2011</p>", ("Ann Roe",)),
        ("", "<p>by Ann Roe View all posts</p>", ("Ann Roe",)),
    ],
)
def test_by_lines_of_many_kinds(head: str, by: str, names: tuple[str, ...]) -> None:
    assert read(page(head, before=f"{HEADLINE}{by}")).authors == names


@pytest.mark.parametrize(
    ("link", "names"),
    [
        ('<a href="/person/ann">Ann Roe</a>', ()),
        ('<a rel="author" href="/person/ann">Ann Roe</a>', ("Ann Roe",)),
        ('<a href="/author/ann">Ann Roe</a>', ("Ann Roe",)),
    ],
)
def test_at_the_storys_end_a_page_on_a_person_is_a_topic(link: str, names: tuple[str, ...]) -> None:
    assert read(page(before=HEADLINE, body=f"<p>{STORY}</p>{f'<p>{OTHER}</p>' * 4}<p>{link}</p>")).authors == names


def test_the_date_of_another_storys_teaser_is_not_the_storys() -> None:
    stated = '<meta property="article:published_time" content="2024-10-25T10:00:00+01:00">'
    teasers = (
        '<div><a href="/b"><h5>An older gate</h5></a><p>June 15, 2010</p></div>',
        '<div><h4><a href="/c">Another gate</a></h4> June 16, 2010</div>',
        f'<div><a href="/b"><h5>An older gate</h5></a><p>June 15, 2010</p><p>{OTHER}</p></div>',
    )
    for teaser in teasers:
        found = read(page(stated, before=f"{HEADLINE}{teaser}"), url="https://quay.example/gate")
        assert found.published == datetime(2024, 10, 25, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "author", "names"),
    [
        ("Organization", "Ann Quay", ("Ann Roe",)),
        ("NewsMediaOrganization", "Ann Quay", ("Ann Roe",)),
        ("Person", "Ann Quay", ("Ann Quay",)),
        ("Organization", "Sea Wire", ("Sea Wire",)),
    ],
)
def test_the_publisher_itself_is_no_author_where_the_page_says_that_it_is_no_person(
    kind: str, author: str, names: tuple[str, ...]
) -> None:
    said = ld(headline="The gate", author={"@type": kind, "name": author}, publisher={"name": "Ann Quay"})
    by = "<p>By Ann Roe</p>" if names == ("Ann Roe",) else ""
    assert read(page(said, before=f"{HEADLINE}{by}", lang="en")).authors == names


def test_a_house_with_its_seat_is_no_list_of_authors() -> None:
    head = '<meta property="og:site_name" content="The Quay"><meta name="author" content="THE QUAY, Bergen, Norway">'
    assert read(page(head, before=HEADLINE)).authors == ()
    assert read(page(head.replace("THE QUAY", "Ann Roe"), before=HEADLINE)).authors[0] == "Ann Roe"
