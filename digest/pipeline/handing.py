"""Handing over: an issue becomes a message for a mailer; an issue sent by hand is marked as sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from digest.errors import IssueError
from digest.handover import locked as is_locked
from digest.handover import state
from digest.issues.folder import LEDGER, RECORD, IssueFolder
from digest.issues.ledger import add_event, read_events
from digest.mailers.message import Terms, content_hash, make_message
from digest.model.finding import Receipt
from digest.model.issue import Issue
from digest.model.ledger import Event, State
from digest.model.message import Message, PictureFile, Rendered, Sender
from digest.model.names import FACES
from digest.model.selection import Carried
from digest.model.tags import ServiceName
from digest.pipeline.newsroom import Newsroom, web_url
from digest.ports import Files


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """The message that was handed over, and the mailer's answer."""

    message: Message
    receipt: Receipt


def open_issue(folder: IssueFolder) -> Issue:
    """Return an issue's record, after finishing what a crash left."""
    if folder.path.is_dir():
        folder.finish()
    return folder.read()


def state_of(folder: IssueFolder) -> State:
    """Return the state that the issue's ledger tells."""
    return state(read_events(folder.path / LEDGER))


def deliver(folder: IssueFolder, mailer: Files) -> Handed:
    """Hand the issue's built files over to `mailer`.

    Raises:
        IssueError: there is no such issue, or a file of it is not what was built.

    """
    folder.must_exist()
    with folder.exclusive():
        issue = folder.read()
        message = mailer.message(issue, rendered_of(folder, issue))
        return Handed(message=message, receipt=mailer.save(message))


def terms(room: Newsroom, label: str, service: ServiceName | None = None) -> Terms:
    """Return the configured service, or another, with what stands where it has no tag of its own."""
    mailer = room.config.mailer
    return Terms(
        service=service or mailer.service,
        sender=Sender(
            name=mailer.sender_name or room.config.magazine.name,
            address=mailer.sender_address,
            reply_to=mailer.reply_to,
        ),
        values={
            "unsubscribe": _leave(room, service or mailer.service),
            "view_online": web_url(room, label),
            "preferences": mailer.preferences_url,
            "address": " ".join(room.config.magazine.address.split()),
        },
    )


def _leave(room: Newsroom, service: ServiceName) -> str:
    """Return the address to leave by of who sends without a service's tag."""
    own = room.config.smtp.unsubscribe_url if service == "smtp" else ""
    return own or room.config.mailer.unsubscribe_url


def rendered_of(folder: IssueFolder, issue: Issue) -> Rendered:
    """Return the built files of `issue`, the folder's record.

    Raises:
        IssueError: one of them is missing, or not what was built.

    """
    files = folder.files(issue)
    for name in FACES:
        if name not in files:
            hint = "take it from git or a backup, or build the issue again"
            raise IssueError(f"names no {name}", where=str(folder.path / RECORD), hint=hint)
    html, text, web = (files[name].decode() for name in FACES)
    return Rendered(html=html, text=text, web=web, pictures=pictures_of(issue, files))


def pictures_of(issue: Issue, files: Mapping[str, bytes]) -> tuple[PictureFile, ...]:
    """Return the copies among an issue's files to which its faces refer."""
    named = {picture.file: picture.image.url for picture in issue.pictures if picture.image.url}
    return tuple(
        PictureFile(name=name, url=named[name], content=files[name]) for name in sorted(named) if name in files
    )


def mark_sent(room: Newsroom, folder: IssueFolder, at: datetime, by: str) -> bool:
    """Record that the issue was sent by hand at `at`; False where it is sent already."""
    folder.must_exist()
    with folder.exclusive():
        if state_of(folder) == "sent":
            return False
        issue = folder.read()
        message = make_message(issue, rendered_of(folder, issue), terms(room, folder.label))
        add_event(folder.path / LEDGER, sent_event(issue, content_hash(message), at, by))
    return True


def undo_sent(folder: IssueFolder, at: datetime, by: str) -> None:
    """Take back that the issue was sent by hand.

    Raises:
        IssueError: it is not marked as sent.

    """
    folder.must_exist()
    with folder.exclusive():
        if not is_locked(read_events(folder.path / LEDGER)):
            hint = "nothing to take back; see: digest issues"
            raise IssueError("is not marked as sent", where=str(folder.path), hint=hint)
        add_event(folder.path / LEDGER, Event(event="unsent", at=at, by=by))


def sent_event(issue: Issue, content: str, at: datetime, by: str) -> Event:
    """Return the event that an issue was sent with this content, which lists what readers have had with it."""
    return Event(
        event="sent",
        at=at,
        by=by,
        content=content,
        start=issue.window.start,
        end=issue.window.end,
        carried=tuple(
            Carried(id=entry.id, aliases=entry.aliases, url=entry.url, fingerprint=entry.fingerprint)
            for entry in issue.entries
            if entry.entry in {"story", "item"}
        ),
    )
