"""digest.sources.gone: when a story is no more where it was."""

from dataclasses import replace

import pytest

from archive_samples import DAY, NOON, story
from digest.merge import merge
from digest.sources.gone import answers_gone, sent_home, vanished, withdrawn


@pytest.mark.parametrize("status", [404, 410])
def test_a_server_that_knows_no_such_page_says_so(status: int) -> None:
    assert answers_gone(status)


@pytest.mark.parametrize(
    "status", [200, 204, 301, 302, 304, 400, 401, 403, 407, 408, 418, 429, 451, 500, 502, 503, 504]
)
def test_no_other_answer_says_that_a_story_is_gone(status: int) -> None:
    assert not answers_gone(status)


def test_a_page_that_has_moved_for_good_to_the_front_page_is_gone_and_to_no_other() -> None:
    page = "https://harbour.example/story-1"
    assert sent_home("https://www.harbour.example/", [page])
    assert not sent_home("https://www.harbour.example/", [])  # what is shut for an hour redirects for the time being
    assert not sent_home("https://www.harbour.example/", ["http://harbour.example/"])
    assert not sent_home("https://www.harbour.example/2024/", [page])


def test_what_says_that_an_article_is_gone_is_a_sighting_of_it() -> None:
    said = withdrawn("api", NOON + DAY, url=story().url)
    assert merge([story(), said]).gone
    assert merge([story(url="", guid="feed:1"), withdrawn("feed", NOON + DAY, guid="feed:1")]).gone


API = [story(number, "api", guid=f"{number}") for number in range(1, 8)]
KNOWN = [merge([each]) for each in API]


def test_an_api_that_has_the_neighbours_of_an_article_and_not_it_says_that_it_is_gone() -> None:
    [said] = vanished([*API[:2], *API[3:]], KNOWN, NOON + DAY)
    assert (said.url, said.source, said.gone, said.seen_at) == (API[2].url, "api", True, NOON + DAY)


def test_what_stands_at_the_ends_of_an_answer_or_beyond_may_still_be_there() -> None:
    assert list(vanished(API[2:5], KNOWN, NOON)) == []
    assert list(vanished(API[3:4], KNOWN, NOON)) == []
    assert list(vanished([], KNOWN, NOON)) == []


def test_what_an_api_was_asked_for_has_no_open_ends() -> None:
    whole = (API[2].published, API[6].published)
    said = vanished(API[3:5], KNOWN, NOON + DAY, whole)
    assert [each.url for each in said] == [API[2].url, API[5].url]


def test_where_more_would_be_gone_than_is_listed_the_list_is_broken() -> None:
    assert vanished(API[3:5], KNOWN, NOON, (API[1].published, API[6].published)) == ()


def test_an_article_is_in_an_answer_under_any_of_its_addresses() -> None:
    renamed = replace(API[2], url="https://harbour.example/renamed", seen_at=NOON + DAY, hash="")
    respelt = replace(API[3], url="http://www.harbour.example/story-4/?utm_source=x", guid="")
    known = [*KNOWN[:2], merge([API[2], renamed]), *KNOWN[3:]]
    assert vanished([*API[:2], renamed, respelt, *API[4:]], known, NOON + DAY) == ()


def test_an_id_that_was_given_to_another_story_does_not_keep_the_first() -> None:
    recycled = replace(API[2], url="https://harbour.example/another", hash="")
    [said] = vanished([*API[:2], recycled, *API[3:]], KNOWN, NOON + DAY)
    assert said.url == API[2].url


def test_what_is_gone_is_not_said_again_and_what_has_no_date_has_no_neighbours() -> None:
    gone = merge([API[2], withdrawn("api", NOON + DAY, url=API[2].url)])
    undated = merge([replace(API[3], published=None, hash="")])
    assert list(vanished([*API[:2], *API[4:]], [gone, undated], NOON)) == []


def test_an_article_without_an_address_is_gone_by_its_guid() -> None:
    nameless = [replace(each, url="", hash="") for each in API]
    [said] = vanished([*nameless[:2], *nameless[3:]], [merge([each]) for each in nameless], NOON)
    assert (said.url, said.guid) == ("", "api:3")
