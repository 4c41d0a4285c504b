"""Nothing published after `since` is ever in no issue and in no offer: whole histories of a newsletter, simulated."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model.article import Article
from digest.model.edits import Action, Standing, StoryEdit
from digest.model.selection import Selection, SentIssue
from digest.model.window import Window
from digest.selector import select
from digest.selector.offers import offers_reach
from digest.selector.rules import Rules, SectionRule
from selector_samples import DAY, HOUR, WEEK, article, body, brief, day, reasons, sent, week

WEEKS = 12
IDS = tuple(f"s{number}" for number in range(8))
FLAWS: list[dict[str, Any]] = [
    *[{}] * 8,
    {"section": "Art"},
    {"section": "Sponsored"},
    {"blocks": ()},
    {"gone": True},
    {"date_source": "guess"},
    {"blocks": body("twin", 14)},
    {"blocks": body("twin", 15)},
]
EXCUSED = {"section-excluded", "too-short", "undated", "guessed-date", "gone", "duplicate"}

Fate = tuple[timedelta, timedelta | None] | None
"""When a week's issue is built, counted from its cut-off, and how much later it is sent; None: never."""
FATES: list[Fate] = [
    None,
    (HOUR, None),
    (-DAY, None),
    (-DAY, timedelta()),  # what is sent before the cut-off is built anew for that
    (HOUR, timedelta()),
    (HOUR, timedelta()),
    (3 * DAY, timedelta()),
    (HOUR, 2 * DAY),
    (20 * DAY, 2 * DAY),
]


def story(id_: str, drawn: tuple[int, timedelta, dict[str, Any], str]) -> Article:
    hours, delay, flaw, author = drawn
    published = day(hours / 24)
    given = {"first_seen": published + delay, "authors": (author,), "section": "News", "blocks": body(id_, 14)}
    return article(id_, published, **(given | flaw))


STORY = st.tuples(
    st.integers(0, 24 * 7 * (WEEKS - 2)),
    st.sampled_from([HOUR, HOUR, 3 * DAY, 9 * DAY, 40 * DAY]),
    st.sampled_from(FLAWS),
    st.sampled_from(["Ana", "Bo"]),
)
SITE = "http://MAG.example/"
NAMES = st.sampled_from([*IDS, *(SITE + id_ for id_ in IDS)])
EDIT = st.tuples(st.integers(0, WEEKS - 1), NAMES, st.sampled_from(["drop", "hold", "add", "pin"]))
RULES = st.builds(
    Rules,
    sections=st.just((SectionRule(name="News", cap=1), SectionRule(name="Art", minimum=1))),
    excluded=st.just(("Sponsored",)),
    shortest=st.just(10),
    per_author=st.sampled_from([None, 1]),
    headlines=st.sampled_from([0, 1]),
    since=st.just(day(0)),
    offer_for=st.sampled_from([WEEK, 4 * WEEK]),
    late=st.sampled_from(["offer", "include"]),
)


@dataclass
class Newsletter:
    """A magazine's archive, its newsletter's sent issues, and what its editors said so far."""

    archive: Sequence[Article]
    rules: Rules
    sent: list[SentIssue] = field(default_factory=list)
    standing: list[Standing] = field(default_factory=list)
    reports: list[Selection] = field(default_factory=list)

    def live_through(self, number: int, fate: Fate, edits: Sequence[StoryEdit]) -> None:
        if fate is None:
            return
        built_after, sent_after = fate
        window = week(number)
        selection = self.build(window, window.end + built_after, edits)
        if sent_after is not None:
            carried = [choice.article for choice in selection.chosen]
            assert not {it.id for it in carried} & self.carried, "nothing is sent twice"
            self.sent.append(sent(number, *carried, after=built_after + sent_after))
            self.reports.append(selection)
        for edit in edits:
            if edit.do:
                self.standing.append(Standing(article=edit.article, do=edit.do, label=window.label))

    def build(self, window: Window, at: datetime, edits: Sequence[StoryEdit]) -> Selection:
        now = at if at < window.end else None
        case = brief(window, *edits, rules=self.rules, sent=tuple(self.sent), standing=tuple(self.standing), now=now)
        return select(self._in_reach(window, at, edits), case)

    @property
    def dropped(self) -> set[str]:
        return {entry.article.removeprefix(SITE) for entry in self.standing if entry.do == "drop"}

    @property
    def carried(self) -> set[str]:
        return {carried.id for issue in self.sent for carried in issue.carried}

    def _in_reach(self, window: Window, at: datetime, edits: Sequence[StoryEdit]) -> list[Article]:
        """Ask the archive as the pipeline does."""
        back = offers_reach(window, tuple(self.sent), self.rules)
        assert back is not None
        named = {edit.article for edit in edits} | {entry.article for entry in self.standing}
        return [
            it
            for it in self.archive
            if it.first_seen <= at
            and it.published is not None
            and (
                window.start - WEEK <= it.published < window.end + WEEK
                or back <= it.published < window.start
                or (day(0) <= it.published < window.start and it.first_seen >= back)
                or {it.id, SITE + it.id} & named
            )
        ]


@settings(max_examples=300)
@given(
    drawn=st.tuples(*[STORY] * len(IDS)),
    fates=st.tuples(*[st.sampled_from(FATES)] * WEEKS),
    edits=st.lists(EDIT, max_size=6),
    rules=RULES,
)
def test_nothing_is_ever_in_no_issue_and_in_no_offer(
    drawn: Sequence[tuple[int, timedelta, dict[str, Any], str]],
    fates: Sequence[Fate],
    edits: Sequence[tuple[int, str, Action]],
    rules: Rules,
) -> None:
    archive = [story(id_, it) for id_, it in zip(IDS, drawn, strict=True)]
    newsletter = Newsletter(archive, rules)
    for number, fate in enumerate(fates):
        these = [StoryEdit(article=id_, do=do) for at, id_, do in edits if at == number]
        newsletter.live_through(number, fate, these)
    far = week(WEEKS + 10)
    verdicts = [reasons(report) for report in [*newsletter.reports, newsletter.build(far, far.end + HOUR, ())]]
    for it in archive:
        told = [verdict[it.id] for verdict in verdicts if it.id in verdict]
        shown = it.id in newsletter.carried or any(reason.offer or reason.code == "chosen" for reason in told)
        in_its_week = reasons(select([it], brief(_week_of(it), rules=rules)))[it.id].code
        excused = {in_its_week, *(reason.code for reason in told)} & EXCUSED
        assert shown or excused or it.id in newsletter.dropped or _repeats(it, archive, newsletter.carried), it.id


def _week_of(it: Article) -> Window:
    assert it.published is not None
    return week((it.published - day(0)) // WEEK)


def _repeats(it: Article, archive: Sequence[Article], carried: set[str]) -> bool:
    """Tell whether readers had the story from another article: its body opens on the same words."""
    others = (other for other in archive if other.id in carried and other.id != it.id)
    return any(it.blocks[0].text[:50] == other.blocks[0].text[:50] for other in others if other.blocks)
