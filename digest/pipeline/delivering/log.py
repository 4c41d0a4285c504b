"""The ledger of one issue at one service, as a hand-over writes it: an event is on the disk before the next step."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from digest.handover.progress import Channel, Progress, progress
from digest.issues.ledger import add_event
from digest.model.issue import Issue
from digest.model.ledger import Event, EventKind
from digest.model.mailer import Remote
from digest.pipeline.handing import sent_event
from digest.pipeline.waiving import Said


@dataclass(kw_only=True)
class Log:
    """What `said.by` does at `said.at` is written behind the events that stand in `path`; None: it is kept in mind.

    `issue` is what is handed over, `content` its hash.
    """

    path: Path | None
    channel: Channel
    said: Said
    issue: Issue
    content: str
    stale_ok: bool = False
    events: list[Event] = field(default_factory=list)

    @property
    def progress(self) -> Progress:
        """Return how far the issue is in this channel."""
        return progress(self.events, self.channel)

    def add(
        self, kind: EventKind, remote: Remote | None = None, *, when: datetime | None = None, note: str = ""
    ) -> None:
        """Write an event of this channel; one that it was sent lists what readers have had."""
        known = self.progress
        content = self.content if kind in {"draft", "tested"} else known.drafted or self.content
        event = Event(event=kind, at=self.said.at, by=self.said.by, content=content)
        if kind == "sent":
            event = sent_event(self.issue, content, self.said.at, self.said.by)
        event = replace(
            event,
            service=self.channel.service,
            account=self.channel.account,
            audience=self.channel.audience,
            remote_id=remote.id if remote else known.remote_id,
            when=when,
            note=note,
            stale_ok=self.stale_ok and kind in {"tested", "scheduling", "sending"},
        )
        if self.path:
            add_event(self.path, event)
        self.events.append(event)
