from hypothesis import assume, given, settings
from hypothesis import strategies as st

from digest.editing.deciding import decide
from digest.editing.shown import Shown
from digest.model.article import Article
from digest.model.decision import Decision
from digest.model.edits import Edits, Standing, StoryEdit
from digest.model.selection import Selection
from digest.selector import select
from digest.selector.rules import Brief, Rules, SectionRule
from selector_samples import article, brief, day

IDS = [f"s{number}" for number in range(10)]
NAMES = [*IDS, *(f"https://mag.example/{id_}" for id_ in IDS)]
SECTIONS = ["News", "news", "Art", "Short", "Other", "Sponsored", ""]
EDITS = st.builds(
    StoryEdit,
    article=st.sampled_from(NAMES),
    do=st.sampled_from(["pin", "add", "drop", "hold", None, None, None]),
    section=st.sampled_from([None, None, None, "News", "art", "Short", "New"]),
    after=st.sampled_from([None, "", "nothing", *NAMES]),
    slot=st.sampled_from([None, None, None, "lead", "story", "headline", "brief"]),
)
CAPS = st.sampled_from([None, None, 1, 2, 3])
RULES = st.builds(
    Rules,
    sections=st.tuples(
        st.builds(SectionRule, name=st.just("News"), cap=CAPS, weight=st.integers(0, 2)),
        st.builds(SectionRule, name=st.just("Short"), cap=CAPS, slot=st.just("brief"), weight=st.integers(0, 2)),
        st.builds(SectionRule, name=st.just("Art"), cap=CAPS, minimum=st.integers(0, 2), weight=st.integers(0, 2)),
    ),
    excluded=st.just(("Sponsored",)),
    unlisted=st.sampled_from(["last", "briefs"]),
    per_author=st.sampled_from([None, None, 2]),
    headlines=st.integers(0, 2),
    lead_story=st.booleans(),
)


@st.composite
def archives(draw: st.DrawFn) -> list[Article]:
    return [
        article(
            id_,
            day(draw(st.integers(1, 6))),
            section=draw(st.sampled_from(SECTIONS)),
            authors=draw(st.sampled_from([("Ana",), ("Bo",)])),
        )
        for id_ in IDS
    ]


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    held = [
        Standing(article=id_, do="hold", label="2024-W39") for id_ in draw(st.sets(st.sampled_from(IDS), max_size=2))
    ]
    return brief(None, *draw(st.lists(EDITS, max_size=14)), rules=draw(RULES), standing=tuple(held))


def again(archive: list[Article], case: Brief, edits: Edits) -> Selection:
    return select(archive, brief(None, *edits.stories, rules=case.rules, standing=case.standing))


def seen(selection: Selection, *without: str) -> list[tuple[str, str, str]]:
    """Return what readers see, in order: id, section, slot."""
    told = [(choice.article.id, choice.section.casefold(), choice.slot) for choice in selection.chosen]
    return [each for each in told if each[0] not in without]


def lead(selection: Selection) -> str:
    return next((choice.article.id for choice in selection.chosen if choice.slot == "lead"), "")


def stories(selection: Selection, section: str) -> list[str]:
    here = [choice for choice in selection.chosen if choice.section.casefold() == section.casefold()]
    return [choice.article.id for choice in here if choice.slot in {"story", "brief"}]


def placed(data: st.DataObject, old: Selection, edits: Edits, story: str) -> tuple[Decision, list[str], Edits]:
    """Put a story somewhere; return the decision, what its section's stories should be, and the new edits."""
    section = data.draw(st.sampled_from(sorted({choice.section for choice in old.chosen})))
    others = [id_ for id_ in stories(old, section) if id_ != story]
    behind = data.draw(st.sampled_from(["", *others]))
    wanted = Decision(act="place", story=story, section=section, after=behind)
    place = others.index(behind) + 1 if behind else 0
    return wanted, [*others[:place], story, *others[place:]], decide(edits, wanted, Shown(selection=old))


@settings(max_examples=150)
@given(st.data(), archives(), briefs())
def test_a_placed_story_stands_where_it_was_put_and_nothing_else_moves(
    data: st.DataObject, archive: list[Article], case: Brief
) -> None:
    old = select(archive, case)
    movable = [choice for choice in old.chosen if choice.slot in {"story", "brief"}]
    assume(movable)
    choice = data.draw(st.sampled_from(movable))
    wanted, expected, edits = placed(data, old, case.edits, choice.article.id)
    new = again(archive, case, edits)
    came_home = choice.section.casefold() != choice.article.section.casefold() == str(wanted.section).casefold()
    assume(not (came_home and lead(new) == wanted.story))
    assert seen(new, choice.article.id) == seen(old, choice.article.id)
    assert stories(new, str(wanted.section)) == expected
    assert decide(edits, wanted, Shown(selection=new)) == edits


@settings(max_examples=80)
@given(st.data(), archives(), briefs())
def test_a_lead_story_that_is_placed_makes_room_for_another_and_nothing_else_moves(
    data: st.DataObject, archive: list[Article], case: Brief
) -> None:
    old = select(archive, case)
    assume(lead(old))
    wanted, expected, edits = placed(data, old, case.edits, lead(old))
    new = again(archive, case, edits)
    assert lead(new) != lead(old)
    assert seen(new, lead(old), lead(new)) == seen(old, lead(old), lead(new))
    assert stories(new, str(wanted.section)) == [id_ for id_ in expected if id_ != lead(new)]


@settings(max_examples=80)
@given(st.data(), archives(), briefs())
def test_what_was_over_a_cap_comes_in_where_it_was_put_and_nothing_else_moves(
    data: st.DataObject, archive: list[Article], case: Brief
) -> None:
    old = select(archive, case)
    over = [left.article.id for left in old.left_out if left.reason.code in {"author-cap", "section-cap"}]
    headlines = [choice.article.id for choice in old.chosen if choice.reason.how == "over-cap"]
    assume(over + headlines)
    story = data.draw(st.sampled_from(over + headlines))
    wanted, expected, edits = placed(data, old, case.edits, story)
    new = again(archive, case, edits)
    assume(lead(new) != story)
    assert stories(new, str(wanted.section)) == expected
    stories_only = [[each for each in seen(which, story) if each[2] != "headline"] for which in (old, new)]
    assert stories_only[0] == stories_only[1]


@settings(max_examples=80)
@given(st.data(), archives(), briefs())
def test_what_was_left_out_comes_in_where_it_was_put(data: st.DataObject, archive: list[Article], case: Brief) -> None:
    """It takes the room of others, as an added one does: what it was put behind may be out now."""
    old = select(archive, case)
    assume(old.left_out and old.chosen)
    story = data.draw(st.sampled_from([left.article.id for left in old.left_out]))
    wanted, expected, edits = placed(data, old, case.edits, story)
    new = again(archive, case, edits)
    there = stories(new, str(wanted.section))
    assert story in there or story == lead(new)
    if set(expected) <= {choice.article.id for choice in new.chosen}:
        assert [id_ for id_ in there if id_ in expected] == [id_ for id_ in expected if id_ in there]
