"""What an editor does at the desk, over the real files."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk_running import RunningDesk, copied, desk, sample
from running import digest, files


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


def seen(state: Any) -> dict[str, Any]:
    """Return what an approval says of what it is for."""
    return {"seen": state["version"], "drafted": state["drafted"]}


BROKEN = 'schema = 1\n[[link]]\nurl = "https://staging.tidewater.example/x"\ntitle = "A draft"\nsection = "Elsewhere"\n'
"""Edits with an error of the check: a link that readers cannot open."""


def test_an_error_is_waived_with_a_reason_and_the_waiver_taken_back(running: RunningDesk) -> None:
    (running.issue / "edits.toml").write_text(BROKEN)
    [error] = running.until(errors)
    named = {"code": error["code"], "where": error["where"]}
    answer = running.post("/waive", {**named, "why": ""})
    assert (answer.status, answer.data["message"]) == (422, "why may it stand?")
    answer = running.post("/waive", {**named, "why": "it opens on Friday"})
    assert (answer.status, answer.data["words"]) == (200, f"waived: {error['code']}, {error['where']}")
    running.until(lambda state: not errors(state))
    [event] = map(json.loads, (running.issue / "delivery.jsonl").read_text().splitlines())
    assert (event["event"], event["code"], event["note"]) == ("waived", error["code"], "it opens on Friday")
    assert running.post("/unwaive", named).status == 200
    assert running.until(errors, 3) == [error]
    answer = running.post("/unwaive", named)
    assert (answer.status, answer.data["message"]) == (422, "is not waived")


def test_an_issue_is_approved_and_a_change_makes_that_void(running: RunningDesk) -> None:
    answer = running.post("/approve", {**seen(running.state), "by": " Ann  Roe "})
    assert (answer.status, answer.data["words"]) == (200, "approved by Ann Roe")
    state = running.until(lambda state: state["approval"]["status"] == "stands" and state)
    assert (state["state"], state["approval"]["by"]) == ("approved", "Ann Roe")
    assert running.post("/approve", {**seen(state), "by": "Ann Roe"}).data["words"].endswith(" already")
    (running.issue / "edits.toml").write_text('schema = 1\n[issue]\nsubject = "Fog on the quay"\n')
    later = running.until(lambda state: state["approval"]["status"] == "void" and state)
    assert later["state"] == "built"
    assert "subject" in json.dumps(later["approval"]["changed"])
    stale = running.post("/approve", {**seen(state), "by": "Ann Roe"})
    assert stale.data["version"] == later["version"]
    assert (stale.status, stale.data["words"]) == (409, "the issue has changed since: look at it, then approve that")


def test_nobody_approves_what_she_has_not_seen_though_no_edit_has_changed(running: RunningDesk) -> None:
    before = running.state
    config = running.folder / "digest.toml"
    config.write_text(config.read_text().replace('name = "Tidewater"', 'name = "Tidewater Weekly"'))
    after: Any = running.until(lambda state: state["drafted"] != before["drafted"] and state)
    assert after["version"] == before["version"]
    answer = running.post("/approve", {**seen(before), "by": "Ann Roe"})
    assert (answer.status, answer.data["words"]) == (409, "the issue has changed since: look at it, then approve that")
    assert not (running.issue / "delivery.jsonl").exists()
    assert running.post("/approve", {**seen(after), "by": "Ann Roe"}).status == 200


def test_what_a_build_in_a_terminal_has_put_there_is_not_approved_in_place_of_what_the_desk_shows(
    running: RunningDesk,
) -> None:
    shown = running.state
    assert digest(running.folder, "build", "--week", running.label, "--theme", "letter").code == 0
    answer = running.post("/approve", {**seen(shown), "by": "Ann Roe"})
    assert answer.status == 200
    record = json.loads((running.issue / "issue.json").read_text())
    assert record["files"] == shown["issue"]["files"]
    running.until(lambda state: state["approval"]["status"] == "stands")


def test_another_build_in_a_terminal_is_followed_by_what_the_desk_shows(running: RunningDesk) -> None:
    shown = running.state
    assert digest(running.folder, "build", "--week", running.label, "--theme", "letter").code == 0

    def is_back(_state: Any) -> bool:
        return bool(json.loads((running.issue / "issue.json").read_text())["files"] == shown["issue"]["files"])

    running.until(is_back, 5)
    assert running.until(lambda state: state["built"] and state)["drafted"] == shown["drafted"]


def test_a_build_in_a_terminal_that_knows_more_is_what_the_desk_shows_then(running: RunningDesk) -> None:
    pictures = sorted((running.folder / "sample/img").glob("*.jpg"))
    for picture in pictures[1:]:
        picture.write_bytes(pictures[0].read_bytes())
    assert digest(running.folder, "build", "--week", running.label).code == 0
    built = json.loads((running.issue / "issue.json").read_text())["files"]
    state = running.until(lambda state: state["issue"]["files"] == built and state["built"] and state, 5)
    assert json.loads((running.issue / "issue.json").read_text())["files"] == state["issue"]["files"]


def test_an_issue_with_errors_is_not_approved(running: RunningDesk) -> None:
    (running.issue / "edits.toml").write_text(BROKEN)
    running.until(errors)
    answer = running.post("/approve", {**seen(running.state), "by": "Ann Roe"})
    assert answer.status == 422
    assert not (running.issue / "delivery.jsonl").exists()


def test_a_decision_is_in_the_file_the_page_and_the_issue_and_is_taken_back(running: RunningDesk) -> None:
    before = (running.issue / "edits.toml").read_bytes()
    subject = running.state["issue"]["subject"]["text"]
    answer = running.do("issue", field="subject", text="Fog on the quay")
    assert answer.status == 200
    state = running.state
    assert (state["version"], state["issue"]["subject"]["text"]) == (answer.data["version"], "Fog on the quay")
    assert 'subject = "Fog on the quay"' in (running.issue / "edits.toml").read_text()
    assert "Fog on the quay" in running.get("/").text
    running.until(lambda state: state["built"])
    assert json.loads((running.issue / "issue.json").read_bytes())["subject"]["text"] == "Fog on the quay"
    assert running.post("/undo", {"seen": state["version"]}).status == 200
    assert (running.issue / "edits.toml").read_bytes() == before
    assert running.state["issue"]["subject"]["text"] == subject
    assert running.post("/redo", {"seen": running.state["version"]}).status == 200
    assert running.state["issue"]["subject"]["text"] == "Fog on the quay"
    answer = running.post("/redo", {"seen": running.state["version"]})
    assert (answer.status, answer.data["message"]) == (422, "there is nothing to redo")


def test_what_somebody_else_has_changed_is_not_overwritten(running: RunningDesk) -> None:
    seen = running.state["version"]
    first = {"act": "issue", "field": "subject", "text": "Mine"}
    assert running.post("/do", {"seen": seen, "decision": first}).status == 200
    answer = running.post("/do", {"seen": seen, "decision": {**first, "text": "Hers"}})
    assert (answer.status, answer.data["mine"], answer.data["theirs"]) == (409, "Hers", "Mine")
    assert answer.data["version"] == hashlib.sha256((running.issue / "edits.toml").read_bytes()).hexdigest()
    first_version = running.state["version"]
    other = {"act": "issue", "field": "preheader", "text": "And rain"}
    answer = running.post("/do", {"seen": seen, "decision": other})
    assert (answer.status, answer.data["before"]) == (200, first_version)  # and not what was seen
    state = running.state
    assert answer.data["version"] == state["version"]
    assert [state["issue"][field]["text"] for field in ("subject", "preheader")] == ["Mine", "And rain"]


def test_a_story_from_outside_and_a_decision_that_means_nothing_change_nothing(running: RunningDesk) -> None:
    before = (running.issue / "edits.toml").read_bytes()
    story = running.state["order"][0]["id"]
    for decision in (
        {"act": "place", "story": "0" * 12, "after": ""},
        {"act": "text", "story": "../../etc/passwd", "field": "headline", "text": "x"},
        {"act": "text", "story": story, "field": "subject", "text": "x"},
        {"act": "place", "story": story, "after": "nobody"},
        {"act": "link", "title": "nowhere"},
        {"act": "link", "url": "javascript:alert(1)", "title": "A script"},
        {"act": "do"},
    ):
        answer = running.post("/do", {"seen": running.state["version"], "decision": decision})
        assert answer.status == 422, (decision, answer.body)
        assert answer.data["message"]
    assert running.post("/do", {"seen": "nonsense", "decision": {"act": "reset", "story": story}}).status == 409
    assert (running.issue / "edits.toml").read_bytes() == before


def test_a_sent_issue_is_looked_at_only(newsroom: Path, tmp_path: Path) -> None:
    room = copied(newsroom, tmp_path)
    assert digest(room, "sent", "2024-W43").code == 0
    before = files(room / "issues")
    with desk(room) as running:
        answer = running.do("issue", field="subject", text="Too late")
        assert (answer.status, answer.data["message"].startswith("this issue is locked")) == (422, True)
        assert running.post("/undo", {"seen": running.state["version"]}).status == 422
        assert "sent" in running.get("/").text
        assert running.stop() == 0
    after = files(room / "issues")
    assert {name: content for name, content in after.items() if name in before} == before
