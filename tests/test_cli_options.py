"""Options that exclude each other, and what commands print for programs."""

from pathlib import Path

import pytest

from running import TOML, digest, files, newsroom, note, titles

WEEK = ("--week", "2024-W43")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("build", "--frozen", "2024-W43", "--week"), "--week does not go with --frozen"),
        (("build", "--frozen", "2024-W43", "--since", "2024-10-01"), "--since"),
        (("build", "--frozen", "2024-W43", "--until", "2024-10-01"), "--until"),
        (("build", "--frozen", "2024-W43", "--month", "2024-10"), "--month"),
        (("build", "--frozen", "2024-W43", "--day", "2024-10-23"), "--day"),
        (("build", "--frozen", "2024-W43", "--strict"), "--strict"),
        (("build", "--thin-ok", "--theme", "own", "--frozen", "2024-W43"), "--theme, --thin-ok do not go with"),
        (("build", *WEEK, "--out", "beside"), "--out: goes with --frozen alone"),
        (("build", *WEEK, "--month", "2024-10"), "exclude each other"),
        (("ingest", "notes/anchor.md", "--source", "notes"), "--source does not go with FILES"),
        (("ingest", "--again", "--offline"), "--offline does not go with --again"),
        (("ingest", "--url", "https://harbour.example/x"), "--url"),
        (("ingest", "--published", "2024-10-25", "--section", "Opinion"), "--published, --section do not go with"),
        (("sent", "2024-W43", "--undo", "--at", "2024-10-25"), "--at does not go with --undo"),
        (("init", "other", "--sample", "--name", "Harbour"), "--name does not go with --sample"),
    ],
)
def test_what_excludes_each_other_is_refused(tmp_path: Path, arguments: tuple[str, ...], named: str) -> None:
    newsroom(tmp_path)
    digest(tmp_path, "build", *WEEK)
    before = files(tmp_path)
    done = digest(tmp_path, *arguments)
    assert (done.code, done.out) == (2, "")
    assert named in done.err
    assert "hint" in done.err
    assert files(tmp_path) == before


def test_frozen_goes_with_offline_out_and_json(tmp_path: Path) -> None:
    newsroom(tmp_path)
    digest(tmp_path, "build", *WEEK)
    done = digest(tmp_path, "build", "--frozen", "2024-W43", "--offline", "--out", "beside", "--json")
    assert (done.code, done.data) == (0, {"folder": "beside", "differences": []})


def test_articles_say_their_window_and_the_edits_that_match_nothing(tmp_path: Path) -> None:
    newsroom(tmp_path)
    note(
        tmp_path, "anchor-again", "2024-10-20 09:00", body=(tmp_path / "notes/anchor.md").read_text().split("---\n")[2]
    )
    digest(tmp_path, "ingest")
    path = tmp_path / "issues" / "2024-W43" / "edits.toml"
    path.parent.mkdir(parents=True)
    path.write_text('schema = 1\n[[story]]\narticle = "https://harbour.example/nowhere"\ndo = "add"\n')
    data = digest(tmp_path, "articles", *WEEK, "--json").data
    assert data.keys() == {"window", "articles", "unmatched"}
    assert data["unmatched"] == ["https://harbour.example/nowhere"]
    assert data["window"] == {
        "label": "2024-W43",
        "kind": "week",
        "start": "2024-10-18T11:00:00Z",
        "end": "2024-10-25T11:00:00Z",
        "zone": "Europe/London",
        "words": "18–25 October 2024",
    }
    assert "The story of buoy" in titles(data)
    [twin] = [row for row in data["articles"] if row["reason"]["code"] == "duplicate"]
    assert twin["words"].startswith("repeats “The story of anchor")
    assert twin["reason"]["of"] in {row["id"] for row in data["articles"]}


def test_a_question_makes_no_archive(tmp_path: Path) -> None:
    newsroom(tmp_path)
    before = files(tmp_path)
    done = digest(tmp_path, "articles", *WEEK)
    assert (done.code, done.err) == (0, "")
    assert done.out == "18–25 October 2024 (2024-W43): nothing was ingested yet (hint: digest ingest)\n"
    data = digest(tmp_path, "articles", *WEEK, "--json").data
    assert (data["window"]["label"], data["articles"], data["unmatched"]) == ("2024-W43", [], [])
    digest(tmp_path, "issues")
    assert files(tmp_path) == before


def test_init_says_what_it_made(tmp_path: Path) -> None:
    made = digest(tmp_path, "init", "w", "--name", "The Quay", "--sends", "Monday", "--zone", "Asia/Tokyo", "--json")
    assert made.data == {
        "folder": "w",
        "config": "w/digest.toml",
        "name": "The Quay",
        "zone": "Asia/Tokyo",
        "starts": "monday 12:00",
    }
    sample = digest(tmp_path, "init", "s", "--sample", "--json").data
    assert (sample["config"], sample["starts"]) == ("s/digest.toml", "friday 12:00")
    wrong = digest(tmp_path, "init", "x", "--sends", "someday")
    assert (wrong.code, "not a weekday" in wrong.err, (tmp_path / "x").exists()) == (2, True, False)


def test_a_second_newsroom_keeps_what_it_was_told(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text(TOML)
    assert digest(tmp_path, "init", ".", "--json").code == 2
    assert (tmp_path / "digest.toml").read_text() == TOML
