from typing import Any

import pytest

from digest.model.article import Article, Block
from digest.model.edits import Action, Standing, StoryEdit, Was
from digest.model.selection import Carried, How, Reason
from digest.selector import select
from digest.selector.rules import Brief, Rules, SectionRule
from selector_samples import DAY, HOUR, article, body, brief, day, order, reasons, sent, week

NEWS_ONLY = Rules(sections=(SectionRule(name="News"),), unlisted="exclude", since=day(0))


def reason(it: Article, case: Brief) -> Reason:
    return reasons(select([it], case))[it.id]


def test_what_nothing_speaks_against_is_chosen() -> None:
    selection = select([article("a")], brief())
    assert order(selection) == ["a"]
    assert reasons(selection)["a"] == Reason(code="chosen", how="window", when=day(1))
    assert selection.left_out == ()
    assert selection.unmatched == ()


def test_a_window_holds_its_start_and_not_its_end() -> None:
    selection = select(
        [article("first", day(0)), article("last", day(7) - HOUR / 3600), article("next", day(7))], brief()
    )
    assert sorted(order(selection)) == ["first", "last"]
    assert reasons(selection)["next"] == Reason(code="outside", when=day(7))


FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("sent-before", {"aliases": ("old-name",)}),
    ("gone", {"gone": True}),
    ("undated", {"published": None}),
    ("guessed-date", {"date_source": "guess"}),
    ("outside", {"published": day(-1)}),
    ("section-excluded", {"section": "Sponsored"}),
    ("too-short", {"blocks": (Block(text="Two words"),)}),
]
CARRIED = sent(-1, article("old-name", url="", fingerprint=""))


@pytest.mark.parametrize("at", range(len(FAULTS)))
def test_the_first_reason_in_the_order_wins(at: int) -> None:
    fields = {key: value for _, given in reversed(FAULTS[at:]) for key, value in given.items()}
    case = brief(rules=Rules(excluded=("sponsored",)), sent=(CARRIED,))
    assert reason(article("a", **fields), case).code == FAULTS[at][0]


@pytest.mark.parametrize(("do", "code"), [("drop", "dropped"), ("hold", "held")])
def test_what_the_editor_puts_aside_comes_before_all_else(do: Action, code: str) -> None:
    it = article("a", aliases=("old-name",), gone=True)
    assert reason(it, brief(None, StoryEdit(article="a", do=do), sent=(CARRIED,))) == Reason(code=code)  # type: ignore[arg-type] # the codes above


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"gone": True}, Reason(code="gone")),
        ({"published": None}, Reason(code="undated")),
        ({"date_source": "guess"}, Reason(code="guessed-date", when=day(1))),
        ({"section": "Notices"}, Reason(code="section-excluded", of="Notices")),
        ({"blocks": (*body("a", 30), *body("b", 9))}, Reason(code="too-short", count=39, limit=40)),
    ],
)
def test_a_reason_tells_its_figures(fields: dict[str, Any], expected: Reason) -> None:
    assert reason(article("a", **fields), brief(rules=Rules(excluded=("NOTICES",)))) == expected


def test_forty_words_are_enough() -> None:
    assert reason(article("a", blocks=body("a", 40)), brief()).code == "chosen"


def test_only_an_open_window_knows_a_future() -> None:
    it = article("a", day(3))
    assert reason(it, brief(now=day(2))) == Reason(code="future", when=day(3))
    assert reason(it, brief(now=day(3))).code == "chosen"
    assert reason(it, brief()).code == "chosen"
    assert reason(article("b", day(9)), brief(now=day(2))).code == "future"


@pytest.mark.parametrize(
    ("section", "code"), [("news", "chosen"), ("Culture", "section-excluded"), ("", "section-excluded")]
)
def test_unlisted_sections_can_be_left_out(section: str, code: str) -> None:
    assert reason(article("a", section=section), brief(rules=NEWS_ONLY)).code == code


def test_a_section_that_the_editor_gives_is_never_left_out() -> None:
    edits = (StoryEdit(article="a", section="Culture"),)
    assert reason(article("a", section="Sponsored"), brief(None, *edits, rules=NEWS_ONLY)).code == "chosen"


