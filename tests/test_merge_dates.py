"""digest.merge.dates: which date of publication stands, and which words contradict each other."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from archive_samples import DAY, NOON, said, story
from digest.merge import merge
from digest.merge.dates import EDITOR
from digest.model.article import Sighting, Stamp, Witness

HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)


def dated(source: str, by: str | None, published: datetime | None, *, day: float = 40, **fields: Any) -> Sighting:
    """Say a date; `day` is when it was said, later than any date here unless a test is about that."""
    return said(source, day=day, published=published, date_source=by, **fields)


def editor(published: datetime | None, *, day: float) -> Sighting:
    return said(EDITOR, day=day, guid="0123456789ab", published=published, date_source="editor")


def test_a_plan_gives_way_to_what_its_source_says_later() -> None:
    planned = dated("api", "api", NOON + 2 * DAY, day=0)
    moved = dated("api", "api", NOON + 9 * DAY, day=1)
    assert merge([planned, moved]).published == NOON + 9 * DAY
    assert merge([planned, dated("api", "api", NOON + DAY, day=3)]).published == NOON + DAY
    assert merge([planned]).published == NOON + 2 * DAY


def test_what_was_out_already_is_not_younger_because_it_was_touched() -> None:
    out = dated("api", "api", NOON, day=1)
    assert merge([out, dated("api", "api", NOON + 9 * DAY, day=10)]).published == NOON


def test_a_plan_of_one_source_is_no_other_sources_to_give_up() -> None:
    planned = dated("api", "api", NOON + 2 * DAY, day=0)
    assert merge([planned, dated("feed", "feed", NOON + 9 * DAY, day=1)]).published == NOON + 2 * DAY


def test_a_feed_that_dates_changes_alone_gives_way_to_the_page() -> None:
    changed = (Witness(field="published", name="feed-updated"),)
    feed = dated("feed", "feed", NOON + 3 * DAY, witnesses=changed)
    assert merge([feed, dated("feed (pages)", "page", NOON)]).published == NOON
    assert merge([feed, dated("feed (pages)", "guess", NOON)]).published == NOON + 3 * DAY


def test_a_story_that_its_page_dates_years_earlier_was_moved_or_run_again() -> None:
    feed, old = dated("feed", "feed", NOON), dated("feed (pages)", "page", NOON - 2 * YEAR)
    assert merge([feed, old]).published == NOON - 2 * YEAR
    assert merge([feed, old]).date_source == "page"
    assert merge([feed, dated("feed (pages)", "page", NOON - YEAR)]).published == NOON
    assert merge([feed, dated("feed (pages)", "guess", NOON - 2 * YEAR)]).published == NOON
    assert merge([feed, old, editor(NOON, day=50)]).published == NOON


def test_an_editor_may_take_her_date_back_and_no_one_elses() -> None:
    feed = dated("feed", "feed", NOON)
    assert merge([feed, editor(NOON + 9 * DAY, day=50)]).published == NOON + 9 * DAY
    assert merge([feed, editor(NOON + 9 * DAY, day=50), editor(None, day=51)]).published == NOON
    by_hand = dated("by hand", "editor", NOON + DAY, day=45)
    assert merge([feed, by_hand, editor(NOON + 9 * DAY, day=50), editor(None, day=51)]).published == NOON + DAY
    assert merge([feed, editor(None, day=51), editor(NOON - DAY, day=52)]).published == NOON - DAY


@pytest.mark.parametrize("apart", [2 * DAY, -2 * DAY, DAY + HOUR])
def test_sources_that_differ_by_more_than_a_day_are_shown(apart: timedelta) -> None:
    feed, page = dated("feed", "feed", NOON), dated("feed (pages)", "page", NOON + apart)
    one, two = (
        Stamp(source="feed", date_source="feed", published=NOON),
        Stamp(source="feed (pages)", date_source="page", published=NOON + apart),
    )
    assert merge([feed, page]).dates == ((one, two) if apart > timedelta() else (two, one))


def test_a_days_difference_is_none() -> None:
    assert merge([dated("feed", "feed", NOON), dated("page", "page", NOON + DAY)]).dates == ()
    midnight = datetime(2024, 10, 20, tzinfo=UTC)
    assert merge([dated("feed", "feed", NOON), dated("page", "page", midnight, precision="day")]).dates == ()
    assert merge([dated("feed", "feed", NOON), dated("page", "page", midnight - DAY, precision="day")]).dates != ()


def test_a_source_that_dates_its_story_anew_disputes_itself() -> None:
    anew = [dated("feed", "feed", NOON + week * 7 * DAY, day=week * 7 + 1) for week in range(3)]
    assert [stamp.published for stamp in merge(anew).dates] == [NOON, NOON + 14 * DAY]


def test_nobody_disputes_with_a_guess_nor_once_an_editor_has_spoken() -> None:
    feed, page = dated("feed", "feed", NOON), dated("page", "page", NOON + 9 * DAY)
    assert merge([feed, dated("page", "guess", NOON + 9 * DAY)]).dates == ()
    assert merge([feed, page, editor(NOON, day=50)]).dates == ()
    assert merge([feed, page, editor(NOON, day=50), editor(None, day=51)]).dates != ()
    assert merge([story(published=None)]).dates == ()
