"""Undoing: which deeds stand, which were taken back, and the one character more or less that each of them was.

A fold over the log, without limit: a deed that is taken back waits to be done again until another is done.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from digest.model.deed import Deed, Done


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The deeds, by their numbers: those that stand, and those that were taken back, the next one last in both."""

    done: tuple[int, ...] = ()
    undone: tuple[int, ...] = ()


def standing(deeds: Iterable[Deed]) -> Standing:
    """Return what stands after `deeds`, in the log's order."""
    done: list[int] = []
    undone: list[int] = []
    for number, deed in enumerate(deeds):
        match deed.kind:
            case "undo":
                undone.append(done.pop())
            case "redo":
                done.append(undone.pop())
            case "begin":
                pass
            case _:
                done.append(number)
                undone.clear()
    return Standing(done=tuple(done), undone=tuple(undone))


def told(deeds: Sequence[Deed]) -> tuple[Done, ...]:
    """Return what was done as people are told of it, the last first; what can be done again says that it was undone."""
    stand = standing(deeds)
    shown = sorted((*stand.done, *stand.undone), reverse=True)
    gone = frozenset(stand.undone)
    return tuple(
        Done(words=deeds[each].words, by=deeds[each].by, at=deeds[each].at, undone=each in gone) for each in shown
    )


def splice(before: str, after: str) -> tuple[int, str, str]:
    """Return where two texts differ, what stood there, and what stands there now: the shortest single change."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    return head, before[head : len(before) - tail], after[head : len(after) - tail]


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def turned(deed: Deed, number: int, kind: Literal["undo", "redo"]) -> Deed:
    """Return the deed that takes `deed`, the log's `number`, back (`undo`), or that does it again (`redo`)."""
    if kind == "redo":
        return replace(deed, kind="redo", of=number)
    return replace(deed, kind="undo", of=number, was=deed.now, now=deed.was, before=deed.after, after=deed.before)


def joined(deed: Deed, before: bytes, after: bytes) -> Deed:
    """Return a deed as the change of a file's bytes from `before` to `after`."""
    coding: Literal["utf-8", "latin-1"] = "utf-8" if _is_utf8(before) and _is_utf8(after) else "latin-1"
    place, was, now = splice(before.decode(coding), after.decode(coding))
    return replace(deed, place=place, was=was, now=now, before=version(before), after=version(after), coding=coding)


def carried_out(content: bytes, deed: Deed) -> bytes:
    """Return a file's bytes with a deed done to them."""
    text = content.decode(deed.coding)
    return (text[: deed.place] + deed.now + text[deed.place + len(deed.was) :]).encode(deed.coding)


def version(content: bytes) -> str:
    """Return what names a state of the file: the SHA-256 of its bytes."""
    return hashlib.sha256(content).hexdigest()


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def overtaking(deeds: Sequence[Deed], seen: str, targets: Iterable[str]) -> Deed | None:
    """Return the last deed since the version `seen` that is about one of `targets`; None where there is none.

    Raises:
        LookupError: no deed has led to that version.

    """
    known = [number for number, deed in enumerate(deeds) if seen == deed.after]
    if not known:
        raise LookupError(seen)
    wanted = tuple(targets)
    return next((deed for deed in reversed(deeds[known[-1] + 1 :]) if _meet(deed.targets, wanted)), None)


def _meet(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether anything is in both: the same, or one a part of the other."""
    return any(_within(a, b) or _within(b, a) for a in one for b in other)


def _within(part: str, whole: str) -> bool:
    return not whole or part == whole or part.startswith(f"{whole}:")
