"""Where the REST API of a WordPress site is, and what it says when it refuses.

It is at `/wp-json/` (at `?rest_route=/` on sites without pretty addresses), or where the front page says in a `Link`
header or a link of relation `https://api.w.org/`: its documentation asks readers to look there.
"""

import re
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from digest.errors import AnswerError, DigestError, SourceError
from digest.model.article import Problem
from digest.model.page import Page
from digest.ports import Fetcher
from digest.sources.json_parts import text
from digest.sources.json_text import Fields, read_json
from digest.sources.markup.body import absolute
from digest.sources.retrieving.asking import refused
from digest.sources.settings import SourceSettings
from digest.text.clean import decode, plain_text

_RELATION: Final = "https://api.w.org/"
_HEADER: Final = re.compile(r"<([^<>]{1,2000})>\s*;\s*[^<>]{0,200}?rel=\"?https://api\.w\.org/")
_LINK: Final = re.compile(r"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_HREF: Final = re.compile(r"""\bhref=["']([^"'<>]{1,2000})["']""", re.IGNORECASE)
_HEAD: Final = 200_000
"""Characters of a front page in which its link to the API is looked for."""

_ABSENT: Final = frozenset((404, 405, 410))
_CLOSED: Final = frozenset((401, 403))
_USE_FEED: Final = 'read its feed instead: kind = "feed", url = the site\'s address and /feed/'
_KEPT: Final = f"the site keeps its API to itself; {_USE_FEED}"
_REASONS: Final = {
    "rest_no_route": f"a plug-in may have switched the API off; {_USE_FEED}",
    "rest_invalid_param": "is this a WordPress older than 4.7, or one that was changed? Its feed will do",
}
"""What to do, by the code of WordPress's errors."""


Query = tuple[tuple[str, str], ...]


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
        if said(error) or error.status not in _ABSENT:
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


def told(error: DigestError, settings: SourceSettings) -> Problem:
    """Return the row about an API that refused: with WordPress's own reason, where it gave one."""
    row, reasons = refused(error, settings.at, settings), said(error)
    reason = plain_text(text(reasons, "message"))[:200]
    closed = isinstance(error, AnswerError) and error.status in _CLOSED
    hint = _REASONS.get(text(reasons, "code")) or (_KEPT if closed else row.hint)
    return replace(row, message=f"{row.message}: {reason}" if reason else row.message, hint=hint)


def said(error: DigestError) -> Fields:
    """Return what WordPress says with an error; nothing where something else answered."""
    try:
        told_so = read_json(error.body) if isinstance(error, AnswerError) else None
    except SourceError:
        return {}
    return told_so if isinstance(told_so, dict) and isinstance(told_so.get("code"), str) else {}
