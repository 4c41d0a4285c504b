"""SendGrid's Single Sends on loopback: what was triggered is not scheduled again (400)."""

import uuid
from typing import Any, Literal

from digest.config.schema import MailerTable
from services.judge import Judge
from services.serving import Call, RefusalError, Service, Told, on

_STAMP = "2024-10-24T09:00:00Z"
_LIST = "27c21bbf-a12c-440b-b8bf-c526975328ca"
_PUT = ("paths", "/v3/marketing/singlesends/{id}/schedule", "put")
_BODY = ("content", "application/json", "schema", "properties", "send_at")
_NO_TEST = {"type": "string"}


class SendGrid(Service):
    """An account with one list, one verified sender and a default unsubscribe group."""

    date = "Thu, 24 Oct 2024 09:00:00 GMT"

    judge = Judge(
        "sendgrid-singlesends.yaml",
        base="",
        about="/v3/marketing/singlesends",
        corrections=(
            # Its own words beside it: "or the string `now`"; that is no date-time.
            ((*_PUT, "requestBody", *_BODY), _NO_TEST),
            ((*_PUT, "responses", "201", *_BODY), _NO_TEST),
            # A Single Send is an A/B test or none: the summary is null then, beside a $ref `nullable` says nothing.
            (("components", "schemas", "SinglesendResponseShort", "properties", "abtest"), {}),
            (("components", "schemas", "SinglesendResponseShort", "properties", "send_at"), {}),
            (("components", "schemas", "SinglesendResponse", "properties", "send_at"), {}),
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, dict[str, Any]] = {}
        self.verified = [
            {
                "id": 7,
                "from_email": "post@harbour.example",
                "from_name": self.sender.name,
                "reply_to": "desk@harbour.example",
                "verified": True,
            }
        ]
        self.groups = [{"id": 1, "name": "Offers", "is_default": False}, {"id": 2, "name": "News", "is_default": True}]

    def allowed(self, call: Call) -> bool:
        return call.headers.get("authorization") == f"Bearer {self.key}"

    def refusal(self, status: int, said: str) -> Told:
        return Told(status=status, said={"errors": [{"field": None, "message": said}]})

    def table(self) -> MailerTable:
        return MailerTable(service="sendgrid", url=self.url, key="SENDGRID_KEY", audience=_LIST)

    def titles(self) -> list[str]:
        return [each["name"] for each in self.kept.values()]

    def put(self, title: str, state: Literal["draft", "sent"] = "draft") -> str:
        return str(self._keep({"name": title}, {"draft": "draft", "sent": "triggered"}[state])["id"])

    def content(self, remote: str) -> tuple[str, ...]:
        config = self.kept[remote]["email_config"]
        return config["subject"], config["html_content"], config["plain_content"]

    def finish(self, remote: str) -> None:
        self.kept[remote]["status"] = "triggered"

    @on("GET", r"/v3/marketing/(lists|segments/2.0)/([^/]+)")
    def list_(self, call: Call, kind: str, number: str) -> Told:  # noqa: ARG002 - what answers gets the call
        if number != _LIST:
            raise RefusalError(404, "list not found")
        return Told(said={"id": number, "name": "Readers", "contact_count": 120})

    @on("GET", r"/v3/verified_senders")
    def senders(self, call: Call) -> Told:  # noqa: ARG002 - as above
        return Told(said={"results": self.verified})

    @on("GET", r"/v3/asm/groups")
    def groups_(self, call: Call) -> Told:  # noqa: ARG002 - as above
        return Told(said=self.groups)

    @on("GET", r"/v3/marketing/singlesends")
    def all(self, call: Call) -> Told:
        size, token = int(call.first("page_size", "10")), int(call.first("page_token", "0"))
        found = list(reversed(self.kept.values()))
        names = ("id", "name", "status", "categories", "is_abtest", "abtest", "send_at", "created_at", "updated_at")
        shown = [{name: each[name] for name in names} for each in found[token : token + size]]
        here = f"{self.url}/v3/marketing/singlesends?page_size={size}&page_token="
        more = {"next": f"{here}{token + size}"} if len(found) > token + size else {}
        return Told(said={"result": shown, "_metadata": {"self": f"{here}{token}", "count": len(found), **more}})

    @on("POST", r"/v3/marketing/singlesends")
    def create(self, call: Call) -> Told:
        self._looked(call.said)
        return Told(status=201, said=self._keep(call.said, "draft"))

    @on("GET", r"/v3/marketing/singlesends/([^/]+)")
    def one(self, call: Call, number: str) -> Told:  # noqa: ARG002 - as above
        return Told(said=self._send(number))

    @on("PATCH", r"/v3/marketing/singlesends/([^/]+)")
    def update(self, call: Call, number: str) -> Told:
        self._looked(call.said)
        kept = self._in(number, "draft", "scheduled")
        kept.update(call.said)
        return Told(status=202, said=kept)

    @on("PUT", r"/v3/marketing/singlesends/([^/]+)/schedule")
    def schedule(self, call: Call, number: str) -> Told:
        kept, at = self._in(number, "draft"), call.said["send_at"]
        if at == "now":
            kept.update(status="scheduled", send_at=_STAMP)
            self.sends.append(kept["name"])
        else:
            kept.update(status="scheduled", send_at=at)
        return Told(status=201, said={"send_at": kept["send_at"], "status": "scheduled"})

    @on("DELETE", r"/v3/marketing/singlesends/([^/]+)/schedule")
    def unschedule(self, call: Call, number: str) -> Told:  # noqa: ARG002 - as above
        self._in(number, "scheduled").update(status="draft", send_at=None)
        return Told(said={"send_at": _STAMP, "status": "draft"})

    def _looked(self, said: dict[str, Any]) -> None:
        config = said["email_config"]
        if config["sender_id"] != 7 or config["suppression_group_id"] != 2 or said["send_to"] != {"list_ids": [_LIST]}:
            raise RefusalError(400, "sender_id, suppression_group_id or send_to is invalid")

    def _in(self, number: str, *states: str) -> dict[str, Any]:
        kept = self._send(number)
        if kept["status"] not in states:
            raise RefusalError(400, f"The Single Send is {kept['status']}")
        return kept

    def _send(self, number: str) -> dict[str, Any]:
        if number not in self.kept:
            raise RefusalError(404, "Single Send not found")
        return self.kept[number]

    def _keep(self, said: dict[str, Any], status: str) -> dict[str, Any]:
        number = str(uuid.uuid5(uuid.NAMESPACE_URL, f"send {len(self.kept)}"))
        blank = {"categories": [], "is_abtest": False, "abtest": None, "send_at": None}
        stamps = {"created_at": _STAMP, "updated_at": _STAMP}
        self.kept[number] = {**blank, **stamps, **said, "id": number, "status": status}
        return self.kept[number]
