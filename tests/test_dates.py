from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.model.article import Precision
from digest.text.dates import YEARS, DateError, Moment, local, parse_date, place, read_date, written_date
from digest.text.zones import ZONES

NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")

INSTANTS = {
    "2024-10-25T10:00": "2024-10-25T14:00:00+00:00",
    "2024-10-25 10:00:30Z": "2024-10-25T10:00:30+00:00",
    "2024-10-25t10:00z": "2024-10-25T10:00:00+00:00",
    "20241025T100000+0200": "2024-10-25T08:00:00+00:00",
    "2024-10-25 10:00:00 +0200": "2024-10-25T08:00:00+00:00",
    "2024-10-25 10:00 EST": "2024-10-25T15:00:00+00:00",
    "2024/10/11 10:00": "2024-10-11T14:00:00+00:00",
    "Fri, 25 Oct 2024 10:00:00 GMT": "2024-10-25T10:00:00+00:00",
    "Fri, 25 Oct 2024 10:00 BST": "2024-10-25T09:00:00+00:00",
    "Fri,25 Oct 2024 10:00:00 -0500": "2024-10-25T15:00:00+00:00",
    "25 Oct 2024 10:00:00 -0000": "2024-10-25T10:00:00+00:00",
    "1 Nov 2024 10:00:00 +0530 (IST)": "2024-11-01T04:30:00+00:00",
    "Fri Oct 25 12:00:00 CEST 2024": "2024-10-25T10:00:00+00:00",
    "Fri Oct 25 2024 12:00:00 GMT+0200 (Central European Summer Time)": "2024-10-25T10:00:00+00:00",
    "25 Oct 2024, 10:00 UTC+5:30": "2024-10-25T04:30:00+00:00",
    "25 Oct 2024 10:00 GMT -3": "2024-10-25T13:00:00+00:00",
    "25 Oct 2024 10:00 EST+5": "2024-10-25T15:00:00+00:00",
    "October 25th, 2024 at 5pm": "2024-10-25T21:00:00+00:00",
    "  Friday, October 25,\t2024 5:10 PM PDT ": "2024-10-26T00:10:00+00:00",
}

DAYS = {
    "2024-10-25": date(2024, 10, 25),
    "20241025": date(2024, 10, 25),
    "2024.10.11": date(2024, 10, 11),
    "2024 10 11": date(2024, 10, 11),
    "25 October 2024": date(2024, 10, 25),
    "Oct. 25, 2024": date(2024, 10, 25),
    "25/10/2024": date(2024, 10, 25),
    "10/10/2024": date(2024, 10, 10),
    "25-OCT-2024": date(2024, 10, 25),
    "99 Oct 25": date(1999, 10, 25),
}

