"""A thin week writes nothing, and its notice can be followed word by word."""

import re
from pathlib import Path

import pytest

from running import TOML, Done, digest, files, newsroom, note

THIN = TOML.replace("shortest = 10", "shortest = 10\nminimum = 2")
WEEK = ("--week", "2024-W44")


def advice(done: Done) -> tuple[Path, str]:
    """Return the path that the notice names, and what it says to put there."""
    path = re.search(r"the file (.+)\n", done.err)
    block = re.search(r"--thin-ok\n\n(.*?)(?:\n\nand \d+ more.*)?\n\Z", done.err, re.DOTALL)
    assert path
    assert block
    return Path(path[1]), block[1]


def test_nothing_is_written_and_the_advice_makes_an_issue(tmp_path: Path) -> None:
    newsroom(tmp_path, THIN)
    digest(tmp_path, "ingest")
    before = files(tmp_path)
    done = digest(tmp_path, "build", *WEEK)
    assert done.code == 3
    assert done.err.startswith("error: 1 of at least 2 stories in 2024-W44 (25 October – 1 November 2024); nothing")
    assert "in: The story of later" in done.err
    assert "# The story of anchor\n# outside the window: published Sat 19 Oct 2024; on offer: from a sk" in done.err
    assert "(hint:" not in done.err
    assert files(tmp_path).keys() == before.keys()
    assert not (tmp_path / "issues").exists()

    path, block = advice(done)
    assert path == tmp_path / "issues" / "2024-W44" / "edits.toml"
    path.parent.mkdir(parents=True)
    path.write_text(block, encoding="utf-8")
    filled = digest(tmp_path, "build", *WEEK, "--json")
    assert (filled.code, filled.data["stories"]) == (0, 6)


def test_an_edits_file_that_is_there_is_added_to(tmp_path: Path) -> None:
    newsroom(tmp_path, THIN)
    assert digest(tmp_path, "build", *WEEK, "--thin-ok").code == 0
    done = digest(tmp_path, "build", *WEEK)
    assert (done.code, "add this to the file" in done.err) == (3, True)
    path, block = advice(done)
    with path.open("a", encoding="utf-8") as file:
        file.write(block)
    assert digest(tmp_path, "build", *WEEK, "--json").data["stories"] == 6


def test_of_many_offers_the_first_ten_are_spelled_out(tmp_path: Path) -> None:
    newsroom(tmp_path, THIN)
    for number in range(8):
        note(tmp_path, f"wave{number}", f"2024-10-22 09:{number + 10}")
    done = digest(tmp_path, "build", *WEEK)
    assert done.err.count("[[story]]") == 10
    assert done.err.endswith("\nand 3 more, which `digest articles` lists\n")
    path, block = advice(done)
    path.parent.mkdir(parents=True)
    path.write_text(block, encoding="utf-8")
    assert digest(tmp_path, "build", *WEEK, "--json").data["stories"] == 11


@pytest.mark.parametrize("arguments", [(), ("--thin-ok",)])
def test_a_week_without_any_story_or_offer(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    newsroom(tmp_path, THIN)
    done = digest(tmp_path, "build", "--week", "2024-W30", *arguments)
    assert done.code == (0 if arguments else 3)
    assert ("Nothing is on offer" in done.err) is not bool(arguments)
