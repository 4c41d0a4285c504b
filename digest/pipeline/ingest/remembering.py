"""Remembering: a page that has not changed since what it said was stored is not sent again.

What a server said of a version is held until that version is stored (`settle`): a reading that failed or was killed
asks for the whole again.
"""

from collections.abc import Collection, Mapping
from threading import Lock
from typing import Protocol

from digest import __version__
from digest.model.page import Known, Page, Validators
from digest.model.wanted import Pages
from digest.sources import SourceSettings
from digest.text.digests import sha256
from digest.wire import to_json


class Door(Protocol):
    """Who asks for an address, and only for what has changed where something is known of it."""

    def get(self, url: str, known: Known | None = None) -> Page:
        """Return what `url` answers."""
        ...


class Memory(Protocol):
    """Where validators are kept, for each reader by the addresses that gave them."""

    def validators(self, reader: str, url: str) -> Validators | None:
        """Return what `url` said of the version that `reader` has stored."""
        ...

    def remember(self, reader: str, found: Mapping[str, Validators]) -> None:
        """Keep what addresses said of what `reader` has stored now; without an etag and a date, nothing is known."""
        ...


def reader_of(settings: SourceSettings, pages: Pages = "auto") -> str:
    """Return who reads a source: another section, kind or version of Digest would make something else of its answers.

    So would one who wants other `pages` behind it.
    """
    return f"{settings.name}\n{sha256(__version__ + pages + to_json(settings).decode())}"


class Remembering:
    """One reading of a source: it asks by `door` for what `reader` has not stored yet. Several threads may ask.

    `unchanged`: some of what was asked for is as it was, and was not sent again.
    """

    def __init__(self, door: Door, memory: Memory, reader: str) -> None:
        self._door, self._memory, self._reader = door, memory, reader
        self._held: dict[str, Validators] = {}
        self.unchanged = False
        self._lock = Lock()

    def get(self, url: str) -> Page:
        """Return what `url` answers; `unchanged` where what was stored of it still holds.

        Raises:
            SourceError: nothing usable came; `where` is `url`.

        """
        page = self._door.get(url, self._known)
        with self._lock:
            if page.unchanged:
                self.unchanged = True
            else:
                self._held[page.url] = page.validators
        return page

    def settle(self, stored: Collection[str]) -> None:
        """Keep what was said of these addresses, for what came of them is stored now.

        Others that were asked only led to them, as an index of sitemaps does: they are asked for in full each time,
        since what they lead to may change when they do not.
        """
        with self._lock:
            held = {url: said for url, said in self._held.items() if url in stored}
            self._held = {}
            if held:
                self._memory.remember(self._reader, held)

    def _known(self, url: str) -> Validators | None:
        with self._lock:
            return self._memory.validators(self._reader, url)
