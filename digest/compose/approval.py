"""What a model wrote is sent when a person has approved that very text, and not before."""

from collections.abc import Iterator, Sequence

from digest.model.finding import Finding
from digest.model.issue import Issue, Words
from digest.model.ledger import Event
from digest.text.digests import sha256

CODE = "model-text"
"""The finding's code, and the `note` of the ledger's event that waives it."""


def unapproved(issue: Issue, events: Sequence[Event]) -> tuple[Finding, ...]:
    """Return an error for each text of an issue that a model wrote and nobody has approved.

    An approval is an event `waived` in the issue's ledger with the note `CODE` and the SHA-256 of the text as its
    `content`: a text that changes by a letter needs another. Who puts the text into edits.toml has made it their own.
    """
    approved = {event.content for event in events if event.event == "waived" and event.note == CODE}
    return tuple(
        Finding(
            code=CODE,
            level="error",
            message=f"a model wrote this {name}, and nobody has approved it",
            where=where,
            hint=f"read it beside the story, then put it into edits.toml as yours, or waive {sha256(words.text)[:12]}",
        )
        for where, name, words in _texts(issue)
        if words.origin == "model" and words.text and sha256(words.text) not in approved
    )


def _texts(issue: Issue) -> Iterator[tuple[str, str, Words]]:
    """Yield every text that could be a model's: where it stands, what it is, and its words."""
    for name in ("subject", "preheader", "opening"):
        yield issue.window.label, name, getattr(issue, name)
    for entry in issue.entries:
        yield entry.title.text, "lead", entry.lead
