from typing import Any

from digest.model.article import Article
from digest.model.edits import Standing, StoryEdit
from digest.model.selection import Reason, Selection
from digest.selector import select
from digest.selector.rules import Rules, SectionRule
from selector_samples import article, brief, day, order, reasons, slots


def picked(articles: list[Article], *edits: StoryEdit, **rules: Any) -> Selection:
    return select(articles, brief(None, *edits, rules=Rules(**({"lead_story": False, "headlines": 0} | rules))))


def by(*authors: str, ids: str = "abc", **fields: Any) -> list[Article]:
    """Return a story a letter, the first the newest."""
    return [article(id_, day(6 - at), authors=authors, **fields) for at, id_ in enumerate(ids)]


def test_an_authors_newest_stories_stay() -> None:
    selection = picked(by("Ana Ruiz"), per_author=2)
    assert order(selection) == ["a", "b"]
    assert reasons(selection)["c"] == Reason(code="author-cap", of="Ana Ruiz", count=3, limit=2)


def test_each_author_of_a_piece_counts_whatever_the_case() -> None:
    them = [*by("Ana Ruiz", "Bo Li", ids="a"), *by("ANA RUIZ", ids="b"), *by("Cy", "Bo Li", "Bo Li", "", ids="c")]
    told = reasons(picked(them, per_author=1))
    assert (told["b"].of, told["c"].of, told["c"].count) == ("ANA RUIZ", "Bo Li", 2)


def test_stories_without_an_author_are_not_capped() -> None:
    assert len(picked([*by(), *by("", ids="def")], per_author=1).chosen) == 6


def test_a_section_shows_no_more_than_its_cap() -> None:
    rules = (SectionRule(name="News", cap=1),)
    selection = picked([*by(section="news"), *by(section="Other", ids="def")], sections=rules)
    assert order(selection) == ["a", "d", "e", "f"]
    assert reasons(selection)["b"] == Reason(code="section-cap", of="News", count=3, limit=1)


def test_the_authors_cap_is_named_before_the_sections() -> None:
    selection = picked(by("Ana", section="News"), per_author=1, sections=(SectionRule(name="News", cap=1),))
    assert reasons(selection)["b"].code == "author-cap"


def test_a_heavier_section_goes_first_where_an_author_is_over() -> None:
    rules = (SectionRule(name="Light"), SectionRule(name="Heavy", weight=5))
    them = [*by("Ana", ids="a", section="Light"), article("b", day(1), authors=("Ana",), section="Heavy")]
    assert order(picked(them, per_author=1, sections=rules)) == ["b"]


def test_the_authors_cap_gives_way_to_a_minimum() -> None:
    rules = (SectionRule(name="News"), SectionRule(name="Art", minimum=2))
    them = [*by("Ana", ids="a", section="News"), *by("Ana", ids="bcd", section="Art")]
    selection = picked(them, per_author=1, sections=rules)
    assert order(selection) == ["a", "b", "c"]
    assert reasons(selection)["d"] == Reason(code="author-cap", of="Ana", count=4, limit=1)


def test_a_sections_cap_never_gives_way() -> None:
    selection = picked(by("Ana", section="Art"), per_author=1, sections=(SectionRule(name="Art", cap=1, minimum=3),))
    assert order(selection) == ["a"]


def test_what_is_over_keeps_a_line_by_rank() -> None:
    selection = picked(by(section="News", ids="abcd"), sections=(SectionRule(name="News", cap=1),), headlines=2)
    assert slots(selection) == {"a": "story", "b": "headline", "c": "headline"}
    over = Reason(code="chosen", how="over-cap", of="News", count=4, limit=1, when=day(5))
    assert reasons(selection)["b"] == over
    assert reasons(selection)["d"].code == "section-cap"


def test_a_section_of_headlines_has_no_lesser_slot() -> None:
    rules = (SectionRule(name="News", cap=1, slot="headline"),)
    selection = picked(by(section="News"), sections=rules, headlines=5)
    assert order(selection) == ["a"]


def test_what_the_editor_wants_is_in_and_takes_up_room() -> None:
    edits = (StoryEdit(article="b", do="add"), StoryEdit(article="c", slot="brief"))
    selection = picked(by("Ana", section="News"), *edits, per_author=1, sections=(SectionRule(name="News", cap=1),))
    assert slots(selection) == {"b": "story", "c": "brief"}
    assert reasons(selection)["a"].code == "author-cap"


def test_what_was_held_ranks_first() -> None:
    rules = Rules(sections=(SectionRule(name="News", cap=2),), headlines=0)
    standing = (Standing(article="c", do="hold", label="2024-W39"),)
    assert order(select(by(section="News"), brief(rules=rules, standing=standing))) == ["a", "c"]
    assert order(select(by(section="News"), brief(rules=Rules(lead_story=False), standing=standing))) == ["c", "a", "b"]


def test_a_headline_by_hand_takes_up_no_room() -> None:
    edit = StoryEdit(article="a", slot="headline")
    selection = picked(by("Ana", section="News"), edit, per_author=1, sections=(SectionRule(name="News", cap=1),))
    assert slots(selection) == {"b": "story", "a": "headline"}
    assert reasons(selection)["c"].count == 2


def test_a_late_story_that_is_over_keeps_its_line() -> None:
    them = [*by(section="News"), article("late", day(-3), section="News")]
    rules = Rules(sections=(SectionRule(name="News", cap=3),), since=day(-9), late="include", lead_story=False)
    selection = select(them, brief(rules=rules))
    assert slots(selection)["late"] == "headline"
    assert reasons(selection)["late"].how == "over-cap"


def test_a_story_that_is_over_and_was_given_a_slot_is_in_and_puts_nobody_out() -> None:
    rules = (SectionRule(name="News", cap=1),)
    selection = picked(by("Ana", section="News"), StoryEdit(article="c", slot="story"), sections=rules, headlines=1)
    assert slots(selection) == {"a": "story", "c": "story", "b": "headline"}
    assert reasons(selection)["c"].how == "window"


def test_an_added_story_takes_the_room_of_another() -> None:
    rules = (SectionRule(name="News", cap=1),)
    selection = picked(by("Ana", section="News"), StoryEdit(article="c", do="add"), sections=rules)
    assert order(selection) == ["c"]
