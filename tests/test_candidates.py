"""The lines of the inbox: what templates can name, and what an editor may choose from."""

from digest.compose import compose
from digest.compose.candidates import candidates
from digest.compose.frame import Phrases
from digest.compose.phrases import NAMES, fill
from digest.model.edits import Edits
from digest.model.issue import Words
from digest.model.lead import Lead
from digest.model.selection import Selection
from making import choice, frame, issue

TOLD = Selection(chosen=(choice(1, slot="lead"), *(choice(number) for number in range(2, 6))))
LEADS = {f"{1:012x}": Lead(sentences=("It rained.", "Nobody minded."))}


def opening(template: str, selection: Selection = TOLD) -> str:
    return compose(selection, LEADS, frame(phrases=Phrases(opening=template))).opening.text


def test_an_opening_is_made_of_the_first_stories() -> None:
    assert opening("{first} Also: {others}.") == (
        "It rained. Also: Story number 2 and Story number 3 and Story number 4."
    )
    assert opening("{authors} on {sections}") == "Ada Quill on Reporting"
    assert opening("{headline} | {also} | {count}") == "Story number 1 | Story number 2 · Story number 3 | 5"


def test_an_issue_without_stories_has_an_opening_without_them() -> None:
    assert opening("{first}{others}{authors}{sections}", Selection()) == ""


def test_every_name_can_be_filled_and_none_is_read_twice() -> None:
    made = opening(" ".join(f"{{{name}}}" for name in NAMES))
    assert "{" not in made
    assert fill("{headline}", {"headline": "{also}", "also": "no"}) == "{also}"


def test_candidates_have_their_lengths_and_the_one_that_is_chosen_is_first() -> None:
    found = candidates(issue())
    assert [(each.text, each.length, each.how) for each in found.subjects] == [
        ("Story number 1", 14, "as configured"),
        ("Story number 1 · Story number 2", 31, "the first two headlines"),
        ("Story number 2", 14, "the second headline"),
        ("The Harbour Weekly: Story number 1", 34, "the newsletter and the headline"),
        ("The Harbour Weekly 7", 20, "the newsletter and its number"),
        ("The Harbour Weekly, 18–25 October 2024", 38, "the newsletter and its dates"),
    ]
    assert [each.text for each in found.preheaders] == [
        "Story number 2",
        "Story number 2 · Story number 3",
        "The ferry left late.",
    ]
    assert all(each.fits for each in (*found.subjects, *found.preheaders))


def test_what_is_too_long_says_so_and_the_editors_own_words_too() -> None:
    found = candidates(issue(subject=Words(text="x" * 71, origin="editor")))
    assert (found.subjects[0].how, found.subjects[0].fits) == ("chosen by the editor", False)
    assert found.subjects[1].how == "the lead story's headline"


def test_an_issue_without_stories_has_few() -> None:
    empty = compose(Selection(), {}, frame(edits=Edits(subject="", preheader="")))
    found = candidates(empty)
    assert [each.how for each in found.subjects] == ["the newsletter and its number", "the newsletter and its dates"]
    assert found.preheaders == ()
