"""An issue marked against an earlier state of it: each story in its place, with what is new, moved, changed or gone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from digest.editing.changes import Spot, changes, spots
from digest.editing.differing import Piece, pieces
from digest.model.change import NAMES, Change
from digest.model.issue import Issue

Mark = Literal["same", "new", "moved", "changed", "removed"]

_HEADLINE = "headline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A text that is another one now: what people call it, and both word by word."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A story. `marks` has `same` alone or all that is so; `came` says from where it moved.

    `headline` is marked word by word, and so are its other texts, as far as they changed.
    """

    id: str
    marks: tuple[Mark, ...]
    came: str = ""
    headline: tuple[Piece, ...]
    revised: tuple[Revised, ...] = ()
    language: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section, by the name that readers see, with its stories; those that are gone stand where they stood."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What changed in words, the issue's own texts that did, and the whole issue with its marks."""

    told: tuple[Change, ...]
    revised: tuple[Revised, ...]
    parts: tuple[Part, ...]


def marked(before: Issue, after: Issue) -> Marked:
    """Return `after` marked against `before`."""
    told = changes(before, after)
    of: dict[str, list[Change]] = {}
    for change in told:
        of.setdefault(change.story, []).append(change)
    return Marked(
        told=told,
        revised=tuple(_revised(change, change.field.replace(".", ": ").replace("_", " ")) for change in of.get("", ())),
        parts=tuple(_parts(before, after, of)),
    )


def _revised(change: Change, name: str) -> Revised:
    return Revised(name=name, pieces=pieces(change.was, change.now))


def _parts(before: Issue, after: Issue, of: Mapping[str, list[Change]]) -> Iterator[Part]:
    """Yield the sections in the order of `after`; one of which all stories are gone stands behind them."""
    new, old = spots(after), spots(before)
    there = {spot.key for spot in new}
    for place in dict.fromkeys(spot.place for spot in (*new, *old)):
        rows = [spot for spot in new if spot.place == place]
        was = [spot for spot in old if spot.place == place]
        for index, spot in enumerate(was):
            if spot.key not in there:
                rows.insert(_behind(rows, was[:index]), spot)
        if rows:
            yield Part(title=place, lines=tuple(_line(spot, of, gone=spot.key not in there) for spot in rows))


def _behind(rows: list[Spot], ahead: list[Spot]) -> int:
    """Return the place in `rows` behind the nearest of those that stood ahead; the first where none is there."""
    places = {spot.key: place for place, spot in enumerate(rows)}
    return next((places[spot.key] + 1 for spot in reversed(ahead) if spot.key in places), 0)


def _line(spot: Spot, of: Mapping[str, list[Change]], *, gone: bool) -> Line:
    entry, found = spot.entry, of.get(spot.entry.id, ())
    whole = (Piece(kind="same", text=entry.title.text),)
    line = Line(id=entry.id, marks=("same",), headline=whole, language=entry.language, direction=entry.direction or "")
    if gone:
        return replace(line, marks=("removed",), headline=(Piece(kind="out", text=entry.title.text),))
    kinds = {change.kind for change in found if change.kind != "out"}
    if not kinds:
        return line
    if "in" in kinds:
        return replace(line, marks=("new",))
    texts = [change for change in found if change.kind == "changed"]
    marks: tuple[Mark, ...] = (*(("moved",) if "moved" in kinds else ()), *(("changed",) if texts else ()))
    return replace(
        line,
        marks=marks,
        came="".join(change.was for change in found if change.kind == "moved"),
        headline=next((pieces(each.was, each.now) for each in texts if each.field == _HEADLINE), whole),
        revised=tuple(_revised(each, NAMES.get(each.field, each.field)) for each in texts if each.field != _HEADLINE),
    )
