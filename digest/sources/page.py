"""A saved page into one sighting: the only door to trafilatura and htmldate. Loads them: import it where it is needed.

trafilatura's precision mode gives the cleanest leads and nothing at all on one page of twenty; its default mode is
asked then. htmldate is asked last and without its extensive search, and what it says is only a guess.
"""

import copy
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import htmldate
import trafilatura

from digest.errors import DigestError
from digest.model.article import Block, Cut, DateSource, Document, Image, Problem, Sighting, Witness
from digest.sources.body import Body, absolute, parse_html, read_tree
from digest.sources.boxes import marked_box
from digest.sources.dating import instant, moment, undated
from digest.sources.figures import first_picture, without_credit
from digest.sources.heading import dek_node
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
    address = document.page_url or (document.url if host(document.url) else "")
    metadata = read_metadata(tree, address)
    body = _opened(_extracted(tree, address or reading.site, metadata.dek), metadata)
    if not metadata.title or not _is_article(body, metadata):
        missing = "no article" if metadata.title else "no headline"
        yield problem(document, f"the page holds {missing}", hint="is it an article's own page, saved whole?")
        return
    date = _date(metadata, tree, reading)
    if isinstance(date, DigestError):
        yield undated(document, date)
        date = None
    yield _sighting(document, settings, reading, _Read(tree, address, metadata, body), date)


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


def _extracted(tree: Any, base: str, dek: str) -> Body:  # noqa: ANN401 - lxml has no types
    """Return the body that trafilatura finds, as blocks."""
    story, cuts = _pruned(tree, dek)
    body = Body()
    for precise in (True, False):
        found: Any = trafilatura.bare_extraction(
            story, favor_precision=precise, include_comments=False, include_links=True, include_formatting=True
        )
        body = read_tree(found.body, base) if found else Body()
        if _length(body) >= _SHORTEST_BODY:
            break
    return replace(body, left_out=(*cuts, *body.left_out))


def _pruned(tree: Any, dek: str) -> tuple[Any, tuple[Cut, ...]]:  # noqa: ANN401 - lxml has no types
    """Return a page without what its markup calls no part of the story (trafilatura keeps some of it), and that.

    A caption goes with its picture, and a dek that says what `dek` says is known: neither is told as left out.
    """
    story = copy.deepcopy(tree)
    boxes = {node: why for node in story.iter() if isinstance(node.tag, str) and (why := marked_box(node))}
    shown = dek_node(story)
    if shown is not None:
        boxes.setdefault(shown, "dek")
    outer = {node: why for node, why in boxes.items() if not any(above in boxes for above in node.iterancestors())}
    cuts = [Cut(text=clean_text(" ".join(node.itertext())), why=why) for node, why in outer.items()]
    for node in outer:
        node.drop_tree()
    return story, tuple(cut for cut in cuts if cut.text not in {"", dek} and cut.why != "caption")


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


def _date(metadata: Metadata, tree: Any, reading: Reading) -> tuple[Moment, DateSource] | DigestError | None:  # noqa: ANN401 - lxml has no types
    """Return when the article was published, and who says so: the page, or only a guess."""
    stated = moment(metadata.published, reading)
    if isinstance(stated, Moment):
        return stated, "page"
    found = htmldate.find_date(
        copy.deepcopy(tree), original_date=True, extensive_search=False, max_date=f"{reading.now:%Y-%m-%d}"
    )
    guess = moment(found or "", reading)
    return (guess, "guess") if isinstance(guess, Moment) else stated


def _sighting(
    document: Document, settings: SourceSettings, reading: Reading, page: _Read, date: tuple[Moment, DateSource] | None
) -> Sighting:
    metadata, body = page.metadata, page.body
    guess = (Witness(field="published", name="htmldate"),) if date and date[1] == "guess" else ()
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
        published=date[0].instant if date else None,
        precision=date[0].precision if date else "instant",
        date_source=date[1] if date else None,
        updated=instant(metadata.updated, reading),
        blocks=body.blocks,
        image=_image(page, reading),
        language=settings.language or metadata.language,
        left_out=(*((Cut(text=metadata.dek, why="cut off"),) if cut else ()), *body.left_out),
        witnesses=(*metadata.witnesses, *guess),
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
