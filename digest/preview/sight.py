"""All that the desk's page is made from, gathered by whoever has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from digest.model.conflict import Conflict
from digest.model.edits import Edits, Summary, Was
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.lead import Lead
from digest.model.selection import Selection
from digest.preview.sheet import Done, Trouble, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A drafted issue and what was decided about it.

    `version` names the state of edits.toml, `drafted` that of the mail. `sources` are, by article, the texts that
    stand there without the editor's, `issue_texts` the issue's own, likewise. `leads` are what the text under the
    headline of the story at hand could be, each with the way in which it was asked for, `budget` the most words that
    it may have (0: nobody says). `sections` are the magazine's: name and title. `locked` says why nothing can be
    changed, `refused` why a build would refuse the issue; "" where neither is so.
    """

    issue: Issue
    selection: Selection
    edits: Edits
    findings: tuple[Finding, ...] = ()
    version: str = ""
    drafted: str = ""
    built: bool = True
    sources: Mapping[str, Was] = field(default_factory=dict)
    issue_texts: Mapping[str, str] = field(default_factory=dict)
    leads: tuple[tuple[Summary, Lead], ...] = ()
    budget: int = 0
    sections: tuple[tuple[str, str], ...] = ()
    sender: str = ""
    editor: str = ""
    has_model: bool = False
    zone: tzinfo = UTC
    state: str = "built"
    locked: str = ""
    refused: str = ""
    trouble: Trouble | None = None
    conflicts: tuple[Conflict, ...] = ()
    word: Word = field(default_factory=Word)
    done: tuple[Done, ...] = ()
    undo: str = ""
    redo: str = ""
