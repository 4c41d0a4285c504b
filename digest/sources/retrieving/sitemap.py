"""Sitemaps: an index on the web is followed to those that may hold what is wanted; what is packed is unpacked."""

import re
from collections.abc import Iterator
from typing import Final

from digest.model.article import Document, Problem
from digest.sources.dating import instant
from digest.sources.report import problem
from digest.sources.retrieving.asking import asked, document_of
from digest.sources.retrieving.unpacking import unpacked
from digest.sources.settings import Reading, SourceSettings
from digest.sources.sitemap import listed
from digest.text.urls import canonical_url, host

MOST_SITEMAPS: Final = 200
"""Sitemaps of one site at one reading: sixteen years of one a month."""

_MOST_CHILDREN: Final = 1_000
"""Sitemaps of an index that are looked at: five times as many as are asked for."""

_NO_STORIES = re.compile(
    r"(?:^|[-_/.])(?:pages?|posts-page|categor(?:y|ies)|tags?|post_tag|taxonom(?:y|ies)(?:-[\w-]*)?|authors?|users?"
    r"|images?|videos?|products?)(?=[-_.]?(?:sitemap)?[-_]?\d*\.xml)|sitemap-(?:taxonomies|users|posts-page)-"
)
"""Names that WordPress (with Yoast's and without), Ghost and others give to sitemaps of all but articles."""


def documents(settings: SourceSettings, reading: Reading) -> Iterator[Document | Problem]:
    """Yield the sitemaps of a site that may hold what was published or changed since `reading.since`.

    Of an index, those are left alone that say that they have not changed since, and those that by their names hold
    pages, sections, tags or authors. What has not changed since it was last read yields nothing.
    """
    known: set[str] = set()
    waiting = [settings.at]
    while waiting:
        address = waiting.pop(0)
        if canonical_url(address) in known:
            continue
        if len(known) == MOST_SITEMAPS:
            message = f"it has more than {MOST_SITEMAPS} sitemaps: {len(waiting) + 1} were not asked for"
            hint = "name the one that lists the articles, or ask for a shorter span: digest ingest --since"
            yield Problem(source=settings.name, where=settings.at, message=message, hint=hint, incomplete=True)
            return
        known.add(canonical_url(address))
        page = asked(address, settings, reading)
        if isinstance(page, Problem):
            yield page
        elif not page.unchanged:
            document = unpacked(document_of(page, settings, reading))
            found = (document,) if isinstance(document, Problem) else tuple(_followed(document, waiting, reading))
            yield from found


def _followed(document: Document, waiting: list[str], reading: Reading) -> Iterator[Document | Problem]:
    """Yield a sitemap as it is; of an index put what it lists among what is waiting."""
    children = listed(document)
    if children is None:
        yield document
        return
    for child in children[:_MOST_CHILDREN]:
        address = canonical_url(child.address)
        if address == canonical_url(document.url):
            hint = "tell whoever runs the site"
            yield problem(document, "it lists itself, and was not asked for again", hint=hint)
            continue
        if not address or host(address) != host(document.url):
            message = f"it lists a sitemap that is not on its own host, and was not asked for: {child.address[:200]!r}"
            yield problem(document, message, hint="if it is the magazine's too, make it a source of its own")
        elif not _NO_STORIES.search(address) and not _is_older(child.changed, reading):
            waiting.append(address)


def _is_older(changed: str, reading: Reading) -> bool:
    """Tell whether a sitemap says that nothing in it has changed since reading starts."""
    when = instant(changed, reading)
    return when is not None and reading.since is not None and when < reading.since
