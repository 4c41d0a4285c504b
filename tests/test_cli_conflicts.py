"""Conflicts and late news in a terminal: `digest build` and `digest check` tell them, and nothing is overwritten."""

from pathlib import Path
from typing import Any

import pytest

from running import TOML, digest, files, newsroom, note

WEEK = ("--week", "2024-W43")
ISSUE = "issues/2024-W43"
ADDRESSES = '[mailer]\nunsubscribe_url = "https://harbour.example/leave"\n'
ANCHOR = '[[story]]\narticle = "https://harbour.example/anchor"\n'
MINE = f'{ANCHOR}headline = "Anchors away"\nwas = {{ headline = "The story of anchor" }}\n'


@pytest.fixture
def room(tmp_path: Path) -> Path:
    newsroom(tmp_path, TOML + ADDRESSES)
    return edited(tmp_path, MINE)


def edited(room: Path, text: str) -> Path:
    path = room / ISSUE / "edits.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"schema = 1\n{text}", encoding="utf-8")
    return room


def codes(room: Path) -> dict[str, Any]:
    """Return what the check says of decisions and of late news: the place of each code."""
    rows = digest(room, "check", "--json").data["report"]["findings"]
    return {row["code"]: row for row in rows if row["code"].startswith(("edit", "story"))}


def test_an_edit_whose_source_still_says_the_same_is_quiet(room: Path) -> None:
    done = digest(room, "build", *WEEK)
    assert (done.code, "edit-" in done.err) == (0, False)
    assert codes(room) == {}


def test_a_headline_corrected_at_the_source_is_told_by_build_and_check_and_mine_stands(room: Path) -> None:
    assert digest(room, "build", *WEEK).code == 0
    note(room, "anchor", "2024-10-19 09:00", title="The story of two anchors")
    done = digest(room, "build", *WEEK)
    assert (
        "error: The story of two anchors: its headline was “The story of anchor” when you replaced it, "
        "its source has “The story of two anchors” now; yours stands"
    ) in done.err
    assert "Anchors away" in (room / ISSUE / "email.txt").read_text(encoding="utf-8")
    checked = digest(room, "check")
    assert checked.code == 1
    assert "error: edit-conflict" in checked.out


def test_a_conflict_is_settled_by_keeping_mine_by_taking_theirs_or_by_a_word(room: Path) -> None:
    note(room, "anchor", "2024-10-19 09:00", title="The story of two anchors")
    assert digest(room, "build", *WEEK).code == 0
    assert list(codes(room)) == ["edit-conflict"]
    why = ("--why", "ours is shorter", "--as", "Ann Roe")
    assert digest(room, "waive", "2024-W43", "edit-conflict", *why).code == 0
    assert (codes(room)["edit-conflict"]["level"], digest(room, "check").code) == ("note", 0)
    assert "edit-conflict" not in digest(room, "build", *WEEK).err
    note(room, "anchor", "2024-10-19 09:00", title="The story of three anchors")
    assert "when you replaced it" in digest(room, "build", *WEEK).err  # it was waived for another headline
    edited(room, MINE.replace("story of anchor", "story of three anchors"))
    assert "when you replaced it" not in digest(room, "build", *WEEK).err
    assert codes(room) == {}
    edited(room, ANCHOR)
    assert digest(room, "build", *WEEK).code == 0
    assert "The story of three anchors" in (room / ISSUE / "email.txt").read_text(encoding="utf-8")


def test_a_lead_is_in_conflict_when_a_sentence_of_the_one_it_replaced_is_gone(room: Path) -> None:
    lead = "The ferry of buoy left the quay late again."
    edited(room, f'[[story]]\narticle = "https://harbour.example/buoy"\nlead = "Late."\nwas = {{ lead = "{lead}" }}\n')
    assert digest(room, "build", *WEEK).code == 0
    assert codes(room) == {}
    body = " ".join(f"buoy{number}" for number in range(30))
    note(room, "buoy", "2024-10-21 10:00", body=f"The ferry of buoy left on time. It rained all day: {body}.")
    assert f"its lead was “{lead}” when you replaced it" in digest(room, "build", *WEEK).err
    assert codes(room)["edit-conflict"]["where"] == "The story of buoy"


def test_a_story_in_hand_that_was_withdrawn_or_left_the_week_is_told(room: Path) -> None:
    capstan = ANCHOR.replace("anchor", "capstan")
    edited(room, f'{ANCHOR}do = "pin"\n{capstan}headline = "The winch"\n')
    note(room, "anchor", "2024-10-19 09:00\nwithdrawn: true")
    note(room, "capstan", "2024-10-30 09:00")
    done = digest(room, "build", *WEEK)
    assert done.code == 0
    said = "edits.toml says something of it, and it is out"
    assert f"The story of anchor: {said}: gone from the magazine's site" in done.err
    assert f"The story of capstan: {said}: outside the window: published Wed 30 Oct 2024" in done.err
    assert sorted(codes(room)) == ["edit-gone", "edit-unreached"]


def test_edits_that_are_newer_than_the_build_are_told_until_it_is_built_again(room: Path) -> None:
    assert digest(room, "build", *WEEK).code == 0
    edited(room, f"# a comment\n{MINE}")
    assert codes(room) == {}
    edited(room, f'{MINE}[issue]\nsubject = "Anchors"\n')
    assert codes(room)["edits-unbuilt"]["message"] == "it has changed since the issue was built"
    edited(room, "nonsense")
    assert "it cannot be read, so that no build can follow it: " in codes(room)["edits-unbuilt"]["message"]
    edited(room, f'{MINE}[issue]\nsubject = "Anchors"\n')
    assert digest(room, "build", *WEEK).code == 0
    assert codes(room) == {}


def test_what_a_source_said_after_the_build_is_told_story_by_story(room: Path) -> None:
    edited(room, "")
    assert digest(room, "build", *WEEK).code == 0
    note(room, "anchor", "2024-10-19 09:00\nwithdrawn: true")
    note(room, "buoy", "2024-10-21 10:00", title="The story of two buoys")
    assert codes(room) == {}  # nobody has read it yet
    assert digest(room, "ingest").code == 0
    told = codes(room)
    assert (told["story-gone"]["where"], told["story-gone"]["level"]) == ("The story of anchor", "error")
    assert "“The story of two buoys” (was “The story of buoy”)" in told["story-changed"]["message"]
    assert digest(room, "build", *WEEK).code == 0
    assert codes(room) == {}


def test_of_an_issue_that_was_sent_nothing_is_asked(room: Path) -> None:
    assert digest(room, "build", *WEEK).code == 0
    assert digest(room, "sent", "--at", "2024-10-25 14:00").code == 0
    note(room, "anchor", "2024-10-19 09:00\nwithdrawn: true", title="The story of two anchors")
    edited(room, "")
    assert digest(room, "ingest").code == 0
    before = files(room / ISSUE)
    assert codes(room) == {}
    assert files(room / ISSUE) == before
