"""Deks that nobody wrote: systems make them of a story's first words."""

from collections.abc import Sequence

from digest.model.article import Block
from digest.text.words import words

_ENOUGH = 8
"""Words: two texts that begin with so many of the same are one."""


def is_opening(dek: str, blocks: Sequence[Block]) -> bool:
    """Tell whether a dek is only how the story begins, over several paragraphs perhaps."""
    said = words(dek)
    told: list[str] = []
    for block in blocks:
        told += words(block.text)
        if len(told) >= len(said):
            break
    least = min(len(said), max(_ENOUGH, len(said) // 2))
    return bool(said) and tuple(told[:least]) == said[:least]
