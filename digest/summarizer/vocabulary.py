"""English words that the grounding and the choice of sentences must tell from a story's own, as data."""

from typing import Final


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split())


UNITS: Final = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen",
    "eighteen nineteen",
)
TENS: Final = _words("twenty thirty forty fifty sixty seventy eighty ninety")
MONTHS: Final = _words(
    "january february march april may june july august september october november december",
)
CALENDAR: Final = frozenset(MONTHS) | frozenset(
    _words("monday tuesday wednesday thursday friday saturday sunday"),
)
SAYING_OF: Final = frozenset(
    # Behind a name at the beginning of a sentence.
    _words("said says say tells told adds added argues argued calls called wants hopes warned"),
)
PARTICLES: Final = frozenset(_words("de del della der den di da dos du la le van von zu bin ibn al el ter"))
RELATIVE: Final = frozenset(_words("who whose the a an"))
HEDGES: Final = frozenset(_words("about around roughly some approximately nearly almost over than least most under up"))
COMMON: Final = frozenset(
    # Words that every text has, and every article.
    _words(
        "a an as at be by do he i if in is it me my no of on or so to up us we she him out off own too nor yet all any",
        "that this with from have been were they their them which when what will would could should about after before",
        "into over more than also only some such other there where while because being between both each most much",
        "many very just like make made says said told year years week weeks month months your our his her its and the",
        "for but not who whom whose then these those does did has had was are can may might must one two new now",
        "how why under until still even every another against during through since without within upon",
        "once again here down",
    ),
)
