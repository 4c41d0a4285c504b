"""A theme's fixed words, in the language of the issue: those that all themes share, and its own before them."""

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from digest.errors import TemplateError
from digest.theme import Theme

FILES = ("parts/strings.toml", "strings.toml")
FALLBACK = "en"

_WORD = re.compile(r"\bstrings\.([a-z_]+)")


def strings_of(theme: Theme, language: str) -> Mapping[str, str]:
    """Return the words for `language` (`fr-CA`): its own table's, then its base language's, then English.

    Raises:
        TemplateError: a `strings.toml` is no TOML, none has an `[en]`, or one holds something else than text.

    """
    files = [_read(theme.files[name], theme.places[name]) for name in FILES if name in theme.files]
    _refuse_unused(theme)
    if not any(FALLBACK in tables for tables in files):
        where, hint = theme.places[FILES[-1]], "it holds the words that others lack"
        raise TemplateError(f"no table [{FALLBACK}]", where=where, hint=hint)
    wanted = (FALLBACK, language.partition("-")[0].lower(), language)
    return {key: text for name in wanted for tables in files for key, text in tables.get(name, {}).items()}


def _refuse_unused(theme: Theme) -> None:
    """Refuse a word of the theme's own that none of its templates uses: it was misspelt."""
    used = _used(tuple(text for name, text in theme.files.items() if name.endswith((".html", ".txt"))))
    place = theme.places[FILES[-1]]
    for language, table in _read(theme.files[FILES[-1]], place).items():
        for word in table:
            if word not in used:
                close = get_close_matches(word, used, n=1)
                hint = f"did you mean {close[0]!r}?" if close else f"they use: {', '.join(sorted(used))}"
                raise TemplateError(f"no template uses the word {language}.{word}", where=place, hint=hint)


@lru_cache(maxsize=16)
def _used(templates: tuple[str, ...]) -> frozenset[str]:
    """Return the words that templates ask for."""
    return frozenset(word for text in templates for word in _WORD.findall(text))


@lru_cache(maxsize=16)
def _read(text: str, place: str) -> Mapping[str, Mapping[str, str]]:
    """Return the tables of one file; the last few stay, since many issues are made with few themes."""
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(str(error), where=place, hint='every word stands as: name = "text"') from error
    return {language: _table(language, table, place) for language, table in parsed.items()}


def _table(name: str, table: object, place: str) -> Mapping[str, str]:
    if not isinstance(table, dict):
        raise TemplateError(f"{name!r} is no table", where=place, hint="a language is written as [en]")
    for key, text in table.items():
        if not isinstance(text, str):
            raise TemplateError(f"{name}.{key} is no text", where=place, hint='put it in quotes: "…"')
    return table
