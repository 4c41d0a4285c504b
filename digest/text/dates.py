"""Dates as people and machines write them, read without guessing: the only door to dateutil.

What leaves a doubt is refused with the reason: "10/11/12" (three dates), "Oct. 23" (no year), "2024-10" (a month),
"yesterday" (the answer would hang on the clock), "10:00 IST" (three zones), "Fri, 24 Nov 2025" (a Monday: which of
the two is wrong?). An invented date would put a story into the wrong issue; an undated one is shown to the editor.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias
from zoneinfo import ZoneInfo

from digest.errors import UsageError
from digest.model.article import Precision
from digest.text.zones import DOUBTFUL, ZONES

if TYPE_CHECKING:
    from dateutil.parser import parser

Order = Literal["dmy", "mdy"]
First = Literal["month", "day", "year", "year, day"]
Read: TypeAlias = date | datetime
"""What a text says: a day, or a day and a time (naive where no zone is named)."""

YEARS = range(1900, 3000)
"""Years that a date may have. Before 1900 zones skipped and repeated days; near 9999 adding a week overflows."""

LONGEST = 100
"""Characters that a date may have. JavaScript's long form has 63."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Patterns are compiled by the first text that needs them: a build reads dates that were understood when they came in.
ISO = r"(?a)(\d{4}-\d\d-\d\d|\d{8})([Tt ]\d\d.*)?"
MAIL = (
    rf"(?a)(?:\w{{3}}, ?)?(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}}) (\d\d:\d\d(?::\d\d)?) "
    r"([+-]\d{4}|[A-Z]{1,4})"
)
WEEKDAY = r"(?i)\b(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
RELATIVE = r"(?i)\b(?:ago|last|next|now|today|tomorrow|tonight|yesterday)\b"
YEAR_FIRST = r"(?a)\D*\d{4}([-/. ])\d{1,2}\1\d"
COMMENT = r"(?a)(?<=[+-]\d{4}) \([^()]*\)$"
"""What RFC 5322 and JavaScript put behind an offset: the zone's name once more, for people."""

GREENWICH = r"\b(?:GMT|UTC?) ?(?=[+-]\d)"
"""In "GMT+0200", which dateutil would read as POSIX does, two hours *west*; everybody who writes it means east."""

DEFAULTS = (datetime(2000, 1, 1, 0), datetime(2004, 6, 15, 1))  # noqa: DTZ001 - what dateutil fills gaps with
"""Two fillings that share nothing but leap years: what differs between their readings was not in the text."""


class DateError(UsageError):
    """A text that is no date, or more than one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a text says of a time: `instant` in UTC; with `precision="day"` the local midnight that opens the day."""

    instant: datetime
    precision: Precision


