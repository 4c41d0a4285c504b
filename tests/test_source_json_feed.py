"""digest.sources.json_feed: JSON Feed 1.0 and 1.1, strict about types, lenient about what is missing."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from digest.model.article import Block, Image, Link, Problem, Sighting, Witness
from digest.sources.settings import Kind
from sources_making import STORY, document, parsed, problem, sighting

VERSION = "https://jsonfeed.org/version/1.1"


def feed(*items: Any, **said: Any) -> str:
    return json.dumps({"version": VERSION, "home_page_url": "https://quay.example/", "items": items, **said})


def item(**said: Any) -> dict[str, Any]:
    return {"id": "7", "title": "Salt", **said}


def only(*items: Any, **said: Any) -> Sighting:
    return sighting("auto", document(feed(*items, **said)))


def test_an_item_becomes_a_whole_sighting() -> None:
    found = only(
        item(
            id="https://quay.example/?p=7",
            url="/salt?utm_source=feed",
            title="Salt &amp; <em>silt</em>",
            summary="How the harbour lost its depth.",
            content_html=f"<p>{STORY}</p><p>See <a href='/map'>the map</a>.</p>",
            date_published="2024-10-25T17:30:00+01:00",
            date_modified="2024-10-26T08:00:00Z",
            authors=[{"name": "Ann Roe"}, {"url": "https://a.example"}],
            tags=["Reports", "silt"],
            image="/i/basin.jpg",
            language="en-US",
        )
    )
    assert (found.url, found.guid) == ("https://quay.example/salt", "https://quay.example/?p=7")
    assert (found.title, found.dek) == ("Salt & silt", "How the harbour lost its depth.")
    assert found.blocks == (
        Block(text=STORY),
        Block(text="See the map.", links=(Link(text="the map", url="https://quay.example/map"),)),
    )
    assert (found.published, found.date_source) == (datetime(2024, 10, 25, 16, 30, tzinfo=UTC), "feed")
    assert found.updated == datetime(2024, 10, 26, 8, tzinfo=UTC)
    assert (found.authors, found.section, found.tags) == (("Ann Roe",), "Reports", ("silt",))
    assert (found.image, found.language) == (Image(url="https://quay.example/i/basin.jpg"), "en-US")
    assert found.witnesses == ()


def test_version_1_0_names_one_author_and_the_feed_may_name_it_for_all() -> None:
    found = only(
        item(), version="https://jsonfeed.org/version/1", author={"name": "Ben Doe"}, language="cy", items=[item()]
    )
    assert (found.authors, found.language, found.guid) == (("Ben Doe",), "cy", "quay:7")
    assert only(item(author={"name": "Cy Poe"}), author={"name": "Ben Doe"}).authors == ("Cy Poe",)


def test_plain_text_comes_in_paragraphs_and_is_no_markup() -> None:
    found = only(item(content_text="One < two.\nStill one.\n\nAnd <b>three</b>.", summary="A dek."))
    assert [block.text for block in found.blocks] == ["One < two. Still one.", "And <b>three</b>."]
    assert found.dek == "A dek."


def test_a_summary_alone_is_an_excerpt() -> None:
    found = only(item(summary="It began at nine."))
    assert (found.blocks, found.dek) == ((Block(text="It began at nine."),), "")
    assert found.witnesses == (Witness(field="blocks", name="feed-excerpt"),)


def test_a_link_to_elsewhere_stands_where_the_item_has_no_page() -> None:
    assert only(item(external_url="https://gate.example/x")).url == "https://gate.example/x"
    assert (
        only(item(url="https://quay.example/y", external_url="https://gate.example/x")).url == "https://quay.example/y"
    )


def test_a_date_of_change_alone_says_so_and_one_in_doubt_is_told() -> None:
    found = only(item(date_modified="2024-10-25T10:00:00Z"))
    assert found.published == found.updated == datetime(2024, 10, 25, 10, tzinfo=UTC)
    assert found.witnesses == (Witness(field="published", name="feed-updated"),)
    told, undated = parsed("feed", document(feed(item(date_published="yesterday"))))
    assert isinstance(told, Problem)
    assert "item 1 (Salt)" in told.where
    assert isinstance(undated, Sighting)
    assert undated.published is None


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"tags": "silt"}, "tags"),
        ({"authors": {"name": "Ann"}}, "authors"),
        ({"content_html": ["x"]}, "content_html"),
        ({"date_published": 1729873800}, "date_published"),
        ({"url": {"href": "x"}}, "url"),
        ({"image": 7}, "image"),
    ],
)
def test_a_field_of_a_wrong_type_is_told_and_the_rest_comes_in(wrong: dict[str, Any], name: str) -> None:
    told, found = parsed("feed", document(feed(item(summary="A dek.", **wrong))))
    assert isinstance(told, Problem)
    assert (told.message, told.where) == (f"of a wrong type, and not read: {name}", "https://quay.example/here: item 1")
    assert isinstance(found, Sighting)
    assert found.title == "Salt"


def test_what_is_missing_is_silence() -> None:
    found = only({"title": "Salt"}, version=VERSION)
    assert found.guid.startswith("feed:")
    assert (found.url, found.authors, found.published, found.tags) == ("", (), None, ())
    assert only(item(tags=None, authors=[None, 3, {"name": 5}], summary=None)).authors == ()
    assert only(item(id=4711)).guid == "quay:4711"


def test_a_feed_without_its_version_is_read_where_it_has_items() -> None:
    text = json.dumps({"items": [item()]})
    assert sighting("feed", document(text)).title == "Salt"


@pytest.mark.parametrize("bad", ["x", None, [], {"id": "1"}, {"title": 5}])
def test_an_item_that_is_none_is_told_and_the_others_stay(bad: Any) -> None:
    found = parsed("feed", document(feed(bad, item())))
    assert isinstance(found[0], Problem)
    assert "item 1" in found[0].where
    assert isinstance(found[-1], Sighting)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"version": "https://jsonfeed.org/version/2", "items": []}', "no JSON Feed of version 1"),
        ('{"version": "https://jsonfeed.org/version/1"}', "no JSON Feed of version 1"),
        ('{"items": [', "no JSON that can be read"),
        ('{"items": [NaN]}', "NaN is no number"),
        ('{"a": ' + "9" * 5_000 + "}", "no JSON that can be read"),
        ('{"a": ' + "[" * 100_000, "too deeply nested"),
    ],
)
def test_what_is_no_json_feed_is_told(text: str, said: str) -> None:
    assert said in problem("feed", document(text)).message


@pytest.mark.parametrize(("charset", "kind"), [("utf-8", "auto"), ("utf-8-sig", "auto"), ("utf-16", "feed")])
def test_whatever_its_charset_it_is_known_by_its_content(charset: str, kind: Kind) -> None:
    text = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"title": "Marée"}]}'
    assert sighting(kind, document(text.encode(charset))).title == "Marée"
