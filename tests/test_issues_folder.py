import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.disk import make_folder
from digest.errors import ConfigError, DiskError, IssueError, LockedError
from digest.issues.edits import TEMPLATE, read_edits
from digest.issues.folder import IssueFolder
from digest.issues.ledger import add_event, read_events
from digest.issues.lock import locked
from digest.issues.shelf import Shelf
from digest.model.edits import LinkEdit, StoryEdit
from digest.model.issue import Issue
from digest.model.ledger import Event
from digest.model.selection import Carried
from digest.model.window import Window
from making import COPY, W43, issue

FILES = {"email.html": b"<p>one</p>", "email.txt": b"one", COPY: b"\x89PNG"}
BEGUN = {"edits.toml": TEMPLATE.encode()}


def listing(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def build(folder: IssueFolder, record: Issue, files: dict[str, bytes], begun: dict[str, bytes]) -> Issue:
    with folder.exclusive():
        return folder.write(record, files, begun)


def test_a_build_puts_every_file_in_place_and_names_it_in_the_record(tmp_path: Path) -> None:
    folder = IssueFolder(tmp_path / "2024-W43")
    record = build(folder, issue(), FILES, BEGUN)
    assert set(listing(folder.path)) == {*FILES, *BEGUN, "issue.json"}
    assert {file.name: file.sha256 for file in record.files} == {
        name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()
    }
    assert folder.read() == record


def test_an_amended_record_takes_what_changes_with_it_and_leaves_all_other_files(tmp_path: Path) -> None:
    folder = IssueFolder(tmp_path / "2024-W43")
    record = build(folder, issue(), FILES, BEGUN)
    times = {name: (folder.path / name).stat().st_mtime_ns for name in FILES}
    with folder.exclusive():
        amended = folder.amend(replace(record, number=8), {"email.txt": b"two", "web.html": b"<p>new</p>"})
    assert folder.read() == amended
    assert amended.number == 8
    kept = folder.files(amended)
    assert kept == {**FILES, "email.txt": b"two", "web.html": b"<p>new</p>"}
    for name in ("email.html", COPY):
        assert (folder.path / name).stat().st_mtime_ns == times[name]


def test_an_amendment_that_cannot_be_written_leaves_the_issue(tmp_path: Path) -> None:
    folder = IssueFolder(tmp_path / "2024-W43")
    record = build(folder, issue(), FILES, BEGUN)
    with folder.exclusive():
        (folder.path / ".next.tmp").write_text("in the way")
        with pytest.raises(DiskError, match="the issue cannot be written"):
            folder.amend(replace(record, number=8), {"email.txt": b"two"})
    assert folder.read() == record
    assert folder.file("email.txt") == b"one"


def test_the_shelf_knows_which_issues_were_corrected(tmp_path: Path) -> None:
    instant = datetime(2024, 10, 28, tzinfo=UTC)
    for label, kinds in (("2024-W42", ["sent"]), ("2024-W43", ["sent", "corrected"]), ("2024-W44", [])):
        (tmp_path / label).mkdir()
        for kind in kinds:
            add_event(tmp_path / label / "delivery.jsonl", Event(event=kind, at=instant))  # type: ignore[arg-type] # of the two above
    assert Shelf(tmp_path).corrected() == ("2024-W43",)


def test_the_editors_file_and_her_own_notes_survive_every_build(tmp_path: Path) -> None:
    folder = IssueFolder(tmp_path / "2024-W43")
    build(folder, issue(), FILES, BEGUN)
    (folder.path / "edits.toml").write_text("schema = 1 # mine")
    (folder.path / "notes.txt").write_text("call the harbour master")
    (folder.path / "delivery.jsonl").write_text("")
    build(folder, issue(number=8), {"email.html": b"<p>two</p>"}, BEGUN)
    kept = listing(folder.path)
    assert kept["edits.toml"] == b"schema = 1 # mine"
    assert kept["notes.txt"] == b"call the harbour master"
    assert set(kept) == {"edits.toml", "notes.txt", "delivery.jsonl", "email.html", "issue.json"}


def test_a_committed_build_is_finished_by_whoever_opens_the_issue(tmp_path: Path) -> None:
    one, two = IssueFolder(tmp_path / "one"), IssueFolder(tmp_path / "two")
    build(one, issue(), FILES, {})
    build(two, issue(number=8), {"email.html": b"<p>two</p>"}, {})
    whole = listing(two.path)
    two.path.rename(one.path / ".next")
    (one.path / ".next.tmp").mkdir()
    (one.path / ".next.tmp" / "email.html").write_bytes(b"half")
    one.finish()
    assert listing(one.path) == whole


def test_a_commit_that_was_half_moved_is_finished(tmp_path: Path) -> None:
    one, two = IssueFolder(tmp_path / "one"), IssueFolder(tmp_path / "two")
    build(one, issue(), FILES, {})
    build(two, issue(number=8), {"email.html": b"<p>two</p>", "email.txt": b"two"}, {})
    whole = listing(two.path)
    two.path.rename(one.path / ".next")
    (one.path / ".next" / "email.html").replace(one.path / "email.html")
    one.finish()
    assert listing(one.path) == whole
    one.finish()
    assert listing(one.path) == whole


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"{", "is damaged"), (b'{"schema": 99}', "is of schema 99"), (b'{"schema": 1}', "is damaged")],
)
def test_a_record_that_cannot_be_read_is_said(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "issue.json").write_bytes(data)
    with pytest.raises(IssueError, match=said) as caught:
        IssueFolder(tmp_path).read()
    assert "issue.json" in caught.value.where


