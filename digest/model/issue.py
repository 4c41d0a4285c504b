"""The whole truth of an issue: what `issue.json` holds. All that a reader sees is made from it and a theme."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from digest.model.article import Cut, Image
from digest.model.edits import Slot
from digest.model.lead import LeadMode
from digest.model.selection import Reason
from digest.model.window import Window

SCHEMA = 1
"""The schema of `issue.json` that this version writes; the newest that it reads."""

Origin = Literal["source", "editor", "model", "template"]
EntryKind = Literal["story", "item", "link", "promo"]
Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text that readers see, who wrote it, and the SHA-256 of the text that it replaced ("" where none was)."""

    text: str = ""
    origin: Origin = "source"
    was: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An entry's picture: `image` is what readers see, `image.url` the address in the mail; the rest says how it came.

    `source` is the picture's own address, `source_hash` the SHA-256 of the bytes there, `file` the copy made of it,
    relative to the issue's folder ("" where the magazine's own address is shown), `weight` its bytes, `note` what there
    is to say about it. `kind` is what the bytes of an original are that is shown at its own address (`webp`), whatever
    that address ends in. `problem` says why there is no picture, and `shown` is false where the theme has no place for
    it: in both cases `image.url` is "".
    """

    image: Image
    source: str = ""
    source_hash: str = ""
    file: str = ""
    kind: str = ""
    weight: int = 0
    note: str = ""
    problem: str = ""
    shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One piece of the issue. `url` is where its headline leads in the web version, `mail_url` in the mail.

    `source` is the name of the magazine whose story it is, where it is another's. `date` is when it appeared as
    machines read it, ISO 8601 by the magazine's clocks: a day where no more is known, else an instant with its offset;
    `date_words` is the day as readers see it.
    """

    id: str
    entry: EntryKind = "story"
    slot: Slot = "story"
    url: str = ""
    mail_url: str = ""
    title: Words
    kicker: Words = Words()
    kind: str = ""
    dek: Words = Words()
    byline: Words = Words()
    lead: Words = Words()
    lead_mode: LeadMode = "lead"
    lead_note: str = ""
    published: datetime | None = None
    date: str = ""
    date_words: str = ""
    picture: Picture | None = None
    series: str = ""
    source: str = ""
    also_in: tuple[str, ...] = ()
    language: str = ""
    direction: Direction | None = None
    reason: Reason | None = None
    left_out: tuple[Cut, ...] = ()
    aliases: tuple[str, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSection:
    """A section with its entries in order; the lead story's section is named "" and stands first."""

    name: str
    title: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """An article in reach that is not in the issue, as the record keeps it."""

    id: str
    title: str
    url: str = ""
    section: str = ""
    published: datetime | None = None
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialLink:
    """`[[social]]`: one of the magazine's own places elsewhere."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """`[support]`: the labelled slot for support or a sponsor; not shown while `text` is empty."""

    label: str = ""
    title: str = ""
    text: str = ""
    url: str = ""
    button: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """The magazine as the issue shows it; colours are `#rrggbb`, logos absolute https URLs or empty.

    `accent_dark` may be empty: then it is made from `accent`. `logo_picture` and `logo_dark_picture` say how the logos
    came, as pictures do: where one has a problem, its address is empty.
    """

    name: str
    url: str = ""
    tagline: str = ""
    language: str = "en"
    direction: Direction = "ltr"
    accent: str = "#9a3412"
    accent_dark: str = ""
    page: str = "#f4f1eb"
    logo: str = ""
    logo_dark: str = ""
    logo_picture: Picture | None = None
    logo_dark_picture: Picture | None = None
    address: str = ""
    why: str = ""
    social: tuple[SocialLink, ...] = ()
    support: Support = Support()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeStamp:
    """The theme that an issue was rendered with: its name and the SHA-256 over its files."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltFile:
    """A file of the issue's folder, relative to it, and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction to a sent issue: shown in its web version, offered in the next issue.

    `day` is when it was made (ISO 8601). In the issue that prints it for another one, `of` and `number` are that one's
    label and number.
    """

    day: str
    text: str
    of: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue, complete: rendering needs this and the theme, and nothing else.

    `web_url` is where its web version will stand ("" where nobody said), `editor` who signs it. `opening_note` says
    which model wrote the opening, or why it did not. `corrections` are to this issue, made after it was sent; `amends`
    are those to earlier ones, which this one prints. `edits` tells the editor's decisions with which it was made
    (`compose.stamps`), so that later ones are noticed.
    """

    schema: int = SCHEMA
    digest: str
    newsletter: str
    newsletter_title: str
    number: int
    window: Window
    web_url: str = ""
    editor: str = ""
    brand: Brand
    theme: ThemeStamp
    subject: Words
    preheader: Words
    opening: Words = Words()
    opening_note: str = ""
    sections: tuple[IssueSection, ...] = ()
    headlines: tuple[Entry, ...] = ()
    left_out: tuple[PassedOver, ...] = ()
    corrections: tuple[Correction, ...] = ()
    amends: tuple[Correction, ...] = ()
    edits: str = ""
    files: tuple[BuiltFile, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return every entry in reading order, headlines last."""
        return tuple(entry for section in self.sections for entry in section.entries) + self.headlines

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Return every picture that the record tells of, the logos first; readers see those with an `image.url`."""
        logos = (self.brand.logo_picture, self.brand.logo_dark_picture)
        return tuple(each for each in (*logos, *(entry.picture for entry in self.entries)) if each)
