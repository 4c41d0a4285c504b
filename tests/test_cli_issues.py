"""`digest issues` and `digest sent`: what there is, whatever state it is in, and what readers have had."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.issues.folder import IssueFolder
from running import digest, files, newsroom

WEEK = ("--week", "2024-W43")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A newsroom with the issues W43 and W44."""
    newsroom(tmp_path)
    assert digest(tmp_path, "build", *WEEK).code == 0
    assert digest(tmp_path, "build", "--week", "2024-W44").code == 0
    return tmp_path


@pytest.mark.parametrize(
    ("name", "content"), [("issue.json", "{"), ("issue.json", '{"schema": 2}'), ("delivery.jsonl", "{}\nnothing\n{}\n")]
)
def test_a_damaged_issue_is_a_row_of_the_list(built: Path, name: str, content: str) -> None:
    (built / "issues/2024-W43" / name).write_text(content)
    done = digest(built, "issues")
    assert done.code == 0
    damaged, sound = done.out.splitlines()
    assert damaged.startswith(f"2024-W43  damaged: issues/2024-W43/{name}: ")
    assert sound.startswith("2024-W44  built")
    rows = digest(built, "issues", "--json").data["issues"]
    assert [(row["label"], row["state"]) for row in rows] == [("2024-W43", "damaged"), ("2024-W44", "built")]
    assert name in rows[0]["problem"]


def test_the_newest_issue_is_the_newest_that_can_be_read(built: Path) -> None:
    (built / "issues/2024-W44/issue.json").write_text("{")
    done = digest(built, "deliver")
    assert done.code == 0
    assert "warning: passed over: issues/2024-W44/issue.json: " in done.err
    assert "2024-W43" in done.out
    (built / "issues/2024-W43/issue.json").write_text("{")
    none = digest(built, "deliver")
    assert (none.code, "none of the issues can be read" in none.err) == (1, True)


def test_an_issue_that_is_being_built_is_busy_and_may_be_the_newest(built: Path) -> None:
    folder = IssueFolder(built / "issues" / "2024-W44")
    with folder.exclusive():
        (folder.path / ".next").mkdir()
        assert "2024-W44  busy: " in digest(built, "issues").out
        assert digest(built, "sent").code == 4
    assert digest(built, "issues").out.count("built") == 2


def test_what_was_sent_cannot_lie_in_the_future(built: Path) -> None:
    before = files(built / "issues")
    later = datetime.now(tz=UTC) + timedelta(days=2)  # noqa: TID251 - the command reads the clock too
    done = digest(built, "sent", "2024-W43", "--at", f"{later:%Y-%m-%d %H:%M}")
    assert done.code == 2
    assert "--at: " in done.err
    assert "still to come" in done.err
    assert files(built / "issues") == before


@pytest.mark.parametrize(
    ("at", "early"),
    [
        ("2024-10-25 11:59", True),
        ("2024-10-25 12:00", False),
        ("2024-10-24", True),
        ("2024-10-25", False),  # the day on which the window ends: nobody said that it was before noon
    ],
)
def test_an_issue_sent_before_its_windows_end_is_a_warning(built: Path, at: str, early: bool) -> None:  # noqa: FBT001 - a table's column
    done = digest(built, "sent", "2024-W43", "--at", at)
    assert done.code == 0
    assert ("sent before its window's end" in done.err) is early
    event = json.loads((built / "issues/2024-W43/delivery.jsonl").read_bytes())
    assert event["at"].startswith("2024-10-2")
    assert digest(built, "issues", "--json").data["issues"][0]["state"] == "sent"


def test_quiet_leaves_the_list_and_nothing_else(built: Path) -> None:
    (built / "issues/2024-W44/issue.json").write_text("{")
    assert len(digest(built, "-q", "issues").out.splitlines()) == 2
    done = digest(built, "-q", "deliver")
    assert (done.code, done.err, len(done.out.splitlines())) == (0, "", 1)
