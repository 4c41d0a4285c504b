"""How long a lead may be."""

import re
from dataclasses import dataclass
from typing import Final

# Han, kana and Thai put no space between words.
_UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Budget:
    """The fewest words that make a lead, and the most that it may have."""

    at_least: int
    at_most: int


def length(text: str) -> int:
    """Return how many words a reader counts: what stands between spaces, and two characters where none are put."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2
