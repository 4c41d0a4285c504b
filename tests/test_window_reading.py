from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from digest.errors import ConfigError, WindowError
from digest.model.window import Window
from digest.window import Calendar, Wanted, WeekStart, reach, read_week_start, read_window, week_of

BERLIN = ZoneInfo("Europe/Berlin")
APIA = ZoneInfo("Pacific/Apia")
FRIDAYS = Calendar(zone=BERLIN, starts=WeekStart(weekday=4, hour=12))
NOW = datetime(2024, 10, 30, 9, 15, 42, 7, tzinfo=UTC)  # a Wednesday


def asked(wanted: Wanted, *, zone: ZoneInfo = BERLIN, now: datetime = NOW, last_end: datetime | None = None) -> Window:
    """Return the window that the options give in a magazine of `zone` whose week starts on Fridays at noon."""
    return read_window(wanted, Calendar(zone=zone, starts=FRIDAYS.starts), now, last_end)


def shown(window: Window) -> tuple[str, str, str]:
    """Return a window's label and its edges as the zone's clocks show them."""
    start, end = (edge.astimezone(ZoneInfo(window.zone)) for edge in (window.start, window.end))
    return window.label, f"{start:%a %Y-%m-%d %H:%M}", f"{end:%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "label", "start", "end"),
    [
        ("last", "2024-W43", "Fri 2024-10-18 12:00", "Fri 2024-10-25 12:00"),
        ("-1", "2024-W43", "Fri 2024-10-18 12:00", "Fri 2024-10-25 12:00"),
        ("this", "2024-W44", "Fri 2024-10-25 12:00", "Fri 2024-11-01 12:00"),
        ("-0", "2024-W44", "Fri 2024-10-25 12:00", "Fri 2024-11-01 12:00"),
        ("-2", "2024-W42", "Fri 2024-10-11 12:00", "Fri 2024-10-18 12:00"),
        ("-53", "2023-W43", "Fri 2023-10-20 12:00", "Fri 2023-10-27 12:00"),
        ("2024-W43", "2024-W43", "Fri 2024-10-18 12:00", "Fri 2024-10-25 12:00"),
        ("2024w43", "2024-W43", "Fri 2024-10-18 12:00", "Fri 2024-10-25 12:00"),
        ("2024-W1", "2024-W01", "Fri 2023-12-29 12:00", "Fri 2024-01-05 12:00"),
        ("2020-W53", "2020-W53", "Fri 2020-12-25 12:00", "Fri 2021-01-01 12:00"),
        ("2024-10-25", "2024-W43", "Fri 2024-10-18 12:00", "Fri 2024-10-25 12:00"),
        ("2024-10-25T12:00", "2024-W44", "Fri 2024-10-25 12:00", "Fri 2024-11-01 12:00"),
        ("25 October 2024 11:59 CEST", "2024-W43", "Fri 2024-10-18 12:00", "Fri 2024-10-25 12:00"),
        ("today", "2024-W44", "Fri 2024-10-25 12:00", "Fri 2024-11-01 12:00"),
        ("yesterday", "2024-W44", "Fri 2024-10-25 12:00", "Fri 2024-11-01 12:00"),
    ],
)
def test_week(text: str, label: str, start: str, end: str) -> None:
    window = asked(Wanted(week=text))
    assert shown(window) == (label, start, end)
    assert (window.kind, window.zone, window.words) == ("week", "Europe/Berlin", "")


def test_the_last_week_is_complete_at_its_end_and_not_before() -> None:
    end = datetime(2024, 10, 25, 10, tzinfo=UTC)
    assert asked(Wanted(week="last"), now=end).label == "2024-W43"
    assert asked(Wanted(week="last"), now=end - timedelta(microseconds=1)).label == "2024-W42"
    assert asked(Wanted(week="this"), now=end).label == "2024-W44"


@pytest.mark.parametrize(
    ("starts", "start", "end"),
    [
        ("monday", "Mon 2024-12-30 00:00", "Mon 2025-01-06 00:00"),  # its last instant is a Sunday's
        ("monday 00:01", "Mon 2024-12-23 00:01", "Mon 2024-12-30 00:01"),
        ("sunday 23:59", "Sun 2024-12-29 23:59", "Sun 2025-01-05 23:59"),
        ("thu 06:30", "Thu 2024-12-26 06:30", "Thu 2025-01-02 06:30"),
    ],
)
def test_a_week_bears_the_iso_label_of_its_last_instant(starts: str, start: str, end: str) -> None:
    calendar = Calendar(zone=BERLIN, starts=read_week_start(starts))
    window = read_window(Wanted(week="2025-W01"), calendar, NOW, None)
    assert shown(window) == ("2025-W01", start, end)
    assert week_of(window.start, calendar) == window


