"""How far an issue is at one service, for one account and audience: a fold over its ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from digest.model.ledger import Event

Stage = Literal["none", "draft", "scheduling", "scheduled", "sending", "sent", "failed", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Where an issue goes: what is sent to one of them is not sent to another."""

    service: str
    account: str = ""
    audience: str = ""

    def has(self, event: Event) -> bool:
        """Tell whether an event is of this channel."""
        return (event.service, event.account, event.audience) == (self.service, self.account, self.audience)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What the ledger knows: the last stage, the service's object, and the hash of what it was last given and tested.

    `scheduling` and `sending` are intents whose outcome nobody wrote down. `when`: scheduled for.
    """

    stage: Stage = "none"
    remote_id: str = ""
    drafted: str = ""
    tested: str = ""
    when: datetime | None = None


def progress(events: Sequence[Event], channel: Channel) -> Progress:
    """Return how far an issue is in `channel`, after `events` in the ledger's order."""
    now = Progress()
    for event in events:
        if channel.has(event):
            now = _after(now, event)
    return now


def _after(now: Progress, event: Event) -> Progress:
    match event.event:
        case "draft":
            return replace(now, stage="draft", remote_id=event.remote_id, drafted=event.content, when=None)
        case "tested":
            return replace(now, tested=event.content)
        case "cancelled" | "resolved":
            return replace(now, stage="draft" if now.drafted else "none", when=None)
        case "scheduling" | "scheduled":
            named = event.remote_id or now.remote_id
            return replace(now, stage=event.event, when=event.when, remote_id=named)
        case "sending" | "sent" | "failed" | "unknown":
            return replace(now, stage=event.event, remote_id=event.remote_id or now.remote_id)
        case _:  # approvals, waivers, corrections and what became of one recipient
            return now
