"""Where a story begins: what an extractor took for its opening, held against the paragraphs below the headline.

A wrong beginning spoils a lead and costs an extractor nothing in its own measure, so it is looked at once more. The
paragraphs are those of the page, in its order; a block of the body is found among them by its first words.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final, NamedTuple

from digest.model.article import Cut
from digest.sources.markup.body import Body, read_tree
from digest.sources.markup.boxes import name_words
from digest.sources.markup.shown import seen_text
from digest.summarizer.furniture import furniture
from digest.text.words import words

_BESIDE: Final = frozenset(
    ("aside", "button", "dl", "figure", "footer", "form", "nav", "script", "select", "style", "table")
)
_BLOCKS: Final = frozenset(
    (
        *(
            "article",
            "aside",
            "blockquote",
            "div",
            "dl",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
        ),
        *("header", "main", "nav", "ol", "p", "pre", "section", "table", "ul"),
    )
)
_HOLDERS: Final = frozenset(("blockquote", "div", "p", "section", "td"))
_STOPS: Final = (".", "!", "?", "…", "。", "！", "？", "؟")
_CLOSERS: Final = "\"'”’»)]*"
_SHORTEST: Final = 12
"""Words: what is shorter may be a label, a caption or a button."""

_MOST: Final = 60
"""Paragraphs that are looked at."""

_KEY: Final = 10
"""Words by which a paragraph is known."""

LATE: Final = 8
"""Paragraphs: an extraction that begins behind more of them has begun in the middle of the story, or of another one."""

_MISSED: Final = 2
"""Paragraphs beside the first that must be missing: a single one is most often a caption or a disclosure."""

_APART: Final = 5
"""Steps up and down the tree from a first paragraph to the second: one in the same text makes two or three."""

_STRAY: Final = frozenset(
    (
        *("advertiser", "dek", "deck", "description", "disclaimer", "disclosure", "excerpt", "hero", "notice", "promo"),
        *("related", "shortdescription", "standfirst", "subtitle", "summary", "teaser"),
    )
)
"""Class words of boxes whose text is no first paragraph where it stands apart."""

Key = tuple[str, ...]


class Paragraph(NamedTuple):
    """An element of a page that holds a paragraph of prose, and the words by which it is known."""

    node: Any
    key: Key


def paragraphs(story: Any) -> tuple[Paragraph, ...]:  # noqa: ANN401 - lxml has no types
    """Return a page's paragraphs of prose, in its order."""
    texts = ((node, text) for node in story.iter(*_HOLDERS) if (text := _prose(node)))
    return tuple(Paragraph(node, _key(text)) for node, text in islice(texts, _MOST))


def is_late(page: Sequence[Paragraph], body: Body) -> bool:
    """Tell whether a body begins in the middle of a page's story, or nowhere in it."""
    before = _missed(page, body)
    return len(before) >= LATE or (len(before) == len(page) and len(before) > _MISSED)


def earliest(page: Sequence[Paragraph], bodies: Sequence[Body]) -> Body:
    """Return the body that leaves out the fewest paragraphs before its first one, of several the first."""
    return min(bodies, key=lambda body: len(_missed(page, body)) if body.blocks else len(page) + 1)


def with_opening(page: Sequence[Paragraph], body: Body, base: str) -> Body:
    """Return a body with the paragraphs that stand in one box with its first one, before it, and are not in it."""
    before = _missed(page, body)
    if len(before) in {0, len(page)}:
        return body
    box = page[len(before)].node.getparent()
    beside = [each.node for each in before if each.node.getparent() is box]
    if len(beside) < _MISSED:
        return body
    opening = tuple(block for node in beside for block in read_tree(node, base).blocks)
    return replace(body, blocks=(*opening, *body.blocks))


def without_stray(page: Sequence[Paragraph], body: Body) -> Body:
    """Return a body without a first paragraph that is none: one out of order, or apart in a box with a telling name."""
    prose = [block for block in body.blocks if len(words(block.text)) >= _SHORTEST][: len(("stray", "first", "second"))]
    places: dict[Key, int] = {}
    for at, each in enumerate(page):
        places.setdefault(each.key, at)
    found = [places[key] for block in prose if (key := _key(block.text)) in places]
    if len(found) < len(("stray", "first", "second")) or not _is_stray(page, *found):
        return body
    at = body.blocks.index(prose[0])
    cuts = (*(Cut(text=block.text, why="opening") for block in body.blocks[:at]), Cut(text=prose[0].text, why="apart"))
    return replace(body, blocks=body.blocks[at + 1 :], left_out=(*cuts, *body.left_out))


def _is_stray(page: Sequence[Paragraph], stray: int, first: int, second: int) -> bool:
    if first < second < stray:
        return True
    one, other, next_one = page[stray].node, page[first].node, page[second].node
    apart = _steps(one, other) >= max(_APART, _steps(other, next_one) + 1)
    return apart and not _names(one, other).isdisjoint(_STRAY)


def _missed(page: Sequence[Paragraph], body: Body) -> Sequence[Paragraph]:
    """Return the paragraphs of a page before the first one of a body; all, where none of them is in it."""
    said = {_key(block.text) for block in body.blocks}
    return page[: next((at for at, each in enumerate(page) if each.key in said), len(page))]


def _prose(node: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the text of an element that holds whole sentences and nothing else, outside of what stands beside a story.

    "" of any other element.
    """
    if any(child.tag in _BLOCKS for child in node):
        return ""
    text = seen_text(node)
    count = text.count(" ") + 1
    if count < _SHORTEST or not text.rstrip(_CLOSERS).endswith(_STOPS) or furniture(text):
        return ""
    if any(above.tag in _BESIDE for above in node.iterancestors()):
        return ""
    linked = sum(len(seen_text(link).split()) for link in node.iter("a"))
    return text if 2 * linked < count else ""


def _key(text: str) -> Key:
    return words(text[: _KEY * 20])[:_KEY]


def _steps(one: Any, other: Any) -> int:  # noqa: ANN401 - lxml has no types
    """Return how many steps lead from one element up the tree and down again to another."""
    up = {above: at for at, above in enumerate(one.iterancestors())}
    return next((at + up[above] for at, above in enumerate(other.iterancestors()) if above in up), 0)


def _names(one: Any, other: Any) -> frozenset[str]:  # noqa: ANN401 - lxml has no types
    """Return the class words of an element and of all that it stands in and another one does not."""
    shared = set(other.iterancestors())
    own = [one, *(above for above in one.iterancestors() if above not in shared)]
    return frozenset(word for node in own for word in name_words(node))
