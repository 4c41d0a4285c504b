"""A theme's fixed words, in the language of the issue."""

import tomllib
from collections.abc import Mapping

from digest.errors import TemplateError
from digest.theme import Theme

FILE = "strings.toml"
FALLBACK = "en"


def strings_of(theme: Theme, language: str) -> Mapping[str, str]:
    """Return the words for `language` (`fr-CA`): its own table's, then its base language's, then English.

    Raises:
        TemplateError: `strings.toml` is no TOML, has no `[en]`, or holds something else than text.

    """
    tables = _read(theme)
    wanted = (FALLBACK, language.partition("-")[0].lower(), language)
    return {key: text for name in wanted for key, text in tables.get(name, {}).items()}


def _read(theme: Theme) -> Mapping[str, Mapping[str, str]]:
    place = theme.places[FILE]
    try:
        parsed = tomllib.loads(theme.files[FILE])
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(str(error), where=place, hint='every word stands as: name = "text"') from error
    if FALLBACK not in parsed:
        raise TemplateError(f"no table [{FALLBACK}]", where=place, hint="it holds the words that others lack")
    return {name: _table(name, table, place) for name, table in parsed.items()}


def _table(name: str, table: object, place: str) -> Mapping[str, str]:
    if not isinstance(table, dict):
        raise TemplateError(f"{name!r} is no table", where=place, hint="a language is written as [en]")
    for key, text in table.items():
        if not isinstance(text, str):
            raise TemplateError(f"{name}.{key} is no text", where=place, hint='put it in quotes: "…"')
    return table
