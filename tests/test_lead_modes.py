"""Which text becomes the lead (the editor's, the dek, the story's), and what is said where it was not asked for."""

from datetime import UTC, datetime

import pytest

from digest.model.article import Article, Block
from digest.model.lead import Lead
from digest.summarizer import Budget, make_lead

BUDGET = Budget(20, 40)
FERRY = "The last ferry left Port Eynon on Sunday with eleven people, two dogs and a piano on its deck."
CREW = "The crew had been told a week before that the line would close after ninety-four years."
DEK = "How a line that had run for ninety-four years came to its end"


def story(*paragraphs: str, dek: str = DEK) -> Article:
    return Article(
        id="0" * 12,
        title="The last ferry that ever left Port Eynon",
        dek=dek,
        first_seen=datetime(2025, 1, 6, tzinfo=UTC),
        blocks=tuple(Block(text=text) for text in paragraphs),
    )


def test_the_editors_lead_goes_first_and_is_taken_as_it_is() -> None:
    hand = "Gone.\n\nAnd nobody   waved? " + "Not one soul. " * 40
    lead = make_lead(story(FERRY, CREW), BUDGET, hand=hand, mode="dek")
    assert lead.mode == "hand"
    assert lead.sentences[:3] == ("Gone.", "And nobody waved?", "Not one soul.")
    assert lead.text == " ".join(hand.split())
    assert lead.note == ""


def test_the_editor_may_want_no_lead() -> None:
    assert make_lead(story(FERRY, CREW), BUDGET, hand="") == Lead(mode="hand")


def test_a_sound_dek_is_taken_where_it_is_asked_for() -> None:
    assert make_lead(story(FERRY, CREW), BUDGET, mode="dek") == Lead(sentences=(DEK,), mode="dek")
    assert make_lead(story(FERRY, CREW), BUDGET).sentences == (FERRY, CREW)


FAULTS = {
    "": "is missing",
    " \n": "is missing",
    "Sign up for our newsletter here and get all the news from the harbour.": "is no part of the story (sign-up)",
    "The last ferry that ever left PORT EYNON!": "repeats the headline",
    "The last ferry left Port Eynon on Sunday with eleven people…": "is cut off",
    "The last ferry left Port Eynon on Sunday with eleven people [...]": "is cut off",
    "The last ferry left Port Eynon on Sunday with eleven people and the": "is cut off",
    "The last ferry left Port Eynon on Sunday with eleven people:": "is cut off",
    "The last ferry left Port Eynon on Sunday with eleven": "is cut off",
    "“We knew that it was the last one, and we went": "has an open quotation or bracket",
    "A line comes to its end.": "has only 6 words",
    f"{DEK}, {DEK}, {DEK} and {DEK}.": "has 53 words, more than 40",
}


@pytest.mark.parametrize("dek", FAULTS)
def test_a_dek_with_a_fault_gives_way_to_the_opening_and_the_fault_is_named(dek: str) -> None:
    lead = make_lead(story(FERRY, CREW, dek=dek), BUDGET, mode="dek")
    assert lead.mode == "lead"
    assert lead.sentences == (FERRY, CREW)
    assert lead.note == f"the dek {FAULTS[dek]}: the story's opening instead"


@pytest.mark.parametrize(
    "dek", [FERRY, FERRY[:-1], f"{FERRY} {CREW}", "The town asks who will take its children to school now?"]
)
def test_a_dek_may_open_the_story_or_ask(dek: str) -> None:
    assert make_lead(story(FERRY, CREW, dek=dek), BUDGET, mode="dek").mode == "dek"


def test_two_things_may_be_wrong_at_once() -> None:
    lead = make_lead(story(CREW, f"A {'very ' * 50}long day.", dek=""), BUDGET, mode="dek")
    assert lead.note == (
        "the dek is missing: the story's opening instead; only 16 words: the opening gives no more that is whole"
    )


def test_a_story_without_a_text_has_its_dek_or_nothing() -> None:
    assert make_lead(story(), BUDGET) == Lead(
        sentences=(DEK,), mode="dek", note="the story has no text: the dek instead"
    )
    assert make_lead(story(dek=""), BUDGET) == Lead(
        note="the story has no text, and the dek is missing: write one by hand"
    )
    assert make_lead(story(dek=""), BUDGET, mode="dek").note.endswith("write one by hand")


def test_a_story_that_is_only_its_dek_shows_it_once() -> None:
    lead = make_lead(story(FERRY, dek=FERRY), BUDGET)
    assert (lead.mode, lead.sentences) == ("dek", (FERRY,))
    assert lead.note == "the story has no sentence of its own: the dek instead"


def test_a_story_without_a_lead_has_its_dek() -> None:
    lead = make_lead(story("Advertisement", f"A {'very ' * 50}long day."), BUDGET)
    assert (lead.mode, lead.sentences) == ("dek", (DEK,))
    assert lead.note == "no whole sentence of at most 40 words opens the story: the dek instead"
    assert [cut.why for cut in lead.left_out] == ["advertisement"]


def test_a_sound_dek_goes_before_a_few_words() -> None:
    lead = make_lead(story(f"It rained. A {'very ' * 50}long day."), BUDGET)
    assert (lead.mode, lead.sentences) == ("dek", (DEK,))
    assert lead.note == "the story's opening gives only 2 words: the dek instead"
