"""A mail dressed for the frame: light or dark whatever the editor's own screen prefers, and at the story at hand.

Nothing else of what is seen is changed: an element has an id where a story begins, the draft's copies of pictures have
an address of the desk's, and links open in a window of their own, which the frame may not open.
"""

import re
from collections.abc import Mapping
from html import escape, unescape

from digest.model.issue import Issue

_COMMENT = r"<!--.*?-->"
_VALUE = r"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_PIECE = re.compile(
    rf"<!--digest:entry (?P<id>[\w-]+)-->|(?P<end><!--/digest:entry-->)|{_COMMENT}|(?P<tag><[a-zA-Z]{_VALUE}>)",
    re.DOTALL,
)
_STORY = re.compile(
    rf"{_COMMENT}|(?P<article><article\b{_VALUE}>)|(?P<end></article>)|(?P<link><a\b{_VALUE}>)", re.DOTALL
)
_HREF = re.compile(r"""\shref=(?:"([^"]*)"|'([^']*)')""")
_HAS_ID = re.compile(r"\sid=", re.IGNORECASE)
_SHOWS = re.compile(r"""\b(?:src|srcset|background|poster)=(?:"[^"]*"|'[^']*')|url\([^)]*\)""", re.IGNORECASE)
_SHEET = re.compile(r"""<style\b[^>]*>.*?</style>|\smedia=(?:"[^"]*"|'[^']*')""", re.DOTALL | re.IGNORECASE)
_PREFERS = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_ADDRESS = re.compile(r"""(?<=["'(\s])[^\s"'()]+""")
_HEAD = re.compile(r"</head\s*>", re.IGNORECASE)
_DOCTYPE = re.compile(r"\s*<!doctype[^>]*>", re.IGNORECASE)

_AHEAD = re.compile(rf"<link\b{_VALUE}>", re.IGNORECASE)
"""What may have a browser fetch something that is not shown: no policy keeps it from `<link rel=prefetch>` where
pictures may come from everywhere (Chromium 156). Mail clients do nothing with it."""

_OURS = (
    '<base target="_blank"><meta http-equiv="x-dns-prefetch-control" content="off">'
    "<style>:root{{color-scheme:only {scheme}!important}}</style>"
)
"""Links open in a window of their own; no name of a link's host is looked up before."""

_TRUE, _FALSE = "(min-width: 0px)", "(max-width: 0px)"
"""A question of a media query that every window says yes to, and one that none does."""


def anchor(entry: str) -> str:
    """Return the id of the place where an entry begins, in every view that has places."""
    return f"entry-{entry}"


def marks_to_anchors(marked: str) -> str:
    """Return a mail with ids where its marks say that an entry begins; the marks are gone.

    The id is that of the entry's first element which has none of its own; comments for Outlook hold no elements.
    """
    given: set[str] = set()
    wanted = ""

    def piece(found: re.Match[str]) -> str:
        nonlocal wanted
        if found["id"] or found["end"]:
            wanted = found["id"] if found["id"] and found["id"] not in given else ""
            return ""
        if not wanted or not found["tag"] or _HAS_ID.search(found[0]):
            return found[0]
        name, wanted = wanted, ""
        given.add(name)
        return _with_id(found[0], name)

    return _PIECE.sub(piece, marked)


def linked(page: str, issue: Issue) -> str:
    """Return a web version with ids where stories begin: at the article that holds the first link to one.

    Where that stands in no article of its own, an empty element is put before it.
    """
    wanted = {entry.url: entry.id for entry in reversed(issue.entries) if entry.url}
    changed: list[tuple[int, int, str]] = []
    article: re.Match[str] | None = None
    for found in _STORY.finditer(page):
        if found["article"] or found["end"]:
            article = found if found["article"] and not _HAS_ID.search(found[0]) else None
        elif found["link"] and (href := _HREF.search(found[0])):
            name = wanted.pop(unescape(href[1] or href[2] or ""), "")
            if name and article:
                changed.append((article.start(), article.end(), _with_id(article[0], name)))
                article = None
            elif name:
                changed.append((found.start(), found.start(), f'<span id="{escape(anchor(name))}"></span>'))
    for start, end, tag in reversed(changed):
        page = page[:start] + tag + page[end:]
    return page


def _with_id(tag: str, entry: str) -> str:
    """Return a start tag with the entry's anchor in it."""
    end = -2 if tag.endswith("/>") else -1
    return f'{tag[:end]} id="{escape(anchor(entry))}"{tag[end:]}'


def dressed(page: str, addresses: Mapping[str, str], *, dark: bool = False) -> str:
    """Return a page that is light, or dark, on every screen; `addresses` are other ones for some of its pictures."""
    scheme = "dark" if dark else "light"
    page = _SHEET.sub(lambda found: _PREFERS.sub(lambda each: _answer(each[1], scheme), found[0]), page)
    page = _AHEAD.sub("", page)
    page = _SHOWS.sub(lambda found: _from_the_desk(found[0], addresses), page)
    return _in_head(page, _OURS.format(scheme=scheme))


def _answer(asked: str, scheme: str) -> str:
    return _TRUE if asked.lower() == scheme else _FALSE


def _from_the_desk(shown: str, addresses: Mapping[str, str]) -> str:
    """Return what shows pictures (an attribute, a `url()`) with the desk's addresses in it."""
    return _ADDRESS.sub(lambda found: addresses.get(unescape(found[0]), found[0]), shown)


def _in_head(page: str, more: str) -> str:
    """Return a page with `more` at the end of its head; where that is not said, a browser begins one by itself."""
    found = _HEAD.search(page)
    place = found.start() if found else (first.end() if (first := _DOCTYPE.match(page)) else 0)
    return page[:place] + more + page[place:]
