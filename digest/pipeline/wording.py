"""Wording: the text under one headline, in the way and the length that are asked for."""

from dataclasses import dataclass

from digest.model.article import Article
from digest.model.edits import Summary
from digest.model.lead import Assignment, Lead
from digest.ports import Writer
from digest.summarizer import Budget, make_lead
from digest.summarizer.lead import noted

NO_MODEL = "digest.toml names no model (writer.model)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How the text under a headline is to be: its way and length, or the editor's own words."""

    mode: Summary = "lead"
    budget: Budget
    hand: str | None = None
    dek_shown: bool = True


def text_of(article: Article, wish: Wish, writer: Writer | None) -> Lead:
    """Return the text under a headline; `writer` (None: there is none) is asked for a model's alone."""
    budget, dek_shown = wish.budget, wish.dek_shown
    if wish.hand is not None or wish.mode != "model":
        return make_lead(article, budget, mode=wish.mode, hand=wish.hand, dek_shown=dek_shown)
    if writer is None:
        return noted(make_lead(article, budget, dek_shown=dek_shown), NO_MODEL)
    from digest.summarizer.written import written  # noqa: PLC0415 - heavy: only where a model is asked for

    draft = writer.draft(Assignment(articles=(article,), at_least=budget.at_least, at_most=budget.at_most))
    return written(draft, article, budget, dek_shown=dek_shown)
