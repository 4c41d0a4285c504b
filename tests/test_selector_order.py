from typing import Any

import pytest

from digest.model.article import Article
from digest.model.edits import Standing, StoryEdit
from digest.model.selection import Selection
from digest.selector import select
from digest.selector.rules import Rules, SectionRule
from selector_samples import article, brief, day, order, slots

NEWS = [article(id_, day(6 - at), section="News") for at, id_ in enumerate("abcde")]


def picked(articles: list[Article], *edits: StoryEdit, **rules: Any) -> Selection:
    return select(articles, brief(None, *edits, rules=Rules(**({"lead_story": False} | rules))))


def sections(selection: Selection) -> list[tuple[str, str]]:
    return [(choice.article.id, choice.section) for choice in selection.chosen]


def test_sections_stand_as_configured_and_unlisted_ones_after_them_by_name() -> None:
    names = ["opinion", "Élan", "Zoo", "art", "", "NEWS"]
    rules = (SectionRule(name="News"), SectionRule(name="Opinion"), SectionRule(name="Empty"))
    told = sections(picked([article(f"{at}", section=name) for at, name in enumerate(names)], sections=rules))
    assert told == [("5", "News"), ("0", "Opinion"), ("4", ""), ("3", "art"), ("2", "Zoo"), ("1", "Élan")]


def test_spellings_of_an_unlisted_section_are_one() -> None:
    told = sections(picked([article("a", section="art"), article("b", day(2), section="Art")]))
    assert told == [("b", "Art"), ("a", "Art")]


def test_within_a_section_the_newest_comes_first_and_ties_go_by_id() -> None:
    them = [article("b", day(2)), article("c", day(3)), article("a", day(2)), article("d", None)]
    assert order(picked(them, StoryEdit(article="d", do="add"))) == ["c", "a", "b", "d"]


def test_held_comes_before_pinned_and_pinned_before_the_rest() -> None:
    case = brief(
        None,
        StoryEdit(article="d", do="pin"),
        StoryEdit(article="c", do="add"),
        rules=Rules(lead_story=False),
        standing=(Standing(article="e", do="hold", label="2024-W39"),),
    )
    assert order(select(NEWS, case)) == ["e", "d", "a", "b", "c"]


HEAVY = (
    SectionRule(name="News"),
    SectionRule(name="Essays", weight=3),
    SectionRule(name="Short", slot="brief", weight=9),
)
MIXED = [*NEWS, article("old", day(1), section="Essays"), article("new", day(2), section="Essays")]


@pytest.mark.parametrize(
    ("edits", "lead"),
    [
        ((), "new"),
        ((StoryEdit(article="e", do="pin"),), "e"),
        ((StoryEdit(article="e", do="pin"), StoryEdit(article="old", do="pin")), "old"),
        ((StoryEdit(article="e", slot="lead"), StoryEdit(article="old", do="pin")), "e"),
        ((StoryEdit(article="e", slot="lead"), StoryEdit(article="d", slot="lead")), "d"),
        ((StoryEdit(article="e", do="pin", slot="brief"),), "new"),
    ],
)
def test_the_lead_story_is_named_or_pinned_or_the_heaviest_and_newest(edits: tuple[StoryEdit, ...], lead: str) -> None:
    brief_ = article("short", section="Short")
    selection = picked([*MIXED, brief_], *edits, sections=HEAVY, lead_story=True)
    first = selection.chosen[0]
    assert (first.article.id, first.slot) == (lead, "lead")
    assert [slot for slot in slots(selection).values() if slot == "lead"] == ["lead"]
    assert first.section == first.article.section


def test_there_need_be_no_lead_story() -> None:
    assert set(slots(picked(NEWS)).values()) == {"story"}
    assert slots(picked(NEWS, StoryEdit(article="e", slot="lead")))["e"] == "lead"
    assert slots(picked(NEWS, unlisted="briefs", lead_story=True)) == dict.fromkeys("abcde", "brief")
    assert picked([], lead_story=True).chosen == ()


def test_briefs_come_from_the_section_or_the_editor() -> None:
    them = [*NEWS[:2], article("short", section="Short")]
    told = slots(picked(them, StoryEdit(article="b", slot="brief"), sections=HEAVY))
    assert told == {"a": "story", "b": "brief", "short": "brief"}


def test_headlines_stand_last_in_the_order_of_their_sections() -> None:
    edits = [StoryEdit(article=id_, slot="headline") for id_ in ("new", "c", "a")]
    assert order(picked(MIXED, *edits, sections=HEAVY)) == ["b", "d", "e", "old", "a", "c", "new"]


def test_an_editor_moves_a_story_to_another_section() -> None:
    told = sections(picked(MIXED, StoryEdit(article="e", section="essays"), sections=HEAVY))
    assert told[-3:] == [("e", "Essays"), ("new", "Essays"), ("old", "Essays")]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({"e": "a"}, "aebcd"),
        ({"e": ""}, "eabcd"),
        ({"e": "https://mag.example/b"}, "abecd"),
        ({"c": "b", "e": "c", "b": ""}, "bcead"),
        ({"e": "a", "d": "a"}, "aedbc"),
        ({"d": "", "e": ""}, "deabc"),
        ({"a": "a"}, "bcdea"),
        ({"a": "b", "b": "a", "c": ""}, "cdeab"),
        ({"e": "nowhere"}, "abcde"),
    ],
)
def test_an_editor_puts_a_story_behind_another(after: dict[str, str], expected: str) -> None:
    edits = [StoryEdit(article=id_, after=target) for id_, target in after.items()]
    assert "".join(order(picked(NEWS, *edits))) == expected


def test_a_story_follows_only_within_its_section() -> None:
    edits = (StoryEdit(article="new", after="a"), StoryEdit(article="c", after="a", section="Essays"))
    assert order(picked(MIXED, *edits, sections=HEAVY)) == ["a", "b", "d", "e", "c", "new", "old"]


def test_a_story_can_follow_the_lead() -> None:
    told = order(picked(NEWS, StoryEdit(article="e", after="c"), StoryEdit(article="c", do="pin"), lead_story=True))
    assert told == ["c", "e", "a", "b", "d"]


def test_a_long_chain_is_no_trouble() -> None:
    them = [article(f"{at:04}", day(at / 400)) for at in range(1500)]
    edits = [StoryEdit(article=f"{at:04}", after=f"{at - 1:04}" if at else "") for at in range(1500)]
    assert order(picked(them, *edits)) == [it.id for it in them]
