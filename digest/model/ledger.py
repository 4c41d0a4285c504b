"""The events of `delivery.jsonl`: an issue's state is a fold over them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from digest.model.selection import Carried

EventKind = Literal[
    "approved",
    "waived",
    "unwaived",
    "draft",
    "tested",
    "scheduling",
    "scheduled",
    "cancelled",
    "sending",
    "attempting",
    "accepted",
    "refused",
    "deferred",
    "sent",
    "failed",
    "unknown",
    "resolved",
    "unsent",
    "corrected",
    "uncorrected",
]
State = Literal["built", "approved", "draft", "tested", "scheduled", "sending", "sent", "failed", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartText:
    """One text of an approved issue: what it is (`headline`, `subject`), and the first digits of its SHA-256."""

    name: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of an approved issue, so that a later change can be named.

    It is an entry in its place (`story` is its id, `title` its headline), or, with `story` "", the issue's own texts.
    """

    story: str = ""
    title: str = ""
    section: str = ""
    slot: str = ""
    texts: tuple[PartText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the ledger. Which fields are set depends on `event`; `content` is the hash of what was handed over.

    A `sent` event (by hand or by a service) says the window and lists what the issue carried, so that the ledger
    alone knows what readers have had. `unsent` takes back the last one that was recorded by hand. `corrected` says in
    `note` what a sent issue got wrong; `uncorrected` takes the last of them back. `waived` says in `note` why the error
    `code` at the place `where` may stand, for as long as what it is about has the hash `content`; `unwaived`, with the
    same code and content, takes that back. `approved` lists in `parts` what a person approved, in the issue's order.

    What a service is told is written down before and after: `scheduling`, then `scheduled` (`when` it will be sent);
    `sending`, then `sent`, `failed` or, where nobody knows, `unknown`, which a person's `resolved` or `sent` settles.
    Where Digest sends to each reader itself, `attempting` and then `accepted`, `refused` or `deferred` tell of one:
    `recipient` is a keyed hash, never an address. `stale_ok`: a person let it go out though a story had changed.
    """

    schema: int = 1
    event: EventKind
    at: datetime
    by: str = ""
    service: str = ""
    account: str = ""
    audience: str = ""
    remote_id: str = ""
    content: str = ""
    note: str = ""
    code: str = ""
    where: str = ""
    start: datetime | None = None
    end: datetime | None = None
    carried: tuple[Carried, ...] = ()
    parts: tuple[Part, ...] = ()
    when: datetime | None = None
    recipient: str = ""
    stale_ok: bool = False
