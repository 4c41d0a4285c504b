"""The Protocols: what the pipeline asks of a room that has more than one implementation.

An implementation imports nothing from here; the function that opens one is typed with its Protocol, so that the type
checker holds it to it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from digest.model.article import Article, Document, Problem, Sighting
from digest.model.finding import Finding, Receipt
from digest.model.freshness import SourceState, Tally
from digest.model.issue import Issue
from digest.model.lead import Assignment, Draft
from digest.model.mailer import Capabilities, Remote
from digest.model.message import Message, Rendered
from digest.model.page import Page, Validators
from digest.model.wanted import Pages, Wanted


class Fetcher(Protocol):
    """Who asks the web for a source: the web itself, one that remembers what was answered before, or a recording."""

    def get(self, url: str) -> Page:
        """Return what `url` answers; `unchanged` where what was read of it before still holds.

        Raises:
            SourceError: nothing usable came; `where` is `url`.

        """
        ...


class Source(Protocol):
    """Where articles come from. Retrieving is apart from parsing; a parser takes bytes and never raises."""

    name: str

    def documents(self) -> Iterable[Document | Problem]:
        """Retrieve what the source has now; what cannot be had is a Problem."""
        ...

    def parse(self, document: Document) -> Iterable[Sighting | Problem]:
        """Read one document into sightings; what cannot be read is a Problem."""
        ...


class Library(Protocol):
    """What an issue is made from: articles, and what was said of them."""

    def window(self, start: datetime, end: datetime) -> tuple[Article, ...]:
        """Return the articles published in [start, end), by date and id: an index lookup."""
        ...

    def late(self, start: datetime, end: datetime, *, seen_since: datetime) -> tuple[Article, ...]:
        """Return the articles published in [start, end) that were first seen at or after `seen_since`."""
        ...

    def unplaced(self, seen_since: datetime | None) -> tuple[Article, ...]:
        """Return undated and gone articles first seen at or after `seen_since` (None: ever)."""
        ...

    def find(self, keys: Sequence[str]) -> tuple[Article, ...]:
        """Return the articles known under any of `keys`: ids, aliases, URLs, guids."""
        ...

    def said(self, key: str) -> tuple[Sighting, ...]:
        """Return all that was ever said of the article known as `key`, in order; nothing where there is none."""
        ...

    def repeated(self, articles: Sequence[Article], least: int) -> Mapping[str, frozenset[str]]:
        """Return, by article, the lines at the ends of its body that at least so many pages of a source of it have."""
        ...

    def alike(self, articles: Sequence[Article], least: int) -> Mapping[str, tuple[Article, ...]]:
        """Return, by article, by id, the others that may share `least` percent of the shorter body with it."""
        ...


class Archive(Library, Protocol):
    """Every article ever seen."""

    def state(self) -> tuple[int, int]:
        """Return what changes with every change of the archive, whoever makes it; only compared while it is open."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """Store all that is stored within the block in one transaction, or nothing of it."""
        ...

    def put(self, sightings: Sequence[Sighting], *, anew: bool = False, pages: Pages = "never") -> Tally:
        """Store sightings in one transaction: a new article, an update of a known one, or nothing new.

        `anew`: they are readings that were stored before, read once more; each stands in place of what it said then.
        `pages` says which of the pages behind new words are put into the queue with them. Of what is nothing but an
        address all that is stored is that its page is to be read.
        """
        ...

    def pairs(self, least: int) -> Iterable[tuple[Article, Article]]:
        """Yield all articles that may share `least` percent of the shorter body, two by two."""
        ...

    def said_by(self, sources: Collection[str], start: datetime, end: datetime) -> tuple[Sighting, ...]:
        """Return the last word of each source on each article that it dates in [start, end), by address and guid."""
        ...

    def keep(self, document: Document) -> None:
        """Keep a raw page; the last of what one source has at one address."""
        ...

    def kept(self, sources: tuple[str, ...] = ()) -> Iterable[Document]:
        """Yield the raw pages that are kept of some sources; of all where none is named."""
        ...

    def forget(self, before: datetime) -> None:
        """Let go of the raw pages that were retrieved before an instant."""
        ...

    def wanted(self, sources: Collection[str], tries: int, most: int) -> tuple[Wanted, ...]:
        """Return at most so many queued pages of `sources` that failed fewer than `tries` times, in their order."""
        ...

    def inherit(self, sources: Collection[str]) -> None:
        """Leave queued pages of any but `sources` to one of these that tells of the same article, else to nobody."""
        ...

    def waiting(self, tries: int) -> Mapping[str, int]:
        """Return, by source, how many queued pages failed fewer than `tries` times."""
        ...

    def ask_again(self, pages: Iterable[Wanted]) -> None:
        """Queue pages that were read before; those that are there already stay as they are."""
        ...

    def answered(self, url: str) -> None:
        """Take a page out of the queue: what it said is stored."""
        ...

    def put_off(self, url: str, error: str) -> None:
        """Count a try of a queued page that failed, and keep why."""
        ...

    def validators(self, reader: str, url: str) -> Validators | None:
        """Return what an address said of the version that a reader has stored. Any thread may ask."""
        ...

    def remember(self, reader: str, found: Mapping[str, Validators]) -> None:
        """Keep what addresses said of what a reader has stored now; without an etag and a date, nothing is known."""
        ...

    def forget_readers(self, but: Collection[str]) -> None:
        """Let go of what addresses said to any reader but these."""
        ...

    def states(self) -> tuple[SourceState, ...]:
        """Return the state of every source ever read, by name."""
        ...

    def note(self, state: SourceState) -> None:
        """Remember a source's state."""
        ...

    def close(self) -> None:
        """Release the archive."""
        ...


