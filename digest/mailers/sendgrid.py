"""The mailer `sendgrid`: a Single Send, known by its name. Facts from Twilio's own OpenAPI description, January 2026.

Who it is from is one of the account's verified senders, and how one leaves is its default unsubscribe group: both are
looked up. A Single Send of one's own HTML has no test.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from digest.config.schema import MailerTable
from digest.errors import MailerError, MailerUnsupportedError
from digest.mailers.message import Terms, make_message
from digest.mailers.remote import PAGES, account_of, endless, instant, is_due, looked, ours, saying, shaped, state_of
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.mailer import Capabilities, Remote, RemoteState
from digest.model.message import Message, Rendered, Sender
from digest.web.api import Api
from digest.web.replies import Reply

CAN: Final = Capabilities(text=True, drafts=True, schedule=True, send=True, asked=True)
SITE: Final = "https://api.sendgrid.com"
_SENDS: Final = "/v3/marketing/singlesends"
_STATES: dict[str, RemoteState] = {"draft": "draft", "scheduled": "scheduled", "triggered": "sent"}
"""`triggered` is all that it says from the first mail on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Send:
    id: str
    status: str
    name: str = ""
    send_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _More:
    next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    result: tuple[_Send, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scheduled:
    status: str = "scheduled"
    send_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verified:
    id: int
    from_email: str
    from_name: str = ""
    reply_to: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Senders:
    results: tuple[_Verified, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    id: int
    is_default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Groups:
    groups: tuple[_Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendGrid:
    """Hands over to the list whose id is `table.audience`, or to the segment `table.segment`."""

    terms: Terms
    table: MailerTable
    api: Api
    name: str = "sendgrid"
    can: Capabilities = CAN

    @property
    def account(self) -> str:
        """The key's account, by its variable, and the list or segment."""
        return account_of(self.table, SITE)

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Return the message with SendGrid's tags."""
        return make_message(issue, rendered, self.terms)

    def check(self) -> tuple[Finding, ...]:
        """Ask for the list or the segment, and for what a Single Send takes from the account."""
        return looked("mailer-list", self._list) or looked("mailer-sender", self._account)

    def find(self, key: str) -> Remote | None:
        """Return the Single Send called `key`. All are looked through: SendGrid's own search takes near matches."""
        return ours(key, (self._remote(each, reply) for each, reply in self._sends() if each.name == key))

    def save(self, message: Message, remote: Remote | None) -> Remote:
        """Create the draft, or update it.

        Raises:
            MailerError: the account has no such sender, or no unsubscribe group.

        """
        path = f"{_SENDS}/{remote.id}" if remote else _SENDS
        dry = {"id": remote.id if remote else "NEW", "status": "draft"}
        reply = self.api.write("PATCH" if remote else "POST", path, self._fields(message), dry=dry)
        return self._remote(shaped(reply.json, _Send, path), reply)

    def send_test(self, message: Message, remote: Remote, addresses: Sequence[str]) -> None:  # noqa: ARG002 - the port's
        """Raise that there is none.

        Raises:
            MailerUnsupportedError: always.

        """
        raise MailerUnsupportedError("a Single Send of one's own HTML has no test", where="sendgrid")

    def schedule(self, remote: Remote, at: datetime) -> Remote:
        """Say when."""
        return self._schedule(remote, saying(at), "scheduled")

    def unschedule(self, remote: Remote) -> Remote:
        """Make it a draft again."""
        self.api.write("DELETE", f"{_SENDS}/{remote.id}/schedule")
        return _is(remote.id, "draft")

    def send(self, message: Message, remote: Remote) -> Remote:  # noqa: ARG002 - the Single Send holds it
        """Have it sent now."""
        return self._schedule(remote, "now", "sending")

    def status(self, remote: Remote) -> Remote:
        """Return the Single Send as it is now."""
        path = f"{_SENDS}/{remote.id}"
        reply = self.api.read(path)
        return self._remote(shaped(reply.json, _Send, path), reply)

    def _schedule(self, remote: Remote, when: str, state: RemoteState) -> Remote:
        path = f"{_SENDS}/{remote.id}/schedule"
        said = self.api.write("PUT", path, {"send_at": when}, dry={"send_at": None if when == "now" else when}).json
        return _is(remote.id, state, instant(shaped(said, _Scheduled, path).send_at))

    def _fields(self, message: Message) -> dict[str, object]:
        part, number = ("segment_ids", self.table.segment) if self.table.segment else ("list_ids", self.table.audience)
        return {
            "name": message.key,
            "send_to": {part: [number]},
            "email_config": {
                "subject": message.subject,
                "html_content": message.html,
                "plain_content": message.text,
                "generate_plain_content": False,
                "editor": "code",
                "sender_id": self._sender(message.sender).id,
                "suppression_group_id": self._group(),
            },
        }

    def _sender(self, sender: Sender) -> _Verified:
        path = "/v3/verified_senders"
        known = shaped(self.api.read(path).json, _Senders, path).results
        wanted = (sender.address.lower(), sender.name, (sender.reply_to or sender.address).lower())
        for each in known:
            if each.verified and (each.from_email.lower(), each.from_name, each.reply_to.lower()) == wanted:
                return each
        said = f"{sender.name!r} <{sender.address}>, answers to {sender.reply_to or sender.address}"
        hint = "make it in SendGrid: Settings > Sender Authentication, and confirm it"
        raise MailerError(f"SendGrid has no verified sender {said}", where=self.account, hint=hint)

    def _group(self) -> int:
        path = "/v3/asm/groups"
        groups = shaped({"groups": self.api.read(path).json}, _Groups, path).groups
        for each in groups:
            if each.is_default or len(groups) == 1:
                return each.id
        hint = "make one in SendGrid: Suppressions > Unsubscribe Groups, and make it the default"
        raise MailerError("SendGrid has no default unsubscribe group", where=self.account, hint=hint)

    def _sends(self) -> Iterator[tuple[_Send, Reply]]:
        path = f"{_SENDS}?page_size=100"
        for _ in range(PAGES):
            reply = self.api.read(path)
            said = shaped(reply.json, dict[str, object], path)
            yield from ((each, reply) for each in shaped(said, _Page, path).result)
            more = shaped(said.get("_metadata", {}), _More, path).next
            if not more:
                return
            path = f"{_SENDS}?{urlsplit(more).query}"
        raise endless(_SENDS)

    @staticmethod
    def _remote(send: _Send, reply: Reply) -> Remote:
        state = state_of(_STATES, send.status, send.id)
        at = None if state == "draft" else instant(send.send_at)
        return _is(send.id, "sending" if state == "scheduled" and is_due(at, reply) else state, at)

    def _list(self) -> Iterator[Finding]:
        part = f"segments/2.0/{self.table.segment}" if self.table.segment else f"lists/{self.table.audience}"
        self.api.read(f"/v3/marketing/{part}")
        yield from ()

    def _account(self) -> Iterator[Finding]:
        self._sender(self.terms.sender)
        self._group()
        yield from ()


def _is(number: str, state: RemoteState, at: datetime | None = None) -> Remote:
    return Remote(id=number, state=state, at=at, url=f"https://mc.sendgrid.com/single-sends/{number}/review")
