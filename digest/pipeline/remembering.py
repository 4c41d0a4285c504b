"""Remembering: what was made or asked before and is still so. Nothing here is ever older than what it stands for."""

import os
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from typing import Final, TypeVar, cast

from digest.issues.folder import EDITS, LEDGER, RECORD
from digest.issues.shelf import EARLIER, Shelf
from digest.model.article import Article, Sighting
from digest.ports import Archive

T = TypeVar("T")

_MOST: Final = 2000
"""Answers that are kept: an issue needs some hundred; who works for days at a desk asks many more."""


class Memory:
    """Values by what they were made from; all of them go when there are too many, or when they are no longer true."""

    def __init__(self) -> None:
        self._made: dict[Hashable, object] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made for `key` before, else what `make` gives now. A key says all that the value depends on.

        Where `make` fails nothing is remembered.
        """
        if key not in self._made:
            made = make()
            if len(self._made) >= _MOST:
                self._made.clear()
            self._made[key] = made
        return cast("T", self._made[key])

    def of(self, article: Article, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made of this very article before: a whole article is slow to compare, and each is read once.

        The article is kept with it, so that no other can take its place in memory.
        """
        return self.get((id(article), key), lambda: (article, make()))[1]

    def clear(self) -> None:
        """Forget everything."""
        self._made.clear()


class Remembering:
    """An archive that answers the same question once, as long as nobody changes it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._state: Hashable = None
        self._memory = Memory()
        self._met: dict[str, Article] = {}

    def look(self) -> bool:
        """See whether the archive has changed, and forget all answers where it has; tell whether that is so."""
        state = self._archive.state()
        changed, self._state = state != self._state, state
        if changed:
            self._memory.clear()
            self._met.clear()
        return changed

    def _same(self, found: tuple[Article, ...]) -> tuple[Article, ...]:
        """Return the very articles that were handed out before: what was made of them is then known too."""
        return tuple(known if (known := self._met.setdefault(each.id, each)) == each else each for each in found)

    def window(self, start: datetime, end: datetime) -> tuple[Article, ...]:
        """Return the articles published in [start, end), by date and id."""
        return self._memory.get(("window", start, end), lambda: self._same(self._archive.window(start, end)))

    def late(self, start: datetime, end: datetime, *, seen_since: datetime) -> tuple[Article, ...]:
        """Return the articles published in [start, end) that were first seen at or after `seen_since`."""
        key = ("late", start, end, seen_since)
        return self._memory.get(key, lambda: self._same(self._archive.late(start, end, seen_since=seen_since)))

    def unplaced(self, seen_since: datetime | None) -> tuple[Article, ...]:
        """Return undated and gone articles first seen at or after `seen_since` (None: ever)."""
        return self._memory.get(("unplaced", seen_since), lambda: self._same(self._archive.unplaced(seen_since)))

    def find(self, keys: Sequence[str]) -> tuple[Article, ...]:
        """Return the articles known under any of `keys`, by id."""
        found = {each.id: each for key in keys for each in self._find(key)}
        return tuple(found[id_] for id_ in sorted(found))

    def _find(self, key: str) -> tuple[Article, ...]:
        return self._memory.get(("find", key), lambda: self._same(self._archive.find([key])))

    def said(self, key: str) -> tuple[Sighting, ...]:
        """Return all that was ever said of the article known as `key`, in order."""
        return self._memory.get(("said", key), lambda: self._archive.said(key))

    def repeated(self, articles: Sequence[Article], least: int) -> Mapping[str, frozenset[str]]:
        """Return, by article, the lines at the ends of its body that at least so many pages of a source of it have."""

        def of(article: Article) -> frozenset[str]:
            asked = ("repeated", least)
            return self._memory.of(article, asked, lambda: self._archive.repeated([article], least)[article.id])

        return {article.id: of(article) for article in articles}

    def alike(self, articles: Sequence[Article], least: int) -> Mapping[str, tuple[Article, ...]]:
        """Return, by article, by id, the others that may share `least` percent of the shorter body with it."""

        def of(article: Article) -> tuple[Article, ...]:
            asked = ("alike", least)
            return self._memory.of(article, asked, lambda: self._archive.alike([article], least)[article.id])

        return {article.id: of(article) for article in articles}


def others_of(shelf: Shelf, label: str) -> tuple[object, ...]:
    """Return what changes with every change of a shelf's files that an issue depends on: its own edits and record not.

    A file stands for itself by its time, size and number. A ledger only grows; all else is put in place whole, or
    written by somebody who types.
    """
    found: list[object] = [_stand(f"{shelf.path}/{EARLIER}")]
    try:
        names = sorted(entry.name for entry in os.scandir(shelf.path) if entry.name[:1].isdigit())
    except FileNotFoundError:
        return ()
    for name in names:
        folder = f"{shelf.path}/{name}"
        looked = (LEDGER,) if name == label else (LEDGER, EDITS, RECORD)
        found.append((name, *(_stand(f"{folder}/{file}") for file in looked)))
    return tuple(found)


def _stand(path: str) -> tuple[int, ...]:
    try:
        found = os.stat(path)  # noqa: PTH116 - a Path would take longer to make than the file to look at
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
