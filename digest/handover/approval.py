"""Approval: a person's word on an issue holds for what she saw, to the letter; what changed since has a name."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from digest.model.approval import Approval
from digest.model.change import NAMES, Change, ChangeKind
from digest.model.ledger import Event, Part
from digest.text.orders import rising

_Key = tuple[str, int]
"""An entry's id, and how many with that id stand before it: two links may lead to one address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """An issue as it is handed over: the hash of its content (`mailers.message.content_hash`), and its parts."""

    content: str
    parts: tuple[Part, ...]


def approval(events: Sequence[Event], now: Stamp, zone: tzinfo) -> Approval:
    """Return whether the last approval holds for the issue as it is `now`, its time by the clocks of `zone`.

    It is for a content: where that comes back, to the letter, it stands again.
    """
    last = next((event for event in reversed(events) if event.event == "approved"), None)
    if last is None:
        return Approval()
    told = Approval(status="stands", by=last.by, at=last.at.astimezone(zone))
    if last.content == now.content:
        return told
    return replace(told, status="void", changed=tuple(differences(last.parts, now.parts)) or (_AROUND,))


_AROUND = Change(kind="changed", field="layout", words="what stands around the stories changed, none of the texts")


def differences(before: Sequence[Part], after: Sequence[Part]) -> Iterator[Change]:
    """Yield what changed from `before` to `after`: of the issue itself, of story after story, then what is out."""
    old, new = _keyed(before), _keyed(after)
    if not old:  # nobody wrote down what was approved
        return
    stay = _staying(old, new)
    for key, part in new.items():
        if key not in old:
            yield _told("in", part, "section", f"in: {part.title}")
            continue
        if key not in stay:
            yield _told("moved", part, "section", f"{part.title} moved{_to(old[key], part)}")
        yield from _changed(old[key], part)
    yield from (_told("out", part, "section", f"out: {part.title}") for key, part in old.items() if key not in new)


def _keyed(parts: Sequence[Part]) -> dict[_Key, Part]:
    seen = Counter[str]()
    keyed: dict[_Key, Part] = {}
    for part in parts:
        keyed[part.story, seen[part.story]] = part
        seen[part.story] += 1
    return keyed


def _staying(old: Mapping[_Key, Part], new: Mapping[_Key, Part]) -> frozenset[_Key]:
    """Return the parts that have not moved: as many as can stay, in their section, in their order."""
    places = {key: place for place, key in enumerate(old)}
    both = [key for key, part in new.items() if key in old and old[key].section == part.section]
    return frozenset(both[place] for place in rising([places[key] for key in both]))


def _to(before: Part, after: Part) -> str:
    """Return where a story was moved to, where that is another section."""
    return f" to {after.section or 'the top'}" if before.section != after.section else ""


def _changed(before: Part, after: Part) -> Iterator[Change]:
    """Yield every text of a part that is another one now, and its slot."""
    if before.slot != after.slot:
        yield _told("changed", after, "slot", f"{after.title}: a {after.slot} now, was a {before.slot}")
    old, new = ({text.name: text.content for text in part.texts} for part in (before, after))
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            how = "added" if name not in old else "taken away" if name not in new else "changed"
            about = f"{NAMES.get(name, name)} of “{after.title}”" if after.story else name
            yield _told("changed", after, name, f"{about} {how}")


def _told(kind: ChangeKind, part: Part, field: str, words: str) -> Change:
    return Change(kind=kind, story=part.story, title=part.title, field=field, words=words)
