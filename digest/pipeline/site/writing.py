"""Writing a part of the site: first all that could be wrong is looked for, then files are written, each of them whole.

Pictures first, then pages, then what links to them, so that no link ever leads nowhere; what no longer belongs goes
last.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from digest.disk import explain, make_folder, replace
from digest.errors import DiskError
from digest.issues.folder import IssueFolder
from digest.model.issue import BuiltFile
from digest.pipeline.site.folder import Part

_LAST = ("index.html", "feed.xml", "feed.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A picture of an issue's folder, as the record there names it."""

    folder: IssueFolder
    file: BuiltFile

    def content(self) -> bytes:
        """Return its bytes.

        Raises:
            IssueError: it is missing, or not what was built.

        """
        return self.folder.built_file(self.file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a part should hold, by name: pages and feeds, pictures, and pictures that stay if they are there."""

    texts: Mapping[str, bytes]
    pictures: Mapping[str, Original]
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done: `present` are all files of the part, `ours` those of Digest, `copies` pictures to be copied.

    Nothing was written yet, and nothing is known that would keep it from being written.
    """

    part: Part
    wanted: Wanted
    present: tuple[str, ...]
    ours: frozenset[str]
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What writing a newsletter's part of the site came to, in names of files relative to the part."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    same: int = 0
    foreign: tuple[str, ...] = ()


def plan(part: Part, wanted: Wanted) -> Plan:
    """Return how `part` comes to hold what is wanted. The site is read and not written.

    Raises:
        DiskError: a file that Digest did not write, or a link, is in the way.
        IssueError: a picture that has to be copied is missing from its issue's folder, or not what was built.

    """
    present = tuple(part.files())
    ours = frozenset(name for name in present if part.is_ours(name))
    _refuse_in_the_way(part, [*wanted.texts, *wanted.pictures], ours)
    copies = tuple(sorted(name for name, picture in wanted.pictures.items() if not _holds(part, name, picture)))
    for name in copies:
        wanted.pictures[name].content()
    return Plan(part=part, wanted=wanted, present=present, ours=ours, copies=copies)


def _refuse_in_the_way(part: Part, names: Iterable[str], ours: frozenset[str]) -> None:
    found = sorted({path for name in names if (path := part.in_the_way(name, ours))})
    if found:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        message = "a link is in the way" if found[0].is_symlink() else "Digest did not write this file"
        hint = "move it elsewhere, or write the site into another folder: --out DIR"
        raise DiskError(f"{message}{more}", where=str(found[0]), hint=hint)


def _holds(part: Part, name: str, picture: Original) -> bool:
    """Tell whether the site has the very bytes of a picture: its name alone does not say that they are sound."""
    return hashlib.sha256(part.read(name)).hexdigest() == picture.file.sha256


def write(planned: Plan) -> Changes:
    """Write what was planned, each file only where it differs, and remove what of Digest's no longer belongs.

    Raises:
        DiskError: the disk fails; what was written until then is whole, and the next call does the rest.

    """
    part, texts, ours = planned.part, planned.wanted.texts, planned.ours
    try:
        for name in planned.copies:
            _put(part, name, planned.wanted.pictures[name].content())
        pages = [name for name in sorted(texts, key=_turn) if part.read(name) != texts[name]]
        for name in pages:
            _put(part, name, texts[name])
        # What a crash left of a file is missing already where that file was written again.
        gone = ours - texts.keys() - planned.wanted.pictures.keys() - planned.wanted.kept
        removed = sorted(name for name in gone if (part.folder / name).exists())
        for name in removed:
            _remove(part, name)
    except OSError as error:
        raise explain(error, part.folder, "the site cannot be written") from error
    written = (*planned.copies, *pages)
    belong = texts.keys() | planned.wanted.pictures.keys() | (planned.wanted.kept & ours)
    foreign = tuple(name for name in planned.present if name not in ours)
    return Changes(written=written, removed=tuple(removed), same=len(belong) - len(written), foreign=foreign)


def _turn(name: str) -> tuple[bool, str]:
    return name in _LAST, name


def _put(part: Part, name: str, content: bytes) -> None:
    make_folder((part.folder / name).parent)
    replace(part.folder / name, content)


def _remove(part: Part, name: str) -> None:
    """Remove a file, and the folders that it leaves empty."""
    path = part.folder / name
    path.unlink()
    while path.parent != part.folder and not any(path.parent.iterdir()):
        path = path.parent
        path.rmdir()