class Writer(Protocol):
    """Who writes where digest.toml or an editor asks for a model's text."""

    name: str

    def draft(self, assignment: Assignment) -> Draft:
        """Return the text that is asked for; its fault where there is none. It is never held to be true."""
        ...


class Files(Protocol):
    """Who makes files of an issue, for a person who hands it over."""

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Make the message that is written: the service's own tags in place of the placeholders."""
        ...

    def save(self, message: Message) -> Receipt:
        """Write the files; doing it again replaces them."""
        ...


class Mailer(Protocol):
    """A mailing service, which keeps one object for an issue: a campaign, a post, a broadcast.

    Each act raises RefusedError where the service said no, UnsentError where it was not reached, AmbiguousError where
    it may have acted: the pipeline decides what follows. What `can` does not name is never asked of it.
    """

    @property
    def name(self) -> str:
        """What digest.toml calls the service."""
        ...

    @property
    def account(self) -> str:
        """Which account, host and list, without any secret: two that differ are two deliveries."""
        ...

    @property
    def can(self) -> Capabilities:
        """What the service can do."""
        ...

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Make the message that this service takes: its own tags in place of the placeholders."""
        ...

    def check(self) -> tuple[Finding, ...]:
        """Return what is wrong with the account, the list, the sender; nothing is changed there."""
        ...

    def find(self, key: str) -> Remote | None:
        """Return the service's object that has the name `key`, to the letter, however far back; None: there is none.

        Of two the one that is on its way to readers, or was sent, is it.

        Raises:
            MailerError: there are two, and neither of them is.

        """
        ...

    def save(self, message: Message, remote: Remote | None) -> Remote:
        """Make the draft, named `message.key`, or bring the one there is up to date; nothing goes to readers."""
        ...

    def send_test(self, message: Message, remote: Remote, addresses: Sequence[str]) -> None:
        """Send the draft to these addresses alone."""
        ...

    def schedule(self, remote: Remote, at: datetime) -> Remote:
        """Have the service send the draft at an instant."""
        ...

    def unschedule(self, remote: Remote) -> Remote:
        """Make a draft again of what is scheduled."""
        ...

    def send(self, message: Message, remote: Remote) -> Remote:
        """Send the draft to the audience. Never called twice for one object unless it says that it is a draft."""
        ...

    def status(self, remote: Remote) -> Remote:
        """Return what the service says of its object now.

        Raises:
            RefusedError: of 404 or 410: it is no longer there.

        """
        ...
