"""Buttondown on loopback. What an e-mail may become from what is Buttondown's own word (its OpenAPI tells states only).

That one which was sent is not published again (400, `status_invalid`) stands for what it does; nobody measured it.
"""

from typing import Any, Literal

from digest.config.schema import MailerTable
from services.judge import Judge
from services.serving import Call, RefusalError, Service, Told, on

_STAMP = "2024-10-24T09:00:00Z"
_PER_PAGE = 25
_BLANK = {
    "creation_date": _STAMP,
    "modification_date": _STAMP,
    "body": "",
    "canonical_url": "",
    "commenting_mode": "disabled",
    "description": "",
    "archival_mode": "enabled",
    "featured": False,
    "filters": {"filters": [], "groups": [], "predicate": "and"},
    "image": "",
    "related_email_ids": [],
    "should_trigger_pay_per_email_billing": False,
    "source": "api",
    "metadata": {},
    "publish_date": None,
}


class Buttondown(Service):
    """One newsletter, whose key has never sent anything."""

    judge = Judge("buttondown-openapi.json", base="/v1")

    def __init__(self) -> None:
        super().__init__()
        self.emails: dict[str, dict[str, Any]] = {}

    def allowed(self, call: Call) -> bool:
        return call.headers.get("authorization") == f"Token {self.key}"

    def refusal(self, status: int, said: str) -> Told:
        detail: Any = [{"loc": ["body"], "msg": said, "type": "value_error"}] if status == 422 else said
        return Told(status=status, said={"detail": detail})

    def table(self) -> MailerTable:
        return MailerTable(service="buttondown", url=self.url, key="BUTTONDOWN_KEY")

    def titles(self) -> list[str]:
        return [str(email["metadata"].get("digest")) for email in self.emails.values()]

    def put(self, title: str, state: Literal["draft", "sent"] = "draft") -> str:
        return str(self._kept({"subject": title, "status": state, "metadata": {"digest": title}})["id"])

    def content(self, remote: str) -> tuple[str, ...]:
        email = self.emails[remote]
        return email["subject"], email["body"].removeprefix("<!-- buttondown-editor-mode: plaintext -->\n")

    def finish(self, remote: str) -> None:
        self.emails[remote]["status"] = "sent"

    @on("GET", r"/v1/accounts/me")
    def account(self, call: Call) -> Told:  # noqa: ARG002 - what answers gets the call
        return Told(said={"username": "harbour", "email_address": "desk@harbour.example"})

    @on("GET", r"/v1/emails")
    def all(self, call: Call) -> Told:
        page, found = int(call.first("page", "1")), list(reversed(self.emails.values()))
        shown = found[(page - 1) * _PER_PAGE : page * _PER_PAGE]
        more = f"{self.url}/v1/emails?page={page + 1}" if len(found) > page * _PER_PAGE else None
        results = [{**each, "body": ""} for each in shown]
        return Told(said={"results": results, "next": more, "previous": None, "count": len(found)})

    @on("POST", r"/v1/emails")
    def create(self, call: Call) -> Told:
        said = {"status": "about_to_send", **call.said}
        self._live(call, said["status"])
        kept = self._kept(said)
        if said["status"] == "about_to_send":
            self.sends.append(str(kept["metadata"].get("digest")))
        return Told(status=201, said=kept)

    @on("GET", r"/v1/emails/([^/]+)")
    def one(self, call: Call, number: str) -> Told:  # noqa: ARG002 - as above
        return Told(said=self._email(number))

    @on("PATCH", r"/v1/emails/([^/]+)")
    def update(self, call: Call, number: str) -> Told:
        kept, said = self._email(number), call.said
        if kept["status"] not in {"draft", "scheduled"}:
            raise RefusalError(400, f"An email that is {kept['status']} cannot be changed")
        if said.get("status") == "scheduled" and not said.get("publish_date"):
            raise RefusalError(400, "publish_date is missing")
        self._live(call, said.get("status", "draft"))
        kept.update(said)
        if kept["publish_date"] == "none":
            kept["publish_date"] = None
        return Told(said=kept)

    @on("POST", r"/v1/emails/([^/]+)/publish")
    def publish(self, call: Call, number: str) -> Told:
        kept = self._email(number)
        if kept["status"] not in {"draft", "scheduled"}:
            raise RefusalError(400, f"An email that is {kept['status']} cannot be published")
        self._live(call, "about_to_send")
        kept.update(status="about_to_send", publish_date=_STAMP)
        self.sends.append(str(kept["metadata"].get("digest")))
        return Told(said=kept)

    @on("POST", r"/v1/emails/([^/]+)/send-draft")
    def test(self, call: Call, number: str) -> Told:
        self._email(number)
        self.tests += call.said["recipients"]
        return Told()

    def _live(self, call: Call, status: str) -> None:
        if status in {"about_to_send", "scheduled"} and call.headers.get("x-buttondown-live-dangerously") != "true":
            raise RefusalError(400, "sending_requires_confirmation")

    def _email(self, number: str) -> dict[str, Any]:
        if number not in self.emails:
            raise RefusalError(404, "No such email")
        return self.emails[number]

    def _kept(self, said: dict[str, Any]) -> dict[str, Any]:
        number = f"em_{len(self.emails):026d}"
        url = f"https://buttondown.com/harbour/archive/{number}"
        self.emails[number] = {**_BLANK, **said, "id": number, "absolute_url": url}
        return self.emails[number]
