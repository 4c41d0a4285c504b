"""What readers have had: links of earlier sent issues, and the sources that may hold more."""

from collections.abc import Iterator

from digest.check.proof import Proof
from digest.check.rule import Hit, Rule
from digest.text.urls import page_key


def _sent(proof: Proof) -> Iterator[Hit]:
    had = {page_key(url): issue.words for issue in proof.facts.sent for url in issue.urls if page_key(url)}
    for entry in proof.issue.entries:
        words = had.get(page_key(entry.url)) if entry.url else None
        if words:
            yield Hit(message=f"{words} linked it already: {entry.url}", where=entry.title.text)


def _stale(proof: Proof) -> Iterator[Hit]:
    for finding in proof.facts.stale:
        yield Hit(message=finding.message, where=finding.where, hint=finding.hint)


RULES = (
    Rule(
        code="link-sent",
        level="warning",
        means="An entry leads to a page that an earlier sent issue had.",
        why="Readers have had it; a piece from elsewhere is easily picked twice.",
        hint='take it out in edits.toml, or leave it if it is meant: do = "drop"',
        look=_sent,
    ),
    Rule(
        code="source-stale",
        level="warning",
        means="A source was not read since the issue's week ended.",
        why="Stories of the week may be missing.",
        hint="mend it, then: digest ingest",
        look=_stale,
    ),
)
