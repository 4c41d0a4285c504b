"""Which interval an issue covers: a week of the magazine's own, a month, a day, or from one time to another.

Every edge is a time on the zone's clocks, turned into an instant once: two neighbours share the edge, so that they
neither overlap nor leave a gap, whatever the clocks do in between (a week may have 167 or 169 hours, or six days).
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.errors import ConfigError, WindowError
from digest.model.window import Window
from digest.text.dates import YEARS, DateError, Read, local, parse_date, place

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
INSTANT = timedelta(microseconds=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEK_HINT = "write 2024-W43, a date in the week, last, this, or -2 for the week before the last"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekStart:
    """When the magazine's week starts, and so ends: the cut-off. `weekday` 0 is Monday."""

    weekday: int = 0
    hour: int = 0
    minute: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The magazine's clocks and its week."""

    zone: ZoneInfo
    starts: WeekStart


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for on the command line, as typed: one of `week`, `since` (with `until`), `month` and `day`."""

    week: str | None = None
    since: str | None = None
    until: str | None = None
    month: str | None = None
    day: str | None = None


def read_week_start(text: str) -> WeekStart:
    """Read "friday 12:00", "Fri 12:00" or "friday" (its midnight).

    Raises:
        ConfigError: the text names no weekday, or no time of day behind it.

    """
    parts = re.fullmatch(r"([a-z]{3,9})(?: +([01]?\d|2[0-3]):([0-5]\d))?", text.strip().lower(), re.ASCII)
    found = [number for number, name in enumerate(WEEKDAYS) if parts and name.startswith(parts[1])]
    if not parts or not found:
        raise ConfigError(f"{text!r} is not a weekday and a time", hint='write it as "friday 12:00"')
    return WeekStart(weekday=found[0], hour=int(parts[2] or 0), minute=int(parts[3] or 0))


def week_of(instant: datetime, calendar: Calendar) -> Window:
    """Return the one week that holds an aware instant."""
    return _week(_end_after(instant, calendar), calendar)


def reach(window: Window) -> tuple[datetime, datetime]:
    """Return the interval from which a window's candidates come: seven days either side of it."""
    return window.start - WEEK, window.end + WEEK


def read_window(wanted: Wanted, calendar: Calendar, now: datetime, last_end: datetime | None) -> Window:
    """Return the window that was asked for. `last_end` is where the last sent issue's window ended, if there is one.

    Raises:
        WindowError: nothing was asked for, more than one thing, or something that names no interval.

    """
    asked = (("--week", wanted.week), ("--since", wanted.since), ("--month", wanted.month), ("--day", wanted.day))
    given = [(option, text) for option, text in asked if text is not None]
    if len(given) != 1:
        said = " and ".join(option for option, _ in given) + " exclude each other" if given else "no window asked for"
        raise WindowError(said, hint="give one of --week, --since (with or without --until), --month, --day")
    option, text = given[0]
    if wanted.until is not None and option != "--since":
        raise WindowError(f"--until does not go with {option}", hint="it goes with --since")
    if option == "--week":
        return _read_week(text, calendar, now)
    if option == "--month":
        return _read_month(text, calendar.zone)
    if option == "--day":
        return _read_day(text, calendar.zone, now)
    start = _read_since(text, calendar.zone, now, last_end)
    return _span(start, _read_until(wanted.until, calendar.zone, now), calendar.zone)


def _read_week(text: str, calendar: Calendar, now: datetime) -> Window:
    """Read `last`, `this`, `-2`, an ISO week or a date."""
    back = {"this": "-0", "last": "-1"}.get(text, text)
    if re.fullmatch(r"-\d{1,3}", back, re.ASCII):
        return _week(_end_after(now, calendar) + int(back) * WEEK, calendar)
    named = re.fullmatch(r"(\d{4})-?W(\d{1,2})", text, re.ASCII | re.IGNORECASE)
    if not named:
        return week_of(place(_read("--week", text, calendar.zone, now), calendar.zone), calendar)
    year, number = int(named[1]), int(named[2])
    if year not in YEARS:
        raise WindowError(f"{text}: the year is out of range", where="--week", hint=WEEK_HINT)
    weeks = date(year, 12, 28).isocalendar().week  # ISO 8601: 28 December is always in the year's last week
    if not 1 <= number <= weeks:
        raise WindowError(
            f"{text}: the year {year} has {weeks} weeks", where="--week", hint=f"{year}-W01 to {year}-W{weeks}"
        )
    return _week(_end_in(date.fromisocalendar(year, number, 1), calendar.starts), calendar)


def _read_month(text: str, zone: ZoneInfo) -> Window:
    """Read a month, such as 2024-10."""
    named = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text, re.ASCII)
    if not named or int(named[1]) not in YEARS:
        raise WindowError(f"{text!r} is not a month", where="--month", hint="write it as 2024-10")
    year, month = int(named[1]), int(named[2])
    first, after = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    return Window(start=place(first, zone), end=place(after, zone), kind="month", label=text, zone=zone.key)


