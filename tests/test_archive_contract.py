"""What every archive does, whatever holds it: one test file over all of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_samples import DAY, NOON, body, story, titles
from digest.archive import open_archive
from digest.merge import merge
from digest.model.article import Article, Block, Document, Sighting
from digest.model.freshness import SourceState, Tally
from digest.ports import Archive
from digest.text.words import short_id

Opener = Callable[[str], Archive]
"""Opens the archive of that name: a new one where there is none, else the same one again."""


@pytest.fixture(scope="module", params=["sqlite"])
def opener(tmp_path_factory: pytest.TempPathFactory) -> Opener:
    folder: Path = tmp_path_factory.mktemp("archives")
    return lambda name: open_archive(folder / f"{name}.db")


_numbers = count()


@pytest.fixture
def archive(opener: Opener) -> Iterator[Archive]:
    with closing(opener(f"archive-{next(_numbers)}")) as opened:
        yield opened


def everything(archive: Archive) -> list[Article]:
    dated = archive.window(NOON - 9999 * DAY, NOON + 9999 * DAY)
    every = {article.id: article for article in (*dated, *archive.unplaced(None))}
    return [every[id_] for id_ in sorted(every)]


def test_an_empty_archive_holds_nothing(archive: Archive) -> None:
    assert archive.window(NOON, NOON + DAY) == archive.late(NOON, NOON + DAY, seen_since=NOON) == ()
    assert archive.unplaced(None) == archive.find(["https://harbour.example/story-1"]) == ()
    assert archive.states() == ()
    assert archive.put([]) == Tally()


def test_what_was_put_comes_back_as_merging_makes_it(archive: Archive) -> None:
    assert archive.put([story()]) == Tally(new=1)
    assert archive.find([story().url]) == (merge([story()]),)


def test_a_changed_archive_is_in_another_state_whoever_changed_it(opener: Opener) -> None:
    with closing(opener("watched")) as archive, closing(opener("watched")) as other:
        seen = [archive.state()]
        assert archive.state() == seen[0]
        for changes in (
            lambda: archive.put([story()]),
            lambda: other.put([story(2)]),
            lambda: other.put([story(2, day=1, title="Another headline")]),
            lambda: archive.note(SourceState(name="feed")),
        ):
            changes()
            assert archive.state() not in seen
            seen.append(archive.state())
        everything(archive)
        assert archive.state() == seen[-1]


def test_what_was_put_is_there_for_the_next_command(opener: Opener) -> None:
    with closing(opener("kept")) as before:
        before.put([story()])
    with closing(opener("kept")) as after:
        assert titles(after.find([story().url])) == ["Story number 1"]


def test_a_window_is_half_open_and_in_order(archive: Archive) -> None:
    archive.put([story(number) for number in (5, 3, 1, 4, 2)])
    found = archive.window(NOON + 2 * DAY, NOON + 4 * DAY)
    assert titles(found) == ["Story number 2", "Story number 3"]


def test_articles_of_one_instant_come_by_id(archive: Archive) -> None:
    archive.put([story(number, published=NOON) for number in range(9)])
    ids = [article.id for article in archive.window(NOON, NOON + DAY)]
    assert ids == sorted(ids)
    assert len(ids) == 9


def test_the_same_thing_again_changes_nothing(archive: Archive) -> None:
    archive.put([story(1), story(2)])
    before = everything(archive)
    assert archive.put([story(2, day=1), story(1, day=1)]) == Tally(same=2)
    assert everything(archive) == before


def test_a_changed_article_is_an_update_and_never_a_second_one(archive: Archive) -> None:
    archive.put([story(1), story(2)])
    assert archive.put([story(1, day=1, title="A better headline"), story(2, day=1)]) == Tally(updated=1, same=1)
    assert titles(archive.window(NOON, NOON + 9 * DAY)) == ["A better headline", "Story number 2"]


def test_a_headline_that_is_taken_back_is_an_update_too(archive: Archive) -> None:
    archive.put([story()])
    archive.put([story(day=1, title="A worse headline")])
    assert archive.put([story(day=2)]) == Tally(updated=1)
    assert titles(archive.find([story().url])) == ["Story number 1"]


def test_another_source_that_says_nothing_new_is_no_update(archive: Archive) -> None:
    archive.put([story()])
    assert archive.put([story(source="second feed", day=1)]) == Tally(same=1)


def test_an_article_that_a_source_lists_twice_comes_to_rest(archive: Archive) -> None:
    twice = [story(), story(title="Another version")]
    assert archive.put(twice) == Tally(new=1)
    assert archive.put([replace(each, seen_at=NOON + DAY) for each in twice]) == Tally(same=1)


@pytest.mark.parametrize(
    "later",
    [
        {"url": "https://harbour.example/renamed", "title": "Renamed", "blocks": body("rewritten")},
        {"guid": "another", "title": "Renamed", "blocks": body("rewritten")},
        {"url": "http://harbour.example/story-1/?utm_source=x#top", "guid": "", "title": "Renamed"},
        {"source": "api", "url": "https://harbour.example/api/1", "title": "Renamed"},
    ],
    ids=["slug", "guid", "spelling", "universal-guid"],
)
def test_an_article_is_known_again_by_its_url_or_its_guid(archive: Archive, later: dict[str, Any]) -> None:
    archive.put([story()])
    assert archive.put([story(day=1, **later)]) == Tally(updated=1)
    (article,) = archive.window(NOON, NOON + 9 * DAY)
    assert (article.id, article.title) == (short_id(story().url), "Renamed")


def test_a_guid_is_only_known_within_its_source(archive: Archive) -> None:
    one, two = story(1, guid="4711"), story(2, guid="4711", source="other feed")
    assert archive.put([one, two]) == Tally(new=2)


def test_a_guid_that_a_feed_gives_to_all_its_items_is_none(archive: Archive) -> None:
    items = [story(number, guid="item") for number in range(1, 4)]
    assert archive.put(items) == Tally(new=3)
    assert archive.put([replace(item, seen_at=NOON + DAY) for item in items]) == Tally(same=3)
    assert all(article.aliases == () for article in archive.window(NOON, NOON + 9 * DAY))


def test_a_sighting_that_ties_two_articles_makes_them_one(archive: Archive) -> None:
    archive.put([story(1, guid="", day=1, title="Elder")])
    archive.put([story(2, url="", guid="tag:harbour.example:1", day=2), story(3, day=2)])
    assert archive.put([story(1, guid="tag:harbour.example:1", day=3, title="Tied")]) == Tally(updated=1)
    (article,) = archive.find([story(1).url])
    assert (article.id, article.title) == (short_id(story(1).url), "Tied")
    assert set(article.aliases) == {"tag:harbour.example:1", short_id("tag:harbour.example:1")}
    assert archive.find(list(article.aliases)) == (article,)
    assert len(archive.window(NOON, NOON + 9 * DAY)) == 2
    assert archive.put([story(2, url="", guid="tag:harbour.example:1", day=4, title="Anew")]) == Tally(updated=1)


def test_one_put_may_tie_what_it_brings_and_what_is_there(archive: Archive) -> None:
    archive.put([story(1), story(2)])
    ties = [story(1, day=1, url="https://harbour.example/x"), story(2, day=1, url="https://harbour.example/x")]
    assert archive.put(ties) == Tally(updated=1)
    assert len(archive.window(NOON, NOON + 9 * DAY)) == 1


def test_a_republished_twin_is_an_article_of_its_own(archive: Archive) -> None:
    text = body("twin")
    assert archive.put([story(1, blocks=text), story(2, blocks=text)]) == Tally(new=2)
    assert archive.put([story(3, day=1, blocks=text)]) == Tally(new=1)
    assert len({article.fingerprint for article in archive.window(NOON, NOON + 9 * DAY)}) == 1


@pytest.mark.parametrize("scrape_first", [True, False])
def test_a_text_without_a_url_is_the_article_with_the_same_body(archive: Archive, *, scrape_first: bool) -> None:
    scrape = story(source="desk", url="", guid="", published=None, date_source=None, title="As scraped")
    first, second = (scrape, story(day=1)) if scrape_first else (story(), replace(scrape, seen_at=NOON + DAY))
    assert archive.put([first]) == Tally(new=1)
    assert archive.put([second]).new == 0
    assert archive.put([replace(second, seen_at=NOON + 2 * DAY)]) == Tally(same=1)
    (article,) = archive.window(NOON, NOON + 9 * DAY)
    assert article.url == story().url
    assert archive.unplaced(None) == ()
    assert archive.put([story(9, day=3, blocks=story().blocks)]) == Tally(new=1)


def test_short_texts_without_a_name_are_told_apart_by_all_their_words(archive: Archive) -> None:
    notes = [story(number, url="", guid="", blocks=body("note", 3)) for number in (1, 2)]
    assert archive.put(notes) == Tally(new=2)
    assert archive.put([replace(note, seen_at=NOON + DAY) for note in notes]) == Tally(same=2)


def test_an_article_is_found_under_every_name_it_ever_had(archive: Archive) -> None:
    archive.put([story(1, guid="4711"), story(2)])
    archive.put([story(1, guid="4711", day=1, url="https://harbour.example/renamed")])
    (article,) = archive.find([short_id(story(1).url)])
    for key in ("feed:4711", "https://harbour.example/renamed", story(1).url, short_id(story(1).url), *article.aliases):
        assert archive.find([key]) == (article,), key
    assert archive.find(["HTTP://harbour.example:80/Story-1"]) == ()
    assert archive.find([f" {story(1).url}/?utm_medium=mail"]) == archive.find([f"{article.id} "]) == (article,)


def test_each_article_is_found_once_and_in_order(archive: Archive) -> None:
    archive.put([story(number) for number in range(5)])
    keys = [story(number).url for number in (4, 2, 2, 0)] + [short_id(story(4).url), "nothing", ""]
    found = archive.find(keys)
    assert [article.id for article in found] == sorted(short_id(story(number).url) for number in (0, 2, 4))


def test_late_ones_were_first_seen_long_after_their_date(archive: Archive) -> None:
    archive.put([story(1, day=1), story(2, day=8), story(3, day=3), story(4, day=9)])
    archive.put([story(3, day=8, title="Only updated late")])
    found = archive.late(NOON, NOON + 4 * DAY, seen_since=NOON + 8 * DAY)
    assert titles(found) == ["Story number 2"]


def test_unplaced_ones_are_undated_or_gone(archive: Archive) -> None:
    undated: dict[str, Any] = {"published": None, "date_source": None}
    archive.put([story(1), story(2, day=1, **undated), story(3, day=2), story(4, day=3, **undated)])
    archive.put([story(3, day=4, gone=True)])
    assert titles(archive.unplaced(None)) == ["Story number 2", "Story number 3", "Story number 4"]
    assert titles(archive.unplaced(NOON + 2 * DAY)) == ["Story number 3", "Story number 4"]
    archive.put([story(4, day=5)])
    archive.put([story(3, day=5)])
    assert titles(archive.unplaced(None)) == ["Story number 2"]


def test_the_oldest_instants_have_their_place(archive: Archive) -> None:
    old = datetime(1, 1, 1, tzinfo=NOON.tzinfo)
    archive.put([story(1, published=old)])
    assert titles(archive.window(old, old + DAY)) == ["Story number 1"]


def test_a_microsecond_decides(archive: Archive) -> None:
    tick = DAY / 86_400_000_000
    archive.put([story(1, published=NOON - tick), story(2, published=NOON)])
    assert titles(archive.window(NOON, NOON + DAY)) == ["Story number 2"]
    assert titles(archive.window(NOON - DAY, NOON)) == ["Story number 1"]


def test_a_sources_state_is_remembered_and_replaced(archive: Archive) -> None:
    archive.note(SourceState(name="pages", last_attempt=NOON, error="503"))
    archive.note(SourceState(name="feed", last_attempt=NOON, last_success=NOON, items=25, newest=NOON))
    archive.note(SourceState(name="pages", last_attempt=NOON + DAY, last_success=NOON + DAY, items=3))
    assert [state.name for state in archive.states()] == ["feed", "pages"]
    assert archive.states()[1] == SourceState(name="pages", last_attempt=NOON + DAY, last_success=NOON + DAY, items=3)


def test_two_that_write_in_turn_see_each_others_articles(opener: Opener) -> None:
    with closing(opener("shared")) as one, closing(opener("shared")) as two:
        assert one.put([story(1)]) == Tally(new=1)
        assert two.put([story(1, day=1), story(2)]) == Tally(new=1, same=1)
        assert len(one.window(NOON, NOON + 9 * DAY)) == 2


@st.composite
def speech(draw: st.DrawFn, sources: Sequence[str]) -> Sighting:
    """Something that is said of one of four stories. A source never goes back to what it said before.

    Who was first has its meaning in two cases alone, which are left out: a source that does go back, and a text
    without a URL that is the body of several articles.
    """
    number, day, source = draw(st.integers(1, 4)), draw(st.integers(0, 5)), draw(st.sampled_from(sources))
    version = day // 2
    fields: dict[str, Any] = {"title": f"{source} says {version}"}
    match source:
        case "feed":
            fields["url"] = f"https://harbour.example/{'renamed-' * version}{number}"
        case "api":  # known by its URL alone: only the feed's first version ties it to all others
            fields |= {"url": f"http://harbour.example/{number}/", "guid": f"{number}", "gone": day > 3}
            fields |= {"published": NOON + (number + day) * DAY, "date_source": "api"}
        case "pages":
            fields |= {"url": "", "published": None, "date_source": None, "blocks": body(f"page{number}x", 30)}
        case "desk":  # known by its text alone
            fields |= {"url": "", "guid": "", "published": None, "date_source": None}
    return story(number, source, day=day, **fields)


@pytest.mark.parametrize("sources", [("feed", "api", "pages"), ("feed", "pages", "desk")])
@settings(max_examples=30)
@given(data=st.data())
def test_neither_order_nor_batches_nor_repetition_matter(
    opener: Opener, sources: Sequence[str], data: st.DataObject
) -> None:
    said_once = st.lists(speech(sources), max_size=12, unique_by=lambda each: (each.source, each.seen_at, each.blocks))
    spoken = data.draw(said_once)
    again = data.draw(st.permutations([*spoken, *spoken[:3]]))
    cut = data.draw(st.integers(0, len(again)))
    name = f"order-{next(_numbers)}"
    with closing(opener(f"{name}-one")) as one, closing(opener(f"{name}-other")) as other:
        for each in spoken:
            one.put([each])
        other.put(again[:cut])
        other.put(again[cut:])
        assert everything(one) == everything(other)
        assert one.put(again) == Tally(same=len(everything(one)))
        assert everything(one) == everything(other)


PLUG = Block(text="Support our lighthouse with a pound a month.")


def plugged(number: int, source: str = "pages", **fields: Any) -> Sighting:
    return story(number, source, **{"blocks": (*body(f"quay{number}x"), PLUG), **fields})


def test_a_line_that_many_pages_of_a_source_have_is_told_from_those_of_the_story(archive: Archive) -> None:
    archive.put([plugged(number) for number in range(4)])
    articles = everything(archive)
    assert set(archive.repeated(articles, 4).values()) == {frozenset({PLUG.text})}
    assert set(archive.repeated(articles, 5).values()) == {frozenset()}
    assert archive.repeated([merge([story(99)])], 1) == {short_id(story(99).url): frozenset()}


def test_a_line_is_counted_once_an_article_and_by_each_source_apart(archive: Archive) -> None:
    archive.put([plugged(1), plugged(2, "other")])
    archive.put([plugged(1, day=1, title="Mended"), plugged(1, day=2, blocks=(*body("quay1x"), PLUG, PLUG))])
    articles = everything(archive)
    assert set(archive.repeated(articles, 1).values()) != {frozenset()}
    assert set(archive.repeated(articles, 2).values()) == {frozenset()}


def test_lines_in_the_middle_of_a_story_are_not_counted(archive: Archive) -> None:
    long = tuple(block for at in range(20) for block in body(f"part{at}x"))
    archive.put([plugged(1, blocks=(*long[:20], PLUG, *long[20:]))])
    assert PLUG.text not in next(iter(archive.repeated(everything(archive), 1).values()))


def test_a_reading_that_is_read_anew_stands_in_place_of_what_it_said(archive: Archive) -> None:
    archive.put([plugged(1, authors=("Staff",))])
    assert archive.put([plugged(1, authors=(), blocks=body("quay1x"))], anew=True) == Tally(updated=1)
    [article] = everything(archive)
    assert (article.authors, article.blocks, article.first_seen) == ((), body("quay1x"), NOON)
    archive.put([plugged(2)])
    assert set(archive.repeated(everything(archive), 2).values()) == {frozenset()}
    assert archive.put([plugged(1, authors=(), blocks=body("quay1x"))], anew=True) == Tally(same=1)


def test_what_another_source_said_stays_when_a_reading_is_read_anew(archive: Archive) -> None:
    archive.put([story(1, "feed", day=1, section="Opinion"), plugged(1)])
    archive.put([plugged(1, title="Mended")], anew=True)
    [article] = everything(archive)
    assert (article.section, article.title) == ("Opinion", "Story number 1")


def raw(name: str, body: bytes = b"<p>x</p>", source: str = "pages", day: float = 0) -> Document:
    return Document(source=source, url=f"https://harbour.example/{name}", body=body, retrieved_at=NOON + day * DAY)


def test_raw_pages_are_kept_the_last_of_each_address(archive: Archive) -> None:
    for document in (raw("b"), raw("a"), raw("a", day=1), raw("a", b"<p>y</p>", day=2), raw("a", source="other")):
        archive.keep(document)
    assert list(archive.kept()) == [raw("a", source="other"), raw("a", b"<p>y</p>", day=2), raw("b")]
    assert list(archive.kept(("other",))) == [raw("a", source="other")]


def test_the_same_page_again_keeps_the_time_at_which_it_first_came(archive: Archive) -> None:
    archive.keep(raw("a"))
    archive.keep(raw("a", day=3))
    assert list(archive.kept()) == [raw("a")]


def test_raw_pages_are_let_go_after_a_time(archive: Archive) -> None:
    archive.keep(raw("a"))
    archive.keep(raw("b", day=2))
    archive.forget(NOON + DAY)
    assert list(archive.kept()) == [raw("b", day=2)]


def test_what_may_repeat_an_article_is_found_among_all(archive: Archive) -> None:
    archive.put([story(number, blocks=body(f"quay{number}x", 200)) for number in range(9)])
    cut = story(20, blocks=body("quay3x", 120), url="https://other.example/cut")
    framed = story(21, blocks=(*body("before", 60), *body("quay3x", 200)), url="https://other.example/framed")
    archive.put([cut, framed])
    (known,) = archive.find(["https://harbour.example/story-3"])
    (alone,) = archive.find(["https://harbour.example/story-4"])
    found = archive.alike([known, alone], 50)
    assert sorted(each.url for each in found[known.id]) == ["https://other.example/cut", "https://other.example/framed"]
    assert found[known.id] == tuple(sorted(found[known.id], key=lambda each: each.id))
    assert found[alone.id] == ()
    pairs = [{one.url, other.url} for one, other in archive.pairs(50)]
    assert len(pairs) == 3
    assert {known.url, "https://other.example/cut"} in pairs


def test_an_article_that_the_archive_does_not_hold_may_be_asked_about(archive: Archive) -> None:
    archive.put([story(1)])
    assert titles(archive.alike([merge([story(2, blocks=body("quay1x"))])], 50)[short_id(URL_2)]) == ["Story number 1"]


URL_2 = "https://harbour.example/story-2"


def test_an_article_is_found_by_its_body_as_it_is_now(archive: Archive) -> None:
    archive.put([story(1), story(2, blocks=body("old", 60))])
    archive.put([story(2, day=1, blocks=body("quay1x", 45))])
    assert len(list(archive.pairs(50))) == 1
    archive.put([story(2, day=2, blocks=body("new", 70))])
    assert list(archive.pairs(50)) == []
    archive.put([story(3, blocks=body("old", 60))])
    assert list(archive.pairs(50)) == []


def test_articles_that_turn_out_to_be_one_are_no_pair(archive: Archive) -> None:
    archive.put([story(1), story(2, guid="", blocks=body("quay1x", 45))])
    assert len(list(archive.pairs(50))) == 1
    archive.put([story(2, day=1, guid="https://harbour.example/?p=1", blocks=body("quay1x", 45))])
    assert len(archive.find([URL_2])) == 1
    assert list(archive.pairs(50)) == []


def test_runs_that_very_many_articles_have_lead_to_nothing(archive: Archive) -> None:
    foot = body("about the magazine", 400)
    archive.put([story(number, blocks=(*body(f"quay{number}x", 60), *foot)) for number in range(1, 80)])
    (first,) = archive.find(["https://harbour.example/story-1"])
    assert archive.alike([first], 50)[first.id] == ()
    assert list(archive.pairs(50)) == []


def test_what_several_sources_said_last_is_told_at_once(archive: Archive) -> None:
    first, last = replace(story(1), source="CMS"), replace(story(1), source="CMS", title="Mended", seen_at=NOON + DAY)
    page = replace(story(1), source="CMS (pages)")
    archive.put([replace(each, hash="") for each in (first, last, page, replace(story(1), source="other"))])
    assert first.published is not None
    said = archive.said_by(("CMS", "CMS (pages)"), first.published, first.published + DAY)
    assert [(each.source, each.title) for each in said] == [("CMS", "Mended"), ("CMS (pages)", page.title)]
    assert archive.said_by((), first.published, first.published + DAY) == ()
