"""What a page shows around its headline, line by line: where by-lines and dates stand."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from lxml import etree

from digest.sources.markup.boxes import is_named
from digest.text.clean import clean_text

_SILENT: Final = frozenset(
    (
        *("aside", "audio", "button", "canvas", "figure", "form", "iframe", "img", "input", "nav", "noscript"),
        *("object", "picture", "script", "select", "style", "svg", "template", "textarea", "video"),
    )
)
_INLINE: Final = frozenset(
    (
        *("a", "abbr", "b", "bdi", "br", "cite", "code", "em", "font", "i", "ins", "mark", "q", "s", "small", "span"),
        *("strong", "sub", "sup", "time", "u", "wbr"),
    )
)
_UNSEEN: Final = ("noscript", "script", "style", "template")
_ELSEWHERE: Final = frozenset(
    ("comment", "comments", "related", "recommended", "trending", "breadcrumb", "breadcrumbs"),
)
"""Class names of boxes whose by-lines and dates are not the story's."""

LONGEST: Final = 160
"""Characters of a line: the longest by-line seen, with titles, dates and reading time, has some 140."""

_LINES: Final = 40
_PROSE: Final = 2
"""Paragraphs of more than a line: the dek may be one; behind two the story has begun."""

_ABOVE: Final = 12
"""Lines above the headline: by-lines and dates stand there on one page of ten."""

_UP: Final = 5
"""Levels above the headline in which the lines above it are looked for."""


class Line(NamedTuple):
    """A line that a page shows, and the element that holds it; `whole`: and holds nothing else."""

    node: Any
    text: str
    whole: bool = True


def seen_text(node: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return what an element shows, without scripts and styles, as one line."""
    return clean_text(" ".join(_texts(node)))


def short_text(node: Any, longest: int = LONGEST) -> str | None:  # noqa: ANN401 - lxml has no types
    """Return an element's text, None where it is longer than `longest` characters (it is not read to its end)."""
    pieces: list[str] = []
    length = 0
    for text in _texts(node):
        if text.strip():
            pieces.append(text)
            length += len(text.strip()) + 1
            if length > longest + 1:
                return None
    return clean_text(" ".join(pieces))


def seen_length(node: Any) -> int:  # noqa: ANN401 - lxml has no types
    """Return how many characters of text an element shows, white space and all."""
    return sum(map(len, _texts(node)))


def lines_near(headline: Any) -> Iterator[Line]:  # noqa: ANN401 - lxml has no types
    """Yield the lines below a headline until the story has begun, then those above it, the nearest first."""
    if headline is not None:
        yield from _below(headline)
        yield from _above(headline)


def lines_in(node: Any) -> Iterator[Line]:  # noqa: ANN401 - lxml has no types
    """Yield the lines in an element: the text of each short part; for a long paragraph an empty one. No recursion."""
    waiting: list[tuple[Any, str | None]] = [(node, None)]
    while waiting:
        at, tail = waiting.pop()
        if tail is not None:
            text = clean_text(tail)
            yield Line(at, text if len(text) <= LONGEST else "", whole=False)
            continue
        if not isinstance(at.tag, str) or at.tag in _SILENT or is_named(at, _ELSEWHERE):
            continue
        short = short_text(at)
        if short is not None:
            if short:
                yield Line(at, short)
            continue
        if all(child.tag in _INLINE for child in at):
            yield Line(at, "", whole=False)
            continue
        for child in reversed(at):
            if child.tail and child.tail.strip():
                waiting.append((at, child.tail))
            waiting.append((child, None))
        if at.text and at.text.strip():
            waiting.append((at, at.text))


def _below(headline: Any) -> Iterator[Line]:  # noqa: ANN401 - lxml has no types
    shown, prose, node = 0, 0, headline
    while node is not None:
        if node.tail and node.tail.strip() and node is headline:
            yield Line(node.getparent(), clean_text(node.tail)[:LONGEST], whole=False)
        for sibling in node.itersiblings():
            for line in lines_in(sibling):
                shown, prose = shown + 1, prose + (not line.text)
                if shown > _LINES or prose > _PROSE:
                    return
                if line.text:
                    yield line
        node = node.getparent()


def _above(headline: Any) -> Iterator[Line]:  # noqa: ANN401 - lxml has no types
    shown, node = 0, headline
    for _ in range(_UP):
        if node is None or node.tag in {"body", "html"}:
            return
        for sibling in node.itersiblings(preceding=True):
            for line in reversed([line for line in lines_in(sibling) if line.text]):
                shown += 1
                if shown > _ABOVE:
                    return
                yield line
        node = node.getparent()


def _texts(node: Any) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    """Return an element's texts in order, but for what nobody sees."""
    is_seen = next(node.iter(*_UNSEEN), None) is None
    return node.itertext() if is_seen else _seen_texts(node)


def _seen_texts(node: Any) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, each in walk:
        if event == "end":
            yield (each.tail or "") if each is not node else ""
        elif each.tag in _UNSEEN:
            walk.skip_subtree()
        else:
            yield each.text or ""
