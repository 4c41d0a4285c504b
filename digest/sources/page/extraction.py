"""The body of a page: what trafilatura finds, from the story's own beginning on. Loads it: 200 ms.

trafilatura's precision mode gives the cleanest leads and nothing at all on one page of twenty; its other modes are
asked then, and where what it gives begins in the middle of the page.
"""

import copy
import logging
from dataclasses import replace
from itertools import islice
from typing import Any, Literal

import trafilatura

from digest.model.article import Block, Cut
from digest.sources.markup.body import Body, read_tree
from digest.sources.markup.boxes import is_note, marked_box
from digest.sources.markup.mending import behind_headline, with_paragraphs
from digest.sources.page.beginning import earliest, is_late, paragraphs, with_opening, without_stray
from digest.sources.page.heading import dek_node
from digest.sources.page.metadata import Metadata
from digest.text.clean import clean_text
from digest.text.words import words

_SHORTEST_BODY = 50
"""Words: a body that is shorter may be all that precision mode left of a longer one."""

_BLOB = 300
"""Words: no paragraph has as many."""

_CROWDED = 3_000
"""Elements that begin a line: the fullest of 200 real pages has 2,729. Over runs of short lines jusText, to which
trafilatura turns where it finds little, takes quadratic time: 5 s for 6,600, nine minutes for 50,000.
"""

_LINES = (
    *("blockquote", "br", "caption", "dd", "div", "dl", "dt", "fieldset", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("legend", "li", "optgroup", "option", "p", "pre", "table", "td", "textarea", "th", "tr", "ul"),
)

Mode = Literal["precise", "default", "recall"]
_MODES: tuple[Mode, ...] = ("precise", "default", "recall")
"""trafilatura's modes, in the order in which they are asked."""

_LABEL = 8
"""Words: a line that opens a body with fewer, and ends without a stop, is a label and no sentence."""

_STOPS = frozenset(".!?…:;\"'”’»)。！？؟।")

logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)  # what it would log is in our report


def read_body(tree: Any, base: str, metadata: Metadata) -> Body:  # noqa: ANN401 - lxml has no types
    """Return the body that trafilatura finds, as blocks, from the story's own beginning on."""
    story, cuts = _pruned(tree, metadata)
    body = Body()
    for mode in _MODES:
        tried = _tried(story, base, mode)
        if mode == "precise" or length(tried) >= _SHORTEST_BODY or not body.blocks:
            body = tried
        if length(body) >= _SHORTEST_BODY and not _is_blob(body):
            break
    page = paragraphs(story)
    if body.blocks and is_late(page, body):
        body = earliest(page, [body, *(_tried(story, base, mode) for mode in _MODES[1:])])
    body = without_stray(page, with_opening(page, body, base))
    return _opened(replace(body, left_out=(*cuts, *body.left_out)), metadata)


def length(body: Body) -> int:
    """Return how many words a body has."""
    return sum(len(words(block.text)) for block in body.blocks)


def _tried(story: Any, base: str, mode: Mode) -> Body:  # noqa: ANN401 - lxml has no types
    """Return the body that one of trafilatura's modes finds."""
    found: Any = trafilatura.bare_extraction(
        story,
        output_format="txt",  # of the tree only; "python", the default, has its text written too
        favor_precision=mode == "precise",
        favor_recall=mode == "recall",
        fast=_is_crowded(story),
        include_comments=False,
        include_links=True,
        include_formatting=True,
    )
    return read_tree(found.body, base) if found else Body()


def _is_crowded(story: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether a page has so many lines that trafilatura is not to ask other extractors: no article has."""
    return next(islice(story.iter(*_LINES), _CROWDED, None), None) is not None


def _is_blob(body: Body) -> bool:
    """Tell whether a body is a page's whole text in one block: trafilatura's last resort."""
    return len(body.blocks) == 1 and length(body) > _BLOB


def _pruned(tree: Any, metadata: Metadata) -> tuple[Any, tuple[Cut, ...]]:  # noqa: ANN401 - lxml has no types
    """Return a page without what its markup calls no part of the story (trafilatura keeps some of it), and that.

    A caption goes with its picture, and a dek that says what the known one says is known: neither is told as left out.
    """
    story = copy.deepcopy(tree)
    if metadata.headline is not None:
        behind_headline(story, _same(story, tree, metadata.headline))
    for note in [node for node in story.iter("sup") if is_note(node)]:
        note.drop_tree()
    with_paragraphs(story)
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


def _same(copied: Any, tree: Any, node: Any) -> Any:  # noqa: ANN401 - lxml has no types
    """Return an element of a tree in the tree's copy; lxml's own paths break on names that foreign markup has."""
    return next(other for each, other in zip(tree.iter(), copied.iter(), strict=True) if each is node)
