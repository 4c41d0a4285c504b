"""Mailchimp on loopback, as its reference describes it: settings and content apart, acts that answer nothing (204)."""

import base64
from typing import Any, Literal

from digest.config.schema import MailerTable
from digest.model.message import Sender
from services.serving import Call, RefusalError, Service, Told, on


class Mailchimp(Service):
    """An account with the audience `a1b2c3`."""

    key = "0123456789abcdef-us6"
    sender = Sender(name='The "Harbour" Café', address="post@harbour.example")

    def __init__(self) -> None:
        super().__init__()
        self.campaigns: dict[str, dict[str, Any]] = {}

    def allowed(self, call: Call) -> bool:
        scheme, _, said = call.headers.get("authorization", "").partition(" ")
        return scheme == "Basic" and base64.b64decode(said).decode().partition(":")[2] == self.key

    def refusal(self, status: int, said: str) -> Told:
        problem = {"type": "https://mailchimp.com/developer/", "title": "No", "status": status, "detail": said}
        return Told(status=status, said=problem, headers={"Content-Type": "application/problem+json"})

    def table(self) -> MailerTable:
        return MailerTable(service="mailchimp", url=self.url, key="MAILCHIMP_KEY", audience="a1b2c3")

    def titles(self) -> list[str]:
        return [campaign["settings"]["title"] for campaign in self.campaigns.values()]

    def put(self, title: str, state: Literal["draft", "sent"] = "draft") -> str:
        status = {"draft": "save", "sent": "sent"}[state]
        return str(self._kept({"settings": {"title": title}}, status)["id"])

    def content(self, remote: str) -> tuple[str, ...]:
        campaign = self.campaigns[remote]
        kept = campaign["content"]
        return campaign["settings"]["subject_line"], kept["html"], kept["plain_text"]

    def finish(self, remote: str) -> None:
        self.campaigns[remote]["status"] = "sent"

    @on("GET", r"/3.0/lists/(\w+)")
    def list_(self, call: Call, number: str) -> Told:  # noqa: ARG002 - what answers gets the call
        if number != "a1b2c3":
            raise RefusalError(404, "The requested resource could not be found.")
        return Told(said={"id": number, "name": "Readers"})

    @on("GET", r"/3.0/campaigns")
    def all(self, call: Call) -> Told:
        count, offset = int(call.first("count", "10")), int(call.first("offset", "0"))
        found = list(reversed(self.campaigns.values()))
        return Told(said={"campaigns": found[offset : offset + min(count, 1000)], "total_items": len(found)})

    @on("POST", r"/3.0/campaigns")
    def create(self, call: Call) -> Told:
        said = call.said
        if said["type"] != "regular" or said["recipients"]["list_id"] != "a1b2c3":
            raise RefusalError(400, "Your Campaign is not ready to send.")
        return Told(said=self._kept(said, "save"))

    @on("GET", r"/3.0/campaigns/(\w+)")
    def one(self, call: Call, number: str) -> Told:  # noqa: ARG002 - as above
        return Told(said=self._campaign(number))

    @on("PATCH", r"/3.0/campaigns/(\w+)")
    def update(self, call: Call, number: str) -> Told:
        kept = self._in(number, "save")
        kept["settings"].update(call.said["settings"])
        return Told(said=kept)

    @on("PUT", r"/3.0/campaigns/(\w+)/content")
    def fill(self, call: Call, number: str) -> Told:
        self._in(number, "save")["content"] = call.said
        return Told(said=call.said)

    @on("GET", r"/3.0/campaigns/(\w+)/send-checklist")
    def checklist(self, call: Call, number: str) -> Told:  # noqa: ARG002 - as above
        ready = self._campaign(number)["content"] is not None
        words = {"type": "success" if ready else "error", "id": 1, "heading": "Content", "details": "Design it."}
        return Told(said={"is_ready": ready, "items": [words]})

    @on("POST", r"/3.0/campaigns/(\w+)/actions/test")
    def test(self, call: Call, number: str) -> Told:
        self._campaign(number)
        self.tests += call.said["test_emails"]
        return Told(status=204)

    @on("POST", r"/3.0/campaigns/(\w+)/actions/schedule")
    def schedule(self, call: Call, number: str) -> Told:
        if call.said["schedule_time"][14:19] not in {"00:00", "15:00", "30:00", "45:00"}:
            raise RefusalError(400, "Schedule time must be on the quarter-hour.")
        self._in(number, "save").update(status="schedule", send_time=call.said["schedule_time"])
        return Told(status=204)

    @on("POST", r"/3.0/campaigns/(\w+)/actions/unschedule")
    def unschedule(self, call: Call, number: str) -> Told:  # noqa: ARG002 - as above
        self._in(number, "schedule").update(status="save", send_time="")
        return Told(status=204)

    @on("POST", r"/3.0/campaigns/(\w+)/actions/send")
    def send(self, call: Call, number: str) -> Told:  # noqa: ARG002 - as above
        kept = self._in(number, "save")
        if kept["content"] is None:
            raise RefusalError(400, "Your Campaign is not ready to send.")
        kept["status"] = "sending"
        self.sends.append(kept["settings"]["title"])
        return Told(status=204)

    def _in(self, number: str, status: str) -> dict[str, Any]:
        kept = self._campaign(number)
        if kept["status"] != status:
            raise RefusalError(400, f"The campaign is {kept['status']}.")
        return kept

    def _campaign(self, number: str) -> dict[str, Any]:
        if number not in self.campaigns:
            raise RefusalError(404, "The requested resource could not be found.")
        return self.campaigns[number]

    def _kept(self, said: dict[str, Any], status: str) -> dict[str, Any]:
        count = len(self.campaigns)
        kept = {
            **said,
            "id": f"c{count:09d}",
            "web_id": 1000 + count,
            "status": status,
            "send_time": "",
            "content": None,
        }
        self.campaigns[kept["id"]] = kept
        return kept