REFUSED = {
    "": "not a date",
    "the third of May": "not a date",
    "I have 3 dogs and 2 cats": "not a date",
    "1732440600": "not a date",
    "1712101530000": "not a date",
    "2024-10-25T10:88888888888888888888888888888": "not a date",  # more digits than dateutil's decimals hold
    "2024-W43": "not a date",
    "2024-W43-5": "not a date",
    "25. Oktober 2024": "not a date",
    "2024-10-25T24:30": "not a date",
    "2024-10-25T10:00+25:00": "not a date",
    "Feb 30 2023": "not a date",
    "1" * 90: "not a date",
    "25 Oct 2024 10:00 Europe/Berlin": "not a date",
    "2024-13-05": "no such date",
    "2024-02-30": "no such date",
    "Wed, 31 Sep 2024 10:00:00 GMT": "no such date",
    "yesterday": "relative",
    "3 days ago": "relative",
    "last Friday": "relative",
    "Oct. 23": "incomplete",
    "May 5": "incomplete",
    "2024": "incomplete",
    "2024-10": "incomplete",
    "October 2024": "incomplete",
    "Friday October 2024": "incomplete",
    "12:34": "incomplete",
    "25 Oct 2024 30m": "incomplete",
    "10/11/12": "ambiguous: it may be 2010-11-12 or 2010-12-11 or 2012-10-11 or 2012-11-10",
    "10/11/2024 12:00": "ambiguous: it may be 2024-10-11 or 2024-11-10",
    "10.11.2024": "ambiguous",
    "25 Oct 24": "ambiguous: it may be 2024-10-25 or 2025-10-24",
    "Fri, 25 Oct 2024 10:00 IST": "'IST' is ambiguous: India's",
    "October 25, 2024 5:10 PM ET": "'ET' is ambiguous: EST or EDT",
    "25 Oct 2024 10:00 NZDT": "'NZDT' is unknown",
    "Fri, 25 Oct 2024 10:00 XYZ": "'XYZ' is unknown",
    "25 Oct 2024 10:00 FOO+3": "'FOO' is unknown",
    "25 Oct 2024 10:00 EST-5": "'EST' contradicts the offset",
    "Fri, 24 Nov 2025": "2025-11-24 is a Mon, not a Fri",
    "Thursday, 25 Oct 2024 10:00:00 +0000": "2024-10-25 is a Fri, not a Thursday",
    "Fri 25 Oct 2024 Sat": "not a Sat",
    "0001-01-01": "the year 1 is out of range",
    "9999-12-31T23:00-05:00": "the year 9999 is out of range",
    "x" * 101: "too long",
}


@pytest.mark.parametrize(("text", "instant"), INSTANTS.items())
def test_times_are_read_to_the_instant(text: str, instant: str) -> None:
    moment = read_date(text, NEW_YORK)
    assert (moment.instant.isoformat(), moment.instant.tzinfo, moment.precision) == (instant, UTC, "instant")


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_date_without_a_time_is_its_local_midnight(text: str, day: date) -> None:
    moment = read_date(text, NEW_YORK)
    assert moment.precision == "day"
    assert moment.instant.tzinfo is UTC
    shown = moment.instant.astimezone(NEW_YORK)
    assert (shown.date(), shown.hour, shown.minute) == (day, 0, 0)


@pytest.mark.parametrize(("text", "why"), REFUSED.items())
def test_what_leaves_a_doubt_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(DateError) as refused:
        read_date(text, NEW_YORK)
    assert why in str(refused.value)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("10/11/12", "dmy", date(2012, 11, 10)),
        ("10/11/12", "mdy", date(2012, 10, 11)),
        ("10.11.2024", "dmy", date(2024, 11, 10)),
        ("25 Oct 24", "dmy", date(2024, 10, 25)),
        ("25/10/2024", "mdy", date(2024, 10, 25)),
        ("2024-10-11", "dmy", date(2024, 10, 11)),
        ("2024/10/11", "dmy", date(2024, 10, 11)),
        ("01/02/68", "dmy", date(2068, 2, 1)),
        ("01/02/69", "dmy", date(1969, 2, 1)),
    ],
)
def test_a_configured_order_settles_numeric_dates(text: str, order: str, day: date) -> None:
    assert parse_date(text, order="dmy" if order == "dmy" else "mdy") == day


@pytest.mark.parametrize(("name", "hours"), ZONES.items())
def test_a_zone_name_means_the_same_in_every_form(name: str, hours: int) -> None:
    expected = datetime(2024, 3, 5, 10, tzinfo=timezone(timedelta(hours=hours)))
    texts = [f"2024-03-05 10:00 {name}", f"5 March 2024 10:00 {name}", f"10:00 {name} Mar 5, 2024"]
    texts += [f"Tue, 05 Mar 2024 10:00:00 {name}"] if len(name) > 1 or name == "Z" else []
    assert {read_date(text, BERLIN).instant for text in texts} == {expected}


