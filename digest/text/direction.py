"""Which way a text runs."""

import unicodedata
from typing import Literal


def direction(text: str) -> Literal["ltr", "rtl"] | None:
    """Return the direction of the first letter that has one (Unicode's rule P2), None where no letter does."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return None
