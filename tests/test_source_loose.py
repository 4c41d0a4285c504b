"""What pages do beside the rules: text that stands in no paragraph, headings that are none, dates in titles."""

from datetime import UTC, datetime

import pytest

from digest.model.article import Cut
from digest.sources.body import parse_html, read_tree
from digest.sources.mending import with_paragraphs
from sources_making import STORY
from test_source_page import OTHER, page, read

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
        f"<table><tr><td>{LINKED}<p>{STORY}</p>{OTHER}</td></tr></table>",
    ],
)
def test_text_that_stands_loose_in_a_box_is_a_paragraph_with_its_links(body: str) -> None:
    found = read(page(before=HEADLINE, body=body))
    assert [block.text for block in found.blocks if block.text in {PLAIN, STORY, OTHER}] == [PLAIN, STORY, OTHER]
    assert not any("nobodyhas" in block.text or block.text.startswith("nobody") for block in found.blocks)


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
