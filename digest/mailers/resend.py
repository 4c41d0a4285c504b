"""The mailer `resend`: a broadcast to one segment, known by its name.

Facts from Resend's own OpenAPI description, August 2026. A broadcast has no test of its own: a test is a mail with the
same words, in which Resend fills in no tags.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from digest.config.schema import MailerTable
from digest.mailers.message import Terms, make_message
from digest.mailers.remote import PAGES, endless, instant, looked, named, ours, saying, shaped, state_of
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.mailer import Capabilities, Remote, RemoteState
from digest.model.message import Message, Rendered
from digest.web.api import Api

CAN: Final = Capabilities(
    text=True, drafts=True, test=True, schedule=True, send=True, asked=True, native_preheader=True
)
SITE: Final = "https://api.resend.com"
_STATES: dict[str, RemoteState] = {
    "draft": "draft",
    "scheduled": "scheduled",
    "queued": "sending",
    "sending": "sending",
    "sent": "sent",
    "failed": "failed",
    "canceled": "failed",
}
_LIMIT: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _New:
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Broadcast:
    id: str
    status: str
    name: str | None = None
    scheduled_at: str | None = None
    sent_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    data: tuple[_Broadcast, ...]
    has_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resend:
    """Hands over to the segment whose id is `table.audience`."""

    terms: Terms
    table: MailerTable
    api: Api
    name: str = "resend"
    can: Capabilities = CAN

    @property
    def account(self) -> str:
        """The key's account, by its variable, and the segment."""
        return f"{self.table.url or SITE} {self.table.key} segment {self.table.audience}"

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Return the message with Resend's tags."""
        return make_message(issue, rendered, self.terms)

    def check(self) -> tuple[Finding, ...]:
        """Ask for the segment."""
        return looked("mailer-list", self._segment)

    def find(self, key: str) -> Remote | None:
        """Return the broadcast called `key`."""
        return ours(key, (self._remote(each) for each in self._broadcasts() if each.name == key))

    def save(self, message: Message, remote: Remote | None) -> Remote:
        """Create the draft, or update it. It is always said that it is not to be sent."""
        path = f"/broadcasts/{remote.id}" if remote else "/broadcasts"
        body = self._fields(message) if remote else {**self._fields(message), "send": False}
        dry = {"id": remote.id if remote else "NEW"}
        said = self.api.write("PATCH" if remote else "POST", path, body, dry=dry).json
        return _is(shaped(said, _New, path).id, "draft")

    def send_test(self, message: Message, remote: Remote, addresses: Sequence[str]) -> None:  # noqa: ARG002 - no part of it
        """Send a mail of the same words to each address alone."""
        no_mail = {"name", "segment_id", "preview_text"}
        mail = {name: said for name, said in self._fields(message).items() if name not in no_mail}
        for address in addresses:
            self.api.write("POST", "/emails", {**mail, "to": [address]})

    def schedule(self, remote: Remote, at: datetime) -> Remote:
        """Say when."""
        self._send(remote, {"scheduled_at": saying(at)})
        return _is(remote.id, "scheduled", at)

    def unschedule(self, remote: Remote) -> Remote:
        """Cancel it, and ask what it is now: Resend does not say."""
        self.api.write("POST", f"/broadcasts/{remote.id}/cancel")
        return _is(remote.id, "draft") if self.api.kept is not None else self.status(remote)

    def send(self, message: Message, remote: Remote) -> Remote:  # noqa: ARG002 - the broadcast holds it
        """Send it."""
        self._send(remote, {})
        return _is(remote.id, "sending")

    def status(self, remote: Remote) -> Remote:
        """Return the broadcast as it is now."""
        path = f"/broadcasts/{remote.id}"
        return self._remote(shaped(self.api.read(path).json, _Broadcast, path))

    def _send(self, remote: Remote, how: dict[str, object]) -> None:
        self.api.write("POST", f"/broadcasts/{remote.id}/send", how)

    def _fields(self, message: Message) -> dict[str, object]:
        sender = message.sender
        fields: dict[str, object] = {
            "name": message.key,
            "segment_id": self.table.audience,
            "from": named(sender.name, sender.address),
            "subject": message.subject,
            "preview_text": message.preheader,
            "html": message.html,
            "text": message.text,
        }
        return {**fields, "reply_to": [sender.reply_to]} if sender.reply_to else fields

    def _broadcasts(self) -> Iterator[_Broadcast]:
        after = ""
        for _ in range(PAGES):
            path = f"/broadcasts?limit={_LIMIT}{after}"
            found = shaped(self.api.read(path).json, _Page, path)
            yield from found.data
            if not found.has_more or not found.data:
                return
            after = f"&after={found.data[-1].id}"
        raise endless("/broadcasts")

    @staticmethod
    def _remote(broadcast: _Broadcast) -> Remote:
        state = state_of(_STATES, broadcast.status, broadcast.id)
        at = None if state == "draft" else instant(broadcast.sent_at or broadcast.scheduled_at)
        return _is(broadcast.id, state, at, "canceled" if broadcast.status == "canceled" else "")

    def _segment(self) -> Iterator[Finding]:
        self.api.read(f"/segments/{self.table.audience}")
        yield from ()


def _is(number: str, state: RemoteState, at: datetime | None = None, note: str = "") -> Remote:
    return Remote(id=number, state=state, at=at, url=f"https://resend.com/broadcasts/{number}", note=note)
