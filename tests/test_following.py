"""digest.following: which pages are read behind what the sources say."""

from typing import Any

import pytest

from archive_samples import NOON, said, story
from digest.following import addresses, given_whole, is_address, is_excerpt, led_by, pages_of, wanted
from digest.model.article import Witness
from digest.model.wanted import Wanted

EXCERPT = (Witness(field="blocks", name="feed-excerpt"),)


def test_an_excerpt_is_known_by_its_witness_and_so_is_nothing_at_all() -> None:
    assert is_excerpt(story(witnesses=EXCERPT))
    assert is_excerpt(story(blocks=()))
    assert not is_excerpt(story())


def test_the_pages_of_a_source_speak_under_a_name_of_their_own() -> None:
    assert pages_of("feed") == "feed (pages)"
    assert led_by("feed (pages)") == led_by("feed") == "feed"


@pytest.mark.parametrize(
    ("source", "fields", "whole"),
    [("feed", {}, True), ("feed", {"witnesses": EXCERPT}, False), ("feed (pages)", {}, False)],
)
def test_a_body_is_given_whole_by_a_source_never_by_the_page(source: str, fields: dict[str, Any], whole: bool) -> None:  # noqa: FBT001 - a table's column
    assert given_whole([story(source=source, **fields), story(blocks=())]) is whole


def test_the_page_of_an_excerpt_is_wanted_once_however_often_it_is_named() -> None:
    fresh = [story(blocks=()), story(witnesses=EXCERPT)]
    one = Wanted(url=story().url, source="feed", published=story().published)
    assert wanted(fresh, "auto", whole=False) == (one,)


def test_what_is_given_whole_is_wanted_only_where_the_source_says_always() -> None:
    assert wanted([story()], "auto", whole=True) == ()
    [page] = wanted([story()], "always", whole=True)
    assert page.always


@pytest.mark.parametrize("fields", [{"gone": True}, {"url": ""}, {"url": "file:notes/quay.md"}])
def test_what_is_gone_or_has_no_web_address_has_no_page(fields: dict[str, Any]) -> None:
    assert wanted([story(**fields)], "always", whole=False) == ()


def test_what_is_nothing_but_an_address_is_told_by_its_hash() -> None:
    bare = said(url=story().url, updated=NOON)
    assert is_address(bare)
    assert not any(map(is_address, (story(blocks=()), said(url=story().url, gone=True), said(guid="tag:x"))))
    [page] = addresses([bare], "auto")
    assert (page.said, page.published) == (bare.hash, NOON)
    assert addresses([bare], "never") == ()


def test_a_source_may_want_none() -> None:
    assert wanted([story(blocks=())], "never", whole=False) == ()