def local(naive: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant (UTC) at which the clocks of `zone` show `naive`.

    A time that does not exist moves forward by the gap; of a time that comes twice the first is meant.
    """
    return naive.replace(tzinfo=zone, fold=0).astimezone(UTC)


def read_date(text: str, zone: ZoneInfo, *, order: Order | None = None) -> Moment:
    """Return the moment that `text` names. What names no zone is meant in `zone`.

    Raises:
        DateError: as `parse_date` does.

    """
    found = parse_date(text, order=order)
    return Moment(instant=place(found, zone), precision="instant" if isinstance(found, datetime) else "day")


def parse_date(text: str, *, order: Order | None = None) -> Read:
    """Return what `text` says by itself: ISO 8601, RFC 5322, or loose English with a whole date.

    `order` settles numeric dates that could be read in more than one way ("10/11/12"), and nothing else.

    Raises:
        DateError: the text is no date, is ambiguous, incomplete or relative, contradicts itself, or names a zone that
            is unknown or doubtful.

    """
    line = re.sub(COMMENT, "", " ".join(text.split()))
    found = _iso(line) or _mail(line) or _loose(line, order)
    _check(line, found)
    return found


def place(found: Read, zone: ZoneInfo) -> datetime:
    """Return the instant (UTC) of what a text says; of a day, its local midnight in `zone`."""
    if not isinstance(found, datetime):
        return local(datetime.combine(found, time.min), zone)
    return found.astimezone(UTC) if found.tzinfo else local(found, zone)


def written_date(moment: Moment, zone: ZoneInfo) -> str:
    """Return a moment as machines read it (ISO 8601) by the clocks of `zone`.

    A day alone is "2024-10-22": its local midnight, told in UTC, would be the day before. An instant has the zone's
    offset, "2024-10-22T09:30:00+01:00", so that whoever takes the day out of it takes the one that readers see.
    """
    shown = moment.instant.astimezone(zone)
    return f"{shown:%Y-%m-%d}" if moment.precision == "day" else shown.isoformat(timespec="seconds")


def _check(line: str, found: Read) -> None:
    """Refuse a year out of range and a weekday that the date does not fall on."""
    if found.year not in YEARS:
        raise DateError(f"{line!r}: the year {found.year} is out of range", hint=f"{YEARS[0]} to {YEARS[-1]}")
    falls_on = WEEKDAYS[found.weekday()]
    for named in re.finditer(WEEKDAY, line):
        if named[1][:3].lower() != falls_on:
            raise DateError(
                f"{line!r}: {found:%Y-%m-%d} is a {falls_on.capitalize()}, not a {named[0]}",
                hint="correct the date, or leave the weekday out",
            )


def _iso(line: str) -> Read | None:
    """Read ISO 8601 and RFC 3339. Python alone would take more for a date: weeks, and ten digits of a Unix time."""
    parts = re.fullmatch(ISO, line)
    if not parts:
        return None
    try:
        day = date.fromisoformat(parts[1])
    except ValueError as error:
        raise DateError(f"{line!r}: no such date ({error})", hint="look at a calendar") from error
    if not parts[2]:
        return day
    try:
        return datetime.fromisoformat(line.upper())
    except ValueError:
        return None  # dateutil may know better: a space before the offset, a zone's name


def _mail(line: str) -> Read | None:
    """Read RFC 5322, the form of e-mail and RSS, by writing it as ISO 8601. "-0000" is UTC, as the standard says.

    `email.utils` reads it too, but drops the zone names that it does not know ("BST", "CET").
    """
    parts = re.fullmatch(MAIL, line)
    if not parts:
        return None
    day, month, year, clock, zone = parts.groups()
    offset = zone if zone[0] in "+-" else f"{_hours(zone):+03d}:00"
    try:
        return datetime.fromisoformat(f"{year}-{MONTHS.index(month) + 1:02d}-{day:0>2}T{clock}{offset}")
    except ValueError as error:
        raise DateError(f"{line!r}: no such date ({error})", hint="look at a calendar") from error


def _hours(name: str) -> int:
    """Return the offset that a zone's name stands for."""
    if name in ZONES:
        return ZONES[name]
    write = "write the offset, such as -05:00"
    if name in DOUBTFUL:
        raise DateError(f"the zone name {name!r} is ambiguous: {DOUBTFUL[name]}", hint=write)
    raise DateError(f"the zone name {name!r} is unknown", hint=write)


def _zone(name: str | None, seconds: int | None) -> tzinfo | None:
    """Return the zone that dateutil found: by its name, by its offset in seconds, or none (naive)."""
    if name and seconds not in {None, _hours(name) * 3600}:
        raise DateError(f"the zone name {name!r} contradicts the offset beside it", hint="keep the offset alone")
    if name:
        return timezone(timedelta(hours=_hours(name)))
    return None if seconds is None else timezone(timedelta(seconds=seconds))


def _loose(line: str, order: Order | None) -> Read:
    """Read what neither standard covers, in every order that the text allows."""
    hint = "write it as 2024-10-25 or 2024-10-25 17:10"
    if re.search(RELATIVE, line):
        raise DateError(f"{line!r} is relative: it means another day tomorrow", hint=hint)
    if len(line) > LONGEST:
        raise DateError(f"{line[:40]!r}…: too long for a date", hint=hint)
    orders = _orders(line, order)
    try:
        readings = [_parse(line, DEFAULTS[0], first) for first in orders]
        other = _parse(line, DEFAULTS[1], orders[0])
    except (ValueError, ArithmeticError) as error:  # dateutil works with decimals, whose errors are no ValueError
        raise DateError(f"{line!r} is not a date", hint=hint) from error
    timed = readings[0].time() == other.time()
    if readings[0].date() != other.date() or not (timed or readings[0].time() == time.min):
        raise DateError(f"{line!r} is incomplete: a date has a day, a month and a year", hint=hint)
    days = sorted({f"{reading:%Y-%m-%d}" for reading in readings})
    if len(days) > 1:
        raise DateError(f"{line!r} is ambiguous: it may be {' or '.join(days)}", hint=f"write {days[-1]}, year first")
    return readings[0] if timed else readings[0].date()


def _orders(line: str, order: Order | None) -> tuple[First, ...]:
    """Return the orders to try: a four-digit year in front leaves only ISO's."""
    if re.match(YEAR_FIRST, line):
        return ("year",)
    if order:
        return ("day",) if order == "dmy" else ("month",)
    return ("month", "day", "year", "year, day")


def _parse(line: str, default: datetime, first: First) -> datetime:
    """Read `line` with dateutil, taking what it lacks from `default`."""
    return _parser().parse(
        re.sub(GREENWICH, "", line), default=default, tzinfos=_zone, dayfirst="day" in first, yearfirst="year" in first
    )


@cache
def _parser() -> "parser":
    """Return dateutil's parser, loaded when a loose date is first seen, with nothing taken from the clock."""
    from dateutil.parser import parser, parserinfo  # noqa: PLC0415 - heavy: 60 ms, and most dates are not loose

    class Centuries(parserinfo):
        """Two-digit years as POSIX reads them; dateutil's own rule moves with the current year."""

        def convertyear(self, year: int, century_specified: bool = False) -> int:  # noqa: FBT001, FBT002 - its signature
            if century_specified or year >= 100:  # noqa: PLR2004 - two digits
                return year
            return year + (1900 if year >= 69 else 2000)  # noqa: PLR2004 - POSIX: 69 to 99 are the 1900s

    return parser(Centuries())
