"""Watching: whether somebody else has changed what the issue is made from.

The files are looked at by their time, size and number, four times a second. For some dozens of files that is nothing,
and it holds where a system tells no events: a folder of another machine, a container's mount, a file that an editor
replaces instead of writing into it. The clock changes an issue too, each time that an article of its week comes out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from digest.issues.folder import EDITS, LEDGER, RECORD, IssueFolder
from digest.issues.shelf import EARLIER
from digest.model.issue import Issue
from digest.model.selection import Selection
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.pictures.sources import local_places

Part = Literal["newsroom", "edits", "ledger", "record", "archive", "others", "pictures"]
"""What was changed: configuration and themes; the issue's edits.toml; its ledger; what was built; the archive;
other issues; the newsroom's own pictures."""

Look = tuple[tuple[str, int, int, int], ...]
"""How files stand: the name, time of the last change in nanoseconds, size and inode of each."""

_MOST = 2000
"""Files of `templates/` that are looked at: a theme has a dozen. Who keeps more there loads the page again."""


class Watch:
    """The files of one issue as they stood when they were last taken in.

    `pictures` returns where its pictures may stand: which these are changes with the issue.
    """

    def __init__(self, room: Newsroom, folder: IssueFolder, pictures: Callable[[], Iterable[Path]] = tuple) -> None:
        self._looks: Mapping[Part, Callable[[], Iterator[Path]]] = {
            "newsroom": lambda: _newsroom(room.root),
            "edits": lambda: iter((folder.path / EDITS,)),
            "ledger": lambda: iter((folder.path / LEDGER,)),
            "record": lambda: iter((folder.path / RECORD,)),
            "archive": lambda: iter((room.archive_path, room.archive_path.with_name(f"{room.archive_path.name}-wal"))),
            "others": lambda: _others(room, folder),
            "pictures": lambda: iter(pictures()),
        }
        self._known = self._look()
        self._before = self._known

    def changed(self) -> frozenset[Part]:
        """Return what has changed since the last call that told so, once it changes no more: half a file is no file."""
        now, before = self._look(), self._before
        self._before = now
        settled = {part for part in now if now[part] == before[part] != self._known[part]}
        self._known = {part: now[part] if part in settled else self._known[part] for part in now}
        return frozenset(settled)

    def _look(self) -> dict[Part, Look]:
        return {part: _stands(paths) for part, paths in self._looks.items()}


def local_pictures(room: Newsroom, issue: Issue) -> tuple[Path, ...]:
    """Return where `[pictures] folder` may hold what an issue shows: the folder itself may have thousands of files."""
    urls = {picture.source or picture.image.url for picture in issue.pictures}
    return tuple(sorted({path for url in urls for path in local_places(room, url)}))


def next_out(selection: Selection) -> datetime | None:
    """Return when the next of the articles in reach comes out that were not out yet when a selection was made."""
    reasons = (left.reason for left in selection.left_out)
    return min((reason.when for reason in reasons if reason.code == "future" and reason.when), default=None)


def _newsroom(root: Path) -> Iterator[Path]:
    yield root / "digest.toml"
    yield from sorted((root / "templates").rglob("*"))[:_MOST]


def _others(room: Newsroom, folder: IssueFolder) -> Iterator[Path]:
    """Yield what other issues say that this one depends on, and newsletters before them: sent, held, dropped."""
    yield room.shelf.path / EARLIER
    for other in room.shelf.folders():
        if other.path != folder.path:
            yield other.path / EDITS
            yield other.path / LEDGER


def _stands(paths: Callable[[], Iterator[Path]]) -> Look:
    """Return how files stand; nothing where they cannot even be listed now (a folder that is being moved)."""
    try:
        return tuple(_stand(path) for path in paths())
    except OSError:
        return ()


def _stand(path: Path) -> tuple[str, int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0, 0
    return str(path), found.st_mtime_ns, found.st_size, found.st_ino
