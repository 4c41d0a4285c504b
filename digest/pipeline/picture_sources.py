"""Where the bytes of pictures come from: a folder of the newsroom, else the web, a few at a time."""

import stat
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import BoundedSemaphore
from urllib.parse import unquote, urlsplit

from digest.errors import PictureError, SourceError
from digest.pipeline.newsroom import Newsroom
from digest.text.urls import host
from digest.web import Limits, Web

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


def from_folder(room: Newsroom, url: str) -> bytes | None:
    """Return the picture that `[pictures] folder` holds under the last part of an address, None where there is none.

    Raises:
        PictureError: there is one and it cannot be read.

    """
    name = _name(url)
    if not room.config.pictures.folder or not name:
        return None
    path = room.root / room.config.pictures.folder / name
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        return _read(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PictureError(f"{path.name} in [pictures] folder cannot be read: {error.strerror}") from error


def _name(url: str) -> str:
    """Return the last part of an address's path; "" where it cannot be the name of a file in the folder itself."""
    try:
        name = unquote(urlsplit(url).path.rpartition("/")[2], errors="strict")
    except ValueError:  # a bracket that is not closed; bytes that are no text
        return ""
    return "" if name.startswith(".") or "/" in name or "\0" in name else name


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        body = file.read(LIMITS.size + 1)
    if len(body) > LIMITS.size:
        raise PictureError(f"it is larger than {LIMITS.size:,} bytes")
    return body


class Fetcher:
    """Fetches pictures for several threads, from no host more than two at a time, and from a dead one only a few."""

    def __init__(self, web: Web, urls: Iterable[str]) -> None:
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
