"""Two commands on one issue: the second leaves to the first what is the first one's."""

from pathlib import Path

import pytest

from digest.errors import LockedError
from digest.issues.folder import IssueFolder
from digest.issues.lock import locked


def unfinished(tmp_path: Path, name: str) -> IssueFolder:
    folder = IssueFolder(tmp_path / "2024-W43")
    (folder.path / name).mkdir(parents=True)
    (folder.path / name / "email.html").write_bytes(b"half")
    return folder


def test_what_a_build_at_work_is_writing_is_left_alone(tmp_path: Path) -> None:
    folder = unfinished(tmp_path, ".next.tmp")
    with locked(folder.path):
        folder.finish()
        assert (folder.path / ".next.tmp" / "email.html").read_bytes() == b"half"
    folder.finish()
    assert not (folder.path / ".next.tmp").exists()


def test_an_issue_whose_files_are_being_moved_cannot_be_opened(tmp_path: Path) -> None:
    folder = unfinished(tmp_path, ".next")
    with locked(folder.path), pytest.raises(LockedError, match="at work on this issue"):
        folder.finish()
    assert (folder.path / ".next" / "email.html").read_bytes() == b"half"


def test_a_committed_first_build_is_an_issue(tmp_path: Path) -> None:
    assert unfinished(tmp_path, ".next").built
    assert not IssueFolder(tmp_path / "2024-W42").built


def test_nothing_is_locked_where_nothing_is_left_over(tmp_path: Path) -> None:
    folder = IssueFolder(tmp_path / "2024-W43")
    folder.path.mkdir()
    folder.finish()
    assert list(folder.path.iterdir()) == []
