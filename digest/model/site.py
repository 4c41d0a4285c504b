"""The public archive as its pages know it: what stands around an issue, and the index of all issues.

An `href` is written by Digest itself and may be relative; a `url` is an absolute address.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another issue's page on the site; `dates` is its window as readers see it."""

    label: str
    href: str
    number: int
    dates: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """The addresses of a newsletter's feeds; they are empty where the site has no address."""

    atom_url: str = ""
    json_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the site adds to an issue's web version.

    `url` is the page's own address ("" where the site has none), `base` what stands before the relative address of a
    picture: "" in the page, the page's address in a feed. `published` is when the issue was sent, `updated` when it
    was last corrected. `amended` are the pages of the earlier issues that this one corrects.
    """

    url: str = ""
    base: str = ""
    index_href: str = ""
    feeds: Feeds = Feeds()
    earlier: Neighbour | None = None
    later: Neighbour | None = None
    amended: tuple[Neighbour, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One issue in the index: where it is, and its first headlines."""

    issue: Neighbour
    headlines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The issues whose window ends in a year, the newest first."""

    year: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The index: every sent issue of a newsletter, by year, the newest first. `url` is its own address or ""."""

    url: str = ""
    feeds: Feeds = Feeds()
    years: tuple[Year, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One issue in the feeds. `id` is a URI that never changes; `content` is HTML with absolute addresses alone."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    image_url: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A newsletter's feed, the newest issue first; there is at least one."""

    id: str
    title: str
    author: str
    home_url: str
    feeds: Feeds
    language: str
    tagline: str = ""
    items: tuple[FeedItem, ...]

    @property
    def updated(self) -> datetime:
        """Return when anything in the feed last changed."""
        return max(item.updated for item in self.items)
