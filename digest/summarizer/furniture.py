"""Lines that stand around a story and are no part of it.

Precision goes before recall: a sentence of the story must never be called furniture. So a rule is the whole of a short
line, or an opening that no story sentence has. The phrases are data (`phrases.py`); what rests on capital letters
(names, places, agencies) and on dates is here.
"""

import re
from typing import Final

from digest.summarizer.phrases import OPENINGS, PHRASES, Table

LONGEST_PHRASE: Final = 120
"""The longest line, in characters, that is looked at as a whole: a longer one holds a sentence."""

LONGEST_CAPTION: Final = 400
"""The longest caption, in characters; what is longer is a paragraph that a credit was glued to."""

Rules = tuple[tuple[str, re.Pattern[str]], ...]

_NAME: Final = r"[A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u024f][\w.'’-]*"
_FULL_NAME: Final = (
    rf"{_NAME}(?: (?:{_NAME}|de|del|della|der|den|di|da|dos|du|la|le|van|von|zu|bin|ibn|al|el|ter|y)){{0,7}}"
)
_PEOPLE: Final = rf"{_FULL_NAME}(?:(?:,| and| &| und| et|, and) {_FULL_NAME}){{0,4}}"
_PLACE: Final = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de .'’-]{2,30}(?:, [\w. ]{2,30})?"
_WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_MONTH: Final = (
    r"(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|mar(?:ch|s)?|märz|apr(?:il)?|may|mai|june?|juni|juin|july?|juli|juillet|"
    r"aug(?:ust)?|août|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|de[cz](?:ember)?|décembre|février|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\.?"
)
_AGENCY: Final = (
    r"(?:Getty(?: Images)?|AFP|AP(?: Photo)?|Associated Press|(?i:Reuters)|EPA(?:-EFE)?|PA(?: Wire| Media)?|(?i:dpa)|"
    r"Shutterstock|iStock|Alamy|Unsplash|Pexels|Pixabay|Adobe Stock|Flickr|Wikimedia(?: Commons)?|Bloomberg|Xinhua|"
    r"Creative Commons|CC BY[\w. -]*|Public [Dd]omain|Handout)"
)
_PICTURE: Final = r"(?i:photo|photograph|photography|image|picture|illustration|graphic|art|video|map)s?"

_SHAPES: Final[Rules] = (
    # Where a sentence has a verb and a stop, a by-line has names. "By Monday, the ferry had gone" names nobody.
    (
        "by-line",
        re.compile(
            r"(?:(?:(?i:(?:medically |fact[- ])?(?:written|words|text|story|reported|reporting|edited|reviewed|checked|"
            r"posted|published|interview|analysis|opinion|review)) )?(?i:by)|Von|Par|Por):? "
            rf"(?!(?i:{_WEEKDAY}|{_MONTH}|christmas|easter|now|then)\b){_PEOPLE}"
            r"(?:(?:,| \||,? (?:for|of|at|in|with)) [^.!?]{1,60})?",
        ),
    ),
    # "Photo by photo, she rebuilt it": only a name behind it makes it a credit.
    (
        "credit",
        re.compile(
            rf"\(?{_PICTURE}(?: \w+)? (?i:by) {_PEOPLE}"
            r"(?:(?:/| on | via | for | from |, | \| | ?\()[^.!?]{1,50})?\.?\)?",
        ),
    ),
    (
        "credit",
        re.compile(
            rf"\(?(?:{_PICTURE} )?(?:{_FULL_NAME} ?(?:[/,|©–-]|via|for) ?|via )?{_AGENCY}(?:/[^.!?]{{1,40}})?\)?"
        ),
    ),
    # A place in capitals and its dash, when the story behind it was broken off into the next line.
    ("dateline", re.compile(rf"{_PLACE}(?: ?\([\w /.]{{2,30}}\))? ?[-–—]+")),
    ("dateline", re.compile(rf"{_FULL_NAME}(?:, [\w. ]{{2,30}})? ?\({_AGENCY}\) ?[-–—]*")),
)
# A caption gives itself away behind its sentence: the agency, with its photographer or in parentheses.
_CAPTION_END: Final = re.compile(
    rf"\((?:{_PICTURE}(?: by| courtesy of)?:? )?(?:[\w.'’& -]{{1,40}}(?:/|via ))?{_AGENCY}(?:/[\w.'’ &-]{{1,50}})?\)\Z|"
    rf"[.!?] (?:{_AGENCY}/[\w.'’ &-]{{1,50}}|[\w.'’& -]{{1,40}}(?:/| via ){_AGENCY})\Z",
)

