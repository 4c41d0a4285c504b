"""Lines for an inbox to choose from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A text, how it was made, its length in characters, and whether inboxes have room for it."""

    text: str
    how: str
    length: int
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """What an issue's subject and preheader could be, what they are first."""

    subjects: tuple[Candidate, ...] = ()
    preheaders: tuple[Candidate, ...] = ()
