"""The text under a headline: the editor's words, else what is asked for, else the story's own opening."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import Final

from digest.model.article import Article, Cut
from digest.model.edits import Summary
from digest.model.lead import Lead
from digest.summarizer import dek
from digest.summarizer.budget import Budget, length
from digest.summarizer.extract import extract
from digest.summarizer.live import is_live
from digest.summarizer.opening import Run, run, starts
from digest.summarizer.pieces import Piece, Pieces
from digest.summarizer.sentences import split

_HORIZON: Final = 4
"""How many budgets of words are read: what lies further down is no opening."""

_CARRIED: Final = 1500
"""Words that are read for the sentences that carry a story: about as many as `extract.HORIZON` sentences have."""


def make_lead(
    article: Article, budget: Budget, *, mode: Summary = "lead", hand: str | None = None, dek_shown: bool = True
) -> Lead:
    """Return the lead of an article, in whole sentences.

    A hand-written one is taken as it is, whatever its length, "" for none at all. In `mode` "dek" the dek is taken if
    it is sound, in "extract" the sentences that carry the story; where they are none, as in "lead", its opening. (A
    model's text is made elsewhere; `written` holds it against the article.) The dek also helps out where the story
    yields no lead. The sentences are the story's own, letter by letter but for white space, and never more words than
    the budget allows.
    The headline and (with `dek_shown`, where it is fit to be) the dek stand above the lead, which repeats neither. A
    live blog has no opening, only what came last: its dek goes first. `note` says what is not as it was asked for.
    """
    if hand is not None:
        return Lead(sentences=split(hand), mode="hand")
    if mode == "extract":
        return _extracted(article, budget, dek_shown=dek_shown)
    live = is_live(article)
    if mode == "dek" or live:
        return _from_dek(article, budget, dek_shown=dek_shown, live=live and mode != "dek")
    return _from_story(article, budget, dek_shown=dek_shown)


def noted(lead: Lead, note: str) -> Lead:
    """Return a lead that was not asked for as it is, with what must be said of that in front of its own note."""
    note = f"{note}: the story's opening instead" if lead.sentences and lead.mode == "lead" else note
    return replace(lead, note="; ".join(filter(None, (note if lead.sentences else "", lead.note))))


def _from_dek(article: Article, budget: Budget, *, dek_shown: bool, live: bool) -> Lead:
    fault = dek.fault(article, budget)
    if fault:
        return noted(_from_story(article, budget, dek_shown=dek_shown), f"the dek {fault}")
    return Lead(sentences=split(article.dek), mode="dek", note="a live blog: the dek instead" if live else "")


def _extracted(article: Article, budget: Budget, *, dek_shown: bool) -> Lead:
    pieces = _pieces(article, _CARRIED, dek_shown=dek_shown)
    places = extract(pieces, article, budget)
    if sum(length(_text(pieces, at)) for at in places) < dek.SHORTEST:
        return noted(_from_story(article, budget, dek_shown=dek_shown), "no sentences carry the story by themselves")
    cuts = _cuts(islice(pieces, places[0]))
    return Lead(sentences=tuple(_text(pieces, at) for at in places), mode="extract", left_out=cuts)


def _text(pieces: Pieces, at: int) -> str:
    return next(islice(pieces, at, None)).text


def _pieces(article: Article, horizon: int, *, dek_shown: bool) -> Pieces:
    return Pieces(article, horizon, dek_shown=dek_shown and bool(dek.shown(article)))


def _from_story(article: Article, budget: Budget, *, dek_shown: bool) -> Lead:
    """Return the opening as the lead; the dek (unless it has a fault) or nothing where there is none worth printing."""
    pieces = _pieces(article, _HORIZON * budget.at_most, dek_shown=dek_shown)
    best = _best(pieces, budget)
    fault = "" if _is_enough(best) else dek.fault(article, budget)
    if best and (fault or _is_enough(best)):
        sentences = tuple(piece.text for piece in islice(pieces, best.start, best.end + 1) if not piece.why)
        short = best.words < budget.at_least and not best.whole
        note = f"only {best.words} words: the opening gives no more that is whole" if short else ""
        return Lead(sentences=sentences, left_out=_cuts(islice(pieces, best.end), best.start), note=note)
    why = _why_none(pieces, best, budget)
    if fault:
        return Lead(left_out=_cuts(pieces), note=f"{why}, and the dek {fault}: write one by hand")
    return Lead(sentences=split(article.dek), mode="dek", left_out=_cuts(pieces), note=f"{why}: the dek instead")


def _best(pieces: Pieces, budget: Budget) -> Run | None:
    """Return the run from the first start that gives a lead worth printing, else the longest."""
    best: Run | None = None
    for start in starts(pieces):
        found = run(pieces, start, budget)
        if found and (best is None or found.words > best.words):
            best = found
        if _is_enough(best):
            break
    return best


def _is_enough(best: Run | None) -> bool:
    """Tell whether a run is worth printing whatever else there is."""
    return best is not None and (best.whole or best.words >= dek.SHORTEST)


def _why_none(pieces: Iterable[Piece], best: Run | None, budget: Budget) -> str:
    if best:
        return f"the story's opening gives only {best.words} words"
    if any(not piece.why for piece in pieces):
        return f"no whole sentence of at most {budget.at_most} words opens the story"
    return "the story has no sentence of its own" if any(pieces) else "the story has no text"


def _cuts(pieces: Iterable[Piece], start: int = 0) -> tuple[Cut, ...]:
    """Return what was left out: all that is no story, and the sentences before the one that the lead begins with."""
    return tuple(
        Cut(text=piece.text, why=piece.why or "passed over")
        for at, piece in enumerate(pieces)
        if piece.why or at < start
    )
