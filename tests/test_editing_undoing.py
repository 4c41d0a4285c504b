"""Undoing, targets and words of decisions: pure."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editing.saying import in_words
from digest.editing.shown import Shown
from digest.editing.targets import targets_between, targets_of
from digest.editing.undoing import carried_out, joined, overtaking, standing, told, turned, version
from digest.model.decision import Decision
from digest.model.deed import Deed
from digest.model.edits import CorrectionEdit, Edits, LinkEdit, PromoEdit, StoryEdit
from digest.model.selection import LeftOut, Reason, Selection
from making import article, choice

NOW = datetime(2024, 10, 25, 12, tzinfo=UTC)
STORY, OTHER = f"{1:012x}", f"{2:012x}"
SHOWN = Shown(
    selection=Selection(chosen=(choice(1),), left_out=(LeftOut(article=article(2), reason=Reason(code="outside")),))
)


def deed(**fields: Any) -> Deed:
    plain: dict[str, Any] = {"at": NOW, "words": "done", "before": "", "after": ""}
    return Deed(**(plain | fields))


@given(st.lists(st.sampled_from(["decision", "outside", "undo", "redo"])))
def test_what_stands_is_what_two_stacks_say(kinds: list[Any]) -> None:
    deeds = [deed(kind="begin")]
    done: list[int] = []
    undone: list[int] = []
    for kind in kinds:
        if kind == "undo" and done:
            undone.append(done.pop())
        elif kind == "redo" and undone:
            done.append(undone.pop())
        elif kind in {"decision", "outside"}:
            done, undone = [*done, len(deeds)], []
        else:
            continue
        deeds.append(deed(kind=kind))
    found = standing(deeds)
    assert (list(found.done), list(found.undone)) == (done, undone)
    assert len(told(deeds)) == len(done) + len(undone)
    assert sum(each.undone for each in told(deeds)) == len(undone)


@given(st.binary(), st.binary())
def test_a_deed_leads_from_one_state_to_the_other_and_its_undoing_back_to_the_byte(before: bytes, after: bytes) -> None:
    done = joined(deed(), before, after)
    assert carried_out(before, done) == after
    assert (done.before, done.after) == (version(before), version(after))
    back = turned(done, 4, "undo")
    assert carried_out(after, back) == before
    assert (back.kind, back.of, back.before) == ("undo", 4, done.after)
    again = turned(done, 4, "redo")
    assert carried_out(before, again) == after
    assert (again.kind, again.of) == ("redo", 4)


def test_a_deed_is_no_longer_than_what_it_changed() -> None:
    done = joined(deed(), 'a = "füße"\nb = 1\n'.encode(), 'a = "füße"\nb = 12\n'.encode())
    assert (done.place, done.was, done.now, done.coding) == (16, "", "2", "utf-8")
    assert joined(deed(), b"a\xff", b"b\xff").coding == "latin-1"


@pytest.mark.parametrize(
    ("decision", "target"),
    [
        ({"act": "place", "story": STORY, "section": "Opinion"}, f"story:{STORY}:place"),
        ({"act": "do", "story": STORY, "do": "drop"}, f"story:{STORY}:place"),
        ({"act": "slot", "story": STORY, "slot": "brief"}, f"story:{STORY}:place"),
        ({"act": "summary", "story": STORY, "summary": "dek"}, f"story:{STORY}:lead"),
        ({"act": "text", "story": STORY, "field": "dek", "text": "x"}, f"story:{STORY}:dek"),
        ({"act": "keep", "story": STORY, "field": "dek"}, f"story:{STORY}:dek"),
        ({"act": "take", "story": STORY}, f"story:{STORY}"),
        ({"act": "reset", "story": STORY}, f"story:{STORY}"),
        ({"act": "issue", "field": "subject", "text": "x"}, "issue:subject"),
        ({"act": "opening_by", "opening_by": "model"}, "issue:opening"),
        ({"act": "unlink", "story": STORY}, f"own:{STORY}"),
        ({"act": "link", "url": "https://a.example", "title": "x"}, ""),
    ],
)
def test_a_decision_is_about_one_thing(decision: dict[str, Any], target: str) -> None:
    assert targets_of(Decision(**decision)) == ((target,) if target else ())


def test_a_new_lead_story_is_about_whose_lead_it_was_too() -> None:
    assert targets_of(Decision(act="slot", story=STORY, slot="lead")) == (f"story:{STORY}:place", "issue:lead")


def test_what_another_program_changed_is_told_by_what_it_is_about() -> None:
    before = Edits(
        stories=(StoryEdit(article=STORY, headline="a"), StoryEdit(article="https://x.example/a", dek="d")),
        links=(LinkEdit(url="https://a.example/", title="a"),),
    )
    after = Edits(
        stories=(StoryEdit(article=STORY, headline="b", section="Opinion", summary="dek"),),
        promos=(PromoEdit(title="p"),),
        subject="s",
        opening_by="model",
        corrections=(CorrectionEdit(of="2024-W42"),),
    )
    story = f"story:{STORY}"
    found = targets_between(before, after)
    assert set(found[:4]) == {f"{story}:headline", f"{story}:place", f"{story}:lead", "story"}
    assert found[4:7] == ("issue:subject", "issue:opening", "issue:corrections")
    assert len([each for each in found if each.startswith("own:")]) == 2
    assert targets_between(after, after) == ()


@pytest.mark.parametrize(
    ("targets", "meets"),
    [
        (("story:a:headline",), True),
        (("story:a",), True),
        (("story",), True),
        (("",), True),
        (("story:a:dek",), False),
        (("story:ab",), False),
        ((), False),
    ],
)
def test_only_what_is_about_the_same_thing_overtakes(targets: tuple[str, ...], meets: bool) -> None:  # noqa: FBT001 - a table
    deeds = [
        deed(after="v1"),
        deed(after="v2", targets=("story:a:headline",)),
        deed(after="v3", targets=("issue:subject",)),
    ]
    assert (overtaking(deeds, "v1", targets) is not None) == meets
    assert overtaking(deeds, "v3", targets) is None


def test_a_version_that_nobody_knows_is_said_to_be_one() -> None:
    with pytest.raises(LookupError):
        overtaking([deed(after="v1")], "v0", ("",))


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (
            {"act": "place", "story": STORY, "section": "Opinion", "after": OTHER},
            "moved to Opinion, behind “Story number 2”",
        ),
        ({"act": "place", "story": STORY, "after": ""}, "moved, to the top"),
        ({"act": "place", "story": STORY}, "moved, where its date puts it"),
        ({"act": "do", "story": STORY, "do": "hold"}, "held for the next issue"),
        ({"act": "do", "story": STORY}, "as the rules have it again"),
        ({"act": "slot", "story": STORY, "slot": "brief"}, "made a brief"),
        ({"act": "slot", "story": STORY}, "in the slot that the rules give it"),
        ({"act": "text", "story": STORY, "field": "byline", "text": "A. B."}, "by-line “A. B.”"),
        ({"act": "text", "story": STORY, "field": "byline", "text": ""}, "no by-line"),
        ({"act": "text", "story": STORY, "field": "byline"}, "the source’s by-line again"),
        ({"act": "summary", "story": STORY, "summary": "extract"}, "its text is the sentences that carry it"),
        ({"act": "summary", "story": STORY}, "its text as its section has it"),
        ({"act": "keep", "story": STORY, "field": "headline"}, "the editor’s headline kept"),
        ({"act": "take", "story": STORY}, "the source’s texts taken"),
        ({"act": "reset", "story": STORY}, "all that was said of it taken back"),
    ],
)
def test_a_decision_about_a_story_is_told_with_its_headline(decision: dict[str, Any], words: str) -> None:
    assert in_words(Decision(**decision), SHOWN) == f"“Story number 1”: {words}"


def test_a_headline_with_quotation_marks_is_quoted_with_others_inside() -> None:
    asked = replace(choice(1), article=replace(choice(1).article, title="“Whose Beach Is It?” Is Wrong"))
    shown = Shown(selection=Selection(chosen=(asked,)))
    decision = Decision(act="do", story=STORY, do="drop")
    assert in_words(decision, shown) == "“‘Whose Beach Is It?’ Is Wrong”: dropped"


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        ({"act": "issue", "field": "subject", "text": "Fog"}, "subject “Fog”"),
        ({"act": "issue", "field": "opening", "text": ""}, "no opening"),
        ({"act": "issue", "field": "subject"}, "subject as configured again"),
        ({"act": "opening_by", "opening_by": "model"}, "the opening by a model"),
        ({"act": "opening_by"}, "the opening as configured again"),
        ({"act": "link", "title": "Fog"}, "a piece from elsewhere added: “Fog”"),
        ({"act": "promo", "story": "x", "title": "Paint"}, "an advertisement changed: “Paint”"),
        ({"act": "unlink", "story": "x"}, "a piece from elsewhere taken out"),
        ({"act": "unpromo", "story": "x"}, "an advertisement taken out"),
        ({"act": "do", "story": "f" * 12, "do": "drop"}, f"the story {'f' * 12}: dropped"),
    ],
)
def test_a_decision_about_the_issue_is_told_by_itself(decision: dict[str, Any], words: str) -> None:
    assert in_words(Decision(**decision), SHOWN) == words
