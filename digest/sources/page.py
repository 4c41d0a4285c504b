"""A saved page into one sighting: the only door to trafilatura and htmldate. Loads them: import it where it is needed.

trafilatura's precision mode gives the cleanest leads and nothing at all on one page of twenty; its default mode is
asked then. htmldate is asked last and without its extensive search, and what it says is only a guess.
"""

import copy
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import htmldate
import trafilatura

from digest.errors import DigestError
from digest.model.article import Block, Cut, DateSource, Document, Image, Problem, Sighting, Witness
from digest.sources.body import Body, absolute, parse_html, read_tree
from digest.sources.boxes import marked_box
from digest.sources.datelines import date_in_path
from digest.sources.dating import in_its_zone, instant, moment, undated
from digest.sources.figures import first_picture, without_credit
from digest.sources.heading import dek_node
from digest.sources.mending import behind_headline, mend
from digest.sources.metadata import Metadata, read_metadata
from digest.sources.report import problem
from digest.sources.settings import Reading, SourceSettings
from digest.text.clean import clean_text, decode
from digest.text.dates import Moment
from digest.text.urls import canonical_url, host
from digest.text.words import short_id, words

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HEAD = 4_096
_SHORTEST_BODY = 50
"""Words: a body that is shorter may be all that precision mode left of a longer one."""

_SHORTEST_UNNAMED = 20
"""Words: a page that names no author, no date and no article, and says less, is a sign-in or an error page."""

_LABEL = 8
"""Words: a line that opens a body with fewer, and ends without a stop, is a label and no sentence."""

_STOPS = frozenset(".!?…:;\"'”’»)。！？؟।")
_APART = timedelta(hours=36)
"""A bare day and an instant on it, in two zones, are less apart."""

_CUT_OFF = ("…", "...", "[…]", "[...]")

for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)  # what they would log is in our report


def parse(document: Document, settings: SourceSettings, reading: Reading) -> Iterator[Sighting | Problem]:
    """Yield the article of a page, or the problem that there is none."""
    found = _CHARSET.search(document.body[:_HEAD])
    declared = document.charset or (found[1].decode("ascii") if found else "")
    tree = parse_html(decode(document.body, declared))
    if tree is None:
        yield problem(document, "the page is empty", hint="save it again")
        return
    mend(tree)
    address = document.page_url or (document.url if host(document.url) else "")
    metadata = read_metadata(tree, address)
    body = _opened(_extracted(tree, address or reading.site, metadata), metadata)
    if not metadata.title or not _is_article(body, metadata):
        missing = "no article" if metadata.title else "no headline"
        yield problem(document, f"the page holds {missing}", hint="is it an article's own page, saved whole?")
        return
    date = _date(metadata, tree, reading, address)
    if isinstance(date, DigestError):
        yield undated(document, date)
        date = None
    yield _sighting(document, settings, reading, _Read(tree, address, metadata, body), date)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date, the kind of witness that says it, and its name where the metadata do not know it."""

    moment: Moment
    source: DateSource
    witness: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read from a page."""

    tree: Any
    address: str
    metadata: Metadata
    body: Body


def _is_article(body: Body, metadata: Metadata) -> bool:
    """Tell whether a page holds an article: text, of some length where nothing but the text says so."""
    return bool(body.blocks) and (metadata.is_article or _length(body) >= _SHORTEST_UNNAMED)


def _length(body: Body) -> int:
    return sum(len(words(block.text)) for block in body.blocks)


def _extracted(tree: Any, base: str, metadata: Metadata) -> Body:  # noqa: ANN401 - lxml has no types
    """Return the body that trafilatura finds, as blocks."""
    story, cuts = _pruned(tree, metadata)
    body = Body()
    for precise in (True, False):
        found: Any = trafilatura.bare_extraction(
            story, favor_precision=precise, include_comments=False, include_links=True, include_formatting=True
        )
        body = read_tree(found.body, base) if found else Body()
        if _length(body) >= _SHORTEST_BODY:
            break
    return replace(body, left_out=(*cuts, *body.left_out))


def _pruned(tree: Any, metadata: Metadata) -> tuple[Any, tuple[Cut, ...]]:  # noqa: ANN401 - lxml has no types
    """Return a page without what its markup calls no part of the story (trafilatura keeps some of it), and that.

    A caption goes with its picture, and a dek that says what the known one says is known: neither is told as left out.
    """
    story = copy.deepcopy(tree)
    if metadata.headline is not None:
        behind_headline(story, story.xpath(tree.getroottree().getpath(metadata.headline))[0])
    boxes = {node: why for node in story.iter() if isinstance(node.tag, str) and (why := marked_box(node))}
    shown = dek_node(story)
    if shown is not None:
        boxes.setdefault(shown, "dek")
    outer = {node: why for node, why in boxes.items() if not any(above in boxes for above in node.iterancestors())}
    cuts = [Cut(text=clean_text(" ".join(node.itertext())), why=why) for node, why in outer.items()]
    for node in outer:
        node.drop_tree()
    return story, tuple(cut for cut in cuts if cut.text not in {"", metadata.dek} and cut.why != "caption")


