"""Posts of a WordPress site by its REST API: those of a span, and older ones that were changed since it began.

The API is at `/wp-json/` (at `?rest_route=/` on sites without pretty addresses), or where the front page says in a
`Link` header or a link of relation `https://api.w.org/`: its documentation asks readers to look there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from digest.errors import AnswerError, DigestError, SourceError
from digest.model.article import Document, Problem
from digest.model.page import Page
from digest.ports import Fetcher
from digest.sources.json_parts import number, text
from digest.sources.json_text import Fields, read_json
from digest.sources.markup.body import absolute
from digest.sources.retrieving.asking import document_of, offline, refused
from digest.sources.settings import Reading, SourceSettings
from digest.text.clean import decode, plain_text

PER_PAGE: Final = 50
"""Posts an answer, of the 100 that the API allows: with all that is embedded 2 MB, which slow hosts make in time."""

MOST_PAGES: Final = 1_000
"""Answers of one reading: 50,000 posts."""

_FIELDS: Final = (
    *("id", "date", "date_gmt", "modified", "modified_gmt", "guid", "link", "type", "status", "title", "content"),
    *("excerpt", "_links", "_embedded"),  # without the links nothing is embedded
)
_EMBEDDED: Final = "author,wp:featuredmedia,wp:term"
_RELATION: Final = "https://api.w.org/"
_HEADER: Final = re.compile(r"<([^<>]{1,2000})>\s*;\s*[^<>]{0,200}?rel=\"?https://api\.w\.org/")
_LINK: Final = re.compile(r"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_HREF: Final = re.compile(r"""\bhref=["']([^"'<>]{1,2000})["']""", re.IGNORECASE)
_HEAD: Final = 200_000
"""Characters of a front page in which its link to the API is looked for."""

_ABSENT: Final = frozenset((404, 405, 410))
_CLOSED: Final = frozenset((401, 403))
_BEHIND_THE_LAST: Final = "rest_post_invalid_page_number"
_USE_FEED: Final = 'read its feed instead: kind = "feed", url = the site\'s address and /feed/'
_KEPT: Final = f"the site keeps its API to itself; {_USE_FEED}"
_REASONS: Final = {
    "rest_no_route": f"a plug-in may have switched the API off; {_USE_FEED}",
    "rest_invalid_param": "is this a WordPress older than 4.7, or one that was changed? Its feed will do",
}
"""What to do, by the code of WordPress's errors."""


Query = tuple[tuple[str, str], ...]


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


def told(error: DigestError, settings: SourceSettings) -> Problem:
    """Return the row about an API that refused: with WordPress's own reason, where it gave one."""
    row, said = refused(error, settings.at, settings), _said(error)
    reason = plain_text(text(said, "message"))[:200]
    closed = isinstance(error, AnswerError) and error.status in _CLOSED
    hint = _REASONS.get(text(said, "code")) or (_KEPT if closed else row.hint)
    return replace(row, message=f"{row.message}: {reason}" if reason else row.message, hint=hint)


def find_api(web: Fetcher, site: str) -> str:
    """Return the address of a site's API, with a slash at its end.

    Raises:
        SourceError: there is none, or the site did not answer.

    """
    address = site.rstrip("/")
    pretty = f"{address}/wp-json/"
    if _answers(web, pretty):
        return pretty
    for root in dict.fromkeys(filter(None, (named_api(web.get(site)), f"{address}/?rest_route=/"))):
        if root != pretty and _answers(web, root):
            return root
    raise SourceError("there is no WordPress API", where=site, hint=_USE_FEED)


def _answers(web: Fetcher, root: str) -> bool:
    """Tell whether an API lists posts here.

    Raises:
        AnswerError: it speaks as WordPress does, and says no; or it may be there another time.

    """
    try:
        page = web.get(route(root, "wp/v2/posts", (("per_page", "1"), ("_fields", "id"))))
        return page.unchanged or isinstance(read_json(page.body, page.charset), list)
    except AnswerError as error:
        if _said(error) or error.status not in _ABSENT:
            raise
    except SourceError as error:
        if error.where:  # what cannot be had is no answer; what is no JSON is one
            raise
    return False


def named_api(front: Page) -> str:
    """Return where a page says that its site's API is; "" where it does not."""
    if found := _HEADER.search(front.header("link")):
        return absolute(found[1], front.url)
    for link in _LINK.finditer(decode(front.body, front.charset)[:_HEAD]):
        if _RELATION in link[0] and (href := _HREF.search(link[0])):
            return absolute(href[1], front.url)
    return ""


def route(root: str, path: str, query: Query) -> str:
    """Return the address of a route of an API, in pretty addresses and in others."""
    return f"{root}{path}{'&' if '?' in root else '?'}{urlencode(query, safe=':,')}"


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
            if number_ > 1 and text(_said(error), "code") == _BEHIND_THE_LAST:
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


def _said(error: DigestError) -> Fields:
    """Return what WordPress says with an error; nothing where something else answered."""
    try:
        said = read_json(error.body) if isinstance(error, AnswerError) else None
    except SourceError:
        return {}
    return said if isinstance(said, dict) and isinstance(said.get("code"), str) else {}


def _figure(page: Page, header: str) -> int:
    stated = page.header(header)
    return int(stated) if stated.isascii() and stated.isdigit() else 0


def _stamp(instant: datetime | None) -> str:
    """Return an instant as WordPress reads it whatever its own zone, to the second; "" for none."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if instant else ""
