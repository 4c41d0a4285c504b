"""What the editor decided by hand: `edits.toml` as a value."""

from dataclasses import dataclass
from typing import Literal

Action = Literal["pin", "add", "drop", "hold"]
Slot = Literal["lead", "story", "brief", "headline"]
Summary = Literal["lead", "dek", "extract", "model"]
"""How the text under a headline is made: the story's opening, its dek, the sentences that carry it, by a model."""
OpeningBy = Literal["template", "model"]
"""Who writes the issue's opening where the editor does not: the newsletter's template, or a model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Was:
    """The source's texts that an edit replaced, so that a later change at the source is noticed. None: not recorded."""

    headline: str | None = None
    byline: str | None = None
    kicker: str | None = None
    dek: str | None = None
    lead: str | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEdit:
    """One `[[story]]`: `article` is an id, an alias or a URL. None leaves a thing as it is; "" empties it.

    `after` names the article that this one follows ("" puts it first in its section). `image` is the URL of another
    picture, or "none"; `credit` is the one shown below the picture.
    """

    article: str
    do: Action | None = None
    section: str | None = None
    after: str | None = None
    slot: Slot | None = None
    summary: Summary | None = None
    headline: str | None = None
    byline: str | None = None
    kicker: str | None = None
    dek: str | None = None
    lead: str | None = None
    image: str | None = None
    credit: str | None = None
    was: Was | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEdit:
    """One `[[link]]`: a piece from elsewhere, with the name of its source."""

    url: str
    title: str
    source: str = ""
    text: str = ""
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoEdit:
    """One `[[promo]]`: what a sponsor or the magazine itself advertises, labelled as such.

    Without a `label` of its own it has the theme's word. It stands at the end of `section`, of the whole issue where
    that is None.
    """

    title: str
    url: str = ""
    text: str = ""
    label: str = ""
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionEdit:
    """One `[[correction]]`: this issue prints what was wrong in the issue `of`. None: the text that its ledger has."""

    of: str
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """The whole of `edits.toml`. None means that Digest writes the text itself."""

    schema: int = 1
    stories: tuple[StoryEdit, ...] = ()
    links: tuple[LinkEdit, ...] = ()
    promos: tuple[PromoEdit, ...] = ()
    corrections: tuple[CorrectionEdit, ...] = ()
    subject: str | None = None
    preheader: str | None = None
    opening: str | None = None
    opening_by: OpeningBy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the editor of an earlier issue decided. A later pin or add lifts an earlier drop."""

    article: str
    do: Action
    label: str
