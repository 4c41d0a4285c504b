"""Of which kind a document is: by its name, else by how it begins."""

import re
from typing import Literal

from digest.model.article import Document

Parsed = Literal["feed", "page", "markdown", "scrape", "sitemap", "list", "wordpress", "ghost"]

SUFFIXES: dict[Parsed, tuple[str, ...]] = {
    "feed": (".xml", ".rss", ".atom", ".rdf", ".json"),
    "page": (".html", ".htm", ".xhtml"),
    "markdown": (".md", ".markdown", ".mdown"),
    "scrape": (".txt",),
    "sitemap": (".xml", ".xml.gz"),
    "list": (".csv", ".tsv", ".jsonl", ".ndjson"),
    "wordpress": (".json",),
    "ghost": (".json",),
}
APIS: frozenset[Parsed] = frozenset(("wordpress", "ghost"))
"""Kinds that list all of the span that they are asked for: what they list no more is gone."""

NEVER_GUESSED: frozenset[Parsed] = frozenset(("sitemap", "list", *APIS))
"""Kinds that a name alone does not tell: a table may be anything, and a sitemap's name is a feed's."""

LARGEST: dict[Parsed, int] = {
    "feed": 25_000_000,
    "page": 10_000_000,
    "markdown": 2_000_000,
    "scrape": 2_000_000,
    "sitemap": 25_000_000,
    "list": 5_000_000,
    "wordpress": 25_000_000,
    "ghost": 25_000_000,
}
"""Bytes: a feed of 1,000 whole stories has 3.6 million, the largest of 200 saved pages 0.65, one with its pictures
inside it some 8, a long text 0.1 (one of 3 million takes seconds and 170 MB); a sitemap of 50,000 addresses some 10, a
list of 10,000 links 3.
"""

MOST_TAGS = 100_000
"""Tags of a page: of 200 saved ones the largest has 7,000; a tree of so many takes some 200 MB, with its copies."""

_HEAD = 2_000
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|\w+:feed)[\s>]")
_PAGE = re.compile(rb"<(?:!doctype html|html|head|body|article)[\s>]", re.IGNORECASE)

_SITEMAP = re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]")
_JSON_FEED = re.compile(rb"jsonfeed\.org\\?/version")
_MARKS = b" \t\r\n\xef\xbb\xbf\xff\xfe"
"""What may stand before the first character of a text: white space, and byte order marks."""

_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"<\x00", b"\x00<")
_RAREST_NULL = 100
"""A text with a null byte in it, by some accident, is a text still; of what is none, more than one byte in 100 is 0."""


def kind_of(document: Document) -> Parsed:
    """Return how a document is to be parsed: by its name's ending, else by its first bytes, else as a text scrape."""
    path = document.url.lower().partition("?")[0]
    for kind, suffixes in SUFFIXES.items():
        if path.endswith(suffixes) and kind not in {"feed", *NEVER_GUESSED}:  # XHTML is XML too: its content decides
            return kind
    head = document.body[:_HEAD]
    if _FEED.search(head) or _is_json_feed(document, head):
        return "feed"
    if _SITEMAP.search(head):
        return "sitemap"
    if _PAGE.search(head) or document.media_type in {"text/html", "application/xhtml+xml"}:
        return "page"
    if path.endswith(SUFFIXES["feed"]) or document.media_type.endswith("xml"):
        return "feed"
    return "markdown" if head.startswith(b"---") else "scrape"


def is_json(body: bytes) -> bool:
    """Tell whether a document is JSON by how it begins."""
    return body[:_HEAD].replace(b"\x00", b"").lstrip(_MARKS).startswith(b"{")


def _is_json_feed(document: Document, head: bytes) -> bool:
    return is_json(head) and (document.media_type == "application/feed+json" or _JSON_FEED.search(head) is not None)


def binary(document: Document) -> str:
    """Return what a document is if it is no text at all ("a PDF"), else ""."""
    for magic, name in _MAGIC:
        if document.body.startswith(magic):
            return name
    wide = document.body.startswith(_WIDE) or document.charset.startswith(("utf-16", "utf-32"))
    head = document.body[:_HEAD]
    return "binary data" if not wide and _RAREST_NULL * head.count(0) > len(head) else ""
