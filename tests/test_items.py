"""A round-up column becomes items: which paragraphs they are, their headline, their source, and where they stand."""

from dataclasses import replace

import pytest

from digest.compose import compose
from digest.compose.frame import Phrases, SectionStyle
from digest.model.article import Article, Block, Link
from digest.model.issue import Issue
from digest.model.selection import Choice, Selection
from digest.summarizer.items import Item, items
from making import choice, frame
from test_lead import CREW, FERRY, MAYOR, story

ROPE = "The rope works at Bergen will close in May, according to reporting from The Quay Herald. It has 40 workers."
PILOTS = "Pilots “will not strike. They will wait,” said Ida Holm. The Harbour Post reports that talks go on."
HEADING = "Other harbour news this week:"


def column(heading: str = HEADING) -> Article:
    return story(FERRY, CREW, ("heading", heading), ROPE, PILOTS, ("heading", "From the mayor’s office"), MAYOR)


def test_each_paragraph_below_the_heading_is_an_item_with_its_text_whole() -> None:
    first, second = items(column())
    assert first == Item(
        headline="The rope works at Bergen will close in May, according to reporting from The Quay Herald.",
        rest="It has 40 workers.",
        source="Quay Herald",
    )
    assert second.headline == "Pilots “will not strike. They will wait,” said Ida Holm."
    assert second.source == "Harbour Post"
    assert [each.text for each in (first, second)] == [ROPE, PILOTS]


@pytest.mark.parametrize(
    "heading",
    [
        "Other Harbour News this week",
        "More news from the coast",
        "News of the week",
        "In brief",
        "In other news:",
        "Elsewhere",
        "Also this week",
        "Weitere Meldungen",
        "En bref",
    ],
)
def test_a_heading_that_announces_items_is_known(heading: str) -> None:
    assert len(items(column(heading))) == 2


@pytest.mark.parametrize("heading", ["How the news broke", "The other ferry", "A week at sea", "What comes next"])
def test_other_headings_announce_none(heading: str) -> None:
    assert items(column(heading)) == ()


def test_a_single_paragraph_is_no_list_and_furniture_no_item() -> None:
    assert (
        items(story(FERRY, ("heading", HEADING), ROPE, "Sign up for our newsletter here and get all the news.")) == ()
    )
    assert items(story(FERRY, ("heading", HEADING), ROPE, "He left.", "Advertisement")) == ()
    assert items(story(FERRY, CREW)) == ()


def test_a_heading_that_lost_its_mark_up_is_known_by_its_colon() -> None:
    assert len(items(story(FERRY, HEADING, ("item", ROPE), ("item", PILOTS)))) == 2


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The line, according to a report by the Bergen Rope Board, is closed for good and all.", "Bergen Rope Board"),
        ("As first reported by Harbour Radio, the ferry line is closed for good and for all.", "Harbour Radio"),
        ("Reutersreports that the ferry line is closed for good, and for all of its crews.", "Reuters"),
        ("The ferry line is closed for good, and according to officials nobody minds at all.", ""),
        ("The mayor of the town reports to nobody but the people of the whole old harbour.", ""),
    ],
)
def test_the_source_is_who_the_item_says_told_it(text: str, source: str) -> None:
    assert items(story(FERRY, ("heading", HEADING), text, PILOTS))[0].source == source


def test_an_item_leads_to_where_it_comes_from_and_not_to_the_magazine_itself() -> None:
    own = Link(text="closed", url="https://www.harbour.example/closed")
    other = Link(text="Quay Herald", url="https://quay-herald.example/rope")
    blocks = (
        Block(kind="heading", text=HEADING),
        Block(text=ROPE, links=(own, other)),
        Block(text=PILOTS, links=(own,)),
    )
    found = items(replace(story(FERRY), blocks=blocks), ["harbour.example"])
    assert [item.url for item in found] == ["https://quay-herald.example/rope", ""]


def test_they_stand_behind_their_column_where_the_section_asks_for_them() -> None:
    told = choice(1, blocks=column().blocks, title="Harbour watch")
    for wanted in (True, False):
        made = compose(
            Selection(chosen=(told, choice(2))),
            {},
            frame(sections=(SectionStyle(name="Reporting", items=wanted),), phrases=Phrases(subject="{count}: {also}")),
        )
        (section,) = made.sections
        assert [entry.entry for entry in section.entries] == ["story", *(["item", "item"] if wanted else []), "story"]
        assert made.subject.text == "2: Story number 2"
    (first, *_) = [entry for entry in _with_items(told).sections[0].entries if entry.entry == "item"]
    assert (first.title.text, first.lead.text) == (items(column())[0].headline, "It has 40 workers.")
    assert (first.source, first.url, first.slot) == ("Quay Herald", "https://harbour.example/story-1", "brief")
    assert len({entry.id for entry in _with_items(told).entries}) == 3


def _with_items(told: Choice) -> Issue:
    return compose(Selection(chosen=(told,)), {}, frame(sections=(SectionStyle(name="Reporting", items=True),)))


def test_those_of_the_lead_story_open_its_section_and_a_headline_has_none() -> None:
    style = frame(sections=(SectionStyle(name="Reporting", items=True),))
    made = compose(Selection(chosen=(choice(1, slot="lead", blocks=column().blocks), choice(2))), {}, style)
    assert [[entry.entry for entry in section.entries] for section in made.sections] == [
        ["story"],
        ["item", "item", "story"],
    ]
    made = compose(Selection(chosen=(choice(1, slot="headline", blocks=column().blocks),)), {}, style)
    assert made.sections == ()
