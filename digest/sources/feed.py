"""RSS and Atom into sightings: the only door to feedparser. Loads it and lxml: import it where it is needed.

feedparser is handed clean, declared UTF-8, so that it never guesses a charset (8.6 s for a mislabelled 3.6 MB feed),
and with its sanitizer off, which doubles its time: all that we take from markup is text.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import feedparser

from digest.errors import DigestError, SourceError
from digest.model.article import Document, Problem, Sighting
from digest.sources.authors import authors
from digest.sources.bounds import MOST_ITEMS
from digest.sources.categories import categories
from digest.sources.dating import instant, moment, undated
from digest.sources.excerpts import beside, guid
from digest.sources.feed_entry import Entry, bylines, filed, image, stated, texts, witnesses
from digest.sources.feed_text import (
    count_items,
    defines_entities,
    feed_text,
    first_items,
    is_closed,
    offered_feed,
    outline,
    whole_items,
)
from digest.sources.markup.body import absolute, parse_html, read_tree
from digest.sources.report import attempt, problem
from digest.sources.settings import Reading, SourceSettings
from digest.text.clean import clean_text, plain_text
from digest.text.dates import Moment
from digest.text.urls import canonical_url, host


@dataclass(frozen=True, slots=True, kw_only=True)
class _Channel:
    """What all items of a feed share."""

    document: Document
    settings: SourceSettings
    reading: Reading
    base: str
    language: str
    atom: bool


def parse(document: Document, settings: SourceSettings, reading: Reading) -> Iterator[Sighting | Problem]:
    """Yield a sighting for each item of a feed, and a problem for what cannot be read."""
    try:
        text = _sound(feed_text(document))
        tags = outline(text)
        items = count_items(tags, MOST_ITEMS)
    except SourceError as error:
        yield problem(document, f"{error.message}: it was not read", hint=error.hint or "tell whoever runs the feed")
        return
    feed = _parsed(first_items(text, MOST_ITEMS) if items > MOST_ITEMS else text, document.url)
    if not feed.get("version") and not feed.entries:
        yield _no_feed(document, text)
        return
    whole = MOST_ITEMS if items > MOST_ITEMS else whole_items(tags)
    yield from _items(feed.entries[:whole], _channel(document, settings, reading, feed))
    if items > MOST_ITEMS:
        message = f"it has {items:,} items: only the first {MOST_ITEMS:,} were read"
        yield problem(document, message, hint="ask for a feed of the last weeks", incomplete=True)
    else:
        yield from _losses(document, feed.entries, whole, closed=is_closed(tags))


def _sound(text: str) -> str:
    """Return a text that defines no entities.

    Raises:
        SourceError: it does.

    """
    if defines_entities(text):
        message = "the feed defines XML entities, which can be made to fill all memory"
        raise SourceError(message, hint="ask whoever runs the feed to leave out its <!ENTITY …> lines")
    return text


def _parsed(text: str, url: str) -> Any:  # noqa: ANN401 - feedparser has no types
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    body = io.BytesIO(text.encode())  # as a stream: bytes it would try as the name of a file
    return feedparser.parse(body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)


def _no_feed(document: Document, text: str) -> Problem:
    head = text[:2_000].lower()
    if "<html" in head or "<!doctype html" in head:
        address = absolute(offered_feed(text), document.url)
        hint = f"its feed seems to be at {address}" if address else 'give the feed\'s own address, or set kind = "page"'
        return problem(document, "this is a web page, not a feed", hint=hint)
    if text.lstrip().startswith("{"):
        return problem(document, "this is JSON, not RSS or Atom", hint="most sites that offer a JSON Feed have RSS too")
    return problem(document, "this is neither RSS nor Atom", hint="open the address in a browser: is it the feed's?")


def _channel(document: Document, settings: SourceSettings, reading: Reading, feed: Any) -> _Channel:  # noqa: ANN401 - as above
    home = document.url if document.url.startswith("http") else reading.site
    return _Channel(
        document=document,
        settings=settings,
        reading=reading,
        base=absolute(stated(feed.feed, "link"), home) or home,
        language=settings.language or stated(feed.feed, "language"),
        atom=feed.get("version", "").startswith("atom"),
    )


def _losses(document: Document, entries: list[Entry], whole: int | None, *, closed: bool) -> Iterator[Problem]:
    hint = "fetch it again; if it stays so, tell whoever runs the feed"
    if whole is not None and len(entries) > whole:
        title = plain_text(stated(entries[whole], "title"))
        message = f"the feed breaks off inside its item {whole + 1} ({title or 'no title'}), which was left out"
        yield problem(document, message, hint=hint, incomplete=True)
    elif not closed:
        message = f"the feed breaks off after {len(entries)} items: there may have been more"
        yield problem(document, message, hint=hint, incomplete=True)


def _items(entries: list[Entry], channel: _Channel) -> Iterator[Sighting | Problem]:
    for number, entry in enumerate(entries, 1):
        title = _title(entry, channel)
        part = f"item {number}"
        if not title:
            yield problem(channel.document, "an item without a title was left out", hint="give it one", part=part)
            continue
        published = moment(stated(entry, "published") or stated(entry, "updated"), channel.reading)
        if isinstance(published, DigestError):
            yield undated(channel.document, published, part=f"{part} ({title})")
            published = None
        read = partial(_sighting, entry, channel, title, published)
        yield attempt(channel.document, read, part=part)


def _sighting(entry: Entry, channel: _Channel, title: str, published: Moment | None) -> Sighting:
    address = absolute(stated(entry, "link") or _permanent(entry, channel), channel.base)
    base = address or channel.base
    markup, dek, said = texts(entry)
    base = (
        said if said not in {"", channel.document.url} else base
    )  # its xml:base: RSS has none, and is given the feed's
    tree = parse_html(markup) if markup.strip() else None
    body = read_tree(tree, base)
    named = categories(filed(entry))
    url = canonical_url(stated(entry, "feedburner_origlink") or address)
    return Sighting(
        source=channel.settings.name,
        url=url,
        guid=guid(stated(entry, "id"), channel.settings.name, url, (title, *(each.text for each in body.blocks[:1]))),
        title=title,
        dek=beside(dek, body.blocks),
        kind=named.kind,
        section=named.section or channel.settings.section,
        tags=named.tags,
        series=named.series,
        authors=authors(bylines(entry)),
        published=published.instant if published else None,
        precision=published.precision if published else "instant",
        date_source="feed" if published else None,
        updated=instant(stated(entry, "updated"), channel.reading),
        blocks=body.blocks,
        image=image(entry, base, tree),
        language=channel.language,
        publication=_publication(entry, url, channel),
        left_out=body.left_out,
        witnesses=witnesses(entry),
        seen_at=channel.document.retrieved_at,
    )


def _permanent(entry: Entry, channel: _Channel) -> str:
    """Return an item's guid where it is its address, as RSS has it unless it says otherwise."""
    return stated(entry, "id") if dict.get(entry, "guidislink") and not channel.atom else ""


def _title(entry: Entry, channel: _Channel) -> str:
    """Return the headline as text. Only Atom says whether it is markup; RSS writes both in the same way."""
    detail = dict.get(entry, "title_detail") or {}
    literal = channel.atom and detail.get("type") == "text/plain"
    return clean_text(stated(entry, "title")) if literal else plain_text(stated(entry, "title"))


def _publication(entry: Entry, url: str, channel: _Channel) -> str:
    """Return the name of the magazine that an item was taken from, where neither it nor the item is on our own site."""
    source = dict.get(entry, "source")
    own = _site(channel.reading.site or channel.base)
    if not isinstance(source, dict) or own in {_site(url), _site(stated(source, "link") or stated(source, "href"))}:
        return ""
    return plain_text(stated(source, "title"))


def _site(address: str) -> str:
    return host(address).removeprefix("www.")