def _read_day(text: str, zone: ZoneInfo, now: datetime) -> Window:
    """Read a day; one that the zone's clocks skipped (Apia, 30 December 2011) is refused."""
    day = _read("--day", text, zone, now)
    if isinstance(day, datetime):
        raise WindowError(f"{text!r} is a time, not a day", where="--day", hint="use --since and --until for times")
    window = Window(start=place(day, zone), end=place(day + DAY, zone), kind="day", label=f"{day}", zone=zone.key)
    if window.start == window.end:
        raise WindowError(f"there was no {day} in {zone.key}", where="--day", hint="its clocks skipped that day")
    return window


def _read_since(text: str, zone: ZoneInfo, now: datetime, last_end: datetime | None) -> datetime:
    """Read where a span starts."""
    if text != "last-issue":
        return place(_read("--since", text, zone, now), zone)
    if last_end is None:
        raise WindowError("no issue was sent yet", where="--since", hint="give a date to start from")
    return last_end.astimezone(UTC)


def _read_until(text: str | None, zone: ZoneInfo, now: datetime) -> datetime:
    """Read where a span ends: a day belongs to it as a whole; without a text it ends with the last whole minute."""
    if text is None:
        return now.astimezone(UTC).replace(second=0, microsecond=0)
    last = _read("--until", text, zone, now)
    return place(last if isinstance(last, datetime) else last + DAY, zone)


def read_open_span(since: str, until: str, zone: ZoneInfo, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return the instants from and before which something is asked for, as typed: "" leaves that end open (None).

    Raises:
        WindowError: a text is no date, or the span would end before it starts.

    """
    start = place(_read("--since", since, zone, now), zone) if since else None
    end = _read_until(until, zone, now) if until else None
    if start and end:
        _span(start, end, zone)
    return start, end


def _read(option: str, text: str, zone: ZoneInfo, now: datetime) -> Read:
    """Read a day or a time; `today` and `yesterday` are days of `zone`."""
    today = now.astimezone(zone).date()
    near = {"today": today, "yesterday": today - DAY}
    if text in near:
        return near[text]
    try:
        return parse_date(text)
    except DateError as error:
        hint = WEEK_HINT if option == "--week" else error.hint
        raise WindowError(error.message, where=option, hint=hint) from error


def _span(start: datetime, end: datetime, zone: ZoneInfo) -> Window:
    """Return the window between two instants."""
    if end <= start:
        first, last = (f"{edge.astimezone(zone):%Y-%m-%d %H:%M}" for edge in (start, end))
        hint = "give the earlier one to --since, the later one to --until"
        raise WindowError(f"the window would end ({last}) before it starts ({first})", where="--since", hint=hint)
    after = _midnight(end, zone)
    last = _edge(end, zone) if after is None else f"{after - DAY}"
    return Window(start=start, end=end, kind="span", label=f"{_edge(start, zone)}--{last}", zone=zone.key)


def _edge(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant for a folder's name, no two alike: 2024-10-01, 2024-10-01T0930, 2024-11-03T0130-0500.

    The offset stands only behind a time that comes for the second time.
    """
    day = _midnight(instant, zone)
    if day is not None:
        return f"{day}"
    shown = instant.astimezone(zone)
    timespec = "auto" if shown.second or shown.microsecond else "minutes"
    label = shown.replace(tzinfo=None).isoformat(timespec=timespec).replace(":", "")
    return f"{label}{shown:%z}" if shown.fold else label


def _midnight(instant: datetime, zone: ZoneInfo) -> date | None:
    """Return the day that starts at an instant, if one does."""
    day = instant.astimezone(zone).date()
    return day if place(day, zone) == instant else None


def _end_in(day: date, starts: WeekStart) -> datetime:
    """Return when (on the clocks) the week ends whose last instant lies in the ISO week of `day`."""
    monday = day - day.weekday() * DAY
    end = datetime.combine(monday + starts.weekday * DAY, time(starts.hour, starts.minute))
    return end if end.date() > monday or end.time() > time.min else end + WEEK


def _end_after(instant: datetime, calendar: Calendar) -> datetime:
    """Return when (on the clocks) the week ends that holds an instant."""
    shown = instant.astimezone(calendar.zone)
    end = _end_in(shown.date(), calendar.starts)
    # What the clocks show misleads by up to a week, and around an edge that they show twice or skip by one more.
    near = (end + weeks * WEEK for weeks in (0, 1, -1))
    return next(end for end in near if instant in _week(end, calendar))


def _week(end: datetime, calendar: Calendar) -> Window:
    """Return the week that ends when the clocks show `end`: its label is the ISO week of the last time before that.

    The time is the clocks', even where they skip it, so that neighbours bear consecutive labels in every zone: with a
    cut-off on Mondays at 01:00, two weeks would else end in 2009-W22 in Casablanca, whose 1 June began at 01:00.
    """
    last = (end - INSTANT).isocalendar()
    zone = calendar.zone
    label = f"{last.year}-W{last.week:02d}"
    return Window(start=local(end - WEEK, zone), end=local(end, zone), kind="week", label=label, zone=zone.key)
