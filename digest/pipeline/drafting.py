"""Drafting: all that an issue is right now, made in memory; nothing is written.

`digest build` puts a draft into the issue's folder; the desk shows one after each change. Both are made here.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from digest.check.decisions import conflict_findings
from digest.check.models import model_findings
from digest.compose import compose
from digest.compose.entries import story
from digest.compose.frame import Frame
from digest.compose.source_texts import source_texts
from digest.editing.conflicts import conflicts
from digest.editing.shown import Shown
from digest.errors import LockedError, ThinError
from digest.handover import waivers
from digest.issues.edits import read_edits
from digest.issues.folder import EDITS, LEDGER, named
from digest.issues.ledger import read_events
from digest.model.article import Article
from digest.model.conflict import Conflict
from digest.model.edits import Edits, StoryEdit, Summary, Was
from digest.model.finding import Finding
from digest.model.issue import BuiltFile, Entry, Issue
from digest.model.lead import Lead
from digest.model.message import Rendered
from digest.model.selection import Choice, Selection
from digest.model.window import Window
from digest.pipeline.amending import amending_findings
from digest.pipeline.doubts import corrected, doubts
from digest.pipeline.findings import findings
from digest.pipeline.gather import brief_of, past_of, within
from digest.pipeline.handing import pictures_of
from digest.pipeline.made import Made, files_of, kept, lock_of
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.pictures import picture
from digest.pipeline.pictures.supply import Supply
from digest.pipeline.planning import Options, frame_of, printed_of
from digest.pipeline.remembering import Memory, Remembering, others_of
from digest.pipeline.texts import Texts
from digest.pipeline.thin import thin
from digest.pipeline.writing import write
from digest.ports import Archive, Library
from digest.selector import select_on
from digest.selector.reach import ground_of
from digest.selector.rules import Brief
from digest.selector.twins import Comparisons
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
    """Drafts one issue of a newsroom, again and again; what has not changed since is not made again.

    Nothing that it remembers outlives what it was made from: the archive is asked whether it has changed, other issues
    and the ledgers are known by their files, edits.toml and the theme are read each time. For another configuration
    make another drafter.

    Raises whatever is wrong with the theme, edits.toml, a ledger or the archive, as a build does.
    """

    def __init__(self, room: Newsroom, archive: Archive, window: Window, options: Options) -> None:
        self._room, self._window, self._options = room, window, options
        self._folder = room.shelf.issue(window.label)
        self._archive = Remembering(archive)
        self._texts = Texts(room)
        self._memory = Memory()
        self._supply = Supply(room, self._folder, options.pictures)
        self._files: dict[str, tuple[bytes, BuiltFile]] = {}
        self._others: Hashable = None

    def choose(self, now: datetime) -> tuple[Selection, Brief]:
        """Return which articles are in the issue and why: the first step of a draft."""
        self._look()
        return self._chosen(now, read_edits(self._folder.path / EDITS))

    def shown(self, edits: Edits, now: datetime) -> Shown:
        """Return what a decision is made in sight of when edits.toml says `edits`."""
        self._look()
        planned = self._planned(*self._chosen(now, edits))
        return Shown(selection=planned.selection, sources=dict(self._sources(planned)))

    def draft(self, now: datetime) -> Drafted:
        """Return the issue as it is now."""
        chosen = self.choose(now)
        planned = self._planned(*chosen)
        locked = self._memory.get("locked", lambda: lock_of(self._folder))
        made = kept(self._folder) if locked else self._made(planned)
        sources = dict(self._sources(planned))
        clashes = () if locked else conflicts(planned.selection, planned.brief.edits, sources)
        return Drafted(
            issue=made.issue,
            rendered=made.rendered,
            files=made.files,
            findings=() if locked else tuple(self._findings(planned, made, clashes, now)),
            selection=planned.selection,
            brief=planned.brief,
            theme=planned.theme,
            sources=sources,
            issue_texts=self._issue_texts(planned),
            conflicts=clashes,
            refused=locked or (None if self._options.thin_ok else thin(self._room, chosen[0], self._window)),
        )

    def _look(self) -> None:
        """See what has changed, and forget all that was made from it."""
        archive, others = self._archive.look(), others_of(self._room.shelf, self._window.label)
        if archive:
            self._texts.clear()
        if archive or others != self._others:
            self._memory.clear()
        self._others = others

    def _chosen(self, now: datetime, edits: Edits) -> tuple[Selection, Brief]:
        past = self._memory.get("past", lambda: past_of(self._room, self._window))
        gathered = within(self._archive, brief_of(self._room, self._window, now, edits, past))
        same = ("ground", tuple(map(id, gathered.articles)))
        ground = self._memory.get(same, lambda: (ground_of(gathered.articles, gathered.brief), Comparisons()))
        return select_on(ground[0], gathered.brief, ground[1]), gathered.brief

    def _planned(self, selection: Selection, brief: Brief) -> "_Planned":
        """Return the issue of a selection: leads written, texts composed."""
        articles = [each.article for each in selection.chosen]
        selection = self._texts.without_repeated(selection, self._archive.repeated(articles, LEARNT))
        theme = self._room.theme(self._options.theme)
        texts = write(self._room, selection, brief.edits, offline=self._options.offline, tell=self._texts.tell)
        corrections = ("printed", brief.edits.corrections)
        printed = self._memory.get(corrections, lambda: printed_of(self._room, brief))
        frame = replace(frame_of(self._room, brief, theme, printed), opening=texts.opening)
        issue = compose(selection, texts.leads, frame, self._entry)
        return _Planned(selection=selection, issue=issue, brief=brief, theme=theme, frame=frame, leads=texts.leads)

    def _entry(self, choice: Choice, lead: Lead, frame: Frame) -> Entry:
        """Return the entry of a choice; of the frame only what never changes here matters to it."""
        same = ("entry", choice.section, choice.slot, choice.reason, choice.edit, lead)
        return self._texts.of(choice.article, same, partial(story, choice, lead, frame))

    def _made(self, planned: "_Planned") -> Made:
        pictured = picture(self._room, planned.issue, planned.theme, self._supply)
        files = {**files_of(pictured.rendered), **pictured.files}
        return Made(
            issue=replace(pictured.issue, files=tuple(self._named(name, files[name]) for name in sorted(files))),
            rendered=replace(pictured.rendered, pictures=pictures_of(pictured.issue, files)),
            files=files,
            notes=pictured.notes,
        )

    def _named(self, name: str, content: bytes) -> BuiltFile:
        """Return how the record names a file; of pictures, which are large and stay, their hashes are remembered."""
        known = self._files.get(name)
        if known is None or known[0] is not content:
            known = self._files[name] = content, named(name, content)
        return known[1]

    def _findings(
        self, planned: "_Planned", made: Made, clashes: tuple[Conflict, ...], now: datetime
    ) -> Iterator[Finding]:
        room, issue, brief = self._room, made.issue, planned.brief
        yield from findings(room, planned.selection, issue)
        yield from doubts(room, self._archive, planned.selection, self._window, now)
        for article in (choice.article for choice in planned.selection.chosen):
            yield from self._texts.of(article, "corrected", partial(_corrected, room, self._archive, article))
        yield from made.notes
        same = ("amending", brief.edits.corrections, issue.amends, issue.corrections)
        yield from self._memory.get(same, lambda: tuple(amending_findings(room, issue, brief)))
        ledger = self._folder.path / LEDGER
        waived = self._memory.get("waivers", lambda: waivers(read_events(ledger), room.zone))
        yield from model_findings(issue, waived)
        yield from conflict_findings(clashes, waived)

    def _sources(self, planned: "_Planned") -> Iterator[tuple[str, Was]]:
        for choice in planned.selection.chosen:
            same = ("source", choice.section, choice.slot, _bare(choice.edit), bare := self._texts.bare(choice))
            source = partial(source_texts, choice, bare, planned.frame)
            yield choice.article.id, self._texts.of(choice.article, same, source)

    def _issue_texts(self, planned: "_Planned") -> Mapping[str, str]:
        """Return the issue's own texts as they would stand there without the editor's."""
        frame = replace(planned.frame, edits=replace(planned.frame.edits, subject=None, preheader=None, opening=None))
        own = frame == planned.frame
        bare = planned.issue if own else compose(planned.selection, planned.leads, frame, self._entry)
        return {name: getattr(bare, name).text for name in ISSUE_TEXTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    """An issue before it has its pictures and is rendered, and what it was made from."""

    selection: Selection
    issue: Issue
    brief: Brief
    theme: Theme
    frame: Frame
    leads: Mapping[str, Lead]


def _bare(edit: StoryEdit | None) -> StoryEdit | None:
    """Return what an editor says of an article besides its texts."""
    return edit and replace(edit, headline=None, byline=None, kicker=None, dek=None, lead=None, image=None, credit=None)


def _corrected(room: Newsroom, archive: Library, article: Article) -> tuple[Finding, ...]:
    return tuple(corrected(room, archive, article))
