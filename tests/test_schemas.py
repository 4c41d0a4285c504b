"""Every schema that was ever released can still be read: one folder of fixtures each."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from running import digest

FIXTURES = sorted((Path(__file__).parent / "fixtures" / "schemas").iterdir())


@pytest.fixture(params=FIXTURES, ids=lambda folder: folder.name)
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a newsroom as that version left it: configuration, archive, a sent issue with edits."""
    shutil.copytree(request.param, tmp_path / "room")
    script = tmp_path / "room" / "articles.sql"
    connection = sqlite3.connect(tmp_path / "room" / "articles.db")
    connection.executescript(script.read_text(encoding="utf-8"))
    connection.close()
    script.unlink()
    return tmp_path / "room"


def test_an_old_newsroom_works(room: Path) -> None:
    [issue] = digest(room, "issues", "--json").data["issues"]
    assert (issue["label"], issue["state"], issue["number"]) == ("2024-W43", "sent", 1)
    shown = digest(room, "articles", "--week", "2024-W44", "--json")
    assert shown.code == 0
    reasons = {row["title"]: row["reason"]["code"] for row in shown.data["articles"]}
    assert reasons["The story of anchor"] == "sent-before"
    assert reasons["The story of later"] == "chosen"
    assert digest(room, "build", "--week", "2024-W44", "--offline").code == 0


def test_an_old_issue_is_rendered_again(room: Path) -> None:
    done = digest(room, "build", "--frozen", "2024-W43", "--out", "again")
    assert (room / "again" / "email.html").exists(), done.err


def test_an_old_issues_edits_are_read(room: Path) -> None:
    assert digest(room, "sent", "2024-W43", "--undo").code == 0
    assert digest(room, "build", "--week", "2024-W43", "--offline").code == 0
    assert "Edited by hand" in (room / "issues" / "2024-W43" / "email.txt").read_text(encoding="utf-8")
