"""The line in the inbox: the subject, and the preheader behind it."""

import unicodedata
from collections.abc import Iterator

from digest.check.proof import Proof
from digest.check.rule import Hit, Rule
from digest.text.words import words

LONGEST = 70
"""Columns of a subject that inboxes on a desktop show (Gmail about 70); phones show 33 to 45."""
SHORTEST_PREHEADER = 30
LONGEST_PREHEADER = 150
"""Columns that the widest inboxes show of a preheader behind a short subject."""
_LOUD = 12
"""Letters from which on a subject in capitals is more than a name (NATO, COVID-19)."""


def columns(text: str) -> int:
    """Return the room that a text takes: two columns for a wide character, none for a mark or what joins."""
    return sum(
        0
        if unicodedata.category(character) in {"Cf", "Me", "Mn"}
        else 1 + (unicodedata.east_asian_width(character) in {"F", "W"})
        for character in text
    )


def _empty(proof: Proof) -> Iterator[Hit]:
    if not proof.issue.subject.text.strip():
        yield Hit(message="is empty", where="subject")


def _long(proof: Proof) -> Iterator[Hit]:
    taken = columns(proof.issue.subject.text)
    if taken > LONGEST:
        yield Hit(message=f"{taken} characters; inboxes show {LONGEST}, phones 40", where="subject")


def _repeated(proof: Proof) -> Iterator[Hit]:
    mine = words(proof.issue.subject.text)
    for issue in proof.facts.sent:
        if mine and words(issue.subject) == mine:
            yield Hit(message=f"{issue.words} had it too", where="subject")


def _loud(proof: Proof) -> Iterator[Hit]:
    subject = proof.issue.subject.text
    letters = [character for character in subject if character.isupper() or character.islower()]
    if len(letters) >= _LOUD and all(letter.isupper() for letter in letters):
        yield Hit(message="is written in capitals", where="subject")
    if "!!" in subject or "??" in subject or "$$" in subject:
        yield Hit(message="shouts: one mark is enough", where="subject")


def _wordless(proof: Proof) -> Iterator[Hit]:
    if proof.issue.subject.text.strip() and not words(proof.issue.subject.text):
        yield Hit(message="has no words", where="subject")


def _missing(proof: Proof) -> Iterator[Hit]:
    if not proof.issue.preheader.text.strip():
        yield Hit(message="is missing", where="preheader")


def _echo(proof: Proof) -> Iterator[Hit]:
    """Yield a preheader that is the subject again, or begins with it."""
    subject, preheader = words(proof.issue.subject.text), words(proof.issue.preheader.text)
    if subject and preheader[: len(subject)] == subject:
        yield Hit(message="repeats the subject", where="preheader")


def _short(proof: Proof) -> Iterator[Hit]:
    taken = columns(proof.issue.preheader.text.strip())
    if 0 < taken < SHORTEST_PREHEADER:
        yield Hit(message=f"{taken} characters; there is room for {LONGEST_PREHEADER}", where="preheader")


def _lengthy(proof: Proof) -> Iterator[Hit]:
    taken = columns(proof.issue.preheader.text)
    if taken > LONGEST_PREHEADER:
        yield Hit(message=f"{taken} characters; inboxes show {LONGEST_PREHEADER} at most", where="preheader")


_WRITE = 'write one under [issue] in edits.toml: subject = "…"'
_WRITE_PREHEADER = 'write one under [issue] in edits.toml: preheader = "…"'

RULES = (
    Rule(
        code="subject-empty",
        level="error",
        means="The mail has no subject.",
        why="Inboxes show “(no subject)”, and filters take it for spam.",
        hint=_WRITE,
        look=_empty,
    ),
    Rule(
        code="subject-long",
        level="warning",
        means="The subject is longer than inboxes show.",
        why="Its end is cut off, and with it what may be the point.",
        hint=_WRITE,
        look=_long,
    ),
    Rule(
        code="subject-repeats",
        level="warning",
        means="An earlier sent issue had the same subject.",
        why="Readers take it for the mail that they have read; some clients hide it in the same thread.",
        hint=_WRITE,
        look=_repeated,
    ),
    Rule(
        code="subject-loud",
        level="warning",
        means="The subject is in capitals, or has several exclamation or question marks in a row.",
        why="Filters count it as a sign of spam, and readers as shouting.",
        hint=_WRITE,
        look=_loud,
    ),
    Rule(
        code="subject-wordless",
        level="warning",
        means="The subject has no words, only signs or emoji.",
        why="A screen reader spells the signs out, and a search never finds the mail.",
        hint=_WRITE,
        look=_wordless,
    ),
    Rule(
        code="preheader-missing",
        level="warning",
        means="The mail has no preheader.",
        why="Inboxes then show its first words: “View online”, an alt text, a date.",
        hint=_WRITE_PREHEADER,
        look=_missing,
    ),
    Rule(
        code="preheader-repeats",
        level="warning",
        means="The preheader says the subject again.",
        why="The inbox shows both, one behind the other.",
        hint=_WRITE_PREHEADER,
        look=_echo,
    ),
    Rule(
        code="preheader-short",
        level="note",
        means="The preheader is short.",
        why="There is room for more, and it is the second line that readers decide by.",
        hint=_WRITE_PREHEADER,
        look=_short,
    ),
    Rule(
        code="preheader-long",
        level="note",
        means="The preheader is longer than inboxes show.",
        why="Its end is cut off.",
        hint=_WRITE_PREHEADER,
        look=_lengthy,
    ),
)
