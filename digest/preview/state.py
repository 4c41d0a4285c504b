"""The desk's whole state, for programs: what the page shows, as it is."""

from dataclasses import dataclass

from digest.model.approval import Approval
from digest.model.conflict import Conflict
from digest.model.deed import Done
from digest.model.edits import Edits
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.ledger import State as LedgerState
from digest.pipeline.editing import EditsState
from digest.preview.sheet import Trouble
from digest.preview.showing import Present
from digest.preview.sighting import found_of, trouble_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where an entry of the issue stands: the order of all of them is the mail's."""

    id: str
    section: str
    slot: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What there is now. `version` names the state of edits.toml, `drafted` the draft, which `issue` is.

    `built`: the issue's folder has this very draft. `undo` and `redo` are what would be taken back or done again next,
    in words; `done` is all that was done, the last first.
    """

    version: str
    drafted: str
    built: bool
    trouble: Trouble | None
    state: LedgerState = "built"
    approval: Approval | None = None
    conflicts: tuple[Conflict, ...] = ()
    order: tuple[Placed, ...] = ()
    issue: Issue | None = None
    edits: Edits | None = None
    findings: tuple[Finding, ...] = ()
    undo: str = ""
    redo: str = ""
    done: tuple[Done, ...] = ()


def state_of(present: Present) -> State:
    """Return what programs are told."""
    drafted, beside = present.drafted, present.beside
    trouble = trouble_of(beside.trouble)
    history = beside.history or EditsState(version=beside.version)
    if drafted is None:
        return State(version=beside.version, drafted=beside.stamp, built=beside.built, trouble=trouble)
    return State(
        version=beside.version,
        drafted=beside.stamp,
        built=beside.built,
        trouble=trouble,
        state=beside.state,
        approval=beside.approval,
        conflicts=drafted.conflicts,
        order=_order(drafted.issue),
        issue=drafted.issue,
        edits=drafted.brief.edits,
        findings=found_of(drafted, beside),
        undo=history.undo,
        redo=history.redo,
        done=history.done,
    )


def _order(issue: Issue) -> tuple[Placed, ...]:
    named = [(section.name, entry) for section in issue.sections for entry in section.entries]
    named += [("", entry) for entry in issue.headlines]
    return tuple(
        Placed(id=entry.id, section=section, slot=entry.slot, title=entry.title.text) for section, entry in named
    )
