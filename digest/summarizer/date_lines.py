"""Lines that are dates and nothing else: "Published October 23, 2024 at 5:30 p.m. ET", "23.10.2024, 14:05 Uhr"."""

import re
from typing import Final


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


WEEKDAYS: Final = _words(
    "mon monday tue tues tuesday wed wednesday thu thurs thursday fri friday sat saturday sun sunday",
)
MONTHS: Final = _words(
    "jan january januar janvier feb february februar février mar march mars märz apr april may mai",
    "jun june juni juin jul july juli juillet aug august août sep sept september septembre",
    "oct october octobre okt oktober nov november novembre dec december dez dezember décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
)
_DAYS: Final = _words("ago today yesterday heute gestern aujourd'hui hoy")
# What may stand beside a date. Those of the first kind may have a stop, those of the last a colon.
_SHORTENED: Final = WEEKDAYS | _words("am a.m pm p.m")
_BESIDE: Final = _words(
    "gmt utc bst cet cest et est edt ct cst cdt mt mst mdt pt pst pdt uhr at on um le de à el and - a an last first",
    "originally second seconds minute minutes min mins hour hours hr hrs day days week weeks month months year years",
)
_LABELS: Final = _words(
    "published posted updated modified created reviewed update date stand veröffentlicht aktualisiert",
    "publié publicado actualizado mis jour",
)
_NUMERIC_DATE: Final = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\.?"
_NUMBER: Final = r"\d{1,4}(?:st|nd|rd|th|[.:])?|\d{1,2}[:.h]\d\d(?:[ap]\.?m\.?)?|\d{1,2}[ap]\.?m\.?"


def is_date(line: str) -> bool:
    """Tell whether a line is dates and nothing else; a month without a figure is a word like another."""
    if not any(map(str.isdigit, line)):
        return False
    words = [word for word in re.split("[\\s,|()\u2022\u00b7]+", line.casefold()) if word]
    return all(_is_date_word(word) or _stands_beside(word) for word in words) and any(map(_is_date_word, words))


def _is_date_word(word: str) -> bool:
    """Tell whether a word, in small letters, makes a date of what stands around it."""
    if word[0].isdecimal():
        return bool(re.fullmatch(_NUMERIC_DATE, word))
    return word.removesuffix(".") in MONTHS or word in _DAYS


def _stands_beside(word: str) -> bool:
    if word[0].isdecimal():
        return bool(re.fullmatch(_NUMBER, word))
    return word.removesuffix(".") in _SHORTENED or word in _BESIDE or word.removesuffix(":") in _LABELS
