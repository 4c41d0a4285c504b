"""Where a lead begins and where it ends: the longest sound run of whole sentences that a budget allows."""

from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from digest.summarizer.budget import Budget, length
from digest.summarizer.pieces import Pieces
from digest.summarizer.pointers import points, stands_alone
from digest.summarizer.quotations import Marks, after

LATEST_START: Final = 6
"""How many sentences may be tried as the first one. What stands further down is no opening any more."""

_BREAKS: Final = frozenset(("heading", "list", "quotation set apart", "no whole sentence", "salutation"))
_SKIPS: Final = _BREAKS - {"heading", "salutation"}
"""Breaks behind which a sentence must stand alone, for something was skipped that it may point at."""


class Run(NamedTuple):
    """A lead as the places of its first and last piece; `whole`: nothing of the story stands behind it."""

    start: int
    end: int
    words: int
    whole: bool = False


class _End(NamedTuple):
    at: int
    words: int
    paragraph: bool


def starts(pieces: Pieces) -> Iterator[int]:
    """Yield where a lead may begin: at the first sentence, else at one of the next that leans on nothing before it."""
    tried, marks, skipped = 0, Marks(), False
    for at, piece in enumerate(pieces):
        inside = Marks() if piece.first else marks
        if piece.why:
            skipped = skipped or piece.why == "no whole sentence"
            marks = after(piece.text, inside) if piece.why == "said before" else marks
            continue
        if (tried == 0 and not skipped) or (inside.closed and stands_alone(piece.text)):
            yield at
        marks = after(piece.text, inside)
        tried += 1
        if tried == LATEST_START:
            return


def run(pieces: Pieces, start: int, budget: Budget) -> Run | None:
    """Return the best run of sentences from `start`, or None where not one ends soundly within the budget.

    Best is the longest that ends with its paragraph and reaches the budget's least; then the longest that reaches
    it; then the longest.
    """
    ends = _sound_ends(pieces, start, budget)
    if not ends:
        return None
    enough = [end for end in ends if end.words >= budget.at_least]
    best = max(enough, key=lambda end: (end.paragraph, end.words)) if enough else ends[-1]
    return Run(start, best.at, best.words, pieces.story_ends_at(best.at))


def _sound_ends(pieces: Pieces, start: int, budget: Budget) -> list[_End]:
    """Return every place where a lead from `start` may end, in order."""
    ends: list[_End] = []
    marks, count, skipped = Marks(), 0, False
    for at, piece in islice(enumerate(pieces), start, None):
        if piece.why in _BREAKS:
            # Under the least, a lead may go on behind a break, if it could have ended before it.
            if not ends or ends[-1].words != count or count >= budget.at_least:
                break
            skipped = skipped or piece.why in _SKIPS
        if piece.why == "said before" and not after(piece.text).closed:
            break  # what follows closes what it opened
        if piece.why:
            continue
        if ends and ends[-1].words == count >= budget.at_least and (piece.turn or points(piece.text)):
            break
        count += length(piece.text)
        if count > budget.at_most or (skipped and not stands_alone(piece.text)):
            break
        marks, skipped = after(piece.text, marks, paragraph=piece.first), False
        if marks.closed and _ends_well(pieces, at, piece.text):
            ends.append(_End(at, count, piece.last))
    return ends


def ends_well(sentence: str) -> bool:
    """Tell whether readers can be left with a sentence: whole, no lead-in, no question, pointing at nothing."""
    return after(sentence).closed and _stops(sentence, last=False)


def _ends_well(pieces: Pieces, at: int, sentence: str) -> bool:
    """Tell whether readers can be left with the sentence at a place: a question may be the story's last word."""
    return _stops(sentence, last=pieces.story_ends_at(at))


def _stops(sentence: str, *, last: bool) -> bool:
    bare = sentence.rstrip("\"'“”’‘»«)]」』）*_ ")
    if bare.endswith(":"):
        return False
    if bare.endswith(("?", "？", "؟")):
        return last
    return not points(sentence)
