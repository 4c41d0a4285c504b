"""Build: an issue is drafted and put into its folder."""

from dataclasses import dataclass
from datetime import datetime

from digest.issues.edits import TEMPLATE
from digest.issues.folder import EDITS, IssueFolder
from digest.model.approval import Approval
from digest.model.conflict import Conflict
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.message import Rendered
from digest.model.window import Window
from digest.pipeline.drafting import Drafted, Drafter
from digest.pipeline.made import lock_of
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.planning import Options
from digest.pipeline.standing import standing
from digest.pipeline.thin import thin
from digest.ports import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """An issue in its folder, and what the editor should know about it."""

    folder: IssueFolder
    issue: Issue
    rendered: Rendered
    findings: tuple[Finding, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    approval: Approval = Approval()


def build(room: Newsroom, archive: Archive, window: Window, *, now: datetime, options: Options) -> Built:
    """Build the issue of `window` and put it in its folder.

    Raises:
        LockedError: the issue is scheduled or sent; nothing was written.
        ThinError: too few stories; nothing was written.

    """
    folder = room.shelf.issue(window.label)
    refuse_locked(folder)
    drafter = Drafter(room, archive, window, options)
    refused = None if options.thin_ok else thin(room, drafter.choose(now)[0], window)
    if refused:  # before a picture is fetched or a model asked
        raise refused
    drafted = drafter.draft(now)
    record = put(folder, drafted)
    return Built(
        folder=folder,
        issue=record,
        rendered=drafted.rendered,
        findings=drafted.findings,
        conflicts=drafted.conflicts,
        approval=standing(room, record, drafted.rendered),
    )


def put(folder: IssueFolder, drafted: Drafted) -> Issue:
    """Put a draft into its folder in one commit; return the record that stands there.

    Raises:
        LockedError: the issue is scheduled or sent, or another command is at work on it; nothing was written.
        ThinError: too few stories; nothing was written.

    """
    if drafted.refused:
        raise drafted.refused
    with folder.exclusive():
        refuse_locked(folder)
        return folder.write(drafted.issue, drafted.files, {EDITS: TEMPLATE.encode()})


def refuse_locked(folder: IssueFolder) -> None:
    """Refuse an issue whose files must stay as they are.

    Raises:
        LockedError: it was sent, or is about to be.

    """
    refused = lock_of(folder)
    if refused:
        raise refused
