"""The folder of the public archive on the disk: what Digest writes there, and what it must not touch.

There is no list of files beside it: what is Digest's is told by its name and by a mark inside. So the folder holds
pages, pictures and feeds alone, it may be deleted at any time, and whatever a person put there (a CNAME, a robots.txt,
a .git) stays.
"""

import fcntl
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from digest.disk import explain, make_folder, replace
from digest.errors import DiskError, LockedError

MARK = "<!--digest:site-->\n"
"""The last line of every page of the site; no theme writes it."""

_MARKS = {".html": MARK.encode(), ".xml": b"<generator>Digest</generator>", ".json": b'"_digest"'}
_NAME = re.compile(
    r"(?:index\.html|feed\.xml|feed\.json|\d[\w-]*/index\.html|\d[\w-]*/images/[0-9a-f]{8,}[\w-]*\.(?:jpg|png))",
    re.ASCII,
)
"""What a newsletter's part of the site can hold; a picture is named by the hash of its source."""

_HALF = re.compile(r"\.(.+)\.new")
"""What a crash left of a file that was being written (`digest.disk.replace`)."""

_LAST = ("index.html", "feed.xml", "feed.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What writing a newsletter's part of the site came to, in names of files relative to the site."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    same: int = 0
    foreign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A newsletter's part of the site: its folder, and the folders in it that belong to other newsletters."""

    folder: Path
    others: frozenset[str] = frozenset()

    def files(self) -> Iterator[str]:
        """Yield the names of all files in the part, sorted; a link to a folder is not followed."""
        for path, folders, names in os.walk(self.folder):
            inside = Path(path).relative_to(self.folder)
            folders[:] = sorted(name for name in folders if inside.parts or name not in self.others)
            yield from sorted((inside / name).as_posix() for name in names)

    def is_ours(self, name: str) -> bool:
        """Tell whether Digest wrote the file, or began to."""
        path = self.folder / name
        half = _HALF.fullmatch(path.name)
        if half:
            return _NAME.fullmatch((Path(name).parent / half[1]).as_posix()) is not None
        if not _NAME.fullmatch(name):
            return False
        mark = _MARKS.get(path.suffix)
        return mark is None or mark in self.read(name)

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


def write_part(part: Part, texts: Mapping[str, bytes], pictures: Mapping[str, Path]) -> Changes:
    """Make a part of the site hold `texts` and copies of `pictures` (by name), and of Digest's own files no other.

    Pictures first, then pages, then what links to them, so that no link ever leads nowhere; what no longer belongs
    goes last. Each file is replaced whole and only where it differs; a picture is named by what it shows, so its size
    tells.

    Raises:
        DiskError: a file that Digest did not write is in the way; nothing was changed.

    """
    present = list(part.files())
    ours = {name for name in present if part.is_ours(name)}
    _refuse_foreign(part, [name for name in present if name in texts and name not in ours])
    try:
        written = [name for name in sorted(pictures) if _copied(part, name, pictures[name])]
        written += [name for name in sorted(texts, key=lambda name: (name in _LAST, name)) if _put(part, name, texts)]
        # What a crash left of a file is gone already where that file was written again.
        gone = ours - texts.keys() - pictures.keys()
        removed = sorted(name for name in gone if (part.folder / name).exists())
        for name in removed:
            _remove(part, name)
    except OSError as error:
        raise explain(error, part.folder, "the site cannot be written") from error
    kept = [name for name in present if name not in ours]
    same = len(texts) + len(pictures) - len(written)
    return Changes(written=tuple(written), removed=tuple(removed), same=same, foreign=tuple(kept))


def _refuse_foreign(part: Part, names: list[str]) -> None:
    if names:
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        hint = "move it elsewhere, or write the site into another folder: --out DIR"
        raise DiskError(f"Digest did not write this file{more}", where=str(part.folder / names[0]), hint=hint)


def _put(part: Part, name: str, texts: Mapping[str, bytes]) -> bool:
    if part.read(name) == texts[name]:
        return False
    make_folder((part.folder / name).parent)
    replace(part.folder / name, texts[name])
    return True


def _copied(part: Part, name: str, source: Path) -> bool:
    target = part.folder / name
    if target.is_file() and target.stat().st_size == source.stat().st_size:
        return False
    make_folder(target.parent)
    replace(target, source.read_bytes())
    return True


def _remove(part: Part, name: str) -> None:
    """Remove a file, and the folders that it leaves empty."""
    path = part.folder / name
    path.unlink()
    while path.parent != part.folder and not any(path.parent.iterdir()):
        path = path.parent
        path.rmdir()
