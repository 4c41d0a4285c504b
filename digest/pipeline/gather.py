"""Gather: what a selection depends on, from the archive, the ledgers and the editor's file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from digest.issues.edits import read_edits
from digest.issues.folder import EDITS
from digest.model.article import Article
from digest.model.earlier import EarlierStory
from digest.model.edits import Edits, Standing
from digest.model.selection import SentIssue
from digest.model.window import Window
from digest.pipeline.newsroom import Newsroom, own_hosts, rules
from digest.pipeline.twins import find_twins
from digest.ports import Library
from digest.selector.offers import offers_reach
from digest.selector.rules import Brief
from digest.window import Wanted, reach, read_window


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The articles in reach, and everything else that the selector asks for."""

    articles: tuple[Article, ...]
    brief: Brief


def find_window(room: Newsroom, wanted: Wanted, now: datetime) -> Window:
    """Return the window that was asked for, with its words."""
    sent = room.shelf.sent() if wanted.since == "last-issue" else ()
    window = read_window(wanted, room.calendar, now, sent[-1].end if sent else None)
    return replace(window, words=room.speller.window(window))


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What earlier issues sent, and what their editors decided, as the window's selection needs it.

    `earlier` is what newsletters of another tool carried: whenever that was, readers have had it.
    """

    sent: tuple[SentIssue, ...]
    standing: tuple[Standing, ...]
    earlier: tuple[EarlierStory, ...] = ()


def past_of(room: Newsroom, window: Window) -> Past:
    """Return what the ledgers and the edits of earlier issues say."""
    sent = earlier(room.shelf.sent(), window)
    standing = room.shelf.standing(window, offers_reach(window, sent, rules(room)))
    return Past(sent=sent, standing=standing, earlier=room.shelf.earlier())


def gather(room: Newsroom, archive: Library, window: Window, now: datetime) -> Gathered:
    """Return all that lies in reach of `window`; a window that is over never looks at the clock."""
    edits = read_edits(room.shelf.issue(window.label).path / EDITS)
    return within(archive, brief_of(room, window, now, edits, past_of(room, window)))


def within(archive: Library, brief: Brief) -> Gathered:
    """Return all that lies in reach of a brief that says nothing yet of articles that are alike."""
    window = brief.window
    start, end = reach(window)
    back = offers_reach(window, brief.sent, brief.rules)
    found = [archive.window(start if back is None else min(start, back), end)]
    if back is not None and brief.rules.since is not None:
        found.append(archive.late(brief.rules.since, window.start, seen_since=back))
    found.append(archive.unplaced(brief.sent[-1].sent_at if brief.sent else None))
    found.append(archive.find(_named(brief)))
    articles = _once(found)
    twins = find_twins(archive, [each for each in articles if _may_come_in(each, window)], brief.rules.twin)
    earlier_ones = tuple(each for each in twins.others if each.published is None or each.published < end)
    return Gathered(articles=_once([articles, earlier_ones]), brief=replace(brief, alike=twins.alike))


def _may_come_in(article: Article, window: Window) -> bool:
    return article.published is None or article.published < window.end


def earlier(issues: Iterable[SentIssue], window: Window) -> tuple[SentIssue, ...]:
    """Return the sent issues whose window ended before this one's; of two that end together the longer is earlier."""
    before = (window.end, window.start)
    return tuple(issue for issue in issues if issue.label != window.label and (issue.end, issue.start) < before)


def brief_of(room: Newsroom, window: Window, now: datetime, edits: Edits, past: Past) -> Brief:
    """Return all that a selection depends on besides the articles."""
    return Brief(
        window=window,
        rules=rules(room),
        edits=edits,
        standing=past.standing,
        sent=past.sent,
        earlier=past.earlier,
        now=now if window.end > now else None,
        hosts=own_hosts(room),
    )


def _named(brief: Brief) -> list[str]:
    """Return the articles that an editor names, here or in an earlier issue that still stands."""
    named = [name for edit in brief.edits.stories for name in (edit.article, edit.after) if name]
    return named + [each.article for each in brief.standing if each.do in {"hold", "drop"}]


def _once(groups: list[tuple[Article, ...]]) -> tuple[Article, ...]:
    articles = {article.id: article for group in groups for article in group}
    return tuple(articles[key] for key in sorted(articles))
