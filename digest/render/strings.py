"""A theme's fixed words, in the language of the issue: those that all themes share, and its own before them."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache

from digest.errors import TemplateError
from digest.theme import Theme

FILES = ("parts/strings.toml", "strings.toml")
FALLBACK = "en"


def strings_of(theme: Theme, language: str) -> Mapping[str, str]:
    """Return the words for `language` (`fr-CA`): its own table's, then its base language's, then English.

    Raises:
        TemplateError: a `strings.toml` is no TOML, none has an `[en]`, or one holds something else than text.

    """
    files = [_read(theme.files[name], theme.places[name]) for name in FILES if name in theme.files]
    if not any(FALLBACK in tables for tables in files):
        where, hint = theme.places[FILES[-1]], "it holds the words that others lack"
        raise TemplateError(f"no table [{FALLBACK}]", where=where, hint=hint)
    wanted = (FALLBACK, language.partition("-")[0].lower(), language)
    return {key: text for name in wanted for tables in files for key, text in tables.get(name, {}).items()}


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
