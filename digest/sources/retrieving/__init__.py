"""Documents: from the web, or from a file, a folder or a glob. What cannot be had is a row of the report."""

import contextlib
import csv
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from digest.errors import DigestError
from digest.model.article import Document, Problem
from digest.sources.dating import moment
from digest.sources.kinds import LARGEST, NEVER_GUESSED, SUFFIXES
from digest.sources.retrieving.unpacking import unpacked
from digest.sources.settings import Kind, Reading, SourceSettings
from digest.text.clean import decode
from digest.text.urls import canonical_url

MANIFEST = "manifest.csv"
"""Beside text scrapes, which have neither date nor address: columns `file`, `url`, `published`, `section`."""

_SAID = ("url", "published", "section")

_GLOB = frozenset("*?[")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a manifest says of one file."""

    url: str = ""
    published: str = ""
    section: str = ""


def documents(settings: SourceSettings, folder: Path, reading: Reading) -> Iterator[Document | Problem]:
    """Yield what a source has now: of the web one document, of a path each file, in the order of their names."""
    if "://" in settings.at:
        yield from retrieved(settings, reading)
        return
    problems: list[Problem] = []
    manifests: dict[Path, dict[str, Beside]] = {}
    for path in _files(settings, folder, problems):
        if path.parent not in manifests:
            manifests[path.parent] = _manifest(path.parent / MANIFEST, settings, problems)
        beside = manifests[path.parent].get(path.name, Beside())
        name = path.relative_to(folder) if folder in path.parents else path
        yield from problems
        problems.clear()
        yield from _read(path, name, settings, reading, beside)
    yield from problems


def _read(
    path: Path, name: Path, settings: SourceSettings, reading: Reading, beside: Beside
) -> Iterator[Document | Problem]:
    """Yield the document that a file holds, and what is wrong with the manifest's words on it."""
    body = contents(path, name, settings.name)
    if isinstance(body, Problem):
        yield body
        return
    url = canonical_url(beside.url)
    if beside.url and not url:
        yield Problem(source=settings.name, where=str(name), message=f"{MANIFEST}: not a web address: {beside.url!r}")
    date = moment(beside.published, reading)
    if isinstance(date, DigestError):
        yield Problem(source=settings.name, where=str(name), message=f"{MANIFEST}: {date.message}", hint=date.hint)
        date = None
    document = Document(
        source=settings.name,
        url=f"file:{quote(name.as_posix())}",
        body=body,
        retrieved_at=reading.now,
        page_url=url,
        published=date.instant if date else None,
        precision=date.precision if date else "instant",
        section=beside.section,
    )
    yield unpacked(document) if settings.kind == "sitemap" else document


def contents(path: Path, name: Path, source: str) -> bytes | Problem:
    """Return the bytes of a regular file that is not too large. Of a pipe or a device nothing is read."""

    def refused(message: str, hint: str, *, incomplete: bool = False) -> Problem:
        return Problem(source=source, where=str(name), message=message, hint=hint, incomplete=incomplete)

    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return refused("it is no file", "name a file, a folder or a pattern such as pages/*.html")
        with path.open("rb") as file:
            body = file.read(max(LARGEST.values()) + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
        return refused(f"cannot be read: {reason}", "check its name and its permissions", incomplete=True)
    if len(body) > max(LARGEST.values()):
        message = f"larger than {max(LARGEST.values()) // 1_000_000} MB: it was not read"
        return refused(message, "is it an article, or a feed?")
    return body


def retrieved(settings: SourceSettings, reading: Reading) -> Iterator[Document | Problem]:
    """Yield what a source on the web has now, as its kind is asked for."""
    if settings.kind == "sitemap":
        from digest.sources.retrieving.sitemap import documents as asked_for  # noqa: PLC0415 - heavy: lxml, 20 ms
    elif settings.kind == "wordpress":
        from digest.sources.retrieving.wordpress import documents as asked_for  # noqa: PLC0415 - likewise
    elif settings.kind == "ghost":
        from digest.sources.retrieving.ghost import documents as asked_for  # noqa: PLC0415 - likewise
    else:
        from digest.sources.retrieving.feed import documents as asked_for  # noqa: PLC0415 - likewise
    yield from asked_for(settings, reading)


def _files(settings: SourceSettings, folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield the files that a path names, sorted; a folder's are those whose names end as its kind's do."""
    at = folder / settings.at

    def report(error: OSError | ValueError) -> None:
        where, reason = (error.filename, error.strerror) if isinstance(error, OSError) else (None, None)
        hint = "check its permissions, and those of the folders above it" if reason else "check how it is written"
        message = f"cannot be read: {reason or error}"
        place = str(where or settings.at)
        problems.append(Problem(source=settings.name, where=place, message=message, hint=hint, incomplete=True))

    found: list[Path] = []
    empty = ""
    try:
        if at.is_dir():
            found = sorted(path for path in _walk(at, report) if path.name.endswith(_suffixes(settings.kind)))
            empty = f"the folder holds no {'/'.join(_suffixes(settings.kind))} file"
        elif _GLOB.intersection(settings.at) and not at.exists():
            found = _matching(settings.at, folder)
            empty = "no file has such a name"
        else:
            found = [at]
    except (OSError, ValueError) as error:
        report(error)
    if not found and not problems:
        problems.append(Problem(source=settings.name, where=settings.at, message=empty, hint="check the path"))
    yield from found


def changed_since(settings: SourceSettings, folder: Path, instant: datetime) -> bool:
    """Tell whether a file of a source was written after `instant`; what cannot be asked counts as unchanged."""
    when = instant.timestamp()
    for path in _files(settings, folder, []):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime > when:
                return True
    return False


def _matching(pattern: str, folder: Path) -> list[Path]:
    """Return the files that a pattern names, relative to `folder` where it is not absolute, sorted."""
    at = folder / pattern
    base = Path(at.anchor) if Path(pattern).is_absolute() else folder
    return sorted(path for path in base.glob(str(at.relative_to(base))) if path.is_file())


def _walk(top: Path, report: Callable[[OSError], None]) -> Iterator[Path]:
    """Yield every file in and below a folder but the hidden ones; `Path.rglob` would not say what it could not read."""
    for parent, folders, names in os.walk(top, onerror=report):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if not name.startswith("."))


def _suffixes(kind: Kind) -> tuple[str, ...]:
    if kind != "auto":
        return SUFFIXES[kind]
    return tuple(suffix for kind_, suffixes in SUFFIXES.items() if kind_ not in NEVER_GUESSED for suffix in suffixes)


def _manifest(path: Path, settings: SourceSettings, problems: list[Problem]) -> dict[str, Beside]:
    """Return what a folder's manifest says of each file; of a folder without one, nothing."""
    if _is_missing(path):
        return {}
    body = contents(path, path, settings.name)
    if isinstance(body, Problem):
        problems.append(body)
        return {}
    rows = csv.DictReader(decode(body).splitlines(), restval="")
    try:
        named = {row["file"]: Beside(**{key: (row.get(key) or "").strip() for key in _SAID}) for row in rows}
    except (KeyError, csv.Error) as error:
        hint = "its first line names the columns: file,url,published"
        message = f"cannot be read as a table with a column 'file': {error}"
        problems.append(Problem(source=settings.name, where=str(path), message=message, hint=hint))
        return {}
    return named


def _is_missing(path: Path) -> bool:
    """Tell whether a file is certainly not there; in a folder that may not be entered, reading it says why."""
    try:
        return not path.exists()
    except OSError:
        return False
