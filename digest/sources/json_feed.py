"""JSON Feed 1.0 and 1.1 into sightings (jsonfeed.org): our own, since feedparser reads none.

The standard says that titles and summaries are no markup; what is written as markup there is read as such, as it is in
RSS. A field that is missing is silence; one of a wrong type is a row of the report, and the rest of its item comes in.
Loads lxml: import it where it is needed.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from digest.errors import DigestError, SourceError
from digest.model.article import Document, Image, Problem, Sighting, Witness
from digest.sources.authors import authors
from digest.sources.bounds import MOST_ITEMS
from digest.sources.categories import categories
from digest.sources.dating import instant, moment, undated
from digest.sources.excerpts import beside, dek_of, guid, is_excerpt
from digest.sources.json_text import Fields, read_json
from digest.sources.markup.body import absolute, parse_html, read_tree
from digest.sources.markup.figures import first_picture
from digest.sources.report import attempt, problem
from digest.sources.settings import Reading, SourceSettings
from digest.text.clean import clean_text, plain_text
from digest.text.dates import Moment
from digest.text.urls import canonical_url

_VERSION = "https://jsonfeed.org/version/1"
_TYPES: dict[str, type | tuple[type, ...]] = {
    "id": (str, int, float),
    **dict.fromkeys(("url", "external_url", "title", "content_html", "content_text", "summary", "image"), str),
    **dict.fromkeys(("banner_image", "date_published", "date_modified", "language"), str),
    "author": dict,
    "authors": list,
    "tags": list,
}
"""What each field of an item must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Channel:
    """What all items of a feed share."""

    document: Document
    settings: SourceSettings
    reading: Reading
    base: str
    language: str
    bylines: tuple[str, ...]


def parse(document: Document, settings: SourceSettings, reading: Reading) -> Iterator[Sighting | Problem]:
    """Yield a sighting for each item of a JSON Feed, and a problem for what cannot be read."""
    try:
        feed = read_json(document.body, document.charset)
    except SourceError as error:
        hint = "fetch it again; if it stays so, tell whoever runs the feed"
        yield problem(document, error.message, hint=hint, incomplete=True)
        return
    version = feed.get("version") if isinstance(feed, dict) else None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not str(version or _VERSION).startswith(_VERSION):
        message = "this is JSON, but no JSON Feed of version 1: it needs a version and a list of items"
        yield problem(document, message, hint="most sites that offer a JSON Feed have RSS too")
        return
    channel = _channel(document, settings, reading, feed)
    for number, item in enumerate(items[:MOST_ITEMS], 1):
        yield from _item(item, channel, f"item {number}")
    if len(items) > MOST_ITEMS:
        message = f"it has {len(items):,} items: only the first {MOST_ITEMS:,} were read"
        yield problem(document, message, hint="ask for a feed of the last weeks", incomplete=True)


def _channel(document: Document, settings: SourceSettings, reading: Reading, feed: Fields) -> _Channel:
    address = document.url if document.url.startswith("http") else reading.site
    return _Channel(
        document=document,
        settings=settings,
        reading=reading,
        base=absolute(_text(feed, "home_page_url"), address) or address,
        language=settings.language or _text(feed, "language"),
        bylines=_bylines(feed),
    )


def _item(item: object, channel: _Channel, part: str) -> Iterator[Sighting | Problem]:
    if not isinstance(item, dict):
        yield problem(channel.document, "an item that is no object was left out", part=part)
        return
    wrong = [name for name, kind in _TYPES.items() if item.get(name) is not None and not isinstance(item[name], kind)]
    if wrong:
        message = f"of a wrong type, and not read: {', '.join(wrong)}"
        yield problem(channel.document, message, hint="tell whoever runs the feed", part=part)
    said = {name: value for name, value in item.items() if name not in wrong}
    title = plain_text(_text(said, "title"))
    if not title:
        yield problem(channel.document, "an item without a title was left out", hint="give it one", part=part)
        return
    published = moment(_text(said, "date_published") or _text(said, "date_modified"), channel.reading)
    if isinstance(published, DigestError):
        yield undated(channel.document, published, part=f"{part} ({title})")
        published = None
    yield attempt(channel.document, partial(_sighting, said, channel, title, published), part=part)


def _sighting(item: Fields, channel: _Channel, title: str, published: Moment | None) -> Sighting:
    url = canonical_url(absolute(_text(item, "url") or _text(item, "external_url"), channel.base))
    base = url or channel.base
    content, summary = _markup(item), _text(item, "summary")
    markup = content or html.escape(plain_text(summary))
    tree = parse_html(markup) if markup.strip() else None
    body = read_tree(tree, base)
    named = categories(("", plain_text(str(tag))) for tag in _list(item, "tags") if isinstance(tag, str))
    return Sighting(
        source=channel.settings.name,
        url=url,
        guid=guid(str(item.get("id") or ""), channel.settings.name, url, (title, *(b.text for b in body.blocks[:1]))),
        title=title,
        dek=beside(dek_of(summary) if content else "", body.blocks),
        section=named.section or channel.settings.section,
        tags=named.tags,
        authors=authors(_bylines(item) or channel.bylines),
        published=published.instant if published else None,
        precision=published.precision if published else "instant",
        date_source="feed" if published else None,
        updated=instant(_text(item, "date_modified"), channel.reading),
        blocks=body.blocks,
        image=_image(item, base) or first_picture(tree, base),
        language=_text(item, "language") or channel.language,
        left_out=body.left_out,
        witnesses=_witnesses(item, is_short=not content and is_excerpt(summary)),
        seen_at=channel.document.retrieved_at,
    )


def _markup(item: Fields) -> str:
    """Return an item's body as markup: its HTML, else its text, whose paragraphs are parted by empty lines."""
    paragraphs = _text(item, "content_text").replace("\r\n", "\n").split("\n\n")
    plain = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs if text.strip())
    return _text(item, "content_html") or plain


def _witnesses(item: Fields, *, is_short: bool) -> tuple[Witness, ...]:
    """Return the witnesses that are not the feed's plain word: a date that may be that of a change, an excerpt."""
    only_updated = not _text(item, "date_published") and _text(item, "date_modified")
    dated = (Witness(field="published", name="feed-updated"),) if only_updated else ()
    return (*dated, *((Witness(field="blocks", name="feed-excerpt"),) if is_short else ()))


def _image(item: Fields, base: str) -> Image | None:
    addresses = (absolute(_text(item, name), base) for name in ("image", "banner_image"))
    return next((Image(url=url) for url in addresses if url), None)


def _bylines(said: Fields) -> tuple[str, ...]:
    """Return the names of a feed's or an item's authors: those of version 1.1, else the one of 1.0."""
    people = [*_list(said, "authors"), *([said["author"]] if isinstance(said.get("author"), dict) else [])]
    names = (clean_text(_text(person, "name")) for person in people if isinstance(person, dict))
    return tuple(name for name in names if name)


def _text(said: Fields, name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _list(said: Fields, name: str) -> list[object]:
    value = said.get(name)
    return value if isinstance(value, list) else []
