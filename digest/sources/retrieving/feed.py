"""A feed from the web, with as many of its older pages as reach back to where reading starts.

A feed holds some ten items; what is older stands on further pages, where it has any: `rel="next"` and
`rel="prev-archive"` (RFC 5005), `next_url` (JSON Feed), `?paged=2` (WordPress, whose feeds name no next page).
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from digest.errors import AnswerError, DigestError
from digest.model.article import Document, Problem
from digest.sources.kinds import kind_of
from digest.sources.retrieving.asking import asked, document_of, refused
from digest.sources.retrieving.paging import Leaf, leaf
from digest.sources.settings import Reading, SourceSettings
from digest.text.urls import host

MOST_PAGES: Final = 100
"""Pages of one feed at one reading: a year of a daily magazine, at WordPress's ten items a page."""

_SLACK = timedelta(days=1)
"""A feed is in the order of its dates, give or take what was published by hand."""

_BEHIND_THE_LAST: Final = frozenset((404, 410))
"""What is answered for a page that a feed does not have; by WordPress the first."""


def documents(settings: SourceSettings, reading: Reading) -> Iterator[Document | Problem]:
    """Yield what an address answers; of a feed also its older pages, as far as `reading.since` lies back.

    It ends at an item older than that, at a page that says nothing new or was asked before, and at `MOST_PAGES`, which
    is told. What has not changed since it was last read yields nothing.
    """
    page = asked(settings.at, settings, reading)
    if isinstance(page, Problem):
        yield page
    elif not page.unchanged:
        first = document_of(page, settings, reading)
        yield first
        if reading.since is not None and settings.kind in {"auto", "feed"} and kind_of(first) == "feed":
            yield from _older(first, settings, reading)


def _older(first: Document, settings: SourceSettings, reading: Reading) -> Iterator[Document | Problem]:
    """Yield the pages behind the first."""
    here, names, known = leaf(first, reading), set[str](), {settings.at, first.url}
    for number in range(2, MOST_PAGES + 2):
        address = _address(here, first, number)
        if not address or address in known or not _goes_on(here, names, reading):
            return
        if host(address) != host(first.url):
            message = f"its next page is on another host, and was not asked for: {address}"
            yield _told(first, message, "if it is the magazine's too, make it a source of its own")
            return
        if number > MOST_PAGES:
            hint = "ask for a shorter span: digest ingest --since"
            yield _told(first, f"it has more than {MOST_PAGES} pages: older items were not read", hint)
            return
        names |= here.names
        known.add(address)
        document = _page(address, settings, reading)
        if document is None:
            return
        yield document
        if isinstance(document, Problem):
            return
        here = leaf(document, reading)


def _page(address: str, settings: SourceSettings, reading: Reading) -> Document | Problem | None:
    """Return one of the older pages; None where there is none, or none that was not read before."""
    assert reading.web is not None  # noqa: S101 - the first page came from it
    try:
        page = reading.web.get(address)
    except AnswerError as error:
        return None if error.status in _BEHIND_THE_LAST else refused(error, address, settings)
    except DigestError as error:
        return refused(error, address, settings)
    return None if page.unchanged else document_of(page, settings, reading)


def _goes_on(here: Leaf, names: set[str], reading: Reading) -> bool:
    """Tell whether older items may be wanted: this page said something new, and does not reach back far enough."""
    assert reading.since is not None  # noqa: S101 - see `documents`
    reaches = here.last is not None and here.last < reading.since - _SLACK
    return bool(here.names - names) and not reaches


def _address(here: Leaf, first: Document, number: int) -> str:
    """Return the next page's address; "" where there is none."""
    if here.next or not here.wordpress:
        return here.next
    split = urlsplit(first.url)
    query = [(name, value) for name, value in parse_qsl(split.query, keep_blank_values=True) if name != "paged"]
    return split._replace(query=urlencode([*query, ("paged", str(number))])).geturl()


def _told(first: Document, message: str, hint: str) -> Problem:
    return Problem(source=first.source, where=first.url, message=message, hint=hint, incomplete=True)
