"""When an issue is to be sent: a time on the magazine's clocks, ahead of now."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.errors import UsageError
from digest.text.dates import parse_date

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKLY = re.compile(r"([a-z]{3,9}) +([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_WHERE = "--at"
_HINT = 'write it as "Friday 09:00" or "2024-10-25 09:00"'


def read_at(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Return the instant (UTC) that `text` names: a weekday and a time, the next there is; or a date and a time.

    What names no zone is meant by the clocks of `zone`; of a time that comes twice there the first is meant.

    Raises:
        UsageError: it names no time, one that is past, or one that the clocks leave out.

    """
    found = _weekly(text.strip().lower(), zone, now) or _dated(text)
    instant = found.astimezone(UTC) if found.tzinfo else _on_clocks(found, zone)
    if instant <= now:
        raise UsageError(f"{found:%Y-%m-%d %H:%M} is past", where=_WHERE, hint=_HINT)
    return instant


def _weekly(text: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return the next time that the clocks show this on such a weekday; None where the text is none of that kind."""
    parts = _WEEKLY.fullmatch(text)
    days = [number for number, name in enumerate(_WEEKDAYS) if parts and name.startswith(parts[1])]
    if not parts or not days:
        return None
    here = now.astimezone(zone).replace(tzinfo=None)
    day = here.date() + timedelta(days=(days[0] - here.weekday()) % 7)
    at = datetime.combine(day, time(int(parts[2]), int(parts[3])))
    return at if at > here else at + timedelta(weeks=1)


def _dated(text: str) -> datetime:
    found = parse_date(text)
    if not isinstance(found, datetime):
        raise UsageError(f"{text!r} says no time of day", where=_WHERE, hint=_HINT)
    return found


def _on_clocks(naive: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant at which the clocks show this."""
    instant = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != naive:
        message = f"{naive:%Y-%m-%d %H:%M} does not exist in {zone.key}: the clocks are put forward then"
        raise UsageError(message, where=_WHERE, hint="take another time")
    return instant
