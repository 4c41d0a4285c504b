"""Posts of a WordPress site by its REST API: those of a span, and older ones that were changed since it began."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from digest.errors import AnswerError, DigestError, SourceError
from digest.model.article import Document, Problem
from digest.model.page import Page
from digest.ports import Fetcher
from digest.sources.json_parts import number, text
from digest.sources.json_text import Fields, read_json
from digest.sources.retrieving.asking import document_of, offline
from digest.sources.retrieving.wordpress_api import Query, find_api, route, said, told
from digest.sources.settings import Reading, SourceSettings

PER_PAGE: Final = 50
"""Posts an answer, of the 100 that the API allows: with all that is embedded 2 MB, which slow hosts make in time."""

MOST_PAGES: Final = 1_000
"""Answers of one reading: 50,000 posts."""

_FIELDS: Final = (
    *("id", "date", "date_gmt", "modified", "modified_gmt", "guid", "link", "type", "status", "title", "content"),
    *("excerpt", "_links", "_embedded"),  # without the links nothing is embedded
)
_EMBEDDED: Final = "author,wp:featuredmedia,wp:term"
_BEHIND_THE_LAST: Final = "rest_post_invalid_page_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One question: its parameters and, where it is for changes alone, since when."""

    query: Query
    changed_since: datetime | None = None


def documents(settings: SourceSettings, reading: Reading) -> Iterator[Document | Problem]:
    """Yield the answers that list a site's posts of [`reading.since`, `reading.until`), the oldest first.

    Then those that list what is older and was changed in that span: what was back-dated would never be listed else.
    """
    web = reading.web
    if web is None:
        yield offline(settings)
        return
    try:
        root = find_api(web, settings.at)
        for listing in listings(reading):
            yield from _Reading(web=web, root=root, listing=listing).documents(settings, reading)
    except DigestError as error:
        yield told(error, settings)


def listings(reading: Reading) -> Iterator[Listing]:
    """Yield what is to be asked for. `after` and `before` leave out their own instants, and are told in UTC."""
    since, until = reading.since, reading.until
    after = _stamp(since - timedelta(seconds=1)) if since else ""
    published = (("after", after), ("before", _stamp(until)), ("orderby", "date"), ("order", "asc"))
    yield Listing(query=tuple((name, value) for name, value in published if value))
    if since:
        changed = (("modified_after", after), ("modified_before", _stamp(until)), ("before", _stamp(since)))
        order = (("orderby", "modified"), ("order", "desc"))
        yield Listing(query=tuple((name, value) for name, value in (*changed, *order) if value), changed_since=since)


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One listing while it is read: what was seen, and how many posts the first and the last answer counted."""

    web: Fetcher
    root: str
    listing: Listing
    seen: set[int] = field(default_factory=set)
    counted: list[int] = field(default_factory=list)
    cut: bool = False

    def documents(self, settings: SourceSettings, reading: Reading) -> Iterator[Document | Problem]:
        """Yield the answers, to the last.

        Raises:
            SourceError: not all of them could be had.

        """
        for number_ in range(1, MOST_PAGES + 1):
            page = self._page(number_)
            if page is None:
                break
            if page.unchanged:
                self.cut = True
                break
            posts = _posts(page)
            yield document_of(page, settings, reading)
            if self._ends(page, posts, number_):
                break
        else:
            hint = "ask for a shorter span: digest ingest --since"
            raise SourceError(f"more than {MOST_PAGES * PER_PAGE:,} posts", where=settings.at, hint=hint)
        yield from self._missing(settings)

    def _page(self, number_: int) -> Page | None:
        """Return an answer; None behind the last."""
        query = (("page", str(number_)), ("per_page", str(PER_PAGE)), *self.listing.query)
        query += (("_embed", _EMBEDDED), ("_fields", ",".join(_FIELDS)))
        try:
            return self.web.get(route(self.root, "wp/v2/posts", query))
        except AnswerError as error:
            if number_ > 1 and text(said(error), "code") == _BEHIND_THE_LAST:
                return None
            raise

    def _ends(self, page: Page, posts: list[Fields], number_: int) -> bool:
        """Tell whether this was the last answer, by its headers or, where a proxy took them away, by its posts."""
        if self._is_behind(posts):
            self.cut = True
            return True
        before = len(self.seen)
        self.seen |= {number(post, "id") for post in posts}
        self.counted.append(_figure(page, "x-wp-total"))
        last = _figure(page, "x-wp-totalpages")
        return number_ >= last if last else len(posts) < PER_PAGE or len(self.seen) == before

    def _is_behind(self, posts: list[Fields]) -> bool:
        """Tell whether a listing of changes has come to what was not changed: a WordPress before 5.7 lists all."""
        since = self.listing.changed_since
        changed = text(posts[-1], "modified_gmt") if posts else ""
        return since is not None and bool(changed) and changed < _stamp(since).removesuffix("Z")

    def _missing(self, settings: SourceSettings) -> Iterator[Problem]:
        """Yield the row about a list that is not as long as it says.

        Raises:
            SourceError: a post was taken back while it was read: then another has moved to an answer that was read.

        """
        first, last = (self.counted[0], self.counted[-1]) if self.counted else (0, 0)
        if last < first:
            message = "a post was taken back while the list was read: one may be missing"
            raise SourceError(message, where=settings.at, hint="run it again")
        if len(self.seen) < last and not self.cut:
            message = f"it counts {last} posts, and lists {len(self.seen)}"
            yield Problem(source=settings.name, where=settings.at, message=message, hint="a plug-in may hide some")


def _posts(page: Page) -> list[Fields]:
    """Return the posts of an answer.

    Raises:
        SourceError: it lists none.

    """
    try:
        said = read_json(page.body, page.charset)
    except SourceError as error:
        raise SourceError(error.message, where=page.url, hint="open it in a browser: what does it say?") from error
    if not isinstance(said, list):
        raise SourceError("it lists no posts", where=page.url, hint="open it in a browser: what does it say?")
    return [post for post in said if isinstance(post, dict)]


def _figure(page: Page, header: str) -> int:
    stated = page.header(header)
    return int(stated) if stated.isascii() and stated.isdigit() else 0


def _stamp(instant: datetime | None) -> str:
    """Return an instant as WordPress reads it whatever its own zone, to the second; "" for none."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if instant else ""
