"""Resend on loopback: by its documentation what is queued or scheduled alone is cancelled; drafts alone are sent."""

import uuid
from typing import Any, Literal

from digest.config.schema import MailerTable
from services.judge import Judge
from services.serving import Call, RefusalError, Service, Told, on

_STAMP = "2024-10-24 09:00:00.977+00"
_SEGMENT = "78261eea-8f8b-4381-83c6-79fa7120f1cf"
_INSTANT = {"type": ["string", "null"]}
_LISTED = ("components", "schemas", "ListBroadcastsResponseSuccess", "properties", "data", "items", "properties")
_ONE = ("components", "schemas", "GetBroadcastResponseSuccess", "properties")
_MOST = 100


class Resend(Service):
    """An account with one segment."""

    judge = Judge(
        "resend.yaml",
        base="",
        # A draft has no times; Resend's own reference shows null there.
        corrections=tuple(
            ((*place, name), _INSTANT) for place in (_LISTED, _ONE) for name in ("scheduled_at", "sent_at")
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.broadcasts: dict[str, dict[str, Any]] = {}

    def allowed(self, call: Call) -> bool:
        return call.headers.get("authorization") == f"Bearer {self.key}"

    def refusal(self, status: int, said: str) -> Told:
        return Told(status=status, said={"statusCode": status, "name": "validation_error", "message": said})

    def table(self) -> MailerTable:
        return MailerTable(service="resend", url=self.url, key="RESEND_KEY", audience=_SEGMENT)

    def titles(self) -> list[str]:
        return [broadcast["name"] for broadcast in self.broadcasts.values()]

    def put(self, title: str, state: Literal["draft", "sent"] = "draft") -> str:
        return self._kept({"name": title, "subject": "Theirs", "from": "a@b.example"}, state)

    def content(self, remote: str) -> tuple[str, ...]:
        kept = self.broadcasts[remote]
        return kept["subject"], kept["html"], kept["text"]

    def finish(self, remote: str) -> None:
        self.broadcasts[remote].update(status="sent", sent_at=_STAMP)

    @on("GET", r"/segments/([^/]+)")
    def segment(self, call: Call, number: str) -> Told:  # noqa: ARG002 - what answers gets the call
        if number != _SEGMENT:
            raise RefusalError(404, "Segment not found")
        return Told(said={"object": "segment", "id": number, "name": "Readers"})

    @on("GET", r"/broadcasts")
    def all(self, call: Call) -> Told:
        limit, found = min(int(call.first("limit", "20")), _MOST), list(reversed(self.broadcasts.values()))
        after = [each["id"] for each in found].index(call.first("after")) + 1 if call.first("after") else 0
        names = ("id", "name", "segment_id", "status", "scheduled_at", "sent_at")
        shown = [{name: each[name] for name in names} for each in found[after : after + limit]]
        return Told(said={"object": "list", "has_more": len(found) > after + limit, "data": shown})

    @on("POST", r"/broadcasts")
    def create(self, call: Call) -> Told:
        if call.said["segment_id"] != _SEGMENT:
            raise RefusalError(404, "Segment not found")
        number = self._kept(call.said, "draft")
        if call.said.get("send"):
            self._begin(number)
        return Told(status=201, said={"object": "broadcast", "id": number})

    @on("GET", r"/broadcasts/([^/]+)")
    def one(self, call: Call, number: str) -> Told:  # noqa: ARG002 - as above
        return Told(said=self._broadcast(number))

    @on("PATCH", r"/broadcasts/([^/]+)")
    def update(self, call: Call, number: str) -> Told:
        self._in(number, "draft").update(call.said)
        return Told(said={"object": "broadcast", "id": number})

    @on("POST", r"/broadcasts/([^/]+)/send")
    def send(self, call: Call, number: str) -> Told:
        kept, at = self._in(number, "draft"), call.said.get("scheduled_at")
        if at:
            kept.update(status="scheduled", scheduled_at=at)
        else:
            self._begin(number)
        return Told(said={"id": number})

    @on("POST", r"/broadcasts/([^/]+)/cancel")
    def cancel(self, call: Call, number: str) -> Told:  # noqa: ARG002 - as above
        self._in(number, "scheduled", "queued").update(status="draft", scheduled_at=None)
        return Told(said={"object": "broadcast", "id": number})

    @on("POST", r"/emails")
    def mail(self, call: Call) -> Told:
        self.tests += call.said["to"]
        return Told(said={"id": str(uuid.uuid5(uuid.NAMESPACE_URL, str(len(self.tests))))})

    def _begin(self, number: str) -> None:
        self.broadcasts[number]["status"] = "queued"
        self.sends.append(self.broadcasts[number]["name"])

    def _in(self, number: str, *states: str) -> dict[str, Any]:
        kept = self._broadcast(number)
        if kept["status"] not in states:
            raise RefusalError(403, f"The broadcast is {kept['status']}")
        return kept

    def _broadcast(self, number: str) -> dict[str, Any]:
        if number not in self.broadcasts:
            raise RefusalError(404, "Broadcast not found")
        return self.broadcasts[number]

    def _kept(self, said: dict[str, Any], status: str) -> str:
        number = str(uuid.uuid5(uuid.NAMESPACE_URL, f"broadcast {len(self.broadcasts)}"))
        blank = {"segment_id": _SEGMENT, "scheduled_at": None, "sent_at": None, "html": None, "text": None}
        self.broadcasts[number] = {**blank, **said, "id": number, "status": status}
        return number