# The words that a line of dates is made of; one of the first kind makes a date of it.
_DATE: Final = re.compile(
    rf"{_MONTH}|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}\.?|ago|today|yesterday|heute|gestern|aujourd'hui|hoy",
    re.IGNORECASE,
)
_DATE_PART: Final = re.compile(
    rf"{_WEEKDAY}|\d{{1,4}}(?:st|nd|rd|th|[.:])?|\d{{1,2}}[:.h]\d\d(?:[ap]\.?m\.?)?|\d{{1,2}}[ap]\.?m\.?|[ap]\.?m\.?|"
    r"gmt|utc|bst|cest|cet|[ecmp][ds]?t|uhr|at|on|um|le|de|à|am|el|and|-|"
    r"(?:second|minute|min|hour|hr|day|week|month|year)s?|an?|last|first|originally|"
    r"(?:published|posted|updated|modified|created|reviewed|update|date|stand|veröffentlicht|aktualisiert|publié|"
    r"publicado|actualizado|mis|jour):?",
    re.IGNORECASE,
)
_BETWEEN_DATES: Final = re.compile("[\\s,|()\u2022\u00b7]+")

_PLAIN: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "…": "..."})
_DECORATION: Final = " *#_=~|>»›→+-\u2022\u00b7\u25cf\u25ba\u25b6\u2193"


def _compiled(table: Table) -> Rules:
    return tuple((why, re.compile("|".join(f"(?:{each})" for each in patterns))) for why, patterns in table)


_PHRASES: Final = _compiled(PHRASES)
_OPENINGS: Final = _compiled(OPENINGS)


def furniture(text: str) -> str:
    """Return why a line is not the story ("credit", "sign-up", "by-line", …), or "" when it may well be.

    `text` is one line or paragraph of clean text. What stands around it is not asked.
    """
    line = " ".join(text.split())
    if not line:
        return ""
    if not any(character.isalnum() for character in line):
        return "separator"
    folded = line.casefold().translate(_PLAIN).strip(_DECORATION)
    return _by_phrase(folded) or _by_opening(folded) or _by_shape(line)


def _by_phrase(folded: str) -> str:
    """Return what the whole of a short line is known as."""
    if len(folded) > LONGEST_PHRASE:
        return ""
    whole = folded.strip("[]() ").rstrip(":! ")
    return next((why for why, pattern in _PHRASES if pattern.fullmatch(whole)), "")


def _by_opening(folded: str) -> str:
    """Return what a line of any length is known as by the way it begins."""
    opening = folded.lstrip("[(")
    return next((why for why, pattern in _OPENINGS if pattern.match(opening)), "")


def _by_shape(line: str) -> str:
    """Return what names, places, agencies and dates make of a line."""
    bare = line.strip(" *#_=~|>»›→")
    if len(bare) <= LONGEST_PHRASE:
        if _is_date(bare):
            return "date"
        why = next((why for why, pattern in _SHAPES if pattern.fullmatch(bare)), "")
        if why:
            return why
    return "caption" if len(bare) <= LONGEST_CAPTION and _CAPTION_END.search(bare[-LONGEST_PHRASE:]) else ""


def _is_date(bare: str) -> bool:
    """Tell whether a line is dates and nothing else; a month without a figure is a word like another."""
    words = [word for word in _BETWEEN_DATES.split(bare) if word]
    dates = [bool(_DATE.fullmatch(word)) for word in words]
    if not any(dates) or not any(character.isdigit() for character in bare):
        return False
    return all(known or _DATE_PART.fullmatch(word) for known, word in zip(dates, words, strict=True))
