"""A source's dates: read without guessing, and a row of the report where that cannot be done."""

from collections.abc import Iterable
from datetime import datetime

from digest.errors import DigestError
from digest.model.article import Document, Problem
from digest.sources.report import problem
from digest.sources.settings import Reading
from digest.text.dates import DateError, Moment, parse_date, read_date


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


def in_its_zone(found: Moment, said: Iterable[str], reading: Reading) -> datetime:
    """Return an instant by the clock that a source tells it with: the day there is the day that readers were shown.

    Where one text says it in UTC and another with an offset, the offset tells more.
    """
    told = [date for text in said if (date := _aware(text, reading)) and date == found.instant]
    return next((date for date in told if date.utcoffset()), found.instant)


def _aware(text: str, reading: Reading) -> datetime | None:
    try:
        date = parse_date(text, order=reading.day_order)
    except DateError:
        return None
    return date if isinstance(date, datetime) and date.tzinfo else None


def undated(document: Document, error: DigestError, *, part: str = "") -> Problem:
    """Return the row about a date that could not be read."""
    hint = error.hint or "write it as 2024-10-25 or 2024-10-25 17:10"
    if "ambiguous: it may be" in error.message:
        hint += '; or say for the whole source in digest.toml: day_order = "dmy" or "mdy"'
    return problem(
        document, f"the date cannot be read, so the article is undated: {error.message}", hint=hint, part=part
    )
