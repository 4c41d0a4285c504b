"""When a page's article was published, and who says so. The only door to htmldate, which it loads: 60 ms.

htmldate is asked last and without its extensive search, and what it says is only a guess.
"""

import copy
import logging
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, Final

import htmldate

from digest.errors import DigestError
from digest.model.article import DateSource
from digest.sources.dating import moment
from digest.sources.page.datelines import date_in_path
from digest.sources.page.metadata import Metadata
from digest.sources.settings import Reading
from digest.text.dates import Moment

_APART = timedelta(hours=36)
"""A bare day and an instant on it, in two zones, are less apart."""

_CROWDED: Final = 20_000
"""Elements: the fullest of 200 real pages has 3,716; htmldate takes 2 s over 30,000 titles, 8 over 60,000."""

logging.getLogger("htmldate").setLevel(logging.CRITICAL + 1)  # what it would log is in our report


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, the kind of witness that says it, and its name where the metadata do not know it."""

    moment: Moment
    source: DateSource
    witness: str = ""


def published(
    metadata: Metadata,
    tree: Any,  # noqa: ANN401 - lxml has no types
    reading: Reading,
    address: str,
) -> Dated | DigestError | None:
    """Return when the article was published, and who says so: the page, or only a guess.

    What the page shows its readers is believed where it is earlier than what it tells machines: that is often the day
    on which a page was moved into another system.
    """
    stated = moment(metadata.published, reading)
    shown = _first_shown(metadata, reading)
    if isinstance(stated, Moment):
        return Dated(shown, "page", "markup") if shown and _earlier(shown, stated) else Dated(stated, "page")
    if shown:
        return Dated(shown, "page", "markup")
    for url in (*metadata.canonical, address):
        if isinstance(day := moment(date_in_path(url), reading), Moment):
            return Dated(day, "page", "url")
    guess = moment(_guessed(tree, reading), reading)
    return Dated(guess, "guess", "htmldate") if isinstance(guess, Moment) else stated


def _guessed(tree: Any, reading: Reading) -> str:  # noqa: ANN401 - lxml has no types
    """Return the day that htmldate guesses; "" where it finds none, and for a page that is none of an article."""
    if next(islice(tree.iter(), _CROWDED, None), None) is not None:
        return ""
    latest = f"{reading.now:%Y-%m-%d}"
    return htmldate.find_date(copy.deepcopy(tree), original_date=True, extensive_search=False, max_date=latest) or ""


def _first_shown(metadata: Metadata, reading: Reading) -> Moment | None:
    """Return the first date that a page shows near its headline, can be read, and is not still to come."""
    dates = (moment(text, reading) for text in metadata.shown)
    return next((date for date in dates if isinstance(date, Moment) and date.instant <= reading.now), None)


def _earlier(shown: Moment, stated: Moment) -> bool:
    """Tell whether a date that is shown is a day before one that is stated; the clocks of two zones are no such day."""
    return stated.instant - shown.instant > _APART
