"""`edits.log`: what was done to `edits.toml`, a line a deed, beside it on this machine (git-ignored). Append-only.

A deed is in the log, forced to the disk, before `edits.toml` is replaced, and a line behind it says that it was. Where
a crash came between the two, the deed is carried out when the log is next opened: what was written down is done.
"""

from dataclasses import dataclass
from pathlib import Path

from digest.disk import append, explain, replace
from digest.errors import IssueError
from digest.model.deed import Deed
from digest.wire import WireError, from_json, to_json

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """The deeds in order; `pending`: nobody says yet that the last one's outcome stands in `edits.toml`."""

    deeds: tuple[Deed, ...] = ()
    pending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What every line says: its schema; `kept` is the SHA-256 of an edits.toml that a deed has led to."""

    schema: int = 1
    kept: str = ""


def read_log(path: Path) -> Log:
    """Return the log; an empty one where there is none. A last line that a crash tore is left out.

    Raises:
        DiskError: it cannot be read.
        IssueError: a line before the last is damaged, or of a newer Digest.

    """
    try:
        *ended, tail = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return Log()
    except OSError as error:
        raise explain(error, path, "the log of edits cannot be read") from error
    lines = [*ended, *([tail] if tail and _is_whole(tail) else [])]
    deeds: list[Deed] = []
    pending = False
    for number, line in enumerate(lines, 1):
        if line.strip():
            said = _said(line, number, path)
            pending = isinstance(said, Deed)
            deeds += [said] if isinstance(said, Deed) else []
    return Log(deeds=tuple(deeds), pending=pending)


def add_deed(path: Path, deed: Deed) -> None:
    """Write down what is about to be done, and force it to the disk.

    Raises:
        DiskError: it cannot be written; nothing is to be done then.

    """
    _append(path, to_json(deed))


def keep(path: Path, after: str) -> None:
    """Write down that the last deed's outcome stands in `edits.toml`.

    Raises:
        DiskError: it cannot be written; the deed is done all the same, and is found to be.

    """
    _append(path, to_json(_Line(kept=after)))


def size_of(path: Path) -> int:
    """Return how many bytes the log has; 0 where there is none.

    Raises:
        DiskError: nobody can tell.

    """
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise explain(error, path, "the log of edits cannot be read") from error


def rewrite(path: Path, log: Log) -> None:
    """Write the whole log down again: somebody has cut it, or taken it away, who is not its writer.

    Raises:
        DiskError: it cannot be written; what stood there still does.

    """
    kept = [to_json(_Line(kept=log.deeds[-1].after))] if log.deeds and not log.pending else []
    lines = [*map(to_json, log.deeds), *kept]
    try:
        replace(path, b"".join(line + b"\n" for line in lines))
    except OSError as error:
        raise explain(error, path, "the log of edits cannot be written") from error


def _append(path: Path, line: bytes) -> None:
    try:
        append(path, line, whole=_is_whole)
    except OSError as error:
        raise explain(error, path, "the log of edits cannot be written") from error


def _said(line: bytes, number: int, path: Path) -> Deed | str:
    """Return the deed of a line, or the hash that it says is kept."""
    try:
        plain = from_json(line, _Line)
        if plain.schema <= SCHEMA:
            return plain.kept or from_json(line, Deed)
    except WireError as error:
        hint = f"move {path.name} away: edits.toml is whole without it, and what was done before cannot be undone then"
        raise IssueError(f"line {number} is damaged: {error.message}", where=str(path), hint=hint) from error
    raise IssueError(f"line {number} is of schema {plain.schema}", where=str(path), hint="update Digest")


def _is_whole(line: bytes) -> bool:
    try:
        from_json(line, _Line)
    except WireError:
        return False
    return True
