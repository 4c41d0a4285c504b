"""Posts of Ghost's Content API into sightings (docs.ghost.org/content-api/posts).

A post that is not `public` is for members: Ghost sends of it what stands above its paywall, if anything does. What it
may not show to everybody is cut here once more, for an issue is read by everybody. Loads lxml: import it where it is
needed.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Final

from digest.errors import DigestError, SourceError
from digest.model.article import Document, Image, Problem, Sighting
from digest.sources.authors import authors
from digest.sources.dating import instant, moment, undated
from digest.sources.excerpts import dek_of, guid
from digest.sources.json_parts import rows, text, within
from digest.sources.json_text import Fields, read_json
from digest.sources.markup.body import absolute, parse_html, read_tree
from digest.sources.markup.figures import first_picture, without_credit
from digest.sources.openings import is_opening
from digest.sources.report import attempt, problem
from digest.sources.settings import Reading, SourceSettings
from digest.text.clean import clean_text, plain_text
from digest.text.dates import Moment
from digest.text.urls import canonical_url, host

_PAYWALL: Final = "<!--members-only-->"
_GATED: Final = re.compile(
    r"<!--\s*kg-gated-block:begin(?P<whom>[^>]*)-->.*?(?:<!--\s*kg-gated-block:end\s*-->|\Z)", re.DOTALL
)
"""A part of a story that some readers see alone: `nonMember:true` says that everybody does."""

_FOR_ALL: Final = "nonMember:true"
_AT_ONCE: Final = timedelta(minutes=1)
"""Ghost saves a post a moment after it has published it."""

Given = tuple[Document, SourceSettings, Reading]


def parse(document: Document, settings: SourceSettings, reading: Reading) -> Iterator[Sighting | Problem]:
    """Yield a sighting for each post in an answer, and a problem for what cannot be read."""
    try:
        said = read_json(document.body, document.charset)
    except SourceError as error:
        yield problem(document, error.message, hint="is it the answer of Ghost's Content API?", incomplete=True)
        return
    posts = within(said, "posts") if isinstance(said, dict) else None
    if not isinstance(posts, list):
        yield problem(document, "it lists no posts", hint="is it the answer of Ghost's Content API?", incomplete=True)
        return
    for place, post in enumerate(posts, 1):
        yield from _post(post, f"post {place}", (document, settings, reading))


def _post(post: object, part: str, given: Given) -> Iterator[Sighting | Problem]:
    document, _, reading = given
    if not isinstance(post, dict):
        yield problem(document, "a post that is no object was left out", part=part)
        return
    title = clean_text(text(post, "title"))
    if not title:
        yield problem(document, "a post without a title was left out", hint="give it one", part=part)
        return
    published = moment(text(post, "published_at"), reading)
    if isinstance(published, DigestError):
        yield undated(document, published, part=f"{part} ({title})")
        published = None
    yield attempt(document, partial(_sighting, post, title, published, given), part=part)


def _sighting(post: Fields, title: str, published: Moment | None, given: Given) -> Sighting:
    document, settings, reading = given
    url = _address(post)
    base = url or reading.site
    tree = parse_html(markup) if (markup := public_part(post)).strip() else None
    body = read_tree(tree, base)
    named = [plain_text(text(tag, "name")) for tag in rows(post, "tags") if _is_shown(tag)]
    primary = within(post, "primary_tag")
    section = plain_text(text(primary, "name")) if isinstance(primary, dict) and _is_shown(primary) else ""
    section = section or next(iter(named), "")
    changed = instant(text(post, "updated_at"), reading)
    later = changed and published and changed > published.instant + _AT_ONCE
    dek = dek_of(text(post, "custom_excerpt"))
    return Sighting(
        source=settings.name,
        url=url,
        guid=guid(text(post, "id"), settings.name, url, (title,)),
        title=title,
        dek="" if is_opening(dek, body.blocks) else dek,
        section=section or settings.section,
        tags=tuple(dict.fromkeys(name for name in named if name != section)),
        authors=authors(clean_text(text(row, "name")) for row in rows(post, "authors")),
        published=published.instant if published else None,
        precision=published.precision if published else "instant",
        date_source="api" if published else None,
        updated=changed if later else None,
        blocks=body.blocks,
        image=_picture(post, base) or first_picture(tree, base),
        language=settings.language,
        left_out=body.left_out,
        seen_at=document.retrieved_at,
    )


def public_part(post: Fields) -> str:
    """Return what everybody may read of a post, as HTML.

    Of a post for members that is what stands above its paywall; where the server cut nothing and marked nothing
    (`access` is not false), nothing.
    """
    markup = text(post, "html")
    above, paywall, _ = markup.partition(_PAYWALL)
    if text(post, "visibility") not in {"", "public"} and not paywall and within(post, "access") is not False:
        return ""
    return _GATED.sub(lambda found: found[0] if _FOR_ALL in found["whom"] else "", above)


def _address(post: Fields) -> str:
    """Return a post's address: the canonical one, where that is on the same host not of what it was taken over from."""
    url, canonical = canonical_url(text(post, "url")), canonical_url(text(post, "canonical_url"))
    return canonical if canonical and host(canonical) == host(url) else url


def _is_shown(tag: Fields) -> bool:
    """Tell whether a tag is shown to readers; `#…` tags are the editors' own."""
    return text(tag, "visibility") in {"", "public"} and not text(tag, "name").startswith("#")


def _picture(post: Fields, base: str) -> Image | None:
    url = absolute(text(post, "feature_image"), base)
    if not url:
        return None
    caption, credit = without_credit(plain_text(text(post, "feature_image_caption")), "")
    return Image(url=url, alt=clean_text(text(post, "feature_image_alt")), credit=credit, caption=caption)
