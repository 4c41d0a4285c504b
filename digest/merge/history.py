"""What became of an article: when it was first seen, what changed when, and by whose word. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from digest.merge import changes, merge
from digest.model.article import Article, Block, Image, Sighting
from digest.text.dates import Moment, written_date

_SHOWN: Final = (
    *("title", "dek", "kicker", "kind", "section", "tags", "series", "authors", "published", "updated", "gone"),
    *("blocks", "correction", "image", "language", "also_in", "publication", "url"),
)
"""The fields that an editor can see, in the order in which she reads them."""

_CORRECTION: Final = "correction"
"""What readers of pages call a notice of a correction, which they cut off a body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """What a field had and has no more, and what it has now: one text each, of lists and bodies only what differs."""

    field: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One reading that said something new: `at` (ISO 8601, the magazine's clock), whose, and what it changed.

    `first`: before it nothing was known of the article. Nothing in `changed`: the source says what others had said.
    `correction`: a notice of a correction stands at the article since.
    """

    at: str
    source: str
    first: bool = False
    correction: bool = False
    changed: tuple[FieldChange, ...] = ()


def history(sightings: Iterable[Sighting], zone: ZoneInfo) -> tuple[Change, ...]:
    """Return what became of an article, in order of time, from all that was ever said of it."""
    told: list[Sighting] = []
    found: list[Change] = []
    article: Article | None = None
    for (at, source), said in groupby(changes(sightings), key=lambda each: (each.seen_at, each.source)):
        told.extend(said)
        after = merge(told)
        changed = tuple(_changed(article, after, zone))
        at_text = written_date(Moment(instant=at, precision="instant"), zone)
        corrected = any(each.field == _CORRECTION and each.after for each in changed)
        found.append(
            Change(
                at=at_text,
                source=source,
                first=article is None,
                correction=corrected and article is not None,
                changed=() if article is None else changed,
            )
        )
        article = after
    return tuple(found)


def _changed(before: Article | None, after: Article, zone: ZoneInfo) -> Iterator[FieldChange]:
    for field in _SHOWN:
        old, new = (_texts(article, field, zone) if article else () for article in (before, after))
        if old != new:
            gone, come = _difference(old, new)
            yield FieldChange(field=field, before=gone, after=come)


def _texts(article: Article, field: str, zone: ZoneInfo) -> tuple[str, ...]:
    """Return what a field says as texts; none where it says nothing."""
    if field in {"published", "updated"}:
        instant = getattr(article, field)
        precision = article.precision if field == "published" else "instant"
        return (written_date(Moment(instant=instant, precision=precision), zone),) if instant else ()
    if field == _CORRECTION:
        return tuple(cut.text for cut in article.left_out if cut.why == _CORRECTION)
    value = getattr(article, field)
    if isinstance(value, Image):
        return tuple(f"{each.name}: {text}" for each in fields(Image) if (text := getattr(value, each.name)))
    if isinstance(value, tuple):
        return tuple(each.text if isinstance(each, Block) else str(each) for each in value)
    return (str(value),) if value else ()


def _difference(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what stands only in the one and only in the other, each in its order."""
    gone: list[str] = []
    come: list[str] = []
    for tag, start, end, other_start, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += old[start:end]
            come += new[other_start:other_end]
    return tuple(gone), tuple(come)
