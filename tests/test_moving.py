"""`digest sent --import`: what newsletters of another tool carried is never sent again."""

import json
import re
import textwrap
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import stamina
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from digest.handover.earlier import earlier, unknown
from digest.issues.lock import locked
from digest.model.earlier import EarlierEvent, EarlierStory
from digest.model.selection import Carried
from digest.preview.watching import Watch
from drafting_room import NOW, studio
from newsrooms import room as site_room
from running import Done, digest, files, newsroom, note
from site_articles import LATEST, generated
from site_of_its_own import magazine

WEEK = ("--week", "2024-W43")
LIST = "earlier.jsonl"
README = Path(__file__).resolve().parents[1] / "README.md"


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A newsroom that has read its sources, with a list of two stories of W43 and one that nobody knows."""
    newsroom(tmp_path)
    assert digest(tmp_path, "ingest").code == 0
    (tmp_path / "urls.csv").write_text(
        "url,date,campaign,subject\n"
        "http://www.harbour.example/buoy/?utm_source=mc,2024-10-22,Letter 12,Harbour this week\n"
        "https://harbour.example/capstan,2024-10-24,,\n"
        "https://harbour.example/unknown,,,\n"
    )
    return tmp_path


def chosen(room: Path) -> dict[str, str]:
    """Return why each story of the week is in or out, by its slug."""
    rows = digest(room, "articles", *WEEK, "--json").data["articles"]
    return {row["url"].rpartition("/")[2]: row["words"] if not row["in"] else "in" for row in rows}


def take_in(room: Path, *arguments: str) -> Done:
    done = digest(room, "sent", "--import", "urls.csv", *arguments)
    assert done.code == 0, done.err
    return done


def test_no_issue_brings_what_a_list_names(room: Path) -> None:
    before = chosen(room)
    assert (before["buoy"], before["capstan"]) == ("in", "in")
    done = take_in(room)
    assert done.out == (
        "urls.csv: 3 stories of earlier newsletters; no issue brings them again; 2 are in the archive\n"
    )
    after = chosen(room)
    assert after["buoy"] == "sent in “Letter 12” of 2024-10-22"
    assert after["capstan"] == "sent in the newsletter of 2024-10-24"
    assert {slug for slug, why in after.items() if why == "in"} == {"anchor", "davit"}


def test_a_story_that_comes_in_later_is_known_by_its_address(room: Path) -> None:
    take_in(room)
    note(room, "unknown", "2024-10-22 10:00")
    assert digest(room, "ingest").code == 0
    assert chosen(room)["unknown"] == "sent in an earlier newsletter"


def at(days: float, folder: Path, *arguments: str) -> Done:
    with time_machine.travel(LATEST + timedelta(days=days), tick=True):
        done = digest(folder, *arguments)
    assert done.code == 0, done.err
    return done


def test_a_story_whose_address_changes_is_known_and_who_has_that_address_then_is_another(tmp_path: Path) -> None:
    with stamina.set_testing(True, attempts=1), magazine(generated(6)) as site:
        folder = site_room(tmp_path / "room", site, "/feed.xml")
        at(1, folder, "ingest")
        old = site.pieces[2]
        (folder / "urls.csv").write_text(f"{site.base}/{old.slug}\n")
        assert "; one is in the archive" in at(1, folder, "sent", "--import", "urls.csv").out
        site.change(old.slug, slug="moved-away")
        site.moved.clear()
        (new,) = generated(1, seed=99, first=7_000, newest=LATEST + timedelta(days=2))
        site.publish(replace(new, slug=old.slug))
        at(3, folder, "ingest")
        weeks = [at(3, folder, "articles", "--week", f"2024-W{week}", "--json").data for week in (43, 44)]
    told = {row["title"]: row["reason"]["code"] for week in weeks for row in week["articles"]}
    assert (told[old.title], told[new.title]) == ("sent-before", "chosen")
    assert sorted(told.values()).count("sent-before") == 1


def test_an_open_desk_sees_a_list_that_is_taken_in_beside_it(tmp_path: Path) -> None:
    with studio(tmp_path) as work:
        drafter = work.drafter()
        watch = Watch(work.room, work.room.shelf.issue(work.window.label))
        before = [entry.url for entry in drafter.draft(NOW).issue.entries]
        (tmp_path / "urls.csv").write_text("https://harbour.example/buoy\n")
        take_in(tmp_path)
        assert [watch.changed(), watch.changed()] == [frozenset(), frozenset({"others"})]
        after = [entry.url for entry in drafter.draft(NOW).issue.entries]
        assert set(before) - set(after) == {"https://harbour.example/buoy"}
        take_in(tmp_path, "--undo")
        assert [entry.url for entry in drafter.draft(NOW).issue.entries] == before


def test_the_readmes_way_from_mailchimp_can_be_walked(room: Path) -> None:
    page = README.read_text(encoding="utf-8").partition("### Moving from Mailchimp")[2].partition("\n## ")[0]
    (toml,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (shell,) = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    assert digest(room, "build", *WEEK).code == 0
    compared = {row["url"] for row in digest(room, "articles", *WEEK, "--json").data["articles"] if row["in"]}
    assert "https://harbour.example/buoy" in compared
    assert digest(room, *shell.partition("#")[0].split()[1:]).code == 0
    old = (room / "digest.toml").read_text(encoding="utf-8").partition("[[newsletters]]")[0]
    (room / "digest.toml").write_text(old + textwrap.dedent(toml), encoding="utf-8")
    assert digest(room, "build", "--week", "2024-W44", "--thin-ok").code == 0
    record = json.loads((room / "issues/2024-W44/issue.json").read_text(encoding="utf-8"))
    assert record["number"] == 213
    assert digest(room, "deliver", "2024-W44", "--to", "folder").code == 0
    html = (room / "handover/weekly-2024-W44-mailchimp/email.html").read_text(encoding="utf-8")
    table = page.partition("| put in by themselves |")[0].rpartition("\n")[2].replace("\\|", "|")
    tags = re.findall(r"`(\*\|[^`]+\|\*)`", table)
    assert len(tags) == 4
    assert [tag for tag in tags if tag not in html and tag != "*|UPDATE_PROFILE|*"] == []


def test_before_the_first_ingest_a_list_is_taken_in_as_well(tmp_path: Path) -> None:
    newsroom(tmp_path)
    (tmp_path / "urls.csv").write_text("https://harbour.example/buoy\n")
    assert "one story of earlier newsletters; no issue brings it again; none is in the archive" in take_in(tmp_path).out
    assert not (tmp_path / "articles.db").exists()
    assert digest(tmp_path, "ingest").code == 0
    assert chosen(tmp_path)["buoy"] == "sent in an earlier newsletter"


def test_the_same_list_twice_changes_nothing(room: Path) -> None:
    take_in(room)
    before = files(room / "issues")
    assert take_in(room).out == "urls.csv: 3 stories, known already; nothing was changed\n"
    assert files(room / "issues") == before
    with (room / "urls.csv").open("a") as file:
        file.write("https://harbour.example/davit/\nhttps://harbour.example/davit,2024-10-24\n")
    assert "one story of earlier newsletters (3 of 4 were known already); no issue brings it again" in take_in(room).out
    assert chosen(room)["davit"] == "sent in an earlier newsletter"


def test_what_was_taken_in_can_be_taken_back(room: Path) -> None:
    take_in(room)
    (room / "some.csv").write_text("https://harbour.example/buoy\nhttps://harbour.example/never\n")
    some = digest(room, "sent", "--import", "some.csv", "--undo")
    assert (some.code, some.out) == (0, "some.csv: one story taken back; issues may bring it\n")
    assert (chosen(room)["buoy"], chosen(room)["capstan"]) == ("in", "sent in the newsletter of 2024-10-24")
    assert "2 stories taken back" in take_in(room, "--undo").out
    assert take_in(room, "--undo").out == "urls.csv: nothing of it was known; nothing was changed\n"
    assert chosen(room)["capstan"] == "in"
    take_in(room)
    assert chosen(room)["buoy"] == "sent in “Letter 12” of 2024-10-22"


def test_a_list_is_no_issue_of_ours(room: Path) -> None:
    assert digest(room, "build", *WEEK).code == 0
    before = digest(room, "issues", "--json").data, digest(room, "status", "--json").data["state"]
    take_in(room)
    assert (digest(room, "issues", "--json").data, digest(room, "status", "--json").data["state"]) == before
    assert digest(room, "build", *WEEK).code == 0
    record = json.loads((room / "issues/2024-W43/issue.json").read_text(encoding="utf-8"))
    assert record["number"] == 1
    assert digest(room, "sent", "2024-W43").code == 0
    assert digest(room, "site").code == 0
    pages = {name for name in files(room / "site") if name.endswith("index.html")}
    assert pages == {"index.html", "2024-W43/index.html"}
    assert not any(b"Letter 12" in content for content in files(room / "site").values())


def test_not_even_by_hand_does_one_come_again(room: Path) -> None:
    take_in(room)
    assert digest(room, "build", *WEEK).code == 0
    edits = room / "issues/2024-W43/edits.toml"
    edits.write_text('schema = 1\n[[story]]\narticle = "https://harbour.example/buoy"\ndo = "add"\n')
    assert chosen(room)["buoy"] == "sent in “Letter 12” of 2024-10-22"


def test_the_check_tells_of_links_and_subjects_that_readers_had_before(room: Path) -> None:
    assert digest(room, "build", *WEEK).code == 0
    take_in(room)
    edits = room / "issues/2024-W43/edits.toml"
    edits.write_text(
        'schema = 1\n[issue]\nsubject = "Harbour this week"\n[[link]]\ntitle = "A buoy"\n'
        'url = "https://harbour.example/buoy"\n'
    )
    assert digest(room, "build", *WEEK).code == 0
    told = {row["code"]: row["message"] for row in digest(room, "check", "--json").data["report"]["findings"]}
    assert told["link-sent"] == "“Letter 12” of 2024-10-22 linked it already: https://harbour.example/buoy"
    assert told["subject-repeats"] == "“Letter 12” of 2024-10-22 had it too"


def test_dating_a_story_says_which_newsletter_had_it(room: Path) -> None:
    take_in(room)
    done = digest(room, "date", "https://harbour.example/buoy", "2024-10-23")
    assert "readers had it in “Letter 12” of 2024-10-22: no later issue brings it" in done.out


def test_each_newsletter_has_its_own_list(room: Path) -> None:
    with (room / "digest.toml").open("a") as file:
        file.write('[[newsletters]]\nname = "daily"\n')
    done = digest(room, "-n", "daily", "sent", "--import", "urls.csv")
    assert done.code == 0
    assert chosen(room)["buoy"] == "in"
    assert LIST in files(room / "issues/daily")


def test_rows_that_cannot_be_used_are_told_and_the_others_taken(room: Path) -> None:
    with (room / "urls.csv").open("a") as file:
        file.write("nothing\nhttps://click.example/x?u=1\nhttps://harbour.example/davit,10/11/12\n")
    done = take_in(room, "--json")
    told = [(row["code"], row["level"], row["where"]) for row in done.data["findings"]]
    assert told == [
        ("earlier-row", "warning", "urls.csv, line 5"),
        ("earlier-field", "note", "urls.csv, line 7"),
        ("earlier-elsewhere", "warning", "urls.csv"),
    ]
    assert "click.example (1)" in done.data["findings"][2]["message"]
    assert (done.data["listed"], done.data["changed"], done.data["in_archive"]) == (5, 5, 3)


def test_of_a_file_that_is_no_list_a_hundred_rows_are_told(room: Path) -> None:
    (room / "urls.csv").write_text("url\n" + "nothing\n" * 150 + "https://harbour.example/buoy\n")
    findings = take_in(room, "--json").data["findings"]
    assert (len(findings), findings[-1]["message"]) == (101, "50 more rows were not taken, or not whole")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "names no story (hint: "),
        (b"hello\n", "names no story; names no columns, and has no web address (line 1) (hint: "),
        (b"PK\x03\x04rest", "is a workbook (hint: save its sheet as CSV UTF-8"),
    ],
)
def test_a_file_that_is_no_list_is_an_error(room: Path, content: bytes, said: str) -> None:
    (room / "urls.csv").write_bytes(content)
    done = digest(room, "sent", "--import", "urls.csv")
    assert done.code == 2
    assert done.err.startswith(f"error: urls.csv: {said}")
    assert not (room / "issues" / LIST).exists()


def test_a_file_that_is_not_there_and_options_that_do_not_go_with_it(room: Path) -> None:
    missing = digest(room, "sent", "--import", "missing.csv")
    assert (missing.code, "the list cannot be read" in missing.err) == (1, True)
    for more in (("2024-W43",), ("--at", "2024-10-25")):
        refused = digest(room, "sent", *more, "--import", "urls.csv")
        assert (refused.code, "--import" in refused.err) == (2, True)


def test_a_torn_last_line_is_as_if_it_had_not_been_and_a_damaged_one_is_an_error(room: Path) -> None:
    take_in(room)
    path = room / "issues" / LIST
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert chosen(room)["buoy"] == "in"
    take_in(room)
    assert path.read_bytes().count(b"\n") == 1
    assert chosen(room)["buoy"] == "sent in “Letter 12” of 2024-10-22"
    path.write_bytes(b"{}\n" + whole)
    damaged = digest(room, "articles", *WEEK)
    assert (damaged.code, "line 1 is damaged" in damaged.err) == (1, True)


def test_two_at_once_wait_for_each_other(room: Path) -> None:
    with locked(room / "issues"):
        assert digest(room, "sent", "--import", "urls.csv").code == 4
    take_in(room)


NOON = datetime(2024, 10, 25, 11, tzinfo=UTC)
STORIES = st.lists(
    st.builds(
        lambda slug, end: EarlierStory(
            url=f"https://harbour.example/{slug}{end}", carried=Carried(id="", url=f"https://harbour.example/{slug}")
        ),
        st.sampled_from("abcdef"),
        st.sampled_from(["", "/"]),
    ),
    max_size=5,
)


@given(st.lists(st.tuples(st.booleans(), STORIES), max_size=8))
def test_what_stands_is_what_was_taken_in_and_not_taken_back_since(done: list[tuple[bool, list[EarlierStory]]]) -> None:
    events = [
        EarlierEvent(event="imported" if kept else "withdrawn", at=NOON, stories=tuple(stories))
        for kept, stories in done
    ]
    wanted: set[str] = set()
    for kept, stories in done:
        keys = {story.carried.url for story in stories}
        wanted = wanted | keys if kept else wanted - keys
    standing = earlier(events)
    assert {story.carried.url for story in standing} == wanted
    assert len(standing) == len(wanted)
    assert unknown(standing, standing) == ()
    for _, stories in done:
        fresh = unknown(stories, standing)
        assert {story.carried.url for story in fresh} == {story.carried.url for story in stories} - wanted
        assert len({story.carried.url for story in fresh}) == len(fresh)


@pytest.mark.parametrize(
    ("date", "campaign", "words"),
    [
        ("2024-10-25", "Letter 12", "“Letter 12” of 2024-10-25"),
        ("", "Letter 12", "“Letter 12”"),
        ("2024-10-25", "", "the newsletter of 2024-10-25"),
        ("", "", "an earlier newsletter"),
    ],
)
def test_a_newsletter_is_called_by_what_is_known_of_it(date: str, campaign: str, words: str) -> None:
    story = EarlierStory(url="https://harbour.example/a", carried=Carried(id=""), date=date, campaign=campaign)
    assert story.newsletter == words
