"""listmonk on loopback: its guards, its defaults and its words are those of its code (cmd/campaigns.go)."""

import re
from datetime import UTC, datetime
from typing import Any, Literal

from digest.config.schema import MailerTable
from services.judge import Judge
from services.serving import Call, RefusalError, Service, Told, on

_STATES = ["draft", "scheduled", "running", "paused", "cancelled", "finished"]
_SEND_AT = {"type": "string", "nullable": True}
_SCHEMAS = ("components", "schemas")
_ASKED = ("content", "application/json", "schema")
JUDGE = Judge(
    "listmonk.yaml",
    base="/api",
    corrections=(
        # models.Campaign.SendAt is a null.Time: an instant as text, or null. The description has an object there.
        ((*_SCHEMAS, "CampaignRequest", "properties", "send_at"), _SEND_AT),
        ((*_SCHEMAS, "CampaignUpdate", "properties", "send_at"), _SEND_AT),
        ((*_SCHEMAS, "Campaign", "properties", "send_at"), _SEND_AT),
        ((*_SCHEMAS, "Campaign", "properties", "started_at"), _SEND_AT),
        # Created and updated campaigns are answered as they are answered to a question: lists have names.
        ((*_SCHEMAS, "CampaignUpdate", "properties", "lists", "items"), {"type": "object"}),
        # UpdateCampaignStatus takes `draft` for one that is scheduled.
        (
            ("paths", "/campaigns/{id}/status", "put", "requestBody", *_ASKED, "properties", "status", "enum"),
            _STATES,
        ),
    ),
)
NOW = datetime(2024, 10, 24, 9, tzinfo=UTC)
"""What its clock says."""
_PER_PAGE = 50
_SENDER = re.compile(r"((.+?)\s)?<(.+?)@(.+?)>|[^@\s]+@[^@\s]+")


