"""When a source was last read, and with what result."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What the archive remembers of a source. `error` is empty after a success.

    `items` and `problems` count what the last reading gave, and what of it could not be read.
    """

    name: str
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    error: str = ""
    items: int = 0
    problems: int = 0
    newest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What storing sightings changed, counted in articles: `same` ones said nothing new."""

    new: int = 0
    updated: int = 0
    same: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Add two tallies."""
        return Tally(new=self.new + other.new, updated=self.updated + other.updated, same=self.same + other.same)
