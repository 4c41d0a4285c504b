"""The interval of time that an issue covers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

WindowKind = Literal["week", "month", "day", "span"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A half-open interval [start, end), both in UTC.

    `label` is also the issue's folder: `2024-W43`, `2024-10`, `2024-10-01--2024-10-20`, `2024-10-25`. `words` is the
    interval as readers see it, inclusive days in the magazine's language; empty until it was put into words.
    """

    start: datetime
    end: datetime
    kind: WindowKind
    label: str
    zone: str
    words: str = ""

    def __contains__(self, instant: datetime) -> bool:
        """Tell whether an aware instant lies in the window."""
        return self.start <= instant < self.end
