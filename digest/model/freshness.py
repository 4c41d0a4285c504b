"""When a source was last read, with what result, and what it is like when all is well."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An item as a source listed it: each of its `keys` (12 hex digits) tells it from the source's others."""

    keys: tuple[str, ...]
    title: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retitled:
    """An item's title before and after a reading."""

    was: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a reading found changed since the one before.

    `lost` are the titles of items that were listed and are no more, though others of their time are; `sections` are
    names that the source never had before.
    """

    lost: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    titles: tuple[Retitled, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What the archive remembers of a source. `error` is empty after a success.

    `items` counts what the last good reading gave that told all there was (before the first: the last; of spans that a
    person named, the first alone); of these
    `undated` have no date, and `whole` have a body that is no mere excerpt. `problems` counts what of the last reading
    could not be read; `failures` the readings in a row that failed, since `failing_since`. `changed` is what the last
    good reading found changed; `listed` are the newest items that it listed. To learn what is usual: `counts` are the
    numbers of items of the last good readings, the latest last; `days` (UTC) those on which something was published,
    `sections` all names that it ever had, both sorted. `ahead` is a reading that is later than the last one, by a clock
    that was ahead then, or was set back since.
    """

    name: str
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    error: str = ""
    items: int = 0
    problems: int = 0
    newest: datetime | None = None
    undated: int = 0
    whole: int = 0
    failures: int = 0
    failing_since: datetime | None = None
    changed: Changed = Changed()
    listed: tuple[Listed, ...] = ()
    counts: tuple[int, ...] = ()
    days: tuple[date, ...] = ()
    sections: tuple[str, ...] = ()
    ahead: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What storing sightings changed, counted in articles: `same` ones said nothing new."""

    new: int = 0
    updated: int = 0
    same: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Add two tallies."""
        return Tally(new=self.new + other.new, updated=self.updated + other.updated, same=self.same + other.same)
