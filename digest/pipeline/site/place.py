"""Where the public archive stands: each newsletter's part of it, and folders in which it must not be."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from digest.disk import explain
from digest.errors import UsageError
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.site.folder import Part

_HINT = "give it a folder of its own: --out DIR"
_GUESTS = frozenset({"404.html", "CNAME", "LICENSE", "README.md", "favicon.ico", "robots.txt"})
"""What a person has in the folder of a site before the site is there: a host's own files, as names that begin with a
dot are (`.git`, `.nojekyll`)."""
_GLOB = frozenset("*?[")


def part_of(room: Newsroom, site: Path) -> Part:
    """Return the newsletter's part of the site: the first one's is the site itself, without the folders of others."""
    first, *others = (each.name for each in room.config.newsletters)
    if room.newsletter.name == first:
        return Part(folder=site, others=frozenset(others))
    return Part(folder=site / room.newsletter.name)


def refuse_place(room: Newsroom, site: Path) -> None:
    """Refuse a folder that is something else already.

    Raises:
        UsageError: the newsroom's own files are there, or somebody's, and none that Digest wrote.

    """
    root, here = room.root.resolve(), site.resolve()
    if root.is_relative_to(here) or any(_touch(here, own) for own in _own(room) if not root.is_relative_to(own)):
        raise UsageError("the newsroom's own files are there", where=str(site), hint=_HINT)
    others = _others(site)
    if others and not any(part.is_begun() for part in _parts(room, site)):
        named = ", ".join(others[:3]) + (", …" if len(others) > 3 else "")  # noqa: PLR2004 - a line
        raise UsageError(f"holds something else than a site of Digest's: {named}", where=str(site), hint=_HINT)


def _touch(here: Path, own: Path) -> bool:
    return here.is_relative_to(own) or own.is_relative_to(here)


def _own(room: Newsroom) -> Iterator[Path]:
    """Yield the places that the newsroom writes to and reads from."""
    names = ["handover", "issues", "shots", "templates", room.config.pictures.folder]
    names += [_base(source.path) for source in room.config.sources]
    yield from ((room.root / name).resolve() for name in names if name)


def _base(path: str) -> str:
    """Return the part of a source's path before the first that is a pattern: `notes` of `notes/*/story.md`."""
    parts = Path(path).parts
    first = next((place for place, part in enumerate(parts) if _GLOB & set(part)), len(parts))
    return str(Path(*parts[:first])) if path else ""


def _others(site: Path) -> list[str]:
    """Return the names of what is in the folder and does not belong in one that waits for a site.

    An empty folder is nobody's: a crash leaves one before its first file.
    """
    try:
        found = sorted(site.iterdir()) if site.is_dir() else []
        return [path.name for path in found if not _is_guest(path.name) and not _is_empty(path)]
    except OSError as error:
        raise explain(error, site, "the site cannot be read") from error


def _is_guest(name: str) -> bool:
    return name.startswith(".") or name in _GUESTS


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and all(map(_is_empty, path.iterdir()))


def _parts(room: Newsroom, site: Path) -> Iterator[Part]:
    return (part_of(replace(room, newsletter=each), site) for each in room.config.newsletters)
