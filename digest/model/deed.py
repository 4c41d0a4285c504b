"""What was done to an issue's `edits.toml`, one change after the other: the lines of `edits.log`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

DeedKind = Literal["begin", "decision", "outside", "undo", "redo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One change: at the character `place` of the file's text, `was` gave way to `now`.

    `begin`: the whole text, as the desk found it first; `decision`: at the desk; `outside`: by a text editor, git, or
    whoever else; `undo` and `redo` say in `of` which deed (counted from 0) they take back or do again. `before` and
    `after` are the SHA-256 of the file's bytes. `targets` name what it is about, from the whole to the part
    (`story:0123456789ab:headline`, `issue:subject`; "" is everything). `coding` is how its characters are bytes: a
    file that is no UTF-8 can be put back all the same.
    """

    schema: int = 1
    kind: DeedKind = "decision"
    at: datetime
    by: str = ""
    words: str
    targets: tuple[str, ...] = ()
    place: int = 0
    was: str = ""
    now: str = ""
    before: str
    after: str
    coding: Literal["utf-8", "latin-1"] = "utf-8"
    of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A change as people are told of it, with whether it was taken back since."""

    words: str
    by: str
    at: datetime
    undone: bool = False
