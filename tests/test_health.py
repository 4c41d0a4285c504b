"""What a reading says of its source: what it learns, what changed, and which alarms it gives."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from digest.health import COUNTS, DAYS, LISTED, NAMED, Outcome, after
from digest.health.alarms import alarms, usual_silence
from digest.model.article import Block, Problem, Sighting, Witness
from digest.model.freshness import Changed, Retitled, SourceState
from digest.wire import from_json, to_json

NOON = datetime(2024, 10, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)
BODY = (Block(text="The ferry left late again."),)


def said(slug: str, published: datetime | None = NOON, **fields: object) -> Sighting:
    plain = {"url": f"https://quay.example/{slug}", "guid": f"tag:{slug}", "title": f"The {slug}", "blocks": BODY}
    return Sighting(**{"source": "CMS", "published": published, "seen_at": NOON, **plain, **fields})  # type: ignore[arg-type] # a test's rows


def days(count: int, since: datetime = NOON) -> list[Sighting]:
    """Return one item a day, the newest at `since`."""
    return [said(f"day{(since - back * DAY):%m%d}", since - back * DAY) for back in range(count)]


def read(state: SourceState, sightings: list[Sighting], at: datetime = NOON, **more: object) -> SourceState:
    return after(state, Outcome(at=at, sightings=sightings, **more))  # type: ignore[arg-type] # as above


def codes(state: SourceState, now: datetime = NOON) -> list[str]:
    return [finding.code for finding in alarms(state, now, str)]


NEW = SourceState(name="CMS")


def test_a_reading_is_counted() -> None:
    excerpt = Witness(field="blocks", name="feed-excerpt")
    bodies = [said("a"), said("b", blocks=()), said("c", witnesses=(excerpt,)), said("d", None, section="News")]
    state = read(NEW, bodies)
    assert (state.items, state.whole, state.undated, state.problems) == (4, 2, 1, 0)
    assert (state.last_success, state.last_attempt, state.newest) == (NOON, NOON, NOON)
    assert (state.sections, state.days, state.counts) == (("News",), (date(2024, 10, 25),), (4,))
    assert state.changed == Changed()


def test_what_is_remembered_has_a_limit() -> None:
    state = NEW
    for week in range(COUNTS + 3):
        state = read(state, [*days(LISTED, NOON + week * 7 * DAY), said(f"w{week}", section=f"S{week}")])
    assert (len(state.counts), len(state.days), len(state.listed)) == (COUNTS, DAYS, LISTED)
    assert len(to_json(state)) < 60_000


def test_what_is_dated_ahead_is_not_out_yet() -> None:
    state = read(NEW, [said("a"), said("b", NOON + 9 * DAY)])
    assert (state.newest, state.days) == (NOON, (date(2024, 10, 25),))


def test_failures_are_counted_from_the_first_on_and_what_was_learnt_stays() -> None:
    good = read(NEW, days(3))
    down = Problem(source="CMS", where="here", message="503", incomplete=True)
    first = read(good, [], NOON + DAY, problems=[down])
    second = read(first, [said("a")], NOON + 2 * DAY, problems=[down])
    assert (first.failures, first.error, first.failing_since) == (1, "503", NOON + DAY)
    assert (second.failures, second.items, second.whole, second.failing_since) == (2, 3, 3, NOON + DAY)
    assert (second.last_success, second.newest, second.listed) == (NOON, NOON, good.listed)
    again = read(second, days(3), NOON + 3 * DAY)
    assert (again.failures, again.error, again.failing_since) == (0, "", None)


def test_one_bad_item_is_no_failure_and_nothing_but_bad_items_is() -> None:
    bad = Problem(source="CMS", where="item 2", message="no title")
    assert read(NEW, [said("a")], problems=[bad]).error == ""
    assert read(NEW, [], problems=[bad]).error == "no title"
    assert read(NEW, []).error == ""


def test_a_source_that_says_nothing_new_keeps_its_figures() -> None:
    before = read(NEW, [*days(3), said("x", None)])
    state = read(before, [], NOON + DAY, unchanged=True)
    assert state == replace(before, last_attempt=NOON + DAY, last_success=NOON + DAY)
    half = read(before, [said("late", NOON + DAY, section="News")], NOON + DAY, unchanged=True)
    assert (half.newest, half.sections, half.items) == (NOON + DAY, ("News",), 4)


def test_a_span_that_a_person_named_is_nothing_to_compare_with() -> None:
    before = read(NEW, days(9))
    old = read(before, days(2, NOON - 300 * DAY), NOON + DAY, by_hand=True)
    assert (old.items, old.newest, old.counts, old.listed) == (9, NOON, before.counts, before.listed)
    assert (old.changed, old.last_success) == (Changed(), NOON + DAY)


@pytest.mark.parametrize("asked", [2, 2_000])
def test_neither_a_day_nor_an_archive_of_years_that_was_asked_for_gives_an_alarm(asked: int) -> None:
    state = NEW
    for _ in range(4):
        state = read(state, days(20))
    for _ in range(4):
        state = read(state, days(asked), by_hand=True)
        assert codes(state) == []
    assert codes(read(state, days(20))) == []


def test_a_source_that_was_asked_by_hand_alone_has_its_figures() -> None:
    state = read(NEW, days(2), by_hand=True)
    assert (state.items, state.counts, state.newest) == (2, (2,), NOON)


def test_what_is_lost_is_told_from_what_a_feed_lets_go() -> None:
    before = read(NEW, days(10))
    later = [each for each in days(10, NOON + DAY) if each.url != "https://quay.example/day1020"]
    state = read(before, later, NOON + DAY)
    assert state.changed.lost == ("The day1020",)  # and not 16 October, which is older than the oldest


def test_what_was_not_asked_for_is_not_lost() -> None:
    before = read(NEW, days(10))
    state = read(before, days(3), since=NOON - 2 * DAY)
    assert state.changed.lost == ()
    back = [*days(3), said("corrected", NOON - 400 * DAY)]
    assert read(before, back, since=NOON - 2 * DAY).changed.lost == ()


def test_what_an_api_does_not_list_is_lost_however_little_is_left() -> None:
    before = read(NEW, days(10))
    left = read(before, days(1), since=NOON - 5 * DAY, whole=True)
    assert len(left.changed.lost) == 5
    none = read(before, [], since=NOON - 5 * DAY, whole=True)
    assert (len(none.changed.lost), none.items) == (6, 0)
    assert codes(none) == ["source-lost"]
    assert read(before, []).changed.lost == ()


def test_an_item_is_known_again_by_any_of_its_names() -> None:
    before = read(NEW, [said("a"), said("b", guid=""), said("c", url="", guid="")])
    moved = [said("a", url="https://quay.example/new"), said("b", guid="other"), said("c", url="", guid="")]
    assert read(before, moved).changed == Changed()


def test_a_site_that_moves_with_all_its_names_loses_nothing() -> None:
    before = read(NEW, days(9))
    moved = [replace(each, url=each.url.replace("quay", "pier"), guid=f"new:{each.guid}") for each in days(9)]
    state = read(before, moved)
    assert (state.changed.lost, codes(state)) == ((), [])


def test_a_gone_sighting_is_no_item() -> None:
    before = read(NEW, days(3))
    listed = [*days(3)[1:], said("day1025", None, gone=True)]
    assert read(before, listed).items == 2


def test_new_sections_and_changed_titles_are_told() -> None:
    before = read(NEW, [said("a", section="News"), said("b")])
    state = read(before, [said("a", section="News", title="The tide"), said("b", section="Culture")])
    assert state.changed.sections == ("Culture",)
    assert state.changed.titles == (Retitled(was="The a", title="The tide"),)
    assert read(state, [said("a", section="News", title="The tide")]).changed.sections == ()
    assert read(read(NEW, [said("a")]), [said("a", section="News")]).changed.sections == ()


def test_no_more_changes_are_told_than_can_be_shown() -> None:
    before = read(NEW, [said(f"a{number}") for number in range(50)])
    state = read(before, [said(f"a{number}", title="All the same") for number in range(50)])
    assert len(state.changed.titles) == NAMED


SCHEDULES = {
    "a daily": (range(60), 4),
    "working days": ([back for back in range(84) if (NOON - back * DAY).weekday() < 5], 5),
    "Mondays": (range(4, 420, 7), 11),
    "a monthly": (range(0, 900, 30), 46),
    "working days, with a fortnight's holiday": (
        [back for back in range(98) if (NOON - back * DAY).weekday() < 5 and not 40 < back < 55],
        5,
    ),
}


@pytest.mark.parametrize(("published", "alarms_on"), SCHEDULES.values(), ids=SCHEDULES)
def test_a_source_that_is_silent_for_longer_than_usual_gives_an_alarm(published: list[int], alarms_on: int) -> None:
    state = read(NEW, [said(f"d{back}", NOON - back * DAY) for back in published])
    newest = min(published)
    silent = [age for age in range(120) if codes(state, NOON + (age - newest) * DAY) == ["source-silent"]]
    assert silent[0] == alarms_on
    assert silent == list(range(alarms_on, 120))


def test_of_a_new_source_no_silence_is_unusual() -> None:
    state = read(NEW, days(7))
    assert usual_silence(state) is None
    assert codes(state, NOON + 400 * DAY) == []
    assert codes(NEW) == []


def test_a_source_that_fails_is_not_silent_but_failing() -> None:
    state = read(NEW, days(20))
    down = [Problem(source="CMS", where="here", message="503", incomplete=True)]
    for _ in range(3):
        state = read(state, [], NOON + 30 * DAY, problems=down)
    [finding] = alarms(state, NOON + 30 * DAY, lambda day: f"{day:%d %B}")
    assert (finding.code, finding.where) == ("source-failing", "CMS")
    assert finding.message == "failed 3 times in a row, since 24 November: 503"
    assert codes(replace(state, failures=2), NOON + 30 * DAY) == []


def test_far_fewer_items_than_usual_give_an_alarm() -> None:
    state = NEW
    for _ in range(3):
        state = read(state, days(20))
        assert codes(state) == []
    state = read(state, days(9))
    [finding] = alarms(state, NOON, str)
    assert (finding.code, finding.message) == ("source-lost", "9 items, usual are 20")
    assert codes(read(state, days(10))) == []


def test_of_a_source_of_five_items_two_are_few_and_of_four_none_is_missed() -> None:
    for usual, told in ((5, ["source-lost"]), (4, [])):
        state = NEW
        for _ in range(4):
            state = read(state, days(usual))
        assert codes(read(state, days(usual)[:1])) == told


def test_a_first_reading_of_many_weeks_is_not_the_usual_number() -> None:
    state = read(NEW, days(56))
    for _ in range(9):
        state = read(state, days(14), since=NOON - 14 * DAY)
        assert codes(state) == []


def test_items_that_vanish_from_among_the_others_give_an_alarm() -> None:
    before = read(NEW, days(12))
    kept = [each for number, each in enumerate(days(12)) if number in {0, 2, 4, 6, 8, 10, 11}]
    [finding] = alarms(read(before, kept), NOON, str)
    assert finding.message == "5 items that it had are gone, 7 are there"
    assert codes(read(before, days(12)[1:])) == []


def test_a_clock_that_was_set_back_gives_an_alarm_until_it_has_caught_up() -> None:
    ahead = read(NEW, days(3), NOON + 400 * DAY)
    back = read(ahead, days(3), NOON)
    [finding] = alarms(read(back, days(3), NOON + DAY), NOON + DAY, lambda day: f"{day:%d %B %Y}")
    assert (finding.code, finding.level) == ("source-ahead", "warning")
    assert finding.message.startswith("it was read on 29 November 2025, which is still to come")
    assert "clock" in finding.hint
    assert "source-ahead" not in codes(ahead, NOON + 400 * DAY)
    assert "source-ahead" not in codes(read(back, days(3), NOON + 401 * DAY), NOON + 401 * DAY)
    assert "source-ahead" not in codes(read(read(NEW, days(3), NOON + DAY / 48), days(3)))


def test_missing_dates_give_an_alarm() -> None:
    [finding] = alarms(read(NEW, [said("a"), said("b", None)]), NOON, str)
    assert (finding.code, finding.level) == ("source-undated", "warning")
    assert finding.message == "1 of 2 items have no date that can be used: no issue takes them"


def test_the_state_of_an_older_version_is_read() -> None:
    old = b'{"name": "CMS", "items": 3, "last_success": "2024-10-25T12:00:00Z", "error": "", "problems": 1}'
    state = from_json(old, SourceState)
    assert (state.items, state.failures, state.listed, state.changed) == (3, 0, (), Changed())
    assert from_json(to_json(read(state, days(3))), SourceState).items == 3
