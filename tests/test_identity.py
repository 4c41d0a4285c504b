"""digest.archive.identity: which sightings speak of one article. Each clause of its rule, and each doubt."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive_samples import DAY, NOON, body, said, story, titles
from digest.archive import open_archive
from digest.archive.agreement import agrees
from digest.merge.dates import EDITOR
from digest.model.article import Article, Sighting, Witness
from digest.model.freshness import Tally
from digest.ports import Archive
from digest.sources.gone import withdrawn
from digest.text.words import short_id

OTHER: dict[str, Any] = {
    "url": "https://harbour.example/other",
    "title": "Something else altogether",
    "blocks": body("else"),
    "published": NOON + 30 * DAY,
}
"""What makes of the first story another one."""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "articles.db")) as opened:
        yield opened


def everything(archive: Archive) -> list[Article]:
    return [*archive.window(NOON - 99 * DAY, NOON + 99 * DAY), *archive.unplaced(None)]


def put(archive: Archive, *sightings: Sighting) -> Tally:
    return archive.put(list(sightings))


# 1. One address


@pytest.mark.parametrize(
    "view",
    ["http://harbour.example/story-1", "https://www.harbour.example/story-1/amp/", "https://m.harbour.example/story-1"],
)
def test_one_address_is_one_article_whatever_else_changes(archive: Archive, view: str) -> None:
    put(archive, story())
    assert put(archive, story(day=1, **(OTHER | {"url": view, "guid": "another"}))) == Tally(updated=1)
    assert titles(everything(archive)) == ["Something else altogether"]


@pytest.mark.parametrize("front", ["https://harbour.example/", "https://www.harbour.example"])
def test_a_front_page_is_no_articles_address(archive: Archive, front: str) -> None:
    items = [story(number, url=front) for number in (1, 2)]
    assert archive.put(items) == Tally(new=2)
    assert archive.put([replace(item, seen_at=NOON + DAY) for item in items]) == Tally(same=2)
    assert {article.url for article in everything(archive)} == {""}


def test_an_address_of_three_articles_at_once_is_none_of_theirs(archive: Archive) -> None:
    items = [story(number, url="https://harbour.example/news", guid=f"{number}") for number in (1, 2, 3)]
    assert archive.put(items) == Tally(new=3)
    assert archive.put([replace(item, seen_at=NOON + DAY, title=f"New {item.guid}") for item in items]) == Tally(
        updated=3
    )


def test_an_address_of_several_articles_is_known_as_such_in_whatever_batches_they_are_stored(archive: Archive) -> None:
    items = [story(number, url="https://harbour.example/news", guid=f"{number}") for number in range(1, 6)]
    put(archive, *items[:2])
    assert [put(archive, item) for item in items[2:]] == [Tally(new=1)] * 3
    at_another_time = replace(story(9, url=items[0].url, guid="9"), seen_at=NOON + DAY)
    assert put(archive, at_another_time) == Tally(updated=1)  # one address, one article


def test_a_guid_of_two_pages_is_known_as_such_in_whatever_batches_they_are_stored(archive: Archive) -> None:
    first, second = story(1, guid="same"), story(2, guid="same", published=story(1).published)
    assert put(archive, first) == Tally(new=1)
    assert put(archive, second) == Tally(new=1)


def test_an_article_that_one_reading_lists_in_two_versions_is_one(archive: Archive) -> None:
    assert put(archive, story(), story(guid="another", title="Another version")) == Tally(new=1)


MOVED = "https://harbour.example/moved"


@pytest.mark.parametrize("at_once", [True, False], ids=["at-once", "later"])
@pytest.mark.parametrize("guid", ["another", ""])
def test_a_slug_that_was_given_again_is_another_articles(archive: Archive, guid: str, *, at_once: bool) -> None:
    put(archive, story())
    moved, given = story(day=1, url=MOVED), story(day=1, **(OTHER | {"url": story().url, "guid": guid}))
    if at_once:
        assert put(archive, moved, given) == Tally(new=1, updated=1)
    else:
        assert put(archive, moved) == Tally(updated=1)
        assert put(archive, replace(given, seen_at=NOON + 2 * DAY)) == Tally(new=1)
    assert put(archive, *(replace(each, seen_at=NOON + 3 * DAY) for each in (moved, given))) == Tally(same=2)
    first, second = everything(archive)
    assert (first.title, first.url, second.title, second.url) == ("Story number 1", MOVED, OTHER["title"], story().url)
    assert not {first.id, *first.aliases} & {second.id, *second.aliases}
    page = story(day=4, **(OTHER | {"url": story().url, "guid": "", "source": "page", "dek": "Mended"}))
    assert put(archive, page) == Tally(updated=1)
    assert everything(archive)[1].dek == "Mended"


def test_an_article_that_goes_back_to_an_address_which_it_left_is_itself(archive: Archive) -> None:
    put(archive, story())
    put(archive, story(day=1, url=MOVED))
    assert put(archive, story(day=2, title="Story number 1, mended")) == Tally(updated=1)
    assert put(archive, story(day=3, title="Quite another title", blocks=body("new"))) == Tally(updated=1)
    rewritten = OTHER | {"url": story().url}
    assert put(archive, story(day=4, url=MOVED)) == Tally(updated=1)
    assert put(archive, story(day=5, **rewritten)) == Tally(updated=1)  # its guid is kept
    assert len(everything(archive)) == 1


# 2. One guid


@pytest.mark.parametrize(
    "kept",
    [
        {"published": story().published},
        {"blocks": (*body("new"), *story().blocks)},
        {"title": "Story number 1", "published": NOON + 2 * DAY},
        {"title": "Story number 1, corrected", "published": NOON + 2 * DAY, "blocks": body("short", 9)},
    ],
    ids=["date", "text", "headline", "corrected-headline"],
)
def test_a_changed_slug_under_a_kept_guid_is_an_update(archive: Archive, kept: dict[str, Any]) -> None:
    put(archive, story())
    assert put(archive, story(day=1, **(OTHER | kept))).new == 0
    [article] = everything(archive)
    assert article.id == short_id(story().url)
    assert article.url == OTHER["url"]


def test_an_id_that_was_given_to_another_story_joins_nothing(archive: Archive) -> None:
    put(archive, story())
    recycled = story(day=1, **OTHER)
    assert put(archive, recycled) == Tally(new=1)
    assert put(archive, replace(recycled, seen_at=NOON + 2 * DAY), story(day=2)) == Tally(same=2)
    first, second = everything(archive)
    assert (first.title, first.aliases) == ("Story number 1", (story().guid,))
    assert (second.title, second.aliases) == ("Something else altogether", ())


def test_a_feed_that_numbers_its_places_ties_no_two_stories(archive: Archive) -> None:
    """The guid is the place in the list: each day every story moves down by one."""
    for day in range(4):
        archive.put([story(day + 4 - place, guid=f"{place}", day=day) for place in range(4)])
    assert len(everything(archive)) == 7
    assert len({article.title for article in everything(archive)}) == 7


def test_the_next_part_of_a_column_under_a_recycled_id_is_another_article(archive: Archive) -> None:
    put(archive, story(title="Letters to the editor"))
    part = story(day=7, **(OTHER | {"title": "Letters to the editor", "published": NOON + 8 * DAY}))
    assert put(archive, part) == Tally(new=1)


def test_two_of_which_one_has_no_address_are_one_under_a_guid(archive: Archive) -> None:
    put(archive, story())
    assert put(archive, story(source="api", day=1, **(OTHER | {"url": ""}))).new == 0


# 3. Other addresses of its own


def moved(**fields: Any) -> Sighting:
    return story(2, "pages", day=1, also_at=(story().url,), guid="", **fields)


def test_what_redirects_for_good_to_an_article_is_that_article(archive: Archive) -> None:
    put(archive, story())
    assert put(archive, moved(blocks=story().blocks)) == Tally(updated=1)
    [article] = everything(archive)
    assert (article.id, article.url) == (short_id(story().url), story(2).url)
    assert article.aliases == (story().url, story().guid, short_id(story(2).url))
    assert archive.find([story(1).url]) == archive.find([story(2).url]) == (article,)


def test_a_removed_story_that_is_redirected_to_another_page_ties_nothing(archive: Archive) -> None:
    put(archive, story())
    assert put(archive, moved()) == Tally(new=1)
    assert [article.aliases for article in everything(archive)] == [(story().guid,), ()]


def test_the_short_link_of_a_page_is_the_guid_of_its_feed(archive: Archive) -> None:
    put(archive, story(url="https://feeds.example/r/1"))
    page = story(source="pages", day=1, guid="", also_at=("https://harbour.example/?p=1",))
    assert put(archive, page) == Tally(updated=1)


def canonical(number: int, url: str) -> Sighting:
    witnesses = (Witness(field="url", name="canonical"),)
    return story(number, "pages", guid="", url=url, also_at=(story(number).url,), witnesses=witnesses, day=number)


def test_the_address_that_a_page_calls_its_own_is_its_own(archive: Archive) -> None:
    put(archive, canonical(1, "https://harbour.example/named"))
    [article] = everything(archive)
    assert (article.url, article.aliases) == ("https://harbour.example/named", (story().url,))
    assert put(archive, story(day=2, title="In the feed")) == Tally(updated=1)


def test_one_canonical_address_of_many_pages_is_none(archive: Archive) -> None:
    for number in range(1, 5):
        assert put(archive, canonical(number, "https://harbour.example/named")) == Tally(new=1)
    assert [article.url for article in everything(archive)][1:] == [story(number).url for number in (2, 3, 4)]
    assert put(archive, replace(canonical(3, "https://harbour.example/named"), seen_at=NOON + 9 * DAY)) == Tally(same=1)


def test_one_canonical_address_of_many_pages_of_one_reading_is_none(archive: Archive) -> None:
    pages = [replace(canonical(number, "https://harbour.example/named"), seen_at=NOON) for number in (1, 2, 3)]
    assert archive.put(pages) == Tally(new=3)
    assert {article.url for article in everything(archive)} == {story(number).url for number in (1, 2, 3)}


def test_a_page_that_calls_a_known_address_its_own_is_that_article_where_they_agree(archive: Archive) -> None:
    put(archive, story(9, blocks=story().blocks))
    assert put(archive, canonical(1, story(9).url)).new == 0
    assert len(everything(archive)) == 1


# 4. One body


def test_a_text_scrape_is_the_article_and_the_same_text_elsewhere_is_a_twin(archive: Archive) -> None:
    put(archive, story(source="desk", url="", guid="", published=None, date_source=None))
    assert put(archive, story(day=1)).new == 0
    assert put(archive, story(2, day=2, blocks=story().blocks)) == Tally(new=1)


# 5. All names changed at once


LONG, SHORT = body("long", 60), body("long", 25)


def long(number: int = 1, **fields: Any) -> Sighting:
    plain: dict[str, Any] = {"blocks": LONG, "guid": f"{number}", "published": NOON}
    return story(number, **(plain | fields))


def test_slug_title_and_guid_may_change_at_once(archive: Archive) -> None:
    put(archive, long(), long(3, blocks=body("three", 60)))
    assert put(archive, long(2, day=1), long(3, day=1, blocks=body("three", 60))) == Tally(updated=1, same=1)
    assert archive.find([long(1).url]) == archive.find([long(2).url]) != ()


def test_so_may_they_where_another_source_tells_of_the_new_address_first(archive: Archive) -> None:
    put(archive, long(), long(source="wire", guid="wire-1", blocks=body("long", 20)))
    assert put(archive, long(2, source="wire", guid="wire-2", blocks=body("long", 20), day=1)) == Tally(new=1)
    assert put(archive, long(2, day=1)) == Tally(updated=1)
    assert len(everything(archive)) == 1


def test_so_may_those_of_a_story_that_was_printed_twice(archive: Archive) -> None:
    put(archive, long(), long(7, published=NOON + 7 * DAY))
    assert put(archive, long(7, url="https://harbour.example/x", guid="x", published=NOON + 7 * DAY, day=9)).new == 0
    assert len(everything(archive)) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"published": NOON + DAY},
        {"source": "another"},
        {"blocks": SHORT},
        {"blocks": (*LONG, *body("x", 1))},
        {"precision": "day"},
    ],
    ids=["date", "source", "short", "text", "day"],
)
def test_one_thing_less_and_they_are_two(archive: Archive, other: dict[str, Any]) -> None:
    shared: dict[str, Any] = {name: each for name, each in other.items() if name == "precision" or each == SHORT}
    put(archive, long(**shared))
    assert put(archive, long(2, day=1, **other)) == Tally(new=1)


def test_what_stands_beside_the_old_address_is_another_article(archive: Archive) -> None:
    assert put(archive, long(), long(2)) == Tally(new=2)
    assert put(archive, long(day=1), long(2, day=1), long(5, day=1)) == Tally(same=2, new=1)


# What else speaks of an article


def test_an_editor_calls_an_article_by_its_id(archive: Archive) -> None:
    put(archive, story())
    date = said(EDITOR, day=3, guid=short_id(story().url), published=NOON - 9 * DAY, date_source="editor")
    assert put(archive, date) == Tally(updated=1)
    [article] = everything(archive)
    assert (article.published, article.aliases, article.url) == (NOON - 9 * DAY, (story().guid,), story().url)


def test_what_is_gone_is_known_by_its_address_alone(archive: Archive) -> None:
    put(archive, story())
    assert put(archive, withdrawn("pages", NOON + DAY, url=story().url)) == Tally(updated=1)
    assert everything(archive)[0].gone


def test_all_that_was_said_of_an_article_can_be_had(archive: Archive) -> None:
    told: Sequence[Sighting] = (story(), story(day=1, title="Corrected"))
    archive.put(told)
    assert archive.said(f" {story().url} ") == archive.said(short_id(story().url)) == tuple(told)
    assert archive.said("https://harbour.example/nowhere") == ()


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ({"precision": "day"}, {"precision": "day", **OTHER, "published": NOON + DAY}, False),
        ({"precision": "day", "title": ""}, {"precision": "day", "title": "", "blocks": ()}, True),
        ({"precision": "day", "title": ""}, {**OTHER, "title": "", "blocks": ()}, False),
        ({"title": "One two three"}, {**OTHER, "title": "One two three"}, False),
        ({"published": None}, {**OTHER, "title": "Story number 1 again"}, False),
        ({"published": None, "blocks": ()}, {**OTHER, "title": "Story number 1 again"}, True),
        ({"published": None, "blocks": ()}, {**OTHER, "title": "Story number 2"}, False),
        ({"title": "", "published": None, "blocks": ()}, OTHER, True),
        ({"blocks": body("x", 10)}, {**OTHER, "blocks": body("x", 10)}, False),
    ],
)
def test_what_two_sightings_must_share(one: dict[str, Any], other: dict[str, Any], *, agree: bool) -> None:
    assert agrees(story(**one), [story(**other)]) is agree