def test_an_issue_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(IssueError, match="no such issue"):
        IssueFolder(tmp_path / "2024-W01").read()
    with pytest.raises(IssueError, match=r"email\.html: is missing \(hint: digest build makes it again"):
        IssueFolder(tmp_path).file("email.html")
    (tmp_path / "email.html").mkdir()
    with pytest.raises(DiskError, match="cannot be read"):
        IssueFolder(tmp_path).file("email.html")


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc/self").exists(), reason="needs a Linux /proc")
def test_a_place_that_cannot_be_written_is_said() -> None:
    folder = IssueFolder(Path("/proc/self/issues/2024-W43"))
    with pytest.raises(DiskError, match="cannot be locked") as caught, folder.exclusive():
        pytest.fail("it was locked")
    assert caught.value.hint


def test_a_full_disk_leaves_the_old_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = IssueFolder(tmp_path / "2024-W43")
    build(folder, issue(), FILES, {})
    before = listing(folder.path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DiskError, match="No space left") as caught:
        build(folder, issue(number=8), {"email.html": b"<p>two</p>"}, BEGUN)
    monkeypatch.undo()
    assert "make room" in caught.value.hint
    assert listing(folder.path) == before


def test_edits_are_read_whole_and_an_absent_file_is_none(tmp_path: Path) -> None:
    path = tmp_path / "edits.toml"
    assert not read_edits(path).stories
    path.write_text(TEMPLATE)
    assert not read_edits(path).stories
    path.write_text(
        'schema = 1\n[issue]\nsubject = "Mine"\n[[story]]\narticle = "a"\ndo = "pin"\nwas = { headline = "H" }\n'
        '[[link]]\nurl = "https://other.example"\ntitle = "T"\n'
    )
    edits = read_edits(path)
    assert edits.subject == "Mine"
    assert (edits.stories[0].do, edits.stories[0].headline) == ("pin", None)
    assert edits.stories[0].was is not None
    assert edits.links == (LinkEdit(url="https://other.example", title="T"),)
    assert edits.stories[0] == StoryEdit(article="a", do="pin", was=edits.stories[0].was)


def test_the_templates_examples_are_sound_when_they_are_switched_on(tmp_path: Path) -> None:
    lines = [line.removeprefix("# ") if "=" in line or "[" in line else line for line in TEMPLATE.splitlines()]
    path = tmp_path / "edits.toml"
    path.write_text("\n".join(line for line in lines if not line.startswith("One [[")))
    edits = read_edits(path)
    assert (edits.stories[0].do, edits.stories[0].slot, len(edits.links)) == ("pin", "brief", 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema = 1\n[[stories]]\n", "did you mean 'story'"),
        ('schema = 1\n[[story]]\narticle = "a"\ndo = "pinn"', "did you mean 'pin'[?] one of: pin, add, drop, hold"),
        ('schema = 1\n[[story]]\narticle = "a"\nwas = "x"', "story.0..was: expected"),
        ("schema = 1\n[[story]]\n", "article"),
        ("schema = 9", "schema 9"),
        ("schema = [", "no TOML"),
        ("\udcff", "not UTF-8"),
    ],
)
def test_edits_that_cannot_be_used_are_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "edits.toml"
    path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(ConfigError, match=said) as caught:
        read_edits(path)
    assert "edits.toml" in str(caught.value)


SENT = Event(
    event="sent",
    at=datetime(2024, 10, 25, 16, tzinfo=UTC),
    start=W43.start,
    end=W43.end,
    carried=(Carried(id="a", url="https://harbour.example/a"),),
)


def test_the_ledger_keeps_every_event_in_order(tmp_path: Path) -> None:
    path = tmp_path / "delivery.jsonl"
    assert read_events(path) == ()
    for event in (SENT, Event(event="unsent", at=SENT.at)):
        add_event(path, event)
    assert [event.event for event in read_events(path)] == ["sent", "unsent"]
    assert read_events(path)[0] == SENT


def test_a_torn_line_is_ignored_and_the_next_event_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "delivery.jsonl"
    add_event(path, SENT)
    whole = path.read_bytes()
    for cut in range(1, len(whole)):
        path.write_bytes(whole + whole[:cut])
        assert read_events(path)[0] == SENT
        add_event(path, Event(event="unsent", at=SENT.at))
        kept = [event.event for event in read_events(path)]
        assert kept == (["sent", "sent", "unsent"] if cut == len(whole) - 1 else ["sent", "unsent"])


