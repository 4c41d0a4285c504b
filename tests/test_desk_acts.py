"""What an editor does at the desk, over the real files."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk_running import RunningDesk, copied, desk, sample


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("acts"))


@pytest.fixture
def running(newsroom: Path, tmp_path: Path) -> Iterator[RunningDesk]:
    with desk(copied(newsroom, tmp_path)) as running:
        running.until(lambda state: state["built"])
        yield running


def errors(state: Any) -> list[Any]:
    return [finding for finding in state["findings"] if finding["level"] == "error"]


BROKEN = 'schema = 1\n[[link]]\nurl = "https://staging.tidewater.example/x"\ntitle = "A draft"\nsection = "Elsewhere"\n'
"""Edits with an error of the check: a link that readers cannot open."""


def test_an_error_is_waived_with_a_reason_and_the_waiver_taken_back(running: RunningDesk) -> None:
    (running.issue / "edits.toml").write_text(BROKEN)
    [error] = running.until(errors, 3)
    named = {"code": error["code"], "where": error["where"]}
    answer = running.post("/waive", {**named, "why": ""})
    assert (answer.status, answer.data["message"]) == (422, "why may it stand?")
    answer = running.post("/waive", {**named, "why": "it opens on Friday"})
    assert (answer.status, answer.data["words"]) == (200, f"{error['code']} may stand")
    running.until(lambda state: not errors(state), 3)
    [event] = map(json.loads, (running.issue / "delivery.jsonl").read_text().splitlines())
    assert (event["event"], event["code"], event["note"]) == ("waived", error["code"], "it opens on Friday")
    assert running.post("/unwaive", named).status == 200
    assert running.until(errors, 3) == [error]
    answer = running.post("/unwaive", named)
    assert (answer.status, answer.data["message"]) == (422, "is not waived")


def test_an_issue_is_approved_and_a_change_makes_that_void(running: RunningDesk) -> None:
    answer = running.post("/approve", {"seen": running.state["version"], "by": " Ann  Roe "})
    assert (answer.status, answer.data["words"]) == (200, "approved by Ann Roe")
    state = running.until(lambda state: state["approval"]["status"] == "stands" and state, 3)
    assert (state["state"], state["approval"]["by"]) == ("approved", "Ann Roe")
    assert running.post("/approve", {"seen": state["version"], "by": "Ann Roe"}).data["words"].endswith(" already")
    (running.issue / "edits.toml").write_text('schema = 1\n[issue]\nsubject = "Fog on the quay"\n')
    later = running.until(lambda state: state["approval"]["status"] == "void" and state, 3)
    assert later["state"] == "built"
    assert "subject" in json.dumps(later["approval"]["changed"])
    stale = running.post("/approve", {"seen": state["version"], "by": "Ann Roe"})
    assert (stale.status, stale.data["words"]) == (409, "the issue has changed since: look at it, then approve that")


def test_an_issue_with_errors_is_not_approved(running: RunningDesk) -> None:
    (running.issue / "edits.toml").write_text(BROKEN)
    running.until(errors, 3)
    answer = running.post("/approve", {"seen": running.state["version"], "by": "Ann Roe"})
    assert answer.status == 422
    assert not (running.issue / "delivery.jsonl").exists()
