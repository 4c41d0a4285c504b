"""An edit beside what the source says now: what is a conflict, and what is none."""

from dataclasses import replace
from typing import Any

import pytest

from digest.editing.conflicts import FIELDS, conflicts
from digest.editing.since import since
from digest.model.article import Article, Block, Image
from digest.model.conflict import Conflict
from digest.model.edits import Edits, StoryEdit, Was
from digest.model.issue import Entry, Issue, IssueSection, Words
from digest.selector import select
from render_samples import sample_issue
from selector_samples import article, body, brief, day

SAYS = "The ferry left the quay late again. It rained all day, and nobody minded."
STORY = article(
    "aaa", title="The ferry is late", dek="Again.", blocks=(Block(text=SAYS), Block(text="It is old."), *body("aaa"))
)
OTHER = article("bbb", title="The mole")


def found(*edits: StoryEdit, story: Article = STORY, lead: str | None = SAYS) -> list[Conflict]:
    """Return the conflicts of some edits where the source says what `story` says."""
    told = brief(None, *edits)
    image = story.image.url if story.image else ""
    now = Was(headline=story.title, byline="", kicker=story.kicker, dek=story.dek, lead=lead, image=image)
    return list(conflicts(select([story, OTHER], told), told.edits, {"aaa": now}))


def edit(**fields: Any) -> StoryEdit:
    return StoryEdit(article="aaa", **fields)


@pytest.mark.parametrize(
    ("field", "mine", "was", "theirs"),
    [
        ("headline", "Late again", "The ferry was late", "The ferry is late"),
        ("byline", "Ann", "Bea Lind", ""),
        ("kicker", "Quay", "Harbour", ""),
        ("dek", "And again", "Once.", "Again."),
        ("lead", "It was late.", "The ferry left the quay on time. It rained all day, and nobody minded.", SAYS),
        ("image", "none", "https://mag.example/old.png", ""),
    ],
)
def test_another_text_at_the_source_than_the_one_replaced_is_a_conflict(
    field: str, mine: str, was: str, theirs: str
) -> None:
    (told,) = found(edit(**{field: mine, "was": Was(**{field: was})}))
    assert told == Conflict(
        kind="changed", story="aaa", title="The ferry is late", field=field, mine=mine, was=was, theirs=theirs
    )


def test_every_text_that_an_edit_may_replace_is_compared() -> None:
    was = Was(**dict.fromkeys(FIELDS, "something that nobody says"))
    assert [each.field for each in found(edit(**dict.fromkeys(FIELDS, "mine"), was=was))] == list(FIELDS)


@pytest.mark.parametrize(
    "said",
    [
        edit(headline="Late again", was=Was(headline="The ferry is late")),
        edit(headline="Late again"),
        edit(headline="Late again", was=Was(dek="Once.")),
        edit(headline="The ferry is late", was=Was(headline="The ferry was late")),
        edit(was=Was(headline="The ferry was late")),
        edit(lead="It was late.", was=Was(lead="The ferry left the quay late again.")),
        edit(lead="It was late.", was=Was(lead="It is old. The FERRY left — the quay late again!")),
        edit(lead="It was late.", was=Was(lead="Again.")),
        edit(lead="It was late.", was=Was(lead="")),
        edit(dek="And again", was=Was(dek="again")),
        edit(dek="And again", was=Was(dek="")),
        edit(do="drop", headline="Late again", was=Was(headline="The ferry was late")),
        edit(do="hold"),
    ],
    ids=[
        "as it was",
        "nothing written down",
        "another text written down",
        "the source says mine now",
        "mine was taken back",
        "a sentence of the story",
        "sentences in another order and spelling",
        "its dek",
        "nothing",
        "its dek, spelt otherwise",
        "a dek that was not shown",
        "dropped",
        "held",
    ],
)
def test_an_edit_that_its_source_does_not_contradict_is_none(said: StoryEdit) -> None:
    assert found(said) == []


