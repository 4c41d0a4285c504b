"""RSS and Atom into sightings: the only door to feedparser. Loads it and lxml: import it where it is needed.

feedparser is handed clean, declared UTF-8, so that it never guesses a charset (8.6 s for a mislabelled 3.6 MB feed),
and with its sanitizer off, which doubles its time: all that we take from markup is text.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import feedparser

from digest.errors import DigestError, SourceError
from digest.model.article import Document, Image, Problem, Sighting, Witness
from digest.sources.authors import authors
from digest.sources.bounds import MOST_ITEMS
from digest.sources.categories import categories
from digest.sources.dating import instant, moment, undated
from digest.sources.excerpts import beside, dek_of, guid, is_excerpt
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
from digest.sources.markup.figures import first_picture, size, without_credit
from digest.sources.report import attempt, problem
from digest.sources.settings import Reading, SourceSettings
from digest.text.clean import clean_text, plain_text
from digest.text.dates import Moment
from digest.text.urls import canonical_url, host

Entry = dict[str, Any]
"""One item as feedparser leaves it: strings, and lists and mappings of strings."""


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
        base=absolute(_text(feed.feed, "link"), home) or home,
        language=settings.language or _text(feed.feed, "language"),
        atom=feed.get("version", "").startswith("atom"),
    )


def _losses(document: Document, entries: list[Entry], whole: int | None, *, closed: bool) -> Iterator[Problem]:
    hint = "fetch it again; if it stays so, tell whoever runs the feed"
    if whole is not None and len(entries) > whole:
        title = plain_text(_text(entries[whole], "title"))
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
        stated = _text(entry, "published") or _text(entry, "updated")
        published = moment(stated, channel.reading)
        if isinstance(published, DigestError):
            yield undated(channel.document, published, part=f"{part} ({title})")
            published = None
        read = partial(_sighting, entry, channel, title, published)
        yield attempt(channel.document, read, part=part)


def _sighting(entry: Entry, channel: _Channel, title: str, published: Moment | None) -> Sighting:
    address = absolute(_text(entry, "link") or _permanent(entry, channel), channel.base)
    base = address or channel.base
    markup, dek, said = _texts(entry)
    base = (
        said if said not in {"", channel.document.url} else base
    )  # its xml:base: RSS has none, and is given the feed's
    tree = parse_html(markup) if markup.strip() else None
    body = read_tree(tree, base)
    named = categories(_filed(entry))
    url = canonical_url(_text(entry, "feedburner_origlink") or address)
    return Sighting(
        source=channel.settings.name,
        url=url,
        guid=guid(_text(entry, "id"), channel.settings.name, url, (title, *(each.text for each in body.blocks[:1]))),
        title=title,
        dek=beside(dek, body.blocks),
        kind=named.kind,
        section=named.section or channel.settings.section,
        tags=named.tags,
        series=named.series,
        authors=authors(_bylines(entry)),
        published=published.instant if published else None,
        precision=published.precision if published else "instant",
        date_source="feed" if published else None,
        updated=instant(_text(entry, "updated"), channel.reading),
        blocks=body.blocks,
        image=_image(entry, base, tree),
        language=channel.language,
        publication=_publication(entry, url, channel),
        left_out=body.left_out,
        witnesses=_witnesses(entry),
        seen_at=channel.document.retrieved_at,
    )


def _permanent(entry: Entry, channel: _Channel) -> str:
    """Return an item's guid where it is its address, as RSS has it unless it says otherwise."""
    return _text(entry, "id") if dict.get(entry, "guidislink") and not channel.atom else ""


def _text(entry: Entry, key: str) -> str:
    """Return a string of an item; with `dict.get`, because feedparser's own answers for one date with the other."""
    value = dict.get(entry, key)
    return value if isinstance(value, str) else ""


def _rows(entry: Entry, key: str) -> list[Mapping[str, Any]]:
    """Return a list of an item: its links, tags, authors, pictures."""
    return list(dict.get(entry, key) or ())


def _title(entry: Entry, channel: _Channel) -> str:
    """Return the headline as text. Only Atom says whether it is markup; RSS writes both in the same way."""
    detail = dict.get(entry, "title_detail") or {}
    literal = channel.atom and detail.get("type") == "text/plain"
    return clean_text(_text(entry, "title")) if literal else plain_text(_text(entry, "title"))


def _texts(entry: Entry) -> tuple[str, str, str]:
    """Return the fullest body that an item has, as markup, its dek where there is one beside, and the body's base."""
    summary = _text(entry, "summary")
    bodies = [(str(row.get("value") or ""), str(row.get("base") or "")) for row in _rows(entry, "content")]
    markup, base = max((*bodies, (summary, "")), key=lambda body: len(body[0]))
    return markup, dek_of(summary) if markup != summary else "", base


def _publication(entry: Entry, url: str, channel: _Channel) -> str:
    """Return the name of the magazine that an item was taken from, where neither it nor the item is on our own site."""
    source = dict.get(entry, "source")
    own = _site(channel.reading.site or channel.base)
    if not isinstance(source, dict) or own in {_site(url), _site(_text(source, "link") or _text(source, "href"))}:
        return ""
    return plain_text(_text(source, "title"))


def _site(address: str) -> str:
    return host(address).removeprefix("www.")


def _filed(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the domain and the name of each category."""
    for row in _rows(entry, "tags"):
        yield str(row.get("scheme") or ""), plain_text(str(row.get("label") or row.get("term") or ""))


def _bylines(entry: Entry) -> list[str]:
    return [str(row.get("name") or "") for row in _rows(entry, "authors")] or [_text(entry, "author")]


def _image(entry: Entry, base: str, tree: Any) -> Image | None:  # noqa: ANN401 - lxml has no types
    """Return an item's picture: the one it names, else one that is enclosed, else the first in its body."""
    for row in (*_rows(entry, "media_content"), *_rows(entry, "links"), *_rows(entry, "media_thumbnail")):
        address = str(row.get("url") or "") or (str(row.get("href") or "") if row.get("rel") == "enclosure" else "")
        url = absolute(address, base)
        if url and _is_picture(row):
            credits_ = [clean_text(str(each.get("content") or "")) for each in _rows(entry, "media_credit")]
            inside = first_picture(tree, base, like=url) or Image()
            caption, credit = without_credit(inside.caption, next(filter(None, credits_), inside.credit))
            return Image(
                url=url,
                alt=plain_text(_text(entry, "media_alttext")) or inside.alt,
                credit=credit,
                caption=caption,
                width=size(row.get("width")),
                height=size(row.get("height")),
            )
    return first_picture(tree, base)


def _is_picture(row: Mapping[str, Any]) -> bool:
    kind = str(row.get("medium") or row.get("type") or "")
    return kind.startswith("image") or (not kind and "rel" not in row)


def _witnesses(entry: Entry) -> tuple[Witness, ...]:
    """Return the witnesses that are not the feed's plain word: a date that may be that of a change, an excerpt."""
    only_updated = not _text(entry, "published") and _text(entry, "updated")
    dated = (Witness(field="published", name="feed-updated"),) if only_updated else ()
    excerpt = not _rows(entry, "content") and is_excerpt(_text(entry, "summary"))
    return (*dated, *((Witness(field="blocks", name="feed-excerpt"),) if excerpt else ()))
