"""Pages whose markup is broken, mended as far as their article is concerned."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from lxml import etree

_ASIDE: Final = frozenset(("aside", "button", "footer", "form", "header", "nav", "noscript", "select"))
_FEWEST: Final = 6
"""Paragraphs: a page with fewer tells nothing by where they stand."""


def mend(tree: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Make plain boxes of elements that are meant to stand beside a story, and hold it.

    Where a button or a menu is not closed, or holds what the parser does not know, all that follows lands in it. An
    element that holds half of a page's paragraphs, or its main part, is no aside whatever its tag says.
    """
    paragraphs = list(tree.iter("p"))
    held: Counter[Any] = Counter()
    for paragraph in paragraphs:
        held.update(above for above in paragraph.iterancestors() if above.tag in _ASIDE)
    holders = {above for main in tree.iter("main") for above in main.iterancestors()}
    for node in [*held, *holders]:
        whole = len(paragraphs) >= _FEWEST and 2 * held[node] >= len(paragraphs)
        if node.tag in _ASIDE and (node in holders or whole):
            node.tag = "div"


def behind_headline(tree: Any, headline: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Take away what stands before the headline, where most of the page's paragraphs stand behind it.

    Banners, menus and the openings of other stories stand there; what trafilatura keeps of them would open the lead.
    """
    paragraphs = list(tree.iter("p"))
    before = [node for above in (headline, *headline.iterancestors()) for node in above.itersiblings(preceding=True)]
    lost = sum(1 for node in before for _ in node.iter("p"))
    if len(paragraphs) >= _FEWEST and 2 * lost < len(paragraphs):
        for node in before:
            if node.tag != "head":
                node.drop_tree()


def with_paragraphs(tree: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Make paragraphs of the text that stands loose between the blocks of a box, or between two empty lines.

    A browser makes them too (CSS calls them anonymous boxes), and extractors take such text apart at its links. Empty
    marks inside a text (a page's number, an anchor) go first: trafilatura takes the text behind them away with them,
    and closes the gap.
    """
    for node in reversed(list(tree.iter(*_MARKS))):
        if _is_empty_mark(node):
            node.drop_tag()
    for node in [each for each in tree.iter(*_HOLDERS) if _is_loose(each)]:
        runs = _runs(node)
        if node.tag == "p":
            node.tag = "div"
        for run in runs:
            _wrap(node, run)


_MARKS: Final = (
    "a",
    "abbr",
    "b",
    "cite",
    "em",
    "font",
    "i",
    "ins",
    "mark",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
)

_HOLDERS: Final = ("article", "blockquote", "div", "main", "p", "section", "td")
_INLINE: Final = frozenset(
    (
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
        ),
        *("mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_LOOSE: Final = 8
"""Words: a loose text with fewer may be a label."""


def _is_empty_mark(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether an element inside a text holds nothing, and a text goes on behind it."""
    return not len(node) and not (node.text or "").strip() and bool((node.tail or "").strip())


def _is_loose(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether a box has text of its own between other boxes or empty lines."""
    own = len((node.text or "").split()) + sum(len((child.tail or "").split()) for child in node)
    apart = any(child.tag not in _INLINE and child.tag != "br" for child in node) or _is_broken(node)
    return own >= _LOOSE and apart


def _is_broken(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    return any(_is_break(one) and _is_break(other) and not (one.tail or "").strip() for one, other in pairwise(node))


def _is_break(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    return bool(node.tag == "br")


def _runs(node: Any) -> list[list[Any]]:  # noqa: ANN401 - lxml has no types
    """Return the runs of loose text and inline elements in a box, as the elements between whose tails they stand.

    Each begins with what it stands behind: an element, or None for the beginning of the box.
    """
    runs: list[list[Any]] = [[None]]
    for child in node:
        broken = _is_break(child) and runs[-1][-1] is not None and _is_break(runs[-1][-1])
        ends = child.tag not in _INLINE and not _is_break(child)
        if ends or (broken and not (runs[-1][-1].tail or "").strip()):
            runs.append([child])
        else:
            runs[-1].append(child)
    return [run for run in runs if _says(node, run) >= _LOOSE]


def _says(node: Any, run: Sequence[Any]) -> int:  # noqa: ANN401 - lxml has no types
    """Return how many loose words a run has."""
    first = node.text if run[0] is None else run[0].tail
    return len((first or "").split()) + sum(len((each.tail or "").split()) for each in run[1:])


def _wrap(node: Any, run: Sequence[Any]) -> None:  # noqa: ANN401 - lxml has no types
    paragraph = etree.Element("p")
    if run[0] is None:
        paragraph.text, node.text = node.text, None
        node.insert(0, paragraph)
    else:
        paragraph.text, run[0].tail = run[0].tail, None
        run[0].addnext(paragraph)
    for each in run[1:]:
        paragraph.append(each)
