"""Where the bytes of pictures come from: a folder of the newsroom, else the web, a few at a time."""

import errno
import stat
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from threading import BoundedSemaphore
from urllib.parse import unquote, urlsplit

from digest.errors import PictureError, SourceError
from digest.pipeline.newsroom import Newsroom
from digest.text.urls import host
from digest.web import Limits
from digest.web.courtesy import Courteous

LIMITS = Limits(size=20_000_000, seconds=20.0)
"""A photograph has 20 MB at most as a camera stores it; an editor does not wait longer than 20 seconds for one."""
AT_ONCE = 4
"""Pictures that are worked at together: some are fetched while others are copied."""
A_HOST = 2
"""Pictures that are fetched from one host together: less than a browser does, which takes six."""


PATIENCE = 3
"""After so many long waits for nothing the rest of a host's pictures is not asked for: 25 would take minutes."""
LONG = 5.0
"""Seconds from which on a failure was a long wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """A file of the newsroom's own folder of pictures: its name in there, and its bytes."""

    name: str
    body: bytes


def from_folder(room: Newsroom, url: str) -> Local | None:
    """Return the picture that `[pictures] folder` holds for an address, None where there is none.

    That is the file whose path has most in common with the address's own, from its end: of `img/2024/quay.jpg` and
    `quay.jpg` the first.

    Raises:
        PictureError: there is one and it cannot be read.

    """
    if not room.config.pictures.folder:
        return None
    folder = room.root / room.config.pictures.folder
    return next((found for name in _names(url) if (found := _local(folder, name))), None)


def local_stand(room: Newsroom, url: str) -> tuple[str, int, int, int] | None:
    """Return what changes whenever another file, or other bytes, of the newsroom's folder stand for an address."""
    if not room.config.pictures.folder:
        return None
    folder = room.root / room.config.pictures.folder
    return next((found for name in _names(url) if (found := _stand(folder, name))), None)


def local_places(room: Newsroom, url: str) -> Iterator[Path]:
    """Yield where the newsroom's folder may hold the picture of an address, the best place first."""
    if room.config.pictures.folder:
        yield from (room.root / room.config.pictures.folder / name for name in _names(url))


def _stand(folder: Path, name: str) -> tuple[str, int, int, int] | None:
    try:
        found = (folder / name).stat()
    except OSError as error:
        gone = error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}
        return None if gone else (name, 0, 0, 0)
    return (name, found.st_mtime_ns, found.st_ctime_ns, found.st_size) if stat.S_ISREG(found.st_mode) else None


def _names(url: str) -> Iterator[str]:
    """Yield the paths that an address's picture may have in the folder, the longest first.

    What could lead out of the folder, or to a hidden file, is part of none.
    """
    try:
        parts = [unquote(part, errors="strict") for part in urlsplit(url).path.split("/")]
    except ValueError:  # a bracket that is not closed; bytes that are no text
        return
    fit = list(takewhile(_is_name, reversed(parts)))
    yield from ("/".join(reversed(fit[:length])) for length in range(len(fit), 0, -1))


def _is_name(part: str) -> bool:
    return bool(part) and not part.startswith(".") and "/" not in part and "\0" not in part


def _local(folder: Path, name: str) -> Local | None:
    path = folder / name
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        return Local(name=name, body=_read(path))
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}:
            return None
        raise PictureError(f"{name} in [pictures] folder cannot be read: {error.strerror}") from error


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        body = file.read(LIMITS.size + 1)
    if len(body) > LIMITS.size:
        raise PictureError(f"it is larger than {LIMITS.size:,} bytes")
    return body


class Fetcher:
    """Fetches pictures for several threads, from no host more than two at a time, and from a dead one only a few."""

    def __init__(self, web: Courteous, urls: Iterable[str]) -> None:
        self._web = web
        self._turns: Mapping[str, BoundedSemaphore] = {name: BoundedSemaphore(A_HOST) for name in map(host, urls)}
        self._waits: Counter[str] = Counter()

    def fetch(self, url: str) -> bytes:
        """Return what one of the addresses answers.

        Raises:
            SourceError: it cannot be had, or its host has kept us waiting for nothing three times before.

        """
        name = host(url)
        with self._turns[name]:
            if self._waits[name] >= PATIENCE:
                raise SourceError(f"not asked: {name} did not answer in time {PATIENCE} times before", where=url)
            began = time.monotonic()
            try:
                return self._web.get(url).body
            except SourceError:
                self._waits[name] += time.monotonic() - began >= LONG
                raise
