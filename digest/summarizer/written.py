"""A model's text: what holds against its article is printed, whatever else gives way to the story's opening."""

import re
from collections.abc import Sequence
from typing import Final

from digest.model.article import Article
from digest.model.lead import Draft, Lead
from digest.summarizer.apportion import strange
from digest.summarizer.budget import Budget, length
from digest.summarizer.dek import SHORTEST
from digest.summarizer.furniture import furniture
from digest.summarizer.lead import make_lead, noted
from digest.summarizer.quotations import after
from digest.summarizer.sentences import split
from digest.text.clean import clean_text
from digest.text.words import words

# "Here is a summary of the article:" on a line of its own, or before the text.
_ANNOUNCED: Final = re.compile(
    r"(?:sure|certainly|of course|okay)?[!,.]? ?(?:here(?:'s| is| are)|summary|lead|tl;dr)[^:\n]{0,80}:\s*",
    re.IGNORECASE,
)
_MARKS: Final = re.compile(
    r"^\s*(?:[-*•] |#{1,6} )|\*{1,3}|`{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)", re.MULTILINE
)
_DOUBLE: Final = frozenset('"“”')
_STOPS: Final = (".", "!", "?", "…", "。", "！", "？", "؟")


def written(draft: Draft, article: Article, budget: Budget, *, dek_shown: bool = True) -> Lead:
    """Return a model's text as the lead where it holds against the article; else the story's opening, and why.

    What is too long for the budget is cut behind a whole sentence. What it says is held against the article by
    `grounding`; a text that holds is still a model's: it is marked, and a person approves it before it is sent.
    """
    lead = held(draft, (article,), budget)
    return lead if lead.sentences else noted(make_lead(article, budget, dek_shown=dek_shown), lead.note)


def held(draft: Draft, articles: Sequence[Article], budget: Budget) -> Lead:
    """Return a model's text where it holds against the articles that it tells of; else no sentence, and why."""
    sentences = _fitting(split(tidy(draft.text)), budget)
    why = _fault(draft, sentences, articles)
    if why:
        return Lead(note=why)
    return Lead(sentences=sentences, mode="model", note=f"by the model {draft.model}")


def tidy(text: str) -> str:
    """Return a model's answer as one line of plain text: without mark-up, and without "Here is a summary:"."""
    plain = " ".join(clean_text(_MARKS.sub("", text)).split())
    told = _ANNOUNCED.match(plain.replace("’", "'"))
    plain = plain[told.end() :] if told else plain
    inside = plain[1:-1]
    quoted = (plain[:1], plain[-1:]) in {('"', '"'), ("“", "”")} and _DOUBLE.isdisjoint(inside)
    return inside.strip() if quoted and inside else plain


def _fitting(sentences: tuple[str, ...], budget: Budget) -> tuple[str, ...]:
    """Return as many of the first sentences as fit and are whole."""
    count, fitting = 0, 0
    for at, sentence in enumerate(sentences, 1):
        count += length(sentence)
        if count > budget.at_most:
            break
        if after(" ".join(sentences[:at])).closed and _ends(sentence):
            fitting = at
    return sentences[:fitting]


def _ends(sentence: str) -> bool:
    return sentence.rstrip("\"'“”’‘»«)]」』）").endswith(_STOPS)


def _fault(draft: Draft, sentences: tuple[str, ...], articles: Sequence[Article]) -> str:
    """Return why a text cannot stand, as the beginning of a sentence; "" where it can."""
    name = f"the model {draft.model}" if draft.model else "the model"
    text = " ".join(sentences)
    if draft.fault:
        return f"{name} {draft.fault}"
    if length(text) < SHORTEST:
        return f"{name} gave no whole sentences that fit"
    titles = [words(article.title) for article in articles]
    if any(furniture(sentence) for sentence in sentences) or words(text) in titles:
        return f"{name} gave no text about the story"
    faults = strange(sentences, articles)
    return f"{name} gave {faults[0].why}" if faults else ""
