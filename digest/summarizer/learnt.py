"""Furniture that the archive has learnt: lines that many pages of one source have in common."""

from dataclasses import replace
from typing import Final

from digest.model.article import Article, Cut

LEARNT: Final = 5
"""Pages of one source that must have a line before it is furniture: two parts of a series share their preamble."""

_PROSE: Final = ("paragraph", "answer")


def without_repeated(article: Article, lines: frozenset[str]) -> tuple[Article, tuple[Cut, ...]]:
    """Return an article without the blocks that say one of some lines, and those blocks.

    Where no paragraph would be left, it is the story itself that is repeated, and stays.
    """
    kept = tuple(block for block in article.blocks if block.text not in lines)
    if len(kept) == len(article.blocks) or not any(block.kind in _PROSE for block in kept):
        return article, ()
    cuts = tuple(Cut(text=block.text, why="repeated") for block in article.blocks if block.text in lines)
    return replace(article, blocks=kept), cuts
