"""Each decision of an editor, through the real selector where it is about who is in and where."""

from typing import Any

import pytest

from digest.editing.deciding import decide
from digest.editing.lists import link_id, promo_id
from digest.editing.shown import Shown
from digest.errors import DecisionError
from digest.model.article import Article
from digest.model.decision import Decision
from digest.model.edits import Edits, LinkEdit, PromoEdit, StoryEdit, Was
from digest.model.selection import Selection
from digest.selector import select
from digest.selector.rules import Rules, SectionRule
from selector_samples import article, brief, day, order, slots

NEWS = [article(id_, day(6 - at), section="News") for at, id_ in enumerate("abcde")]
GONE = article("gone", section="News", gone=True)
SHORT = article("short", section="Short")
OLD = article("old", day(-20), section="News", aliases=("former",))
ALL = [*NEWS, GONE, SHORT, OLD]
RULES = Rules(sections=(SectionRule(name="News"), SectionRule(name="Short", slot="brief")), lead_story=False)
SOURCES = {"a": Was(headline="Story a", byline="", kicker="", dek="", lead="It began.", image="")}


def picked(edits: Edits, rules: Rules = RULES, archive: list[Article] = ALL) -> Selection:
    return select(archive, brief(None, *edits.stories, rules=rules))


def decided(edits: Edits | None = None, rules: Rules = RULES, **decision: Any) -> Edits:
    present = edits or Edits()
    return decide(present, Decision(**decision), Shown(selection=picked(present, rules), sources=SOURCES))


def stories(*edits: StoryEdit) -> Edits:
    return Edits(stories=edits)


def test_a_drop_and_a_hold_take_a_story_out_and_its_followers_stay() -> None:
    edits = stories(StoryEdit(article="e", after="a"))
    for do in ("drop", "hold"):
        new = decided(edits, act="do", story="a", do=do)
        assert order(picked(new))[:4] == ["e", "b", "c", "d"]
        assert decided(new, act="do", story="a").stories == (StoryEdit(article="e", after=""),)


def test_a_pin_brings_to_the_very_top_whatever_stood_there() -> None:
    first = decided(act="do", story="d", do="pin")
    assert first.stories == (StoryEdit(article="d", do="pin"),)
    second = decided(first, act="do", story="e", do="pin")
    assert order(picked(second))[:3] == ["e", "d", "a"]
    back = decided(second, act="do", story="e")
    assert back == first


def test_an_added_story_comes_in_where_it_is_wanted() -> None:
    new = decided(act="do", story="old", do="add", section="News", after="b")
    assert order(picked(new)) == ["a", "b", "old", "c", "d", "e", "short"]
    assert order(picked(decided(act="do", story="old", do="add")))[-2:] == ["old", "short"]
    told = picked(decided(act="do", story="old", do="add", section="Short"))
    assert [choice.section for choice in told.chosen if choice.article.id == "old"] == ["Short"]


@pytest.mark.parametrize("decision", [{"act": "do", "do": "add"}, {"act": "do", "do": "pin"}, {"act": "place"}])
def test_what_is_gone_never_comes_in(decision: dict[str, Any]) -> None:
    with pytest.raises(DecisionError, match="cannot come in: gone"):
        decided(story="gone", **decision)


def test_a_place_without_a_word_of_where_is_the_one_of_its_date_in_its_own_section() -> None:
    edits = stories(StoryEdit(article="e", section="Short", after=""), StoryEdit(article="d", after="a"))
    new = decided(edits, act="place", story="e")
    assert new.stories == (StoryEdit(article="d", after="a"),)
    assert order(picked(new)) == ["a", "d", "b", "c", "e", "short"]
    assert order(picked(decided(edits, act="place", story="d"))) == ["a", "b", "c", "d", "e", "short"]


@pytest.mark.parametrize("other", [StoryEdit(article="ad2", do="add"), StoryEdit(article="ad2", section="Sponsored")])
def test_the_word_of_its_own_section_stays_where_it_alone_brings_a_story_in(other: StoryEdit) -> None:
    archive = [*NEWS, article("ad", section="Sponsored"), article("ad2", section="Sponsored")]
    rules = Rules(sections=RULES.sections, excluded=("Sponsored",), lead_story=False)
    edits = stories(StoryEdit(article="ad", section="Sponsored"), other)
    shown = Shown(selection=picked(edits, rules, archive))
    new = decide(edits, Decision(act="place", story="ad", section="Sponsored", after=""), shown)
    assert StoryEdit(article="ad", section="Sponsored", after="") in new.stories
    assert order(picked(new, rules, archive))[-2:] == ["ad", "ad2"]
    told = decided(stories(StoryEdit(article="b", section="News")), act="place", story="b", section="News", after="")
    assert told.stories == (StoryEdit(article="b", after=""),)


