"""The mailer `mailchimp`: a regular campaign of one audience, known by its title.

Facts from Mailchimp's Marketing API 3.0 and its own Python library 3.0.80. A campaign is made in two acts, its settings
and its content; a crash between them leaves an empty draft of our title, which is found and filled.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from digest.config.schema import MailerTable
from digest.errors import MailerUnsupportedError, RefusedError
from digest.mailers.message import Terms, make_message
from digest.mailers.remote import PAGES, endless, instant, looked, ours, saying, shaped, state_of, whole
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.mailer import Capabilities, Remote, RemoteState
from digest.model.message import Message, Rendered, Sender
from digest.web.api import Api

CAN: Final = Capabilities(
    text=True, drafts=True, test=True, schedule=True, send=True, asked=True, native_preheader=True
)
_STATES: dict[str, RemoteState] = {
    "save": "draft",
    "schedule": "scheduled",
    "sending": "sending",
    "paused": "sending",  # some readers have it
    "sent": "sent",
    "archived": "sent",
    "canceling": "failed",
    "canceled": "failed",
}
_PLAIN: Final = {"save", "schedule", "sending", "sent"}
_COUNT: Final = 100
_QUARTER: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settings:
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Campaign:
    id: str
    status: str
    web_id: int = 0
    send_time: str | None = None
    settings: _Settings = field(default_factory=_Settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    campaigns: tuple[_Campaign, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    type: str = ""
    heading: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checklist:
    is_ready: bool
    items: tuple[_Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailchimp:
    """Hands over to the audience `table.audience`, or to its saved segment `table.segment`.

    `table.url` is the account's own server, `https://us6.api.mailchimp.com` where the key ends with `-us6`.
    """

    terms: Terms
    table: MailerTable
    api: Api
    name: str = "mailchimp"
    can: Capabilities = CAN

    @property
    def account(self) -> str:
        """The server, the audience and the segment."""
        segment = f" segment {self.table.segment}" if self.table.segment else ""
        return f"{self.table.url.rstrip('/')} audience {self.table.audience}{segment}"

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Return the message with Mailchimp's tags."""
        return make_message(issue, rendered, self.terms)

    def check(self) -> tuple[Finding, ...]:
        """Ask for the audience; what Mailchimp cannot say of a sender is found too."""
        sender = self.terms.sender
        if _answers_elsewhere(sender):
            hint = "take reply_to out of [mailer], or make it the same as sender_address"
            return (Finding(code="mailer-sender", level="error", message=_ONE_ADDRESS, where=self.account, hint=hint),)
        return looked("mailer-list", self._audience)

    def find(self, key: str) -> Remote | None:
        """Return the campaign whose title is `key`."""
        return ours(key, (self._remote(each) for each in self._campaigns() if each.settings.title == key))

    def save(self, message: Message, remote: Remote | None) -> Remote:
        """Write the settings, then the content.

        Raises:
            MailerUnsupportedError: answers shall go to another address than the sender's.

        """
        if _answers_elsewhere(message.sender):
            hint = "take reply_to out of [mailer], or make it the same as sender_address"
            raise MailerUnsupportedError(_ONE_ADDRESS, where="digest.toml: mailer.reply_to", hint=hint)
        path = f"/3.0/campaigns/{remote.id}" if remote else "/3.0/campaigns"
        body = self._fields(message) if remote else {"type": "regular", **self._fields(message)}
        dry = {"id": remote.id if remote else "NEW", "status": "save"}
        said = self.api.write("PATCH" if remote else "POST", path, body, dry=dry).json
        saved = self._remote(shaped(said, _Campaign, path))
        self.api.write(
            "PUT", f"/3.0/campaigns/{saved.id}/content", {"html": message.html, "plain_text": message.text}, dry={}
        )
        return saved

    def send_test(self, message: Message, remote: Remote, addresses: Sequence[str]) -> None:  # noqa: ARG002 - it is there
        """Send the campaign as it is kept there."""
        self._act(remote, "test", {"test_emails": list(addresses), "send_type": "html"})

    def schedule(self, remote: Remote, at: datetime) -> Remote:
        """Have it sent at a quarter of an hour.

        Raises:
            MailerUnsupportedError: it is another time.
            RefusedError: Mailchimp's own checklist says that it is not ready.

        """
        if at.minute % _QUARTER or at.second or at.microsecond:
            hint = "choose a full hour, or 15, 30 or 45 minutes past it"
            raise MailerUnsupportedError("sends at quarters of an hour alone", where="mailchimp", hint=hint)
        self._must_be_ready(remote)
        self._act(remote, "schedule", {"schedule_time": saying(at)})
        return Remote(id=remote.id, state="scheduled", at=at, url=remote.url)

    def unschedule(self, remote: Remote) -> Remote:
        """Make it a draft again."""
        self._act(remote, "unschedule", None)
        return Remote(id=remote.id, state="draft", url=remote.url)

    def send(self, message: Message, remote: Remote) -> Remote:  # noqa: ARG002 - the campaign holds it
        """Send it.

        Raises:
            RefusedError: Mailchimp's own checklist says that it is not ready.

        """
        self._must_be_ready(remote)
        self._act(remote, "send", None)
        return Remote(id=remote.id, state="sending", url=remote.url)

    def status(self, remote: Remote) -> Remote:
        """Return the campaign as it is now."""
        path = f"/3.0/campaigns/{remote.id}"
        return self._remote(shaped(self.api.read(path).json, _Campaign, path))

    def _act(self, remote: Remote, act: str, body: dict[str, object] | None) -> None:
        self.api.write("POST", f"/3.0/campaigns/{remote.id}/actions/{act}", body)

    def _must_be_ready(self, remote: Remote) -> None:
        if self.api.kept is not None and remote.id == "NEW":
            return  # a dry run has made none that could be asked for
        path = f"/3.0/campaigns/{remote.id}/send-checklist"
        found = shaped(self.api.read(path).json, _Checklist, path)
        if not found.is_ready:
            why = "; ".join(f"{item.heading}: {item.details}" for item in found.items if item.type == "error")
            raise RefusedError(f"Mailchimp says that it is not ready: {why}", where=path, status=0)

    def _fields(self, message: Message) -> dict[str, object]:
        recipients: dict[str, object] = {"list_id": self.table.audience}
        if self.table.segment:
            recipients["segment_opts"] = {"saved_segment_id": whole(self.table.segment, "segment")}
        settings = {
            "title": message.key,
            "subject_line": message.subject,
            "preview_text": message.preheader,
            "from_name": message.sender.name,
            "reply_to": message.sender.address,
            "auto_footer": False,
            "inline_css": False,
        }
        return {"recipients": recipients, "settings": settings}

    def _campaigns(self) -> Iterator[_Campaign]:
        wanted = ",".join(f"campaigns.{name}" for name in ("id", "web_id", "status", "send_time", "settings.title"))
        for page in range(PAGES):
            order = f"sort_field=create_time&sort_dir=DESC&count={_COUNT}&offset={page * _COUNT}"
            path = f"/3.0/campaigns?fields={wanted}&{order}"
            found = shaped(self.api.read(path).json, _Page, path).campaigns
            yield from found
            if len(found) < _COUNT:
                return
        raise endless("/3.0/campaigns")

    def _remote(self, campaign: _Campaign) -> Remote:
        state = state_of(_STATES, campaign.status, campaign.id)
        server = self.table.url.rstrip("/").replace(".api.", ".admin.")
        return Remote(
            id=campaign.id,
            state=state,
            at=None if state == "draft" else instant(campaign.send_time),
            url=f"{server}/campaigns/edit?id={campaign.web_id}",
            note="" if campaign.status in _PLAIN else campaign.status,
        )

    def _audience(self) -> Iterator[Finding]:
        self.api.read(f"/3.0/lists/{self.table.audience}?fields=id,name")
        yield from ()


_ONE_ADDRESS: Final = "Mailchimp sends from the address to which answers go; another reply_to cannot be said"


def _answers_elsewhere(sender: Sender) -> bool:
    return sender.reply_to not in {"", sender.address}
