"""Furniture that the archive has learnt: lines that many pages of one source have in common."""

from dataclasses import replace
from typing import Final

from digest.model.article import Article, Cut
from digest.summarizer.items import announces

LEARNT: Final = 5
"""Pages of one source that must have a line before it is furniture: two parts of a series share their preamble."""

_PROSE: Final = ("paragraph", "answer")


def without_repeated(article: Article, lines: frozenset[str]) -> Article:
    """Return an article without the blocks that say one of some lines; these are told in its `left_out`.

    What announces a column's items stays, though every column has it, and so does a question that is put to somebody
    every time, for its answer would be the magazine's own words. Where no paragraph would be left, it is the story
    itself that is repeated, and stays.
    """
    texts = [block.text for block in article.blocks]
    gone = [
        block.text in lines and not announces(block) and (block.kind != "question" or after in {"", *lines})
        for block, after in zip(article.blocks, [*texts[1:], ""], strict=False)  # a link may have no text at all
    ]
    kept = tuple(block for block, out in zip(article.blocks, gone, strict=True) if not out)
    if not any(gone) or not any(block.kind in _PROSE for block in kept):
        return article
    cuts = (Cut(text=block.text, why="repeated") for block, out in zip(article.blocks, gone, strict=True) if out)
    return replace(article, blocks=kept, left_out=(*article.left_out, *cuts))
