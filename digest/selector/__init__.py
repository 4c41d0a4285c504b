"""The selector: which articles are in, which are out, and why.

reach → verdict (with offers) → twins → sections → caps → order; `reasons` puts a verdict into words.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from digest.model.article import Article
from digest.model.selection import LeftOut, Selection
from digest.selector.caps import cap
from digest.selector.order import arrange
from digest.selector.reach import gather
from digest.selector.rules import Brief
from digest.selector.sections import place
from digest.selector.twins import without_twins
from digest.selector.verdict import judge

_LAST = datetime.max.replace(tzinfo=UTC)


def select(articles: Iterable[Article], brief: Brief) -> Selection:
    """Choose from the articles in reach; every one of them is in the selection once, whatever their order.

    In reach are the window and some days around it, what `offers.offers_reach` says of earlier weeks, what an editor
    names or held, and what has no date.
    """
    cases, unmatched = gather(articles, brief)
    judged = without_twins([(case, judge(case, brief)) for case in cases], brief.rules)
    running = [(case, reason) for case, reason in judged if reason.code == "chosen"]
    out = [LeftOut(article=case.article, reason=reason) for case, reason in judged if reason.code != "chosen"]
    kept, over = cap(place(running, brief.rules), brief.rules)
    left_out = sorted([*out, *over], key=lambda left: _by_date(left.article))
    return Selection(chosen=arrange(kept, brief.rules), left_out=tuple(left_out), unmatched=unmatched)


def _by_date(article: Article) -> tuple[datetime, str, str]:
    return article.published or _LAST, article.title, article.id
