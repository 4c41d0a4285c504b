"""The verdict on one article by itself, before it is compared with others: the first reason that holds."""

from collections.abc import Callable

from digest.model.selection import How, Reason
from digest.selector.offers import comes_in, offer
from digest.selector.reach import Case
from digest.selector.rules import Brief
from digest.selector.sections import is_excluded

_Check = Callable[[Case, Brief], Reason | None]


def judge(case: Case, brief: Brief) -> Reason:
    """Return why an article is left out, or `chosen` where it is in the running for the issue."""
    how = case.by_hand
    for check in _NOT_EVEN_BY_HAND if how else _CHECKS:
        reason = check(case, brief)
        if reason is not None:
            return reason
    return _in_the_running(case, brief, how)


def _in_the_running(case: Case, brief: Brief, how: How | None) -> Reason:
    published = case.article.published
    if how == "held":
        return Reason(code="chosen", how=how, of=case.held_from, when=published)
    if how is None and not _is_in_window(case, brief):
        return Reason(code="chosen", how="late", offer=offer(case, brief), when=published)
    return Reason(code="chosen", how=how or "window", when=published)


def _put_aside(case: Case, _: Brief) -> Reason | None:
    if case.hand.do == "drop":
        return Reason(code="dropped")
    return Reason(code="held") if case.hand.do == "hold" else None


def _sent_before(case: Case, _: Brief) -> Reason | None:
    return Reason(code="sent-before", of=case.sent_in) if case.sent_in else None


def _gone(case: Case, _: Brief) -> Reason | None:
    return Reason(code="gone") if case.article.gone else None


def _undated(case: Case, _: Brief) -> Reason | None:
    return Reason(code="undated") if case.article.published is None else None


def _guessed(case: Case, _: Brief) -> Reason | None:
    guessed = case.article.date_source == "guess"
    return Reason(code="guessed-date", when=case.article.published) if guessed else None


def _future(case: Case, brief: Brief) -> Reason | None:
    published = case.article.published
    is_future = brief.now is not None and published is not None and published > brief.now
    return Reason(code="future", when=published) if is_future else None


def _outside(case: Case, brief: Brief) -> Reason | None:
    if _is_in_window(case, brief):
        return None
    group = offer(case, brief)
    if comes_in(case, group, brief):
        return None
    worth_it = group is not None and _excluded(case, brief) is None and _too_short(case, brief) is None
    return Reason(code="outside", when=case.article.published, offer=group if worth_it else None)


def _excluded(case: Case, brief: Brief) -> Reason | None:
    return Reason(code="section-excluded", of=case.article.section) if is_excluded(case, brief.rules) else None


def _too_short(case: Case, brief: Brief) -> Reason | None:
    count, limit = len(case.words), brief.rules.shortest
    if case.article.publication:  # another magazine's: what is told of it is as short as the editor made it
        return None
    return Reason(code="too-short", count=count, limit=limit) if count < limit else None


def _is_in_window(case: Case, brief: Brief) -> bool:
    return case.article.published is not None and case.article.published in brief.window


_CHECKS: tuple[_Check, ...] = (
    _put_aside,
    _sent_before,
    _gone,
    _undated,
    _guessed,
    _future,
    _outside,
    _excluded,
    _too_short,
)
"""In the order in which they win."""

_NOT_EVEN_BY_HAND: tuple[_Check, ...] = (_put_aside, _sent_before, _gone, _future)
"""What no editor's decision overrides: readers never get a story twice, nor one that is gone or not yet out."""
