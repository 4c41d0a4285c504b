"""An editor's decision on a disk that is full or read-only: what is confirmed is there, what is not is told."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from digest.errors import DiskError
from editing_office import BLANK, NOW, STORY, Office

MINE = "What the tide brought, " * 200
"""A text of 4,600 bytes, which needs more room than is left on most of the disks here."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 128 KB."""
    small = tmp_path / "small"
    small.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=128k", "none", str(small))
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may make a small disk")
    yield small
    subprocess.run(["umount", "-l", str(small)], check=True)


def begun(folder: Path) -> Office:
    """An issue's folder at which somebody has decided something."""
    (folder / "edits.toml").write_text(BLANK)
    office = Office(folder)
    office.do(act="issue", field="subject", text="Fog")
    return office


@contextmanager
def no_file_longer_than(limit: int) -> Iterator[None]:
    """Let this process write no file beyond so many bytes: what is above fails, as on a full disk, at that byte."""
    before, bytecode = resource.getrlimit(resource.RLIMIT_FSIZE), sys.dont_write_bytecode
    sys.dont_write_bytecode = True  # Python 3.11 would leave half a .pyc for everybody
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.dont_write_bytecode = bytecode


def tried(office: Office, why: str) -> bool:
    """Decide to have a long text; return whether that was confirmed. What was not is told, and the file is whole."""
    before, seen, version, refused = office.path.read_bytes(), office.seen(), "", None
    try:
        version = office.do(seen, act="text", story=STORY, field="lead", text=MINE)
    except DiskError as error:
        refused = error
    is_there = MINE.strip() in office.path.read_text()
    if refused is None:
        assert is_there
        assert version == office.seen()
        return True
    assert why in refused.message
    assert refused.hint
    assert is_there or office.path.read_bytes() == before
    return False


def goes_on(office: Office) -> None:
    """Work on when there is room again, at the same desk and at one that is opened anew, back to the first bytes."""
    assert office.desk.state().trouble is None
    office.do(act="text", story=STORY, field="headline", text="Rain")
    assert office.again().desk.state() == office.desk.state()
    assert office.path.read_text().count("Rain") == 1
    assert sorted(each.name for each in office.folder.iterdir()) == ["edits.log", "edits.toml"]
    other = office.again()
    while other.desk.state().undo:
        other.desk.undo(other.seen(), NOW)
    assert other.path.read_text() == BLANK


@pytest.mark.parametrize("room", range(8))
def test_on_a_full_disk_nothing_is_confirmed_that_is_not_there(disk: Path, room: int) -> None:
    office = begun(disk)
    free = os.statvfs(disk)
    fill = disk / "fill"
    fill.write_bytes(b"x" * ((free.f_bavail - room) * free.f_frsize))
    confirmed = tried(office, "No space left on device")
    assert confirmed or room < 5, "four pages are enough for the log and the file"
    assert not confirmed or room
    fill.unlink()
    goes_on(office)


def test_wherever_the_last_byte_is_that_has_room_a_decision_is_made_or_told(tmp_path: Path) -> None:
    outcomes = []
    for number, limit in enumerate((0, 1, 300, 900, 1_200, 4_000, 4_800, 5_000, 6_000, 6_200, 6_400, 20_000)):
        folder = tmp_path / str(number)
        folder.mkdir()
        office = begun(folder)
        with no_file_longer_than(limit):
            outcomes.append(tried(office, "File too large"))
        goes_on(office)
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


def test_in_a_folder_that_cannot_be_written_nothing_is_confirmed_and_all_is_read(disk: Path) -> None:
    office = begun(disk)
    before = {each.name: each.read_bytes() for each in disk.iterdir()}
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert not tried(office, "Read-only file system")
    with pytest.raises(DiskError, match="Read-only file system") as caught:
        office.desk.undo(office.seen(), NOW)
    assert "mount it for writing" in caught.value.hint
    assert office.again().desk.state() == office.desk.state()
    assert office.desk.state().undo == "subject “Fog”"
    assert {each.name: each.read_bytes() for each in disk.iterdir()} == before
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    goes_on(office)


def test_without_the_right_to_the_folder_nothing_is_confirmed(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    office = begun(tmp_path)
    tmp_path.chmod(0o500)
    office.log.chmod(0o400)
    try:
        assert not tried(office, "Permission denied")
    finally:
        tmp_path.chmod(0o700)
        office.log.chmod(0o600)
    goes_on(office)
