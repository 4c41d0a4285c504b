"""Posts of WordPress's REST API into sightings (developer.wordpress.org/rest-api/reference/posts).

What stands under `rendered` is HTML. `date` and `modified` are told by the site's clocks, `date_gmt` and `modified_gmt`
in UTC, none of them with a zone. Embedded authors, pictures and terms may be errors instead (a site that hides its
users): those are silence. Loads lxml: import it where it is needed.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from digest.errors import DigestError, SourceError
from digest.model.article import Document, Image, Problem, Sighting
from digest.sources.authors import authors
from digest.sources.categories import categories
from digest.sources.dating import instant, moment, undated
from digest.sources.excerpts import dek_of, guid
from digest.sources.json_parts import lists, number, rows, text, within
from digest.sources.json_text import Fields, read_json
from digest.sources.markup.body import Body, absolute, parse_html, read_tree
from digest.sources.markup.figures import first_picture, without_credit
from digest.sources.openings import is_opening
from digest.sources.report import attempt, problem
from digest.sources.settings import Reading, SourceSettings
from digest.text.clean import clean_text, plain_text
from digest.text.dates import Moment
from digest.text.urls import canonical_url

_TERMS: Final = {"category": "", "post_tag": "tags"}
"""WordPress's own taxonomies, as what a story is filed under; others are known by their names."""

_NO_TERMS: Final = frozenset(("author", "post_format", "language", "post_translations"))
"""Taxonomies of plug-ins that file nothing: by-lines (Co-Authors Plus), layouts, translations (Polylang)."""

_WIDE: Final = 1200
"""Pixels: a picture over a mail's whole width is twice 600. An original may have 6,000, and weigh 20 MB."""

_ALIKE: Final = 0.02
"""How far two sizes of one picture may differ in shape: they are rounded to pixels. A cut one differs by far more."""


def parse(document: Document, settings: SourceSettings, reading: Reading) -> Iterator[Sighting | Problem]:
    """Yield a sighting for each post in an answer, and a problem for what cannot be read or may not be shown."""
    try:
        posts = read_json(document.body, document.charset)
    except SourceError as error:
        yield problem(document, error.message, hint="is it the answer of a WordPress API?", incomplete=True)
        return
    if not isinstance(posts, list):
        yield problem(document, refusal(posts), hint="is it the answer of a WordPress API?", incomplete=True)
        return
    for place, post in enumerate(posts, 1):
        yield from _post(post, f"post {place}", (document, settings, reading))
    yield from _left_out(posts, document)


def refusal(said: object) -> str:
    """Return what an answer that lists no posts says instead."""
    told = plain_text(text(said, "message")) if isinstance(said, dict) else ""
    return f"it lists no posts: {told[:200]}" if told else "it lists no posts"


Given = tuple[Document, SourceSettings, Reading]


def _post(post: object, part: str, given: Given) -> Iterator[Sighting | Problem]:
    document, _, reading = given
    if not isinstance(post, dict):
        yield problem(document, "a post that is no object was left out", part=part)
        return
    if _kept_back(post) or not _is_post(post):
        return
    title = plain_text(text(post, "title", "rendered"))
    if not title:
        yield problem(document, "a post without a title was left out", hint="give it one", part=part)
        return
    published = _published(post, reading)
    if isinstance(published, DigestError):
        yield undated(document, published, part=f"{part} ({title})")
        published = None
    yield attempt(document, partial(_sighting, post, title, published, given), part=part)


def _left_out(posts: list[object], document: Document) -> Iterator[Problem]:
    """Yield a row for the posts that are behind a password, and one for what is no post."""
    objects = [post for post in posts if isinstance(post, dict)]
    back = [post for post in objects if _kept_back(post)]
    other = [post for post in objects if not _is_post(post) and not _kept_back(post)]
    if back:
        message = f"left out, for a password protects it: {_named(back)}"
        yield problem(document, message, hint="take the password away to have it in an issue")
    if other:
        kinds = ", ".join(sorted({text(post, "type") for post in other}))
        yield problem(document, f"left out, for it is no published post but {kinds}: {_named(other)}")


def _named(posts: Sequence[Fields]) -> str:
    """Return the addresses of posts: their titles may be what is protected."""
    return ", ".join(canonical_url(text(post, "link")) or f"number {number(post, 'id')}" for post in posts)


def _kept_back(post: Fields) -> bool:
    """Tell whether a password protects a post: its text comes empty, and that is no text of the story's."""
    return within(post, "content", "protected") is True or within(post, "excerpt", "protected") is True