@pytest.mark.parametrize(
    ("shown", "zone", "instant"),
    [
        ("2024-03-31T02:30", "Europe/Berlin", "2024-03-31T01:30"),  # does not exist: 03:30 is shown then
        ("2024-10-27T02:30", "Europe/Berlin", "2024-10-27T00:30"),  # comes twice: the first
        ("2024-10-06T02:10", "Australia/Lord_Howe", "2024-10-05T15:40"),  # half an hour does not exist
        ("2011-12-30T12:00", "Pacific/Apia", "2011-12-30T22:00"),  # a day does not exist
        ("2024-09-08T00:00", "America/Santiago", "2024-09-08T04:00"),  # midnight does not exist
        ("2024-07-01T12:00", "UTC", "2024-07-01T12:00"),
    ],
)
def test_local_times_around_changes(shown: str, zone: str, instant: str) -> None:
    assert local(datetime.fromisoformat(shown), ZoneInfo(zone)) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_the_second_of_two_equal_times_is_read_by_its_offset() -> None:
    first, second = (read_date(f"2024-11-03T01:30{offset}", NEW_YORK).instant for offset in ("", "-05:00"))
    assert second - first == timedelta(hours=1)


def test_a_day_is_placed_apart_from_a_time() -> None:
    assert place(date(2024, 10, 25), BERLIN) == datetime(2024, 10, 24, 22, tzinfo=UTC)
    assert place(datetime(2024, 10, 25, 12, tzinfo=UTC), BERLIN) == datetime(2024, 10, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone", "written"),
    [
        ("2024-10-22", BERLIN, "2024-10-22"),
        ("2024-10-22 00:30", BERLIN, "2024-10-22T00:30:00+02:00"),
        ("2024-10-22T23:30:05.9Z", BERLIN, "2024-10-23T01:30:05+02:00"),
        ("2024-11-22T23:30Z", NEW_YORK, "2024-11-22T18:30:00-05:00"),
        ("2011-12-31", ZoneInfo("Pacific/Apia"), "2011-12-31"),
    ],
)
def test_a_moment_is_written_with_the_day_that_readers_see(text: str, zone: ZoneInfo, written: str) -> None:
    assert written_date(read_date(text, zone), zone) == written


AWARE = st.datetimes(
    min_value=datetime(YEARS[0] + 1, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(YEARS[-1], 1, 1),  # noqa: DTZ001 - likewise
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@given(AWARE, st.sampled_from(["instant", "day"]), st.sampled_from([BERLIN, NEW_YORK, ZoneInfo("Asia/Kolkata")]))
def test_what_is_written_for_machines_comes_back(instant: datetime, precision: Precision, zone: ZoneInfo) -> None:
    day = local(datetime.combine(instant.astimezone(zone).date(), time.min), zone)
    moment = Moment(
        instant=day if precision == "day" else instant.astimezone(UTC).replace(microsecond=0), precision=precision
    )
    assert read_date(written_date(moment, zone), zone) == moment


@given(AWARE)
def test_what_machines_write_comes_back(instant: datetime) -> None:
    assert read_date(instant.isoformat(), BERLIN).instant == instant
    assert read_date(f"{instant:%Y-%m-%d %H:%M:%S %z}", BERLIN).instant == instant.replace(microsecond=0)
    assert read_date(format_datetime(instant), BERLIN).instant == instant.replace(microsecond=0)


PIECES = """
    25 10 11 12 24 2024 99 1 31 00 1e5 Oct October May Mon Fri friday th at of noon am pm h m s T Z W43 GMT EST ET IST
    CEST FOO UTC +0200 -5 +25:00 (BRST) 10:00 24:00 12:61 : / - . , ' + today ago ١٢ ² ½ é \x00
"""
PIECE = st.sampled_from(PIECES.split())


@given(st.one_of(st.text(max_size=40), st.lists(PIECE, max_size=8).map("".join), st.lists(PIECE).map(" ".join)))
@example("2024-10-25T10:00:00.1234567890123456789")
@example("10:00 10 10 2024 +99999999999")
@example("9" * 99)
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    for order in (None, "dmy", "mdy"):
        try:
            moment = read_date(text, NEW_YORK, order=order)
        except DateError:
            continue
        assert moment.instant.tzinfo is UTC
