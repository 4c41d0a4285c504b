"""The selector: which articles are in, which are out, and why.

reach → verdict (with offers) → twins → sections → caps → order; `reasons` puts a verdict into words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from digest.model.article import Article
from digest.model.selection import Choice, LeftOut, Selection
from digest.selector.caps import cap
from digest.selector.order import arrange
from digest.selector.reach import Ground, gather, ground_of
from digest.selector.rules import Brief
from digest.selector.sections import place
from digest.selector.twins import Comparisons, without_twins
from digest.selector.verdict import judge

_LAST = datetime.max.replace(tzinfo=UTC)


def select(articles: Iterable[Article], brief: Brief) -> Selection:
    """Choose from the articles in reach; every one of them is in the selection once, whatever their order.

    In reach are the window and some days around it, what `offers.offers_reach` says of earlier weeks, what an editor
    names or held, what has no date, and what a candidate repeats, however long ago it appeared.
    """
    return select_on(ground_of(articles, brief), brief, Comparisons())


def select_on(ground: Ground, brief: Brief, known: Comparisons) -> Selection:
    """Choose on a ground that was made with the same brief, whatever its edits and its clock were.

    `known` is what was compared on that ground before: it is added to, and changes the time, never the outcome.
    """
    cases, unmatched = gather(ground, brief.edits)
    judged, places = without_twins([(case, judge(case, brief)) for case in cases], brief, known)
    running = [(case, reason) for case, reason in judged if reason.code == "chosen"]
    out = [LeftOut(article=case.article, reason=reason) for case, reason in judged if reason.code != "chosen"]
    kept, over = cap(place(running, brief.rules), brief.rules)
    left_out = sorted([*out, *over], key=lambda left: _by_date(left.article))
    chosen = tuple(_also_in(choice, places) for choice in arrange(kept, brief.rules))
    return Selection(chosen=chosen, left_out=tuple(left_out), unmatched=unmatched)


def _also_in(choice: Choice, places: Mapping[str, tuple[str, ...]]) -> Choice:
    """Return a choice that says where else its story stands: as its sources say, then where a copy was found."""
    article = choice.article
    every = tuple(dict.fromkeys((*article.also_in, *places.get(article.id, ()))))
    return replace(choice, article=replace(article, also_in=every)) if every != article.also_in else choice


def _by_date(article: Article) -> tuple[datetime, str, str]:
    return article.published or _LAST, article.title, article.id
