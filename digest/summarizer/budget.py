"""How long a lead may be."""

import re
from typing import Final, NamedTuple

# Thai, kana and Han put no space between words. A pattern takes as long to compile as its scripts have characters.
_THAI: Final = "[\u0e00-\u0e7f]"
_KANA_AND_HAN: Final = "[\u3040-\u30ff\u3400-\u9fff]"


class Budget(NamedTuple):
    """The fewest words that make a lead, and the most that it may have."""

    at_least: int
    at_most: int


def length(text: str) -> int:
    """Return how many words a reader counts: what stands between spaces, and two characters where none are put.

    A half counts as one, so that sentences together are never longer than one by one.
    """
    spaced = len(text.split())
    if text.isascii():
        return spaced
    unspaced = len(re.findall(_THAI, text))
    if max(text) >= "\u3040":
        unspaced += len(re.findall(_KANA_AND_HAN, text))
    return spaced + (unspaced + 1) // 2
