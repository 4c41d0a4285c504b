"""`digest deliver` and `digest status` at a mailing service on loopback, as an editor types them."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import stamina
import time_machine

from delivering import ADA, KEY, LABEL, Desk, built, toml
from running import Done, digest, note
from services.listmonk import Listmonk
from services.serving import Fault, serving


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with serving(Listmonk()) as service, built(service, tmp_path_factory.mktemp("first")) as desk:
        yield desk


@pytest.fixture
def desk(first: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    kept = {"url", "_lock"}
    vars(first.service).update({key: value for key, value in vars(Listmonk()).items() if key not in kept})
    monkeypatch.setenv("LISTMONK_KEY", first.service.key)
    with stamina.set_testing(True, attempts=2):
        yield first.copied(tmp_path / "room")


def deliver(desk: Desk, *arguments: object) -> Done:
    done = digest(desk.folder, "deliver", *arguments)
    for said in (done.out, done.err):
        assert desk.service.key not in said
        assert desk.service.key.partition(":")[2] not in said
    return done


def test_an_editor_hands_over_tests_schedules_calls_off_and_sends(desk: Desk) -> None:
    service = desk.service
    done = deliver(desk, "--to", "listmonk")
    assert (done.code, done.out) == (
        0,
        f"{LABEL} is a draft at listmonk\n{service.url}/admin/campaigns/7\n",
    )
    assert deliver(desk, "--to", "listmonk").out.startswith(f"{LABEL} is a draft already at listmonk")
    assert deliver(desk, "--send", "--yes").code == 4
    assert deliver(desk, "--test", ADA).out.startswith(f"{LABEL} is a draft at listmonk, tested to {ADA}\n")
    done = deliver(desk, LABEL, "--at", "2027-10-29 09:00", "--yes")
    assert done.out.startswith(f"{LABEL} is scheduled at listmonk for 29 October 2027, Fri 09:00\n")
    done = deliver(desk, "--send", "--yes")
    assert (done.code, "call it off first" in done.err) == (4, True)
    assert deliver(desk, "--cancel").out.startswith(f"{LABEL} is a draft at listmonk\n")
    done = deliver(desk, "--send", "--yes", "--json")
    assert (done.code, done.data["stage"], done.data["again"]) == (0, "sent", False)
    done = deliver(desk, "--send", "--yes")
    assert (done.code, done.out.splitlines()[0]) == (0, f"{LABEL} is sent already at listmonk")
    assert service.sends == [KEY]
    assert digest(desk.folder, "build", "--week", LABEL).code == 4


def test_nothing_goes_to_readers_that_nobody_confirms(desk: Desk) -> None:
    desk.ready()
    for arguments in (("--send",), ("--at", "2027-10-29 09:00")):
        done = deliver(desk, *arguments)
        assert (done.code, "nothing is sent that nobody confirms" in done.err) == (2, True)
    assert desk.service.sends == []


def test_a_dry_run_shows_the_requests_and_does_nothing(desk: Desk) -> None:
    done = deliver(desk, "--to", "listmonk", "--dry-run")
    assert done.code == 0
    assert done.out.startswith(f"POST {desk.service.url}/api/campaigns\n")
    assert "Authorization: token $LISTMONK_KEY" in done.out
    assert (desk.told, desk.service.titles()) == ([], [])
    desk.ready()
    done = deliver(desk, "--send", "--dry-run", "--json")
    (asked,) = done.data["requests"]
    assert (asked["method"], asked["body"]) == ("PUT", {"status": "running"})
    assert desk.service.sends == []
    assert desk.told == ["draft", "tested"]


def test_a_story_that_has_changed_stops_what_goes_out(desk: Desk) -> None:
    desk.ready()
    note(desk.folder, "buoy", "2024-10-21 10:00", title="Another headline")
    for arguments in (("--send", "--yes"), ("--test", ADA), ("--at", "2027-10-29 09:00", "--yes")):
        done = deliver(desk, *arguments)
        assert done.code == 4
        assert "headline of “The story of buoy”" in done.err
        assert "has changed since it was built" in done.err
    assert desk.service.sends == []
    code, told = status(desk)
    assert (code, ["story of buoy" in reason for reason in told["to_decide"]]) == (4, [True])
    done = deliver(desk, "--send", "--yes", "--stale-ok")
    assert (done.code, desk.service.sends) == (0, [KEY])
    assert "warning: it goes out all the same" in done.err
    assert [event["stale_ok"] for event in desk.events if event["event"] == "sending"] == [True]


def status(desk: Desk) -> tuple[int, Any]:
    done = digest(desk.folder, "status", "--json")
    assert desk.service.key not in done.out + done.err
    return done.code, done.data


def test_status_says_what_the_service_says(desk: Desk) -> None:
    code, told = status(desk)
    assert (code, told["service"]["remote"], told["service"]["differs"]) == (0, None, "")
    desk.ready()
    done = digest(desk.folder, "status")
    assert (done.code, "\nlistmonk: draft, " in done.out) == (0, True)
    desk.service.finish("7")  # somebody sent it there
    code, told = status(desk)
    assert code == 4
    assert told["service"]["differs"] == "the ledger says a draft, the service has a sent issue"
    assert any("the service has a sent issue" in reason for reason in told["to_decide"])
    assert deliver(desk, "--to", "listmonk").code == 0
    assert status(desk)[0] == 0
    assert desk.told[-1] == "sent"


def test_status_goes_on_where_the_service_is_silent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.service.faults = [Fault(on="GET .*", status=500)] * 3
    code, told = status(desk)
    assert (code, "a bad day" in told["service"]["error"]) == (0, True)
    monkeypatch.delenv("LISTMONK_KEY")
    code, told = status(desk)
    assert (code, "LISTMONK_KEY is not in the environment" in told["service"]["error"]) == (0, True)
    calls = len(desk.service.calls)
    assert digest(desk.folder, "status", "--offline", "--json").data["service"] is None
    assert len(desk.service.calls) == calls


def test_status_tells_of_a_story_that_changes_while_its_issue_is_scheduled(desk: Desk) -> None:
    desk.ready()
    desk.do("schedule")
    code, told = status(desk)
    assert (code, told["state"], told["service"]["remote"]["state"], told["to_decide"]) == (
        0,
        "scheduled",
        "scheduled",
        [],
    )
    note(desk.folder, "buoy", "2024-10-21 10:00", title="Another headline")
    code, told = status(desk)
    assert (code, ["story of buoy" in reason for reason in told["to_decide"]]) == (4, [True])


def test_a_sending_of_which_nobody_knows_is_resolved_by_name(desk: Desk) -> None:
    desk.ready()
    desk.service.faults = [
        Fault(on=r"PUT /api/campaigns/\d+/status", status=500),
        *[Fault(on=r"GET /api/campaigns/\d+", status=500)] * 4,
    ]
    done = deliver(desk, "--send", "--yes")
    assert (done.code, "--resolve sent" in done.err) == (4, True)
    desk.service.faults = []
    assert deliver(desk, "--resolve", "perhaps").code == 2
    done = deliver(desk, "--resolve", "not-sent", "--as", "Ann Roe")
    assert (done.code, done.out) == (0, f"{LABEL} was not sent, says Ann Roe\n")
    assert deliver(desk, "--resolve", "sent").code == 1
    assert deliver(desk, "--send", "--yes").code == 0
    assert desk.service.sends == [KEY]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--send", "--at", "2027-10-29 09:00"), "--at and --send do not go together"),
        (("--to", "ghost"), "digest.toml names 'listmonk', not 'ghost'"),
        (("--to", "folder", "--send"), "--send does not go with --to folder"),
        (("--send", "--service", "brevo"), "--service does not go with"),
        (("--test", "nobody"), "nobody"),
        (("--at", "2020-01-01 09:00", "--yes"), "is past"),
        (("--at", "someday", "--yes"), "someday"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_asked(
    desk: Desk, arguments: tuple[str, ...], said: str
) -> None:
    done = deliver(desk, *arguments)
    assert (done.code in {1, 2}, said in done.err) == (True, True), done.err
    assert desk.service.calls == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"service": "none"}, "Digest cannot talk to 'none'"),
        ({"key": ""}, "names no key"),
        ({"url": ""}, "says no address of listmonk"),
        ({"key": "OTHER_KEY"}, "OTHER_KEY is not in the environment"),
    ],
)
def test_a_service_that_is_not_set_up_is_told_with_what_is_missing(
    desk: Desk, changes: dict[str, str], said: str
) -> None:
    table = replace(desk.service.table(), **changes)  # type: ignore[arg-type]
    (desk.folder / "digest.toml").write_text(toml(table))
    done = deliver(desk, "--send", "--yes")
    assert done.code in {1, 2}
    assert said in done.err


def test_nothing_that_digest_writes_holds_the_key(desk: Desk) -> None:
    desk.ready()
    desk.service.faults = [Fault(on=r"PUT .*", status=500)]
    deliver(desk, "--send", "--yes")
    for path in desk.folder.rglob("*"):
        if path.is_file():
            assert desk.service.key.encode() not in path.read_bytes(), path


def test_a_build_after_approval_and_test_voids_both(desk: Desk) -> None:
    desk.ready()
    (desk.issue.path / "edits.toml").write_text('schema = 1\n[issue]\nsubject = "Another subject"\n')
    assert digest(desk.folder, "build", "--week", LABEL).code == 0
    done = deliver(desk, "--send", "--yes")
    assert (done.code, "nobody has approved it as it is now" in done.err) == (4, True)
    assert digest(desk.folder, "approve", "--as", "Ann Roe").code == 0
    done = deliver(desk, "--send", "--yes")
    assert (done.code, "nobody has tested it as it is now" in done.err) == (4, True)
    assert desk.service.content("7")[0] == "Another subject"
    assert deliver(desk, "--test", ADA).code == 0
    assert deliver(desk, "--send", "--yes").code == 0
    assert desk.service.sends == [KEY]


def test_doctor_finds_nothing_where_all_is_set_up_right(desk: Desk) -> None:
    done = digest(desk.folder, "doctor")
    assert (done.code, done.out, done.err) == (0, "listmonk: an issue can be handed over\n", "")
    assert desk.service.wrote() == []


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("audience", "9", "mailer-list"),
        ("template", "1", "mailer-template"),
        ("key", "OTHER_KEY", "mailer-set-up"),
        ("sender_address", "", "mailer-sender"),
        ("address", "", "mailer-address"),
    ],
)
def test_doctor_names_what_is_wrong(desk: Desk, key: str, value: str, code: str) -> None:
    path = desk.folder / "digest.toml"
    lines = [f'{key} = "{value}"' if line.startswith(f"{key} = ") else line for line in path.read_text().splitlines()]
    path.write_text("\n".join(lines))
    done = digest(desk.folder, "doctor", "--json")
    assert (done.code, [each["code"] for each in done.data["findings"]]) == (1, [code])


def test_doctor_of_a_newsroom_that_makes_files_asks_nobody(desk: Desk) -> None:
    (desk.folder / "digest.toml").write_text(toml(replace(desk.service.table(), service="none")))
    done = digest(desk.folder, "doctor", "--json")
    assert (done.code, [each["code"] for each in done.data["findings"]]) == (1, ["mailer-unsubscribe", "mailer-none"])
    done = digest(desk.folder, "doctor", "--to", "listmonk")
    assert (done.code, "digest.toml names no service" in done.err) == (1, True)
    assert desk.service.calls == []


def test_what_the_service_has_failed_to_send_is_looked_at_there(desk: Desk) -> None:
    desk.ready()
    desk.service.campaigns[7]["status"] = "cancelled"  # type: ignore[attr-defined]
    for _ in range(2):
        done = deliver(desk, "--send", "--yes")
        assert (done.code, "listmonk says that sending it failed" in done.err) == (4, True)
    assert desk.told[-1] == "failed"
    assert desk.service.sends == []


def test_the_readmes_timetable_does_what_it_says(desk: Desk) -> None:
    readme = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"```crontab\n(.*?)```", readme, re.DOTALL)
    commands = [shlex.split(command) for command in re.findall(r"digest (-q [^&;>)|]+|status)", table)]
    assert [command[-3:] for command in commands[:2]] == [["build", "--week", "last"], ["deliver", "--to", "listmonk"]]
    (desk.issue.path / "delivery.jsonl").unlink()
    with time_machine.travel("2024-10-25 11:30 +0000", tick=False):
        done = [digest(desk.folder, *command) for command in commands]
    assert [each.code for each in done] == [0, 0, 4, 4]
    assert desk.service.titles() == [KEY]
    for told in done[2:]:
        assert "\nlistmonk: draft, " in told.out
        assert "to decide: nobody has approved it" in told.out
