"""How the pieces of a section stand together: the same in mail, text and web version."""

from collections.abc import Sequence
from dataclasses import dataclass

from digest.model.issue import Entry, IssueSection


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Pieces that stand together; `series` is the series of them all, "" for a piece that stands by itself."""

    series: str
    entries: tuple[Entry, ...]


def in_series(entries: Sequence[Entry]) -> tuple[Group, ...]:
    """Return the pieces in order, those of one series together at the place of its first.

    A series of which there is one piece here is no group: its name is the kicker then.
    """
    names = [entry.series for entry in entries if _joins(entry)]
    groups: dict[object, list[Entry]] = {}
    for place, entry in enumerate(entries):
        together = _joins(entry) and names.count(entry.series) > 1
        groups.setdefault(entry.series if together else place, []).append(entry)
    return tuple(
        Group(series=key if isinstance(key, str) else "", entries=tuple(group)) for key, group in groups.items()
    )


def _joins(entry: Entry) -> bool:
    """Tell whether a piece may stand in the box of its series."""
    return bool(entry.series) and entry.entry == "story" and entry.slot in {"story", "brief"}


def told(section: IssueSection) -> Entry | None:
    """Return the piece of a section that a letter tells of: its first, where that is a story with a lead."""
    first = section.entries[0] if section.entries else None
    return first if first and first.entry == "story" and first.slot in {"lead", "story"} else None


def untold(section: IssueSection) -> tuple[Entry, ...]:
    """Return the pieces of a section that a letter only lists."""
    return section.entries[1:] if told(section) else section.entries
