"""The folder of the public archive on the disk: what in it is Digest's, and what is in the way.

There is no list of files beside it: what is Digest's is told by its name and by a mark inside. So the folder holds
pages, pictures and feeds alone, it may be deleted at any time, and whatever a person put there (a CNAME, a robots.txt,
a .git) stays. A link is a person's, whatever it leads to, and nothing is read or written through one.
"""

import fcntl
import os
import re
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath

from digest.disk import explain, make_folder
from digest.errors import LockedError
from digest.model.names import COPY, LABEL

MARK = "<!--digest:site-->\n"
"""The last line of every page of the site; no theme writes it."""

_MARKS = {".html": MARK.encode(), ".xml": b"<generator>Digest</generator>", ".json": b'"_digest"'}
_NAME = re.compile(
    rf"(?:index\.html|feed\.xml|feed\.json|{LABEL.pattern}/index\.html|{LABEL.pattern}/{COPY.pattern})", re.ASCII
)
"""What a newsletter's part of the site can hold; a picture is known by its name alone."""

_HALF = re.compile(r"\.(.+)\.new")
"""What a crash left of a file that was being written (`digest.disk.replace`)."""

_DEPTHS = ("*", "[0-9]*/*", "[0-9]*/images/*")
"""Where files of a part can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A newsletter's part of the site: its folder, and the folders in it that belong to other newsletters."""

    folder: Path
    others: frozenset[str] = frozenset()

    def files(self) -> Iterator[str]:
        """Yield the names of all files in the part, and of links to folders, which are not followed."""
        for path, folders, names in os.walk(self.folder):
            inside = Path(path).relative_to(self.folder)
            folders[:] = sorted(name for name in folders if inside.parts or name not in self.others)
            links = [name for name in folders if (Path(path) / name).is_symlink()]
            yield from sorted((inside / name).as_posix() for name in [*names, *links])

    def pictures(self, label: str) -> tuple[str, ...]:
        """Return the names of the pictures that stand in the folder of the issue `label`."""
        there = (self.folder / label / "images").glob("*")
        names = (path.relative_to(self.folder).as_posix() for path in there)
        return tuple(sorted(name for name in names if self.is_ours(name)))

    def is_begun(self) -> bool:
        """Tell whether Digest wrote any file of the part."""
        found = (path for depth in _DEPTHS for path in self.folder.glob(depth))
        return any(self.is_ours(path.relative_to(self.folder).as_posix()) for path in found)

    def is_ours(self, name: str) -> bool:
        """Tell whether Digest wrote the file, or began to."""
        path = self.folder / name
        if path.is_symlink() or not path.is_file():
            return False
        half = _HALF.fullmatch(path.name)
        if half:
            return _NAME.fullmatch((Path(name).parent / half[1]).as_posix()) is not None
        if not _NAME.fullmatch(name):
            return False
        mark = _MARKS.get(path.suffix)
        return mark is None or mark in self.read(name)

    def in_the_way(self, name: str, ours: Container[str]) -> Path | None:
        """Return what keeps a file from being written: one of somebody else's, or a link above it; None for nothing.

        `ours` are the files of the part that Digest wrote.
        """
        above = [self.folder / folder for folder in PurePath(name).parents if folder.parts]
        for folder in reversed(above):
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                return folder
        path = self.folder / name
        return path if name not in ours and os.path.lexists(path) else None

    def read(self, name: str) -> bytes:
        """Return what a file holds; nothing where it is not there."""
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise explain(error, self.folder / name, "the site cannot be read") from error


@contextmanager
def exclusive(site: Path) -> Iterator[None]:
    """Hold the site: one command at a time writes it. The lock is the folder's own, so that no file is left in it.

    Raises:
        LockedError: another command holds it.

    """
    try:
        make_folder(site)
        descriptor = os.open(site, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise explain(error, site, "the site cannot be written") from error
    try:
        _lock(descriptor, site)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, site: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise LockedError("digest is at work on the site", where=str(site), hint="wait, then run this again") from error
