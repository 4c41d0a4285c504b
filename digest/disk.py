"""Files that survive a crash: written whole, forced to the disk, put in place by one rename.

Forcing a file does not force its name: the folder that holds it is forced too, and so is every folder above that was
made for it.
"""

import errno
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from digest.errors import DiskError


def make_folder(path: Path) -> None:
    """Make a folder and what is missing above it; each new name is forced to the disk."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync(path.parent)


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` (name to bytes) into a new `folder` and force all of it to the disk."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        _write(folder / name, content)
    for inner in sorted({(folder / name).parent for name in files} | {folder}):
        sync(inner)


def replace(path: Path, content: bytes, *, may: Callable[[], bool] = lambda: True) -> bool:
    """Put `content` at `path`: whoever reads it sees the old bytes or the new ones, whole. Return whether it was put.

    `may` is asked last, when all is forced to the disk and only the rename is left: not put where it says no.
    """
    new = path.with_name(f".{path.name}.new")
    try:
        _write(new, content)
        if not may():
            new.unlink()
            return False
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)  # half a file would keep a full disk full
        raise
    sync(path.parent)
    return True


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


_HINTS = {
    errno.ENOSPC: "make room on the disk, then run it again",
    errno.EDQUOT: "make room on the disk, then run it again",
    errno.EFBIG: "make room on the disk, then run it again",
    errno.EROFS: "the disk is read-only: choose another place, or mount it for writing",
    errno.EACCES: "give yourself the right to it, then run it again",
    errno.EPERM: "give yourself the right to it, then run it again",
    errno.ENOTDIR: "a file is in the way of a folder: move it elsewhere",
    errno.EEXIST: "a file is in the way of a folder: move it elsewhere",
}


def explain(error: OSError, place: Path, doing: str) -> DiskError:
    """Return what went wrong on the disk as an error that says where, and what to do."""
    hint = _HINTS.get(error.errno or 0, "see that the place exists, then run it again")
    return DiskError(f"{doing}: {error.strerror or error}", where=str(error.filename or place), hint=hint)
