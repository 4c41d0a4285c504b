"""When an issue is to be sent: weekdays and dates on the magazine's clocks, and what is refused."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.errors import UsageError
from digest.handover.times import read_at

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2024, 10, 25, 7, 30, tzinfo=UTC)
"""A Friday, 08:30 in London; the clocks are put back on Sunday."""


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("Friday 09:00", 25, 8),
        ("fri 9:00", 25, 8),
        ("Friday 08:30", 32, 8),
        ("Friday 08:00", 32, 8),
        ("thursday 09:00", 31, 9),
        ("SUNDAY  23:00", 27, 23),
        ("2024-10-26 09:00", 26, 8),
        ("2024-10-26T09:00:00+02:00", 26, 7),
        ("2024-10-27 01:30", 27, 0),
    ],
)
def test_a_time_is_meant_on_the_magazines_clocks_and_ahead(text: str, day: int, hour: int) -> None:
    found = read_at(text, LONDON, NOW)
    month, day = (10, day) if day < 32 else (11, 1)
    assert (found.month, found.day, found.hour, found.tzinfo) == (month, day, hour, UTC)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024-10-25 08:30", "is past"),
        ("2024-10-25T08:30:00+01:00", "is past"),
        ("2025-03-30 01:30", "does not exist in Europe/London"),
        ("2024-10-26", "says no time of day"),
        ("freitag 09:00", "freitag"),
        ("friday 24:00", "friday"),
        ("soon", "soon"),
        ("", "date"),
    ],
)
def test_what_names_no_time_ahead_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_at(text, LONDON, NOW)


def test_a_weekday_in_the_hour_that_the_clocks_leave_out_is_refused() -> None:
    with pytest.raises(UsageError, match="does not exist"):
        read_at("sunday 01:30", LONDON, datetime(2025, 3, 28, 12, tzinfo=UTC))
