"""What newsletters carried that another tool sent, before Digest or beside it: an editor hands in a list of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from digest.model.selection import Carried


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierStory:
    """One story of such a newsletter; `url` is the address by which the list names it.

    `carried` knows it again: all the names of the archive's article where there is one, the address alone where not.
    `date` is the day on which the newsletter went out (ISO 8601), `campaign` what it was called; "" where nobody says.
    """

    url: str
    carried: Carried
    date: str = ""
    campaign: str = ""
    subject: str = ""

    @property
    def newsletter(self) -> str:
        """Return which newsletter that was, in words that follow "sent in"."""
        called = f"“{self.campaign}”" if self.campaign else "the newsletter"
        return f"{called} of {self.date}" if self.date else called if self.campaign else "an earlier newsletter"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierEvent:
    """One line of `earlier.jsonl`: the stories of a list were taken in, or taken back. `file` is the list's name."""

    schema: int = 1
    event: Literal["imported", "withdrawn"]
    at: datetime
    by: str = ""
    file: str = ""
    stories: tuple[EarlierStory, ...] = ()
