"""Where a lead begins and where it ends: the longest sound run of whole sentences that a budget allows."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from digest.summarizer.budget import Budget, length
from digest.summarizer.pieces import Pieces
from digest.summarizer.quotations import Marks, after

LATEST_START: Final = 6
"""How many sentences may be tried as the first one. What stands further down is no opening any more."""

_BREAKS: Final = frozenset(("heading", "list", "quotation set apart", "no whole sentence"))
_SKIPS: Final = _BREAKS - {"heading"}
"""Breaks behind which a sentence must stand alone, for something was skipped that it may point at."""

_OPENERS: Final = "\"'“‘„‚«»‹›([¿¡「『（"
# A sentence that begins so leans on the one before it.
_LEANING: Final = frozenset(
    word
    for line in (
        "he she it they this that these those him his her hers its their theirs them such both neither either another",
        "others but and so or yet nor however meanwhile instead then also still moreover furthermore therefore thus",
        "nevertheless besides otherwise likewise similarly hence too again afterwards earlier later elsewhere",
        "er sie es dieser diese dieses ihr ihre sein seine aber und doch auch dann jedoch deshalb",
        "il elle ils elles ce cette ces cela ça son sa ses leur leurs mais et donc puis aussi",
        "él ella ellos ellas esto esta este estos estas su sus pero y entonces además",
    )
    for word in line.split()
)
_WORD: Final = re.compile(r"[^\W_]+")
# A sentence, in small letters, that points at what the lead leaves behind; one of `_POINTERS` stands in it.
_POINTS: Final = (
    r"\b(?:as follows|the following|listed below|see below|shown below|read on|here goes)[.!…]*\Z|"
    r"\b(?:here(?:'s| is| are) (?:what|how|why|where|our|my|some|all|everything|a (?:list|look)|the \w+|\d+|"
    r"two|three|four|five|six|seven|eight|nine|ten)\b)|"
    r"\A(?:so,? |now,? )?(?:let's|let us) (?:dive|get|take|look|explore|break|start|begin|find|see)\b|"
    r"\A(?:read on|keep reading|scroll (?:down|on)|check out)\b"
)
_POINTERS: Final = (
    *("as follows", "the following", "listed below", "see below", "shown below", "read on", "here goes", "here's "),
    *("here is ", "here are ", "let's ", "let us ", "keep reading", "scroll ", "check out"),
)


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
        if piece.why:
            skipped = skipped or piece.why == "no whole sentence"
            continue
        inside = Marks() if piece.first else marks
        if (tried == 0 and not skipped) or (inside.closed and stands_alone(piece.text)):
            yield at
        marks = after(piece.text, inside)
        tried += 1
        if tried == LATEST_START:
            return


def stands_alone(sentence: str) -> bool:
    """Tell whether a sentence can be read without the one before: no pronoun or link opens it, and no quotation."""
    if sentence[0] in _OPENERS:
        return False
    word = _WORD.search(sentence)
    return word is not None and word[0].casefold() not in _LEANING


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
        if piece.why:
            continue
        count += length(piece.text)
        if count > budget.at_most or (skipped and not stands_alone(piece.text)):
            break
        marks, skipped = after(piece.text, marks, paragraph=piece.first), False
        if marks.closed and _ends_well(pieces, at, piece.text):
            ends.append(_End(at, count, piece.last))
    return ends


def _ends_well(pieces: Pieces, at: int, sentence: str) -> bool:
    """Tell whether readers can be left with the sentence at a place: no lead-in, no question whose answer follows."""
    bare = sentence.rstrip("\"'“”’‘»«)]」』）*_ ")
    if bare.endswith(":"):
        return False
    if bare.endswith(("?", "？", "؟")):
        return pieces.story_ends_at(at)
    folded = sentence.casefold().replace("’", "'")
    return not (any(map(folded.__contains__, _POINTERS)) and re.search(_POINTS, folded))
