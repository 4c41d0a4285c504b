"""Carried over: what was published before the window, never sent, and is offered to the editor.

An offer runs `Rules.offer_for` from the first sent issue that could have shown it: one whose window begins after the
article was published and that was neither over nor sent before the article was seen. Weeks in which nothing was sent
therefore use up no offers, and whatever the order in which issues were built and sent, that first issue shows it.
"""

from datetime import datetime, timedelta

from digest.model.selection import Offer, SentIssue
from digest.model.window import Window
from digest.selector.reach import Case
from digest.selector.rules import Brief, Rules

_CLOCK_CHANGE = timedelta(hours=2)
"""Four weeks into winter time are longer than 28 days: by one hour nearly everywhere, by two at most (Troll)."""


def offer(case: Case, brief: Brief) -> Offer | None:
    """Return the group of a carried-over article; None where it is not carried over or its offer has run out."""
    published, since = case.article.published, brief.rules.since
    if since is None or published is None or not since <= published < brief.window.start:
        return None
    dropped = case.standing is not None and case.standing.do == "drop"
    if dropped or _has_run_out(published, case.article.first_seen, brief):
        return None
    return _group(published, case.article.first_seen, brief)


def comes_in(case: Case, group: Offer | None, brief: Brief) -> bool:
    """Tell whether a carried-over article of `group` comes in by itself, as `Rules.late` may ask.

    What is older than an offer runs, counted back from the window, stays an offer: otherwise the whole of an old
    archive would be the first issue. A `late` one counts from when it was first seen; for one of a skipped week that
    may be the day on which the archive was filled.
    """
    published, rules = case.article.published, brief.rules
    if rules.late != "include" or published is None or group not in {"late", "skipped-week"}:
        return False
    counted = max(published, case.article.first_seen) if group == "late" else published
    return counted + rules.offer_for + _CLOCK_CHANGE >= brief.window.start


def offers_reach(window: Window, sent: tuple[SentIssue, ...], rules: Rules) -> datetime | None:
    """Return the instant before which nothing is on offer; None where nothing ever is.

    What is on offer was published at or after it, or first seen at or after it.
    """
    if rules.since is None:
        return None
    return max([rules.since, *(min(issue.start, issue.sent_at) for issue in sent if _is_past(issue, window, rules))])


def _is_past(issue: SentIssue, window: Window, rules: Rules) -> bool:
    """Tell whether what `issue` was the first to show is no longer on offer in `window`."""
    return issue.end + rules.offer_for + _CLOCK_CHANGE < window.end


def _has_run_out(published: datetime, first_seen: datetime, brief: Brief) -> bool:
    return any(
        published < issue.start and first_seen <= min(issue.end, issue.sent_at)
        for issue in brief.sent
        if _is_past(issue, brief.window, brief.rules)
    )


def _group(published: datetime, first_seen: datetime, brief: Brief) -> Offer:
    sent_at = [issue.sent_at for issue in brief.sent if issue.start <= published < issue.end]
    if not sent_at:
        return "skipped-week"
    return "late" if first_seen > max(sent_at) else "passed-over"
