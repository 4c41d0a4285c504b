"""What can go wrong while the desk is open: it is told, the last good mail stays, and it mends by itself."""

import hashlib
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import pictured
from desk_running import LABEL, RunningDesk, copied, desk, sample
from running import digest

SUBJECT = 'schema = 1\n[issue]\nsubject = "{}"\n'

SUBJECT_OF = {"act": "issue", "field": "subject"}


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("troubles"))


@pytest.fixture
def running(newsroom: Path, tmp_path: Path) -> Iterator[RunningDesk]:
    with desk(copied(newsroom, tmp_path)) as running:
        running.until(lambda state: state["built"])
        yield running


def test_edits_that_cannot_be_read_are_told_with_their_line_and_nothing_is_written_over_them(
    running: RunningDesk,
) -> None:
    mail = running.get("/frame/desktop").body
    broken = 'schema = 1\n[issue]\nsubject = "Fog\n'
    (running.issue / "edits.toml").write_text(broken)
    trouble = running.until(lambda state: state["trouble"])
    assert trouble["where"].endswith("edits.toml")
    assert "line 3" in trouble["message"]
    assert running.get("/frame/desktop").body == mail
    assert trouble["message"] in running.get("/").text.replace("&#39;", "'").replace("&#34;", '"')
    answer = running.do("issue", field="subject", text="Mine")
    assert answer.status == 422
    assert (running.issue / "edits.toml").read_text() == broken
    (running.issue / "edits.toml").write_text(SUBJECT.format("Fog"))
    running.until(lambda state: state["trouble"] is None)
    state = running.state
    assert state["issue"]["subject"]["text"] == "Fog"


def test_an_error_in_a_template_is_told_with_file_and_line_and_editing_goes_on(running: RunningDesk) -> None:
    assert digest(running.folder, "theme", "new", "mine", "--from", "roundup").code == 0
    config = running.folder / "digest.toml"
    config.write_text(config.read_text().replace("[[newsletters]]\n", '[[newsletters]]\ntheme = "mine"\n'))
    running.until(lambda state: state["issue"]["theme"]["name"] == "mine", 5)
    mail = running.get("/frame/desktop").body
    template = running.folder / "templates/mine/email.html"
    good = template.read_text()
    template.write_text(good.replace("{% endblock %}", "{% endblok %}", 1))
    trouble = running.until(lambda state: state["trouble"], 5)
    assert trouble["where"].startswith(str(template.relative_to(running.folder)) + ":")
    assert running.get("/frame/desktop").body == mail
    answer = running.do("issue", field="subject", text="Fog on the quay")
    assert answer.status == 200
    assert "Fog on the quay" in (running.issue / "edits.toml").read_text()
    again = running.post(
        "/do", {"seen": answer.data["version"], "decision": {"act": "issue", "field": "subject", "text": "Fog"}}
    )
    assert again.status == 200
    template.write_text(good)
    running.until(lambda state: state["trouble"] is None, 5)
    state = running.state
    assert state["issue"]["subject"]["text"] == "Fog"


def test_a_configuration_that_cannot_be_used_is_told_and_the_old_one_stays(running: RunningDesk) -> None:
    config = running.folder / "digest.toml"
    good = config.read_text()
    config.write_text(good + "\n[pictures]\nweight = -3\n")
    trouble = running.until(lambda state: state["trouble"])
    assert "digest.toml" in trouble["where"]
    assert running.get("/").status == 200
    answer = running.do("issue", field="subject", text="Fog on the quay")
    assert answer.status == 200
    assert running.state["trouble"] == trouble  # a draft with the old configuration does not hide it
    config.write_text(good.replace("Tidewater Weekly", "Tidewater Daily"))
    running.until(lambda state: state["trouble"] is None, 5)
    state = running.state
    assert state["issue"]["newsletter_title"] == "Tidewater Daily"
    assert state["issue"]["subject"]["text"] == "Fog on the quay"


