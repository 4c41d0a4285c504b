"""The paragraph under a headline, and the one that opens the issue."""

from dataclasses import dataclass
from typing import Literal

from digest.model.article import Article, Cut

LeadMode = Literal["hand", "dek", "lead", "extract", "model"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Whole sentences and where they come from; `left_out` is the furniture that was passed over.

    `note` says why another mode than the one asked for was used, and which model wrote the text; empty otherwise.
    """

    sentences: tuple[str, ...] = ()
    mode: LeadMode = "lead"
    left_out: tuple[Cut, ...] = ()
    note: str = ""

    @property
    def text(self) -> str:
        """Return the lead as one paragraph."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What a writer is asked for: the text under one article's headline, or the issue's opening from its first ones."""

    part: Literal["lead", "opening"] = "lead"
    articles: tuple[Article, ...]
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text that a model wrote for an assignment, as it came; `fault` says why there is none."""

    text: str = ""
    model: str = ""
    fault: str = ""
