"""Approving: a person says of the very content of an issue that it may go out; `status` says how far an issue is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from digest.check import Wanted, check
from digest.check.facts import Facts
from digest.check.proof import Proof
from digest.disk import explain
from digest.errors import NotReadyError
from digest.handover import locked
from digest.handover.approval import approval
from digest.issues.folder import LEDGER, RECORD, IssueFolder
from digest.issues.ledger import add_event, read_events
from digest.model.approval import Approval
from digest.model.finding import Finding
from digest.model.ledger import Event, State
from digest.pipeline.build import refuse_locked
from digest.pipeline.checking import make_proof
from digest.pipeline.delivering.truth import Truth
from digest.pipeline.handing import rendered_of
from digest.pipeline.knowing import Known
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.standing import stamp_of, standing, state_now
from digest.pipeline.waiving import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """The approval that stands now; `again`: it stood already, for the same content, and nothing was written."""

    approval: Approval
    again: bool = False


def approve(room: Newsroom, folder: IssueFolder, known: Known, said: Said) -> Approved:
    """Record that a person approves the issue as the configured service would get it.

    Raises:
        IssueError: there is no such issue, or a file of it is not what was built.
        LockedError: it was sent or is about to be, or another command is at work on it.
        NotReadyError: errors of the check stand (decisions in conflict with their sources are such), or edits.toml is
            newer than the build.

    """
    folder.must_exist()
    with folder.exclusive():
        refuse_locked(folder)
        issue = folder.read()
        proof = make_proof(room, issue, rendered_of(folder, issue), known)
        if proof.facts.unbuilt:
            hint = "build the issue again, look at it, then approve that"
            raise NotReadyError(f"edits.toml: {proof.facts.unbuilt}", where=folder.label, hint=hint)
        bars = _errors(_found(room, proof))
        if bars:
            hint = f"mend them, or let one stand with a reason: digest waive {folder.label} CODE"
            reasons = tuple(f"{each.code}: {each.where}: {each.message}" for each in bars)
            raise NotReadyError(_counted(bars), where=folder.label, hint=hint, reasons=reasons)
        stamp = stamp_of(room, issue, proof.message)
        standing_now = approval(read_events(folder.path / LEDGER), stamp, room.zone)
        if standing_now.status == "stands":
            return Approved(approval=standing_now, again=True)
        event = Event(
            event="approved",
            at=said.at,
            by=said.by,
            service=proof.message.service,
            content=stamp.content,
            parts=stamp.parts,
        )
        add_event(folder.path / LEDGER, event)
        return Approved(approval=approval([event], stamp, room.zone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How far an issue is, and what a person must decide before it can go further (`to_decide`, in words).

    `written` is when its record was last written here. `findings` are what `digest check` says, the graver first:
    errors that nobody has waived, conflicts, edits that are newer than the build, sources that are not fresh. `held`
    are the headlines of the stories that the next issue gets. `service` is what the mailing service says of the issue;
    None where there is none that Digest talks to, or it was not asked.
    """

    label: str
    newsletter: str
    number: int
    words: str
    subject: str
    state: State
    written: datetime
    approval: Approval
    findings: tuple[Finding, ...]
    held: tuple[str, ...]
    to_decide: tuple[str, ...]
    service: Truth | None = None


def status_of(room: Newsroom, folder: IssueFolder, known: Known) -> Status:
    """Return how far an issue is.

    Raises:
        IssueError: there is no such issue, or a file of it is not what was built.
        LockedError: a build is moving it into place.

    """
    folder.must_exist()
    with folder.exclusive():
        issue = folder.read()
        rendered = rendered_of(folder, issue)
        try:
            written = (folder.path / RECORD).stat().st_mtime
        except OSError as error:
            raise explain(error, folder.path / RECORD, "the issue cannot be read") from error
    proof = make_proof(room, issue, rendered, known)
    told, found, word = state_now(room, folder, issue), _found(room, proof), standing(room, issue, rendered)
    events = read_events(folder.path / LEDGER)
    return Status(
        label=folder.label,
        newsletter=issue.newsletter_title,
        number=issue.number,
        words=issue.window.words,
        subject=issue.subject.text,
        state=told,
        written=datetime.fromtimestamp(written, UTC),
        approval=word,
        findings=found,
        held=tuple(each.title for each in issue.left_out if each.reason.code == "held"),
        to_decide=tuple(_settle(told) if locked(events) or told == "failed" else _prepare(word, found, proof.facts)),
    )


def _found(room: Newsroom, proof: Proof) -> tuple[Finding, ...]:
    table = room.config.check
    return check(proof, Wanted(select=table.select, ignore=table.ignore))


def _errors(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(each for each in found if each.level == "error")


def _settle(told: State) -> Iterator[str]:
    """Yield what a person must settle of an issue that is on its way."""
    if told == "unknown":
        yield "nobody knows whether it was sent"
    if told == "failed":
        yield "sending it has failed"


def _prepare(word: Approval, found: tuple[Finding, ...], facts: Facts) -> Iterator[str]:
    """Yield what a person must do before the issue can go out."""
    if _errors(found):
        yield f"{_counted(_errors(found))}: mend or waive"
    if facts.unbuilt:
        yield f"edits.toml: {facts.unbuilt}"
    if facts.since:
        names = dict.fromkeys(change.title for change in facts.since)
        yield f"changed at their source since it was built: {', '.join(f'“{name}”' for name in names)}"
    if word.status == "none":
        yield "nobody has approved it"
    if word.status == "void":
        yield f"it has changed since {word.by} approved it"


def _counted(errors: tuple[Finding, ...]) -> str:
    return "an error stands" if len(errors) == 1 else f"{len(errors)} errors stand"
