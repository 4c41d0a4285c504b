"""Knowing: what the archive and edits.toml say of a built issue now, beside what it was built from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from digest.compose.source_texts import source_texts
from digest.compose.stamps import stamp_of
from digest.editing.conflicts import conflicts
from digest.editing.since import since
from digest.errors import ConfigError
from digest.handover import locked
from digest.issues.edits import read_edits
from digest.issues.folder import EDITS, LEDGER, IssueFolder
from digest.issues.ledger import read_events
from digest.model.change import Change
from digest.model.conflict import Conflict
from digest.model.edits import Was
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.selection import Selection
from digest.pipeline.freshness import stale, states
from digest.pipeline.handing import open_issue
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.planning import choose, frame_of, printed_of
from digest.pipeline.writing import lead_of
from digest.ports import Archive
from digest.selector.rules import Brief
from digest.summarizer.learnt import LEARNT, without_repeated


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of an issue besides its record.

    `stale` has a finding for each source that was not read since the window's end, `conflicts` those of the editor's
    decisions, `since` what the sources of its stories say otherwise than it does.
    """

    stale: tuple[Finding, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    since: tuple[Change, ...] = ()


def known(room: Newsroom, archive: Archive, folder: IssueFolder, now: datetime) -> Known:
    """Return what is known of a built issue; of one whose files stay as they are nothing is asked of its stories.

    Raises:
        IssueError: there is no such issue, or its record is damaged.

    """
    issue = open_issue(folder)
    not_fresh = stale(room, states(room, archive), min(issue.window.end, now), now)
    if locked(read_events(folder.path / LEDGER)):
        return Known(stale=not_fresh)
    articles = archive.find([entry.id for entry in issue.entries])
    return Known(
        stale=not_fresh,
        conflicts=_conflicts(room, archive, issue, now),
        since=tuple(since(issue, articles)),
    )


def _conflicts(room: Newsroom, archive: Archive, issue: Issue, now: datetime) -> tuple[Conflict, ...]:
    """Return the conflicts of the issue's edits as they are now; a file that cannot be read is told by `unbuilt`."""
    try:
        stories = read_edits(room.shelf.issue(issue.window.label).path / EDITS).stories
    except ConfigError:
        return ()
    if not stories:  # most issues: the selection need not be made again
        return ()
    selection, brief = choose(room, archive, issue.window, now)
    return conflicts(selection, brief.edits, dict(_sources(room, archive, selection, brief)))


def _sources(room: Newsroom, archive: Archive, selection: Selection, brief: Brief) -> Iterator[tuple[str, Was]]:
    """Yield the source's texts of each story of which the editor has replaced one and it is written down."""
    edited = [choice for choice in selection.chosen if choice.edit is not None and choice.edit.was is not None]
    repeated = archive.repeated([choice.article for choice in edited], LEARNT)
    frame = frame_of(room, brief, room.theme(), printed_of(room, brief))
    for choice in edited:
        told = replace(choice, article=without_repeated(choice.article, repeated[choice.article.id]))
        yield choice.article.id, source_texts(told, lead_of(room, told), frame)


def unbuilt(room: Newsroom, issue: Issue) -> str:
    """Return what is newer in edits.toml than in the issue, in words; "" for nothing, and where it is locked."""
    folder = room.shelf.issue(issue.window.label)
    if locked(read_events(folder.path / LEDGER)):
        return ""
    try:
        edits = read_edits(folder.path / EDITS)
    except ConfigError as error:
        return f"it cannot be read, so that no build can follow it: {error}"
    return "" if stamp_of(edits) == issue.edits else "it has changed since the issue was built"