class Listmonk(Service):
    """Has the lists 3 and 4, template 1 (its own, which dresses the mail) and template 2 (nothing but the content)."""

    key = "digest:token-of-the-harbour"
    judge = JUDGE

    def __init__(self) -> None:
        super().__init__()
        self.campaigns: dict[int, dict[str, Any]] = {}
        self.lists = {"3", "4"}
        self.subscribers = {"ada@harbour.example", "ben@harbour.example"}
        self.templates: list[dict[str, Any]] = [
            {"id": 1, "name": "Ours", "is_default": True, "body": '<body>{{ template "content" . }}<p>Us</p></body>'},
            {"id": 2, "name": "Bare", "is_default": False, "body": '{{ template "content" . }}'},
        ]

    def allowed(self, call: Call) -> bool:
        return call.headers.get("authorization") == f"token {self.key}"

    def refusal(self, status: int, said: str) -> Told:
        return Told(status=status, said={"message": said})

    def table(self) -> MailerTable:
        return MailerTable(service="listmonk", url=self.url, key="LISTMONK_KEY", audience="3", template="2")

    def titles(self) -> list[str]:
        return [campaign["name"] for campaign in self.campaigns.values()]

    def put(self, title: str, state: Literal["draft", "sent"] = "draft") -> str:
        status = {"draft": "draft", "sent": "finished"}[state]
        return str(self._kept({"name": title, "subject": "Theirs", "lists": [{"id": 4}], "status": status})["id"])

    def content(self, remote: str) -> tuple[str, ...]:
        campaign = self.campaigns[int(remote)]
        return campaign["subject"], campaign["body"], campaign["altbody"]

    def finish(self, remote: str) -> None:
        self.campaigns[int(remote)]["status"] = "finished"

    @on("GET", r"/api/lists/(\d+)")
    def list_(self, call: Call, number: str) -> Told:  # noqa: ARG002 - what answers gets the call
        if number not in self.lists:
            raise RefusalError(400, "List not found")
        return Told(said={"data": {"id": int(number), "name": "Readers", "subscriber_count": 120}})

    @on("GET", r"/api/templates")
    def templates_(self, call: Call) -> Told:  # noqa: ARG002 - as above
        return Told(said={"data": self.templates})

    @on("GET", r"/api/campaigns")
    def all(self, call: Call) -> Told:
        page, per_page = int(call.first("page", "1")), min(int(call.first("per_page", "20")), _PER_PAGE)
        found = sorted(self.campaigns.values(), key=lambda each: -each["id"])
        shown = [{**each, "body": ""} for each in found[(page - 1) * per_page : page * per_page]]
        return Told(said={"data": {"results": shown, "total": len(found), "page": page, "per_page": per_page}})

    @on("GET", r"/api/campaigns/(\d+)")
    def one(self, call: Call, number: str) -> Told:  # noqa: ARG002 - as above
        return Told(said={"data": self._campaign(number)})

    @on("POST", r"/api/campaigns")
    def create(self, call: Call) -> Told:
        return Told(said={"data": self._kept({**self._read(call.said), "status": "draft"})})

    @on("PUT", r"/api/campaigns/(\d+)")
    def update(self, call: Call, number: str) -> Told:
        kept = self._campaign(number)
        if kept["status"] not in {"draft", "paused", "scheduled"}:
            raise RefusalError(400, "Cannot update a running or a finished campaign")
        kept.update(self._read({**kept, "lists": [], **call.said}))
        return Told(said={"data": kept})

    @on("PUT", r"/api/campaigns/(\d+)/status")
    def status(self, call: Call, number: str) -> Told:
        kept, wanted = self._campaign(number), call.said["status"]
        before = {"draft": ("scheduled",), "scheduled": ("draft", "paused"), "running": ("paused", "draft")}
        if kept["status"] not in before.get(wanted, ("running", "paused")):
            raise RefusalError(400, f"A campaign that is {kept['status']} cannot be {wanted}")
        if wanted == "scheduled" and not kept["send_at"]:
            raise RefusalError(400, "Campaign needs a `send_at` date to be scheduled")
        kept["status"] = wanted
        if wanted == "running":
            self.sends.append(kept["name"])
        return Told(said={"data": kept})

    @on("POST", r"/api/campaigns/(\d+)/test")
    def test(self, call: Call, number: str) -> Told:
        self._campaign(number)
        self._read(call.said)
        known = [each.lower() for each in call.said["subscribers"] if each.lower() in self.subscribers]
        if not known:
            raise RefusalError(400, "There are no known subscribers to test")
        self.tests += known
        return Told(said={"data": True})

    def _campaign(self, number: str) -> dict[str, Any]:
        if int(number) not in self.campaigns:
            raise RefusalError(400, "Campaign not found")
        return self.campaigns[int(number)]

    def _read(self, said: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of a campaign as they are kept, after listmonk's own checks."""
        if not said.get("lists"):
            raise RefusalError(400, "Invalid list IDs")
        if not 1 <= len(said["name"]) <= 2000 or not 1 <= len(said["subject"]) <= 5000:
            raise RefusalError(400, "Invalid length for `name` or `subject`")
        if not _SENDER.match(said["from_email"]):
            raise RefusalError(400, "Invalid `from_email`")
        at = said.get("send_at")
        if at and datetime.fromisoformat(at) < NOW:
            raise RefusalError(400, "Scheduled date should be in the future")
        known = ("name", "subject", "from_email", "body", "altbody", "content_type", "headers", "template_id")
        named = [{"id": each, "name": "Readers"} for each in said["lists"]]
        return {**{name: said[name] for name in known if name in said}, "lists": named, "send_at": at}

    def _kept(self, campaign: dict[str, Any]) -> dict[str, Any]:
        number = len(self.campaigns) + 7
        self.campaigns[number] = {"send_at": None, "started_at": None, **campaign, "id": number}
        return self.campaigns[number]
