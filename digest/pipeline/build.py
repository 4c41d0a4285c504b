"""Build: gather, select, write the leads, compose, have the pictures, render, and put the issue in its folder."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from digest import __version__
from digest.check.models import model_findings
from digest.compose import compose
from digest.compose.frame import Frame, Phrases, Spelling
from digest.errors import LockedError
from digest.handover import corrections, waivers
from digest.handover import locked as is_locked
from digest.issues.edits import TEMPLATE
from digest.issues.folder import EDITS, LEDGER, IssueFolder
from digest.issues.ledger import read_events
from digest.model.finding import Finding
from digest.model.issue import Issue, ThemeStamp
from digest.model.message import Rendered
from digest.model.selection import Selection
from digest.model.window import Window
from digest.pipeline.amending import amending_findings, amends
from digest.pipeline.doubts import doubts
from digest.pipeline.findings import findings
from digest.pipeline.gather import gather
from digest.pipeline.newsroom import Newsroom, brand, own_hosts, styles, tracking, web_url
from digest.pipeline.pictures import picture
from digest.pipeline.pictures.work import NOW, Having
from digest.pipeline.thin import refuse_thin
from digest.pipeline.writing import write
from digest.ports import Archive
from digest.render import render
from digest.selector import select
from digest.selector.rules import Brief
from digest.summarizer.learnt import LEARNT, without_repeated
from digest.text.dates import written_date
from digest.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An issue before it is rendered, and the selection that it was made from."""

    selection: Selection
    issue: Issue
    theme: Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """An issue in its folder, and what the editor should know about it."""

    folder: IssueFolder
    issue: Issue
    rendered: Rendered
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to build: with another theme, a thin week too, asking nobody (`offline`), and how pictures are had."""

    theme: str = ""
    thin_ok: bool = False
    offline: bool = False
    pictures: Having = NOW


def choose(room: Newsroom, archive: Archive, window: Window, now: datetime) -> tuple[Selection, Brief]:
    """Return which articles are in the issue of `window` and why."""
    gathered = gather(room, archive, window, now)
    return select(gathered.articles, gathered.brief), gathered.brief


def plan(
    room: Newsroom, chosen: tuple[Selection, Brief], options: Options, repeated: Mapping[str, frozenset[str]]
) -> Plan:
    """Return the issue of a selection: leads written, texts composed.

    `repeated`, by article, are the lines that stand on many pages of its source: they are no part of the story.
    """
    selection, brief = _without_repeated(chosen[0], repeated), chosen[1]
    theme = room.theme(options.theme)
    texts = write(room, selection, brief.edits, offline=options.offline)
    frame = replace(_frame(room, brief, theme), opening=texts.opening)
    return Plan(selection=selection, issue=compose(selection, texts.leads, frame), theme=theme)


def _without_repeated(selection: Selection, repeated: Mapping[str, frozenset[str]]) -> Selection:
    told = (
        replace(choice, article=without_repeated(choice.article, repeated.get(choice.article.id, frozenset())))
        for choice in selection.chosen
    )
    return replace(selection, chosen=tuple(told))


def build(room: Newsroom, archive: Archive, window: Window, *, now: datetime, options: Options) -> Built:
    """Build the issue of `window` and put it in its folder.

    Raises:
        LockedError: the issue is scheduled or sent; nothing was written.
        ThinError: too few stories; nothing was written.

    """
    folder = room.shelf.issue(window.label)
    refuse_locked(folder)
    chosen = choose(room, archive, window, now)
    if not options.thin_ok:
        refuse_thin(room, chosen[0], window)
    repeated = archive.repeated([choice.article for choice in chosen[0].chosen], LEARNT)
    planned = plan(room, chosen, options, repeated)
    pictured = picture(room, planned.issue, planned.theme, folder, options.pictures)
    rendered = render(pictured.issue, planned.theme, room.compiled)
    with folder.exclusive():
        refuse_locked(folder)
        files = {**_files(rendered), **pictured.files}
        record = folder.write(pictured.issue, files, {EDITS: TEMPLATE.encode()})
    amending = amending_findings(room, record, chosen[1])
    asked = model_findings(record, waivers(read_events(folder.path / LEDGER), room.zone))
    dated = doubts(room, archive, planned.selection, window, now)
    found = (*findings(room, planned.selection, record), *dated, *pictured.notes, *amending, *asked)
    return Built(folder=folder, issue=record, rendered=rendered, findings=found)


def refuse_locked(folder: IssueFolder) -> None:
    """Refuse an issue whose files must stay as they are."""
    if is_locked(read_events(folder.path / LEDGER)):
        hint = f"its files are kept as sent; if it was never sent: digest sent {folder.label} --undo"
        raise LockedError("this issue is locked: it was sent or is about to be", where=str(folder.path), hint=hint)


def _files(rendered: Rendered) -> Mapping[str, bytes]:
    return {
        "email.html": rendered.html.encode(),
        "email.txt": rendered.text.encode(),
        "web.html": rendered.web.encode(),
    }


def _frame(room: Newsroom, brief: Brief, theme: Theme) -> Frame:
    newsletter, speller = room.newsletter, room.speller
    return Frame(
        digest=__version__,
        newsletter=newsletter.name,
        newsletter_title=newsletter.title or room.config.magazine.name,
        number=1 + newsletter.number_before + len(brief.sent),
        window=brief.window,
        web_url=web_url(room, brief.window.label),
        editor=newsletter.editor,
        brand=brand(room),
        theme=ThemeStamp(name=theme.name, sha256=theme.sha256),
        spelling=Spelling(date=partial(written_date, zone=room.zone), day=speller.day, names=speller.names),
        phrases=Phrases(subject=newsletter.subject, preheader=newsletter.preheader, opening=newsletter.opening),
        sections=styles(room),
        links_section=newsletter.links,
        hosts=own_hosts(room),
        tracking=tracking(room, brief.window.label),
        edits=brief.edits,
        corrections=corrections(read_events(room.shelf.issue(brief.window.label).path / LEDGER), room.zone),
        amends=amends(room, brief),
    )
