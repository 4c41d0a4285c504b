"""`delivery.jsonl`: an issue's ledger on disk. Append-only, an event a line; a torn last line is ignored."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.disk import append, explain
from digest.errors import IssueError, LockedError
from digest.model.ledger import Event
from digest.wire import WireError, from_json, to_json

SCHEMA = 1


def read_events(path: Path) -> tuple[Event, ...]:
    """Return the ledger's events in order; none where there is no ledger.

    Raises:
        IssueError: a line before the last is damaged, or an event is from a newer Digest.

    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise explain(error, path, "the ledger cannot be read") from error
    return tuple(_events(lines, path))


def _events(lines: list[bytes], path: Path) -> Iterator[Event]:
    """Yield the events; the last line has no line end only where a crash tore it, and then it may be no event."""
    *ended, tail = lines
    for number, line in enumerate(ended, 1):
        if line.strip():
            yield _event(line, number, path)
    if tail and _is_event(tail):
        yield _event(tail, len(lines), path)


def _event(line: bytes, number: int, path: Path) -> Event:
    try:
        event = from_json(line, Event)
    except WireError as error:
        hint = "mend that line from git or a backup: what was sent must not be forgotten"
        raise IssueError(f"line {number} is damaged: {error.message}", where=str(path), hint=hint) from error
    if event.schema > SCHEMA:
        hint = "update Digest; the ledger is as it was"
        raise IssueError(f"line {number} is of schema {event.schema}", where=str(path), hint=hint)
    return event


def _is_event(line: bytes) -> bool:
    try:
        from_json(line, Event)
    except WireError:
        return False
    return True


def add_event(path: Path, event: Event) -> None:
    """Append an event and force it to the disk before returning; a line that a crash tore makes room for it."""
    try:
        append(path, to_json(event), whole=_is_event)
    except OSError as error:
        raise explain(error, path, "the ledger cannot be written") from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the issue's lock: one command at a time changes it.

    Raises:
        LockedError: another command holds it; the message names its process.

    """
    path = folder / ".lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise explain(error, folder, "the issue cannot be locked") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.read(descriptor, 32).decode(errors="replace").strip() or "another process"
        os.close(descriptor)
        hint = "wait until it is done, then run this again"
        raise LockedError(
            f"digest is at work on this issue (process {holder})", where=str(folder), hint=hint
        ) from error
    try:
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)
