"""Spans of time as people write them: "8 weeks", "30 days"."""

import re
from datetime import timedelta
from typing import Final

from digest.errors import UsageError

_SPAN: Final = re.compile(r"\s*(\d{1,4}) ?(day|week|month|year)s?\s*", re.IGNORECASE | re.ASCII)
_DAYS: Final = {"day": 1, "week": 7, "month": 31, "year": 366}
"""Days: of a month and of a year the most that they have, for a span says how long something is kept at least."""


def read_span(text: str) -> timedelta:
    """Return the span that a text names.

    Raises:
        UsageError: it names none.

    """
    found = _SPAN.fullmatch(text)
    if not found:
        raise UsageError(f"not a span of time: {text!r}", hint='write it like "8 weeks" or "60 days"')
    return timedelta(days=int(found[1]) * _DAYS[found[2].casefold()])
