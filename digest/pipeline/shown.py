"""What the public archive shows: the sent issues of a newsletter, in order, and what their pages say of each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from digest.handover import corrected, corrections
from digest.issues.folder import LEDGER, IssueFolder
from digest.issues.ledger import read_events
from digest.model.issue import Issue
from digest.model.selection import SentIssue
from digest.model.site import Archive, Around, Feeds, Neighbour, Row, Year
from digest.pipeline.handing import open_issue
from digest.pipeline.newsroom import Newsroom, site_url
from digest.theme import Theme

FIRST = 3
"""Headlines of an issue in the index, its subject apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A sent issue: its record with the corrections of its ledger, and its theme (today's files of it).

    `instead` says in words why the theme is another than the record's; `updated` is when it was sent, or last
    corrected. Both instants are told by the clocks where the issue was made, so that their day is what readers saw.
    """

    folder: IssueFolder
    issue: Issue
    theme: Theme
    instead: str = ""
    sent_at: datetime
    updated: datetime

    @property
    def label(self) -> str:
        """Return the issue's label, which is also its folder on the site."""
        return self.folder.label


def sent_issues(room: Newsroom) -> tuple[Shown, ...]:
    """Return every sent issue of the newsletter, the earliest window first.

    Raises:
        IssueError: a record or a ledger is damaged, or a record is gone. No other file is looked at.

    """
    themes: dict[str, tuple[Theme, str]] = {}
    return tuple(_shown(room, sent, themes) for sent in room.shelf.sent())


def _shown(room: Newsroom, sent: SentIssue, themes: dict[str, tuple[Theme, str]]) -> Shown:
    folder = room.shelf.issue(sent.label)
    record, events = open_issue(folder), read_events(folder.path / LEDGER)
    name, zone = record.theme.name, ZoneInfo(record.window.zone)
    if name not in themes:
        themes[name] = room.theme_or_own(name)
    theme, instead = themes[name]
    return Shown(
        folder=folder,
        issue=replace(record, corrections=corrections(events, room.zone)),
        theme=theme,
        instead=instead,
        sent_at=sent.sent_at.astimezone(zone),
        updated=max([sent.sent_at, *(event.at for event in corrected(events))]).astimezone(zone),
    )


def feeds(room: Newsroom) -> Feeds:
    """Return where the newsletter's feeds will be; nowhere without the site's address."""
    url = site_url(room)
    return Feeds(atom_url=f"{url}feed.xml", json_url=f"{url}feed.json") if url else Feeds()


def around(room: Newsroom, issues: Sequence[Shown], place: int) -> Around:
    """Return what stands around the page of the issue at `place` of `issues`."""
    url, this = site_url(room), issues[place]
    wanted = {correction.of for correction in this.issue.amends}
    return Around(
        url=f"{url}{this.label}/" if url else "",
        index_href=_href(room, "../"),
        feeds=feeds(room),
        earlier=_neighbour(room, issues[place - 1], "../") if place else None,
        later=_neighbour(room, issues[place + 1], "../") if place + 1 < len(issues) else None,
        amended=tuple(_neighbour(room, each, "../") for each in issues if each.label in wanted) if wanted else (),
        published=this.sent_at,
        updated=this.updated,
    )


def archive_of(room: Newsroom, issues: Sequence[Shown]) -> Archive:
    """Return the index of `issues`."""
    years: dict[int, list[Row]] = {}
    for each in reversed(issues):
        titles = tuple(entry.title.text for entry in each.issue.entries if entry.title.text != each.issue.subject.text)
        row = Row(issue=_neighbour(room, each, ""), headlines=titles[:FIRST])
        years.setdefault(_year(each.issue), []).append(row)
    rows = tuple(Year(year=year, rows=tuple(found)) for year, found in years.items())
    return Archive(url=site_url(room), feeds=feeds(room), years=rows)


def _year(issue: Issue) -> int:
    """Return the year of the window's last instant, by the clocks where the issue was made."""
    return (issue.window.end - timedelta(microseconds=1)).astimezone(ZoneInfo(issue.window.zone)).year


def _neighbour(room: Newsroom, shown: Shown, way: str) -> Neighbour:
    issue = shown.issue
    return Neighbour(
        label=shown.label,
        href=_href(room, f"{way}{shown.label}/"),
        number=issue.number,
        dates=issue.window.words,
        subject=issue.subject.text,
    )


def _href(room: Newsroom, folder: str) -> str:
    """Return a link to a folder's page: a server needs no more; a browser that opens files wants the page's name."""
    return folder if room.config.site.url else f"{folder}index.html"
