"""An issue goes to its readers once: whatever is killed, times out, answers wrongly, or is done by two at a time."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import stamina

from delivering import KEY, NOW, SERVICES, Desk, built, emptied
from digest.errors import AmbiguousError, IssueError, LockedError, NotReadyError, RefusedError
from digest.pipeline.delivering.opening import opened, service_of
from digest.pipeline.delivering.settling import settle
from digest.pipeline.waiving import Said
from digest.web.api import Api
from killing import ENDS, Killer, killed_anywhere
from running import digest
from services.serving import Fault, serving

SENDING = {
    "brevo": r"POST /v3/emailCampaigns/\d+/sendNow",
    "buttondown": r"(POST|PATCH) /v1/emails/[^/]+(/publish)?",
    "listmonk": r"PUT /api/campaigns/\d+/status",
    "mailchimp": r"POST /3.0/campaigns/\w+/actions/send",
    "resend": r"POST /broadcasts/[^/]+/send",
}
SAYING = {
    "brevo": r"GET /v3/emailCampaigns/\d+",
    "buttondown": r"GET /v1/emails/[^/]+",
    "listmonk": r"GET /api/campaigns/\d+",
    "mailchimp": r"GET /3.0/campaigns/\w+",
    "resend": r"GET /broadcasts/[^/]+",
}
CREATING = {
    "brevo": "POST /v3/emailCampaigns",
    "buttondown": "POST /v1/emails",
    "listmonk": "POST /api/campaigns",
    "mailchimp": "POST /3.0/campaigns",
    "resend": "POST /broadcasts",
}


@pytest.fixture(scope="module", params=SERVICES)
def first(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One built and approved issue a service; each test has a copy of it, and the service empty."""
    with serving(SERVICES[request.param]()) as service, built(service, tmp_path_factory.mktemp("first")) as desk:
        yield desk


@pytest.fixture
def desk(first: Desk, tmp_path: Path) -> Iterator[Desk]:
    emptied(first.service)
    with stamina.set_testing(True, attempts=2):
        yield first.copied(tmp_path / "room")
    assert first.service.breaches == []


def name(desk: Desk) -> str:
    return str(desk.service.table().service)


def test_an_issue_becomes_one_draft_is_tested_and_sent_once(desk: Desk) -> None:
    service = desk.service
    assert desk.do("draft").stage == "draft"
    assert (service.titles(), service.sends, service.tests) == ([KEY], [], [])
    with pytest.raises(NotReadyError, match="nobody has tested it"):
        desk.do("send")
    assert desk.do("test").steps == ("test",)
    assert desk.do("send").stage == "sent"
    assert (service.titles(), service.sends) == ([KEY], [KEY])
    before = len(service.wrote())
    for aim in ("send", "draft", "test", "schedule"):
        assert desk.do(aim).again
    assert len(service.wrote()) == before
    assert desk.told == ["draft", "tested", "sending", "sent"]
    sent = desk.events[-1]
    assert (sent["by"], sent["service"], len(sent["carried"])) == ("Ann Roe", name(desk), 4)
    assert sent["start"] < sent["end"] < sent["at"]
    with pytest.raises(LockedError, match="was sent"):
        desk.do("cancel")


def test_an_issue_is_scheduled_called_off_and_scheduled_again(desk: Desk) -> None:
    desk.ready()
    done = desk.do("schedule")
    assert (done.stage, done.when is not None) == ("scheduled", True)
    assert desk.do("schedule").again
    for aim in ("draft", "test", "send"):
        with pytest.raises(LockedError, match="is scheduled"):
            desk.do(aim)
    assert desk.do("cancel").stage == "draft"
    assert desk.do("cancel").steps == ()
    assert desk.do("send").stage == "sent"
    assert desk.service.sends == [KEY]
    assert desk.told == ["draft", "tested", "scheduling", "scheduled", "cancelled", "sending", "sent"]


