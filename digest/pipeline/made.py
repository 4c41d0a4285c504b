"""Made: an issue rendered, with its pictures, as a draft makes it, or as the folder of a locked one has it."""

from collections.abc import Mapping
from dataclasses import dataclass

from digest.errors import LockedError
from digest.handover import locked as is_locked
from digest.issues.folder import LEDGER, IssueFolder
from digest.issues.ledger import read_events
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.message import Rendered
from digest.pipeline.handing import rendered_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An issue with its pictures, rendered; `notes` are what is to be known of these."""

    issue: Issue
    rendered: Rendered
    files: Mapping[str, bytes]
    notes: tuple[Finding, ...] = ()


def kept(folder: IssueFolder) -> Made:
    """Return what stands in the folder of a locked issue.

    Raises:
        LockedError: another command is at work on it.
        IssueError: it is damaged.

    """
    with folder.exclusive():
        issue = folder.read()
        return Made(issue=issue, rendered=rendered_of(folder, issue), files=folder.files(issue))


def files_of(rendered: Rendered) -> Mapping[str, bytes]:
    """Return the faces of an issue as files, by their names."""
    return {
        "email.html": rendered.html.encode(),
        "email.txt": rendered.text.encode(),
        "web.html": rendered.web.encode(),
    }


def lock_of(folder: IssueFolder) -> LockedError | None:
    """Return why the files of an issue must stay as they are: it was sent, or is about to be; None where it was not."""
    if not is_locked(read_events(folder.path / LEDGER)):
        return None
    hint = f"its files are kept as sent; if it was never sent: digest sent {folder.label} --undo"
    return LockedError("this issue is locked: it was sent or is about to be", where=str(folder.path), hint=hint)
