"""Dates that are not the articles': some feeds stamp every item with the moment in which they were made."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from digest.model.article import Document, Problem, Sighting
from digest.sources.report import problem

_FEWEST: Final = 3
"""Items: two may well have come out at once."""

_JUST_NOW: Final = timedelta(minutes=10)
"""Between the stamp and the reading: a whole number that came out at one instant is read later than that, as a rule; if
it is not, the next reading of the same stamp dates it."""


def without_build_dates(found: Sequence[Sighting | Problem], document: Document) -> Iterator[Sighting | Problem]:
    """Yield what was found in a feed: undated, with a row, where all of it bears the one instant of the reading."""
    dated = [each for each in found if isinstance(each, Sighting) and each.published]
    instants = {each.published for each in dated}
    if len(dated) < _FEWEST or len(instants) > 1 or not _is_just_now(dated[0], document):
        yield from found
        return
    message = f"all {len(dated)} items bear the moment in which the feed was made: it is no date of theirs"
    hint = "have their pages read (pages), mend the feed, or say them: digest date URL DATE"
    yield problem(document, message, hint=hint)
    for each in found:
        if isinstance(each, Sighting):
            yield replace(each, published=None, precision="instant", date_source=None)
        else:
            yield each


def _is_just_now(said: Sighting, document: Document) -> bool:
    instant = said.published
    return instant is not None and said.precision == "instant" and abs(document.retrieved_at - instant) <= _JUST_NOW
