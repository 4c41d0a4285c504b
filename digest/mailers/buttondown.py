"""The mailer `buttondown`: an e-mail of one newsletter, known by its metadata.

Facts from Buttondown's own OpenAPI description, August 2026. A new e-mail whose status is not said is sent at once: the
status is always said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from digest.config.schema import MailerTable
from digest.mailers.message import Terms, make_message
from digest.mailers.remote import PAGES, endless, instant, looked, ours, saying, shaped, state_of
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.mailer import Capabilities, Remote, RemoteState
from digest.model.message import Message, Rendered
from digest.web.api import Api

CAN: Final = Capabilities(drafts=True, test=True, schedule=True, send=True, asked=True)
SITE: Final = "https://api.buttondown.com"
VERSION: Final = "2026-04-01"
_STATES: dict[str, RemoteState] = {
    "draft": "draft",
    "scheduled": "scheduled",
    "about_to_send": "sending",
    "in_flight": "sending",
    "throttled": "sending",
    "paused": "sending",
    "resending": "sending",
    "sent": "sent",
    "errored": "failed",
    "suppressed": "failed",
    "deleted": "failed",
}
_PLAIN: Final = {"draft", "scheduled", "sent"}
_AS_IT_IS: Final = "<!-- buttondown-editor-mode: plaintext -->"
"""Before a body: it is not to be read as Markdown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Email:
    id: str
    status: str
    subject: str = ""
    absolute_url: str = ""
    publish_date: str | None = None
    metadata: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    results: tuple[_Email, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Buttondown:
    """Hands over to the newsletter that the key is of, in the template `table.template`, or in none ("naked")."""

    terms: Terms
    table: MailerTable
    api: Api
    name: str = "buttondown"
    can: Capabilities = CAN

    @property
    def account(self) -> str:
        """The newsletter: a key is of one, and each has a variable of its own."""
        return f"{self.table.url or SITE} {self.table.key}"

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Return the message with Buttondown's tags."""
        return make_message(issue, rendered, self.terms)

    def check(self) -> tuple[Finding, ...]:
        """Ask whose key it is."""
        return looked("mailer-key", self._account)

    def find(self, key: str) -> Remote | None:
        """Return the e-mail whose metadata says `key`; what was deleted there is none."""
        named = (each for each in self._emails() if each.metadata.get("digest") == key)
        return ours(key, (self._remote(each) for each in named if each.status != "deleted"))

    def save(self, message: Message, remote: Remote | None) -> Remote:
        """Create the draft, or update it."""
        path = f"/v1/emails/{remote.id}" if remote else "/v1/emails"
        body = {
            "subject": message.subject,
            "description": message.preheader,
            "body": f"{_AS_IT_IS}\n{message.html}",
            "status": "draft",
            "template": self.table.template or "naked",
            "metadata": {"digest": message.key},
        }
        dry = {"id": remote.id if remote else "", "status": "draft"}
        return self._answered(self.api.write("PATCH" if remote else "POST", path, body, dry=dry).json, path)

    def send_test(self, message: Message, remote: Remote, addresses: Sequence[str]) -> None:  # noqa: ARG002 - it is there
        """Send the draft as it is kept there."""
        self.api.write("POST", f"/v1/emails/{remote.id}/send-draft", {"recipients": list(addresses)})

    def schedule(self, remote: Remote, at: datetime) -> Remote:
        """Say when, and that it holds, at once."""
        return self._change(remote, {"status": "scheduled", "publish_date": saying(at)})

    def unschedule(self, remote: Remote) -> Remote:
        """Make it a draft again."""
        return self._change(remote, {"status": "draft", "publish_date": "none"})

    def send(self, message: Message, remote: Remote) -> Remote:  # noqa: ARG002 - the draft holds it
        """Publish the draft."""
        path = f"/v1/emails/{remote.id}/publish"
        dry = {"id": remote.id, "status": "about_to_send"}
        return self._answered(self.api.write("POST", path, {}, dry=dry).json, path)

    def status(self, remote: Remote) -> Remote:
        """Return the e-mail as it is now."""
        path = f"/v1/emails/{remote.id}"
        return self._answered(self.api.read(path).json, path)

    def _change(self, remote: Remote, change: dict[str, str]) -> Remote:
        path = f"/v1/emails/{remote.id}"
        dry = {"id": remote.id, **change}
        return self._answered(self.api.write("PATCH", path, change, dry=dry).json, path)

    def _emails(self) -> Iterator[_Email]:
        for page in range(1, PAGES + 1):
            path = f"/v1/emails?ordering=-creation_date&excluded_fields=body&page={page}"
            found = shaped(self.api.read(path).json, _Page, path)
            yield from found.results
            if not found.next:
                return
        raise endless("/v1/emails")

    def _answered(self, said: object, path: str) -> Remote:
        return self._remote(shaped(said, _Email, path))

    def _remote(self, email: _Email) -> Remote:
        state = state_of(_STATES, email.status, email.id)
        return Remote(
            id=email.id,
            state=state,
            at=instant(email.publish_date) if state != "draft" else None,
            url=f"https://buttondown.com/emails/{email.id}",
            note="" if email.status in _PLAIN else email.status,
        )

    def _account(self) -> Iterator[Finding]:
        self.api.read("/v1/accounts/me")
        yield from ()
