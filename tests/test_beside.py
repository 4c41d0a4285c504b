"""What an issue is seen beside."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from digest.pipeline.beside import built, last_issue
from digest.pipeline.newsroom import Newsroom, open_newsroom
from running import digest


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("beside")
    assert digest(root, "init", "--sample").code == 0
    for span in (("--week", "2024-W42"), ("--week", "2024-W43"), ("--since", "2024-10-01", "--until", "2024-10-10")):
        assert digest(root, "build", *span, "--offline", "--thin-ok").code == 0
    return root


@pytest.fixture
def room(made: Path, tmp_path: Path) -> Newsroom:
    shutil.copytree(made, tmp_path / "room")
    return open_newsroom(tmp_path / "room")


def test_the_issue_before_is_the_one_whose_window_ended_last(room: Newsroom) -> None:
    now, week = built(room, room.shelf.issue("2024-W43")), room.shelf.issue("2024-W42")
    assert now is not None
    window = now.issue.window
    found = last_issue(room, window)
    assert found == built(room, week)
    assert found is not None
    assert found.issue.window.label == "2024-W42"
    (span,) = (folder.label for folder in room.shelf.folders() if folder.label.startswith("2024-10-01"))
    (week.path / "email.html").unlink()
    assert built(room, week) is None
    before = last_issue(room, window)
    assert before is not None
    assert before.issue.window.label == span
    (week.path / "issue.json").write_text("{", encoding="utf-8")
    assert last_issue(room, window) == before
    assert last_issue(room, replace(window, end=before.issue.window.start)) is None


def test_nothing_is_there_before_the_first_build(room: Newsroom) -> None:
    assert built(room, room.shelf.issue("2023-W01")) is None
    shutil.rmtree(room.shelf.path)
    assert built(room, room.shelf.issue("2024-W43")) is None
