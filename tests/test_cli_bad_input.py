"""Whatever comes in: a clear message (what, where, what to do), the right exit code, nothing lost, no traceback."""

import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from running import digest, files, newsroom, note

WEEK = ("--week", "2024-W43")
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<rss><channel><item><title>&b;</title></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("schema = 1\n[magazine\n", "is no TOML"),
        ("schema = 1\n[magazine]\nnme = 'H'\n", "did you mean 'name'?"),
        ("schema = 1\n[magazine]\nname = 'H'\nzone = 'Mars/Base'\n", "no such time zone"),
        ("schema = 2\n", "this Digest reads up to 1"),
    ],
)
def test_a_configuration_that_cannot_be_used(tmp_path: Path, toml: str, said: str) -> None:
    newsroom(tmp_path, toml)
    done = digest(tmp_path, "build", *WEEK)
    assert done.code == 2
    assert "digest.toml" in done.err
    assert said in done.err
    assert "hint" in done.err


def test_no_newsroom(tmp_path: Path) -> None:
    done = digest(tmp_path, "build")
    assert (done.code, "digest init" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("feed.xml", b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>"),
        ("feed.xml", b""),
        ("feed.xml", b"\x00\x01\x02" * 1000),
        ("page.html", b"<html><body><nav>Home</nav></body></html>"),
        ("page.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10),
        ("note.md", b"---\ntitle: [\n---\nText"),
        ("note.md", b"no front matter, no title"),
        ("scrape.txt", b""),
        ("scrape.txt", b"Follow us on social\n\n\n"),
        ("feed.xml", BOMB),
    ],
)
def test_a_file_that_holds_no_article_is_a_row_of_the_report(tmp_path: Path, name: str, content: bytes) -> None:
    newsroom(tmp_path)
    (tmp_path / name).write_bytes(content)
    done = digest(tmp_path, "ingest", name)
    assert done.code == 1
    assert name in done.err
    assert "Traceback" not in done.err
    report = digest(tmp_path, "ingest", name, "--json").data
    assert report[0]["problems"]
    assert report[0]["tally"] == {"new": 0, "same": 0, "updated": 0}


def test_one_bad_article_never_ends_a_build(tmp_path: Path) -> None:
    newsroom(tmp_path)
    (tmp_path / "notes" / "broken.md").write_bytes(b"---\ntitle: [\n---\n")
    done = digest(tmp_path, "build", *WEEK)
    assert done.code == 0
    assert "broken.md" in done.err
    assert digest(tmp_path, "ingest", "--strict").code == 1


def test_a_truncated_feed_gives_what_can_be_read_and_says_the_loss(tmp_path: Path) -> None:
    item = (
        "<item><title>Story {0}</title><link>https://harbour.example/{0}</link>"
        "<pubDate>Mon, 21 Oct 2024 0{0}:00:00 GMT</pubDate><description>Word {0} of it.</description></item>"
    )
    text = "<rss version='2.0'><channel><title>H</title>" + "".join(item.format(number) for number in range(1, 6))
    newsroom(tmp_path)
    (tmp_path / "feed.xml").write_text(text[:-60])
    done = digest(tmp_path, "ingest", "feed.xml", "--json")
    assert done.data[0]["tally"]["new"] >= 4
    assert done.data[0]["problems"]


def test_what_a_title_says_in_html_arrives_as_text(tmp_path: Path) -> None:
    newsroom(tmp_path)
    note(tmp_path, "markup", "2024-10-22 09:00", title="'Ships &amp; <em>sails</em> <script>alert(1)</script>'")
    digest(tmp_path, "build", *WEEK)
    page = (tmp_path / "issues/2024-W43/email.html").read_text(encoding="utf-8")
    assert "Ships &amp; sails" in page
    assert "<em>sails" not in page
    assert "<script" not in page


def test_c1_controls_and_mojibake_are_repaired(tmp_path: Path) -> None:
    newsroom(tmp_path)
    note(tmp_path, "broken", "2024-10-22 09:00", title="The harbour\x92s cafÃ© is open")
    digest(tmp_path, "build", *WEEK)
    text = (tmp_path / "issues/2024-W43/email.txt").read_text(encoding="utf-8")
    assert "The harbour’s café is open" in text


def test_a_file_of_200_megabytes(tmp_path: Path) -> None:
    newsroom(tmp_path)
    with (tmp_path / "huge.xml").open("wb") as file:
        file.truncate(200_000_000)
    done = digest(tmp_path, "ingest", "huge.xml")
    assert done.code == 1
    assert "huge.xml" in done.err
    assert "MB" in done.err


@pytest.mark.parametrize("path", ["missing.txt", "missing-folder"])
def test_a_file_that_is_not_there(tmp_path: Path, path: str) -> None:
    newsroom(tmp_path)
    done = digest(tmp_path, "ingest", path)
    assert done.code == 1
    assert path in done.err


def test_an_unreadable_folder(tmp_path: Path, plain_environment: dict[str, str]) -> None:
    newsroom(tmp_path)
    (tmp_path / "notes").chmod(0o000)
    command = [sys.executable, "-m", "digest", "ingest"]
    if os.geteuid() == 0:  # without these two rights root is held to a file's mode like anybody
        rights = "-dac_override,-dac_read_search"
        command = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}", *command]
    done = subprocess.run(command, cwd=tmp_path, env=plain_environment, capture_output=True, text=True, check=False)
    (tmp_path / "notes").chmod(0o755)
    assert done.returncode == 1
    assert "notes" in done.stderr
    assert "hint" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("kind", ["text", "foreign", "newer"])
