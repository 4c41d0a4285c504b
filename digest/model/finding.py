"""What a check or a build has to say to the editor, and what a hand-over answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A person's word that an error may stand: who, when, why. `content` is the SHA-256 of that for which it holds.

    `at` is by the magazine's clocks; `where` is the place that the error had.
    """

    code: str
    content: str
    where: str
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to know or to mend: `code` is stable (`source-stale`), `where` names the place.

    `about` is the whole text in question where the message does not hold it. An error that a person has `waived` is a
    note.
    """

    code: str
    level: Level
    message: str
    where: str = ""
    hint: str = ""
    about: str = ""
    waived: Waiver | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a mailer made of a message: where it is now, and the SHA-256 of the content that was handed over."""

    service: str
    remote_id: str
    state: Literal["written", "draft", "tested", "scheduled", "sent"]
    content: str
    at: datetime | None = None
