"""Drafting: what an issue is now, made without writing anything; a build is a draft that is put into its folder."""

from pathlib import Path

import pytest

from digest.errors import LockedError, ThinError
from digest.model.edits import Edits, StoryEdit, Was
from digest.pipeline.build import build, put
from drafting_room import NOW, OFFLINE, Studio, said, studio
from running import TOML, digest, files

OWN = """
[[story]]
article = "https://harbour.example/buoy"
headline = "The buoy rings"
lead = "It rang all night."
byline = ""
"""


def folder_of(at_work: Studio) -> dict[str, bytes]:
    kept = files(at_work.edits.parent)
    return {name: content for name, content in kept.items() if name != "edits.toml"}


def test_a_build_puts_what_was_drafted_and_nothing_else(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work:
        at_work.edit(OWN)
        before = files(tmp_path / "issues")
        drafted = at_work.drafter().draft(NOW)
        assert files(tmp_path / "issues") == before
        built = build(at_work.room, at_work.archive, at_work.window, now=NOW, options=OFFLINE)
        assert folder_of(at_work).keys() == {"issue.json", *drafted.files}
        assert drafted.files.items() <= folder_of(at_work).items()
        assert built.issue == drafted.issue == built.folder.read()
        assert built.findings == drafted.findings
        assert b"The buoy rings" in drafted.files["email.html"]


def test_a_draft_says_what_would_stand_there_without_the_editor(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work:
        plain = at_work.drafter().draft(NOW)
        at_work.edit(OWN)
        edited = at_work.drafter().draft(NOW)
        assert edited.issue != plain.issue
        assert edited.sources == plain.sources
        (buoy,) = (each.article.id for each in edited.selection.chosen if each.edit)
        shown = next(entry for entry in plain.issue.entries if entry.id == buoy)
        assert edited.sources[buoy] == Was(
            headline="The story of buoy", byline="Ada Buoy", kicker="", dek="", lead=shown.lead.text, image=""
        )
        assert shown.lead.text.startswith("The ferry of buoy left the quay")


def test_a_thin_issue_is_drafted_and_not_put(tmp_path: Path) -> None:
    with studio(tmp_path, TOML.replace("shortest = 10", "shortest = 10\nminimum = 9")) as at_work:
        drafted = at_work.drafter().draft(NOW)
        assert isinstance(drafted.refused, ThinError)
        assert len(drafted.issue.entries) == 4
        with pytest.raises(ThinError, match="4 of at least 9 stories"):
            put(at_work.room.shelf.issue("2024-W43"), drafted)
        assert not at_work.edits.parent.exists()


def test_a_locked_issue_is_drafted_as_it_was_sent(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work:
        build(at_work.room, at_work.archive, at_work.window, now=NOW, options=OFFLINE)
        before = folder_of(at_work)
        assert digest(tmp_path, "sent", "2024-W43").code == 0
        at_work.edit(OWN)
        drafted = at_work.drafter().draft(NOW)
        assert drafted.files.items() <= before.items()
        assert isinstance(drafted.refused, LockedError)
        assert drafted.issue.entries[0].title.text in drafted.rendered.html
        with pytest.raises(LockedError, match="was sent"):
            put(at_work.room.shelf.issue("2024-W43"), drafted)
        kept = folder_of(at_work)
        assert before.items() <= kept.items()


def test_two_drafters_say_the_same(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work:
        at_work.edit(OWN)
        drafter = at_work.drafter()
        assert said(drafter.draft(NOW)) == said(drafter.draft(NOW)) == said(at_work.drafter().draft(NOW))


def test_the_issues_own_texts_are_told_as_they_would_be(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work:
        plain = at_work.drafter().draft(NOW)
        at_work.edit('[issue]\nsubject = "Mine"\nopening = "Dear reader"\n')
        edited = at_work.drafter().draft(NOW)
        assert edited.issue.subject.text == "Mine"
        assert edited.issue_texts == plain.issue_texts
        assert plain.issue_texts["subject"] == plain.issue.subject.text
        assert plain.issue_texts["preheader"] == plain.issue.preheader.text
        assert plain.issue_texts["opening"] == plain.issue.opening.text


def test_a_decision_is_made_in_sight_of_what_some_edits_would_make(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work:
        drafter = at_work.drafter()
        before = drafter.draft(NOW)
        last = before.selection.chosen[-1].article
        shown = drafter.shown(Edits(stories=(StoryEdit(article=last.url, do="pin", headline="Mine"),)), NOW)
        assert next(iter(shown.chosen)) == last.id
        assert shown.sources[last.id].headline == last.title
        assert drafter.draft(NOW).issue == before.issue
