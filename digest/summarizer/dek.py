"""Whether a dek can stand as the lead. Of 1,006 deks of real pages, one in eight was cut off or broken in some way."""

from typing import Final

from digest.model.article import Article
from digest.summarizer.budget import Budget, length
from digest.summarizer.furniture import furniture
from digest.summarizer.quotations import after
from digest.text.words import words

SHORTEST: Final = 8
"""The fewest words of a sound dek, and of any lead that is worth printing; the median dek has 23."""

_CUT_ENDS: Final = ("...", "…", "...]", "…]", ",", ";", ":", "-", "–", "—")
# A sentence does not end on these; a description that was cut at a number of characters often does.
_HANGING: Final = frozenset(
    word
    for line in (
        "a an the and or but of to for with from by at as that which who whose is are was were than",
        "its their his her your my our this und der die das et le la les de du des y el los las que",
    )
    for word in line.split()
)


def fault(article: Article, budget: Budget) -> str:
    """Return why the article's dek cannot be its lead, as the rest of "the dek …"; "" when it can."""
    dek = " ".join(article.dek.split())
    if not dek:
        return "is missing"
    return _fault_of_words(dek, article) or _fault_of_length(length(dek), budget)


def shown(article: Article) -> str:
    """Return the dek as it may stand between headline and lead; "" where it is broken, or opens as the story does.

    A dek that is the whole of the first paragraph is shown, and the lead goes on behind it. One that is only its
    beginning, or begins as it does and breaks off, was made from it by a machine: the story says it better.
    """
    dek = " ".join(article.dek.split())
    return "" if not dek or _fault_of_words(dek, article) or _opens_the_story(words(dek), article) else dek


def _opens_the_story(dek: tuple[str, ...], article: Article) -> bool:
    texts = (block.text for block in article.blocks if block.kind in {"paragraph", "answer"})
    first = words(next((text for text in texts if not furniture(text)), ""))
    same = next((at for at, (one, other) in enumerate(zip(dek, first, strict=False)) if one != other), None)
    same = min(len(dek), len(first)) if same is None else same
    whole = same == len(first)
    if whole and first:
        return len(dek) > LONGEST_SHOWN
    return same >= SHORTEST and same * 10 >= len(dek) * _ALIKE


LONGEST_SHOWN: Final = 60
"""Words: a dek with more that opens as the story does is the story's beginning, which the lead tells."""

_ALIKE: Final = 6
"""Tenths of a dek that open the story word by word: with more than half it says nothing else."""


def _fault_of_words(dek: str, article: Article) -> str:
    why = furniture(dek)
    if why:
        return f"is no part of the story ({why})"
    if words(dek) == words(article.title):
        return "repeats the headline"
    if _is_cut(dek, article):
        return "is cut off"
    return "" if after(dek).closed else "has an open quotation or bracket"


def _fault_of_length(count: int, budget: Budget) -> str:
    if count < SHORTEST:
        return f"has only {count} words"
    return f"has {count} words, more than {budget.at_most}" if count > budget.at_most else ""


def _is_cut(dek: str, article: Article) -> bool:
    """Tell whether the dek breaks off: by its end, or because the story holds the same words and goes on."""
    if dek.endswith(_CUT_ENDS) or dek.rpartition(" ")[2].casefold() in _HANGING:
        return True
    if dek[-1] in '.!?…。！？؟"”’»)':
        return False
    return any(_goes_on(" ".join(block.text.split()), dek) for block in article.blocks)


def _goes_on(text: str, dek: str) -> bool:
    """Tell whether a paragraph holds the dek and carries its last sentence on."""
    at = text.find(dek)
    return at >= 0 and text[at + len(dek) : at + len(dek) + 1] not in {"", ".", "!", "?", "…"}