def test_what_another_checkout_has_done_is_taken_over(desk: Desk, tmp_path: Path) -> None:
    other = desk.copied(tmp_path / "other")
    desk.do("draft")
    other.ready()
    assert desk.service.titles() == [KEY]
    other.do("send")
    assert desk.do("send").stage == "sent"
    assert desk.do("draft").again
    assert desk.service.sends == [KEY]
    assert desk.told == ["draft", "sent"]
    assert desk.events[-1]["note"].startswith("the service says so")


def test_of_eight_who_send_at_once_one_does(desk: Desk) -> None:
    desk.ready()
    start = threading.Barrier(8)

    def send(_: int) -> str:
        start.wait()
        try:
            return desk.do("send").stage
        except LockedError as error:
            return error.message.partition(" (")[0]

    with ThreadPoolExecutor(8) as pool:
        came_to = list(pool.map(send, range(8)))
    assert desk.service.sends == [KEY]
    assert set(came_to) <= {"sent", "digest is at work on this issue"}
    assert "sent" in came_to


def test_nothing_is_sent_that_nobody_approved_as_it_is(desk: Desk) -> None:
    desk.ready()
    (desk.issue.path / "delivery.jsonl").write_bytes(b"")
    for aim in ("send", "schedule"):
        with pytest.raises(NotReadyError, match="nobody has approved it"):
            desk.do(aim)
    assert desk.service.sends == []


def test_what_was_marked_as_sent_by_hand_is_not_sent(desk: Desk) -> None:
    desk.ready()
    assert digest(desk.folder, "sent").code == 0
    for aim in ("send", "schedule"):
        with pytest.raises(LockedError, match="marked as sent by hand"):
            desk.do(aim)
    assert desk.service.sends == []


@pytest.mark.parametrize(
    "fault",
    [
        {"acting": True, "status": 500},
        {"acting": True, "hang_up": True},
        {"acting": True, "half": True},
        {"status": 500},
        {"hang_up": True},
    ],
    ids=["sent, 500", "sent, hung up", "sent, half an answer", "500", "hung up"],
)
def test_a_sending_without_an_answer_is_asked_for_and_sent_once(desk: Desk, fault: dict[str, Any]) -> None:
    desk.ready()
    desk.service.faults = [Fault(on=SENDING[name(desk)], **fault)]
    assert desk.do("send").stage == "sent"
    assert desk.service.sends == [KEY]
    assert desk.told[2:] == (["sending", "sent"] if "acting" in fault else ["sending", "sending", "sent"])


def test_a_sending_of_which_nobody_knows_is_a_persons_to_settle(desk: Desk) -> None:
    desk.ready()
    silent = [Fault(on=SAYING[name(desk)], status=500)] * 8
    desk.service.faults = [Fault(on=SENDING[name(desk)], status=500), *silent]
    with pytest.raises(LockedError, match="nobody knows whether it was sent"):
        desk.do("send")
    assert desk.told[2:] == ["sending", "unknown"]
    desk.service.faults = []
    for aim in ("send", "draft", "schedule", "cancel"):
        with pytest.raises(LockedError, match="nobody knows"):
            desk.do(aim)
    assert desk.service.sends == []
    room, said = desk.room(), Said(by="Ann Roe", at=NOW)
    with opened(room, desk.issue.label, service_of(room, "")) as mailer:
        settle(room, desk.issue, mailer, said, was_sent=False)
        with pytest.raises(IssueError, match="nothing to settle"):
            settle(room, desk.issue, mailer, said, was_sent=True)
    assert desk.do("send").stage == "sent"
    assert desk.service.sends == [KEY]


def test_an_unknown_sending_that_the_service_has_made_is_known(desk: Desk) -> None:
    desk.ready()
    silent = [Fault(on=SAYING[name(desk)], status=500)] * 8
    desk.service.faults = [Fault(on=SENDING[name(desk)], acting=True, status=500), *silent]
    with pytest.raises(LockedError, match="nobody knows"):
        desk.do("send")
    desk.service.faults = []
    assert desk.do("send").stage == "sent"
    assert desk.service.sends == [KEY]
    assert desk.told[2:] == ["sending", "unknown", "sent"]


