"""digest.text.spans: spans of time as people write them."""

from datetime import timedelta

import pytest

from digest.errors import UsageError
from digest.text.spans import read_span


@pytest.mark.parametrize(
    ("text", "days"),
    [("8 weeks", 56), ("1 week", 7), ("60 days", 60), ("2 Months", 62), ("1year", 366), (" 0 days ", 0)],
)
def test_spans(text: str, days: int) -> None:
    assert read_span(text) == timedelta(days=days)


@pytest.mark.parametrize("text", ["", "weeks", "8", "8 hours", "1.5 weeks", "99999 days", "٣ days"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a span of time"):
        read_span(text)
