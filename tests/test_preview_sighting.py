"""What the desk's page is made from: a real draft, and what is known beside it."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.errors import TemplateError
from digest.issues.ledger import add_event
from digest.model.approval import Approval
from digest.model.change import Change
from digest.model.deed import Done
from digest.model.finding import Finding
from digest.model.ledger import Event
from digest.pipeline.drafting import MODES
from digest.pipeline.editing import EditsState
from digest.pipeline.writing import lead_of
from digest.preview.laying import lay
from digest.preview.pages import no_draft, whole
from digest.preview.place import Place
from digest.preview.sheet import Trouble, Word
from digest.preview.sighting import Beside, moment, sight_of
from drafting_room import NOW, studio
from running import TOML, digest

BUOY = """
[[story]]
article = "https://harbour.example/buoy"
headline = "The buoy rings"
"""


def test_a_draft_becomes_a_page_with_the_story_at_hand_as_its_source_has_it(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work:
        at_work.edit(BUOY)
        drafted = at_work.drafter().draft(NOW)
        (choice,) = (each for each in drafted.selection.chosen if each.edit)
        leads = tuple((mode, lead_of(at_work.room, choice, mode)) for mode in MODES)
        beside = Beside(version="v", stamp="7", leads=leads)
        sheet = lay(sight_of(at_work.room, drafted, beside, choice.article.id), Place(story=choice.article.id))
        assert sheet.story is not None
        headline, lead = sheet.story.texts[0], sheet.story.texts[-1]
        assert (headline.text, headline.original) == ("The buoy rings", "The story of buoy")
        assert lead.most == at_work.room.config.lead.at_most
        assert [offer.mode for offer in sheet.story.leads] == ["lead", "dek", "extract"]
        assert (sheet.version, sheet.drafted, sheet.locked, sheet.refused) == ("v", "7", "", "")
        assert "The buoy rings" in whole(sheet)


def test_a_sent_issue_says_why_it_cannot_be_changed(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work:
        assert digest(tmp_path, "build", "--week", "2024-W43").code == 0
        event = Event(event="sent", at=NOW, start=at_work.window.start, end=at_work.window.end)
        add_event(at_work.edits.parent / "delivery.jsonl", event)
        sight = sight_of(at_work.room, at_work.drafter().draft(NOW), Beside(version="v", stamp="1", state="sent"), "")
        assert sight.locked.startswith(
            "This issue is locked: it was sent or is about to be. Its files are kept as sent"
        )
        assert lay(sight, Place()).state == "sent"


def test_the_name_that_approves_is_the_configured_one_else_who_signs_the_letter(tmp_path: Path) -> None:
    signed = TOML.replace('title = "Harbour Weekly"', 'title = "Harbour Weekly"\neditor = "Una Tarrow"')
    for toml, name in ((signed, "Una Tarrow"), (f'{signed}[desk]\neditor = "Ann Roe"\n', "Ann Roe")):
        folder = tmp_path / name.split()[0]
        folder.mkdir()
        with studio(folder, toml) as at_work:
            sight = sight_of(at_work.room, at_work.drafter().draft(NOW), Beside(version="v", stamp="1"), "")
            assert f'name="by" type="text" value="{name}"' in whole(lay(sight, Place(panel="checks")))


def test_a_thin_week_says_that_a_build_refuses_it(tmp_path: Path) -> None:
    with studio(tmp_path, TOML.replace("[selection]", "[selection]\nminimum = 9")) as at_work:
        sight = sight_of(at_work.room, at_work.drafter().draft(NOW), Beside(version="v", stamp="1"), "")
        assert sight.refused.startswith("4 of at least 9 stories in 2024-W43")
        assert "\n" not in sight.refused
        assert sight.refused in whole(lay(sight, Place())).replace("&#39;", "'")


def test_what_bars_an_approval_and_what_made_one_void_is_told(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work:
        change = Change(kind="moved", field="section", words="Buoy moved to the top")
        approval = Approval(status="void", by="Una", at=datetime(2024, 10, 25, 10, 2, tzinfo=UTC), changed=(change,))
        checks = (Finding(code="x", level="error", message="m"), Finding(code="y", level="warning", message="m"))
        beside = Beside(version="v", stamp="1", approval=approval, checks=checks)
        word = sight_of(at_work.room, at_work.drafter().draft(NOW), beside, "").word
        assert word == Word(
            state="void", by="Una", at="Fri 25 Oct 2024, 11:02", changed=("Buoy moved to the top",), bars=1
        )


def test_what_a_build_and_the_check_both_say_is_told_once(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work:
        at_work.edit(BUOY + 'was = { headline = "The buoy of yore" }\n')
        drafted = at_work.drafter().draft(NOW)
        assert [each.code for each in drafted.findings].count("edit-conflict") == 1
        sight = sight_of(at_work.room, drafted, Beside(version="v", stamp="1", checks=drafted.findings), "")
        assert (sight.findings, sight.word.bars) == (drafted.findings, 1)


def test_the_time_is_told_by_the_magazines_clock() -> None:
    assert moment(datetime(2024, 10, 26, 23, 30, tzinfo=UTC), ZoneInfo("Europe/London")) == "Sun 27 Oct 2024, 00:30"


def test_where_there_is_no_draft_the_page_says_why() -> None:
    error = TemplateError("there is no {{ b }}", where="templates/x.html:3", hint="mend <it>")
    page = no_draft(Trouble(message=error.message, where=error.where, hint=error.hint))
    assert "templates/x.html:3" in page
    assert "mend &lt;it&gt;" in page


def test_what_was_done_is_told_with_its_time_and_what_would_be_undone(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work:
        done = (Done(words="“Buoy”: dropped", by="Una", at=NOW, undone=True),)
        history = EditsState(version="v", undo="x", redo="“Buoy”: dropped", done=done)
        beside = Beside(version="v", stamp="1", history=history)
        sheet = lay(sight_of(at_work.room, at_work.drafter().draft(NOW), beside, ""), Place(panel="history"))
        assert (sheet.undo, sheet.redo) == ("x", "“Buoy”: dropped")
        (told,) = sheet.done
        assert (told.words, told.by, told.at, told.undone) == ("“Buoy”: dropped", "Una", "Fri 25 Oct 2024, 13:00", True)
        assert "undone" in whole(sheet)
