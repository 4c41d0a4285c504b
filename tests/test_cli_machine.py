"""Digest on the machine: without a home, without a name, without a terminal or on one, interrupted, and two at once."""

import os
import pty
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from newsrooms import room
from running import TOML, digest, files, newsroom
from site_of_its_own import magazine

WEEK = ("--week", "2024-W43")
DIGEST = (sys.executable, "-m", "digest")
ROOT = os.geteuid() == 0


def run(
    folder: Path,
    command: Sequence[str],
    environment: dict[str, str],
    *,
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, env=environment, stdout=stdout, stderr=stderr, text=True, check=False)


def test_without_an_environment(tmp_path: Path) -> None:
    newsroom(tmp_path)
    for arguments in (("build", *WEEK), ("sent",), ("issues",)):
        done = run(tmp_path, (*DIGEST, *arguments), {})
        assert (done.returncode, "Traceback" in done.stderr) == (0, False)


@pytest.mark.skipif(not ROOT, reason="only root can become a user whom nobody knows")
def test_a_user_without_a_name_or_a_home(tmp_path: Path) -> None:
    newsroom(tmp_path)
    tmp_path.chmod(0o755)
    rights = "+dac_override,+dac_read_search"  # the folder, and this Python, are root's own
    nobody = ("setpriv", "--reuid=54321", f"--inh-caps={rights}", f"--ambient-caps={rights}")
    for arguments in (("build", *WEEK), ("sent",)):
        done = run(tmp_path, (*nobody, *DIGEST, *arguments), {"PYTHONDONTWRITEBYTECODE": "1", "PATH": os.defpath})
        assert done.returncode == 0, done.stderr
    assert b'"by":"unknown"' in (tmp_path / "issues/2024-W43/delivery.jsonl").read_bytes()


def test_an_output_that_is_full(tmp_path: Path, plain_environment: dict[str, str]) -> None:
    newsroom(tmp_path)
    with Path("/dev/full").open("wb") as full:
        done = run(tmp_path, (*DIGEST, "issues"), plain_environment, stdout=full.fileno())
    assert done.returncode == 1
    assert (
        done.stderr == "error: cannot go on: No space left on device (hint: make room on the disk, then run it again)\n"
    )


@pytest.mark.parametrize("buffering", [{"PYTHONUNBUFFERED": ""}, {"PYTHONUNBUFFERED": "1"}])
def test_a_reader_that_has_gone_is_no_error_and_no_reason_to_stop(
    tmp_path: Path, plain_environment: dict[str, str], buffering: dict[str, str]
) -> None:
    newsroom(tmp_path)
    for arguments, code in ((("build", *WEEK), 0), (("sent", "2024-W01"), 1)):
        reads, writes = os.pipe()
        os.close(reads)
        done = run(tmp_path, (*DIGEST, *arguments), plain_environment | buffering, stdout=writes)
        os.close(writes)
        assert done.returncode == code
        assert "Traceback" not in done.stderr
        assert "Exception ignored" not in done.stderr
    assert (tmp_path / "issues/2024-W43/issue.json").exists()


def test_an_error_of_the_system_that_nobody_expected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom(tmp_path)

    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "articles.db")

    monkeypatch.setattr("digest.cli.desk.Desk.newsroom", fail)
    done = digest(tmp_path, "issues")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: articles.db: cannot go on: Permission denied (hint: ")


def test_an_interrupt_ends_it_with_a_line(tmp_path: Path, plain_environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/feed"
        newsroom(tmp_path, f'{TOML}[[sources]]\nname = "CMS"\nurl = "{url}"\n')
        started = subprocess.Popen(
            ("env", "--default-signal=INT", *DIGEST, "ingest"),  # whatever our own starter ignores
            cwd=tmp_path,
            env=plain_environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        connection, _ = silent.accept()
        with connection, started:
            started.send_signal(signal.SIGINT)
            out, err = started.communicate(timeout=20)
    assert (started.returncode, out, err) == (130, b"", b"stopped: what was read is stored\n")
    assert digest(tmp_path, "ingest", "--source", "notes").code == 0


def on_a_terminal(folder: Path, arguments: Sequence[str], environment: dict[str, str]) -> tuple[str, str]:
    """Run `digest` with standard error on a terminal; return what it printed and what the terminal got."""
    ours, theirs = pty.openpty()
    done = run(folder, (*DIGEST, *arguments), environment, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # Linux's way to say that the terminal's other side is closed
        pass
    os.close(ours)
    assert done.returncode == 0
    return done.stdout, shown.decode()


def test_progress_is_shown_on_a_terminal_alone(tmp_path: Path, plain_environment: dict[str, str]) -> None:
    newsroom(tmp_path)
    plain = {name: value for name, value in plain_environment.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    terminal = plain | {"TERM": "xterm-256color"}
    out, shown = on_a_terminal(tmp_path, ("ingest",), terminal)
    assert out == "notes: 6 new, 0 updated, 0 as before\n"
    assert "Reading: notes" in shown
    assert re.search(r"\x1b\[[\d;]+m", shown)

    _, shown = on_a_terminal(tmp_path, ("ingest",), terminal | {"NO_COLOR": "1"})
    assert "Reading: notes" in shown
    assert not re.search(r"\x1b\[[\d;]+m", shown)

    for arguments in (("-q", "ingest"), ("ingest", "--json")):
        assert on_a_terminal(tmp_path, arguments, terminal)[1] == ""
    piped = run(tmp_path, (*DIGEST, "ingest"), terminal)
    assert (piped.stdout, piped.stderr) == ("notes: 0 new, 0 updated, 6 as before\n", "")


def test_progress_says_how_many_pages_are_read(tmp_path: Path, plain_environment: dict[str, str]) -> None:
    with magazine() as site:
        folder = room(tmp_path / "room", site, "/excerpts.xml")
        _, shown = on_a_terminal(folder, ("ingest",), plain_environment | {"TERM": "xterm-256color", "NO_COLOR": "1"})
    assert "Reading: excerpts (pages)" in shown
    assert "5 of 5" in shown


def test_quiet_says_errors_and_the_answer_alone(tmp_path: Path) -> None:
    newsroom(tmp_path)
    (tmp_path / "notes" / "broken.md").write_text("---\ntitle: [\n---\n")
    done = digest(tmp_path, "-q", "build", *WEEK)
    assert (done.code, done.out, done.err) == (0, "issues/2024-W43\n", "")
    failed = digest(tmp_path, "-q", "build", *WEEK, "--strict")
    assert (failed.code, failed.out) == (1, "")
    assert failed.err.startswith("error: could not be read: notes/broken.md")


def test_two_builds_of_one_issue_at_once(tmp_path: Path, plain_environment: dict[str, str]) -> None:
    newsroom(tmp_path)
    for _ in range(3):
        started = [
            subprocess.Popen(
                (*DIGEST, "build", *WEEK), cwd=tmp_path, env=plain_environment, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True,
            )
            for _ in range(2)
        ]  # fmt: skip
        ends = [(process.communicate(timeout=60)[1], process.returncode) for process in started]
        assert {code for _, code in ends} in ({0}, {0, 4})
        for said, code in ends:
            assert "Traceback" not in said
            assert ("error: issues/2024-W43: digest is at work on this issue" in said) is (code == 4)
        names = {path.name for path in (tmp_path / "issues/2024-W43").iterdir()} - {".lock"}
        assert names == {"issue.json", "email.html", "email.txt", "web.html", "edits.toml"}
        whole = files(tmp_path / "issues")
        assert digest(tmp_path, "build", "--frozen", "2024-W43").code == 0
        assert files(tmp_path / "issues") == whole