def test_while_another_command_writes_the_archive_editing_goes_on(running: RunningDesk) -> None:
    with closing(sqlite3.connect(running.folder / "articles.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert running.do("issue", field="subject", text="Fog on the quay").status == 200
        assert running.state["issue"]["subject"]["text"] == "Fog on the quay"
        other.execute("ROLLBACK")


def test_a_desk_without_any_draft_says_why_and_begins_when_it_can(newsroom: Path, tmp_path: Path) -> None:
    room = copied(newsroom, tmp_path)
    archive = (room / "articles.db").read_bytes()
    (room / "articles.db").write_bytes(b"this is no database " * 100)
    with desk(room) as running:
        answer = running.get("/")
        assert (answer.status, "articles.db" in answer.text) == (503, True)
        assert running.state["issue"] is None
        assert running.get("/frame/desktop").status == 404
        approval = {"seen": running.state["version"], "drafted": "", "by": "Ann"}
        assert running.post("/approve", approval).status in {422, 500}
        (room / "articles.db").write_bytes(archive)
        running.until(lambda state: state["issue"], 10)
        assert running.get("/").status == 200


def test_a_new_article_appears_by_itself(running: RunningDesk) -> None:
    (running.folder / "sample/notes/late.md").write_text(
        "---\ntitle: A story that came late\ndate: 2024-10-24 10:00\nauthor: Ada Quill\nsection: Reporting\n"
        "url: https://tidewater.example/reporting/a-story-that-came-late\n---\n"
        + "The gate of the lock was open. "
        * 60,
        encoding="utf-8",
    )
    assert digest(running.folder, "ingest").code == 0
    running.until(lambda state: "A story that came late" in json.dumps(state["issue"]), 10)


def test_a_picture_that_is_replaced_in_the_newsrooms_own_folder_appears_by_itself(running: RunningDesk) -> None:
    files = {hashlib.sha256(each.read_bytes()).hexdigest(): each for each in running.folder.rglob("img/*.jpg")}
    shown = next(files[hash_] for each in pictures(running.state) if (hash_ := each["source_hash"]) in files)
    other = next(each for each in files.values() if each != shown)
    time.sleep(1.5)  # opening the desk is a change too: the archive has a log beside it since then
    shutil.copy(other, shown)
    wanted = hashlib.sha256(shown.read_bytes()).hexdigest()
    running.until(lambda state: wanted in {each["source_hash"] for each in pictures(state)}, 5)


def pictures(state: Any) -> list[Any]:
    """Return the pictures that an issue shows."""
    return [each["picture"] for section in state["issue"]["sections"] for each in section["entries"] if each["picture"]]


def test_a_backup_of_the_archive_put_in_its_place_is_what_is_shown(running: RunningDesk) -> None:
    backup = running.folder / "backup.db"
    with closing(sqlite3.connect(running.folder / "articles.db")) as archive, closing(sqlite3.connect(backup)) as copy:
        archive.backup(copy)
        copy.execute("DELETE FROM article")
        copy.commit()
    stories = len(running.state["order"])
    backup.replace(running.folder / "articles.db")
    running.until(lambda state: len(state["order"]) < stories, 10)
    assert running.do("issue", field="subject", text="Fog on the quay").status == 200


def test_a_disk_that_is_full_is_told_and_what_was_decided_before_stays(newsroom: Path, tmp_path: Path) -> None:
    room = copied(newsroom, tmp_path)
    mounted = tmp_path / "small"
    mounted.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(mounted)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("only root may make a small disk")
    try:
        shutil.copytree(room / "issues", mounted / "issues")
        shutil.rmtree(room / "issues")
        (room / "issues").symlink_to(mounted / "issues")
        with desk(room) as running:
            running.until(lambda state: state["built"])
            assert running.do("issue", field="subject", text="Fog on the quay").status == 200
            running.until(lambda state: state["built"])
            with (mounted / "fill").open("wb") as fill:
                free = os.statvfs(mounted)
                fill.write(b"x" * (free.f_bavail * free.f_frsize))
            answer = running.do("issue", field="subject", text="F" * 30_000)
            assert answer.status == 500
            assert "No space left" in answer.data["message"]
            assert "Fog on the quay" in (running.issue / "edits.toml").read_text()
            assert running.get("/").status == 200
            (mounted / "fill").unlink()
            assert running.do("issue", field="subject", text="Rain on the quay").status == 200
            running.until(lambda state: state["built"] and state["trouble"] is None)
            assert running.stop() == 0
        assert "Rain on the quay" in (room / "issues/2024-W43/issue.json").read_text()
    finally:
        subprocess.run(["umount", "-l", str(mounted)], check=True)


def test_what_is_decided_while_a_draft_waits_for_a_picture_is_kept_and_answered_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # it takes connections and never answers
        room = pictured.newsroom(tmp_path / "room", {"quay": f"http://127.0.0.1:{silent.getsockname()[1]}/quay.jpg"})
        assert digest(room, "build", "--week", LABEL, "--offline").code == 0
        with desk(room) as running, silent.accept()[0]:
            began, edits = time.monotonic(), running.issue / "edits.toml"
            version = hashlib.sha256(edits.read_bytes()).hexdigest()
            for text in ("Fog on the quay", "Rain on the quay"):
                answer = running.post("/do", {"seen": version, "decision": {**SUBJECT_OF, "text": text}})
                assert (answer.status, text in edits.read_text()) == (200, True)
                version = answer.data["version"]
            assert running.post("/undo", {"seen": version}).status == 200
            assert time.monotonic() - began < 5, "the picture is waited for twenty seconds"
            assert "Fog on the quay" in edits.read_text()
        assert '"Fog on the quay"' in edits.read_text()


def test_a_desk_whose_first_draft_waits_for_a_picture_still_ends_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # it takes connections and never answers
        room = pictured.newsroom(tmp_path / "room", {"quay": f"http://127.0.0.1:{silent.getsockname()[1]}/quay.jpg"})
        assert digest(room, "build", "--week", LABEL, "--offline").code == 0
        with desk(room) as running, silent.accept()[0]:
            began = time.monotonic()
            assert running.stop(seconds=30) == 0
            assert time.monotonic() - began < 12
            assert running.process.stdout is not None
            assert "its last draft was not ready" in running.process.stdout.read()
        assert running.issue.joinpath("issue.json").exists()
