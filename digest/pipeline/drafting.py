"""Drafting: all that an issue is right now, made in memory; nothing is written.

`digest build` puts a draft into the issue's folder; the desk shows one after each change. Both are made here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from digest.check.decisions import conflict_findings
from digest.check.models import model_findings
from digest.compose import compose
from digest.compose.source_texts import source_texts
from digest.editing.conflicts import conflicts
from digest.editing.shown import Shown
from digest.errors import LockedError, ThinError
from digest.handover import locked as is_locked
from digest.handover import waivers
from digest.issues.folder import LEDGER, IssueFolder, with_files
from digest.issues.ledger import read_events
from digest.model.conflict import Conflict
from digest.model.edits import Edits, Summary, Was
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.lead import Lead
from digest.model.message import Rendered
from digest.model.selection import Choice, Selection
from digest.model.window import Window
from digest.pipeline.amending import amending_findings
from digest.pipeline.doubts import doubts
from digest.pipeline.findings import findings
from digest.pipeline.gather import gather
from digest.pipeline.handing import pictures_of, rendered_of
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.pictures import Pictured, picture
from digest.pipeline.planning import Options, Plan, choose, plan
from digest.pipeline.thin import thin
from digest.pipeline.writing import lead_of
from digest.ports import Archive
from digest.render import render
from digest.selector import select
from digest.selector.rules import Brief
from digest.summarizer.learnt import LEARNT
from digest.theme import Theme

MODES: tuple[Summary, ...] = ("lead", "dek", "extract")
"""The ways in which the text under a headline can be made without asking anybody."""

ISSUE_TEXTS = ("subject", "preheader", "opening")
"""The texts that stand above all stories: in the inbox, and at the top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """An issue as a build would put it into its folder.

    `issue` is the record that the build would write; `files`, by their names, is all that would stand beside it. A
    locked issue stays as it is: `issue`, `rendered` and `files` are those of its folder, and all else is as of now.
    `refused` is the error with which a build would refuse. `selection` has the articles as they are told: without the
    lines that are furniture of their sources. `sources` are, by article, the texts that would stand there if the
    editor had written none; `issue_texts` are the issue's own (subject, preheader, opening), likewise.
    `conflicts` are those of the editor's decisions.
    """

    issue: Issue
    rendered: Rendered
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    selection: Selection
    brief: Brief
    theme: Theme
    sources: Mapping[str, Was] = field(default_factory=dict)
    issue_texts: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    refused: LockedError | ThinError | None = None


class Drafter:
    """Drafts one issue of a newsroom, again and again.

    Raises whatever is wrong with digest.toml's theme, edits.toml, a ledger or the archive, as a build does.
    """

    def __init__(self, room: Newsroom, archive: Archive, window: Window, options: Options) -> None:
        self._room, self._archive, self._window, self._options = room, archive, window, options
        self._folder = room.shelf.issue(window.label)

    def choose(self, now: datetime) -> tuple[Selection, Brief]:
        """Return which articles are in the issue and why: the first step of a draft, as quick as that."""
        return choose(self._room, self._archive, self._window, now)

    def shown(self, edits: Edits, now: datetime) -> Shown:
        """Return what a decision is made in sight of when edits.toml says `edits`."""
        gathered = gather(self._room, self._archive, self._window, now, edits)
        planned = self._planned((select(gathered.articles, gathered.brief), gathered.brief))
        return Shown(selection=planned.selection, sources=dict(self._sources(planned)))

    def draft(self, now: datetime) -> Drafted:
        """Return the issue as it is now."""
        chosen = self.choose(now)
        planned = self._planned(chosen)
        locked = lock_of(self._folder)
        made = self._kept() if locked else self._made(planned)
        sources = dict(self._sources(planned))
        clashes = () if locked else conflicts(planned.selection, chosen[1].edits, sources)
        return Drafted(
            issue=made.issue,
            rendered=made.rendered,
            files=made.files,
            findings=() if locked else tuple(self._findings(planned, made, clashes, now)),
            selection=planned.selection,
            brief=chosen[1],
            theme=planned.theme,
            sources=sources,
            issue_texts=_issue_texts(planned),
            conflicts=clashes,
            refused=locked or (None if self._options.thin_ok else thin(self._room, chosen[0], self._window)),
        )

    def leads(self, choice: Choice) -> tuple[tuple[Summary, Lead], ...]:
        """Return what the text under the headline of an article could be, each with the way in which it is made."""
        return tuple((mode, lead_of(self._room, choice, mode)) for mode in MODES)

    def _planned(self, chosen: tuple[Selection, Brief]) -> Plan:
        repeated = self._archive.repeated([each.article for each in chosen[0].chosen], LEARNT)
        return plan(self._room, chosen, self._options, repeated)

    def _made(self, planned: Plan) -> "_Made":
        pictured = picture(self._room, planned.issue, planned.theme, self._folder, self._options.pictures)
        bare = render(pictured.issue, planned.theme, self._room.compiled)
        files = {**_files(bare), **pictured.files}
        rendered = replace(bare, pictures=pictures_of(pictured.issue, files))
        return _Made(issue=with_files(pictured.issue, files), rendered=rendered, files=files, pictured=pictured)

    def _kept(self) -> "_Made":
        """Return what stands in the folder of a locked issue."""
        with self._folder.exclusive():
            issue = self._folder.read()
            return _Made(issue=issue, rendered=rendered_of(self._folder, issue), files=self._folder.files(issue))

    def _findings(
        self, planned: Plan, made: "_Made", clashes: tuple[Conflict, ...], now: datetime
    ) -> Iterator[Finding]:
        room, issue, brief = self._room, made.issue, planned.brief
        let_stand = waivers(read_events(self._folder.path / LEDGER), room.zone)
        yield from findings(room, planned.selection, issue)
        yield from doubts(room, self._archive, planned.selection, self._window, now)
        yield from made.pictured.notes if made.pictured else ()
        yield from amending_findings(room, issue, brief)
        yield from model_findings(issue, let_stand)
        yield from conflict_findings(clashes, let_stand)

    def _sources(self, planned: Plan) -> Iterator[tuple[str, Was]]:
        for choice in planned.selection.chosen:
            yield choice.article.id, source_texts(choice, lead_of(self._room, choice), planned.frame)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """An issue with its pictures, rendered; `pictured` is None where all of it was read from the folder."""

    issue: Issue
    rendered: Rendered
    files: Mapping[str, bytes]
    pictured: Pictured | None = None


def lock_of(folder: IssueFolder) -> LockedError | None:
    """Return why the files of an issue must stay as they are: it was sent, or is about to be; None where it was not."""
    if not is_locked(read_events(folder.path / LEDGER)):
        return None
    hint = f"its files are kept as sent; if it was never sent: digest sent {folder.label} --undo"
    return LockedError("this issue is locked: it was sent or is about to be", where=str(folder.path), hint=hint)


def _issue_texts(planned: Plan) -> Mapping[str, str]:
    """Return the issue's own texts as they would stand there without the editor's."""
    frame = replace(planned.frame, edits=replace(planned.frame.edits, subject=None, preheader=None, opening=None))
    bare = planned.issue if frame == planned.frame else compose(planned.selection, planned.leads, frame)
    return {name: getattr(bare, name).text for name in ISSUE_TEXTS}


def _files(rendered: Rendered) -> Mapping[str, bytes]:
    return {
        "email.html": rendered.html.encode(),
        "email.txt": rendered.text.encode(),
        "web.html": rendered.web.encode(),
    }
