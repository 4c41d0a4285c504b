"""What every archive holds beside articles: the pages that are still to be read, and the validators of what was."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive_samples import DAY, NOON, said, story
from digest.archive import open_archive
from digest.errors import ArchiveError
from digest.model.article import Sighting
from digest.model.freshness import Tally
from digest.model.page import Validators
from digest.model.wanted import Wanted
from digest.ports import Archive

SOURCES = ("api", "feed", "map")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "articles.db")) as opened:
        yield opened


def teaser(number: int = 1, source: str = "feed", *, day: float = 0, **fields: Any) -> Sighting:
    """Return a sighting without a body."""
    return story(number, source, day=day, **{"blocks": (), **fields})


def queued(archive: Archive) -> list[tuple[str, str]]:
    return [(each.url.rpartition("-")[2], each.source) for each in archive.wanted(SOURCES, 5, 99)]


def test_a_page_is_wanted_with_the_item_that_leads_to_it(archive: Archive) -> None:
    archive.put([teaser(1), teaser(2), story(3)], pages="auto")
    assert queued(archive) == [("2", "feed"), ("1", "feed")]
    assert archive.wanted(SOURCES, 5, 1) == (Wanted(url=teaser(2).url, source="feed", published=NOON + 2 * DAY),)
    assert archive.waiting(1) == {"feed": 2}


def test_an_undated_page_comes_last_whatever_its_address(archive: Archive) -> None:
    archive.put([teaser(1, published=None, date_source=None), teaser(2)], pages="auto")
    assert [each.published for each in archive.wanted(SOURCES, 5, 9)] == [NOON + 2 * DAY, None]


def test_a_page_that_was_read_is_wanted_again_only_when_its_item_changed(archive: Archive) -> None:
    archive.put([teaser()], pages="auto")
    with archive.together():
        archive.put([story(source="feed (pages)")])
        archive.answered(teaser().url)
    assert archive.put([teaser(day=1)], pages="auto") == Tally(same=1)
    assert queued(archive) == []
    archive.put([teaser(day=2, title="A mended headline")], pages="auto")
    assert queued(archive) == [("1", "feed")]


def test_of_two_sources_that_lead_to_one_page_always_the_same_reads_it(archive: Archive, tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "other.db")) as other:
        for each, order in ((archive, ("api", "feed")), (other, ("feed", "api"))):
            for source in order:
                each.put([teaser(source=source)], pages="auto")
            assert queued(each) == [("1", "api")]


@pytest.mark.parametrize("whole_first", [True, False])
def test_no_page_is_wanted_of_what_another_source_gives_whole(archive: Archive, *, whole_first: bool) -> None:
    for each in [story(source="api"), teaser()] if whole_first else [teaser(), story(source="api")]:
        archive.put([each], pages="auto")
    assert queued(archive) == []


def test_a_page_that_is_always_wanted_is_so_beside_a_whole_body(archive: Archive) -> None:
    archive.put([teaser()], pages="always")
    archive.put([story(source="api")], pages="auto")
    assert queued(archive) == [("1", "feed")]


def test_a_page_that_failed_comes_after_the_others_and_keeps_its_reason(archive: Archive) -> None:
    archive.put([teaser(1), teaser(2)], pages="auto")
    archive.put_off(teaser(2).url, "the server answered 503")
    assert queued(archive) == [("1", "feed"), ("2", "feed")]
    [_, failed] = archive.wanted(SOURCES, 5, 9)
    assert (failed.tries, failed.error) == (1, "the server answered 503")
    assert [each.tries for each in archive.wanted(SOURCES, 1, 9)] == [0]
    assert (archive.waiting(1), archive.waiting(2)) == ({"feed": 1}, {"feed": 2})


def test_a_changed_item_gives_its_page_all_tries_again(archive: Archive) -> None:
    archive.put([teaser()], pages="auto")
    archive.put_off(teaser().url, "the server answered 503")
    archive.put([teaser(day=1, title="A mended headline")], pages="auto")
    assert [(each.tries, each.error) for each in archive.wanted(SOURCES, 5, 9)] == [(0, "")]


def bare(number: int = 1, source: str = "map", **fields: Any) -> Sighting:
    """Return nothing but an address, as a sitemap has it."""
    return said(source, url=story(number).url, **fields)


def test_a_mere_address_is_in_no_article_and_its_page_is_wanted(archive: Archive) -> None:
    assert archive.put([bare(1, updated=NOON), bare(2)], pages="auto") == Tally()
    assert queued(archive) == [("1", "map"), ("2", "map")]
    assert archive.find([story(1).url]) == ()


def test_a_mere_address_that_says_the_same_is_read_once_and_keeps_its_tries(archive: Archive) -> None:
    archive.put([bare(1, updated=NOON), bare(2, updated=NOON)], pages="auto")
    archive.answered(story(1).url)
    archive.put_off(story(2).url, "503")
    archive.put([bare(1, updated=NOON, day=1), bare(2, updated=NOON, day=1)], pages="auto")
    assert [(each.url, each.tries) for each in archive.wanted(SOURCES, 5, 9)] == [(story(2).url, 1)]
    archive.put([bare(1, updated=NOON + DAY), bare(2, updated=NOON + DAY)], pages="auto")
    assert [each.tries for each in archive.wanted(SOURCES, 5, 9)] == [0, 0]


@pytest.mark.parametrize("whole_first", [True, False])
def test_the_page_of_a_mere_address_is_not_read_where_another_source_gives_it_whole(
    archive: Archive, *, whole_first: bool
) -> None:
    for each in [story(), bare()] if whole_first else [bare(), story()]:
        archive.put([each], pages="auto")
    assert queued(archive) == []
    archive.put([bare()], pages="always")
    assert queued(archive) == [("1", "map")]


def test_an_item_beside_a_mere_address_leaves_what_that_said(archive: Archive) -> None:
    archive.put([bare(updated=NOON)], pages="auto")
    archive.put([teaser()], pages="auto")
    archive.answered(story().url)
    archive.put([bare(updated=NOON, day=1)], pages="auto")
    assert queued(archive) == []


def test_what_is_stored_together_is_stored_whole_or_not_at_all(archive: Archive) -> None:
    def broken() -> None:
        with archive.together():
            archive.put([teaser()], pages="auto")
            archive.remember("me", {"https://harbour.example/feed": Validators(etag='"1"')})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert archive.find([teaser().url]) == ()
    assert queued(archive) == []
    assert archive.validators("me", "https://harbour.example/feed") is None


def test_validators_are_kept_an_address_and_go_with_an_answer_that_has_none(archive: Archive) -> None:
    feed, page = "https://harbour.example/feed", "https://harbour.example/page"
    assert archive.validators("me", feed) is None
    said = {feed: Validators(etag='W/"1"'), page: Validators(last_modified="Tue, 22 Oct 2024 09:00:00 GMT")}
    archive.remember("me", said)
    assert {url: archive.validators("me", url) for url in said} == said
    assert archive.validators("another", feed) is None
    archive.remember("me", {feed: Validators(etag='"2"'), page: Validators()})
    assert (archive.validators("me", feed), archive.validators("me", page)) == (Validators(etag='"2"'), None)


def test_any_thread_may_ask_for_validators_while_another_stores(archive: Archive) -> None:
    url, found = "https://harbour.example/feed", list[Validators | None]()
    archive.remember("me", {url: Validators(etag='"1"')})
    with archive.together():
        archive.remember("me", {url: Validators(etag='"2"')})
        threads = [threading.Thread(target=lambda: found.append(archive.validators("me", url))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [Validators(etag='"1"')] * 8
    assert archive.validators("me", url) == Validators(etag='"2"')


def test_what_a_source_said_last_of_the_articles_of_a_span_is_told(archive: Archive) -> None:
    archive.put([story(1, "api"), story(2, "api"), story(2), story(9, "api"), story(3)])
    archive.put([story(1, "api", day=1, title="Mended")])
    found = archive.said_by("api", NOON, NOON + 5 * DAY)
    assert [said.title for said in found] == ["Mended", "Story number 2"]
    assert archive.said_by("api", NOON, NOON + DAY) == ()
    assert archive.said_by("nobody", NOON, NOON + 5 * DAY) == ()


def test_a_source_speaks_for_the_date_that_it_says_itself(archive: Archive) -> None:
    archive.put([story(1, "api", published=NOON), replace(story(1), hash="", published=NOON - DAY / 2)])
    assert [said.source for said in archive.said_by("api", NOON, NOON + DAY)] == ["api"]


def test_what_a_closed_archive_is_asked_is_an_error_of_ours(tmp_path: Path) -> None:
    archive = open_archive(tmp_path / "articles.db")
    archive.close()
    with pytest.raises(ArchiveError):
        archive.validators("me", "https://harbour.example/feed")


def test_the_pages_of_some_sources_are_no_part_of_the_most_that_others_may_have(archive: Archive) -> None:
    archive.put([teaser(number, "map") for number in range(2, 6)], pages="auto")
    archive.put([teaser(1)], pages="auto")
    assert [each.source for each in archive.wanted(["feed"], 5, 1)] == ["feed"]


def test_a_page_of_a_source_that_is_no_more_is_read_for_another_or_for_none(archive: Archive) -> None:
    archive.put([teaser(1, "api"), teaser(2, "api")], pages="auto")
    archive.put([teaser(1)], pages="auto")
    archive.inherit(["feed", "map"])
    assert queued(archive) == [("1", "feed")]
    assert archive.waiting(5) == {"feed": 1}


def test_of_a_page_that_is_wanted_with_two_dates_the_later_counts_whoever_comes_first(archive: Archive) -> None:
    archive.put([teaser(source="feed", published=NOON + 9 * DAY)], pages="auto")
    archive.put([teaser(source="api", published=NOON + DAY)], pages="auto")
    assert [each.published for each in archive.wanted(SOURCES, 5, 9)] == [NOON + 9 * DAY]


def test_what_an_address_said_is_remembered_when_its_page_is_read_for_another_source(archive: Archive) -> None:
    archive.put([bare(updated=NOON)], pages="auto")
    archive.answered(bare().url)
    archive.put([teaser()], pages="auto")
    archive.answered(teaser().url)
    archive.put([bare(updated=NOON)], pages="auto")
    assert queued(archive) == []
