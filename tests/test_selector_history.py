"""Nothing published after `since` is ever in no issue and in no offer: whole histories of a newsletter, simulated."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from selector_samples import DAY, HOUR, WEEK, article, body, brief, day, reasons, sent, week

from digest.model.article import Article
from digest.model.edits import Action, Standing, StoryEdit
from digest.model.selection import Selection, SentIssue
from digest.model.window import Window
from digest.selector import offers_reach, select
from digest.selector.rules import Rules, SectionRule

WEEKS = 14
DELAYS = [HOUR, 3 * DAY, 9 * DAY, 40 * DAY]
EXCUSED = {"section-excluded", "too-short", "undated", "guessed-date", "gone"}


@st.composite
def stories(draw: st.DrawFn, id_: str) -> Article:
    published = day(draw(st.integers(0, 24 * 7 * 10)) / 24)
    flaw: dict[str, Any] = draw(
        st.sampled_from(
            [{}] * 12 + [{"section": "Sponsored"}, {"blocks": ()}, {"gone": True}, {"date_source": "guess"}]
        )
    )
    twin_of = draw(st.sampled_from(["one", *[id_] * 6]))
    fields = {
        "first_seen": published + draw(st.sampled_from(DELAYS)),
        "authors": (draw(st.sampled_from(["Ana", "Bo"])),),
        "section": draw(st.sampled_from(["News", "Art"])),
        "blocks": (*body(twin_of), *body(id_, 5)),
    }
    return article(id_, published, **(fields | flaw))


@dataclass(frozen=True)
class Plan:
    """What happens to a week's issue: when it is built, when it is sent, what its editor decides."""

    build: timedelta | None
    send: timedelta | None
    edits: tuple[StoryEdit, ...]


@st.composite
def plans(draw: st.DrawFn, ids: Sequence[str]) -> Plan:
    actions: list[Action] = ["drop", "hold", "add", "pin"]
    edit = st.builds(StoryEdit, article=st.sampled_from(ids), do=st.sampled_from(actions))
    build = draw(st.sampled_from([None, -DAY, HOUR, HOUR, 3 * DAY, 20 * DAY]))
    send = draw(st.sampled_from([None, timedelta(), 2 * DAY]))
    edits = draw(st.lists(edit, max_size=2))
    if build is not None and build < timedelta() and send is not None:
        send = timedelta()  # before the cut-off an issue is built anew when it is sent
    return Plan(build, send, tuple(edits))


@dataclass
class Newsletter:
    """A magazine's archive, its newsletter's sent issues, and what its editors said so far."""

    archive: Sequence[Article]
    rules: Rules
    sent: list[SentIssue] = field(default_factory=list)
    standing: list[Standing] = field(default_factory=list)
    shown: list[Selection] = field(default_factory=list)

    def build(self, window: Window, at: datetime, *edits: StoryEdit) -> Selection:
        now = at if at < window.end else None
        case = brief(window, *edits, rules=self.rules, sent=tuple(self.sent), standing=tuple(self.standing), now=now)
        selection = select(self._in_reach(window, at, edits), case)
        offers = {it.id for it in self._known(at)} & _offered(select(self._known(at), replace(case, rules=self.rules)))
        assert offers <= set(reasons(selection)), "the reach is wide enough"
        return selection

    def live_through(self, number: int, plan: Plan) -> None:
        window = week(number)
        if plan.build is None:
            return
        built_at = window.end + plan.build
        selection = self.build(window, built_at, *plan.edits)
        if plan.send is not None:
            carried = [choice.article for choice in selection.chosen]
            assert not {it.id for it in carried} & self.carried, "nothing is sent twice"
            self.sent.append(sent(number, *carried, after=plan.build + plan.send))
            self.shown.append(selection)
        for edit in plan.edits:
            if edit.do in ("hold", "drop"):
                self.standing.append(Standing(article=edit.article, do=edit.do, label=window.label))  # type: ignore[arg-type] # one of the two

    @property
    def carried(self) -> set[str]:
        return {carried.id for issue in self.sent for carried in issue.carried}

    def _known(self, at: datetime) -> list[Article]:
        return [it for it in self.archive if it.first_seen <= at]

    def _in_reach(self, window: Window, at: datetime, edits: Sequence[StoryEdit]) -> list[Article]:
        """Ask the archive as the pipeline does."""
        back = offers_reach(window, tuple(self.sent), self.rules)
        assert back is not None
        named = {edit.article for edit in edits} | {entry.article for entry in self.standing}
        return [
            it
            for it in self._known(at)
            if it.published is not None
            and (
                window.start - WEEK <= it.published < window.end + WEEK
                or back <= it.published < window.start
                or (day(0) <= it.published < window.start and it.first_seen >= back)
                or it.id in named
            )
        ]


def _offered(selection: Selection) -> set[str]:
    return {left.article.id for left in selection.left_out if left.reason.offer}


IDS = [f"s{number}" for number in range(10)]
RULES = st.builds(
    Rules,
    sections=st.just((SectionRule(name="News", cap=1), SectionRule(name="Art", minimum=1))),
    excluded=st.just(("Sponsored",)),
    per_author=st.sampled_from([None, 1]),
    headlines=st.sampled_from([0, 1]),
    since=st.just(day(0)),
    offer_for=st.sampled_from([WEEK, 4 * WEEK]),
    late=st.sampled_from(["offer", "include"]),
)


@settings(max_examples=300)
@given(
    archive=st.tuples(*(stories(id_) for id_ in IDS)),
    lived=st.lists(plans(IDS), min_size=WEEKS, max_size=WEEKS),
    rules=RULES,
)
def test_nothing_is_ever_in_no_issue_and_in_no_offer(
    archive: tuple[Article, ...], lived: list[Plan], rules: Rules
) -> None:
    newsletter = Newsletter(archive, rules)
    for number, plan in enumerate(lived):
        newsletter.live_through(number, plan)
    last = newsletter.build(week(WEEKS + 10), week(WEEKS + 10).end + HOUR)
    seen = set().union(*(_offered(selection) for selection in [*newsletter.shown, last]))
    on_paper = newsletter.carried | {choice.article.id for choice in last.chosen}
    dropped = {entry.article for entry in newsletter.standing if entry.do == "drop"}
    for it in archive:
        verdict = reasons(select([it], brief(_week_of(it), rules=rules)))[it.id]
        excused = verdict.code in EXCUSED or it.id in dropped or _repeats(it, archive, newsletter.carried)
        assert it.id in seen | on_paper or excused, it.id


def _week_of(it: Article) -> Window:
    assert it.published is not None
    return week((it.published - day(0)) // WEEK)


def _repeats(it: Article, archive: Sequence[Article], carried: set[str]) -> bool:
    return any(it.blocks[:1] == other.blocks[:1] and other.id in carried for other in archive if other.id != it.id)
