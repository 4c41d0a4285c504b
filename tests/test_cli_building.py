import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from running import TOML, digest, files, newsroom, note, titles

WEEK = ("--week", "2024-W43")
BUILT = {"email.html", "email.txt", "web.html", "issue.json"}


def edits(folder: Path, text: str, label: str = "2024-W43") -> None:
    path = folder / "issues" / label / "edits.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"schema = 1\n{text}", encoding="utf-8")


def test_a_build_reads_the_sources_and_leaves_a_whole_issue(tmp_path: Path) -> None:
    newsroom(tmp_path)
    done = digest(tmp_path, "build", *WEEK)
    assert done.code == 0
    assert done.err.splitlines() == [done.err.strip()]
    assert done.err.startswith("note: on offer: 1 carried over (skipped week)")
    assert re.match(
        r"notes: read \w{3} \d\d:\d\d, 6 articles, newest 28 October 2024 \(6 new, 0 updated, 0 as before\)\n", done.out
    )
    assert "Harbour Weekly No. 1: 18–25 October 2024 (2024-W43)" in done.out
    assert done.out.splitlines()[-1] == "issues/2024-W43"
    assert set(files(tmp_path / "issues" / "2024-W43")) == {*BUILT, "edits.toml"}
    text = (tmp_path / "issues/2024-W43/email.txt").read_text(encoding="utf-8")
    for slug in ("anchor", "buoy", "capstan", "davit"):
        assert f"The story of {slug}" in text
    assert "earlier" not in text
    assert "later" not in text


def test_building_again_gives_the_same_bytes_and_reads_nothing_that_is_covered(tmp_path: Path) -> None:
    newsroom(tmp_path)
    digest(tmp_path, "build", *WEEK)
    before = files(tmp_path / "issues")
    shutil.rmtree(tmp_path / "notes")
    done = digest(tmp_path, "build", *WEEK)
    assert done.code == 0
    assert re.match(r"notes: read \w{3} \d\d:\d\d, 6 articles, newest 28 October 2024\n", done.out)
    assert files(tmp_path / "issues") == before


def test_edits_survive_and_are_obeyed(tmp_path: Path) -> None:
    newsroom(tmp_path)
    digest(tmp_path, "build", *WEEK)
    edits(
        tmp_path,
        '[issue]\nsubject = "By hand"\n[[story]]\narticle = "https://harbour.example/anchor"\ndo = "pin"\n'
        'headline = "A better one"\nlead = "Two words."\n'
        '[[story]]\narticle = "https://harbour.example/buoy"\ndo = "drop"\n'
        '[[story]]\narticle = "https://harbour.example/earlier"\ndo = "add"\n'
        '[[story]]\narticle = "https://harbour.example/nowhere"\ndo = "add"\n'
        '[[link]]\nurl = "https://other.example/x"\ntitle = "From elsewhere"\nsource = "The Other"\n',
    )
    mine = (tmp_path / "issues/2024-W43/edits.toml").read_bytes()
    done = digest(tmp_path, "build", *WEEK)
    assert done.code == 0
    assert "https://harbour.example/nowhere: names no article in reach" in done.err
    assert (tmp_path / "issues/2024-W43/edits.toml").read_bytes() == mine
    record = json.loads((tmp_path / "issues/2024-W43/issue.json").read_bytes())
    assert record["subject"]["text"] == "By hand"
    lead = record["sections"][0]["entries"][0]
    assert (lead["title"]["text"], lead["lead"]["text"], lead["lead_mode"]) == ("A better one", "Two words.", "hand")
    shown = [entry["title"]["text"] for section in record["sections"] for entry in section["entries"]]
    assert "The story of earlier" in shown
    assert "From elsewhere" in shown
    assert "The story of buoy" not in shown


def test_edits_that_do_something_else_than_was_meant_are_said(tmp_path: Path) -> None:
    newsroom(tmp_path)
    story = '[[story]]\narticle = "https://harbour.example/{}"\n'
    edits(
        tmp_path,
        story.format("anchor")
        + 'section = "Opnion"\n'
        + story.format("buoy")
        + 'slot = "lead"\n'
        + story.format("davit")
        + 'slot = "lead"\n',
    )
    done = digest(tmp_path, "build", *WEEK)
    assert done.code == 0
    assert "The story of anchor: edits.toml puts it in 'Opnion'" in done.err
    assert "did you mean 'Opinion'?" in done.err
    assert done.err.count("asks for the lead slot, which another story has") == 1


