"""A source's dates: read without guessing, and a row of the report where that cannot be done."""

from datetime import datetime

from digest.errors import DigestError
from digest.model.article import Document, Problem
from digest.sources.report import problem
from digest.sources.settings import Reading
from digest.text.dates import DateError, Moment, read_date


def moment(text: str, reading: Reading) -> Moment | DigestError | None:
    """Return the moment that a source's text names, None where it is silent, the error where it cannot be read."""
    if not text.strip():
        return None
    try:
        return read_date(text, reading.zone, order=reading.day_order)
    except DateError as error:
        return error


def instant(text: str, reading: Reading) -> datetime | None:
    """Return the instant that a text names, None where it names none that can be read."""
    found = moment(text, reading)
    return found.instant if isinstance(found, Moment) else None


def undated(document: Document, error: DigestError, *, part: str = "") -> Problem:
    """Return the row about a date that could not be read."""
    hint = error.hint or "write it as 2024-10-25 or 2024-10-25 17:10"
    return problem(
        document, f"the date cannot be read, so the article is undated: {error.message}", hint=hint, part=part
    )
