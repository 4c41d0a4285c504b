"""Sightings for the tests of merging and of archives, each with only what the test is about."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from digest.merge import seal
from digest.model.article import Block, Sighting, Witness

NOON = datetime(2024, 10, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def body(seed: str, length: int = 40) -> tuple[Block, ...]:
    """Make a body that no other seed has, long enough to have a fingerprint unless `length` is less than 20."""
    return tuple(
        Block(text=" ".join(f"{seed}{number}" for number in range(at, min(at + 25, length))) + ".")
        for at in range(0, length, 25)
    )


def said(source: str = "feed", *, day: float = 0, by: str = "", **fields: Any) -> Sighting:
    """Make a sealed sighting of the `day`th day; with `by`, that witness stands for every field given."""
    witnesses = tuple(Witness(field=field, name=by) for field in fields) if by else ()
    plain: dict[str, Any] = {"seen_at": NOON + day * DAY, "witnesses": witnesses}
    return seal(Sighting(source=source, **(plain | fields)))


def story(number: int = 1, source: str = "feed", *, day: float = 0, **fields: Any) -> Sighting:
    """Make a whole sighting of the story with that number, published at noon of day `number`."""
    plain: dict[str, Any] = {
        "url": f"https://harbour.example/story-{number}",
        "guid": f"https://harbour.example/?p={number}",
        "title": f"Story number {number}",
        "section": "Reporting",
        "authors": ("Ada Quill",),
        "published": NOON + number * DAY,
        "date_source": "feed",
        "blocks": body(f"quay{number}x"),
    }
    return said(source, day=day, **(plain | fields))


def titles(articles: Sequence[Any]) -> list[str]:
    """Return the headlines, in order."""
    return [article.title for article in articles]
