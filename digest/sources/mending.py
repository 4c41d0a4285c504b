"""Pages whose markup is broken, mended as far as their article is concerned."""

from collections import Counter
from typing import Any, Final

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
