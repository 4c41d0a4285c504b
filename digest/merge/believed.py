"""Who is believed about what, field by field, of all that was said of an article."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from typing import Final

from digest.merge.dates import EDITOR, RANKS, standing
from digest.model.article import Image, Sighting
from digest.text.urls import page_key
from digest.text.words import words

_NEARLY: Final = 0.8
"""Of the words of the fullest body: pages that are read whole have up to a fifth that is none of the story."""

_SEES: Final = frozenset({"api", "page", "guess"})
"""Whose dates tell that a source has the article itself before it, and not a list of what was there."""

_EDITOR, _PAGE = RANKS[EDITOR], RANKS["page"]
_SAYS_PLAINLY: Final = frozenset({"api", "feed"})
"""Kinds of source that name no witness where they say a thing plainly; their date tells them."""

PLAIN: Final = (
    *("url", "title", "dek", "kicker", "kind", "section", "tags", "series", "authors", "language", "publication"),
    "also_in",
)
"""The fields that have no rule of their own."""


def winners(ordered: Sequence[Sighting]) -> dict[str, Sighting | None]:
    """Return, field by field, the sighting that is believed; None where all are silent."""
    believed = {field: _best(_latest(ordered, field), field, _alike) for field in PLAIN}
    there = [said for said in ordered if not said.gone]
    believed["url"] = _best(_latest(there, "url"), "url", _alike) or believed["url"]
    bodies, images = _latest(ordered, "blocks"), _latest(ordered, "image")
    believed["blocks"] = _fullest(
        [said for said in bodies if not _is_outdated(said, ordered)] if len(bodies) > 1 else bodies
    )
    believed["image"] = _best(images, "image", _detail)
    believed["language"] = _exactest(_latest(ordered, "language"), believed["language"])
    believed["published"] = standing(ordered)
    believed["updated"] = max(_latest(ordered, "updated"), key=lambda said: said.updated or said.seen_at, default=None)
    return believed


def _latest(ordered: Sequence[Sighting], field: str) -> list[Sighting]:
    """Return each source's latest word on `field`, the latest of all first."""
    latest: dict[str, Sighting] = {}
    for said in reversed(ordered):
        if getattr(said, field):
            latest.setdefault(said.source, said)
    return list(latest.values())


def _best(candidates: Sequence[Sighting], field: str, weight: Callable[[Sighting], int]) -> Sighting | None:
    """Return the candidate of the editor, else the weightiest, else the one with the best witness, else the first."""

    def standing(said: Sighting) -> tuple[bool, int, int]:
        rank = _rank(said, field)
        return rank != _EDITOR, -weight(said), rank

    return min(candidates, key=standing) if len(candidates) > 1 else next(iter(candidates), None)


def _exactest(said: Sequence[Sighting], believed: Sighting | None) -> Sighting | None:
    """Return who says the language that is believed with its country ("en-GB" for "en"), if anybody does."""
    exact = [each for each in said if believed and each.language.lower().startswith(f"{believed.language.lower()}-")]
    return _best(exact, "language", _alike) or believed


def _fullest(bodies: Sequence[Sighting]) -> Sighting | None:
    """Return the body of the best witness among those that lack little; an editor's may be as short as she likes."""
    if len(bodies) <= 1:
        return next(iter(bodies), None)
    ranked = [(_rank(said, "blocks"), -_length(said), said) for said in bodies]
    least = _NEARLY * max(-length for _, length, _ in ranked)
    return min((each for each in ranked if each[0] == _EDITOR or -each[1] >= least), key=lambda each: each[:2])[2]


def _is_outdated(said: Sighting, ordered: Sequence[Sighting]) -> bool:
    """Tell whether a source that is believed as much or more had as full a body, and has changed it since."""
    rank, whole = _rank(said, "blocks"), _NEARLY * _length(said)
    had: set[str] = set()
    for other in ordered:
        if other.source == said.source or not other.blocks or _rank(other, "blocks") > rank:
            continue
        if other.source in had and other.seen_at > said.seen_at:
            return True
        if _length(other) >= whole:
            had.add(other.source)
    return False


def is_gone(ordered: Iterable[Sighting], url: str) -> bool:
    """Tell whether an article at `url` is gone, by all that was said of it in order of time."""
    said_by = ""
    for said in ordered:
        if said.gone and page_key(said.url) in {"", page_key(url)}:
            said_by = said.source
        elif said.source == said_by or said.date_source in _SEES:
            said_by = ""
    return bool(said_by)


def _rank(sighting: Sighting, field: str) -> int:
    """Return how far behind the best kind of witness stands the one that this sighting has for `field`."""
    plain = sighting.date_source if sighting.date_source in _SAYS_PLAINLY else "page"
    return RANKS.get(witness(sighting, field) or plain, _PAGE)


def witness(sighting: Sighting, field: str) -> str:
    """Return the name of the witness that a sighting has for a field; "" where it says the thing plainly."""
    return next((each.name for each in sighting.witnesses if each.field == field), "")


def _alike(_: Sighting) -> int:
    return 0


def _length(sighting: Sighting) -> int:
    return sum(len(words(block.text)) for block in sighting.blocks)


def _detail(sighting: Sighting) -> int:
    """Return how much is said about the picture."""
    return sum(bool(getattr(sighting.image, field.name)) for field in fields(Image))
