"""Planning: gather, select, write the leads, compose: an issue before it has its pictures and is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from digest import __version__
from digest.compose import compose
from digest.compose.frame import Frame, Phrases, Spelling
from digest.handover import corrections
from digest.issues.folder import LEDGER
from digest.issues.ledger import read_events
from digest.model.issue import Issue, ThemeStamp
from digest.model.lead import Lead
from digest.model.selection import Selection
from digest.model.window import Window
from digest.pipeline.amending import amends
from digest.pipeline.gather import gather
from digest.pipeline.newsroom import Newsroom, brand, own_hosts, styles, tracking, web_url
from digest.pipeline.pictures.work import NOW, Having
from digest.pipeline.writing import write
from digest.ports import Archive
from digest.selector import select
from digest.selector.rules import Brief
from digest.summarizer.learnt import without_repeated
from digest.text.dates import written_date
from digest.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An issue before it is rendered, the selection that it was made from, and what frames its stories."""

    selection: Selection
    issue: Issue
    brief: Brief
    theme: Theme
    frame: Frame
    leads: Mapping[str, Lead]


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
    frame = replace(frame_of(room, brief, theme), opening=texts.opening)
    issue = compose(selection, texts.leads, frame)
    return Plan(selection=selection, issue=issue, brief=brief, theme=theme, frame=frame, leads=texts.leads)


def _without_repeated(selection: Selection, repeated: Mapping[str, frozenset[str]]) -> Selection:
    told = (
        replace(choice, article=without_repeated(choice.article, repeated.get(choice.article.id, frozenset())))
        for choice in selection.chosen
    )
    return replace(selection, chosen=tuple(told))


def frame_of(room: Newsroom, brief: Brief, theme: Theme) -> Frame:
    """Return everything about an issue that is not its stories, but for an opening that a model wrote."""
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