def test_a_damaged_line_in_the_middle_is_never_overlooked(tmp_path: Path) -> None:
    path = tmp_path / "delivery.jsonl"
    add_event(path, SENT)
    path.write_bytes(b'{"event":"sent","at":"yesterday"}\n' + path.read_bytes())
    with pytest.raises(IssueError, match="line 1 is damaged"):
        read_events(path)
    path.write_bytes(b'{"event":"sent","at":"2024-10-25T16:00:00Z","schema":9}\n')
    with pytest.raises(IssueError, match="schema 9"):
        read_events(path)


def test_one_command_at_a_time_and_the_other_is_told_who(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from digest.issues.lock import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockedError, match=f"process {holder.pid}"), locked(tmp_path):
            pytest.fail("two hold the lock")
        holder.communicate("")
    with locked(tmp_path):
        assert (tmp_path / ".lock").read_text() == str(os.getpid())


def put(shelf: Shelf, weeks: int, edits: str = "", *, sent: bool = False) -> Window:
    """Put an issue on the shelf, some weeks after W43."""
    start = W43.start + timedelta(weeks=weeks)
    window = Window(
        start=start, end=start + timedelta(weeks=1), kind="week", label=f"2024-W{43 + weeks}", zone="Europe/London"
    )
    folder = shelf.issue(window.label)
    build(folder, issue(window=window), {}, {"edits.toml": f"schema = 1\n{edits}".encode()})
    if sent:
        event = Event(event="sent", at=window.end, start=window.start, end=window.end, carried=SENT.carried)
        add_event(folder.path / "delivery.jsonl", event)
    return window


def test_the_shelf_knows_what_was_sent_and_nothing_else(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert shelf.folders() == ()
    put(shelf, 1, sent=True)
    put(shelf, 0, sent=True)
    put(shelf, 2)
    (tmp_path / "monthly").mkdir()
    (tmp_path / "README.md").write_text("not an issue")
    assert [each.label for each in shelf.sent()] == ["2024-W43", "2024-W44"]
    assert [folder.label for folder in shelf.folders()] == ["2024-W43", "2024-W44", "2024-W45"]


def test_what_earlier_editors_decided_is_told_in_the_order_of_their_windows(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    held = '[[story]]\narticle = "x"\ndo = "hold"\n[[story]]\narticle = "y"\ndo = "drop"\n'
    put(shelf, 0, held)
    put(shelf, 1, '[[story]]\narticle = "y"\ndo = "add"\n[[story]]\narticle = "z"\nslot = "brief"\n')
    last = put(shelf, 2, '[[story]]\narticle = "own"\ndo = "hold"\n')
    assert [(each.article, each.do, each.label) for each in shelf.standing(last, None)] == [
        ("x", "hold", "2024-W43"),
        ("y", "drop", "2024-W43"),
        ("y", "add", "2024-W44"),
    ]
    assert shelf.standing(last, last.end) == ()
    assert shelf.standing(W43, None) == ()


def test_a_record_is_readable_by_a_person(tmp_path: Path) -> None:
    folder = IssueFolder(tmp_path / "2024-W43")
    build(folder, issue(), FILES, {})
    text = (folder.path / "issue.json").read_text()
    assert '\n  "newsletter_title": "The Harbour Weekly",\n' in text
    assert isinstance(folder.read(), Issue)


def test_a_damaged_record_is_said_and_can_be_built_again(tmp_path: Path) -> None:
    folder = IssueFolder(tmp_path / "2024-W43")
    build(folder, issue(), FILES, BEGUN)
    (folder.path / "issue.json").write_bytes(b'{"schema": 1, "half')
    with pytest.raises(IssueError, match="is damaged"):
        folder.read()
    record = build(folder, issue(number=8), FILES, BEGUN)
    assert folder.read() == record


def test_files_that_were_changed_by_hand_are_not_what_was_built(tmp_path: Path) -> None:
    folder = IssueFolder(tmp_path / "2024-W43")
    record = build(folder, issue(), FILES, {})
    assert folder.files(record) == FILES
    (folder.path / "email.txt").write_text("mine")
    with pytest.raises(IssueError, match="not what was built") as caught:
        folder.files(record)
    assert "email.txt" in caught.value.where


def test_a_newer_digests_event_is_told_from_a_damaged_one_and_never_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "delivery.jsonl"
    newer = b'{"schema":2,"event":"teleported","at":"2034-10-25T16:00:00Z"}'
    path.write_bytes(newer)
    with pytest.raises(IssueError, match="line 1 is of schema 2"):
        read_events(path)
    add_event(path, SENT)
    assert path.read_bytes().startswith(newer + b"\n")


def test_every_folder_that_is_made_is_forced_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forced: list[str] = []
    monkeypatch.setattr("digest.disk.sync", lambda folder: forced.append(folder.name))
    make_folder(tmp_path / "issues" / "2024-W43")
    assert forced == [tmp_path.name, "issues"]
