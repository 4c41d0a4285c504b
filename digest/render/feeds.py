"""A newsletter's feeds: Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), of full issues.

Instants are RFC 3339 with the offset of the clocks that they were told by, so that their day is the magazine's; content
is HTML with absolute addresses alone.
"""

import xml.etree.ElementTree as ET
from datetime import datetime

from digest.model.site import Feed, FeedItem
from digest.wire import to_pretty_json

ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(feed: Feed) -> bytes:
    """Return the feed as Atom; every text that comes from outside is safe for XML (`digest.render.outside`)."""
    root = ET.Element("feed", {"xmlns": ATOM, _LANGUAGE: feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    if feed.tagline:
        _add(root, "subtitle", feed.tagline)
    _add(root, "updated", _instant(feed.updated))
    _add(ET.SubElement(root, "author"), "name", feed.author)
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.feeds.atom_url})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.home_url})
    _add(root, "generator", "Digest")
    for item in feed.items:
        _entry(ET.SubElement(root, "entry"), item)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(entry: ET.Element, item: FeedItem) -> None:
    _add(entry, "id", item.id)
    _add(entry, "title", item.title)
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": item.url})
    _add(entry, "published", _instant(item.published))
    _add(entry, "updated", _instant(item.updated))
    if item.summary:
        _add(entry, "summary", item.summary)
    content = _add(entry, "content", item.content)
    content.set("type", "html")


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = text
    return element


def json_feed(feed: Feed) -> bytes:
    """Return the feed as JSON Feed 1.1; `_digest` is an extension of ours, by which the file is known as ours."""
    written: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.feeds.json_url,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [_item(item) for item in feed.items],
        "_digest": {"id": feed.id},
    }
    return to_pretty_json(written | ({"description": feed.tagline} if feed.tagline else {}))


def _item(item: FeedItem) -> dict[str, str]:
    written = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.content,
        "date_published": _instant(item.published),
        "date_modified": _instant(item.updated),
    }
    optional = {"summary": item.summary, "image": item.image_url}
    return written | {name: text for name, text in optional.items() if text}


def _instant(instant: datetime) -> str:
    """Return an instant as RFC 3339 writes it: `2024-10-25T17:30:00+01:00`."""
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