def test_a_story_is_put_behind_none_that_stands_elsewhere() -> None:
    with pytest.raises(DecisionError, match="there is no short in News"):
        decided(act="place", story="a", section="News", after="short")


def test_there_is_one_lead_story_by_hand() -> None:
    first = decided(act="slot", story="c", slot="lead")
    second = decided(first, act="slot", story="d", slot="lead")
    assert slots(picked(second)) | {"c": "story", "d": "lead"} == slots(picked(second))
    assert second.stories == (StoryEdit(article="d", slot="lead"),)
    assert decided(second, act="slot", story="d") == Edits()
    down = decided(second, act="place", story="d", section="News", after="a")
    assert slots(picked(down))["d"] == "story"
    assert slots(picked(decided(second, act="place", story="d", section="Short", after="short")))["d"] == "brief"
    line = decided(act="place", story="a", section="Short", after="", slot="headline")
    assert slots(picked(line))["a"] == "headline"


def test_a_slot_brings_in_what_was_left_out() -> None:
    assert slots(picked(decided(act="slot", story="old", slot="headline")))["old"] == "headline"
    capped = Rules(sections=(SectionRule(name="News", cap=4),), lead_story=False, headlines=0)
    new = decided(None, capped, act="slot", story="e", slot="story")
    assert new.stories == (StoryEdit(article="e", slot="story"),)
    assert order(picked(new, capped))[:5] == ["a", "b", "c", "d", "e"]


def test_a_reset_takes_all_back_and_moves_nobody_else() -> None:
    edits = stories(
        StoryEdit(article="b", headline="B", after="", was=Was(headline="Story b")),
        StoryEdit(article="https://mag.example/b", dek="D"),
        StoryEdit(article="e", after="b"),
    )
    assert order(picked(edits))[:3] == ["b", "e", "a"]
    new = decided(edits, act="reset", story="b")
    assert new.stories == (StoryEdit(article="e", after=""),)
    assert decided(new, act="reset", story="unknown") == new


def test_a_text_remembers_what_it_replaced_once_and_forgets_it_when_taken_back() -> None:
    new = decided(act="text", story="a", field="headline", text="  Fog\n again ")
    assert new.stories == (StoryEdit(article="a", headline="Fog again", was=Was(headline="Story a")),)
    late = decide(
        new,
        Decision(act="text", story="a", field="headline", text="Mist"),
        Shown(selection=picked(new), sources={"a": Was(headline="Corrected")}),
    )
    assert late.stories[0].was == Was(headline="Story a")
    assert decided(late, act="text", story="a", field="headline") == Edits()
    assert decided(act="text", story="a", field="credit", text="Una").stories == (StoryEdit(article="a", credit="Una"),)
    assert decided(act="text", story="old", field="dek", text="x").stories == (StoryEdit(article="old", dek="x"),)


def test_a_text_goes_to_the_table_that_says_it_whatever_name_that_has() -> None:
    edits = stories(
        StoryEdit(article="https://mag.example/old", headline="One"),
        StoryEdit(article="former", dek="Two"),
        StoryEdit(article="unknown", dek="stays"),
    )
    new = decided(edits, act="text", story="old", field="headline", text="Three")
    assert new.stories == (StoryEdit(article="https://mag.example/old", headline="Three"), *edits.stories[1:])
    none = decided(new, act="text", story="old", field="headline")
    assert none.stories == edits.stories[1:]


def test_two_tables_for_a_story_remember_together() -> None:
    edits = stories(
        StoryEdit(article="a", headline="One", was=Was(headline="Old")),
        StoryEdit(article="https://mag.example/a", lead="Two.", was=Was(lead="Old.")),
    )
    new = decided(edits, act="keep", story="a", field="lead")
    shown = Shown(selection=picked(new))
    assert shown.chosen["a"].edit == StoryEdit(
        article="a", headline="One", lead="Two.", was=Was(headline="Old", lead="It began.")
    )


def test_a_name_that_two_articles_bear_is_taken_apart_when_one_of_them_is_edited() -> None:
    two = [article("x", aliases=("shared",)), article("y", aliases=("shared",))]
    edits = stories(StoryEdit(article="shared", kicker="K", was=Was(kicker="k")))
    shown = Shown(selection=select(two, brief(None, *edits.stories)))
    new = decide(edits, Decision(act="text", story="x", field="dek", text="D"), shown)
    assert {(edit.article, edit.kicker, edit.dek) for edit in new.stories} == {("x", "K", "D"), ("y", "K", None)}


