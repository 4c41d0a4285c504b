"""Correcting: a dated correction to an issue that was sent, shown wherever its web version is.

The ledger is the truth. The record and `web.html` follow it, in one commit of the folder; all that was sent stays as
it was sent.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from digest.errors import IssueError
from digest.handover import corrected, corrections, sent_issue, state
from digest.issues.folder import EDITS, LEDGER, IssueFolder
from digest.issues.ledger import add_event, read_events
from digest.model.finding import Finding
from digest.model.issue import Correction
from digest.model.ledger import Event
from digest.pipeline.frozen import origins
from digest.pipeline.newsroom import Newsroom
from digest.render import render_web

WEB = "web.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What stands now: all corrections of the issue, whether the call changed a file, and what else to know."""

    corrections: tuple[Correction, ...]
    changed: bool
    findings: tuple[Finding, ...] = ()


def corrections_of(room: Newsroom, folder: IssueFolder) -> tuple[Correction, ...]:
    """Return the corrections of an issue that stand, the oldest first."""
    folder.must_exist()
    return corrections(read_events(folder.path / LEDGER), room.zone)


def correct(room: Newsroom, folder: IssueFolder, text: str, at: datetime, by: str) -> Corrected:
    """Record a correction made at `at` and show it in the issue's web version; one that stands is not doubled.

    Raises:
        IssueError: the issue was not sent, the text is empty, or a file of the issue is not what was built.

    """
    said = " ".join(text.split())
    if not said:
        hint = f'say what was wrong and what is right: digest correct {folder.label} "…"'
        raise IssueError("the correction is empty", where=folder.label, hint=hint)
    folder.must_exist()
    with folder.exclusive():
        events = read_events(folder.path / LEDGER)
        _refuse_unsent(folder, events)
        known = said in {event.note for event in corrected(events)}
        event = None if known else Event(event="corrected", at=at, by=by, note=said)
        return _follow(room, folder, events, event)


def take_back(room: Newsroom, folder: IssueFolder, at: datetime, by: str) -> Corrected:
    """Take the last correction back: it goes from the web version, and stays in the ledger as taken back.

    Raises:
        IssueError: none stands, or a file of the issue is not what was built.

    """
    folder.must_exist()
    with folder.exclusive():
        events = read_events(folder.path / LEDGER)
        standing = corrected(events)
        if not standing:
            raise IssueError("has no correction", where=str(folder.path), hint="there is nothing to take back")
        return _follow(room, folder, events, Event(event="uncorrected", at=at, by=by, note=standing[-1].note))


def _follow(room: Newsroom, folder: IssueFolder, events: tuple[Event, ...], event: Event | None) -> Corrected:
    """Write `event` into the ledger (None: nothing new), and let record and web version say what the ledger says.

    All that can be refused is refused before the ledger is written. What a crash leaves between the two is healed by
    the same command, said again.
    """
    issue = folder.read()
    folder.files(issue)
    standing = corrections((*events, event) if event else events, room.zone)
    if issue.corrections == standing and event is None:
        return Corrected(corrections=standing, changed=False)
    following = replace(issue, corrections=standing)
    theme, instead = room.theme_or_own(issue.theme.name)
    web = render_web(following, theme, room.compiled)
    if event:
        add_event(folder.path / LEDGER, event)
    folder.amend(following, {WEB: web.encode()})
    findings = tuple(_rendered_anew(folder.label, origin) for origin in origins(issue, theme.sha256, instead))
    return Corrected(corrections=standing, changed=True, findings=findings)


def _rendered_anew(label: str, origin: str) -> Finding:
    return Finding(
        code="rendered-anew",
        level="note",
        where=label,
        message=f"{origin}; {WEB} is made anew, so it may differ in more than its corrections",
        hint="nothing to do; email.html and email.txt stay as they were sent",
    )


def _refuse_unsent(folder: IssueFolder, events: tuple[Event, ...]) -> None:
    if sent_issue(folder.label, events):
        return
    now = state(events)
    hint = f"change it in {folder.path / EDITS} and build it again"
    if now in {"scheduled", "sending", "unknown"}:
        hint = "correct it when it is sent, or call it off"
    raise IssueError(f"was not sent (it is {now}): nobody has read it yet", where=str(folder.path), hint=hint)