def _is_post(post: Fields) -> bool:
    """Tell whether this is a post that is out. The API lists nothing else; plug-ins have made it do so."""
    return text(post, "type") in {"", "post"} and text(post, "status") in {"", "publish"}


def _published(post: Fields, reading: Reading) -> Moment | DigestError | None:
    stated = _utc(text(post, "date_gmt"))
    return moment(stated or text(post, "date"), reading)


def _utc(stated: str) -> str:
    """Return a time as WordPress tells it in UTC, with its zone; "" where it is none: some sites have zeros there."""
    return f"{stated.removesuffix('Z')}Z" if stated and not stated.startswith("0000") else ""


def _sighting(post: Fields, title: str, published: Moment | None, given: Given) -> Sighting:
    document, settings, reading = given
    url = canonical_url(absolute(text(post, "link"), document.url))
    base = url or reading.site
    tree = parse_html(markup) if (markup := text(post, "content", "rendered")).strip() else None
    body = read_tree(tree, base)
    named = categories(_filed(post))
    return Sighting(
        source=settings.name,
        url=url,
        guid=guid(text(post, "guid", "rendered") or str(number(post, "id") or ""), settings.name, url, (title,)),
        title=title,
        dek=_dek(post, body),
        kind=named.kind,
        section=named.section or settings.section,
        tags=named.tags,
        series=named.series,
        authors=authors(plain_text(text(row, "name")) for row in rows(post, "_embedded", "author")),
        published=published.instant if published else None,
        precision=published.precision if published else "instant",
        date_source="api" if published else None,
        updated=_updated(post, published, reading),
        blocks=body.blocks,
        image=_picture(post, base) or first_picture(tree, base),
        language=settings.language,
        left_out=body.left_out,
        seen_at=document.retrieved_at,
    )


def _dek(post: Fields, body: Body) -> str:
    """Return a post's excerpt where somebody wrote it. WordPress makes one of the first 55 words where nobody did."""
    dek = dek_of(text(post, "excerpt", "rendered"))
    return "" if is_opening(dek, body.blocks) else dek


def _updated(post: Fields, published: Moment | None, reading: Reading) -> datetime | None:
    """Return when a post was changed after it was out: before that it was a draft."""
    changed = instant(_utc(text(post, "modified_gmt")) or text(post, "modified"), reading)
    return changed if changed and published and changed > published.instant else None


def _filed(post: Fields) -> Iterator[tuple[str, str]]:
    """Yield the taxonomy and the name of each term that a post is filed under."""
    for terms in lists(post, "_embedded", "wp:term"):
        for term in terms:
            taxonomy = text(term, "taxonomy")
            if taxonomy not in _NO_TERMS:
                yield _TERMS.get(taxonomy, taxonomy or "tags"), plain_text(text(term, "name"))


def _picture(post: Fields, base: str) -> Image | None:
    """Return a post's featured picture, where the site shows it to everybody."""
    for media in rows(post, "_embedded", "wp:featuredmedia"):
        url, width, height = _size(media)
        address = absolute(url, base)
        if address and text(media, "media_type") in {"", "image"}:
            stated = clean_text(text(media, "media_details", "image_meta", "credit"))
            caption, credit = without_credit(plain_text(text(media, "caption", "rendered")), "")
            return Image(
                url=address,
                alt=plain_text(text(media, "alt_text")),
                credit=credit or stated,
                caption=caption,
                width=width,
                height=height,
            )
    return None


def _size(media: Fields) -> tuple[str, int, int]:
    """Return the address, width and height of a picture's smallest size that is wide enough and shows all of it."""
    details = within(media, "media_details")
    details = details if isinstance(details, dict) else {}
    original = text(media, "source_url"), number(details, "width"), number(details, "height")
    sizes = within(details, "sizes")
    found = [
        (text(size, "source_url"), number(size, "width"), number(size, "height"))
        for size in (sizes.values() if isinstance(sizes, dict) else ())
        if isinstance(size, dict)
    ]
    fit = [size for size in found if size[0] and _WIDE <= size[1] < original[1] and _is_whole(size, original)]
    return min(fit, key=lambda size: (size[1], size[0]), default=original)


def _is_whole(size: tuple[str, int, int], original: tuple[str, int, int]) -> bool:
    """Tell whether a size has the shape of the original: others are cut to a square or a band."""
    _, width, height = size
    _, full_width, full_height = original
    if not height or not full_height:
        return False
    return abs(width / height - full_width / full_height) <= _ALIKE * full_width / full_height