@pytest.mark.parametrize("label", ["Quay", "The ferries", "Reporting"])
def test_a_label_that_the_story_still_bears_is_none_whatever_stands_above_it_now(label: str) -> None:
    story = replace(STORY, kicker="Quay", series="The ferries", kind="Reporting")
    assert found(edit(kicker="Boats", was=Was(kicker=label)), story=story) == []


def test_a_lead_of_which_nobody_knows_what_the_source_would_say_is_none() -> None:
    assert found(edit(lead="It was late.", was=Was(lead="A model wrote it.")), lead=None) == []


def test_a_picture_is_compared_by_its_address() -> None:
    story = replace(STORY, image=Image(url="https://mag.example/new.png"))
    (told,) = found(edit(image="none", was=Was(image="https://mag.example/old.png")), story=story)
    assert told.theirs == "https://mag.example/new.png"


@pytest.mark.parametrize("do", ["pin", "add", None])
def test_a_story_that_was_withdrawn_is_told_to_who_has_it_in_hand(do: Any) -> None:
    (told,) = found(StoryEdit(article=STORY.url, do=do, headline="Late again"), story=replace(STORY, gone=True))
    assert (told.kind, told.story, told.why) == ("gone", "aaa", "gone from the magazine's site")


def test_a_story_that_was_held_and_then_withdrawn_is_told_too() -> None:
    (told,) = found(edit(do="hold"), story=replace(STORY, gone=True))
    assert (told.kind, told.why) == ("gone", "held, but its source has withdrawn it")
    assert found(edit(do="drop"), story=replace(STORY, gone=True)) == []


def test_an_edited_story_that_is_not_in_reach_any_more_is_told_with_the_reason() -> None:
    later = replace(STORY, published=day(9))
    (told,) = found(edit(headline="Late again"), story=later)
    assert (told.kind, told.why) == ("unreached", "outside the window: published Sun 6 Oct 2024")
    assert found(edit(headline="Late again", do="add"), story=later) == []


def test_of_a_story_that_nobody_asked_about_nothing_is_said() -> None:
    told = brief(None, edit(headline="Late again", was=Was(headline="The ferry was late")))
    assert conflicts(select([STORY], told), told.edits, {}) == ()
    assert conflicts(select([replace(STORY, gone=True)], brief()), Edits(), {}) == ()


def built(**fields: Any) -> Issue:
    shown = Entry(id="aaa", title=Words(text=STORY.title), lead=Words(text="It is old."))
    link = Entry(id="bbb", entry="link", title=Words(text="The price of a deeper channel", origin="editor"))
    section = IssueSection(name="News", title="News", entries=(replace(shown, **fields), link))
    return replace(sample_issue(), sections=(section,), headlines=())


def test_what_the_sources_say_as_it_was_built_is_no_change() -> None:
    assert list(since(built(), [STORY, OTHER])) == []
    assert list(since(built(), [])) == []


def test_a_story_that_is_withdrawn_after_the_build_is_told() -> None:
    (told,) = since(built(), [replace(STORY, id="ccc", aliases=("aaa",), gone=True)])
    assert (told.kind, told.story, told.words) == ("out", "aaa", "The ferry is late: its source has withdrawn it")


def test_a_headline_and_a_lead_that_were_corrected_after_the_build_are_told() -> None:
    headline, lead = since(built(), [replace(STORY, title="The ferry was on time", blocks=(Block(text="It is new."),))])
    assert headline.words == "headline of “The ferry is late”: “The ferry was on time” (was “The ferry is late”)"
    assert lead.words == "lead of “The ferry is late” is not what the story says now"


def test_what_the_editor_or_a_model_wrote_is_not_compared_with_the_story() -> None:
    issue = built(title=Words(text="Late", origin="editor"), lead=Words(text="Never said.", origin="model"))
    assert list(since(issue, [STORY])) == []