@pytest.mark.parametrize("image", ["none", "", "https://mag.example/quay.jpg"])
def test_a_picture_is_an_address_or_none(image: str) -> None:
    assert decided(act="text", story="a", field="image", text=image).stories[0].image == image


def test_a_summary_takes_the_place_of_a_lead_by_hand() -> None:
    hand = decided(act="text", story="a", field="lead", text="By hand.")
    new = decided(hand, act="summary", story="a", summary="dek")
    assert new.stories == (StoryEdit(article="a", summary="dek"),)
    assert decided(new, act="summary", story="a") == Edits()


def test_the_issues_own_texts_are_said_and_taken_back() -> None:
    for field in ("subject", "preheader", "opening"):
        new = decided(act="issue", field=field, text=" Fog ")
        assert getattr(new, field) == "Fog"
        assert decided(new, act="issue", field=field) == Edits()
    assert decided(act="opening_by", opening_by="model") == Edits(opening_by="model")


def test_a_conflict_is_settled_for_one_text_or_all() -> None:
    said = StoryEdit(article="a", headline="Mine", lead="Mine.", was=Was(headline="Old", lead="Old."))
    kept = decided(stories(said), act="keep", story="a", field="headline").stories[0]
    assert (kept.headline, kept.was) == ("Mine", Was(headline="Story a", lead="Old."))
    every = decided(stories(said), act="keep", story="a").stories[0]
    assert every.was == Was(headline="Story a", lead="It began.")
    taken = decided(stories(said), act="take", story="a", field="headline")
    assert taken.stories == (StoryEdit(article="a", lead="Mine.", was=Was(lead="Old.")),)
    assert decided(stories(said), act="take", story="a") == Edits()


LINK: dict[str, Any] = {"url": "https://other.example/1", "title": "Elsewhere", "source": "Other", "text": "Why."}
PROMO: dict[str, Any] = {"title": "A boat", "text": "Cheap.", "label": "Sponsor", "section": "News"}


def test_links_are_added_changed_moved_and_taken_out() -> None:
    one = decided(act="link", **LINK)
    assert one.links == (LinkEdit(**LINK),)
    two = decided(one, act="link", url="https://other.example/2", title="Two", after="")
    assert [link.title for link in two.links] == ["Two", "Elsewhere"]
    second = link_id(two.links[0])
    moved = decided(
        two, act="link", url="https://other.example/3", title="3", story=second, after=link_id(one.links[0])
    )
    assert [link.title for link in moved.links] == ["Elsewhere", "3"]
    same = decided(two, act="link", url="https://other.example/2", title="Zwei", story=second)
    assert [link.title for link in same.links] == ["Zwei", "Elsewhere"]
    assert decided(two, act="unlink", story=second) == one


def test_advertisements_are_added_and_taken_out() -> None:
    one = decided(act="promo", **PROMO)
    assert one.promos == (PromoEdit(**PROMO),)
    two = decided(one, act="promo", title="A train", url="https://train.example/")
    assert decided(two, act="unpromo", story=promo_id(two.promos[0])).promos == two.promos[1:]


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        ({"act": "place"}, "which story is meant"),
        ({"act": "do", "story": "nobody", "do": "drop"}, "no such story in reach"),
        ({"act": "text", "story": "a", "field": "subject", "text": "x"}, "there is no text 'subject'"),
        ({"act": "issue", "field": "dek", "text": "x"}, "there is no text 'dek'"),
        ({"act": "text", "story": "a", "field": "image", "text": "quay.jpg"}, "not a picture's address"),
        ({"act": "keep", "story": "a", "field": "dek"}, "there is no text of yours"),
        ({"act": "take", "story": "a"}, "there is no text of yours"),
        ({"act": "link", "url": "javascript:alert(1)", "title": "x"}, "not a URL"),
        ({"act": "link", "url": "https://a.example", "title": " "}, "there is no headline"),
        ({"act": "promo", "url": "nowhere", "title": "x"}, "not a URL"),
        ({"act": "unlink", "story": "x"}, "there is no such entry"),
        ({"act": "unpromo"}, "there is no such entry"),
    ],
)
def test_what_cannot_be_carried_out_is_said(decision: dict[str, Any], says: str) -> None:
    with pytest.raises(DecisionError, match=says):
        decided(**decision)
