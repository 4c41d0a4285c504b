"""Lines that say whose a story or a picture is, known by names, places and agencies: capital letters count here."""

import re
from collections.abc import Iterator
from typing import Final

from digest.summarizer.date_lines import MONTHS, WEEKDAYS

_PENS: Final = (
    "written|words|text|story|reported|reporting|edited|reviewed|checked|posted|published|interview|analysis|opinion|"
    "review"
)
_PICTURES: Final = "photo|photograph|photography|image|picture|illustration|graphic|art|video|map"

# The patterns are for lines in which ’ is written ': a class of Latin letters compiles in 0.05 ms, one with a single
# character beyond them in 0.6 ms.
_NAME: Final = r"[A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u024f][\w.'-]*"
_FULL_NAME: Final = (
    rf"{_NAME}(?: (?:{_NAME}|de|del|della|der|den|di|da|dos|du|la|le|van|von|zu|bin|ibn|al|el|ter|y)){{0,7}}"
)
_PEOPLE: Final = rf"{_FULL_NAME}(?:(?:,| and| &| und| et|, and) {_FULL_NAME}){{0,4}}"
_PLACE: Final = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de .'-]{2,30}(?:, [\w. ]{2,30})?"
_PICTURE: Final = rf"(?i:{_PICTURES})s?"
_AGENCY: Final = (
    r"(?:Getty(?: Images)?|AFP|AP(?: Photo)?|Associated Press|(?i:Reuters)|EPA(?:-EFE)?|PA(?: Wire| Media)?|(?i:dpa)|"
    r"Shutterstock|iStock|Alamy|Unsplash|Pexels|Pixabay|Adobe Stock|Flickr|Wikimedia(?: Commons)?|Bloomberg|Xinhua|"
    r"Creative Commons|CC BY[\w. -]*|Public [Dd]omain|Handout)"
)

# Where a sentence has a verb and a stop, a by-line has names.
_BY_LINE: Final = (
    rf"(?:(?:(?i:(?:medically |fact[- ])?(?:{_PENS})) )?(?i:by)|Von|Par|Por):? (?P<people>{_PEOPLE})"
    r"(?:(?:,| \||,? (?:for|of|at|in|with)) [^.!?]{1,60})?"
)
# "By Monday, the ferry had gone" names nobody.
_NOBODY: Final = MONTHS | WEEKDAYS | {"christmas", "easter", "now", "then"}
# "Photo by photo, she rebuilt it": only a name behind it makes it a credit.
_CREDIT: Final = (
    rf"\(?{_PICTURE}(?: \w+)? (?i:by) {_PEOPLE}(?:(?:/| on | via | for | from |, | \| | ?\()[^.!?]{{1,50}})?\.?\)?"
)
_AGENCY_CREDIT: Final = (
    rf"\(?(?:{_PICTURE} )?(?:{_FULL_NAME} ?(?:[/,|©-]|–|via|for) ?|via )?{_AGENCY}(?:/[^.!?]{{1,40}})?\)?"
)
# A place in capitals and its dash, when the story behind it was broken off into the next line.
_DATELINE: Final = rf"{_PLACE}(?: ?\([\w /.]{{2,30}}\))? ?[-–—]+"
_AGENCY_DATELINE: Final = rf"{_FULL_NAME}(?:, [\w. ]{{2,30}})? ?\({_AGENCY}\) ?[-–—]*"
# A caption gives itself away behind its sentence: the agency, with its photographer or in parentheses.
_CAPTION_END: Final = (
    rf"\((?:{_PICTURE}(?: by| courtesy of)?:? )?(?:[\w.'& -]{{1,40}}(?:/|via ))?{_AGENCY}(?:/[\w.' &-]{{1,50}})?\)\Z|"
    rf"[.!?] (?:{_AGENCY}/[\w.' &-]{{1,50}}|[\w.'& -]{{1,40}}(?:/| via ){_AGENCY})\Z"
)

# How what the patterns above fit begins, in small letters, and what stands in it.
_BY: Final = (
    *("by ", "by:", "von ", "von:", "par ", "par:", "por ", "por:", "medically ", "fact-", "fact "),
    *(f"{pen} by" for pen in _PENS.split("|")),
)
_PICTURED: Final = tuple(_PICTURES.split("|"))
_AGENCIES: Final = (
    *("Getty", "AFP", "AP", "PA", "Associated Press", "Shutterstock", "iStock", "Alamy", "Unsplash", "Pexels"),
    *("Pixabay", "Adobe Stock", "Flickr", "Wikimedia", "Bloomberg", "Xinhua", "Creative Commons", "CC BY"),
    *("Public Domain", "Public domain", "Handout"),
)
_AGENCIES_ANYHOW: Final = ("reuters", "dpa")


def signature(line: str) -> str:
    """Return what names, places and agencies make of a short line: "by-line", "credit", "dateline" or ""."""
    line = line.replace("’", "'")
    for why, pattern in _likely(line):
        found = re.fullmatch(pattern, line)
        if found and not (why == "by-line" and re.split(r"\W", found["people"], maxsplit=1)[0].casefold() in _NOBODY):
            return why
    return ""


def ends_in_credit(line: str) -> bool:
    """Tell whether a line ends as a caption does: behind its sentence an agency, as a signature."""
    if not (line.endswith(")") or "/" in line or " via " in line) or not _names_agency(line):
        return False
    return bool(re.search(_CAPTION_END, line.replace("’", "'")))


def _likely(line: str) -> Iterator[tuple[str, str]]:
    """Yield the patterns that may fit a line: each takes milliseconds to compile, and few lines come near one."""
    folded, agency = line.casefold().lstrip("("), _names_agency(line)
    if folded.startswith(_BY):
        yield "by-line", _BY_LINE
    if folded.startswith(_PICTURED):
        yield "credit", _CREDIT
    if agency:
        yield "credit", _AGENCY_CREDIT
    if line.endswith(("-", "–", "—")):
        yield "dateline", _DATELINE
    if agency:
        yield "dateline", _AGENCY_DATELINE


def _names_agency(line: str) -> bool:
    folded = line.casefold()
    return any(map(line.__contains__, _AGENCIES)) or any(map(folded.__contains__, _AGENCIES_ANYHOW))
