"""Amending: the corrections to earlier issues that an issue prints, and those that it could print."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from digest.handover import corrected, corrections
from digest.issues.folder import EDITS, LEDGER
from digest.issues.ledger import read_events
from digest.model.edits import CorrectionEdit
from digest.model.finding import Finding
from digest.model.issue import Correction, Issue
from digest.model.ledger import Event
from digest.model.selection import SentIssue
from digest.model.window import Window
from digest.pipeline.newsroom import Newsroom
from digest.selector.rules import Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class Correctable:
    """An earlier sent issue, its corrections that stand, and those of them that no later issue has printed."""

    label: str
    number: int
    standing: tuple[Correction, ...]
    unprinted: tuple[Correction, ...]


def amends(room: Newsroom, brief: Brief) -> tuple[Correction, ...]:
    """Return what the issue prints: for each `[[correction]]` of its edits the text there, else what the ledger says.

    Of several corrections to one issue those that were printed already are left out, unless all were. An edit that
    names no issue sent before this one, or one without corrections, prints nothing: `amending_findings` says so.
    """
    edits = brief.edits.corrections
    named = _correctable(room, brief.window, brief.sent, {edit.of for edit in edits})
    known = {each.label: each for each in named}
    return tuple(line for edit in edits if edit.of in known for line in _printed(edit, known[edit.of]))


def _printed(edit: CorrectionEdit, issue: Correctable) -> Iterator[Correction]:
    if edit.text is not None:
        day = issue.standing[-1].day if issue.standing else ""
        yield Correction(day=day, text=edit.text, of=issue.label, number=issue.number)
        return
    yield from issue.unprinted or issue.standing


def amending_findings(room: Newsroom, issue: Issue, brief: Brief) -> Iterator[Finding]:
    """Yield what is on offer, the edits that print nothing, and what an issue that was sent before still says."""
    printed = {each.of for each in issue.amends}
    for each in _offered(room, issue.window, brief.sent):
        if each.label not in printed:
            yield _offer(room, issue.window, each)
    for edit in brief.edits.corrections:
        if edit.of not in printed:
            yield _unmatched(edit, {each.label for each in brief.sent})
    for correction in issue.corrections:
        hint = f"if this build puts it right: digest correct {issue.window.label} --undo"
        message = f"its web version still says: {correction.text}"
        yield Finding(code="correction-kept", level="note", message=message, where=issue.window.label, hint=hint)


def _offer(room: Newsroom, window: Window, issue: Correctable) -> Finding:
    texts = " · ".join(correction.text for correction in issue.unprinted)
    path = room.shelf.issue(window.label).path / EDITS
    hint = f'print it by adding these lines to {path}:\n\n[[correction]]\nof = "{issue.label}"\n\n'
    return Finding(
        code="correction-offered",
        level="note",
        message=f"No. {issue.number} was corrected: {texts}",
        where=issue.label,
        hint=hint,
    )


def _unmatched(edit: CorrectionEdit, sent: set[str]) -> Finding:
    message, hint = "names no issue that was sent before this one", "take its label from: digest issues"
    if edit.of in sent:
        message, hint = "has no correction", f'write one: text = "…" here, or: digest correct {edit.of} "…"'
    return Finding(
        code="correction-unmatched",
        level="warning",
        message=message,
        where=f"edits.toml: correction of {edit.of}",
        hint=hint,
    )


def _offered(room: Newsroom, window: Window, sent: tuple[SentIssue, ...]) -> Iterator[Correctable]:
    """Yield what was corrected since the last issue could have printed it, and has not been printed since.

    That is since the end of the last sent issue's window: what was corrected between its building and its sending is
    not lost.
    """
    if not sent:
        return
    since = min(sent[-1].end, sent[-1].sent_at)
    labels = {label for label in room.shelf.corrected() if any(event.at > since for event in _events(room, label))}
    yield from (each for each in _correctable(room, window, sent, labels) if each.unprinted)


def _correctable(
    room: Newsroom, window: Window, sent: tuple[SentIssue, ...], labels: Collection[str]
) -> Iterator[Correctable]:
    for label in (each.label for each in sent if each.label in labels):
        made, number = _events(room, label), room.shelf.issue(label).read().number
        shown = corrections(read_events(_ledger(room, label)), room.zone)
        standing = tuple(replace(each, of=label, number=number) for each in shown)
        already = _printed_since(room, window, made[0].at) if made else ()
        unprinted = tuple(each for each in standing if not _is_printed(each, standing, already))
        yield Correctable(label=label, number=number, standing=standing, unprinted=unprinted)


def _printed_since(room: Newsroom, window: Window, since: datetime) -> tuple[Correction, ...]:
    """Return what other issues printed that were sent after `since`."""
    later = (each.label for each in room.shelf.sent() if each.sent_at >= since and each.label != window.label)
    return tuple(printed for label in later for printed in room.shelf.issue(label).read().amends)


def _is_printed(correction: Correction, standing: tuple[Correction, ...], already: tuple[Correction, ...]) -> bool:
    """Tell whether a correction was printed: in its own words, or in the editor's, which stand for all until then."""
    texts = {each.text for each in standing}
    return any(
        each.of == correction.of
        and (each.text == correction.text or (each.text not in texts and each.day >= correction.day))
        for each in already
    )


def _events(room: Newsroom, label: str) -> tuple[Event, ...]:
    return corrected(read_events(_ledger(room, label)))


def _ledger(room: Newsroom, label: str) -> Path:
    return room.shelf.issue(label).path / LEDGER
