from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
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
    """Check that a week ends when the clocks first show the cut-off, later only where they skip it, and its label."""
    at, zone = calendar.starts, calendar.zone
    shown = week.end.astimezone(zone)
    cut_off = datetime.combine(shown.date(), time(at.hour, at.minute))
    if shown.weekday() != at.weekday:
        cut_off -= timedelta(days=1)
    assert cut_off.weekday() == at.weekday
    if exists(cut_off, zone):
        assert (shown.replace(tzinfo=None), shown.fold) == (cut_off, 0)
    if exists(cut_off, zone) and exists(cut_off - INSTANT, zone):
        assert week.label == f"{(week.end - INSTANT).astimezone(zone):%G-W%V}"


def exists(shown: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the clocks of a zone ever show a time."""
    return local(shown, zone).astimezone(zone).replace(tzinfo=None) == shown


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


@settings(max_examples=400)
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
def test_every_change_of_every_zone_with_cut_offs_around_it() -> None:
    checked = set()
    for zone in map(ZoneInfo, ZONES):
        offsets = tuple(change.astimezone(zone).utcoffset() for change in (FIRST, *changes(zone)))
        if (changes(zone), offsets) in checked:  # the same clocks under another name
            continue
        checked.add((changes(zone), offsets))
        for change in {*changes(zone), SKIPPED}:
            for starts in cut_offs(change, zone):
                for instant in (change - INSTANT, change, change + timedelta(minutes=45)):
                    check_week(instant, Calendar(zone=zone, starts=starts))
            check_days(change, Calendar(zone=zone, starts=WeekStart()))
    assert len(checked) > 100


def cut_offs(change: datetime, zone: ZoneInfo) -> set[WeekStart]:
    """Return the usual cut-offs and those around a change, by the clocks before it and by those after it."""
    offsets = [(change + step).astimezone(zone).utcoffset() or timedelta(0) for step in (-INSTANT, timedelta(0))]
    minutes = (-30, -1, 0, 1, 30)
    shown = [change + offset + timedelta(minutes=minute) for offset in offsets for minute in minutes]
    near = {WeekStart(weekday=each.weekday(), hour=each.hour, minute=each.minute) for each in shown}
    return near | {WeekStart(), WeekStart(weekday=4, hour=12), WeekStart(weekday=6)}