def test_a_sent_issue_is_locked_and_its_stories_never_come_again(tmp_path: Path) -> None:
    newsroom(tmp_path)
    digest(tmp_path, "build", *WEEK)
    assert digest(tmp_path, "sent", "2024-W43", "--at", "2024-10-25 16:00").code == 0
    again = digest(tmp_path, "sent", "2024-W43")
    assert (again.code, "already" in again.out) == (0, True)
    locked = digest(tmp_path, "build", *WEEK)
    assert locked.code == 4
    assert "--undo" in locked.err
    for path in sorted((tmp_path / "notes").iterdir()):
        path.write_text(
            path.read_text(encoding="utf-8").replace("harbour.example/", "harbour.example/new-"), encoding="utf-8"
        )
    note(tmp_path, "anchor", "2024-10-26 09:00", title="Another headline")
    rows = digest(tmp_path, "articles", "--week", "2024-W44", "--json").data
    digest(tmp_path, "ingest")
    rows = digest(tmp_path, "articles", "--week", "2024-W44", "--json").data
    assert list(titles(rows)) == ["The story of later"]
    assert "sent-before" in {row["reason"]["code"] for row in rows["articles"]}
    assert digest(tmp_path, "sent", "2024-W43", "--undo").code == 0
    assert digest(tmp_path, "sent", "2024-W43", "--undo").code == 1
    assert digest(tmp_path, "build", *WEEK).code == 0


def test_what_is_held_is_first_in_line_for_the_next_issue(tmp_path: Path) -> None:
    newsroom(tmp_path)
    digest(tmp_path, "build", *WEEK)
    edits(tmp_path, '[[story]]\narticle = "https://harbour.example/anchor"\ndo = "hold"\n')
    digest(tmp_path, "build", *WEEK)
    rows = digest(tmp_path, "articles", *WEEK, "--json").data["articles"]
    assert {row["title"]: row["words"] for row in rows}["The story of anchor"].startswith("held")
    digest(tmp_path, "sent", "2024-W43", "--at", "2024-10-25 16:00")
    rows = digest(tmp_path, "articles", "--week", "2024-W44", "--json").data["articles"]
    held = next(row for row in rows if row["title"] == "The story of anchor")
    assert held["in"]
    assert held["reason"]["of"] == "2024-W43"


def test_the_number_counts_what_was_sent_before(tmp_path: Path) -> None:
    newsroom(tmp_path, TOML + "number_before = 99\n")
    digest(tmp_path, "build", *WEEK)
    digest(tmp_path, "sent")
    done = digest(tmp_path, "build", "--week", "2024-W44", "--json")
    assert done.data["number"] == 101
    rows = digest(tmp_path, "issues", "--json").data["issues"]
    assert [(row["label"], row["state"], row["number"]) for row in rows] == [
        ("2024-W43", "sent", 100),
        ("2024-W44", "built", 101),
    ]
    since = digest(tmp_path, "articles", "--since", "last-issue", "--until", "2024-10-31", "--json")
    assert list(titles(since.data)) == ["The story of later"]


def test_a_second_newsletter_has_its_own_issues_and_its_own_past(tmp_path: Path) -> None:
    newsroom(tmp_path, TOML + '[[newsletters]]\nname = "monthly"\ntitle = "Harbour Monthly"\n')
    digest(tmp_path, "build", *WEEK)
    digest(tmp_path, "sent")
    done = digest(tmp_path, "-n", "monthly", "build", "--month", "2024-10", "--json")
    assert done.data["folder"] == "issues/monthly/2024-10"
    assert done.data["stories"] + done.data["headlines"] == 6
    assert digest(tmp_path, "-n", "daily", "issues").code == 2


