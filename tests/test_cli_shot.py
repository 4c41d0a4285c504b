"""`digest shot`: every picture of an issue, from a newsroom on the disk to PNGs beside it."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digest.browser import png_size
from digest.errors import DiskError
from digest.issues.folder import IssueFolder
from digest.model.issue import Issue
from digest.pipeline.faces import faces_of, pages
from digest.pipeline.handing import terms
from digest.pipeline.newsroom import open_newsroom
from digest.pipeline.shot import SHOTS, album_folder
from digest.render import render
from digest.theme import find_theme, shipped
from making import COPY
from render_samples import sample_issue
from running import TOML, Done, digest, files
from seeing import Colour, aside, colours, light, opened, square

PINK: Colour = (255, 0, 128)
SIZES = {"600": 600, "360": 720, "dark": 600, "dark-360": 720, "no-images": 600, "text": 800, "web": 1200,
         "web-360": 720, "inbox": 1400, "inbox-dark": 1400}  # fmt: skip


def pictured(issue: Issue, alt: str = "A bucket dredger at dawn") -> Issue:
    """The issue with a copy of its lead story's picture, as a build makes it; no other pictures."""
    lead, *others = issue.sections
    picture = lead.entries[0].picture
    assert picture
    image = replace(picture.image, url="https://cdn.example/W43/lead.png", alt=alt)
    entry = replace(lead.entries[0], picture=replace(picture, image=image, file=COPY))
    bare = (replace(each, entries=tuple(replace(one, picture=None) for one in each.entries)) for each in others)
    return replace(issue, sections=(replace(lead, entries=(entry,)), *bare))


def build(folder: Path, issue: Issue) -> Path:
    """Write `issue` into a newsroom as a build does."""
    (folder / "digest.toml").write_text(TOML + '[mailer]\nunsubscribe_url = "https://harbour.example/leave"\n')
    made = render(issue, find_theme("roundup", [shipped()]))
    built = {"email.html": made.html, "email.txt": made.text, "web.html": made.web}
    target = IssueFolder(folder / "issues" / issue.window.label)
    with target.exclusive():
        target.write(issue, {name: text.encode() for name, text in built.items()} | {COPY: PICTURE}, {})
    return folder


PICTURE = square(PINK, 900)


def shoot(folder: Path, *arguments: object) -> Done:
    with aside() as run:
        done = run(digest, folder, "shot", *arguments)
    assert isinstance(done, Done)
    return done


def pngs(folder: Path) -> dict[str, bytes]:
    return {Path(name).stem.removeprefix("2024-W43-"): content for name, content in files(folder).items()}


def has(png: bytes, colour: Colour) -> bool:
    return any(found == colour for _, found in opened(png).getcolors(1 << 24) or ())


