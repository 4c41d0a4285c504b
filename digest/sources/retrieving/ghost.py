"""Posts of a Ghost site by its Content API: those of a span, and older ones that were changed since it began.

The key stands in the address as `$NAME`, the name of its environment variable; the door to the web puts it in.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlencode

from digest.errors import AnswerError, DigestError, SourceError
from digest.model.article import Document, Problem
from digest.model.page import Page
from digest.sources.json_parts import number, rows, text
from digest.sources.json_text import Fields, read_json
from digest.sources.retrieving.asking import document_of, offline, refused
from digest.sources.settings import Reading, SourceSettings
from digest.text.clean import clean_text

PER_PAGE: Final = 50
"""Posts an answer, of the 100 that the API allows since Ghost 6."""

MOST_PAGES: Final = 1_000
"""Answers of one reading: 50,000 posts."""

_CLOSED: Final = frozenset((401, 403))
_USE_FEED: Final = 'read its feed instead: kind = "feed", url = the site\'s address and /rss/'


def documents(settings: SourceSettings, reading: Reading) -> Iterator[Document | Problem]:
    """Yield the answers that list a site's posts of [`reading.since`, `reading.until`), the oldest first.

    Then those that list what is older and was changed in that span.
    """
    if reading.web is None:
        yield offline(settings)
        return
    try:
        for wanted in filters(reading):
            yield from _listed(wanted, settings, reading)
    except DigestError as error:
        yield told(error, settings)


def told(error: DigestError, settings: SourceSettings) -> Problem:
    """Return the row about an API that refused: with Ghost's own reason, where it gave one."""
    row = refused(error, settings.at, settings)
    reasons = [clean_text(text(each, "message"))[:200] for each in rows(_said(error), "errors")]
    hint = row.hint
    if isinstance(error, AnswerError) and error.status in _CLOSED:
        hint = f"does the environment variable {settings.key} hold the key of a custom integration's Content API?"
    elif isinstance(error, AnswerError) and not reasons:
        hint = f"is this a Ghost site's own address? Else {_USE_FEED}"
    return replace(row, message=": ".join([row.message, *reasons[:1]]), hint=hint)


def filters(reading: Reading) -> Iterator[str]:
    """Yield what is to be asked for, in Ghost's query language; its times are UTC."""
    since, until = _stamp(reading.since), _stamp(reading.until)
    yield "+".join(
        [*([f"published_at:>='{since}'"] if since else []), *([f"published_at:<'{until}'"] if until else [])]
    )
    if since:
        older = [f"published_at:<'{since}'", f"updated_at:>='{since}'"]
        yield "+".join([*older, *([f"updated_at:<'{until}'"] if until else [])])


def address(settings: SourceSettings, wanted: str, page: int) -> str:
    """Return the address that lists a page of the wanted posts."""
    query = {
        "key": f"${settings.key}",
        "include": "authors,tags",
        "formats": "html",
        "order": "published_at asc",
        "limit": str(PER_PAGE),
        "page": str(page),
        **({"filter": wanted} if wanted else {}),
    }
    return f"{settings.at.rstrip('/')}/ghost/api/content/posts/?{urlencode(query, safe='$:,')}"


def _listed(wanted: str, settings: SourceSettings, reading: Reading) -> Iterator[Document | Problem]:
    """Yield the answers of one question, to the last.

    Raises:
        SourceError: not all of them could be had.

    """
    assert reading.web is not None  # noqa: S101 - see `documents`
    totals: list[int] = []
    for page_number in range(1, MOST_PAGES + 1):
        page = reading.web.get(address(settings, wanted, page_number))
        if page.unchanged:
            return
        said = _answer(page)
        posts = rows(said, "posts")
        if posts or page_number == 1:
            yield document_of(page, settings, reading)
        totals.append(number(said, "meta", "pagination", "total"))
        if not posts or page_number >= number(said, "meta", "pagination", "pages"):
            break
    else:
        hint = "ask for a shorter span: digest ingest --since"
        raise SourceError(f"more than {MOST_PAGES * PER_PAGE:,} posts", where=settings.at, hint=hint)
    if totals[-1] < totals[0]:
        message = "a post was taken back while the list was read: one may be missing"
        raise SourceError(message, where=settings.at, hint="run it again")


def _answer(page: Page) -> Fields:
    """Return what an answer says.

    Raises:
        SourceError: it lists no posts.

    """
    hint = "is this a Ghost site's own address? Open it in a browser"
    try:
        said = read_json(page.body, page.charset)
    except SourceError as error:
        raise SourceError(error.message, where=page.url, hint=hint) from error
    if not isinstance(said, dict) or not isinstance(said.get("posts"), list):
        raise SourceError("it lists no posts", where=page.url, hint=hint)
    return said


def _said(error: DigestError) -> Fields:
    """Return what Ghost says with an error; nothing where something else answered."""
    try:
        said = read_json(error.body) if isinstance(error, AnswerError) else None
    except SourceError:
        return {}
    return said if isinstance(said, dict) else {}


def _stamp(instant: datetime | None) -> str:
    """Return an instant as Ghost's query language writes it; "" for none."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if instant else ""
