"""`digest date` and `digest article`, and what a build says of dates: on real newsrooms, through the command line."""

import json
from pathlib import Path

import pytest

from running import TOML, digest, newsroom, note, titles

FOG = "https://harbour.example/fog"
WEEK = ("--week", "2024-W43")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A newsroom that has been read, with one story that has no date."""
    newsroom(tmp_path)
    note(tmp_path, "fog", "")
    digest(tmp_path, "ingest")
    return tmp_path


def in_issue(room: Path, label: str = "2024-W43") -> set[str]:
    return set(titles(digest(room, "articles", "--week", label, "--json").data))


def test_an_editor_dates_a_story_and_it_comes_into_its_week(room: Path) -> None:
    assert "The story of fog" not in in_issue(room)
    done = digest(room, "date", FOG, "2024-10-23 17:30")
    assert done.code == 0
    assert "2024-10-23 17:30 (editor); before: undated" in done.out
    assert (
        "it stands in 2024-W43 (18–25 October 2024); build that issue again: digest build --week 2024-W43" in done.out
    )
    assert "The story of fog" in in_issue(room)


def test_the_same_date_again_changes_nothing(room: Path) -> None:
    digest(room, "date", FOG, "2024-10-23 17:30")
    done = digest(room, "date", FOG, "2024-10-23 17:30", "--json")
    assert (done.data["changed"], done.data["week"]) == (False, "2024-W43")
    assert "as before" in digest(room, "date", FOG, "2024-10-23 17:30").out


def test_a_bare_day_opens_with_the_magazines_midnight(room: Path) -> None:
    done = digest(room, "date", FOG, "2024-10-25", "--json").data
    assert done["published"] == "2024-10-24T23:00:00Z"
    assert (done["precision"], done["date_source"], done["week"]) == ("day", "editor", "2024-W43")
    assert digest(room, "date", FOG, "2024-10-25").out.splitlines()[1] == "  2024-10-25 (editor), as before"


def test_an_editors_date_stays_whatever_the_source_says_until_she_takes_it_back(room: Path) -> None:
    key = next(row["id"] for row in digest(room, "articles", *WEEK, "--json").data["articles"] if row["url"] == FOG)
    digest(room, "date", key, "2024-10-30")
    note(room, "fog", "2024-10-22 09:00")
    digest(room, "ingest")
    assert "The story of fog" not in in_issue(room)
    done = digest(room, "date", key, "--clear")
    assert "2024-10-22 09:00 (page); before: 2024-10-30 (editor)" in done.out
    assert "The story of fog" in in_issue(room)
    digest(room, "ingest")
    assert "The story of fog" in in_issue(room)


def test_a_date_that_is_taken_back_leaves_a_story_without_one(room: Path) -> None:
    digest(room, "date", FOG, "2042-10-23")
    assert "that is still to come" in digest(room, "date", FOG, "2042-10-23").out
    done = digest(room, "date", FOG, "--clear")
    assert "it stands in no week" in done.out
    assert digest(room, "date", FOG, "--clear", "--json").data["changed"] is False


def test_a_story_of_a_week_that_was_sent_is_a_late_arrival(room: Path) -> None:
    digest(room, "build", *WEEK)
    digest(room, "sent", "2024-W43", "--at", "2024-10-25 13:00")
    done = digest(room, "date", FOG, "2024-10-23")
    assert "2024-W43 was sent without it: it is a late arrival" in done.out
    assert digest(room, "date", FOG, "2024-10-23", "--json").data["sent"] == "2024-W43"
    rows = digest(room, "articles", "--week", "2024-W44", "--json").data["articles"]
    assert next(row["reason"]["offer"] for row in rows if row["url"] == FOG) == "late"


def test_a_story_that_readers_had_comes_never_again(room: Path) -> None:
    digest(room, "build", *WEEK)
    digest(room, "sent", "2024-W43", "--at", "2024-10-25 13:00")
    done = digest(room, "date", "https://harbour.example/buoy", "2024-10-28")
    assert "readers had it in 2024-W43: no later issue brings it" in done.out
    assert "The story of buoy" not in in_issue(room, "2024-W44")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere", "2024-10-25"), "no article is known so"),
        ((FOG,), "which date?"),
        ((FOG, "2024-10-25", "--clear"), "exclude each other"),
        ((FOG, "10/11/12"), "ambiguous"),
        ((FOG, "soon"), "not a date"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_changed(room: Path, arguments: tuple[str, ...], said: str) -> None:
    done = digest(room, "date", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "The story of fog" not in in_issue(room)


def test_an_article_tells_its_history(room: Path) -> None:
    note(
        room,
        "anchor",
        "2024-10-19 09:00",
        title="The anchor",
        body=f"{'A word of it. ' * 9}\n\nCorrection: it was two.",
    )
    digest(room, "ingest")
    told = digest(room, "article", "https://harbour.example/anchor").out
    assert "notes: first seen" in told
    assert "notes: corrected: title, text, correction" in told
    assert "    - The story of anchor\n    + The anchor" in told
    assert "    + Correction: it was two." in told
    data = digest(room, "article", "https://harbour.example/anchor", "--json").data
    assert data["article"]["title"] == "The anchor"
    assert [(each["first"], each["correction"]) for each in data["history"]] == [(True, False), (False, True)]


def test_an_article_that_is_not_there_is_said(room: Path) -> None:
    done = digest(room, "article", "https://harbour.example/nowhere")
    assert (done.code, done.out) == (2, "")
    assert "no article is known so" in done.err


SECOND = """\
[[sources]]
name = "CMS"
kind = "feed"
path = "feed.xml"
"""
ITEM = """<rss version="2.0"><channel><title>H</title><item><title>The story of buoy</title>
<link>https://harbour.example/buoy</link><pubDate>{date}</pubDate><description>Short.</description></item></channel></rss>"""


