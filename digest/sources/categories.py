"""The categories of a feed's item: which is the section, the kind, the series, and which are tags."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_NO_SECTIONS = frozenset(("uncategorized", "uncategorised", "unkategorisiert", "non classé", "sin categoría"))
_DOMAINS = {
    "section": frozenset(("section", "sections", "department", "departments")),
    "kind": frozenset(("kind", "kinds", "genre", "genres", "format", "formats")),
    "series": frozenset(("series", "column", "columns")),
    "tags": frozenset(("tag", "tags", "post_tag", "keyword", "keywords", "topic", "topics")),
}


class Categories(NamedTuple):
    """What an item is filed under."""

    section: str = ""
    kind: str = ""
    series: str = ""
    tags: tuple[str, ...] = ()


def categories(filed: Iterable[tuple[str, str]]) -> Categories:
    """Return what an item's categories are, each with its domain.

    The last word of a domain says what it is; where none names a section, the first without a domain does.
    """
    said: dict[str, list[str]] = {}
    for domain, term in filed:
        names = said.setdefault(_filed_as(domain), [])
        if term and term.casefold() not in _NO_SECTIONS and term not in names:
            names.append(term)
    plain = said.get("", [])
    section = (said.get("section") or plain or [""])[0]
    kind, series = ((said.get(name) or [""])[0] for name in ("kind", "series"))
    rest = [term for name in ("section", "", "kind", "series", "tags") for term in said.get(name, ())]
    return Categories(section, kind, series, tuple(dict.fromkeys(t for t in rest if t not in {section, kind, series})))


def _filed_as(domain: str) -> str:
    """Return what a category's domain makes of it ("https://quay.example/kinds": a kind); "" where it says nothing."""
    last = re.split(r"[/#:]", domain.rstrip("/#:").casefold())[-1]
    return next((name for name, words_ in _DOMAINS.items() if last in words_), "")
