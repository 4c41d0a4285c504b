"""An editor's decisions on the disk: written down, carried out, taken back; nobody's lost."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editing.shown import Shown
from digest.errors import ConfigError, DecisionError, DiskError, IssueError, OvertakenError
from digest.issues.edits import edits_of
from digest.issues.edits_log import read_log
from digest.model.decision import Decision
from digest.model.edits import Edits
from editing_office import BLANK, NOW, OTHER, SHOWN, STORY, Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    (tmp_path / "edits.toml").write_text(BLANK)
    office = Office(tmp_path)
    office.desk.look(NOW)
    return office


def test_a_decision_is_in_the_file_beside_what_was_there_and_in_the_log_in_words(office: Office) -> None:
    version = office.do(act="text", story=STORY, field="headline", text="Fog")
    text = office.path.read_text()
    assert text.startswith(BLANK)
    assert 'headline = "Fog"' in text
    state = office.desk.state()
    assert (state.version, state.trouble) == (version, None)
    assert state.undo == "“Story number 1”: headline “Fog”"
    assert [(done.words, done.by, done.at) for done in state.done] == [(state.undo, "Una", NOW)]
    (_, kept, line, last) = office.log.read_text().splitlines()
    assert json.loads(line)["targets"] == [f"story:{STORY}:headline"]
    assert json.loads(last)["kept"] == version != json.loads(kept)["kept"]


def test_all_is_undone_to_the_first_bytes_and_done_again_over_restarts(office: Office) -> None:
    decisions = (
        {"act": "text", "story": STORY, "field": "headline", "text": "Fog"},
        {"act": "do", "story": OTHER, "do": "hold"},
        {"act": "issue", "field": "subject", "text": "“Fog” — naïve 🌊"},
        {"act": "link", "url": "https://a.example/x", "title": "Elsewhere"},
    )
    states = [office.path.read_bytes()]
    for decision in decisions:
        office.do(**decision)
        states.append(office.path.read_bytes())
    for content in reversed(states[:-1]):
        office = office.again()
        assert office.desk.undo(office.seen(), NOW).words.startswith("undone: ")
        assert office.path.read_bytes() == content
    with pytest.raises(DecisionError, match="nothing to undo"):
        office.desk.undo(office.seen(), NOW)
    assert all(done.undone for done in office.desk.state().done)
    for content in states[1:]:
        office = office.again()
        assert office.desk.redo(office.seen(), NOW).words.startswith("done again: ")
        assert office.path.read_bytes() == content
    with pytest.raises(DecisionError, match="nothing to redo"):
        office.desk.redo(office.seen(), NOW)


def test_another_deed_ends_what_could_be_done_again(office: Office) -> None:
    office.do(act="do", story=STORY, do="drop")
    office.desk.undo(office.seen(), NOW)
    assert office.desk.state().redo
    office.do(act="do", story=OTHER, do="drop")
    assert office.desk.state().redo == ""


def test_a_decision_that_changes_nothing_is_no_deed(office: Office) -> None:
    office.do(act="do", story=STORY, do="drop")
    before = office.log.read_bytes()
    office.do(act="do", story=STORY, do="drop")
    assert office.log.read_bytes() == before


def test_what_a_text_editor_did_enters_the_log_and_can_be_undone(office: Office) -> None:
    office.do(act="do", story=STORY, do="drop")
    ours = office.path.read_bytes()
    office.path.write_bytes(ours + b'\n[issue]\nsubject = "By hand"\n')
    assert office.desk.look(NOW)
    assert not office.desk.look(NOW)
    assert next(done.words for done in office.desk.state().done) == "changed outside the desk"
    office.desk.undo(office.seen(), NOW)
    assert office.path.read_bytes() == ours


def test_a_change_while_no_desk_was_open_is_noticed_at_the_next_opening(office: Office) -> None:
    office.do(act="do", story=STORY, do="drop")
    office.path.write_bytes(b"schema = 1\n# \xff\n")
    other = office.again()
    assert other.desk.look(NOW)
    state = other.desk.state()
    assert state.edits is None
    assert "UTF-8" in str(state.trouble)
    other.desk.undo(other.seen(), NOW)
    assert 'do = "drop"' in office.path.read_text()


def test_two_who_decide_about_different_things_both_get_what_they_want(office: Office) -> None:
    seen = office.seen()
    office.do(seen, act="text", story=STORY, field="headline", text="Fog")
    office.do(seen, act="text", story=STORY, field="dek", text="A dek")
    office.do(seen, act="issue", field="subject", text="A subject")
    text = office.path.read_text()
    assert all(part in text for part in ('headline = "Fog"', 'dek = "A dek"', 'subject = "A subject"'))


@pytest.mark.parametrize(
    ("first", "second", "mine", "theirs"),
    [
        (("text", "headline", "One"), ("text", "headline", "Two"), "Two", "One"),
        (("text", "headline", None), ("text", "headline", "Two"), "Two", "Story number 1"),
        (("issue", "subject", "One"), ("issue", "subject", "Two"), "Two", "One"),
    ],
)
def test_the_second_of_two_about_one_thing_is_refused_with_both_texts(
    office: Office, first: tuple[str, str, str], second: tuple[str, str, str], mine: str, theirs: str
) -> None:
    office.do(act=first[0], story=STORY, field=first[1], text="Before")
    seen = office.seen()
    office.do(act=first[0], story=STORY, field=first[1], text=first[2])
    before = office.path.read_bytes()
    with pytest.raises(OvertakenError, match="changed meanwhile") as caught:
        office.do(seen, act=second[0], story=STORY, field=second[1], text=second[2])
    assert (caught.value.clash.mine, caught.value.clash.theirs) == (mine, theirs)
    assert office.path.read_bytes() == before


def test_a_move_after_a_drop_that_was_not_seen_is_refused_in_words(office: Office) -> None:
    seen = office.seen()
    office.do(act="do", story=STORY, do="drop")
    with pytest.raises(OvertakenError) as caught:
        office.do(seen, act="slot", story=STORY, slot="brief")
    assert caught.value.clash.mine == "“Story number 1”: made a brief"
    assert "dropped" in caught.value.message


def test_the_second_of_two_lead_stories_is_refused(office: Office) -> None:
    seen = office.seen()
    office.do(act="slot", story=STORY, slot="lead")
    with pytest.raises(OvertakenError, match="made the lead"):
        office.do(seen, act="slot", story=OTHER, slot="lead")


def test_what_a_text_editor_saves_while_a_decision_is_worked_out_is_not_overwritten(office: Office) -> None:
    saved = [BLANK + "# saved meanwhile\n", BLANK + "# and once more\n"]

    def sight(_: Edits) -> Shown:
        if saved:
            office.path.write_text(saved.pop(0))
        return SHOWN

    office.desk.decide(Decision(act="do", story=STORY, do="drop"), office.seen(), NOW, sight)
    text = office.path.read_text()
    assert "# and once more\n" in text
    assert f'article = "{STORY}"' in text
    assert [done.words for done in office.desk.state().done][1:] == ["changed outside the desk"] * 2


def test_a_file_that_another_program_never_leaves_alone_is_left_to_it(office: Office) -> None:
    def sight(_: Edits) -> Shown:
        office.path.write_text(office.path.read_text() + "# again\n")
        return SHOWN

    with pytest.raises(OvertakenError, match="changed outside the desk"):
        office.desk.decide(Decision(act="do", story=STORY, do="drop"), office.seen(), NOW, sight)
    assert office.path.read_text() == BLANK + "# again\n" * 6


def test_nobody_undoes_what_he_has_not_seen(office: Office) -> None:
    office.do(act="do", story=STORY, do="drop")
    seen = office.seen()
    office.do(act="do", story=OTHER, do="drop")
    with pytest.raises(OvertakenError):
        office.desk.undo(seen, NOW)


def test_a_version_that_nobody_knows_is_refused(office: Office) -> None:
    with pytest.raises(OvertakenError, match="nobody knows") as caught:
        office.do("0" * 64, act="do", story=STORY, do="drop")
    assert caught.value.clash.version == office.seen()


def test_a_file_with_a_fault_is_left_as_it_is(office: Office) -> None:
    office.path.write_text("schema = 1\n[issue\n")
    with pytest.raises(ConfigError):
        office.do(act="do", story=STORY, do="drop")
    assert office.path.read_text() == "schema = 1\n[issue\n"
    assert office.desk.state().trouble is not None


def test_a_decision_that_cannot_be_carried_out_leaves_no_trace(office: Office) -> None:
    before = office.log.read_bytes()
    with pytest.raises(DecisionError):
        office.do(act="text", story="0" * 12, field="headline", text="x")
    assert (office.log.read_bytes(), office.path.read_text()) == (before, BLANK)


def test_where_there_is_no_file_the_first_decision_makes_one(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.do(act="do", story=STORY, do="drop")
    assert 'do = "drop"' in office.path.read_text()
    office.desk.undo(office.seen(), NOW)
    assert office.path.read_text() == ""
    assert office.desk.state().edits == Edits()


def test_a_deed_that_was_written_down_and_not_carried_out_is_at_the_next_opening(office: Office) -> None:
    before = office.path.read_bytes()
    office.do(act="do", story=STORY, do="drop")
    after = office.path.read_bytes()
    *lines, kept = office.log.read_bytes().splitlines(keepends=True)
    office.log.write_bytes(b"".join(lines))
    office.path.write_bytes(before)
    other = office.again()
    assert other.desk.look(NOW)
    assert office.path.read_bytes() == after
    assert office.log.read_bytes().splitlines(keepends=True)[-1] == kept


def test_a_deed_that_was_carried_out_and_not_said_to_be_is_found_to_be(office: Office) -> None:
    office.do(act="do", story=STORY, do="drop")
    lines = office.log.read_bytes().splitlines(keepends=True)
    office.log.write_bytes(b"".join(lines[:-1]))
    assert not office.again().desk.look(NOW)
    assert office.log.read_bytes() == b"".join(lines)


def test_a_line_that_a_crash_tore_is_left_out_and_makes_room(office: Office) -> None:
    office.do(act="do", story=STORY, do="drop")
    whole = office.log.read_bytes()
    office.log.write_bytes(whole + b'{"kind":"decis')
    other = office.again()
    assert other.desk.state().undo
    other.do(act="do", story=OTHER, do="drop")
    assert len(read_log(office.log).deeds) == 3


@pytest.mark.parametrize(
    ("line", "says"), [(b"{}\n", "damaged"), (b"nonsense\n", "damaged"), (b'{"schema":2}\n', "of schema 2")]
)
def test_a_damaged_line_and_one_of_a_newer_digest_are_refused(office: Office, line: bytes, says: str) -> None:
    office.log.write_bytes(line + office.log.read_bytes())
    with pytest.raises(IssueError, match=says):
        office.again().desk.state()


def test_a_log_with_a_gap_is_refused_with_what_to_do(office: Office) -> None:
    office.do(act="do", story=STORY, do="drop")
    lines = office.log.read_bytes().splitlines(keepends=True)
    office.log.write_bytes(b"".join(lines[2:]))
    with pytest.raises(IssueError, match="does not follow") as caught:
        office.again().desk.state()
    assert "move edits.log away" in caught.value.hint


@pytest.mark.parametrize("act", ["decide", "undo"])
def test_what_a_text_editor_saves_when_the_log_is_written_already_is_not_overwritten(office: Office, act: str) -> None:
    office.do(act="do", story=OTHER, do="drop")
    mine, seen = office.path.read_text(), office.seen()
    saved = f"{mine}# saved in that moment\n"
    armed = [office.path]

    def save(event: str, arguments: tuple[object, ...]) -> None:
        if armed and event == "open" and str(arguments[0]) == str(office.folder / ".edits.toml.new"):
            armed.pop().write_text(saved)

    sys.addaudithook(save)  # python tells of what is opened: after the log, before the rename
    with pytest.raises(OvertakenError, match="outside the desk"):
        office.desk.undo(seen, NOW) if act == "undo" else office.do(seen, act="do", story=STORY, do="drop")
    assert not armed
    assert office.path.read_text() == saved
    assert sorted(each.name for each in office.folder.iterdir()) == ["edits.log", "edits.toml"]
    other = office.again()
    assert not other.desk.look(NOW)
    while other.desk.state().undo:
        other.desk.undo(other.seen(), NOW)
    assert office.path.read_text() == BLANK


@pytest.mark.parametrize("left", [None, 0, 1, 3, -9])
def test_a_log_that_is_cut_or_taken_away_under_an_open_desk_is_whole_at_the_next_change(
    office: Office, left: int | None
) -> None:
    office.do(act="do", story=STORY, do="drop")
    whole = office.log.read_bytes()
    if left is None:
        office.log.unlink()
    else:
        office.log.write_bytes(b"".join(whole.splitlines(keepends=True)[:left]) if left >= 0 else whole[:left])
    office.do(act="do", story=OTHER, do="drop")
    for _ in range(2):
        office.again().desk.undo(office.seen(), NOW)
    assert office.path.read_text() == BLANK


def test_a_log_that_is_gone_when_the_desk_opens_begins_with_the_file_as_it_is(office: Office) -> None:
    office.do(act="do", story=STORY, do="drop")
    now = office.path.read_bytes()
    office.log.unlink()
    other = office.again()
    assert not other.desk.look(NOW)
    assert (other.desk.state().undo, office.path.read_bytes()) == ("", now)
    other.do(act="do", story=OTHER, do="drop")
    other.desk.undo(other.seen(), NOW)
    assert office.path.read_bytes() == now


def test_a_log_of_another_history_takes_what_the_file_says_as_a_change_from_outside(
    office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "laptop"
    folder.mkdir()
    laptop = Office(folder)
    laptop.path.write_text("# Bea's\n")
    laptop.do(act="do", story=STORY, do="hold")
    theirs = laptop.path.read_bytes()
    office.do(act="do", story=STORY, do="drop")
    mine = office.path.read_bytes()
    office.log.write_bytes(laptop.log.read_bytes())
    other = office.again()
    assert other.desk.look(NOW)
    assert office.path.read_bytes() == mine
    assert other.desk.state().undo == "changed outside the desk"
    other.desk.undo(other.seen(), NOW)
    assert office.path.read_bytes() == theirs
    other.desk.redo(other.seen(), NOW)
    assert office.path.read_bytes() == mine


@pytest.mark.parametrize("then", [None, b"", b"# from another branch\n", b"\xff no text"])
def test_a_file_that_git_exchanges_under_an_open_desk_is_taken_as_it_is_and_can_be_undone(
    office: Office, then: bytes | None
) -> None:
    office.do(act="do", story=STORY, do="drop")
    mine = office.path.read_bytes()
    office.path.unlink()
    if then is not None:
        office.path.write_bytes(then)
    assert office.desk.look(NOW)
    assert office.desk.state().undo == "changed outside the desk"
    assert (office.path.read_bytes() if then is not None else office.path.exists()) == (
        then or b"" if then is not None else False
    )
    office.desk.undo(office.seen(), NOW)
    assert office.path.read_bytes() == mine


def test_a_conflict_of_git_is_told_with_its_lines_and_ends_with_it(office: Office) -> None:
    office.do(act="text", story=STORY, field="headline", text="Fog")
    whole = office.path.read_text()
    line = 'headline = "Fog"\n'
    both = f'<<<<<<< HEAD\n{line}=======\nheadline = "Haze"\n>>>>>>> bea\n'
    office.path.write_text(whole.replace(line, both))
    first = whole[: whole.index(line)].count("\n") + 1
    assert office.desk.look(NOW)
    trouble = office.desk.state().trouble
    assert isinstance(trouble, ConfigError)
    assert f"two versions from git in lines {first} to {first + 4}" in str(trouble)
    with pytest.raises(ConfigError, match="two versions"):
        office.do(act="do", story=OTHER, do="drop")
    office.path.write_text(whole.replace('"Fog"', '"Haze"'))
    office.do(act="do", story=OTHER, do="drop")
    assert 'headline = "Haze"' in office.path.read_text()


SUBJECTS = st.sampled_from(["Fog", "Haze", None])
STEPS = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["look", "subject", "preheader", "headline", "undo"]), SUBJECTS),
    max_size=14,
)


@given(STEPS)
def test_of_two_windows_neither_loses_what_it_was_told_is_done(steps: list[tuple[str, str, str | None]]) -> None:
    with TemporaryDirectory() as name:
        office = Office(Path(name))
        office.path.write_text(BLANK)
        office.desk.look(NOW)
        seen = dict.fromkeys("ab", office.seen())
        stood = dict.fromkeys("ab", standing_texts(office))
        refused: list[bool] = []
        for window, what, text in steps:
            before = standing_texts(office)
            try:
                if what == "undo":
                    seen[window] = office.desk.undo(seen[window], NOW).version
                elif what != "look":
                    told = {"act": "text", "story": STORY} if what == "headline" else {"act": "issue"}
                    seen[window] = office.do(seen[window], **told, field=what, text=text)
                    assert standing_texts(office) == before | {what: text}
                    assert before[what] in (stood[window][what], text)  # nobody writes over what it has not seen
            except OvertakenError as error:
                assert standing_texts(office) == before
                source = "Story number 1" if what == "headline" else ""
                refused.append(what == "undo" or error.clash.theirs == (before[what] or source))
                seen[window] = office.seen()
            except DecisionError:
                assert what == "undo"
            if what == "look":
                seen[window] = office.seen()
            if seen[window] == office.seen():
                stood[window] = standing_texts(office)
        assert all(refused), "each is shown the text that stands there"
        while office.desk.state().undo:
            office.desk.undo(office.seen(), NOW)
        assert office.path.read_text() == BLANK


def standing_texts(office: Office) -> dict[str, str | None]:
    """Return what the file says now of the three texts that two windows change."""
    edits = edits_of(office.path.read_text())
    own = next((story.headline for story in edits.stories if story.article == STORY), None)
    return {"subject": edits.subject, "preheader": edits.preheader, "headline": own}


def test_a_disk_that_refuses_is_said_and_nothing_is_half_done(office: Office) -> None:
    seen = office.seen()
    office.log.unlink()
    office.log.mkdir()
    with pytest.raises(DiskError):
        office.do(seen, act="do", story=STORY, do="drop")
    assert office.path.read_text() == BLANK
    with pytest.raises(DiskError):
        office.again().desk.state()
    office.path.unlink()
    office.path.mkdir()
    with pytest.raises(DiskError, match="cannot be read"):
        office.desk.state()


def test_a_file_that_cannot_be_replaced_is_carried_out_when_it_can(office: Office) -> None:
    (office.folder / ".edits.toml.new").mkdir()
    with pytest.raises(DiskError, match="cannot be written"):
        office.do(act="do", story=STORY, do="drop")
    assert office.path.read_text() == BLANK
    (office.folder / ".edits.toml.new").rmdir()
    assert office.desk.look(NOW)
    assert 'article = "000000000001"' in office.path.read_text()
    assert read_log(office.log).deeds[-1].after == office.seen()
