"""Where a story begins, whatever the markup around its headline: whole pages through the parser."""

import pytest

from digest.model.article import Cut, Sighting
from digest.sources.markup.body import Body, parse_html, read_tree
from digest.sources.page.beginning import paragraphs, without_stray
from sources_making import document, sighting

FIRST = (
    "The tidal gate at Saltmouth stayed shut for nine hours on Friday, and nobody on the quay could say who ordered it."
)
SECOND = "Boats waited in the roads until the evening bell rang twice, and the ice in their holds began to run."
THIRD = (
    "By ten the fish market had closed its doors, and the buyers from the inland towns had driven home with nothing."
)
FOURTH = (
    "The harbour board met the same evening behind closed doors, and its chairman left by the back stairs at midnight."
)
SALE = "Save twenty per cent on every mooring this week, for members of the club and their guests alike."
OTHERS = (SECOND, THIRD, FOURTH)


def prose(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def read(body: str, head: str = "") -> Sighting:
    title = "<title>The gate that stayed shut</title>"
    return sighting("page", document(f"<html><head>{title}{head}</head><body>{body}</body></html>"))


def opening(found: Sighting) -> str:
    return found.blocks[0].text


HEADLINE = "<h1>The gate that stayed shut</h1>"


@pytest.mark.parametrize(
    "before",
    [
        f"<div class='banner'><p>{SALE}</p></div>{HEADLINE}",
        f"{HEADLINE}<p>By Ann Roe | October 25, 2024</p>",
        f"{HEADLINE}<p>Table of contents</p><p>5 min read</p>",
        f"<header><button>Menu<main>{HEADLINE}",
    ],
)
def test_the_story_begins_behind_what_stands_above_it(before: str) -> None:
    found = read(f"{before}<article>{prose(FIRST, *OTHERS, *OTHERS)}</article>")
    assert opening(found) == FIRST


@pytest.mark.parametrize(("name", "kept"), [("post-teaser", False), ("shortDescription", False), ("text-widget", True)])
def test_a_box_that_stands_apart_is_told_by_its_name(name: str, kept: bool) -> None:  # noqa: FBT001 - a row of the table
    apart = f"<section><div><div class='{name}'>{prose(FOURTH)}</div></div></section>"
    tree = parse_html(
        f"<main>{apart}<div><div><div class='text'>{prose(FIRST, SECOND, THIRD)}</div></div></div></main>"
    )
    told = without_stray(paragraphs(tree), read_tree(tree, ""))
    assert told.blocks[0].text == (FOURTH if kept else FIRST)
    assert (Cut(text=FOURTH, why="apart") in told.left_out) is not kept


def test_a_first_paragraph_in_a_plain_box_of_its_own_stays() -> None:
    own = f"<div><div><div class='text-widget'><p>{FIRST}</p></div></div></div>"
    rest = f"<div><div><div class='text-widget'>{prose(*OTHERS)}</div></div></div>"
    assert opening(read(f"<main>{HEADLINE}{own}{rest}</main>")) == FIRST


def test_a_paragraph_out_of_order_is_no_beginning() -> None:
    page = paragraphs(parse_html(f"<main>{prose(FIRST, *OTHERS)}</main>"))
    body = Body(blocks=tuple(read(f"{HEADLINE}{prose(FOURTH, FIRST, SECOND, THIRD)}").blocks))
    told = without_stray(page, body)
    assert [block.text for block in told.blocks] == [FIRST, SECOND, THIRD]
    assert Cut(text=FOURTH, why="apart") in told.left_out


def test_the_number_of_a_note_goes_and_a_power_stays() -> None:
    noted = FIRST.removesuffix(".") + ".<sup><a href='#1'>1</a></sup>"
    powers = (
        "The dock of 400 m<sup>2</sup> holds water for a day, as the office says in a report<sup>2</sup> on the silt."
    )
    texts = [block.text for block in read(f"{HEADLINE}{prose(noted, powers, *OTHERS)}").blocks]
    assert texts[0] == FIRST
    assert texts[1] == "The dock of 400 m2 holds water for a day, as the office says in a report on the silt."


def test_bold_that_nobody_rendered_is_plain() -> None:
    plain = "2 ** 3 is 8, and a ** b ** c is more of it, the clerk of the harbour board said."
    texts = [block.text for block in read(f"{HEADLINE}{prose(f'**Abstract:** {FIRST}', plain, *OTHERS)}").blocks]
    assert texts[:2] == [f"Abstract: {FIRST}", plain]
