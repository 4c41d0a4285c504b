"""Where the clocks of a zone change, found by bisection: what the window's tests aim at."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

FIRST = datetime(2000, 1, 1, tzinfo=UTC)
LAST = datetime(2041, 1, 1, tzinfo=UTC)
STRIDE = timedelta(days=2)
"""Shorter than any time between two changes of one zone since 2000 (Morocco's and Egypt's Ramadans: weeks)."""


@cache
def changes(zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return the first instants (UTC) of all new offsets from 2000 to 2040."""
    found = []
    before, offset = FIRST, FIRST.astimezone(zone).utcoffset()
    while before < LAST:
        after = before + STRIDE
        if after.astimezone(zone).utcoffset() != offset:
            found.append(_bisect(zone, before, after))
            offset = after.astimezone(zone).utcoffset()
        before = after
    return tuple(found)


def _bisect(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the first second between two instants that has the offset of the later one."""
    new = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (before, middle) if middle.astimezone(zone).utcoffset() == new else (middle, after)
    return after
