"""An editor's change is killed at every call that touches the disk: it is made or not, whole, and can be undone."""

import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.issues.folder import IssueFolder
from digest.pipeline.editing import EditsDesk
from drivers.edit import change
from drivers.faults import CALLS, LINE, Point

NOW = datetime(2024, 10, 25, 12, tzinfo=UTC)
FIRST = b'# the editor\'s own: "\xc3\xa3", kept byte for byte\r\nschema = 1\r\n'
HEAVY = pytest.mark.heavy
DRIVER = Path(__file__).parent / "drivers" / "edit.py"


def run(folder: Path, what: tuple[str, ...], *strace: str) -> "subprocess.CompletedProcess[str]":
    tracer = ("strace", "--decode-fds=path", "--quiet=all", "--follow-forks", f"--output={folder}.log", *strace)
    return subprocess.run(
        (*tracer, sys.executable, str(DRIVER), str(folder), *what), capture_output=True, text=True, check=False
    )


def points(folder: Path, what: tuple[str, ...]) -> list[Point]:
    """Run a change to its end; return every call that touched the folder, in order."""
    done = run(folder, what, f"--trace={','.join(CALLS)}")
    assert done.stdout.startswith("confirmed"), done.stderr
    found, made = [], Counter[str]()
    for _, call, about in LINE.findall(Path(f"{folder}.log").read_text()):
        made[call] += 1
        if str(folder) in about:
            found.append(Point(call, made[call], about[:90]))
    return found


@pytest.fixture(params=[pytest.param("first", marks=HEAVY), "second", pytest.param("undo", marks=HEAVY), "begin"])
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, tuple[str, ...]]:
    """Return an issue's folder before a change, and the change."""
    base = tmp_path / "base"
    base.mkdir()
    (base / "edits.toml").write_bytes(FIRST)
    if request.param == "begin":
        (base / "edits.toml").unlink()
    if request.param in {"second", "undo"}:
        change(base, "text", "What the tide left")
    return base, ("undo",) if request.param == "undo" else ("text", "What the tide brought")


def test_a_kill_at_any_call_leaves_a_change_made_or_not_and_all_of_it_undoable(
    scene: tuple[Path, tuple[str, ...]], tmp_path: Path
) -> None:
    base, what = scene
    ended = tmp_path / "ended"
    shutil.copytree(base, ended)
    found = points(ended, what)
    before, after = content(base), content(ended)
    assert before != after
    made = []
    for number, point in enumerate(found):
        folder = tmp_path / f"trial-{number}"
        shutil.copytree(base, folder)
        killed = run(folder, what, f"--trace={point.call}", f"--inject={point.call}:signal=KILL:when={point.nth}")
        assert killed.returncode < 0, f"{point} was never reached"
        made.append(check(folder, (before, after), confirmed="confirmed" in killed.stdout))
    assert len(found) > 8
    assert made == sorted(made), "once it is written down nothing takes it back"
    assert (made[0], made[-1]) == (False, True)


def content(folder: Path) -> bytes:
    """Return the bytes of edits.toml, none where there is no file."""
    path = folder / "edits.toml"
    return path.read_bytes() if path.exists() else b""


def check(folder: Path, states: tuple[bytes, bytes], *, confirmed: bool) -> bool:
    """Check what a kill left, and what the next desk makes of it; return whether the change is made."""
    assert content(folder) in states
    assert not confirmed
    desk = EditsDesk(IssueFolder(folder), "Una")
    desk.look(NOW)
    found = content(folder)
    assert found in states
    assert desk.state().trouble is None
    change(folder, "text", "And again")
    desk = EditsDesk(IssueFolder(folder), "Una")
    while desk.state().undo:
        desk.undo(desk.state().version, NOW)
    assert content(folder) in {FIRST, b""}
    while desk.state().redo:
        desk.redo(desk.state().version, NOW)
    assert b"And again" in content(folder)
    return found == states[1]
