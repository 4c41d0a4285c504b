"""`issue.json`: an issue's record, read and looked through before anybody uses it."""

from collections.abc import Iterator
from dataclasses import dataclass

from digest.errors import IssueError
from digest.model.issue import SCHEMA, Issue
from digest.model.names import COPY, FACES, LABEL, NEWSLETTER
from digest.wire import WireError, from_json

_HINT = "take it from git or a backup, or build the issue again"


def read_record(data: bytes, where: str) -> Issue:
    """Return the Issue that a record's bytes hold; every name in it that becomes a path is a name and no more.

    Raises:
        IssueError: the record is damaged, from a newer Digest, or names a file that no build writes.

    """
    try:
        schema = from_json(data, _Schema).schema
        if schema > SCHEMA:
            hint = "update Digest; the issue is as it was"
            raise IssueError(f"is of schema {schema}; this Digest reads up to {SCHEMA}", where=where, hint=hint)
        issue = from_json(data, Issue)
    except WireError as error:
        raise IssueError(f"is damaged: {error.message}", where=where, hint=_HINT) from error
    for what, name in _misnamed(issue):
        raise IssueError(f"no {what} can be called {name!r}", where=where, hint=_HINT)
    return issue


@dataclass(frozen=True, slots=True, kw_only=True)
class _Schema:
    schema: int


def _misnamed(issue: Issue) -> Iterator[tuple[str, str]]:
    """Yield what a record names and nothing of ours is called: what it should be, and the name."""
    if not LABEL.fullmatch(issue.window.label):
        yield "issue", issue.window.label
    if not NEWSLETTER.fullmatch(issue.newsletter):
        yield "newsletter", issue.newsletter
    for file in issue.files:
        if file.name not in FACES and not COPY.fullmatch(file.name):
            yield "file of an issue", file.name
    for picture in issue.pictures:
        if picture.file and not COPY.fullmatch(picture.file):
            yield "copy of a picture", picture.file
