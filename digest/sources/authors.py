"""Who wrote it: people's names out of by-lines, without "By", job titles, credentials, handles or addresses."""

import re
from collections.abc import Iterable

from digest.text.clean import plain_text

_BY = re.compile(
    r"(?:(?:written|words|text|story|reported|analysis|posted)\s+)?(?:by|von|par|por)[:\s]\s*", re.IGNORECASE
)
_ADDRESS = re.compile(r"\S+@\S+\.\w+|https?://\S+|\bwww\.\S+|(?<!\w)@\w+")
_BETWEEN = re.compile(r"\s*(?:[,;|\n•]|\s&\s|\s(?:and|und|with)\s)\s*")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|ii|iii|iv", re.IGNORECASE)
_CREDENTIAL = re.compile(
    r"(?:m\.?d|ph\.?d|r\.?n|r\.?d|j\.?d|mba|esq|d\.?o|m\.?s|m\.?a|b\.?a|m\.?p\.?h|lcsw|cpa)\.?", re.IGNORECASE
)
_JOB = re.compile(
    r"(?:.*\b)?(?:staff|admin|administrator|guest|editor|reporter|correspondent|writer|columnist|contributor|journalist"
    r"|producer|photographer|editor[- ]in[- ]chief)(?:,? (?:at|for|of|in) .*)?",
    re.IGNORECASE,
)
_LONGEST = 60


def authors(bylines: Iterable[str]) -> tuple[str, ...]:
    """Return the names in some by-lines, each once, in order."""
    names: dict[str, str] = {}
    for byline in bylines:
        for name in _names(byline):
            names.setdefault(name.casefold(), name)
    return tuple(names.values())


def _names(byline: str) -> list[str]:
    line = " ".join(_ADDRESS.sub(" ", plain_text(byline)).split())
    names: list[str] = []
    for part in _BETWEEN.split(_BY.sub("", line, count=1) if _BY.match(line) else line):
        name = part.strip(" ()[]<>/–—-:")
        if names and _SUFFIX.fullmatch(name):
            names[-1] = f"{names[-1]} {name}"
        elif any(char.isalpha() for char in name) and not _is_no_name(name):
            names.append(name)
    return names


def _is_no_name(text: str) -> bool:
    return len(text) > _LONGEST or bool(_JOB.fullmatch(text) or _CREDENTIAL.fullmatch(text))
