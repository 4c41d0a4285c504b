"""Doubts: the dates that an editor should look at before an issue goes out, each with the command that mends it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from digest.merge.history import history
from digest.model.article import Article
from digest.model.finding import Finding
from digest.model.selection import Code, Selection
from digest.model.window import Window
from digest.pipeline.newsroom import Newsroom
from digest.ports import Library
from digest.text.dates import Moment, written_date

NAMED: Final = 5
"""Articles of one kind that are named: a first ingest may bring hundreds without a date."""

_LAST: Final = datetime(9999, 12, 1, tzinfo=UTC)
_TOMORROW: Final = timedelta(days=1)
"""A clock that runs fast, or a zone that was left out, dates a story hours ahead; no more."""

_SAY: Final = 'digest date {id} "2024-10-25 17:30"'


def doubts(room: Newsroom, archive: Library, selection: Selection, window: Window, now: datetime) -> Iterator[Finding]:
    """Yield dates that contradict each other or lie ahead, and articles without one."""
    chosen = [choice.article for choice in selection.chosen]
    every = [*chosen, *(item.article for item in selection.left_out)]
    disputed = [each for each in every if each in chosen or any(stamp.published in window for stamp in each.dates)]
    yield from (_disputed(room, each) for each in disputed if each.dates)
    yield from _few("date-missing", "nobody says when it was published: no issue takes it", _out(selection, "undated"))
    yield from _few("date-guessed", "its date is only a guess: no issue takes it", _out(selection, "guessed-date"))
    ahead = archive.window(now + _TOMORROW, _LAST)
    yield from _few("date-ahead", "its date lies ahead: no issue takes it before", ahead)


def _out(selection: Selection, code: Code) -> list[Article]:
    return [item.article for item in selection.left_out if item.reason.code == code]


def _disputed(room: Newsroom, article: Article) -> Finding:
    words = [f"{each.source} says {_written(room, each.published, each.precision)}" for each in article.dates]
    stands = _written(room, article.published or article.first_seen, article.precision)
    other = next(each for each in article.dates if each.published != article.published)
    return Finding(
        code="date-disputed",
        level="warning",
        message=f"its date is in dispute: {', '.join(words)}; {stands} stands",
        where=article.title or article.url,
        hint=f'if it is another: digest date {article.id} "{_written(room, other.published, other.precision)}"',
    )


def _written(room: Newsroom, instant: datetime, precision: str) -> str:
    moment = Moment(instant=instant, precision="day" if precision == "day" else "instant")
    return written_date(moment, room.zone)[:16].replace("T", " ")


def _few(code: str, message: str, articles: Sequence[Article]) -> Iterator[Finding]:
    """Yield a finding for each of the first few articles, and one that counts the others."""
    for each in articles[:NAMED]:
        hint = f"say it: {_SAY.format(id=each.id)}"
        yield Finding(code=code, level="warning", message=message, where=each.title or each.url, hint=hint)
    if len(articles) > NAMED:
        more = f"and {len(articles) - NAMED} more: {message}"
        yield Finding(code=code, level="warning", message=more, hint="digest articles lists those in reach")


def corrected(room: Newsroom, archive: Library, article: Article) -> Iterator[Finding]:
    """Yield a note where a source put a correction on a story that is in."""
    for change in history(archive.said(article.id), room.zone):
        if change.correction:
            message = f"{change.source} corrected it on {change.at[:10]}"
            hint = f"what changed: digest article {article.id}"
            yield Finding(code="corrected", level="note", message=message, where=article.title, hint=hint)
