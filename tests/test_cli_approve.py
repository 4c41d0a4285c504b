"""Approval from the command line: who may give it, for what, what makes it void, and what stands in its way."""

import json
from pathlib import Path
from typing import Any

import pytest

from digest.issues.lock import locked
from running import TOML, digest, files, newsroom, note

WEEK = ("--week", "2024-W43")
ISSUE = "issues/2024-W43"
ADDRESSES = '[mailer]\nunsubscribe_url = "https://harbour.example/leave"\n'
ANN = ("--as", "Ann Roe")
ANCHOR = '[[story]]\narticle = "https://harbour.example/anchor"\n'


@pytest.fixture
def room(tmp_path: Path) -> Path:
    newsroom(tmp_path, TOML + ADDRESSES)
    assert digest(tmp_path, "build", *WEEK).code == 0
    return tmp_path


def rebuilt(room: Path, edits: str) -> str:
    """Build again with other edits; return what the build warns of."""
    (room / ISSUE / "edits.toml").write_text(f"schema = 1\n{edits}", encoding="utf-8")
    done = digest(room, "build", *WEEK)
    assert done.code == 0
    return done.err


def events(room: Path) -> list[Any]:
    path = room / ISSUE / "delivery.jsonl"
    return [json.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []


def status(room: Path) -> tuple[int, Any]:
    done = digest(room, "status", "--json")
    return done.code, done.data


def test_an_issue_is_approved_by_name_and_its_files_stay_as_they_are(room: Path) -> None:
    before = files(room / ISSUE)
    done = digest(room, "approve", *ANN)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("2024-W43 is approved: by Ann Roe, ")
    assert {name: data for name, data in files(room / ISSUE).items() if name != "delivery.jsonl"} == before
    (event,) = events(room)
    assert (event["event"], event["by"], event["service"], len(event["content"])) == ("approved", "Ann Roe", "none", 64)
    assert [part["title"] for part in event["parts"][1:]] == [
        f"The story of {slug}" for slug in ("davit", "capstan", "buoy", "anchor")
    ]
    code, told = status(room)
    assert (code, told["state"], told["approval"]["status"], told["to_decide"]) == (0, "approved", "stands", [])
    assert digest(room, "issues").out.startswith("2024-W43  approved ")


def test_approving_the_same_again_is_fine_and_writes_nothing(room: Path) -> None:
    assert digest(room, "approve", *ANN).code == 0
    again = digest(room, "approve", "--as", "Bea Lind", "--json")
    assert (again.code, again.data["again"], again.data["approval"]["by"]) == (0, True, "Ann Roe")
    assert len(events(room)) == 1
    assert "is approved already: by Ann Roe" in digest(room, "approve").out
    rebuilt(room, "")  # a build that comes to the same bytes changes nothing
    assert status(room)[1]["approval"]["status"] == "stands"


def test_who_approves_is_said_on_the_line_else_in_the_configuration(room: Path) -> None:
    (room / "digest.toml").write_text(f'{TOML}{ADDRESSES}[desk]\neditor = "Una Tarrow"\n', encoding="utf-8")
    assert digest(room, "approve", "--json").data["approval"]["by"] == "Una Tarrow"
    rebuilt(room, '[issue]\nsubject = "Anchors"\n')
    assert digest(room, "approve", "--json", "--as", "  Ann\n Roe ").data["approval"]["by"] == "Ann Roe"


def test_any_change_makes_it_void_and_is_named(room: Path) -> None:
    assert digest(room, "approve", *ANN).code == 0
    hold = ANCHOR.replace("anchor", "buoy") + 'do = "hold"\n'
    said = rebuilt(room, f'{ANCHOR}do = "pin"\nheadline = "Anchors away"\n{hold}')
    changed = "The story of buoy"
    assert "warning: Ann Roe had approved it, and that is void now: " in said
    code, told = status(room)
    assert (code, told["state"], told["approval"]["status"]) == (4, "built", "void")
    words = [change["words"] for change in told["approval"]["changed"]]
    assert "headline of “Anchors away” changed" in words
    assert "Anchors away moved to the top" in words
    assert f"out: {changed}" in words
    assert (told["held"], told["to_decide"]) == ([changed], ["it has changed since Ann Roe approved it"])
    assert "it has changed since Ann Roe approved it: " in digest(room, "deliver").err
    assert digest(room, "issues").out.startswith("2024-W43  built ")
    rebuilt(room, "")
    assert status(room)[0] == 0  # to the letter what she approved


def test_an_issue_that_nobody_approved_may_be_a_draft_and_is_told(room: Path) -> None:
    assert "warning: nobody has approved this issue (hint: digest approve 2024-W43)" in digest(room, "deliver").err
    assert digest(room, "approve", *ANN).code == 0
    assert "approved" not in digest(room, "deliver").err


def test_the_configured_service_is_part_of_what_is_approved(room: Path) -> None:
    assert digest(room, "approve", *ANN).code == 0
    (room / "digest.toml").write_text(f'{TOML}{ADDRESSES}service = "mailchimp"\n', encoding="utf-8")
    assert [change["words"] for change in status(room)[1]["approval"]["changed"]] == ["mailing service changed"]


def test_errors_are_mended_or_waived_first(room: Path) -> None:
    assert "cafÃ©" not in rebuilt(room, '[issue]\nopening = "A quiet week in the cafÃ© on the quay."\n')
    done = digest(room, "approve", *ANN)
    assert (done.code, events(room)) == (4, [])
    assert "error: char-mojibake: opening: " in done.err
    assert (
        "2024-W43: an error stands (hint: mend them, or let one stand with a reason: digest waive 2024-W43 CODE)"
        in (done.err)
    )
    assert status(room)[1]["to_decide"] == ["an error stands: mend or waive", "nobody has approved it"]
    assert digest(room, "waive", "2024-W43", "char-mojibake", "--why", "as it is written there").code == 0
    assert digest(room, "approve", *ANN).code == 0
    assert status(room)[0] == 0


def test_a_conflict_is_settled_first(room: Path) -> None:
    rebuilt(room, f'{ANCHOR}headline = "Anchors away"\nwas = {{ headline = "The story of anchor" }}\n')
    note(room, "anchor", "2024-10-19 09:00", title="The story of two anchors")
    assert digest(room, "ingest").code == 0
    done = digest(room, "approve", *ANN)
    assert (done.code, events(room)) == (4, [])
    assert "error: edit-conflict: The story of two anchors: its headline was “The story of anchor”" in done.err
    rebuilt(room, f'{ANCHOR}headline = "Anchors away"\nwas = {{ headline = "The story of two anchors" }}\n')
    assert digest(room, "approve", *ANN).code == 0


def test_edits_that_are_not_built_are_not_approved(room: Path) -> None:
    (room / ISSUE / "edits.toml").write_text('schema = 1\n[issue]\nsubject = "Anchors"\n', encoding="utf-8")
    done = digest(room, "approve", *ANN)
    assert (done.code, events(room)) == (4, [])
    assert "edits.toml: it has changed since the issue was built (hint: build the issue again" in done.err
    assert status(room)[1]["to_decide"][0] == "edits.toml: it has changed since the issue was built"
    (room / ISSUE / "edits.toml").write_text("nonsense", encoding="utf-8")
    assert digest(room, "approve", *ANN).code == 4


def test_a_story_that_was_withdrawn_after_the_build_is_in_the_way(room: Path) -> None:
    assert digest(room, "approve", *ANN).code == 0
    note(room, "buoy", "2024-10-21 10:00\nwithdrawn: true")
    note(room, "anchor", "2024-10-19 09:00", title="The story of two anchors")
    assert digest(room, "ingest").code == 0
    shown = digest(room, "status")
    assert shown.code == 4
    assert "  story-gone: The story of buoy: its source has withdrawn it since the issue was built" in shown.out
    assert (
        "  story-changed: The story of anchor: since the issue was built: headline of “The story of anchor”"
        in shown.out
    )
    assert (
        "to decide: changed at their source since it was built: “The story of buoy”, “The story of anchor”" in shown.out
    )
    assert digest(room, "approve", *ANN).code == 4
    assert digest(room, "build", *WEEK).code == 0
    assert digest(room, "approve", *ANN).code == 0


def test_an_issue_that_was_sent_is_neither_approved_nor_in_question(room: Path) -> None:
    assert digest(room, "sent", "--at", "2024-10-25 14:00").code == 0
    done = digest(room, "approve", *ANN)
    assert (done.code, len(events(room))) == (4, 1)
    assert "this issue is locked" in done.err
    code, told = status(room)
    assert (code, told["state"], told["to_decide"]) == (0, "sent", [])
    assert "approved" not in digest(room, "deliver").err


@pytest.mark.parametrize(
    ("event", "said"),
    [("unknown", "nobody knows whether it was sent"), ("failed", "sending it has failed"), ("scheduled", None)],
)
def test_what_a_service_left_open_is_for_a_person_to_settle(room: Path, event: str, said: str | None) -> None:
    line = json.dumps({"event": event, "at": "2024-10-25T12:00:00Z", "service": "mailchimp"})
    (room / ISSUE / "delivery.jsonl").write_text(f"{line}\n", encoding="utf-8")
    code, told = status(room)
    assert (code, told["state"], told["to_decide"]) == (4 if said else 0, event, [said] if said else [])


@pytest.mark.parametrize("command", [("approve", *ANN), ("status",)])
def test_a_damaged_file_a_missing_issue_and_another_at_work_are_told(room: Path, command: tuple[str, ...]) -> None:
    with locked(room / ISSUE):
        assert digest(room, *command, "2024-W43").code == 4
    missing = digest(room, *command, "2024-W40")
    assert (missing.code, "there is no such issue" in missing.err) == (1, True)
    (room / ISSUE / "email.txt").write_text("by hand", encoding="utf-8")
    done = digest(room, *command)
    assert (done.code, "email.txt: is not what was built" in done.err, events(room)) == (1, True, [])


def test_without_an_archive_the_record_alone_is_asked(room: Path) -> None:
    (room / "articles.db").unlink()
    assert digest(room, "approve", *ANN).code == 0
    shown = digest(room, "status")
    assert (shown.code, "approval: by Ann Roe, " in shown.out, ": it stands" in shown.out) == (0, True, True)


def test_a_source_that_was_not_read_in_time_is_named(room: Path) -> None:
    with (room / "digest.toml").open("a", encoding="utf-8") as more:
        more.write('[[sources]]\nname = "CMS"\nkind = "feed"\nurl = "https://harbour.example/feed"\n')
    assert "  source-stale: CMS: not read yet; stories may be missing" in digest(room, "status").out
