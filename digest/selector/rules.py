"""The rules by which the selector picks, as the configuration states them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from digest.model.earlier import EarlierStory
from digest.model.edits import Edits, Slot, Standing
from digest.model.selection import SentIssue
from digest.model.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRule:
    """One section of the issue, in the order in which the configuration lists them.

    `cap` is the most stories it shows (None: all). `minimum` is how many it should have: the author cap gives way to
    it. A heavier `weight` comes first for the lead story. `slot` is what its stories become.
    """

    name: str
    weight: int = 0
    cap: int | None = None
    minimum: int = 0
    slot: Slot = "story"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What is picked, how many, and in which order.

    `excluded` sections never come in by themselves. `unlisted` sections come last under their own names, or as
    briefs, or not at all. `per_author` stories at most by one author (None: any number). Up to `headlines` stories
    that are over a cap keep a line with their headline. A story of fewer than `shortest` words is too short; one that
    shares `twin` percent of the shorter one's five-word runs with a fuller one is its duplicate, unless each is a story
    by itself (`text.repeats`).
    `since` is the newsletter's first day; a carried-over story is offered for `offer_for`; with `late="include"` late
    and skipped ones come in by themselves, old ones (`offers.comes_in`) excepted.
    """

    sections: tuple[SectionRule, ...] = ()
    excluded: tuple[str, ...] = ()
    unlisted: Literal["last", "briefs", "exclude"] = "last"
    per_author: int | None = None
    headlines: int = 5
    shortest: int = 40
    twin: int = 50
    lead_story: bool = True
    since: datetime | None = None
    offer_for: timedelta = timedelta(weeks=4)
    late: Literal["offer", "include"] = "offer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All that a selection depends on besides the articles.

    `now` is set only while the window is open: then what lies after it is future. `sent` are the issues of the same
    newsletter with an earlier window, `earlier` what newsletters of another tool carried; `standing` is what the
    editors of earlier issues decided, in the order of their windows: of one article the last word counts. `alike`
    are the articles that share text with another one in the archive, by id, each with the lines of its body that
    are furniture. `hosts` are the magazine's own: of two copies the one that stands there stays.
    """

    window: Window
    rules: Rules
    edits: Edits
    standing: tuple[Standing, ...] = ()
    sent: tuple[SentIssue, ...] = ()
    earlier: tuple[EarlierStory, ...] = ()
    now: datetime | None = None
    hosts: tuple[str, ...] = ()
    alike: Mapping[str, frozenset[str]] = field(default_factory=dict)