@pytest.fixture(scope="module")
def room(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    del program  # skipped where there is none
    return build(tmp_path_factory.mktemp("room"), pictured(sample_issue(2)))


@pytest.fixture(scope="module")
def album(room: Path) -> dict[str, Any]:
    """What `digest shot --json` says of all shots of one issue."""
    done = shoot(room, "--json")
    assert (done.code, done.err) == (0, "")
    return dict(done.data)


@pytest.fixture(scope="module")
def taken(room: Path, album: dict[str, Any]) -> dict[str, bytes]:
    del album  # it has taken them
    return pngs(room / "shots" / "2024-W43")


def test_every_shot_is_there_with_its_width_and_something_on_it(
    album: dict[str, Any], taken: dict[str, bytes], room: Path
) -> None:
    assert {name: png_size(png)[0] for name, png in taken.items()} == SIZES
    assert min(colours(png) for png in taken.values()) > 20
    assert [row["shot"] for row in album["files"]] == list(SHOTS)
    for row in album["files"]:
        content = (
            Path(row["file"]).read_bytes() if Path(row["file"]).is_absolute() else (room / row["file"]).read_bytes()
        )
        assert (row["width"], row["height"]) == png_size(content)
        assert row["weight"] == len(content)
    assert (album["refused"], album["findings"]) == ([], [])


def test_dark_is_dark_and_light_is_light(taken: dict[str, bytes]) -> None:
    for name in ("dark", "dark-360", "inbox-dark"):
        assert light(taken[name]) < 90
    for name in ("600", "360", "text", "inbox", "web"):
        assert light(taken[name]) > 160
    assert png_size(taken["dark"]) == png_size(taken["600"])


def test_pictures_come_from_the_issues_folder_alone(taken: dict[str, bytes]) -> None:
    assert {name for name, png in taken.items() if has(png, PINK)} == {
        "600", "360", "dark", "dark-360", "web", "web-360"
    }  # fmt: skip


def test_with_images_off_the_alternative_text_is_shown(taken: dict[str, bytes], tmp_path: Path) -> None:
    other = pictured(sample_issue(2), alt="Mud")
    shoot(build(tmp_path, other), "--only", "no-images")
    assert pngs(tmp_path / "shots" / "2024-W43")["no-images"] != taken["no-images"]
    assert png_size(taken["no-images"])[1] <= png_size(taken["600"])[1]


def test_the_same_issue_gives_the_same_pictures(taken: dict[str, bytes], room: Path, tmp_path: Path) -> None:
    assert shoot(room, "--out", tmp_path / "again").code == 0
    assert pngs(tmp_path / "again") == taken


def test_what_is_shown_is_the_message_as_readers_get_it(room: Path) -> None:
    newsroom = open_newsroom(room)
    folder = newsroom.shelf.issue("2024-W43")
    shown = pages(faces_of(folder, terms(newsroom, "2024-W43", "none")))
    assert set(shown) == {face for face, _ in SHOTS.values()}
    assert [face for face, page in shown.items() if "digest-tag:" in page.html or "digest:if" in page.html] == []
    assert 'href="https://harbour.example/leave"' in shown["mail"].html
    assert "https://harbour.example/leave" in shown["text"].html
    assert "preferences" not in shown["text"].html
    assert sample_issue().preheader.text in shown["inbox"].html
    assert "The Harbour</span>" in shown["inbox"].html


def test_pictures_elsewhere_are_left_out_and_told(room: Path, tmp_path: Path) -> None:
    del room
    done = shoot(build(tmp_path, sample_issue(1)), "--only", "600,dark", "--json")
    assert done.code == 0
    assert done.data["refused"] == ["https://harbour.example/i/dredger.jpg", "https://harbour.example/i/sand.jpg"]
    [finding] = done.data["findings"]
    assert (finding["code"], finding["where"]) == ("shot-refused", "https://harbour.example/i/dredger.jpg")
    assert "and 1 more" in finding["message"]
    assert done.err.count("note: https://harbour.example/i/dredger.jpg") == 1


def test_a_tall_issue_becomes_several_pictures_and_old_ones_go(room: Path, tmp_path: Path) -> None:
    del room
    build(tmp_path, pictured(sample_issue(34)))
    done = shoot(tmp_path, "2024-W43", "--only", "360", "--out", tmp_path / "out")
    names = [f"{tmp_path}/out/2024-W43-360{part}.png" for part in ("", "-part2", "-part3")]
    assert (done.out.splitlines(), done.code) == (names, 0)
    assert [png_size(Path(name).read_bytes())[1] == 16384 for name in names] == [True, True, False]
    (tmp_path / "out" / "2024-W43-600-part2.png").write_bytes(b"of another shot")
    shutil.rmtree(tmp_path / "issues")
    shoot(build(tmp_path, pictured(sample_issue(1))), "--only", "360", "--out", tmp_path / "out")
    assert sorted(pngs(tmp_path / "out")) == ["360", "600-part2"]


def test_a_theme_that_sticks_out_is_told(room: Path, tmp_path: Path) -> None:
    folder = IssueFolder(shutil.copytree(room, tmp_path / "room") / "issues" / "2024-W43")
    with folder.exclusive():
        issue = folder.read()
        kept = folder.files(issue)
        wide = kept["email.html"].replace(b"<h1", b'<div style="width:777px">wide</div><h1', 1)
        folder.write(issue, kept | {"email.html": wide}, {})
    done = shoot(tmp_path / "room", "--only", "600,text")
    assert done.code == 0
    assert done.err.startswith("warning: 600: takes ")
    assert "sideways" in done.err


@pytest.mark.parametrize(
    ("only", "said"),
    [("drak", "did you mean 'dark'?"), ("600,inbx", "did you mean 'inbox'?"), ("zzz", "there are: 600, 360, dark")],
)
def test_a_name_that_is_none_is_refused(room: Path, tmp_path: Path, only: str, said: str) -> None:
    done = shoot(room, "--only", only, "--out", tmp_path / "out")
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not (tmp_path / "out").exists()


def test_names_may_be_given_twice_and_with_spaces(room: Path, tmp_path: Path) -> None:
    done = shoot(room, "--only", " text, text,", "--out", tmp_path / "out", "--json")
    assert [row["shot"] for row in done.data["files"]] == ["text"]


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment whose PATH leads to nothing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DIGEST_CHROMIUM", raising=False)
    return monkeypatch


def test_without_a_browser_the_line_to_run_is_said(room: Path, elsewhere: pytest.MonkeyPatch) -> None:
    done = shoot(room)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: no Chromium was found (hint: apt-get install chromium;")
    elsewhere.setenv("DIGEST_CHROMIUM", "/nowhere/chromium")
    assert "/nowhere/chromium: there is no such program" in shoot(room).err
    assert shoot(room, "--json").data["error"]["where"] == "/nowhere/chromium"


def test_a_browser_may_be_named(room: Path, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").write_text(f'#!/bin/sh\ntouch {tmp_path}/started\nexec {program} "$@"\n')
    (tmp_path / "mine").chmod(0o755)
    monkeypatch.setenv("DIGEST_CHROMIUM", str(tmp_path / "mine"))
    assert shoot(room, "--only", "text", "--out", tmp_path / "out").code == 0
    assert (tmp_path / "started").exists()
    monkeypatch.setenv("DIGEST_CHROMIUM", "/nowhere/chromium")
    named = shoot(room, "--browser", tmp_path / "mine", "--only", "text", "--out", tmp_path / "out")
    assert named.code == 0


def test_an_issue_that_is_not_what_was_built_is_not_shown(room: Path, tmp_path: Path) -> None:
    shutil.copytree(room, tmp_path / "room")
    (tmp_path / "room" / "issues" / "2024-W43" / "email.html").write_text("changed by hand")
    done = shoot(tmp_path / "room", "--only", "text")
    assert done.code == 1
    assert "is not what was built" in done.err
    assert "there is no such issue" in shoot(tmp_path / "room", "2024-W44").err


def test_a_place_that_cannot_be_written_is_said(room: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = shoot(room, "--only", "text", "--out", tmp_path / "file" / "inner")
    assert (done.code, done.out) == (1, "")
    assert "the picture cannot be written" in done.err


def test_a_newsroom_keeps_its_pictures_out_of_git(tmp_path: Path) -> None:
    git = ("git", "-c", "core.excludesFile=/dev/null")
    subprocess.run([*git, "init", "-q"], cwd=tmp_path, check=True)
    album_folder(tmp_path, "2024-W43").mkdir()
    (tmp_path / "shots" / "2024-W43" / "2024-W43-600.png").write_bytes(PICTURE)
    seen = subprocess.run([*git, "status", "--porcelain"], cwd=tmp_path, check=True, capture_output=True)
    assert seen.stdout == b""
    (tmp_path / "shots" / ".gitignore").write_text("mine")
    album_folder(tmp_path, "2024-W43")
    assert (tmp_path / "shots" / ".gitignore").read_text() == "mine"


def test_a_folder_of_pictures_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "shots").write_text("in the way")
    with pytest.raises(DiskError, match="a file is in the way"):
        album_folder(tmp_path, "2024-W43")
