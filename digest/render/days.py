"""A day of the record in the words of the issue's language."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from digest.errors import ConfigError
from digest.language import Speller
from digest.model.issue import Issue

_NOON = time(12)
"""No zone's clocks change then."""


def day_in_words(issue: Issue, day: str) -> str:
    """Return an ISO date as readers write it: "28 October 2024".

    What is no date comes back as it was, and so does every date where nobody knows the language's.
    """
    try:
        moment = datetime.combine(date.fromisoformat(day), _NOON, ZoneInfo(issue.window.zone))
        return Speller(language=issue.brand.language, zone=issue.window.zone).day(moment)
    except (ValueError, ConfigError):
        return day
