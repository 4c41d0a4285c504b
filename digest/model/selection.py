"""Which articles are in an issue, which are not, and the one reason for each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from digest.model.article import Article
from digest.model.edits import Slot, StoryEdit

Code = Literal[
    "dropped",
    "held",
    "sent-before",
    "gone",
    "undated",
    "guessed-date",
    "future",
    "outside",
    "section-excluded",
    "too-short",
    "duplicate",
    "author-cap",
    "section-cap",
    "chosen",
]
Offer = Literal["late", "skipped-week", "passed-over"]
How = Literal["window", "pinned", "added", "held", "late", "over-cap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an article is in or out: a code with its figures; words are made when it is shown.

    `of` is what the code is about: the issue or newsletter it was sent in (`sent-before`), the issue it was held from
    (`chosen`, how `held`), the article it repeats (`duplicate`), the author or section that is full, the section that
    is excluded.
    `count` and `limit` are words, stories, or percent of shared text; `when` is the date that decided.
    `offer` is the group of a carried-over article that the editor may add; `how` tells by what way it came in.
    """

    code: Code
    of: str = ""
    count: int | None = None
    limit: int | None = None
    when: datetime | None = None
    offer: Offer | None = None
    how: How | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An article that is in, with its section as printed (the rule's name), its slot and its reason.

    `edit` is all that the editor says of it, as one edit (None: nothing); its `article` and `after` are ids.
    """

    article: Article
    section: str
    slot: Slot
    reason: Reason
    edit: StoryEdit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An article in reach that is not in."""

    article: Article
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Every article in reach, once: `chosen` in the order of the issue, `left_out` by date, title and id.

    `unmatched` is what stands as `article` or `after` in `edits.toml` and names no article in reach.
    """

    chosen: tuple[Choice, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unmatched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One article as a sent issue carried it: enough to know it again whatever its slug, title or id is now."""

    id: str
    aliases: tuple[str, ...] = ()
    url: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentIssue:
    """An issue that was sent, as its ledger has it; `start` and `end` are its window, all instants in UTC."""

    label: str
    start: datetime
    end: datetime
    sent_at: datetime
    carried: tuple[Carried, ...] = ()
