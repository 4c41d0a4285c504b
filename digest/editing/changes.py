"""What changed between two issues: by story and field, and in words for people.

Two builds of one issue, an issue and the one that was approved, this week's and last week's: wherever readers would see
a difference there is a `Change`, and nowhere else. Of the orders that lead from one issue to the other, the one with
the fewest moves is told: what stays is a longest common subsequence.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.editing.quoting import in_words, quoted
from digest.editing.told import FOLLOWS, told_of_entry, told_of_issue
from digest.model.change import NAMES, Change
from digest.model.issue import Entry, Issue, IssueSection
from digest.model.selection import Reason
from digest.text.orders import rising

HEADLINES = "the headlines"
TOP = "the top"
"""What the two places are called that are no sections with a name."""

_Key = tuple[str, int]
"""An entry's id, and how many with that id stand before it: two links may lead to one address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """An entry where it stands: `section` is the name of its section, `place` what people call that."""

    entry: Entry
    key: _Key
    section: str
    place: str


def changes(before: Issue, after: Issue, why: Callable[[Reason], str] | None = None) -> tuple[Change, ...]:
    """Return what readers of `after` see otherwise than those of `before`; () where that is nothing.

    First what is said of the issue as a whole, then its stories in the order of `after`, then those that are out, in
    the order of `before`. `why` says a reason in words: why a story is out is told where `after` knows it.
    """
    old, new = ({spot.key: spot for spot in spots(issue)} for issue in (before, after))
    stay = staying(list(old.values()), list(new.values()))
    reasons = {each.id: each.reason for each in after.left_out}
    return (
        *_of_issue(before, after),
        *(change for spot in new.values() for change in _of_spot(spot, old, new, stay)),
        *(_out(spot, reasons, why) for spot in old.values() if spot.key not in new),
    )


def spots(issue: Issue) -> tuple[Spot, ...]:
    """Return every entry of the issue with its place, in reading order."""
    sections = [(section.name, section.title or section.name or TOP, section.entries) for section in issue.sections]
    seen = Counter[str]()
    found: list[Spot] = []
    for name, place, entries in (*sections, (HEADLINES, HEADLINES, issue.headlines)):
        for entry in entries:
            found.append(Spot(entry=entry, key=(entry.id, seen[entry.id]), section=name, place=place))
            seen[entry.id] += 1
    return tuple(found)


def staying(old: Sequence[Spot], new: Sequence[Spot]) -> frozenset[_Key]:
    """Return the entries that have not moved: as many as can stay, in the section where they are, in their order."""
    places = {(spot.section, spot.key): place for place, spot in enumerate(old)}
    sections: dict[str, list[Spot]] = {}
    for spot in new:
        if (spot.section, spot.key) in places:
            sections.setdefault(spot.section, []).append(spot)
    return frozenset(
        within[place].key
        for within in sections.values()
        for place in rising([places[spot.section, spot.key] for spot in within])
    )


def _of_spot(spot: Spot, old: Mapping[_Key, Spot], new: Mapping[_Key, Spot], stay: frozenset[_Key]) -> Iterator[Change]:
    """Yield what changed of one entry of the new issue."""
    title = spot.entry.title.text
    was = old.get(spot.key)
    if was is None:
        words = f"in: {title} ({spot.place})"
        yield Change(kind="in", story=spot.entry.id, title=title, field="section", now=spot.place, words=words)
        return
    if spot.key not in stay:
        yield _moved(was, spot, list(new.values()))
    yield from _changed(was, spot)


def _moved(was: Spot, spot: Spot, new: Sequence[Spot]) -> Change:
    title = spot.entry.title.text
    if was.section != spot.section:
        words = f"{title} moved from {was.place} to {spot.place}"
    else:
        words = f"{title} moved in {spot.place}: {_behind(spot, new)}"
    return Change(
        kind="moved", story=spot.entry.id, title=title, field="section", was=was.place, now=spot.place, words=words
    )


def _behind(spot: Spot, new: Sequence[Spot]) -> str:
    """Return which entry this one follows in its section."""
    within = [each for each in new if each.section == spot.section]
    place = within.index(spot)
    return f"now after {quoted(within[place - 1].entry.title.text)}" if place else "now first"


def _changed(was: Spot, spot: Spot) -> Iterator[Change]:
    """Yield every text of an entry that is another one now; a slot where its place does not tell it already."""
    old, new = was.entry, spot.entry
    if old.slot != new.slot and (was.section == spot.section or new.slot not in _goes_without_saying(old)):
        words = f"{new.title.text}: a {new.slot} now, was a {old.slot}"
        yield _text(new, "slot", old.slot, new.slot, words)
    before, after = told_of_entry(old), told_of_entry(new)
    differing = [name for name in before if before[name] != after[name]]
    for name in differing:
        if FOLLOWS.get(name) not in differing:
            of = "" if name == "headline" else f" of {quoted(new.title.text)}"
            words = in_words(NAMES[name] + of, before[name], after[name])
            yield _text(new, name, before[name], after[name], words)


def _text(entry: Entry, field: str, was: str, now: str, words: str) -> Change:
    return Change(kind="changed", story=entry.id, title=entry.title.text, field=field, was=was, now=now, words=words)


def _goes_without_saying(old: Entry) -> frozenset[str]:
    """Return the slots that an entry's new section tells: at the top is the lead, and who leaves it is a story."""
    return frozenset({"lead", "headline"} | ({"story"} if old.slot in {"lead", "headline"} else set()))


def _out(spot: Spot, reasons: Mapping[str, Reason], why: Callable[[Reason], str] | None) -> Change:
    title, reason = spot.entry.title.text, reasons.get(spot.entry.id)
    because = f" ({why(reason)})" if why is not None and reason is not None else ""
    return Change(
        kind="out", story=spot.entry.id, title=title, field="section", was=spot.place, words=f"out: {title}{because}"
    )


def _of_issue(before: Issue, after: Issue) -> Iterator[Change]:
    """Yield what changed of the issue as a whole, then of its sections."""
    old, new = told_of_issue(before), told_of_issue(after)
    for name, was in old.items():
        now = new[name]
        if was != now:
            words = in_words(name.replace(".", ": ").replace("_", " "), was, now)
            yield Change(kind="changed", field=name, was=was, now=now, words=words)
    yield from _of_sections(before, after)


def _of_sections(before: Issue, after: Issue) -> Iterator[Change]:
    """Yield the sections that are called or stand otherwise; that one is new or gone is told by its stories."""
    old = {section.name: place for place, section in enumerate(before.sections) if section.entries}
    both = [section for section in after.sections if section.entries and section.name in old]
    stay = rising([old[section.name] for section in both])
    for place, section in enumerate(both):
        was, now = before.sections[old[section.name]].title, section.title
        if was != now:
            words = in_words(f"title of section {section.name or TOP}", was, now)
            yield Change(kind="changed", field="section_title", was=was, now=now, words=words)
        if place not in stay:
            yield _moved_section(section, both[place - 1] if place else None)


def _moved_section(section: IssueSection, behind: IssueSection | None) -> Change:
    name = section.title or section.name or TOP
    now = f"after {behind.title or behind.name or TOP}" if behind else "first"
    return Change(kind="moved", field="section", now=now, words=f"section {name} moved: now {now}")
