"""digest.sources.bounds: how much one article may say, and one report about a document."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from digest.model.article import Block, Image, Problem, Sighting
from digest.sources.bounds import MOST_ITEMS, bounded, excess, is_crowded
from sources_making import NOW, STORY, document, parsed, problem, sightings

SAID = Sighting(source="quay", title="T", url="https://quay.example/t", seen_at=NOW)


@pytest.mark.parametrize(
    ("more", "over"),
    [
        ({"title": "x" * 1_001}, "its title has 1,001 characters"),
        ({"url": "https://quay.example/" + "x" * 5_000}, "its url has 5,021 characters"),
        ({"blocks": (Block(text="x" * 1_500_000),) * 2}, "its text has 3,000,000 characters"),
    ],
)
def test_what_says_more_than_any_real_article_is_told_and_left_out(more: dict[str, Any], over: str) -> None:
    [told] = bounded([replace(SAID, **more)], document("x"))
    assert isinstance(told, Problem)
    assert told.message == f"an article was left out: {over}"
    assert len(told.where) < 200


@pytest.mark.parametrize(
    ("more", "over"),
    [
        ({"guid": "x" * 5_000}, "left out: its guid (5,000 characters)"),
        ({"dek": "x" * 10_001}, "left out: its dek (10,001 characters)"),
        ({"section": "x" * 2_000}, "left out: its section (2,000 characters)"),
        ({"publication": "x" * 2_000}, "left out: its publication (2,000 characters)"),
        ({"authors": ("Ann", "x" * 2_000)}, "left out: its authors (2 of them)"),
        ({"tags": tuple(map(str, range(1_001)))}, "left out: its tags (1,001 of them)"),
        ({"image": Image(url="https://quay.example/" + "x" * 5_000)}, "left out: its image (5,021 characters)"),
    ],
)
def test_an_article_stays_where_one_of_its_fields_says_more_than_any_real_one(more: dict[str, Any], over: str) -> None:
    told, stays = bounded([replace(SAID, **more)], document("x"))
    assert isinstance(told, Problem)
    assert told.message == over
    assert stays == SAID


def test_what_real_articles_say_is_within_bounds() -> None:
    whole = replace(
        SAID,
        title="x" * 300,
        dek="x" * 2_000,
        authors=("Ann Roe",) * 40,
        tags=tuple(map(str, range(100))),
        blocks=(Block(text=STORY),) * 2_000,
        image=Image(url="https://quay.example/i.jpg", caption="x" * 1_000),
    )
    assert excess(whole) == excess(SAID) == {}
    assert list(bounded([whole], document("x"))) == [whole]


def test_of_many_rows_the_first_are_told_and_the_rest_counted_without_being_kept() -> None:
    def rows() -> Iterator[Problem | Sighting]:
        for number in range(250_000):
            yield Problem(source="quay", where=str(number), message="bad")
        yield SAID

    found = list(bounded(rows(), document("x")))
    assert len(found) == 102
    assert found[100] == SAID
    assert isinstance(found[101], Problem)
    assert found[101].message == "249,900 more of its parts could not be read"


@pytest.mark.parametrize("kind", ["rss", "json"])
def test_of_a_feed_without_end_the_first_items_are_read(kind: str) -> None:
    count = MOST_ITEMS + 20
    text = {
        "rss": "<rss version='2.0'><channel>" + "<item><title>T</title></item>" * count + "</channel></rss>",
        "json": '{"items": [' + ",".join(['{"title": "T"}'] * count) + "]}",
    }[kind]
    found = parsed("feed", document(text))
    assert len(found) == MOST_ITEMS + 1
    assert isinstance(found[-1], Problem)
    assert found[-1].message == "it has 5,020 items: only the first 5,000 were read"
    assert found[-1].incomplete


def test_items_in_literal_parts_are_no_items() -> None:
    body = "<![CDATA[" + "<item>" * MOST_ITEMS + "]]>"
    text = (
        f"<rss version='2.0'><channel><item><title>T</title><description>{body}x</description></item></channel></rss>"
    )
    assert [each.title for each in sightings("feed", document(text))] == ["T"]


def test_an_item_with_more_fields_than_any_real_one_is_told() -> None:
    many = "".join(f"<category>c{number}</category>" for number in range(1_001))
    text = f"<rss version='2.0'><channel><item><title>T</title>{many}</item></channel></rss>"
    assert "its item 1 has more than 1,000 names, categories" in problem("feed", document(text)).message


def test_more_bare_ampersands_than_any_real_feed_has_are_told() -> None:
    text = f"<rss version='2.0'><channel><item><title>{'&' * 500_001}</title></item></channel></rss>"
    assert "500,000 bare ampersands" in problem("feed", document(text)).message


def test_more_values_than_any_real_answer_has_are_told() -> None:
    assert "more than 1,000,000 values" in problem("feed", document('{"items": [' + "{}," * 600_000 + "{}]}")).message


def test_a_tag_of_a_thousand_attributes_is_no_page_and_a_long_attribute_is_none_of_that() -> None:
    crowd = " ".join(f"a{number}=1" for number in range(3_000))
    assert is_crowded(f"<p>x</p><p {crowd}>x")
    assert is_crowded(f"<p>x</p><p {crowd.replace('=1', '')}>x")
    assert not is_crowded(f"<p>x</p><p data-x='{crowd}'>x</p><p>{crowd * 3}")
    assert not is_crowded("<p>x")
    assert "empty" in problem("page", document(f"<h1>The gate</h1><p {crowd}>{STORY}")).message