def test_frozen_gives_the_same_bytes_and_says_what_differs(tmp_path: Path) -> None:
    newsroom(tmp_path)
    digest(tmp_path, "build", *WEEK)
    before = files(tmp_path / "issues")
    (tmp_path / "articles.db").unlink()
    assert digest(tmp_path, "build", "--frozen", "2024-W43").code == 0
    assert files(tmp_path / "issues") == before
    own = tmp_path / "templates" / "roundup"
    own.mkdir(parents=True)
    shipped = Path(__file__).resolve().parents[1] / "templates" / "roundup"
    (own / "theme.css").write_text((shipped / "theme.css").read_text(encoding="utf-8") + "\n.x { color: #111111; }\n")
    refused = digest(tmp_path, "build", "--frozen", "2024-W43")
    assert (refused.code, "--out" in refused.err) == (1, True)
    assert files(tmp_path / "issues") == before
    beside = digest(tmp_path, "build", "--frozen", "2024-W43", "--out", tmp_path / "beside")
    assert (beside.code, "theme 'roundup' has changed" in beside.err) == (1, True)
    assert set(files(tmp_path / "beside")) == BUILT - {"issue.json"}
    assert files(tmp_path / "issues") == before


def test_an_own_theme_is_taken_by_name(tmp_path: Path) -> None:
    newsroom(tmp_path)
    shipped = Path(__file__).resolve().parents[1] / "templates" / "roundup"
    shutil.copytree(shipped, tmp_path / "templates" / "own")
    done = digest(tmp_path, "build", *WEEK, "--theme", "own")
    assert done.code == 0
    assert json.loads((tmp_path / "issues/2024-W43/issue.json").read_bytes())["theme"]["name"] == "own"
    (tmp_path / "templates/own/email.html").write_text("<!DOCTYPE html>\n{{ nothing }}\n")
    broken = digest(tmp_path, "build", *WEEK, "--theme", "own")
    assert broken.code == 1
    assert re.search(r"email\.html:2: .*nothing", broken.err)
    assert digest(tmp_path, "build", *WEEK, "--theme", "unknown").code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--week",),
        ("--week", "this"),
        ("--week", "-2"),
        ("--week=-2",),
        ("--week", "--json"),
        ("--since", "2024-10-01", "--until", "2024-10-20"),
        ("--month", "2024-10"),
        ("--day", "2024-10-23"),
    ],
)
def test_every_way_to_name_a_window_works(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    newsroom(tmp_path)
    digest(tmp_path, "ingest")
    done = digest(tmp_path, "articles", *arguments)
    assert (done.code, done.err) == (0, "")


def test_two_windows_at_once_are_refused(tmp_path: Path) -> None:
    newsroom(tmp_path)
    done = digest(tmp_path, "articles", "--week", "2024-W43", "--month", "2024-10")
    assert done.code == 2


ELSEWHERE = {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "2", "LC_ALL": "C"}
A_YEAR_ON = ("faketime", "-f", "+365d")


@pytest.mark.skipif(shutil.which("faketime") is None, reason="Debian's faketime is not here; tasks.py test installs it")
def test_the_same_bytes_in_another_folder_zone_hash_seed_and_year(
    tmp_path: Path, plain_environment: dict[str, str]
) -> None:
    def build(name: str, *arguments: str, away: bool) -> dict[str, bytes]:
        environment = plain_environment | (ELSEWHERE if away else {"TZ": "UTC", "PYTHONHASHSEED": "1"})
        command = (*(A_YEAR_ON if away else ()), sys.executable, "-m", "digest", "build", *arguments, "--offline")
        done = subprocess.run(
            command, cwd=tmp_path / name, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return files(tmp_path / name / "issues")

    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        newsroom(tmp_path / name)
    first = build("one", *WEEK, away=False)
    assert len(first) == len(BUILT) + 1
    assert build("one", *WEEK, away=True) == first
    assert build("two", *WEEK, away=True) == first

    # From the record alone: neither the archive, nor the sources, nor what was rendered before is there.
    shutil.copytree(tmp_path / "one" / "issues", tmp_path / "three" / "issues")
    shutil.copy(tmp_path / "one" / "digest.toml", tmp_path / "three")
    for name in BUILT - {"issue.json"}:
        (tmp_path / "three" / "issues" / "2024-W43" / name).unlink()
    assert build("three", "--frozen", "2024-W43", away=True) == first
