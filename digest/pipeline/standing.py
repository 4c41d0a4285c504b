"""Standing: whether the last approval of an issue holds for what is there now."""

from digest.handover import state
from digest.handover.approval import Stamp, approval
from digest.handover.parts import parts_of
from digest.issues.folder import LEDGER, IssueFolder
from digest.issues.ledger import read_events
from digest.mailers.message import content_hash, make_message
from digest.model.approval import Approval
from digest.model.issue import Issue
from digest.model.ledger import State
from digest.model.message import Message, Rendered
from digest.pipeline.handing import open_issue, rendered_of, terms
from digest.pipeline.newsroom import Newsroom


def standing(room: Newsroom, issue: Issue, rendered: Rendered) -> Approval:
    """Return whether the last approval of an issue holds for the record and the files at hand."""
    events = read_events(room.shelf.issue(issue.window.label).path / LEDGER)
    if not any(event.event == "approved" for event in events):  # most issues: no message need be made
        return Approval()
    message = make_message(issue, rendered, terms(room, issue.window.label))
    return approval(events, stamp_of(room, issue, message), room.zone)


def standing_of(room: Newsroom, folder: IssueFolder) -> Approval:
    """Return whether the last approval of a built issue holds for what stands in its folder.

    Raises:
        IssueError: there is no such issue, or a file of it is not what was built.

    """
    issue = open_issue(folder)
    return standing(room, issue, rendered_of(folder, issue))


def stamp_of(room: Newsroom, issue: Issue, message: Message) -> Stamp:
    """Return what is approved of an issue: the hash of the message, and the hashes of its parts."""
    filled = terms(room, issue.window.label)
    service = {"service": message.service, **{str(name): value for name, value in filled.values.items()}}
    return Stamp(content=content_hash(message), parts=parts_of(issue, message.sender, service))


def state_now(room: Newsroom, folder: IssueFolder, issue: Issue) -> State:
    """Return the state that the ledger tells; an approval that is void is none."""
    told = state(read_events(folder.path / LEDGER))
    if told == "approved" and standing(room, issue, rendered_of(folder, issue)).status == "void":
        return "built"
    return told