def test_a_database_that_is_not_ours(tmp_path: Path, kind: str) -> None:
    newsroom(tmp_path)
    path = tmp_path / "articles.db"
    if kind == "text":
        path.write_text("This is not a database at all, but a text of some length. " * 20)
    else:
        digest(tmp_path, "ingest")
        statement = "PRAGMA application_id = 7" if kind == "foreign" else "PRAGMA user_version = 99"
        with sqlite3.connect(path) as connection:
            connection.execute(statement)
        connection.close()
    before = path.read_bytes()
    done = digest(tmp_path, "build", *WEEK)
    assert done.code == 1
    assert "articles.db" in done.err
    assert "hint" in done.err
    assert path.read_bytes() == before


def test_a_locked_database_is_said_and_left_alone(tmp_path: Path, plain_environment: dict[str, str]) -> None:
    newsroom(tmp_path)
    digest(tmp_path, "ingest")
    note(tmp_path, "fresh", "2024-10-22 09:00")
    holder = sqlite3.connect(tmp_path / "articles.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    done = subprocess.run(
        [sys.executable, "-m", "digest", "ingest"],
        cwd=tmp_path,
        env=plain_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    holder.execute("ROLLBACK")
    holder.close()
    assert done.returncode == 1
    assert "articles.db" in done.stderr
    assert "Traceback" not in done.stderr
    assert digest(tmp_path, "ingest").out.startswith("notes: 1 new")


def test_a_full_disk_leaves_the_old_issue(tmp_path: Path, plain_environment: dict[str, str]) -> None:
    newsroom(tmp_path)
    for number in range(20):
        note(tmp_path, f"wave{number}", f"2024-10-22 09:{number + 10}")
    digest(tmp_path, "build", *WEEK)
    before = files(tmp_path / "issues")
    command = [sys.executable, "-m", "digest", "build", *WEEK]

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (33_000, 33_000))

    # Python ignores SIGXFSZ, so that a write past the limit fails as on a full disk. SQLite's own files stay below it.
    # Python 3.11 does not notice that it wrote half of a .pyc, and would leave a broken one for everybody.
    quiet = {**plain_environment, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, cwd=tmp_path, env=quiet, capture_output=True, text=True, check=False, preexec_fn=little
    )
    assert done.returncode == 1
    assert "issue cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    digest(tmp_path, "issues")
    assert files(tmp_path / "issues") == before


def test_a_file_in_place_of_issues(tmp_path: Path) -> None:
    newsroom(tmp_path)
    (tmp_path / "issues").write_text("in the way")
    done = digest(tmp_path, "build", *WEEK)
    assert done.code == 1
    assert "issues" in done.err
    assert (tmp_path / "issues").read_text() == "in the way"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--week", "2024-W54"), "52 weeks"),
        (("--week", "10/11/12"), "hint"),
        (("--since", "2024-10-20", "--until", "2024-10-01"), "hint"),
        (("--since", "last-issue"), "hint"),
        (("--day", "2024-02-30"), "hint"),
    ],
)
def test_a_window_that_is_none(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    newsroom(tmp_path)
    done = digest(tmp_path, "articles", *arguments)
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("ingest", "--source", "nowhere"),
        ("ingest", "notes/anchor.md", "--published", "10/11/12"),
        ("ingest", "notes/anchor.md", "--url", "htp:/x"),
        ("ingest", "notes/anchor.md", "notes/buoy.md", "--url", "https://harbour.example/one"),
        ("deliver", "--service", "pigeon"),
        ("sent", "2024-W43", "--at", "soon"),
        ("init", "."),
    ],
)
def test_what_a_command_cannot_use(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    newsroom(tmp_path)
    digest(tmp_path, "build", *WEEK)
    done = digest(tmp_path, *arguments)
    assert done.code == 2
    assert "hint" in done.err


def test_an_issue_that_is_not_there(tmp_path: Path) -> None:
    newsroom(tmp_path)
    for command in (("sent",), ("deliver", "2024-W01"), ("build", "--frozen", "2024-W01"), ("sent", "2024-W01")):
        done = digest(tmp_path, *command)
        assert done.code == 1
        assert "hint" in done.err
