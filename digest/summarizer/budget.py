"""How long a lead may be."""

import re
from dataclasses import dataclass
from typing import Final

# Thai, kana and Han put no space between words. One class of all three would take 4 ms to compile.
_UNSPACED: Final = tuple(re.compile(script) for script in ("[\u0e00-\u0e7f]", "[\u3040-\u30ff]", "[\u3400-\u9fff]"))


@dataclass(frozen=True, slots=True)
class Budget:
    """The fewest words that make a lead, and the most that it may have."""

    at_least: int
    at_most: int


def length(text: str) -> int:
    """Return how many words a reader counts: what stands between spaces, and two characters where none are put."""
    spaced = len(text.split())
    return spaced if text.isascii() else spaced + sum(len(script.findall(text)) for script in _UNSPACED) // 2
