"""What is in reach and not in the issue, what is on offer first, each with its reason in words."""

from datetime import tzinfo

from digest.model.article import Article
from digest.model.edits import Action
from digest.model.selection import LeftOut, Reason, Selection
from digest.preview.sheet import Out
from digest.preview.sight import Sight
from digest.selector.reasons import in_words

_DONE: dict[str, Action] = {"dropped": "drop", "held": "hold"}


def left_out(sight: Sight) -> tuple[Out, ...]:
    """Return every article that is not in: what the editor put out, what is on offer, all others."""
    titles = titles_of(sight.selection)
    told = [_out(item, titles, sight.zone) for item in sight.selection.left_out]
    return tuple(sorted(told, key=lambda out: (out.do is None, not out.offered)))


def titles_of(selection: Selection) -> dict[str, str]:
    """Return the headline of each article, for reasons that name another one."""
    articles = [choice.article for choice in selection.chosen] + [item.article for item in selection.left_out]
    return {article.id: article.title for article in articles}


def _out(item: LeftOut, titles: dict[str, str], zone: tzinfo) -> Out:
    article, reason = item.article, item.reason
    return Out(
        id=article.id,
        title=article.title,
        url=article.url,
        facts=facts(article, article.section, reason, zone),
        why=in_words(reason, titles, zone),
        code=reason.code,
        offered=bool(reason.offer),
        do=_DONE.get(reason.code),
    )


def facts(article: Article, section: str, reason: Reason, zone: tzinfo) -> str:
    """Return who wrote it, where it belongs, and when it appeared where the reason does not say so."""
    day = "" if reason.when or article.published is None else f"{article.published.astimezone(zone):%Y-%m-%d}"
    return " · ".join(filter(None, (", ".join(article.authors), section, day)))
