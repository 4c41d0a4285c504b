from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model.article import Article
from digest.model.edits import Standing, StoryEdit
from digest.selector import select
from digest.selector.rules import Brief, Rules, SectionRule
from selector_samples import DAY, article, body, brief, day, reasons, sent, week

IDS = [f"s{number}" for number in range(12)]
SECTIONS = ["News", "news", "Art", "Sponsored", "Other", ""]
TRAITS = st.fixed_dictionaries(
    {},
    optional={
        "section": st.sampled_from(SECTIONS),
        "authors": st.sampled_from([(), ("Ana",), ("Bo",), ("Ana", "bo")]),
        "blocks": st.sampled_from([body("twin", 14), body("twin", 15), ()]),
        "first_seen": st.sampled_from([day(0), day(30)]),
        "gone": st.just(value=True),
        "date_source": st.just("guess"),
    },
)
WHEN = st.one_of(st.none(), *[st.integers(-14, 14).map(day)] * 6)


@st.composite
def archives(draw: st.DrawFn) -> list[Article]:
    return [
        article(id_, draw(WHEN), **({"section": "News", "authors": ("Ana",), "blocks": body(id_, 14)} | draw(TRAITS)))
        for id_ in IDS
    ]


EDITS = st.builds(
    StoryEdit,
    article=st.sampled_from([*IDS, "https://mag.example/s1", "nothing"]),
    do=st.sampled_from(["pin", "add", "drop", "hold", None]),
    section=st.sampled_from([None, None, "News", "New"]),
    after=st.sampled_from([None, None, "", "s1", "s2"]),
    slot=st.sampled_from([None, None, "lead", "headline", "brief"]),
)
CAPS = st.sampled_from([None, 1, 2])
SLOTS = st.sampled_from(["story", "brief", "headline"])
SECTION_RULES = st.tuples(
    st.builds(SectionRule, name=st.just("Art"), cap=CAPS, minimum=st.integers(0, 2), weight=st.integers(0, 1)),
    st.builds(SectionRule, name=st.just("News"), cap=CAPS, minimum=st.integers(0, 2), slot=SLOTS),
)
RULES = st.builds(
    Rules,
    sections=SECTION_RULES,
    excluded=st.just(("Sponsored",)),
    unlisted=st.sampled_from(["last", "briefs", "exclude"]),
    per_author=CAPS,
    headlines=st.integers(0, 2),
    shortest=st.just(10),
    lead_story=st.booleans(),
    since=st.sampled_from([None, day(-14)]),
    late=st.sampled_from(["offer", "include"]),
)
STANDING = st.builds(
    Standing, article=st.sampled_from(IDS), do=st.sampled_from(["hold", "drop"]), label=st.just("2024-W39")
)


@st.composite
def briefs(draw: st.DrawFn, archive: list[Article]) -> Brief:
    return brief(
        week(0),
        *draw(st.lists(EDITS, max_size=6)),
        rules=draw(RULES),
        sent=draw(st.sampled_from([(), (sent(-1, *archive[:3], after=DAY),)])),
        standing=tuple(draw(st.lists(STANDING, max_size=2))),
        now=draw(st.sampled_from([None, day(4)])),
    )


@settings(max_examples=150)
@given(st.data())
def test_every_article_is_in_the_selection_once_whatever_their_order(data: st.DataObject) -> None:
    archive = data.draw(archives())
    case = data.draw(briefs(archive))
    selection = select(archive, case)
    ids = [choice.article.id for choice in selection.chosen] + [left.article.id for left in selection.left_out]
    assert sorted(ids) == sorted(IDS)
    shuffled = data.draw(st.permutations([*archive, *archive[::5]]))
    assert select(shuffled, case) == selection
    again = [*(left.article for left in selection.left_out), *(choice.article for choice in selection.chosen)]
    assert select(again, replace(case, sent=case.sent[::-1])) == selection


@settings(max_examples=150)
@given(st.data())
def test_what_was_sent_is_gone_or_is_not_out_is_never_chosen(data: st.DataObject) -> None:
    archive = data.draw(archives())
    case = data.draw(briefs(archive))
    carried = {carried.id for issue in case.sent for carried in issue.carried}
    selection = select(archive, case)
    for choice in selection.chosen:
        published = choice.article.published
        assert choice.article.id not in carried
        assert not choice.article.gone
        assert case.now is None or published is None or published <= case.now
    assert sum(choice.slot == "lead" for choice in selection.chosen) <= 1
    assert {choice.reason.code for choice in selection.chosen} <= {"chosen"}
    assert "chosen" not in {left.reason.code for left in selection.left_out}


@settings(max_examples=150)
@given(archives(), RULES)
def test_no_cap_is_exceeded_but_for_a_minimum(archive: list[Article], rules: Rules) -> None:
    counted = [choice for choice in select(archive, brief(rules=rules)).chosen if choice.reason.how != "over-cap"]
    in_section = Counter(choice.section for choice in counted)
    by_author = Counter(name.casefold() for choice in counted for name in choice.article.authors)
    for rule in rules.sections:
        assert in_section[rule.name] <= (rule.cap if rule.cap is not None else len(IDS))
    minimums = sum(rule.minimum for rule in rules.sections)
    assert max(by_author.values(), default=0) <= (len(IDS) if rules.per_author is None else rules.per_author + minimums)
    no_minimum = replace(rules, sections=tuple(replace(rule, minimum=0) for rule in rules.sections))
    strict = [it for it in select(archive, brief(rules=no_minimum)).chosen if it.reason.how != "over-cap"]
    by_author = Counter(name.casefold() for choice in strict for name in choice.article.authors)
    assert max(by_author.values(), default=0) <= (rules.per_author or len(IDS))


@settings(max_examples=100)
@given(archives(), RULES)
def test_headlines_are_few_and_what_is_over_says_so(archive: list[Article], rules: Rules) -> None:
    selection = select(archive, brief(rules=rules))
    assert sum(choice.reason.how == "over-cap" for choice in selection.chosen) <= rules.headlines
    for reason in reasons(selection).values():
        if reason.code in ("author-cap", "section-cap") or reason.how == "over-cap":
            assert reason.count is not None
            assert reason.limit is not None
            assert reason.of
            assert reason.count > reason.limit
