"""What one page of a feed tells of the others: where the next is, how far back this one reaches, what it holds.

It is looked for in the text, as `feed_text` does, so that no page is parsed twice. Each pattern takes time that grows
with the text's length.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from digest.errors import SourceError
from digest.model.article import Document
from digest.sources.dating import instant
from digest.sources.feed_text import xml_text
from digest.sources.json_text import read_json
from digest.sources.kinds import is_json
from digest.sources.markup.body import absolute
from digest.sources.settings import Reading
from digest.text.clean import plain_text

_LITERAL = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_ITEM = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]")
_ITEM_END = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s{0,9}>")
_LINK = re.compile(r"<(?:\w{1,20}:)?link\b[^<>]{1,2000}>")
_NEXT = re.compile(r"""\brel\s?=\s?["'](?:next|prev-archive)["']""")
_HREF = re.compile(r"""\bhref\s?=\s?["']([^"'<>]{1,2000})["']""")
_BASE = re.compile(r"""<(?:\w{1,20}:)?feed\b[^<>]{0,2000}?\bxml:base\s?=\s?["']([^"'<>]{1,2000})["']""")
_WORDPRESS = re.compile(r"<generator[^<>]{0,200}>\s{0,9}https?://(?:www\.)?wordpress\.(?:org|com)/", re.IGNORECASE)
_NAME = re.compile(r"<(?:guid|id|link)\b[^<>]{0,200}>([^<>]{1,2000})<|\brdf:about=[\"']([^\"'<>]{1,2000})")
_DATE = re.compile(r"<(?:pubDate|published|updated|dc:date)\b[^<>]{0,200}>([^<>]{1,100})<", re.IGNORECASE)
_LONGEST = 2_000
"""Characters of a literal part that is a name, an address or a date; longer ones are bodies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page of a feed.

    `next` is the next one's address, "" where it names none; `wordpress` says that it can be asked for by number.
    `names` are what its items are known by, `last` is the date of the last of them; not the oldest, since what an
    editor pins stands first, however old it is.
    """

    next: str = ""
    wordpress: bool = False
    names: frozenset[str] = frozenset()
    last: datetime | None = None


def leaf(document: Document, reading: Reading) -> Leaf:
    """Return what a page of a feed tells; of one that cannot be read, nothing."""
    return _json_leaf(document, reading) if is_json(document.body) else _xml_leaf(document, reading)


def _json_leaf(document: Document, reading: Reading) -> Leaf:
    try:
        feed = read_json(document.body, document.charset)
    except SourceError:
        return Leaf()
    said = feed.get("items") if isinstance(feed, dict) else None
    items = [item for item in said if isinstance(item, dict)] if isinstance(said, list) else []
    address = feed.get("next_url") if items else None
    return Leaf(
        next=absolute(address, document.url) if isinstance(address, str) else "",
        names=frozenset(str(item.get("id") or item.get("url") or "") for item in items),
        last=_first_date([str(items[-1].get(name) or "") for name in _JSON_DATES], reading) if items else None,
    )


_JSON_DATES = ("date_published", "date_modified")


def _xml_leaf(document: Document, reading: Reading) -> Leaf:
    text = _LITERAL.sub(_short, xml_text(document))
    starts = [found.start() for found in _ITEM.finditer(text)]
    ends = [found.end() for found in _ITEM_END.finditer(text)]
    head, tail = text[: starts[0] if starts else None], text[ends[-1] :] if ends else ""
    base = found[1] if (found := _BASE.search(head)) else ""
    home = absolute(plain_text(base), document.url) or document.url
    return Leaf(
        next=_next(head, home) or _next(tail, home),
        wordpress=_WORDPRESS.search(head) is not None,
        names=frozenset(plain_text(name[1] or name[2]) for name in _NAME.finditer(text, starts[0] if starts else 0)),
        last=_first_date(_DATE.findall(text, starts[-1]), reading) if starts else None,
    )


def _short(literal: re.Match[str]) -> str:
    """Return what a literal part says where it may be a name or a date; of a body, nothing."""
    text = literal[1][: _LONGEST + 1]
    return text if len(text) <= _LONGEST and "<" not in text else ""


def _next(part: str, base: str) -> str:
    """Return the address of the next page that the links in a part of a feed name; "" where none does."""
    links = (link[0] for link in _LINK.finditer(part) if _NEXT.search(link[0]))
    addresses = (absolute(plain_text(href[1]), base) for link in links if (href := _HREF.search(link)))
    return next(filter(None, addresses), "")


def _first_date(texts: list[str], reading: Reading) -> datetime | None:
    """Return the earliest instant that some texts name: an item is published before it is changed."""
    return min((date for text in texts if (date := instant(text, reading))), default=None)
