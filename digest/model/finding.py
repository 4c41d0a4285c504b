"""What a check or a build has to say to the editor, and what a hand-over answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to know or to mend: `code` is stable (`source-stale`), `where` names the place."""

    code: str
    level: Level
    message: str
    where: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a mailer made of a message: where it is now, and the SHA-256 of the content that was handed over."""

    service: str
    remote_id: str
    state: Literal["written", "draft", "tested", "scheduled", "sent"]
    content: str
    at: datetime | None = None
