"""A record may come from anybody's hand: what it names is one of our own names, or it is refused."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiving import PICTURE, archive, record
from digest.errors import IssueError
from digest.issues.folder import IssueFolder
from digest.issues.record import read_record
from digest.mailers.message import Terms
from digest.model.article import Image
from digest.model.box import Box
from digest.model.issue import Brand, BuiltFile, Issue, Picture
from digest.model.names import COPY, FACES, LABEL
from digest.pictures import Recipe
from digest.pipeline.faces import faces_of
from digest.pipeline.pictures.record import FOLDER, stem_of
from digest.window import Calendar, Wanted, read_week_start, read_window
from digest.wire import to_pretty_json
from making import W43, issue
from running import digest, files

WEEK = "2024-W43"
SECRET = b"the editor's key"
NAME = "../../../secret.jpg"
TERMS = Terms(service="none", values={})


def recorded(value: Issue) -> bytes:
    return to_pretty_json(value)


def picturing(file: str) -> Issue:
    """A small issue whose headline, where nobody would look for one, has a picture with that file."""
    made = issue()
    picture = Picture(image=Image(url="https://harbour.example/quay.jpg"), file=file)
    return replace(made, headlines=(replace(made.headlines[0], picture=picture),))


BAD = [
    "",
    "../../../secret.jpg",
    "/etc/hostname",
    "images/../../secret.jpg",
    "images/0123456789abcdef-1w200-10x10.svg",
    "images/0123456789abcdef-1w200-10x10.jpg\n",
    "images\\0123456789abcdef-1w200-10x10.jpg",
    "images/.0123456789abcdef-1w200-10x10.jpg",
    "images/sub/0123456789abcdef-1w200-10x10.jpg",
    "images/20241025-quay.jpg",
    "issue.json",
    "edits.toml",
    "delivery.jsonl",
    ".lock",
]


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_no_build_writes_is_refused(name: str) -> None:
    with pytest.raises(IssueError, match="no file of an issue can be called") as caught:
        read_record(recorded(issue(files=(BuiltFile(name=name, sha256="0" * 64),))), "issue.json")
    assert caught.value.where == "issue.json"
    assert "from git or a backup" in caught.value.hint


@pytest.mark.parametrize("name", [*BAD[1:], "email.html"])
def test_a_picture_that_is_no_copy_of_ours_is_refused(name: str) -> None:
    logo = Picture(image=Image(url="https://harbour.example/logo.png"), file=name)
    branded = issue(brand=Brand(name="The Harbour", logo_dark_picture=logo))
    for each in (picturing(name), branded):
        with pytest.raises(IssueError, match="no copy of a picture can be called"):
            read_record(recorded(each), "issue.json")


@pytest.mark.parametrize("name", ["", "..", "../2024-W43", "2024-W43/..", "w43", ".2024", "2024-W43\n"])
def test_a_label_that_is_no_issues_is_refused(name: str) -> None:
    with pytest.raises(IssueError, match="no issue can be called"):
        read_record(recorded(issue(window=replace(W43, label=name))), "issue.json")


@pytest.mark.parametrize("name", ["", "..", "../weekly", "2024", "Weekly", "week/ly"])
def test_a_newsletter_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(IssueError, match="no newsletter can be called"):
        read_record(recorded(issue(newsletter=name)), "issue.json")


def test_what_a_build_writes_is_read() -> None:
    written = issue(files=tuple(BuiltFile(name=name, sha256="0" * 64) for name in (*FACES, PICTURE)))
    assert read_record(recorded(written), "issue.json") == written
    for file in ("", PICTURE):
        assert read_record(recorded(picturing(file)), "issue.json") == picturing(file)


@pytest.mark.parametrize(
    ("wanted", "label"),
    [
        (Wanted(week="2024-W43"), "2024-W43"),
        (Wanted(month="2024-10"), "2024-10"),
        (Wanted(day="2024-10-25"), "2024-10-25"),
        (Wanted(since="2024-10-01", until="2024-10-20"), "2024-10-01--2024-10-20"),
        (Wanted(since="2024-10-27T01:30:00.5Z", until="2024-10-28"), "2024-10-27T013000.500000+0000--2024-10-28"),
    ],
)
def test_every_window_is_called_what_the_record_allows(wanted: Wanted, label: str) -> None:
    calendar = Calendar(zone=ZoneInfo("Europe/London"), starts=read_week_start("friday 12:00"))
    assert read_window(wanted, calendar, datetime(2024, 12, 1, tzinfo=UTC), None).label == label
    assert LABEL.fullmatch(label)


@given(st.binary(max_size=9), st.integers(1, 9999), st.integers(1, 9999), st.integers(1, 20_000_000))
def test_every_copy_is_called_what_the_record_allows(source: bytes, width: int, height: int, most: int) -> None:
    stem = stem_of(hashlib.sha256(source).hexdigest(), Recipe(box=Box(width=width, height=height), most=most))
    assert COPY.fullmatch(f"{FOLDER}{stem}.jpg")
    assert COPY.fullmatch(f"{FOLDER}{stem}.png")


# A newsroom with a record that reaches for what is outside it


def reaching(room: Path, name: str) -> None:
    """Let the record of W43 name a file outside its folder, with its true hash, as a picture of its lead story."""
    folder = room / "issues" / WEEK
    found = record(folder)
    (first, *others) = found.sections[0].entries
    assert first.picture
    moved = replace(first, picture=replace(first.picture, file=name))
    named = (*found.files, BuiltFile(name=name, sha256=hashlib.sha256(SECRET).hexdigest()))
    sections = (replace(found.sections[0], entries=(moved, *others)), *found.sections[1:])
    (folder / "issue.json").write_bytes(recorded(replace(found, sections=sections, files=named)))


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A newsroom in a folder of its own; beside it stands what is nobody's business."""
    (tmp_path / "secret.jpg").write_bytes(SECRET)
    (tmp_path / "room").mkdir()
    made = archive(tmp_path / "room", sent=(WEEK,))
    reaching(made, NAME)
    return made