def test_dates_that_contradict_each_other_are_shown_until_an_editor_has_spoken(tmp_path: Path) -> None:
    newsroom(tmp_path, TOML.replace("[[sections]]", f"{SECOND}[[sections]]", 1))
    (tmp_path / "feed.xml").write_text(ITEM.format(date="Wed, 16 Oct 2024 09:00:00 +0100"), encoding="utf-8")
    done = digest(tmp_path, "build", *WEEK, "--json")
    [finding] = [each for each in done.data["findings"] if each["code"] == "date-disputed"]
    assert finding["message"] == (
        "its date is in dispute: CMS says 2024-10-16 09:00, notes says 2024-10-21 10:00; 2024-10-16 09:00 stands"
    )
    assert finding["hint"].endswith('"2024-10-21 10:00"')
    listed = digest(tmp_path, "articles", *WEEK).out
    assert "its date is in dispute: CMS says 2024-10-16 09:00, notes says 2024-10-21 10:00" in listed
    assert "its date is in dispute" in digest(tmp_path, "article", "https://harbour.example/buoy").out
    digest(tmp_path, "date", "https://harbour.example/buoy", "2024-10-21 10:00")
    done = digest(tmp_path, "build", *WEEK, "--json")
    assert not [each for each in done.data["findings"] if each["code"] == "date-disputed"]
    assert "The story of buoy" in in_issue(tmp_path)


def test_a_build_lists_what_has_no_date_or_one_that_lies_ahead_with_what_mends_it(room: Path) -> None:
    for number in range(7):
        note(room, f"mist{number}", "")
    digest(room, "ingest")
    digest(room, "date", FOG, "2061-07-28 12:00")
    found = digest(room, "build", *WEEK, "--json").data["findings"]
    missing = [each for each in found if each["code"] == "date-missing"]
    assert len(missing) == 6
    assert missing[0]["hint"].startswith("say it: digest date ")
    assert missing[-1]["message"] == "and 2 more: nobody says when it was published: no issue takes it"
    [ahead] = [each for each in found if each["code"] == "date-ahead"]
    assert ahead["where"] == "The story of fog"


def test_a_build_says_what_was_corrected_at_its_source(room: Path) -> None:
    note(room, "buoy", "2024-10-21 10:00", body=f"{'A word of it. ' * 9}\n\nCorrection: it was two.")
    digest(room, "ingest")
    found = json.loads(digest(room, "build", *WEEK, "--json").out)["findings"]
    [corrected] = [each for each in found if each["code"] == "corrected"]
    assert corrected["where"] == "The story of buoy"
    assert "digest article" in corrected["hint"]


@pytest.mark.parametrize("name", ["editor", "CMS (pages)"])
def test_no_source_bears_a_name_of_digests_own(tmp_path: Path, name: str) -> None:
    newsroom(tmp_path, TOML.replace('"notes"', f'"{name}"', 1))
    done = digest(tmp_path, "ingest")
    assert done.code == 2
    assert "is a name of Digest's own" in done.err
