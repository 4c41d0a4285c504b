"""What sources say (`Sighting`) and what the archive makes of it (`Article`)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

BlockKind = Literal["paragraph", "heading", "quote", "item", "question", "answer"]
Precision = Literal["instant", "day"]
DateSource = Literal["editor", "api", "feed", "page", "guess"]

AGAIN: Final = "again"
"""The witness of an address that was given again: another article had it before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A hyperlink inside a block: the words that carry it and where it leads."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph-sized piece of a story's body, as clean text."""

    kind: BlockKind = "paragraph"
    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """The story's picture as its source states it; `width` and `height` in CSS pixels, 0 where unknown."""

    url: str = ""
    alt: str = ""
    credit: str = ""
    caption: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One word on when an article was published: whose, by what kind of witness."""

    source: str
    date_source: DateSource
    published: datetime
    precision: Precision = "instant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Which witness a field was taken from: `json-ld`, `open-graph`, `feed`, `front-matter`, `editor`, and so on."""

    field: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Text that was left out of a body or a lead, and why (`credit`, `teaser`, `sign-up`, …)."""

    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What one source said of one article at one time. Empty means that the source was silent.

    `url` is canonical or empty; `guid` is the source's own name for the article; `also_at` are further addresses of the
    same page by the source's word (its short link, what has moved to it for good). `published` is aware;
    with `precision="day"` it is the local midnight that opens that day. `publication` is whose story it is, where it is
    another magazine's. `hash` (64 hex digits) covers all that
    was said and leaves out `seen_at`: two sightings with one hash say the same.
    """

    source: str
    url: str = ""
    guid: str = ""
    also_at: tuple[str, ...] = ()
    title: str = ""
    dek: str = ""
    kicker: str = ""
    kind: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    series: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    precision: Precision = "instant"
    date_source: DateSource | None = None
    updated: datetime | None = None
    gone: bool = False
    blocks: tuple[Block, ...] = ()
    image: Image | None = None
    language: str = ""
    publication: str = ""
    also_in: tuple[str, ...] = ()
    left_out: tuple[Cut, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    seen_at: datetime
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article, merged from all its sightings.

    `id` is 12 hex digits of the SHA-256 of its first canonical URL (of its guid where it has none) and never
    changes; `aliases` are every other id, guid and URL under which it was ever known. `dates` are the words on
    `published` where they contradict each other. `fingerprint` is the SHA-256 of its body's words, empty where the body
    is too short to be told from another.
    """

    id: str
    url: str = ""
    aliases: tuple[str, ...] = ()
    title: str
    dek: str = ""
    kicker: str = ""
    kind: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    series: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    precision: Precision = "instant"
    date_source: DateSource | None = None
    dates: tuple[Stamp, ...] = ()
    updated: datetime | None = None
    first_seen: datetime
    gone: bool = False
    blocks: tuple[Block, ...] = ()
    image: Image | None = None
    language: str = ""
    publication: str = ""
    also_in: tuple[str, ...] = ()
    left_out: tuple[Cut, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    fingerprint: str = ""


def stands_again(said: Sighting | Article) -> bool:
    """Tell whether something stands at an address that another article had before."""
    return Witness(field="url", name=AGAIN) in said.witnesses


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes that a source retrieved, with all that a parser must know about them.

    `url` is where they came from (`file:` names a path), `moved_from` what has moved there for good, `charset` what the
    server declared. The fields from `page_url` on are what a person or a feed said about the document from outside; a
    parser lets them win over what it finds inside.
    """

    source: str
    url: str
    body: bytes
    media_type: str = ""
    charset: str = ""
    moved_from: tuple[str, ...] = ()
    retrieved_at: datetime
    page_url: str = ""
    published: datetime | None = None
    precision: Precision = "instant"
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A document or an item that could not be read: a row of the report, never the end of a build.

    `incomplete`: the source itself could not be had, or not all of it, so that it has to be read again; a single bad
    item is no such thing.
    """

    source: str
    where: str
    message: str
    hint: str = ""
    incomplete: bool = False