@pytest.mark.parametrize(
    "command",
    [
        ("deliver", WEEK, "--to", "folder"),
        ("deliver", WEEK, "--to", "eml"),
        ("site",),
        ("site", "--pictures", WEEK),
        ("check", WEEK),
        ("correct", WEEK, "There are six."),
        ("sent", WEEK, "--undo"),
        ("build", "--frozen", WEEK, "--out", "again"),
    ],
    ids=" ".join,
)
def test_no_command_reads_or_writes_outside_what_is_its_own(room: Path, command: tuple[str, ...]) -> None:
    before = files(room.parent)
    done = digest(room, *command)
    if command[0] != "sent":  # which asks the ledger alone
        assert (done.code, f"no file of an issue can be called '{NAME}'" in done.err) == (1, True), done.err
        assert files(room.parent) == before
    assert SECRET not in b"".join(content for name, content in files(room).items())
    assert (room.parent / "secret.jpg").read_bytes() == SECRET


def test_neither_the_desk_nor_pictures_show_it(room: Path) -> None:
    with pytest.raises(IssueError, match="no file of an issue"):
        faces_of(IssueFolder(room / "issues" / WEEK), TERMS)
    done = digest(room, "preview", WEEK, "--no-browser")
    assert (done.code, "no file of an issue can be called" in done.err) == (1, True)


def test_a_record_that_names_no_mail_is_said(tmp_path: Path) -> None:
    folder = archive(tmp_path, sent=()) / "issues" / WEEK
    (folder / "issue.json").write_bytes(recorded(replace(record(folder), files=())))
    done = digest(tmp_path, "deliver", WEEK)
    assert (done.code, f"issues/{WEEK}/issue.json: names no email.html" in done.err) == (1, True)


def test_a_build_over_it_takes_nothing_away(room: Path) -> None:
    assert digest(room, "sent", WEEK, "--undo").code == 0
    assert digest(room, "build", "--week", WEEK, "--offline").code == 0
    assert (room.parent / "secret.jpg").read_bytes() == SECRET
    assert NAME not in (room / "issues" / WEEK / "issue.json").read_text(encoding="utf-8")


def test_a_commit_that_reaches_outside_is_never_moved_into_place(room: Path) -> None:
    following = room / "issues" / WEEK / ".next"
    following.mkdir()
    (room / "issues" / WEEK / "issue.json").rename(following / "issue.json")
    done = digest(room, "deliver", WEEK)
    assert (done.code, "no file of an issue can be called" in done.err) == (1, True)
    assert (room.parent / "secret.jpg").read_bytes() == SECRET
