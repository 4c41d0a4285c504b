"""A feed's text made fit for its parser, and what the text alone tells: whether it is whole, whether it is a feed.

Every pattern takes time that grows with the text's length: a tag ends at the next `<`, and lengths have bounds.
"""

import re
from collections.abc import Iterator

from digest.errors import SourceError
from digest.model.article import Document
from digest.text.clean import decode

_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_ENTITIES = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,1000}>")
_LITERAL, _LITERAL_END = "<![CDATA[", "]]>"
_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[a-zA-Z]\w{0,31};)")
_PICTURE_WORDS = re.compile(r"<(/?)media:description\b[^<>]*>")
_NO_LINK = re.compile(r"<link\s{0,9}/>|<link>\s{0,99}</link\s{0,9}>")
_BYLINE = re.compile(
    r"(?P<tag><(?:author|dc:creator)(?:\s[^<>]{0,200})?>\s{0,99}(?:<!\[CDATA\[)?)(?P<text>[^<>]{1,500})"
)
_ADDRESS = re.compile(r"(?:mailto:)?[^\s<>()&;,@]{1,64}@[^\s<>()&;,@]{1,255}")
_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_ANY_ITEM = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s/>]")
_ITEM_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
_PARTS = re.compile(
    r"<(?:\w{1,20}:)?(?:(?P<item>item|entry)"
    r"|category|subject|keywords|author|creator|contributor|link|enclosure|content|thumbnail|group|source)[\s/>]"
)
_MOST_BARE = 500_000
"""Bare `&`: each becomes five characters."""

_MOST_FIELDS = 1_000
"""Names, categories, links and pictures of one item; feedparser looks through all of an item's for each new one."""

_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_LINK = re.compile(r"<link\b[^<>]{1,1000}>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"""type=["']application/(?:rss|atom)\+xml["']""", re.IGNORECASE)
_HREF = re.compile(r"""href=["']([^"'<>]{1,1000})""", re.IGNORECASE)
_HEAD = 100_000
"""Characters: where a page offers its feed; the longest head seen has some 60,000."""


def xml_text(document: Document) -> str:
    """Return an XML document's text without its declaration: by the server's charset, else by the declared one."""
    found = _DECLARED.match(document.body)
    text = decode(document.body, document.charset or (found[1].decode("ascii") if found else ""))
    return _DECLARATION.sub("", text, count=1)


def defines_entities(text: str) -> bool:
    """Tell whether a document defines XML entities, which can be made to fill all memory or to read files."""
    return _ENTITIES.search(text) is not None


def feed_text(document: Document) -> str:
    """Return a feed as text that feedparser does not trip over.

    A bare `&` (it makes `Q&A;` of `Q&A`) becomes an entity, but not in CDATA, where it is right. The words that go
    with a picture would overwrite the item's own description, so they get a name of their own. Addresses in by-lines
    go: it takes a domain's last four letters for its end and the rest of it ("bob@gaz.medi", "a") for the name. So do
    links that name nothing: it would not look at the guid then, which may be the address.

    Raises:
        SourceError: it has more bare `&` than any real feed.

    """
    text, pieces, position = xml_text(document), [], 0
    if text.count("&") - text.count(";") > _MOST_BARE:
        raise SourceError(f"it has more than {_MOST_BARE:,} bare ampersands")
    for start, end in _literals(text):
        pieces += [_AMPERSAND.sub("&amp;", text[position:start]), text[start:end]]
        position = end
    pieces.append(_AMPERSAND.sub("&amp;", text[position:]))
    named = _NO_LINK.sub("", _PICTURE_WORDS.sub(r"<\1media:alttext>", "".join(pieces)))
    return _BYLINE.sub(lambda match: match["tag"] + _ADDRESS.sub("", match["text"]), named)


def count_items(tags: str, most: int) -> int:
    """Return how many items a feed has, by its outline.

    Raises:
        SourceError: one of the first `most` has more fields than any real one.

    """
    items = fields = 0
    for part in _PARTS.finditer(tags):
        if part["item"]:
            items, fields = items + 1, 0
            continue
        fields += 1
        if fields > _MOST_FIELDS and items <= most:
            which = f"its item {items}" if items else "it"
            raise SourceError(f"{which} has more than {_MOST_FIELDS:,} names, categories, links and pictures")
    return items


def first_items(text: str, most: int) -> str:
    """Return a feed's text up to the end of its item number `most`, which it has."""
    items, literals = 0, iter([*_literals(text), (len(text), len(text))])
    start, end = next(literals)
    for item in _ANY_ITEM.finditer(text):
        while end <= item.start() < len(text):
            start, end = next(literals)
        items += not start <= item.start() < end
        if items > most:
            return text[: item.start()]
    return text


def outline(text: str) -> str:
    """Return a feed without its literal parts, whose tags are no tags of the feed."""
    pieces, position = [], 0
    for start, end in _literals(text):
        pieces.append(text[position:start])
        position = end
    return "".join([*pieces, text[position:]])


def _literals(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each literal part begins and ends. By searching: a pattern takes a tenth of the parser's own time."""
    start = text.find(_LITERAL)
    while start >= 0:
        found = text.find(_LITERAL_END, start)
        end = len(text) if found < 0 else found + len(_LITERAL_END)
        yield start, end
        start = text.find(_LITERAL, end)


def whole_items(text: str) -> int | None:
    """Return how many items stand whole in an outline that breaks off inside one; None where none is broken."""
    ends = [end.start() for end in _ITEM_END.finditer(text)]
    last = max((start.start() for start in _ITEM.finditer(text)), default=-1)
    return len(ends) if (ends and last > ends[-1]) or (not ends and last >= 0) else None


def is_closed(text: str) -> bool:
    """Tell whether an outline has the feed's last tag."""
    return _END.search(text) is not None


def offered_feed(page: str) -> str:
    """Return the address, as written, of the feed that a page offers; "" where it offers none."""
    links = (link[0] for link in _LINK.finditer(page[:_HEAD]) if _FEED_TYPE.search(link[0]))
    return next((href[1] for link in links if (href := _HREF.search(link))), "")