def test_a_draft_whose_making_was_not_answered_is_found_by_its_name(desk: Desk) -> None:
    desk.service.faults = [Fault(on=CREATING[name(desk)], acting=True, hang_up=True)]
    assert desk.do("draft").stage == "draft"
    assert desk.service.titles() == [KEY]
    desk.service.faults = []


def test_a_draft_that_was_not_made_is_an_error_and_made_the_next_time(desk: Desk) -> None:
    desk.service.faults = [Fault(on=CREATING[name(desk)], hang_up=True)]
    with pytest.raises(AmbiguousError):
        desk.do("draft")
    assert (desk.told, desk.service.titles()) == ([], [])
    assert desk.do("draft").stage == "draft"


@pytest.mark.parametrize("aim", ["send", "schedule"])
def test_a_refusal_is_written_down_and_the_issue_is_a_draft_again(desk: Desk, aim: str) -> None:
    desk.ready()
    desk.service.faults = [Fault(on=r"(PUT|PATCH|POST) .*", status=422)]
    with pytest.raises(RefusedError, match="a bad day"):
        desk.do(aim)
    assert desk.told[2:] in (["sending", "failed"], ["scheduling", "cancelled"])
    assert desk.events[-1]["note"].startswith("the service answered 422")
    assert desk.do(aim).stage in {"sent", "scheduled"}
    assert len(desk.service.sends) == (aim == "send")


@pytest.mark.parametrize("aim", ENDS)
def test_a_hand_over_that_is_killed_anywhere_goes_on_and_sends_once(
    desk: Desk, tmp_path: Path, aim: str, record_property: Any
) -> None:
    kills = killed_anywhere(desk, tmp_path, aim)
    record_property("figures", f"{name(desk)}, {aim}: killed at {kills} moments; sent {aim == 'send':d}, one draft")


def test_a_sending_that_is_never_answered_and_never_made_is_unknown(desk: Desk) -> None:
    desk.ready()
    desk.service.faults = [Fault(on=SENDING[name(desk)], hang_up=True)] * 2
    with pytest.raises(LockedError, match="nobody knows whether it was sent"):
        desk.do("send")
    assert desk.told[2:] == ["sending", "sending", "unknown"]
    assert desk.service.sends == []


def test_what_is_refused_because_it_was_sent_meanwhile_is_sent(desk: Desk) -> None:
    desk.ready()
    remote = desk.do("draft").remote
    assert remote
    told = Killer(0).asked

    def sent_by_another(api: Api, method: str, *rest: Any) -> Any:
        if method != "GET":
            desk.service.finish(remote.id)
            raise RefusedError("it is no draft", status=409)
        return told(api, method, *rest)

    with patch.object(Api, "_asked", sent_by_another):
        assert desk.do("send").stage == "sent"
    assert desk.told[2:] == ["sending", "sent"]
    assert desk.service.sends == []


def test_a_calling_off_without_an_answer_is_asked_for(desk: Desk) -> None:
    desk.ready().do("schedule")
    desk.service.faults = [Fault(on=r"(PUT|PATCH|POST|DELETE) .*", acting=True, hang_up=True)]
    assert desk.do("cancel").stage == "draft"
    assert desk.told[-1] == "cancelled"
    desk.do("schedule")
    desk.service.faults = [Fault(on=r"(PUT|PATCH|POST|DELETE) .*", hang_up=True)]
    with pytest.raises(AmbiguousError):
        desk.do("cancel")
    assert desk.told[-1] == "scheduled"
    assert desk.do("cancel").stage == "draft"


def test_what_was_scheduled_and_is_not_there_any_more_is_a_persons_to_settle(desk: Desk) -> None:
    desk.ready().do("schedule")
    emptied(desk.service)
    for _ in range(2):
        with pytest.raises(LockedError, match="nobody knows"):
            desk.do("send")
    assert desk.told[-1] == "unknown"
    assert desk.service.titles() == []
