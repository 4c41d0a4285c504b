from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model.article import Article
from digest.model.edits import Standing, StoryEdit
from digest.model.selection import Offer, Reason, SentIssue
from digest.model.window import Window
from digest.selector import select
from digest.selector.offers import offers_reach
from digest.selector.rules import Brief, Rules, SectionRule
from selector_samples import DAY, HOUR, article, brief, day, reasons, sent, week

SINCE = Rules(since=day(0))


def told(it: Article, case: Brief) -> Reason:
    return reasons(select([it], case))[it.id]


def offered(it: Article, number: int, *issues: SentIssue, rules: Rules = SINCE) -> Offer | None:
    return told(it, brief(week(number), rules=rules, sent=issues)).offer


PASSED = article("a", day(3))
LATE = article("a", day(3), first_seen=day(8))


def test_the_three_groups_of_what_is_carried_over() -> None:
    assert told(PASSED, brief(week(1), rules=SINCE, sent=(sent(0),))) == Reason(
        code="outside", when=day(3), offer="passed-over"
    )
    assert offered(LATE, 1, sent(0)) == "late"
    assert offered(PASSED, 1) == "skipped-week"
    assert offered(LATE, 2, sent(1)) == "skipped-week"


def test_seen_before_the_sending_is_not_late() -> None:
    it = article("a", day(3), first_seen=day(7) + HOUR)
    assert offered(it, 1, sent(0, after=HOUR)) == "passed-over"
    assert offered(it, 1, sent(0, after=HOUR - timedelta(seconds=1))) == "late"


def test_of_two_issues_over_one_week_the_later_sending_counts() -> None:
    month = SentIssue(label="2024-10", start=day(0), end=day(7), sent_at=day(9))
    assert offered(LATE, 2, sent(0), month) == "passed-over"


@pytest.mark.parametrize(
    ("published", "offer"), [(0, "skipped-week"), (-0.01, None), (6.99, "skipped-week"), (7, None)]
)
def test_offers_reach_from_since_to_the_window(published: float, offer: Offer | None) -> None:
    assert offered(article("a", day(published)), 1) == offer


def test_without_since_nothing_is_offered() -> None:
    assert offered(PASSED, 1, rules=Rules()) is None


def test_what_comes_after_the_window_is_not_offered() -> None:
    assert offered(article("a", day(15)), 1) is None


@pytest.mark.parametrize(("number", "offer"), [(1, "passed-over"), (5, "passed-over"), (6, None)])
def test_an_offer_runs_four_weeks_from_the_first_issue_that_shows_it(number: int, offer: Offer | None) -> None:
    issues = [sent(earlier) for earlier in range(number)]
    assert offered(PASSED, number, *issues) == offer


@pytest.mark.parametrize(("number", "offer"), [(30, "passed-over"), (34, "passed-over"), (35, None)])
def test_skipped_weeks_use_up_no_offers(number: int, offer: Offer | None) -> None:
    issues = [sent(0), *(sent(earlier) for earlier in range(30, number))]
    assert offered(PASSED, number, *issues) == offer


def test_what_was_seen_after_an_issue_was_not_shown_by_it() -> None:
    it = article("a", day(3), first_seen=day(200))
    issues = [sent(number) for number in range(28)]
    assert offered(it, 28, *issues) == "late"
    assert offered(it, 32, *issues, sent(28)) == "late"
    assert offered(it, 33, *issues, sent(28)) is None


def test_an_issue_that_was_sent_before_its_cut_off_shows_what_was_seen_by_then() -> None:
    early = sent(1, after=-2 * DAY)
    assert offered(article("a", day(3), first_seen=early.sent_at), 9, sent(0), early) is None
    assert offered(article("a", day(3), first_seen=early.sent_at + HOUR), 9, sent(0), early) == "late"


def test_winter_time_shortens_no_offer() -> None:
    def berlin(month: int, date: int, hour: int) -> datetime:
        return datetime(2024, month, date, hour, tzinfo=UTC)

    first = SentIssue(label="2024-W40", start=berlin(9, 27, 10), end=berlin(10, 4, 10), sent_at=berlin(10, 4, 11))
    fourth = Window(
        start=berlin(10, 25, 10), end=berlin(11, 1, 11), kind="week", label="2024-W44", zone="Europe/Berlin"
    )
    it = article("a", berlin(9, 26, 10))
    rules = Rules(since=berlin(9, 1, 0))
    assert told(it, brief(fourth, rules=rules, sent=(first,))).offer == "skipped-week"


