"""What the desk's page shows, as values: `digest.preview.laying` makes them, `digest.preview.pages` makes HTML of them.

Texts of the magazine come with the language and the direction in which they run; all else is the desk's own English.
"""

from dataclasses import dataclass, field
from typing import Literal

from digest.model.conflict import Conflict
from digest.model.edits import Action, OpeningBy, Slot, Summary
from digest.model.finding import Level
from digest.model.issue import EntryKind, Origin
from digest.preview.place import Panel, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """The language and the direction of the magazine's texts."""

    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One story of the outline. `items` counts the pieces of a column that stand behind it one by one.

    `first` and `last` tell whether it can be moved no further; `marks` say in a word each what is special about it.
    """

    id: str
    kind: EntryKind = "story"
    slot: Slot = "story"
    title: str
    byline: str = ""
    marks: tuple[str, ...] = ()
    items: int = 0
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A part of the outline: the lead story, a section, or the headlines. `section` is the section's name."""

    kind: Literal["lead", "section", "headlines"] = "section"
    section: str = ""
    title: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text that an editor can change: what stands there now, by whom, and what it was before the editor came.

    `unit` is what is counted; with `most` a count above it is told. `rows` is how many lines the field begins with.
    `needed`: it cannot be empty.
    """

    field: str
    label: str
    text: str
    origin: Origin = "source"
    original: str | None = None
    unit: Literal["characters", "words"] = "characters"
    most: int = 0
    rows: int = 1
    needed: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A text that can be taken with one click. `mode` is the way in which a lead is made, "" for other texts."""

    text: str
    how: str
    mode: Summary | Literal[""] = ""
    count: int
    unit: Literal["characters", "words"] = "characters"
    fits: bool = True
    taken: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A story's picture: `file` is the copy that the desk can show ("" where there is none), `chosen` how it came.

    `told` says what there is to say: why it is not shown, what it weighs.
    """

    chosen: Literal["source", "none", "other"] = "source"
    file: str = ""
    url: str = ""
    alt: str = ""
    credit: str = ""
    has_source: bool = True
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A piece from elsewhere, or an advertisement, as the editor wrote it."""

    url: str
    title: str
    source: str = ""
    label: str = ""
    text: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The story at hand, with all that can be done to it.

    `do` is the editor's word on it, `why` the reason for which it is in, `facts` a line of who, when and where.
    """

    row: Row
    section: str
    url: str = ""
    facts: str = ""
    why: str = ""
    do: Action | None = None
    texts: tuple[Text, ...] = ()
    leads: tuple[Offer, ...] = ()
    lead_note: str = ""
    image: Image | None = None
    link: Link | None = None
    tongue: Tongue = Tongue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The issue's own texts, with what the first two could be."""

    texts: tuple[Text, ...] = ()
    subjects: tuple[Offer, ...] = ()
    preheaders: tuple[Offer, ...] = ()
    opening_by: OpeningBy | None = None
    opening_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A finding. `key` tells it from the others, wherever it stands among them.

    `hint` says what to do about it, and `panel` where ("" for elsewhere). `story` is the id of the one it is about (""
    for none); `waived` says who lets it stand, when, why.
    """

    key: str
    code: str
    level: Level
    message: str
    where: str = ""
    hint: str = ""
    panel: Panel | Literal[""] = ""
    story: str = ""
    waived: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """An article in reach that is not in. `group` is what it can be filtered by; `offered`: it was carried over."""

    id: str
    title: str
    url: str = ""
    facts: str = ""
    why: str
    code: str
    offered: bool = False
    do: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Something that was done: in words, by whom, when (by the magazine's clocks). `undone`: it does not hold now."""

    words: str
    by: str = ""
    at: str = ""
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Whether the issue is approved. `changed` lists what made an approval void; `bars` what bars one."""

    state: Literal["none", "stands", "void"] = "none"
    by: str = ""
    at: str = ""
    changed: tuple[str, ...] = ()
    bars: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why there is no new mail: a template or a file with an error. The last good one is still shown."""

    message: str
    where: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The whole page. `version` names the state of edits.toml that it shows, `drafted` the mail that is in the frame.

    `locked` says why nothing can be changed, `refused` why a build would refuse it, `undo` and `redo` what would be
    taken back or done again; "" where there is nothing. `sections`: those that a story can be put into, name and title.
    """

    place: Place = field(default_factory=Place)
    newsletter: str
    number: int
    dates: str
    label: str
    state: str
    version: str
    drafted: str
    built: bool = True
    locked: str = ""
    refused: str = ""
    trouble: Trouble | None = None
    tongue: Tongue = Tongue()
    subject: str = ""
    preheader: str = ""
    sender: str = ""
    editor: str = ""
    has_model: bool = False
    groups: tuple[Group, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    story: Story | None = None
    lines: Lines = Lines()
    checks: tuple[Check, ...] = ()
    left_out: tuple[Out, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    done: tuple[Done, ...] = ()
    undo: str = ""
    redo: str = ""
    word: Word = Word()
