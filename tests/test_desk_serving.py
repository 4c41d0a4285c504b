"""`digest preview` as a process: what it opens, who is answered, how it ends."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from desk_running import LABEL, RunningDesk, copied, desk, sample
from digest.issues.folder import IssueFolder
from digest.preview.claiming import Claim, claimed
from digest.wire import to_json
from running import digest


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def running(newsroom: Path) -> Iterator[RunningDesk]:
    with desk(newsroom) as running:
        yield running


def test_the_address_with_its_token_becomes_a_cookie_and_an_address_without(running: RunningDesk) -> None:
    split = urlsplit(running.url)
    answer = running.send("GET", f"/?{split.query}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert answer.headers["set-cookie"].endswith("; HttpOnly; Path=/; SameSite=strict")
    assert split.query.partition("=")[2] not in answer.headers["set-cookie"]
    assert running.get("/").status == 200


def test_every_answer_says_what_may_be_done_with_it(running: RunningDesk) -> None:
    for path in ("/", "/state", "/frame/desktop", "/static/desk.css", "/nowhere", "/images/none.png"):
        headers = running.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["content-security-policy"].startswith("default-src 'none';")
        assert "server" not in headers
    page = running.get("/").headers["content-security-policy"]
    assert "script-src 'self'" in page
    assert "unsafe" not in page
    assert "sandbox" in running.get("/frame/desktop").headers["content-security-policy"]


def test_the_page_shows_the_issue_and_the_state_has_its_order(running: RunningDesk) -> None:
    state = running.state
    page = running.get("/").text
    assert state["issue"]["window"]["label"] == running.label
    assert state["trouble"] is None
    assert [row["title"] for row in state["order"][:1]] == [
        state["issue"]["sections"][0]["entries"][0]["title"]["text"]
    ]
    assert state["order"][0]["title"] in page
    assert f'data-version="{state["version"]}"' in page


def test_a_change_of_the_editors_file_is_seen_by_itself(newsroom: Path, tmp_path: Path) -> None:
    with desk(copied(newsroom, tmp_path)) as running:
        (running.issue / "edits.toml").write_text('schema = 1\n[issue]\nsubject = "Fog on the quay"\n')
        running.until(lambda state: state["issue"]["subject"]["text"] == "Fog on the quay")
        assert "Fog on the quay" in running.get("/").text


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_at_once_though_a_window_listens(newsroom: Path, tmp_path: Path, how: signal.Signals) -> None:
    room = copied(newsroom, tmp_path)
    with desk(room) as running, socket.create_connection(("127.0.0.1", urlsplit(running.url).port or 0)) as window:
        lines = ("GET /events HTTP/1.1", f"Host: {urlsplit(running.url).netloc}", f"Cookie: {running.cookie}", "", "")
        window.sendall("\r\n".join(lines).encode())
        assert window.recv(1000).startswith(b"HTTP/1.1 200")
        began = time.monotonic()
        assert running.stop(how) == 0
        assert time.monotonic() - began < 8  # with the machine at work; a stream that is waited for never ends
        assert running.process.stdout is not None
        assert running.process.stdout.read() == "closed\n"


def test_a_port_that_is_taken_is_said(newsroom: Path, tmp_path: Path) -> None:
    room = copied(newsroom, tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = digest(room, "preview", "--no-browser", "--port", port)
    assert done.code == 1
    assert done.err == (
        f"error: port {port}: cannot be opened: Address already in use (hint: leave --port out for a free one)\n"
    )


def test_it_listens_on_loopback_alone(running: RunningDesk) -> None:
    port = urlsplit(running.url).port
    assert urlsplit(running.url).hostname == "127.0.0.1"
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", port), timeout=5)


def test_a_second_desk_on_the_issue_is_led_to_the_first(running: RunningDesk) -> None:
    done = digest(running.folder, "preview", running.label, "--no-browser")
    assert (done.code, done.out) == (0, f"{running.url}\n")
    assert f"a desk is open on this issue (process {running.process.pid})" in done.err
    assert (running.issue / ".desk").stat().st_mode & 0o077 == 0


def test_a_desk_on_another_issue_of_the_newsroom_is_told_of_the_first(newsroom: Path, tmp_path: Path) -> None:
    room = copied(newsroom, tmp_path)
    assert digest(room, "build", "--week", "2024-W42", "--thin-ok").code == 0
    with desk(room) as first, desk(room, label="2024-W42") as second:
        assert second.notes == [f"note: a desk is open on 2024-W43 too: {first.url}"]
        assert second.state["issue"]["window"]["label"] == "2024-W42"


def test_two_desks_of_one_machine_do_not_throw_each_other_out(newsroom: Path, tmp_path: Path) -> None:
    room = copied(newsroom, tmp_path)
    assert digest(room, "build", "--week", "2024-W42", "--thin-ok").code == 0
    with desk(room) as first, desk(room, label="2024-W42") as second:
        jar = {}  # as a browser keeps it: by name and host, and no port is part of a host
        for running in (first, second):
            name, _, value = running.cookie.partition("=")
            jar[name] = value
        cookies = "; ".join(f"{name}={value}" for name, value in jar.items())
        for running in (first, second, first):
            answer = running.send("GET", "/state", Cookie=cookies, Sec_Fetch_Site="same-origin")
            assert (answer.status, answer.data["issue"]["window"]["label"]) == (200, running.label)


def test_a_desk_that_was_killed_has_no_issue_any_more(newsroom: Path, tmp_path: Path) -> None:
    room = copied(newsroom, tmp_path)
    with desk(room) as first:
        first.stop(signal.SIGKILL)
        assert (first.issue / ".desk").exists()
    with desk(room) as second:
        assert second.get("/").status == 200
        assert second.stop() == 0
        assert not (second.issue / ".desk").exists()


def test_a_desk_of_another_machine_is_named(newsroom: Path, tmp_path: Path) -> None:
    folder = IssueFolder(copied(newsroom, tmp_path) / "issues" / LABEL)
    with claimed(folder):
        done = digest(tmp_path / "copy", "preview", "--no-browser")
        assert (done.code, "it is just being opened" in done.err) == (4, True)
        claim = Claim(url="http://127.0.0.1:1/", process=1, machine="the-other-laptop", who="ada")
        (folder.path / ".desk").write_bytes(to_json(claim))
        done = digest(tmp_path / "copy", "preview", "--no-browser")
    assert (done.code, done.out) == (4, "")
    assert "a desk is open on this issue at the-other-laptop, by ada" in done.err


def test_what_the_desk_shows_is_in_the_folder_a_moment_later(newsroom: Path, tmp_path: Path) -> None:
    with desk(copied(newsroom, tmp_path)) as running:
        (running.issue / "edits.toml").write_text('schema = 1\n[issue]\nsubject = "Fog on the quay"\n')
        running.until(lambda state: state["issue"]["subject"]["text"] == "Fog on the quay")
        assert running.stop() == 0  # what is begun is finished first
        assert json.loads((running.issue / "issue.json").read_bytes())["subject"]["text"] == "Fog on the quay"


def test_another_theme_is_shown_and_one_that_is_not_there_is_said(newsroom: Path, tmp_path: Path) -> None:
    room = copied(newsroom, tmp_path)
    with desk(room, "--theme", "letter") as running:
        assert running.state["issue"]["theme"]["name"] == "letter"
    done = digest(room, "preview", "--theme", "leter", "--no-browser")
    assert (done.code, "leter" in done.err) == (1, True)


def test_an_issue_that_was_never_built_is_said_with_what_builds_it(newsroom: Path, tmp_path: Path) -> None:
    done = digest(newsroom, "preview", "2024-W01", "--no-browser")
    assert done.code == 1
    assert "there is no such issue (hint: build it first: digest build --week 2024-W01; what there is" in done.err
    assert not (newsroom / "issues/2024-W01").exists()
    assert digest(tmp_path, "init", "--sample", "bare").code == 0
    done = digest(tmp_path / "bare", "preview", "--no-browser")
    assert (done.code, "there is no issue yet (hint: build one first: digest build --week)" in done.err) == (1, True)


def test_the_help_loads_nothing_of_the_server() -> None:
    script = (
        "import sys\nsys.argv = ['digest', '--help']\nfrom digest.cli import main\ntry:\n    main()\nfinally:\n    "
    )
    script += "assert not {'starlette', 'uvicorn', 'asyncio', 'digest.preview'} & sys.modules.keys(), 'too much'"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_answer_waits_for_the_other_side_to_say_that_it_has_the_first_part(running: RunningDesk) -> None:
    with closing(HTTPConnection(urlsplit(running.url).netloc, timeout=30)) as kept:
        took = []
        for _ in range(40):
            began = time.perf_counter()
            kept.request("GET", "/state", headers={"Cookie": running.cookie, "Sec-Fetch-Site": "same-origin"})
            assert kept.getresponse().read()
            took.append(time.perf_counter() - began)
    assert sorted(took[20:])[3] < 0.035, "a delayed acknowledgement takes 40 ms, each time"
