"""Live blogs: the newest entry stands first, so their first sentences are the latest news and no opening."""

import re
from typing import Final

from digest.model.article import Article

STAMPS: Final = 3
"""A story with as many lines that are nothing but a time of day is written as it happens."""

_NEAR: Final = 60
"""Blocks that are looked at: a live blog shows what it is near its top."""

_STAMP: Final = (
    r"(?:\d{1,2}[.:h]\d\d(?::\d\d)?|\d{1,2}(?= ?[ap]\.?m))"
    r"(?: ?[ap]\.?m\.?)?(?: ?(?:uhr|gmt|utc|bst|ce?s?t|[ecmp][sd]?t))?(?: ?[-–—|•·].{0,40})?"
)
_LONGEST_STAMP: Final = 60
_TITLES: Final = (
    r"\b(?:live ?blog|live updates?|as it happened|(?:live|news)ticker)\b|[:|–—-] ?live\Z|"
    r"\A(?:live|minute by minute) ?[:|–—-] "
)


def is_live(article: Article) -> bool:
    """Tell whether an article is a live blog: by its headline, or by the times of day between its paragraphs."""
    if re.search(_TITLES, article.title.casefold()):
        return True
    lines = (block.text.strip() for block in article.blocks[:_NEAR])
    return sum(bool(_is_stamp(line)) for line in lines) >= STAMPS


def _is_stamp(line: str) -> bool:
    short = len(line) <= _LONGEST_STAMP and line[:1].isdecimal()
    return short and re.fullmatch(_STAMP, line.casefold()) is not None