def test_neighbours_bear_consecutive_labels_where_the_clocks_skip_the_last_time() -> None:
    calendar = Calendar(zone=ZoneInfo("Africa/Casablanca"), starts=read_week_start("monday 01:00"))
    last = datetime(2009, 5, 31, 23, 59, tzinfo=UTC)  # Sunday's last minute: Monday began at 01:00
    assert [week_of(last + timedelta(weeks=weeks), calendar).label for weeks in (-1, 0, 1)] == [
        "2009-W22",
        "2009-W23",
        "2009-W24",
    ]


@pytest.mark.parametrize(("week", "hours"), [("2024-W13", 168), ("2024-W14", 167), ("2024-W44", 169)])
def test_hours_of_a_week_over_daylight_saving(week: str, hours: int) -> None:
    window = asked(Wanted(week=week))
    assert window.end - window.start == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("zone", "starts", "week", "instant", "label"),
    [
        # Saturday comes back for an hour at 00:01 on Sunday: it belongs to the week that has started.
        ("America/St_Johns", "sunday", "2010-W45", datetime(2010, 11, 7, 3, 0, tzinfo=UTC), "2010-W45"),
        # 23:00 to 24:00 on Saturday does not exist: a cut-off at 23:30 moves to 00:30, and 00:15 is before it.
        ("America/Nuuk", "saturday 23:30", "2025-W13", datetime(2025, 3, 30, 1, 15, tzinfo=UTC), "2025-W13"),
    ],
)
def test_times_that_mislead_around_an_edge(zone: str, starts: str, week: str, instant: datetime, label: str) -> None:
    calendar = Calendar(zone=ZoneInfo(zone), starts=read_week_start(starts))
    assert instant in read_window(Wanted(week=week), calendar, NOW, None)
    assert week_of(instant, calendar).label == label


def test_the_week_in_which_apia_had_no_friday() -> None:
    calendar = Calendar(zone=APIA, starts=read_week_start("friday"))
    before, after = (read_window(Wanted(week=week), calendar, NOW, None) for week in ("2011-W52", "2012-W01"))
    assert before.end == after.start == datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert after.end - after.start == timedelta(days=6)
    assert shown(after)[1] == "Sat 2011-12-31 00:00"


@pytest.mark.parametrize(
    ("wanted", "label", "start", "end"),
    [
        (
            {"since": "2024-10-01", "until": "2024-10-20"},
            "2024-10-01--2024-10-20",
            "Tue 2024-10-01 00:00",
            "Mon 2024-10-21 00:00",
        ),
        (
            {"since": "2024-10-01 09:30", "until": "2024-10-20T12:00"},
            "2024-10-01T0930--2024-10-20T1200",
            "Tue 2024-10-01 09:30",
            "Sun 2024-10-20 12:00",
        ),
        (
            {"since": "1 Oct 2024"},
            "2024-10-01--2024-10-30T1015",
            "Tue 2024-10-01 00:00",
            "Wed 2024-10-30 10:15",
        ),
        (
            {"since": "yesterday", "until": "today"},
            "2024-10-29--2024-10-30",
            "Tue 2024-10-29 00:00",
            "Thu 2024-10-31 00:00",
        ),
        ({"month": "2024-10"}, "2024-10", "Tue 2024-10-01 00:00", "Fri 2024-11-01 00:00"),
        ({"month": "2024-12"}, "2024-12", "Sun 2024-12-01 00:00", "Wed 2025-01-01 00:00"),
        ({"day": "2024-10-27"}, "2024-10-27", "Sun 2024-10-27 00:00", "Mon 2024-10-28 00:00"),
        ({"day": "today"}, "2024-10-30", "Wed 2024-10-30 00:00", "Thu 2024-10-31 00:00"),
        ({"day": "yesterday"}, "2024-10-29", "Tue 2024-10-29 00:00", "Wed 2024-10-30 00:00"),
    ],
)
def test_spans_months_and_days(wanted: dict[str, str], label: str, start: str, end: str) -> None:
    window = asked(Wanted(**wanted))
    assert shown(window) == (label, start, end)
    assert window.kind == {"since": "span"}.get(next(iter(wanted)), next(iter(wanted)))


def test_since_the_last_issue() -> None:
    last_end = datetime(2024, 10, 25, 12, tzinfo=BERLIN)
    window = asked(Wanted(since="last-issue"), last_end=last_end)
    assert shown(window) == ("2024-10-25T1200--2024-10-30T1015", "Fri 2024-10-25 12:00", "Wed 2024-10-30 10:15")
    assert window.start.tzinfo is UTC
    assert (
        asked(Wanted(since="last-issue", until="2024-10-29"), last_end=last_end).label == "2024-10-25T1200--2024-10-29"
    )


