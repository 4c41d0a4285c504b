"""Placing: one story goes to its place, and every other one stays where it is.

The selector puts a section in order by date; behind a story come those that an editor put there (`after`). So each
story that has an `after` is told anew which one it follows: the one that is seen before it. Those without keep the
order of their dates, whatever goes or comes between them. Headlines are seen apart from the section that they are of,
and are chained apart from it; where the lead story would stand in its section is seen nowhere.
"""

from collections.abc import Iterator, Mapping, Sequence

from digest.editing.shown import Shown, after
from digest.model.selection import Choice

Follows = Mapping[str, str | None]
"""The new `after` of each article that needs another one."""


def left(shown: Shown, story: str) -> Follows:
    """Return what the others of its section follow once a story is no longer there."""
    choice = shown.chosen.get(story)
    return _told(shown.in_section(choice.section), story, None) if choice else {}


def put(shown: Shown, story: str, section: str, behind: str | None) -> Follows:
    """Return what each has to follow so that a story stands in `section` right behind `behind` ("": first).

    `behind` is one of the section's stories, or its lead story, behind which the first place is; None is the place
    that the story's date gives it. What was told to follow it while it was not there does not begin to now.
    """
    there = shown.in_section(section)
    stays = any(choice.article.id == story for choice in there)
    return {**({} if stays else left(shown, story)), **_told(there, story, behind)}


def can_be_followed(shown: Shown, story: str, section: str) -> tuple[str, ...]:
    """Return what a story can be put behind in a section."""
    here = shown.in_section(section)
    return tuple(each.article.id for each in here if each.slot != "headline" and each.article.id != story)


def _told(here: Sequence[Choice], story: str, behind: str | None) -> Follows:
    """Return what each in a section follows; `story` is put behind `behind`, or is not among them (None)."""
    afters = {choice.article.id: after(choice) for choice in here}
    by_hand: dict[str, str | None] = {
        id_: first for id_, first in afters.items() if first is not None and first in {"", *afters}
    }
    others = [choice for choice in here if choice.article.id != story]
    seen = [choice.article.id for choice in others if choice.slot in {"story", "brief"}]
    lines = [choice.article.id for choice in others if choice.slot == "headline"]
    wakes = {id_: None for id_, first in afters.items() if first == story and id_ not in {*by_hand, story}}
    if behind is not None:
        seen.insert(seen.index(behind) + 1 if behind in seen else 0, story)
        by_hand[story] = None
    return wakes | dict(_chained(seen, by_hand)) | dict(_chained(lines, by_hand))


def _chained(order: Sequence[str], by_hand: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """Yield what each of those that follow by hand has to follow, where it is not what it follows now."""
    for id_, first in zip(order, ["", *order], strict=False):
        if id_ in by_hand and by_hand[id_] != first:
            yield id_, first
