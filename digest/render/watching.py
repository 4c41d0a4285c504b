"""Watching: which pictures a theme's templates look into while they are filled.

A template is a pure function of its values: where it never looks into a picture, nothing that it gives depends on that
picture, whatever its branches and macros are. So nobody has to say which pictures a theme shows, and none can say it
wrongly.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from digest.model.issue import Entry, Issue, Picture

_FIELDS = frozenset(each.name for each in fields(Picture))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watched(Picture):
    """A picture that tells when somebody looks into it."""

    tell: Callable[[], None] = field(compare=False, repr=False)

    def __getattribute__(self, name: str) -> object:
        if name in _FIELDS:
            object.__getattribute__(self, "tell")()
        return object.__getattribute__(self, name)


def watched(issue: Issue, seen: set[str]) -> Issue:
    """Return the same issue, which puts into `seen` the id of each entry whose picture is looked into."""
    sections = tuple(replace(each, entries=_watched(each.entries, seen)) for each in issue.sections)
    return replace(issue, sections=sections, headlines=_watched(issue.headlines, seen))


def _watched(entries: tuple[Entry, ...], seen: set[str]) -> tuple[Entry, ...]:
    return tuple(_entry(entry, entry.picture, seen) if entry.picture else entry for entry in entries)


def _entry(entry: Entry, picture: Picture, seen: set[str]) -> Entry:
    values: dict[str, Any] = {name: getattr(picture, name) for name in _FIELDS}
    return replace(entry, picture=_Watched(tell=lambda: seen.add(entry.id), **values))