def test_labels_tell_apart_what_the_clocks_show_twice() -> None:
    offsets = ("", "+02:00", "+01:00", "+01:00", "")
    times = ("02:30", "02:30", "02:30", "02:30:15", "02:30:15.5")
    labels = [
        asked(Wanted(since=f"2024-10-27T{time}{offset}", until="2024-10-28")).label.partition("--")[0]
        for time, offset in zip(times, offsets, strict=True)
    ]
    assert labels == [
        "2024-10-27T0230",
        "2024-10-27T0230",
        "2024-10-27T0230+0100",
        "2024-10-27T023015+0100",
        "2024-10-27T023015.500000",
    ]


def test_a_day_that_does_not_exist() -> None:
    with pytest.raises(WindowError, match=r"there was no 2011-12-30 in Pacific/Apia"):
        asked(Wanted(day="2011-12-30"), zone=APIA)
    window = asked(Wanted(since="2011-12-29", until="2011-12-30"), zone=APIA)
    assert shown(window) == ("2011-12-29--2011-12-30", "Thu 2011-12-29 00:00", "Sat 2011-12-31 00:00")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({}, "no window asked for (hint: give one of --week, --since"),
        ({"until": "2024-10-20"}, "no window asked for"),
        ({"week": "last", "day": "today"}, "--week and --day exclude each other (hint: give one of --week, --since"),
        ({"month": "2024-10", "until": "2024-10-20"}, "--until does not go with --month (hint: it goes with --since)"),
        (
            {"week": "2024-W54"},
            "--week: 2024-W54: the year 2024 has 52 weeks (hint: 2024-W01 to 2024-W52)",
        ),
        ({"week": "2020-W54"}, "the year 2020 has 53 weeks"),
        ({"week": "2024-W00"}, "the year 2024 has 52 weeks"),
        ({"week": "0001-W01"}, "--week: 0001-W01: the year is out of range"),
        ({"week": "43"}, "--week: '43' is incomplete"),
        ({"week": "-1000"}, "--week: '-1000' is"),
        ({"week": ""}, "--week: '' is not a date (hint: write 2024-W43, a date in the week, last, this, or -2"),
        ({"week": "10/11/12"}, "ambiguous"),
        ({"month": "2024-13"}, "--month: '2024-13' is not a month (hint: write it as 2024-10)"),
        ({"month": "0001-01"}, "is not a month"),
        ({"month": "last"}, "is not a month"),
        ({"day": "2024-10-25 10:00"}, "--day: '2024-10-25 10:00' is a time, not a day (hint: use --since"),
        ({"day": "last Friday"}, "--day: 'last Friday' is relative"),
        ({"since": "10/11/12"}, "--since: '10/11/12' is ambiguous"),
        ({"since": "2024-10-01", "until": "soon"}, "--until: 'soon' is not a date"),
        ({"since": "last-issue"}, "--since: no issue was sent yet (hint: give a date to start from)"),
        (
            {"since": "2024-10-20", "until": "2024-10-19"},
            "--since: the window would end (2024-10-20 00:00) before it starts (2024-10-20 00:00)",
        ),
        ({"since": "2024-10-31"}, "the window would end (2024-10-30 10:15) before it starts (2024-10-31 00:00)"),
    ],
)
def test_what_names_no_interval_is_refused(wanted: dict[str, str], message: str) -> None:
    with pytest.raises(WindowError) as refused:
        asked(Wanted(**wanted))
    assert message in str(refused.value)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("friday 12:00", (4, 12, 0)),
        (" Fri  9:05 ", (4, 9, 5)),
        ("MONDAY", (0, 0, 0)),
        ("sun 23:59", (6, 23, 59)),
        ("thurs", (3, 0, 0)),
    ],
)
def test_week_start(text: str, starts: tuple[int, int, int]) -> None:
    weekday, hour, minute = starts
    assert read_week_start(text) == WeekStart(weekday=weekday, hour=hour, minute=minute)


@pytest.mark.parametrize(
    "text", ["", "12:00", "fr", "freitag 12:00", "friday 24:00", "friday 12:60", "friday noon", "5"]
)
def test_no_week_start(text: str) -> None:
    with pytest.raises(ConfigError, match="friday 12:00"):
        read_week_start(text)


def test_reach_is_seven_days_either_side() -> None:
    window = asked(Wanted(week="2024-W43"))
    assert reach(window) == (window.start - timedelta(days=7), window.end + timedelta(days=7))
