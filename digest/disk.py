"""Files that survive a crash: written whole, forced to the disk, put in place by one rename."""

import errno
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from digest.errors import IssueError


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` (name to bytes) into a new `folder` and force all of it to the disk."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, content)
    for inner in sorted({(folder / name).parent for name in files} | {folder}):
        sync(inner)


def replace(path: Path, content: bytes) -> None:
    """Put `content` at `path`: whoever reads it sees the old bytes or the new ones, whole."""
    new = path.with_name(f".{path.name}.new")
    _write(new, content)
    new.replace(path)
    sync(path.parent)


def append(path: Path, line: bytes, *, whole: Callable[[bytes], bool]) -> None:
    """Append one line to `path` and force it to the disk.

    A last line without its end is what a crash left: it is ended where `whole` says that nothing of it is missing, and
    taken away where it is torn.
    """
    with path.open("a+b") as file:
        file.seek(0)
        tail = file.read().rpartition(b"\n")[2]
        if tail and whole(tail):
            line = b"\n" + line
        elif tail:
            file.truncate(file.tell() - len(tail))
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())
    sync(path.parent)


def sync(folder: Path) -> None:
    """Force the names in `folder` to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def explain(error: OSError, place: Path, doing: str) -> IssueError:
    """Return what went wrong on the disk as an error that says what to do."""
    hints = {
        "ENOSPC": "make room on the disk and run it again; nothing was changed",
        "EROFS": "the disk is read-only; nothing was changed",
        "EACCES": "give yourself the right to write there; nothing was changed",
        "EPERM": "give yourself the right to write there; nothing was changed",
    }

    hint = hints.get(errno.errorcode.get(error.errno or 0, ""), "run it again; the issue is as it was")
    return IssueError(f"{doing}: {error.strerror}", where=str(error.filename or place), hint=hint)
