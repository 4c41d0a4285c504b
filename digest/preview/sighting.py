"""Sighting: a draft, and all that is known beside it, become what the desk's page is made from."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from digest.errors import DigestError, LockedError, ThinError
from digest.model import deed
from digest.model.approval import Approval
from digest.model.edits import Summary
from digest.model.finding import Finding
from digest.model.lead import Lead
from digest.model.ledger import State
from digest.pipeline.drafting import Drafted
from digest.pipeline.editing import EditsState
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.writing import wish_of
from digest.preview.sheet import Done, Trouble, Word
from digest.preview.sight import Sight

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is known beside a draft.

    `version` names the state of edits.toml, `stamp` the draft; `built`: the issue's folder has it. `checks` is what
    `digest check` says of it. `trouble` is why there is no newer draft. `leads` are those of the story at hand,
    `history` is what was done to edits.toml.
    """

    version: str
    stamp: str
    built: bool = False
    state: State = "built"
    trouble: DigestError | None = None
    checks: tuple[Finding, ...] = ()
    leads: tuple[tuple[Summary, Lead], ...] = ()
    approval: Approval | None = None
    history: EditsState | None = None


def sight_of(room: Newsroom, drafted: Drafted, beside: Beside, story: str) -> Sight:
    """Return what the page is made from, with `story` at hand ("" for none)."""
    findings = found_of(drafted, beside)
    refused = drafted.refused
    return Sight(
        issue=drafted.issue,
        selection=drafted.selection,
        edits=drafted.brief.edits,
        findings=findings,
        version=beside.version,
        drafted=beside.stamp,
        built=beside.built,
        sources=drafted.sources,
        issue_texts=drafted.issue_texts,
        leads=beside.leads,
        budget=_budget(room, drafted, story),
        sections=tuple((each.name, each.title or each.name) for each in room.config.sections),
        sender=room.config.mailer.sender_name or room.config.magazine.name,
        editor=room.config.desk.editor or room.newsletter.editor,
        has_model=bool(room.config.writer.model),
        zone=room.zone,
        state=beside.state,
        locked=_words(refused) if isinstance(refused, LockedError) else "",
        refused=_thin(refused) if isinstance(refused, ThinError) else "",
        trouble=trouble_of(beside.trouble),
        conflicts=drafted.conflicts,
        word=_word(beside.approval or Approval(), findings, room.zone),
        done=tuple(_done(each, room.zone) for each in beside.history.done) if beside.history else (),
        undo=beside.history.undo if beside.history else "",
        redo=beside.history.redo if beside.history else "",
    )


def found_of(drafted: Drafted, beside: Beside) -> tuple[Finding, ...]:
    """Return what the draft and the check say, each thing once: a build tells some of what the check finds too."""
    return tuple(dict.fromkeys((*drafted.findings, *beside.checks)))


def trouble_of(error: DigestError | None) -> Trouble | None:
    """Return an error as the page shows it."""
    return Trouble(message=error.message, where=error.where, hint=error.hint) if error else None


def unless_refused(trouble: DigestError | None) -> DigestError | None:
    """Return why the issue's folder cannot be written; a draft says by itself where a build would refuse it."""
    if trouble is None or isinstance(trouble, ThinError):
        return None
    hint = f"{trouble.hint}; it is tried again" if trouble.hint else "it is tried again"
    return DigestError(f"the issue's folder is not up to date: {trouble.message}", where=trouble.where, hint=hint)


def moment(instant: datetime, zone: tzinfo) -> str:
    """Return `Fri 25 Oct 2024, 11:02`; not by `strftime`, which follows the machine's locale."""
    here = instant.astimezone(zone)
    return f"{_DAYS[here.weekday()]} {here.day} {_MONTHS[here.month - 1]} {here.year}, {here:%H:%M}"


def _budget(room: Newsroom, drafted: Drafted, story: str) -> int:
    choice = next((each for each in drafted.selection.chosen if each.article.id == story), None)
    return wish_of(room, choice).budget.at_most if choice else 0


def _words(error: DigestError) -> str:
    """Return what an error says, and what to do, as two sentences."""
    said = f"{error.message[:1].upper()}{error.message[1:]}."
    return f"{said} {error.hint[:1].upper()}{error.hint[1:]}." if error.hint else said


def _thin(error: ThinError) -> str:
    """Return what a build says of a thin week, without the lines to paste: here a story is added with a click."""
    counted = error.message.partition("\n")[0].partition(";")[0]
    return f"{counted}: digest build refuses that, unless with --thin-ok. What is left out can be added."


def _done(done: deed.Done, zone: tzinfo) -> Done:
    return Done(words=done.words, by=done.by, at=moment(done.at, zone), undone=done.undone)


def _word(approval: Approval, findings: tuple[Finding, ...], zone: tzinfo) -> Word:
    return Word(
        state=approval.status,
        by=approval.by,
        at=moment(approval.at, zone) if approval.at else "",
        changed=tuple(change.words for change in approval.changed),
        bars=sum(finding.level == "error" for finding in findings),
    )