@pytest.mark.parametrize(("do", "how"), [("add", "added"), ("pin", "pinned")])
@pytest.mark.parametrize(
    "fields",
    [
        {"published": None},
        {"date_source": "guess"},
        {"published": day(-30)},
        {"published": day(9)},
        {"section": "Culture"},
        {"blocks": ()},
        {},
    ],
)
def test_the_editor_brings_in_what_the_rules_would_not(do: Action, how: How, fields: dict[str, Any]) -> None:
    it = article("a", **fields)
    case = brief(None, StoryEdit(article="a", do=do), rules=NEWS_ONLY)
    assert reason(it, case) == Reason(code="chosen", how=how, when=it.published)


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"aliases": ("old-name",)}, "sent-before"), ({"gone": True}, "gone"), ({"published": day(5)}, "future")],
)
@pytest.mark.parametrize("do", ["add", "pin", None])
def test_nobody_brings_in_what_was_sent_or_is_gone_or_not_yet_out(
    do: Action | None, fields: dict[str, Any], code: str
) -> None:
    standing = Standing(article="a", do="hold", label="2024-W39")
    case = brief(None, StoryEdit(article="a", do=do), sent=(CARRIED,), now=day(4), standing=(standing,))
    assert reason(article("a", **fields), case).code == code


HELD = Standing(article="a", do="hold", label="2024-W39")


def test_what_was_held_comes_in_and_says_from_where() -> None:
    it = article("a", day(-3))
    assert reason(it, brief(standing=(HELD,))) == Reason(code="chosen", how="held", of="2024-W39", when=day(-3))


@pytest.mark.parametrize(("do", "how"), [("pin", "pinned"), ("add", "added"), ("drop", None), ("hold", None)])
def test_this_issues_word_goes_before_an_earlier_one(do: Action, how: How | None) -> None:
    assert reason(article("a", day(-3)), brief(None, StoryEdit(article="a", do=do), standing=(HELD,))).how == how


def test_of_two_earlier_words_the_later_stands() -> None:
    later = Standing(article="https://mag.example/a", do="drop", label="2024-W39")
    assert reason(article("a", day(-3)), brief(standing=(HELD, later))).code == "outside"


HELD_BY_URL = Standing(article="http://mag.example/a/?utm_source=mail", do="hold", label="2024-W38")
DROPPED_BY_ID = Standing(article="a", do="drop", label="2024-W39")
ADDED_BY_GUID = Standing(article="guid:1", do="add", label="2024-W39")


@pytest.mark.parametrize(
    ("decisions", "code", "offer"),
    [
        ((HELD_BY_URL, DROPPED_BY_ID), "outside", None),
        ((DROPPED_BY_ID, HELD_BY_URL), "chosen", None),
        ((DROPPED_BY_ID, ADDED_BY_GUID), "outside", "skipped-week"),
        ((ADDED_BY_GUID, DROPPED_BY_ID), "outside", None),
        ((HELD_BY_URL, ADDED_BY_GUID), "chosen", None),
        ((HELD_BY_URL, DROPPED_BY_ID, ADDED_BY_GUID), "outside", "skipped-week"),
    ],
)
def test_the_last_word_stands_whatever_name_it_was_said_of(
    decisions: tuple[Standing, ...], code: str, offer: str | None
) -> None:
    it = article("a", day(-3), aliases=("guid:1",))
    told = reason(it, brief(rules=Rules(since=day(-9)), standing=decisions))
    assert (told.code, told.offer) == (code, offer)
    assert told.how == ("held" if code == "chosen" else None)


