"""The mailer `brevo`: a campaign of one list, known by its name.

Facts from Brevo's own Python library 5.1.0, which is made from the description of its API v3.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from digest.config.schema import MailerTable
from digest.mailers.message import Terms, make_message
from digest.mailers.remote import (
    PAGES,
    account_of,
    endless,
    instant,
    is_due,
    looked,
    ours,
    saying,
    shaped,
    state_of,
    whole,
)
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.mailer import Capabilities, Remote, RemoteState
from digest.model.message import Message, Rendered
from digest.web.api import Api
from digest.web.replies import Reply

CAN: Final = Capabilities(
    drafts=True, test=True, schedule=True, send=True, asked=True, native_preheader=True, most_bytes=999_999
)
SITE: Final = "https://api.brevo.com"
_STATES: dict[str, RemoteState] = {
    "draft": "draft",
    "queued": "scheduled",  # one that is to be sent now is scheduled for now
    "in_review": "sending",
    "in_process": "sending",
    "inProcess": "sending",
    "suspended": "sending",  # it goes on at Brevo alone
    "sent": "sent",
    "archive": "sent",
    "cancelling": "failed",
    "cancelled": "failed",
}
_PLAIN: Final = {"draft", "queued", "in_process", "inProcess", "sent"}
_LIMIT: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Campaign:
    id: int
    name: str
    status: str
    scheduledAt: str | None = None  # noqa: N815 - Brevo's name
    sentDate: str | None = None  # noqa: N815 - Brevo's name


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    campaigns: tuple[_Campaign, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _New:
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sender:
    email: str
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Senders:
    senders: tuple[_Sender, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Segments:
    segments: tuple[_New, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brevo:
    """Hands over to the list whose number is `table.audience`, or to the segment `table.segment`."""

    terms: Terms
    table: MailerTable
    api: Api
    name: str = "brevo"
    can: Capabilities = CAN

    @property
    def account(self) -> str:
        """The key's account, by its variable, and the list or segment."""
        return account_of(self.table, SITE)

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Return the message with Brevo's tags."""
        return make_message(issue, rendered, self.terms)

    def check(self) -> tuple[Finding, ...]:
        """Ask for the list and for the sender, whom Brevo has to know."""
        return looked("mailer-list", self._list) or looked("mailer-sender", self._sender)

    def find(self, key: str) -> Remote | None:
        """Return the campaign called `key`."""
        return ours(key, (self._remote(each, reply) for each, reply in self._campaigns() if each.name == key))

    def save(self, message: Message, remote: Remote | None) -> Remote:
        """Create the campaign, which is a draft, or update it; an update answers nothing."""
        if remote:
            self.api.write("PUT", f"/v3/emailCampaigns/{remote.id}", self._fields(message))
            return self._is(remote.id, "draft")
        path = "/v3/emailCampaigns"
        said = self.api.write("POST", path, self._fields(message), dry={"id": 0}).json
        return self._is(str(shaped(said, _New, path).id), "draft")

    def send_test(self, message: Message, remote: Remote, addresses: Sequence[str]) -> None:  # noqa: ARG002 - it is there
        """Send the campaign as it is kept there: fifty tests a day are allowed."""
        self.api.write("POST", f"/v3/emailCampaigns/{remote.id}/sendTest", {"emailTo": list(addresses)})

    def schedule(self, remote: Remote, at: datetime) -> Remote:
        """Say when."""
        self.api.write("PUT", f"/v3/emailCampaigns/{remote.id}", {"scheduledAt": saying(at)})
        return self._is(remote.id, "scheduled", at)

    def unschedule(self, remote: Remote) -> Remote:
        """Make it a draft again."""
        self.api.write("PUT", f"/v3/emailCampaigns/{remote.id}/status", {"status": "draft"})
        return self._is(remote.id, "draft")

    def send(self, message: Message, remote: Remote) -> Remote:  # noqa: ARG002 - the campaign holds it
        """Send it."""
        self.api.write("POST", f"/v3/emailCampaigns/{remote.id}/sendNow")
        return self._is(remote.id, "sending")

    def status(self, remote: Remote) -> Remote:
        """Return the campaign as it is now."""
        path = f"/v3/emailCampaigns/{remote.id}?excludeHtmlContent=true"
        reply = self.api.read(path)
        return self._remote(shaped(reply.json, _Campaign, path), reply)

    def _fields(self, message: Message) -> dict[str, object]:
        part, number = ("segmentIds", self.table.segment) if self.table.segment else ("listIds", self.table.audience)
        fields: dict[str, object] = {
            "name": message.key,
            "subject": message.subject,
            "previewText": message.preheader,
            "sender": {"name": message.sender.name, "email": message.sender.address},
            "htmlContent": message.html,
            "recipients": {part: [whole(number, part)]},
            "mirrorActive": True,
        }
        return {**fields, "replyTo": message.sender.reply_to} if message.sender.reply_to else fields

    def _campaigns(self) -> Iterator[tuple[_Campaign, Reply]]:
        for page in range(PAGES):
            path = f"/v3/emailCampaigns?excludeHtmlContent=true&sort=desc&limit={_LIMIT}&offset={page * _LIMIT}"
            reply = self.api.read(path)
            found = shaped(reply.json, _Page, path).campaigns
            yield from ((each, reply) for each in found)
            if len(found) < _LIMIT:
                return
        raise endless("/v3/emailCampaigns")

    def _remote(self, campaign: _Campaign, reply: Reply) -> Remote:
        state = state_of(_STATES, campaign.status, campaign.name)
        at = None if state == "draft" else instant(campaign.sentDate or campaign.scheduledAt)
        if state == "scheduled" and is_due(at, reply):
            state = "sending"
        return self._is(str(campaign.id), state, at, "" if campaign.status in _PLAIN else campaign.status)

    @staticmethod
    def _is(number: str, state: RemoteState, at: datetime | None = None, note: str = "") -> Remote:
        url = f"https://app.brevo.com/marketing-campaign/edit/{number}"
        return Remote(id=number, state=state, at=at, url=url, note=note)

    def _list(self) -> Iterator[Finding]:
        if not self.table.segment:
            self.api.read(f"/v3/contacts/lists/{self.table.audience}")
        elif whole(self.table.segment, "segment") not in self._segments():
            message = f"Brevo has no segment {self.table.segment}"
            yield Finding(code="mailer-list", level="error", message=message, where=self.account)

    def _segments(self) -> Iterator[int]:
        for page in range(PAGES):
            path = f"/v3/contacts/segments?limit={_LIMIT}&offset={page * _LIMIT}"
            found = shaped(self.api.read(path).json, _Segments, path).segments
            yield from (each.id for each in found)
            if len(found) < _LIMIT:
                return
        raise endless("/v3/contacts/segments")

    def _sender(self) -> Iterator[Finding]:
        path, address = "/v3/senders", self.terms.sender.address
        known = shaped(self.api.read(path).json, _Senders, path).senders
        if not any(each.active and each.email.lower() == address.lower() for each in known):
            hint = "add and confirm it in Brevo: Senders, Domains & Dedicated IPs"
            message = f"Brevo does not know {address or 'an empty address'} as a sender"
            yield Finding(code="mailer-sender", level="error", message=message, where=self.account, hint=hint)
