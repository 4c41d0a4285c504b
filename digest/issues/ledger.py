"""`delivery.jsonl`: an issue's ledger on disk. Append-only, an event a line; a torn last line is ignored.

`earlier.jsonl`, what newsletters of another tool carried, is such a ledger too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from digest.disk import append, explain
from digest.errors import IssueError
from digest.model.earlier import EarlierEvent
from digest.model.ledger import Event
from digest.wire import WireError, from_json, to_json

SCHEMA = 1

E = TypeVar("E", Event, EarlierEvent)


def read_events(path: Path) -> tuple[Event, ...]:
    """Return the ledger's events in order; none where there is no ledger. Raises as `read_lines`."""
    return read_lines(path, Event)


def read_lines(path: Path, kind: type[E]) -> tuple[E, ...]:
    """Return the events of a `kind` that a ledger holds, in order; none where there is no ledger.

    Raises:
        IssueError: a line before the last is damaged, or an event is from a newer Digest.

    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise explain(error, path, "the ledger cannot be read") from error
    return tuple(_events(lines, path, kind))


def _events(lines: list[bytes], path: Path, kind: type[E]) -> Iterator[E]:
    """Yield the events; the last line has no line end only where a crash tore it, and then it may be no event."""
    *ended, tail = lines
    for number, line in enumerate(ended, 1):
        if line.strip():
            yield _event(line, number, path, kind)
    if tail and _is_whole(tail):
        yield _event(tail, len(lines), path, kind)


def _event(line: bytes, number: int, path: Path, kind: type[E]) -> E:
    """Return the event of a line; a newer Digest's is told from a damaged one."""
    try:
        schema = from_json(line, _Schema).schema
        if schema <= SCHEMA:
            return from_json(line, kind)
    except WireError as error:
        hint = "mend that line from git or a backup: what was sent must not be forgotten"
        raise IssueError(f"line {number} is damaged: {error.message}", where=str(path), hint=hint) from error
    hint = "update Digest; the ledger is as it was"
    raise IssueError(f"line {number} is of schema {schema}", where=str(path), hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Schema:
    schema: int = 1


def _is_whole(line: bytes) -> bool:
    """Tell whether nothing of a line is missing: whatever its schema, it is JSON."""
    try:
        from_json(line, _Schema)
    except WireError:
        return False
    return True


def add_event(path: Path, event: Event | EarlierEvent) -> None:
    """Append an event and force it to the disk before returning; a line that a crash tore makes room for it."""
    try:
        append(path, to_json(event), whole=_is_whole)
    except OSError as error:
        raise explain(error, path, "the ledger cannot be written") from error