def test_how_long_is_configurable() -> None:
    rules = Rules(since=day(0), offer_for=timedelta(weeks=1))
    assert offered(PASSED, 2, sent(0), sent(1), rules=rules) == "passed-over"
    assert offered(PASSED, 3, sent(0), sent(1), rules=rules) is None


def test_what_was_dropped_is_not_offered_again() -> None:
    standing = (Standing(article="a", do="drop", label="2024-W40"),)
    assert told(PASSED, brief(week(1), rules=SINCE, standing=standing)) == Reason(code="outside", when=day(3))
    add = StoryEdit(article="a", do="add")
    assert told(PASSED, brief(week(1), add, rules=SINCE, standing=standing)).how == "added"


def test_what_would_not_have_come_in_is_not_offered() -> None:
    rules = Rules(since=day(0), excluded=("Sponsored",), shortest=50)
    assert offered(article("a", day(3), section="sponsored"), 1, rules=rules) is None
    assert offered(article("a", day(3), blocks=()), 1, rules=rules) is None
    assert offered(PASSED, 1, rules=rules) == "skipped-week"


def test_late_ones_can_come_in_by_themselves() -> None:
    rules = Rules(since=day(0), late="include", sections=(SectionRule(name="News"),), unlisted="exclude")
    case = brief(week(1), rules=rules, sent=(sent(0),))
    late = article("a", day(3), first_seen=day(8), section="News")
    assert told(late, case) == Reason(code="chosen", how="late", offer="late", when=day(3))
    skipped = told(article("a", day(3), section="News"), brief(week(1), rules=rules))
    assert (skipped.how, skipped.offer) == ("late", "skipped-week")
    assert told(article("a", day(3), section="News"), case) == Reason(code="outside", when=day(3), offer="passed-over")
    assert told(article("a", day(3), first_seen=day(8), section="Art"), case).code == "section-excluded"


INCLUDE = Rules(since=day(-3000), late="include")


@pytest.mark.parametrize(("published", "how"), [(7 - 28, "late"), (7 - 29, None), (-1500, None)])
def test_an_old_archive_is_no_first_issue(published: float, how: str | None) -> None:
    for first_seen in (day(published), day(9), day(20)):
        told_ = told(article("a", day(published), first_seen=first_seen), brief(week(1), rules=INCLUDE))
        assert (told_.how, told_.offer) == (how, "skipped-week")


@pytest.mark.parametrize(("first_seen", "how"), [(75, "late"), (70 - 28, "late"), (70 - 29, None)])
def test_what_came_in_late_counts_from_then(first_seen: float, how: str | None) -> None:
    it = article("a", day(3), first_seen=day(first_seen))
    told_ = told(it, brief(week(10), rules=INCLUDE, sent=(sent(0),)))
    assert (told_.how, told_.offer) == (how, "late")


def test_how_far_back_offers_reach() -> None:
    assert offers_reach(week(9), (sent(0),), Rules()) is None
    assert offers_reach(week(9), (), SINCE) == day(0)
    assert offers_reach(week(5), tuple(sent(number) for number in range(5)), SINCE) == day(0)
    assert offers_reach(week(9), tuple(sent(number) for number in range(9)), SINCE) == week(4).start
    assert offers_reach(week(9), (sent(0), sent(7), sent(8)), SINCE) == week(0).start
    assert offers_reach(week(40), (sent(0), sent(9), sent(39)), SINCE) == week(9).start


@settings(max_examples=200)
@given(
    published=st.integers(0, 60),
    delay=st.integers(0, 60),
    issues=st.lists(st.builds(sent, st.integers(0, 9), after=st.sampled_from([-2 * DAY, HOUR, 9 * DAY])), max_size=6),
    offer_for=st.sampled_from([timedelta(0), timedelta(weeks=1), timedelta(weeks=4)]),
)
def test_whatever_is_on_offer_lies_within_that_reach(
    published: int, delay: int, issues: list[SentIssue], offer_for: timedelta
) -> None:
    rules = Rules(since=day(0), offer_for=offer_for)
    it = article("a", day(published), first_seen=day(published + delay))
    back = offers_reach(week(10), tuple(issues), rules)
    assert back is not None
    if offered(it, 10, *issues, rules=rules):
        assert it.first_seen >= back