@pytest.mark.parametrize(
    "carried",
    [
        Carried(id="a"),
        Carried(id="x", aliases=("a",)),
        Carried(id="x", aliases=("guid:1",)),
        Carried(id="x", url="https://mag.example/a"),
        Carried(id="x", url="https://mag.example/slug-of-old"),
        Carried(id="x", url="http://mag.example/a/"),
        Carried(id="x", url="https://mag.example/slug-of-old/?utm_source=mail"),
        Carried(id="x", aliases=("http://MAG.example/a",)),
        Carried(id="x", fingerprint=article("a").fingerprint),
    ],
)
def test_what_was_sent_is_known_by_any_of_its_names(carried: Carried) -> None:
    it = article("a", aliases=("guid:1", "https://mag.example/slug-of-old"))
    earlier = sent(-1)
    issues = tuple(
        type(earlier)(label=label, start=day(-7), end=day(end), sent_at=day(0), carried=(carried,))
        for label, end in (("second", 0), ("first", -1))
    )
    assert reason(it, brief(sent=issues)) == Reason(code="sent-before", of="first")


def test_silence_is_no_name() -> None:
    nameless = sent(-1, article("x", url="", fingerprint="", aliases=("",)))
    assert reason(article("a", url="", fingerprint="", aliases=("",)), brief(sent=(nameless,))).code == "chosen"


@pytest.mark.parametrize(
    "name", ["a", " a ", "guid:1", "https://mag.example/a", "HTTP://Mag.example/a/?utm_source=mail#top"]
)
def test_an_edit_names_an_article_by_id_alias_or_url(name: str) -> None:
    selection = select([article("a", aliases=("guid:1",))], brief(None, StoryEdit(article=name, do="drop")))
    assert reasons(selection)["a"].code == "dropped"
    assert selection.unmatched == ()


def test_edits_that_name_nothing_in_reach_are_told() -> None:
    names = ("b", "a", "https://mag.example/none", "b", "")
    edits = [StoryEdit(article=name, headline="New") for name in names]
    assert select([article("a")], brief(None, *edits)).unmatched == ("b", "https://mag.example/none", "")


def test_a_place_behind_nothing_in_reach_is_told() -> None:
    places = ("nonsense", "", "https://mag.example/a?utm_source=mail", "b")
    edits = [StoryEdit(article="a", after=place) for place in places]
    assert select([article("a")], brief(None, *edits)).unmatched == ("nonsense", "b")


def test_of_two_edits_the_later_wins_where_it_says_something() -> None:
    edits = (
        StoryEdit(article="a", do="drop", section="News", slot="brief"),
        StoryEdit(article="https://mag.example/a", do="add", slot="headline", headline="x"),
        StoryEdit(article="a", headline="y"),
    )
    [choice] = select([article("a", day(-20))], brief(None, *edits)).chosen
    assert (choice.reason.how, choice.section, choice.slot) == ("added", "News", "headline")


def test_all_that_is_said_of_an_article_goes_with_it_as_one_edit() -> None:
    edits = (
        StoryEdit(article="a", headline="First", kicker="Harbour", was=Was(headline="Story a")),
        StoryEdit(article="https://mag.example/a?utm_source=mail", headline="Second", byline="", was=Was(lead="Text")),
        StoryEdit(article="guid:1", after="http://mag.example/b"),
        StoryEdit(article="elsewhere", headline="Not this one"),
    )
    them = [article("a", aliases=("guid:1",)), article("b"), article("c")]
    told = {choice.article.id: choice.edit for choice in select(them, brief(None, *edits)).chosen}
    assert told["a"] == StoryEdit(
        article="a",
        headline="Second",
        kicker="Harbour",
        byline="",
        after="b",
        was=Was(headline="Story a", lead="Text"),
    )
    assert told["b"] is None
    assert told["c"] is None


def test_two_states_of_one_article_are_one_case_in_any_order() -> None:
    both = [article("a"), article("a", section="News")]
    selection = select(both, brief())
    assert len(selection.chosen) == 1
    assert selection == select(reversed(both), brief())
    assert select([both[0], both[0]], brief()) == select(both[:1], brief())


def test_what_is_left_out_stands_by_date_title_and_id() -> None:
    them = [
        article("e", None),
        article("d", day(9), title="B"),
        article("b", day(9), title="A"),
        article("c", day(9), title="A"),
        article("a", day(-9) + DAY),
    ]
    assert [left.article.id for left in select(them, brief(week(0))).left_out] == ["a", "b", "c", "d", "e"]
