"""Pages that are still to be read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Pages = Literal["auto", "never", "always"]
"""Whether the pages behind a source's items are read: `auto` where the source gives an excerpt or nothing of a body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A page in the queue: the source whose item leads to it, that item's date, and how asking for it went so far.

    `always`: it is read even where a source gives the whole body. `said` is the hash of an item that is nothing but an
    address; it is in no article before its page was read.
    """

    url: str
    source: str
    published: datetime | None = None
    always: bool = False
    said: str = ""
    tries: int = 0
    error: str = ""
