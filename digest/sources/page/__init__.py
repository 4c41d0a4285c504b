"""A saved page into one sighting. Loads trafilatura and htmldate: import it where it is needed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from digest.errors import DigestError
from digest.model.article import Cut, Document, Image, Problem, Sighting, Witness
from digest.sources.dating import in_its_zone, instant, undated
from digest.sources.markup.body import Body, absolute, parse_html
from digest.sources.markup.figures import first_picture, without_credit
from digest.sources.markup.mending import mend
from digest.sources.markup.shown import seen_length
from digest.sources.page.addresses import addresses
from digest.sources.page.extraction import length, read_body
from digest.sources.page.metadata import Metadata, read_metadata
from digest.sources.page.publication import Dated, published
from digest.sources.report import problem
from digest.sources.settings import Reading, SourceSettings
from digest.text.clean import decode
from digest.text.urls import host
from digest.text.words import short_id

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HEAD = 4_096
_SHORTEST_UNNAMED = 20
"""Words: a page that names no author, no date and no article, and says less, is a sign-in or an error page."""

_MOST_SEEN = 3_000_000
"""Characters: two novels and all menus; to take ten million apart into words fills 360 MB."""

_CUT_OFF = ("…", "...", "[…]", "[...]")


def parse(document: Document, settings: SourceSettings, reading: Reading) -> Iterator[Sighting | Problem]:
    """Yield the article of a page, or the problem that there is none."""
    found = _CHARSET.search(document.body[:_HEAD])
    declared = document.charset or (found[1].decode("ascii") if found else "")
    tree = parse_html(decode(document.body, declared))
    if tree is None:
        yield problem(document, "the page is empty", hint="save it again")
        return
    if said := _too_much(tree, document):
        yield problem(document, f"its text has {said:,} characters: it was not read", hint="a page is one article")
        return
    mend(tree)
    address = document.page_url or (document.url if host(document.url) else "")
    metadata = read_metadata(tree, address)
    body = read_body(tree, address or reading.site, metadata)
    if not metadata.title or not _is_article(body, metadata):
        missing = "no article" if metadata.title else "no headline"
        yield problem(document, f"the page holds {missing}", hint="is it an article's own page, saved whole?")
        return
    date = published(metadata, tree, reading, address)
    if isinstance(date, DigestError):
        yield undated(document, date)
        date = None
    yield _sighting(document, settings, reading, _Read(tree, address, metadata, body), date)


def _too_much(tree: Any, document: Document) -> int:  # noqa: ANN401 - lxml has no types
    """Return how many characters a page shows, where no article has so many; else 0.

    What scripts, styles and pictures' addresses hold makes no story long.
    """
    seen = seen_length(tree) if len(document.body) > _MOST_SEEN else 0
    return seen if seen > _MOST_SEEN else 0


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read from a page."""

    tree: Any
    address: str
    metadata: Metadata
    body: Body


def _is_article(body: Body, metadata: Metadata) -> bool:
    """Tell whether a page holds an article: text, of some length where nothing but the text says so."""
    return bool(body.blocks) and (metadata.is_article or length(body) >= _SHORTEST_UNNAMED)


def _sighting(
    document: Document, settings: SourceSettings, reading: Reading, page: _Read, date: Dated | None
) -> Sighting:
    metadata, body = page.metadata, page.body
    said = [each for each in metadata.witnesses if not (date and date.witness and each.field == "published")]
    dated = [Witness(field="published", name=date.witness)] if date and date.witness else []
    cut = metadata.dek.endswith(_CUT_OFF)
    at = addresses(page.tree, metadata.canonical, page.address, document.moved_from)
    named = [Witness(field="url", name=at.by)] if at.by else []
    return Sighting(
        source=settings.name,
        url=at.url,
        also_at=at.also_at,
        guid="" if at.url else f"page:{short_id(metadata.title + chr(10) + body.blocks[0].text)}",
        title=metadata.title,
        dek="" if cut or metadata.dek.casefold() == metadata.title.casefold() else metadata.dek,
        kicker=metadata.kicker,
        kind=metadata.kind,
        section=metadata.section or settings.section,
        tags=metadata.tags,
        authors=metadata.authors,
        published=in_its_zone(date.moment, (*metadata.dates, *metadata.shown), reading) if date else None,
        precision=date.moment.precision if date else "instant",
        date_source=date.source if date else None,
        updated=instant(metadata.updated, reading),
        blocks=body.blocks,
        image=_image(page, reading),
        language=settings.language or metadata.language,
        also_in=at.also_in,
        left_out=(*((Cut(text=metadata.dek, why="cut off"),) if cut else ()), *body.left_out),
        witnesses=(*said, *dated, *named),
        seen_at=document.retrieved_at,
    )


def _image(page: _Read, reading: Reading) -> Image | None:
    """Return the picture that the metadata name, with the words of the figure that shows it, else the first figure."""
    metadata, base = page.metadata, page.address or reading.site
    url = absolute(metadata.image, base)
    within = ("article", "main")
    figures = (each for each in page.tree.iter("figure") if next(each.iterancestors(*within), None) is not None)
    shown = first_picture(page.tree, base, like=url) if url else first_picture(next(figures, None), base)
    if not url:
        return shown
    picture = shown or Image()
    caption, credit = without_credit(picture.caption or metadata.caption, picture.credit or metadata.credit)
    return replace(picture, url=url, alt=picture.alt or metadata.alt, caption=caption, credit=credit)
