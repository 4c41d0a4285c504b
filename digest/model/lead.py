"""The paragraph under a headline."""

from dataclasses import dataclass
from typing import Literal

from digest.model.article import Cut

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
class Draft:
    """A text that a model wrote for an article, as it came; `fault` says why there is none."""

    text: str = ""
    model: str = ""
    fault: str = ""
