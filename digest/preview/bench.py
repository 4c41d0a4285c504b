"""The bench: a drafter over the archive as it stands now. Each thread has its own: SQLite's files are bound to one."""

from dataclasses import replace
from pathlib import Path

from digest.archive import open_archive
from digest.model.window import Window
from digest.pipeline.drafting import Drafter
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.planning import Options
from digest.ports import Archive


class Bench:
    """What one thread drafts with; it is opened when it is first asked for, and anew when what it is of is another."""

    def __init__(self, window: Window, options: Options) -> None:
        self._window, self._options = window, options
        self._archive: Archive | None = None
        self._archive_at: tuple[Path, tuple[int, int] | None] | None = None
        self._drafter: Drafter | None = None
        self._room: Newsroom | None = None

    def drafter(self, room: Newsroom) -> Drafter:
        """Return the drafter; it is made anew for a newsroom that was read again, and over another archive."""
        archive = self.archive(room)
        if self._drafter is None or self._room is not room:
            window = replace(self._window, words=room.speller.window(self._window))
            self._drafter, self._room = Drafter(room, archive, window, self._options), room
        return self._drafter

    def archive(self, room: Newsroom) -> Archive:
        """Return the archive that stands there now: whoever puts a backup in its place puts another file there."""
        path = room.archive_path
        if self._archive is None or self._archive_at != (path, _file_at(path)):
            self.close()
            self._archive = open_archive(path)
            self._archive_at = path, _file_at(path)
        return self._archive

    def close(self) -> None:
        """Close the archive."""
        self._drafter = None
        if self._archive is not None:
            archive, self._archive = self._archive, None
            archive.close()


def _file_at(path: Path) -> tuple[int, int] | None:
    """Return which file stands at a path: its device and number; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
