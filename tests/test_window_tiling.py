from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import WindowError
from digest.model.window import Window
from digest.text.dates import local
from digest.window import Calendar, Wanted, WeekStart, read_window, week_of
from zone_changes import FIRST, LAST, changes

NOW = datetime(2026, 1, 1, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
ZONES = sorted(available_timezones())
APIA = ZoneInfo("Pacific/Apia")
SKIPPED = datetime(2011, 12, 30, 10, tzinfo=UTC)
"""When Apia's clocks went from 29 to 31 December 2011."""


def read(calendar: Calendar, **wanted: str) -> Window:
    return read_window(Wanted(**wanted), calendar, NOW, None)


def next_label(label: str) -> str:
    """Return the ISO week after one: the oracle, from the dates alone."""
    monday = date.fromisocalendar(int(label[:4]), int(label[6:]), 1) + timedelta(days=7)
    return f"{monday:%G-W%V}"


def check_week(instant: datetime, calendar: Calendar) -> None:
    """Check that an instant is in one week, that its neighbours share no instant and no gap, and its label."""
    week = week_of(instant, calendar)
    before, after = week_of(week.start - INSTANT, calendar), week_of(week.end, calendar)
    assert [instant in each for each in (before, week, after)] == [False, True, False]
    assert (before.end, week.end) == (week.start, after.start)
    assert [next_label(before.label), next_label(week.label)] == [week.label, after.label]
    assert read(calendar, week=week.label) == week
    check_edge(week, calendar)


def check_edge(week: Window, calendar: Calendar) -> None:
    """Check, where the cut-off exists on the clocks, that the week ends when they first show it, and its label."""
    at, zone = calendar.starts, calendar.zone
    shown = week.end.astimezone(zone)
    cut_off = datetime.combine(shown.date(), time(at.hour, at.minute))
    if local(cut_off, zone).astimezone(zone).replace(tzinfo=None) == cut_off:
        exact = (shown.weekday(), shown.time(), shown.fold) == (at.weekday, cut_off.time(), 0)
        assert exact or any(abs(change - week.end) < timedelta(days=1, hours=1) for change in changes(zone))
        last = (week.end - INSTANT).astimezone(zone)
        assert not exact or week.label == f"{last:%G-W%V}"


def check_days(instant: datetime, calendar: Calendar) -> None:
    """Check that the days and months around an instant tile, and that it is in one of them."""
    around = instant.astimezone(calendar.zone).date()
    days = [read_day(around + timedelta(days=step), calendar) for step in (-2, -1, 0, 1, 2)]
    there = [day for day in days if day is not None]
    assert [day.end for day in there[:-1]] == [day.start for day in there[1:]]
    assert sum(instant in day for day in there) == 1
    month = read(calendar, month=f"{around:%Y-%m}")
    after = read(calendar, month=f"{month.end.astimezone(calendar.zone):%Y-%m}")
    assert month.end == after.start


def read_day(day: date, calendar: Calendar) -> Window | None:
    """Return a day's window, or none where the zone skipped the day."""
    try:
        window = read(calendar, day=f"{day}")
    except WindowError:
        assert local(datetime.combine(day, time.min), calendar.zone).astimezone(calendar.zone).date() != day
        return None
    assert window.label == f"{day}"
    return window


@st.composite
def moments(draw: st.DrawFn) -> tuple[datetime, Calendar]:
    """An instant at or near a change of some zone's clocks, in a magazine with some cut-off, often at that change."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    change = draw(st.sampled_from(changes(zone) or (FIRST, SKIPPED, LAST)))
    if draw(st.integers(0, 9)) == 0:
        zone, change = APIA, SKIPPED
    cut_off = change + draw(st.timedeltas(timedelta(hours=-26), timedelta(hours=26)))
    shown = cut_off.astimezone(draw(st.sampled_from((zone, UTC))))
    starts = WeekStart(weekday=shown.weekday(), hour=shown.hour, minute=draw(st.sampled_from((0, 30, shown.minute))))
    instant = change + draw(
        st.timedeltas(timedelta(days=-9), timedelta(days=9)) | st.sampled_from((timedelta(0), -INSTANT))
    )
    return instant, Calendar(zone=zone, starts=starts)


@given(moments())
def test_every_instant_is_in_one_week_and_weeks_tile(moment: tuple[datetime, Calendar]) -> None:
    check_week(*moment)


@given(moments())
def test_every_instant_is_in_one_day_and_days_and_months_tile(moment: tuple[datetime, Calendar]) -> None:
    check_days(*moment)


@given(moments(), st.timedeltas(timedelta(seconds=1), timedelta(days=400)), st.sampled_from((1, 60, 86400)))
def test_a_span_has_its_edges_and_a_label_of_its_own(
    moment: tuple[datetime, Calendar], length: timedelta, unit: int
) -> None:
    start, calendar = moment
    start = start.replace(second=0, microsecond=0)
    shift = timedelta(seconds=unit)
    spans = [
        read(calendar, since=(start + first).isoformat(), until=(start + length + last).isoformat())
        for first, last in (
            (timedelta(0), timedelta(0)),
            (-shift, timedelta(0)),
            (timedelta(0), shift),
            (-shift, shift),
        )
    ]
    assert (spans[0].start, spans[0].end) == (start, start + length)
    assert len({span.label for span in spans}) == len(spans)
    assert not any(set(span.label) & set('/\\:*?"<>| ') for span in spans)


@given(moments(), st.integers(0, 30))
def test_the_label_of_a_span_of_days_reads_back(moment: tuple[datetime, Calendar], days: int) -> None:
    instant, calendar = moment
    first = instant.astimezone(calendar.zone).date()
    span = read(calendar, since=f"{first}", until=f"{first + timedelta(days=days)}")
    assert span.label.startswith(f"{first}--")
    since, until = span.label.split("--")
    assert read(calendar, since=since, until=until) == span


def test_the_changes_are_found() -> None:
    assert SKIPPED in changes(APIA)
    assert changes(ZoneInfo("UTC")) == ()
    assert len(changes(ZoneInfo("Europe/Berlin"))) == 82
    assert datetime(2024, 3, 10, 7, tzinfo=UTC) in changes(ZoneInfo("America/New_York"))


@pytest.mark.heavy
@pytest.mark.parametrize("name", ZONES)
def test_every_change_of_a_zone_with_every_kind_of_cut_off(name: str) -> None:
    zone = ZoneInfo(name)
    for change in {*changes(zone), SKIPPED}:
        starts = {WeekStart(), WeekStart(weekday=4, hour=12), WeekStart(weekday=6), WeekStart(weekday=0, minute=1)}
        for minutes in (-60, -30, -1, 0, 1, 30, 60):
            for clock in (change + timedelta(minutes=minutes), change - timedelta(seconds=1)):
                before = clock.astimezone(UTC) + (
                    (change - timedelta(seconds=1)).astimezone(zone).utcoffset() or timedelta(0)
                )
                for shown in (clock.astimezone(zone), before):
                    starts.add(WeekStart(weekday=shown.weekday(), hour=shown.hour, minute=shown.minute))
        for cut_off in starts:
            calendar = Calendar(zone=zone, starts=cut_off)
            for instant in (change - INSTANT, change, change + timedelta(minutes=45)):
                check_week(instant, calendar)
        check_days(change, Calendar(zone=zone, starts=WeekStart()))
