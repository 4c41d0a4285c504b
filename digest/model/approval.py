"""Whether a person's word on an issue still holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from digest.model.change import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """`stands`: what was approved is what is there now, to the letter; `void`: `changed` says what is otherwise since.

    `by` and `at` are of the last approval; "" and None where there was none.
    """

    status: Literal["none", "stands", "void"] = "none"
    by: str = ""
    at: datetime | None = None
    changed: tuple[Change, ...] = ()
