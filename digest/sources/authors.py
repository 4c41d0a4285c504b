"""Who wrote it: people's names out of by-lines, without "By", job titles, credentials, handles or addresses."""

import re
from collections.abc import Iterable

from digest.sources.people import CREDENTIALS, HOUSES, JOBS, NEVER, PARTICLES
from digest.text.clean import plain_text

_BY = re.compile(
    r"(?:(?:written|words|text|story|reported|analysis|posted|authored|article|contributed|created)\s+)?"
    r"(?:by|von|par|por|authors?)[:\s]\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s()<>@]{1,64}@[^\s()<>@]{1,255}\.\w{1,63}|https?://\S+|\bwww\.\S+|(?<!\w)@\w+")
_HOUSE = re.compile(r"\((?:www\.)?[\w-]+(?:\.[\w-]+){0,2}\.[a-z]{2,6}\)|\A\s*(?:www\.)?[\w-]{3,}\.[a-z]{2,6}\s*\Z")
"""An address in parentheses, or alone: who is named with it is a house."""

_BETWEEN = re.compile(r" ?[,;|•·⋅] ?(?:(?:and|und|&) )?| (?:and|und|with|&) ")
_INVERTED = re.compile(r"(?P<last>[^\W\d_][\w'’-]{1,39}), (?P<first>[^\W\d_][\w'’-]{1,39})")
"""Catalogues write "Lee, Ann"; two people with one name each are far rarer."""

_SUFFIX = re.compile(r"(?:jr|sr)\.?|ii|iii|iv", re.IGNORECASE)
_CREDENTIAL = re.compile(rf"(?:{CREDENTIALS})\.?", re.IGNORECASE)
_JOB = re.compile(rf"\A(?:.{{0,60}}\b)?(?:{JOBS})(?:,? (?:at|for|of|in) .{{0,60}})?", re.IGNORECASE)
_FEWEST, _FEW, _MOST_WORDS = 2, 4, 6
"""Words of a name: that of a person alone has two to four, any at most six."""

_NOBODY = re.compile(r"(?:our |the )?readers|various(?: (?:authors|contributors|writers))?", re.IGNORECASE)
_LETTERS = 6
_BEHIND = re.compile(r"(?<=\w) ?\([^()]{0,60}\)?\Z")
"""What is said of a name in parentheses, at its end."""

_LONGEST = 60


def authors(bylines: Iterable[str]) -> tuple[str, ...]:
    """Return the names in some by-lines, each once, in order."""
    names: dict[str, str] = {}
    for byline in bylines:
        for name in _names(byline):
            names.setdefault(name.casefold(), name)
    return tuple(names.values())


def is_personal(name: str) -> bool:
    """Tell whether a name that is the site's too may be a person's: two to four capitalised words, none of a house."""
    parts = name.split()
    usual = _FEWEST <= len(parts) <= _FEW and all(part[0].isupper() or part in PARTICLES for part in parts)
    return usual and parts[0] != "The" and HOUSES.isdisjoint(part.casefold().strip(".,") for part in parts)


def _names(byline: str) -> list[str]:
    if _HOUSE.search(plain_text(byline)):
        return []
    line = " ".join(_ADDRESS.sub(" ", plain_text(byline)).split())
    line = line[found.end() :] if (found := _BY.match(line)) else line
    if name := _turned(line.strip(" ()[]<>")):
        return [name]
    names: list[str] = []
    for part in _BETWEEN.split(line):
        name = _BEHIND.sub("", part).strip(" ()[]<>/–—-:»›→")
        if names and _SUFFIX.fullmatch(name):
            names[-1] = f"{names[-1]} {name}"
        elif any(char.isalpha() for char in name) and not _is_no_name(name) and not (names and _is_title(name)):
            names.append(name)
    return names


def _turned(line: str) -> str:
    """Return the name that is all of a by-line with the surname first; "" where that is not so."""
    found = _INVERTED.fullmatch(line)
    parts = (found["first"], found["last"]) if found else ()
    no_names = [part for part in parts if not part[0].isupper() or part.isupper() or _is_no_name(part)]
    return "" if no_names or any(map(_SUFFIX.fullmatch, parts)) else " ".join(parts)


def _is_title(text: str) -> bool:
    """Tell whether what stands behind a name is letters of a degree or a membership ("FRCS", "CEPF®")."""
    return text.isupper() and len(text) <= _LETTERS and " " not in text


def _is_no_name(text: str) -> bool:
    if len(text) > _LONGEST or _JOB.fullmatch(text) or _NOBODY.fullmatch(text) or _CREDENTIAL.fullmatch(text):
        return True
    parts = text.split()
    if len(parts) > _MOST_WORDS or any(map(str.isdigit, text)) or any(part.casefold() in NEVER for part in parts):
        return True
    small = [word for word in parts if word[0].islower() and word.casefold() not in PARTICLES]
    return bool(small) and len(small) != len(parts)
