"""A model's text: what holds against its article is printed, whatever else gives way to the story's opening."""

import re
from collections.abc import Sequence
from typing import Final

from digest.model.article import Article
from digest.model.lead import Draft, Lead
from digest.summarizer.apportion import strange
from digest.summarizer.budget import Budget, length
from digest.summarizer.dek import SHORTEST, shown
from digest.summarizer.furniture import furniture
from digest.summarizer.grounds import line
from digest.summarizer.lead import make_lead, noted
from digest.summarizer.pieces import SHORTEST_REPEATED
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
_LINK: Final = re.compile(r"\[([^\]\n]+)\]\([^()\s]*\)")
# A refusal has too few words of its own for them to be weighed; and nobody reads what "the article discusses".
_ASIDE: Final = re.compile(
    r"(?:i'm sorry|i am sorry|i apologi[sz]e|sorry,|unfortunately, i|i (?:cannot|can't|can not|am unable|do not|don't)|"
    r"as an? (?:ai|language)|(?:the|this) (?:article|text|passage|piece) (?:is about|tells|says|describes|discusses|"
    r"reports|explains|explores|highlights|covers|details|examines|outlines|provides|presents|focuses))\b",
    re.IGNORECASE,
)
_DOUBLE: Final = frozenset('"“”')
_STOPS: Final = (".", "!", "?", "…", "。", "！", "？", "؟")


def written(draft: Draft, article: Article, budget: Budget, *, dek_shown: bool = True) -> Lead:
    """Return a model's text as the lead where it holds against the article; else the story's opening, and why.

    What is too long for the budget is cut behind a whole sentence. What it says is held against the article by
    `grounding`; a text that holds is still a model's: it is marked, and a person approves it before it is sent. It
    repeats neither the headline nor, with `dek_shown`, the dek above it.
    """
    lead = held(draft, (article,), budget, dek=shown(article) if dek_shown else "")
    return lead if lead.sentences else noted(make_lead(article, budget, dek_shown=dek_shown), lead.note)


def held(draft: Draft, articles: Sequence[Article], budget: Budget, *, dek: str = "") -> Lead:
    """Return a model's text where it holds against the articles that it tells of; else no sentence, and why.

    `dek` is shown above it, as the headlines are beside it.
    """
    sentences = _fitting(split(tidy(draft.text)), budget)
    why = (
        draft.fault or _fault(sentences, articles) or _repetition(sentences, (*(each.title for each in articles), dek))
    )
    if why:
        return Lead(note=" ".join(filter(None, ("the model", draft.model, why))))
    return Lead(sentences=sentences, mode="model", note=f"by the model {draft.model}")


def tidy(text: str) -> str:
    """Return a model's answer as one line of plain text: without mark-up, and without "Here is a summary:"."""
    plain = " ".join(clean_text(_MARKS.sub("", _LINK.sub(r"\1", text))).split())
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


def _fault(sentences: tuple[str, ...], articles: Sequence[Article]) -> str:
    """Return why a text cannot stand, as the end of a sentence; "" where it can."""
    if length(" ".join(sentences)) < SHORTEST:
        return "gave no whole sentences that fit"
    if any(furniture(sentence) or _ASIDE.match(sentence.replace("’", "'")) for sentence in sentences):
        return "gave no text about the story"
    faults = strange(sentences, articles)
    return f"gave {faults[0].why}" if faults else ""


def _repetition(sentences: tuple[str, ...], beside: Sequence[str]) -> str:
    """Return what a text repeats, word by word, of the texts that readers see beside it; "" where nothing.

    A sentence of a few words may be a part of a headline by chance.
    """
    known = [line(words(text)) for text in beside]
    for said in (" ".join(sentences), *sentences):
        told = words(said)
        if len(told) >= SHORTEST_REPEATED and any(line(told) in text for text in known):
            return f"repeats the headline or the dek ({said})"
    return ""