def _opened(body: Body, metadata: Metadata) -> Body:
    """Return the body from its first sentence on: without headline, names, dates and labels before it.

    A first paragraph that says what the dek says stays: most often the dek was made from it.
    """
    known = {text.casefold() for text in (metadata.title, metadata.section, metadata.site, *metadata.authors) if text}
    start = 0
    for block in body.blocks:
        text = block.text.casefold()
        is_dek = block.kind == "heading" and text == metadata.dek.casefold()
        if not (is_dek or text in known or (block.kind == "paragraph" and _is_label(block))):
            break
        start += 1
    cuts = tuple(Cut(text=block.text, why="opening") for block in body.blocks[:start])
    return replace(body, blocks=body.blocks[start:], left_out=(*cuts, *body.left_out))


def _is_label(block: Block) -> bool:
    return block.text[-1] not in _STOPS and len(words(block.text)) < _LABEL


def _date(
    metadata: Metadata,
    tree: Any,  # noqa: ANN401 - lxml has no types
    reading: Reading,
    address: str,
) -> _Dated | DigestError | None:
    """Return when the article was published, and who says so: the page, or only a guess.

    What the page shows its readers is believed where it is earlier than what it tells machines: that is often the day
    on which a page was moved into another system.
    """
    stated = moment(metadata.published, reading)
    shown = _first_shown(metadata, reading)
    if isinstance(stated, Moment):
        return _Dated(shown, "page", "markup") if shown and _earlier(shown, stated) else _Dated(stated, "page")
    if shown:
        return _Dated(shown, "page", "markup")
    for url in (*metadata.canonical, address):
        if isinstance(day := moment(date_in_path(url), reading), Moment):
            return _Dated(day, "page", "url")
    found = htmldate.find_date(
        copy.deepcopy(tree), original_date=True, extensive_search=False, max_date=f"{reading.now:%Y-%m-%d}"
    )
    guess = moment(found or "", reading)
    return _Dated(guess, "guess", "htmldate") if isinstance(guess, Moment) else stated


def _first_shown(metadata: Metadata, reading: Reading) -> Moment | None:
    """Return the first date that a page shows near its headline, can be read, and is not still to come."""
    dates = (moment(text, reading) for text in metadata.shown)
    return next((date for date in dates if isinstance(date, Moment) and date.instant <= reading.now), None)


def _earlier(shown: Moment, stated: Moment) -> bool:
    """Tell whether a date that is shown is a day before one that is stated; the clocks of two zones are no such day."""
    return stated.instant - shown.instant > _APART


def _sighting(
    document: Document, settings: SourceSettings, reading: Reading, page: _Read, date: _Dated | None
) -> Sighting:
    metadata, body = page.metadata, page.body
    said = [each for each in metadata.witnesses if not (date and date.witness and each.field == "published")]
    dated = [Witness(field="published", name=date.witness)] if date and date.witness else []
    cut = metadata.dek.endswith(_CUT_OFF)
    url = _url(page)
    return Sighting(
        source=settings.name,
        url=url,
        guid="" if url else f"page:{short_id(metadata.title + chr(10) + body.blocks[0].text)}",
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
        left_out=(*((Cut(text=metadata.dek, why="cut off"),) if cut else ()), *body.left_out),
        witnesses=(*said, *dated),
        seen_at=document.retrieved_at,
    )


def _url(page: _Read) -> str:
    """Return the address that a page gives itself, of its own host where that is known, else where it was found."""
    for href in page.metadata.canonical:
        url = canonical_url(absolute(href, page.address))
        if url and host(page.address) in {"", host(url)}:
            return url
    return canonical_url(page.address)


def _image(page: _Read, reading: Reading) -> Image | None:
    """Return the picture that the metadata name, with the words of the figure that shows it, else the first figure."""
    metadata, base = page.metadata, page.address or reading.site
    url = absolute(metadata.image, base)
    figures = page.tree.xpath("//article//figure | //main//figure") or [None]
    shown = first_picture(page.tree, base, like=url) if url else first_picture(figures[0], base)
    if not url:
        return shown
    picture = shown or Image()
    caption, credit = without_credit(picture.caption or metadata.caption, picture.credit or metadata.credit)
    return replace(picture, url=url, alt=picture.alt or metadata.alt, caption=caption, credit=credit)
