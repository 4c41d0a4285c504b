"""Brevo on loopback, as its reference describes it: a change answers nothing (204), what is scheduled is queued."""

from typing import Any, Literal

from digest.config.schema import MailerTable
from services.serving import Call, RefusalError, Service, Told, on

_STAMP = "2024-10-24T09:00:00.000Z"
_MOST = 100


class Brevo(Service):
    """An account with the list 3 and one confirmed sender."""

    date = "Thu, 24 Oct 2024 09:00:00 GMT"

    def __init__(self) -> None:
        super().__init__()
        self.campaigns: dict[str, dict[str, Any]] = {}
        self.senders = [{"id": 1, "name": "The Harbour", "email": "post@harbour.example", "active": True}]

    def allowed(self, call: Call) -> bool:
        return call.headers.get("api-key") == self.key

    def refusal(self, status: int, said: str) -> Told:
        return Told(status=status, said={"code": "bad_request", "message": said})

    def table(self) -> MailerTable:
        return MailerTable(service="brevo", url=self.url, key="BREVO_KEY", audience="3")

    def titles(self) -> list[str]:
        return [campaign["name"] for campaign in self.campaigns.values()]

    def put(self, title: str, state: Literal["draft", "sent"] = "draft") -> str:
        return str(self._kept({"name": title, "subject": "Theirs"}, state))

    def content(self, remote: str) -> tuple[str, ...]:
        return self.campaigns[remote]["subject"], self.campaigns[remote]["htmlContent"]

    def finish(self, remote: str) -> None:
        self.campaigns[remote].update(status="sent", sentDate=_STAMP)

    @on("GET", r"/v3/contacts/lists/(\d+)")
    def list_(self, call: Call, number: str) -> Told:  # noqa: ARG002 - what answers gets the call
        if number != "3":
            raise RefusalError(404, "List ID does not exist")
        return Told(said={"id": 3, "name": "Readers", "totalSubscribers": 120})

    @on("GET", r"/v3/contacts/segments")
    def segments(self, call: Call) -> Told:
        limit, offset = int(call.first("limit", "10")), int(call.first("offset", "0"))
        return Told(said={"segments": [{"id": each} for each in range(1, 61)][offset : offset + limit], "count": 60})

    @on("GET", r"/v3/senders")
    def senders_(self, call: Call) -> Told:  # noqa: ARG002 - as above
        return Told(said={"senders": self.senders})

    @on("GET", r"/v3/emailCampaigns")
    def all(self, call: Call) -> Told:
        limit, offset = int(call.first("limit", "50")), int(call.first("offset", "0"))
        if limit > _MOST:
            raise RefusalError(400, "Limit exceeds max value")
        found = list(reversed(self.campaigns.values()))
        shown = [{**each, "htmlContent": ""} for each in found[offset : offset + limit]]
        return Told(said={"campaigns": shown, "count": len(found)} if shown else {"count": len(found)})

    @on("POST", r"/v3/emailCampaigns")
    def create(self, call: Call) -> Told:
        self._looked(call.said)
        return Told(status=201, said={"id": int(self._kept(call.said, "draft"))})

    @on("GET", r"/v3/emailCampaigns/(\d+)")
    def one(self, call: Call, number: str) -> Told:  # noqa: ARG002 - as above
        return Told(said=self._campaign(number))

    @on("PUT", r"/v3/emailCampaigns/(\d+)")
    def update(self, call: Call, number: str) -> Told:
        kept, said = self._in(number, "draft", "queued"), call.said
        if "htmlContent" in said:
            self._looked(said)
        kept.update(said)
        if "scheduledAt" in said:
            kept["status"] = "queued"
        return Told(status=204)

    @on("PUT", r"/v3/emailCampaigns/(\d+)/status")
    def status(self, call: Call, number: str) -> Told:
        self._in(number, "queued").update(status=call.said["status"], scheduledAt=None)
        return Told(status=204)

    @on("POST", r"/v3/emailCampaigns/(\d+)/sendTest")
    def test(self, call: Call, number: str) -> Told:
        self._campaign(number)
        self.tests += call.said["emailTo"]
        return Told(status=204)

    @on("POST", r"/v3/emailCampaigns/(\d+)/sendNow")
    def send(self, call: Call, number: str) -> Told:  # noqa: ARG002 - as above
        kept = self._in(number, "draft", "queued")
        kept.update(status="queued", scheduledAt=_STAMP)
        self.sends.append(kept["name"])
        return Told(status=204)

    def _looked(self, said: dict[str, Any]) -> None:
        if said["sender"]["email"] not in {each["email"] for each in self.senders}:
            raise RefusalError(400, "Sender is invalid / inactive")
        if len(said["htmlContent"]) <= 10 or said["recipients"] != {"listIds": [3]}:
            raise RefusalError(400, "Invalid content or recipients")

    def _in(self, number: str, *states: str) -> dict[str, Any]:
        kept = self._campaign(number)
        if kept["status"] not in states:
            raise RefusalError(400, f"Campaign is {kept['status']}")
        return kept

    def _campaign(self, number: str) -> dict[str, Any]:
        if number not in self.campaigns:
            raise RefusalError(404, "Campaign not found")
        return self.campaigns[number]

    def _kept(self, said: dict[str, Any], status: str) -> str:
        number = len(self.campaigns) + 5
        self.campaigns[str(number)] = {"scheduledAt": None, "sentDate": None, **said, "id": number, "status": status}
        return str(number)
