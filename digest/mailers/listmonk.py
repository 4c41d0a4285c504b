"""The mailer `listmonk`: a campaign of one list. Facts from listmonk's code, `cmd/campaigns.go`, as of July 2026."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from digest.config.schema import MailerTable
from digest.mailers.message import Terms, make_message
from digest.mailers.remote import PAGES, endless, instant, looked, named, ours, saying, shaped, state_of, whole
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.mailer import Capabilities, Remote, RemoteState
from digest.model.message import Message, Rendered
from digest.web.api import Api

CAN: Final = Capabilities(text=True, drafts=True, test=True, schedule=True, send=True, asked=True)
_STATES: dict[str, RemoteState] = {
    "draft": "draft",
    "scheduled": "scheduled",
    "running": "sending",
    "paused": "sending",  # some readers have it; it goes on at listmonk alone
    "finished": "sent",
    "cancelled": "failed",
}
_BARE: Final = '{{ template "content" . }}'
"""The body of a template that leaves an issue as it is."""
_PER_PAGE: Final = 50
"""listmonk's own most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Campaign:
    id: int
    name: str
    status: str
    send_at: str | None = None
    started_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _One:
    data: _Campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    results: tuple[_Campaign, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pages:
    data: _Page


@dataclass(frozen=True, slots=True, kw_only=True)
class _Template:
    id: int
    body: str = ""
    is_default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Templates:
    data: tuple[_Template, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listmonk:
    """Hands over to the list whose number is `table.audience`, in the template `table.template` (its own where "")."""

    terms: Terms
    table: MailerTable
    api: Api
    name: str = "listmonk"
    can: Capabilities = CAN

    @property
    def account(self) -> str:
        """The server and the list."""
        return f"{self.table.url.rstrip('/')} list {self.table.audience}"

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Return the message with listmonk's tags."""
        return make_message(issue, rendered, self.terms)

    def check(self) -> tuple[Finding, ...]:
        """Ask for the list, and for the template, which must add nothing to an issue."""
        return looked("mailer-list", self._list) or looked("mailer-template", self._template)

    def find(self, key: str) -> Remote | None:
        """Return the campaign called `key`. All are looked through: listmonk's own search takes near matches."""
        return ours(key, (self._remote(each) for each in self._campaigns() if each.name == key))

    def save(self, message: Message, remote: Remote | None) -> Remote:
        """Create the campaign as a draft, or update it; a draft that was scheduled before forgets when."""
        path = f"/api/campaigns/{remote.id}" if remote else "/api/campaigns"
        body = {**self._fields(message), "send_at": None}
        dry = _said(remote.id if remote else "0", "draft")
        return self._answered(self.api.write("PUT" if remote else "POST", path, body, dry=dry).json, path)

    def send_test(self, message: Message, remote: Remote, addresses: Sequence[str]) -> None:
        """Send to each address alone: of several, listmonk leaves out those who are no subscribers without a word."""
        for address in addresses:
            body = {**self._fields(message), "subscribers": [address]}
            self.api.write("POST", f"/api/campaigns/{remote.id}/test", body, dry={"data": True})

    def schedule(self, remote: Remote, at: datetime) -> Remote:
        """Say when, then that it holds: a crash between the two leaves a draft."""
        when = {"lists": [whole(self.table.audience, "audience")], "send_at": saying(at)}
        self.api.write("PUT", f"/api/campaigns/{remote.id}", when, dry=_said(remote.id, "draft"))
        return self._become(remote, "scheduled", saying(at))

    def unschedule(self, remote: Remote) -> Remote:
        """Make it a draft again."""
        return self._become(remote, "draft")

    def send(self, message: Message, remote: Remote) -> Remote:  # noqa: ARG002 - the campaign holds it
        """Start the campaign; listmonk refuses where it is no draft."""
        return self._become(remote, "running")

    def status(self, remote: Remote) -> Remote:
        """Return the campaign as it is now."""
        path = f"/api/campaigns/{remote.id}?no_body=true"
        return self._answered(self.api.read(path).json, path)

    def _become(self, remote: Remote, status: str, at: str | None = None) -> Remote:
        path = f"/api/campaigns/{remote.id}/status"
        return self._answered(
            self.api.write("PUT", path, {"status": status}, dry=_said(remote.id, status, at)).json, path
        )

    def _fields(self, message: Message) -> dict[str, object]:
        sender = message.sender
        fields: dict[str, object] = {
            "name": message.key,
            "subject": message.subject,
            "lists": [whole(self.table.audience, "audience")],
            "from_email": named(sender.name, sender.address),
            "type": "regular",
            "messenger": "email",
            "content_type": "html",
            "body": message.html,
            "altbody": message.text,
            "headers": [{"Reply-To": sender.reply_to}] if sender.reply_to else [],
        }
        return {**fields, "template_id": whole(self.table.template, "template")} if self.table.template else fields

    def _campaigns(self) -> Iterator[_Campaign]:
        for page in range(1, PAGES + 1):
            path = f"/api/campaigns?no_body=true&order_by=created_at&order=DESC&per_page={_PER_PAGE}&page={page}"
            found = shaped(self.api.read(path).json, _Pages, path).data.results
            yield from found
            if not found:
                return
        raise endless("/api/campaigns")

    def _answered(self, said: object, path: str) -> Remote:
        return self._remote(shaped(said, _One, path).data)

    def _remote(self, campaign: _Campaign) -> Remote:
        state = state_of(_STATES, campaign.status, campaign.name)
        return Remote(
            id=str(campaign.id),
            state=state,
            at=instant(campaign.send_at if state == "scheduled" else campaign.started_at),
            url=f"{self.table.url.rstrip('/')}/admin/campaigns/{campaign.id}",
            note=campaign.status if campaign.status in {"paused", "cancelled"} else "",
        )

    def _list(self) -> Iterator[Finding]:
        """Ask for the list: that it is there is enough."""
        self.api.read(f"/api/lists/{self.table.audience}")
        yield from ()

    def _template(self) -> Iterator[Finding]:
        path = "/api/templates?no_body=false"
        for each in shaped(self.api.read(path).json, _Templates, path).data:
            meant = str(each.id) == self.table.template if self.table.template else each.is_default
            if meant and "".join(each.body.split()) == "".join(_BARE.split()):
                return
        message = f"the template that is used puts more around an issue than {_BARE}"
        hint = f"make one in listmonk with the body {_BARE}, and write its number: [mailer] template"
        yield Finding(code="mailer-template", level="error", message=message, where=self.account, hint=hint)


def _said(number: str, status: str, at: str | None = None) -> dict[str, object]:
    """Return what listmonk would have answered, for a dry run."""
    return {"data": {"id": int(number), "name": "", "status": status, "send_at": at}}
