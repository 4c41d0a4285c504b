"""Planning: what is chosen for an issue, and what frames its stories."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from digest import __version__
from digest.compose.frame import Frame, Phrases, Spelling
from digest.handover import corrections
from digest.issues.folder import LEDGER
from digest.issues.ledger import read_events
from digest.model.issue import Correction, ThemeStamp
from digest.model.selection import Selection
from digest.model.window import Window
from digest.pipeline.amending import amends
from digest.pipeline.gather import gather
from digest.pipeline.newsroom import Newsroom, brand, own_hosts, styles, tracking, web_url
from digest.pipeline.pictures.work import NOW, Having
from digest.ports import Archive
from digest.selector import select
from digest.selector.rules import Brief
from digest.text.dates import written_date
from digest.theme import Theme


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The corrections to the issue itself, and those to earlier ones that it prints."""

    corrections: tuple[Correction, ...]
    amends: tuple[Correction, ...]


def printed_of(room: Newsroom, brief: Brief) -> Printed:
    """Return what the ledgers say of corrections."""
    own = read_events(room.shelf.issue(brief.window.label).path / LEDGER)
    return Printed(corrections=corrections(own, room.zone), amends=amends(room, brief))


def frame_of(room: Newsroom, brief: Brief, theme: Theme, printed: Printed) -> Frame:
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
        corrections=printed.corrections,
        amends=printed.amends,
    )
