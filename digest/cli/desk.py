"""What every command is told before its name (folder, newsletter, quiet), and how it opens the newsroom."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING

from digest.cli.screen import Screen

if TYPE_CHECKING:
    from datetime import datetime

    from digest.config.secrets import Keys
    from digest.issues.folder import IssueFolder
    from digest.pipeline.newsroom import Newsroom
    from digest.ports import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The options that stand before the command's name."""

    folder: Path = Path()
    newsletter: str = ""
    quiet: bool = False

    def screen(self, *, machine: bool = False) -> Screen:
        """Return how this command speaks."""
        return Screen(quiet=self.quiet, machine=machine)

    def newsroom(self) -> "Newsroom":
        """Open the newsroom of the folder."""
        from digest.pipeline.newsroom import open_newsroom

        return open_newsroom(self.folder, self.newsletter, compiled=cache("themes"), keys=keys(self.screen()))

    def newsrooms(self) -> "tuple[Newsroom, ...]":
        """Open the newsroom once for each of its newsletters, or for the one that was named."""
        from dataclasses import replace

        room = self.newsroom()
        if self.newsletter:
            return (room,)
        return tuple(replace(room, newsletter=each) for each in room.config.newsletters)

    def issue(self, room: "Newsroom", label: str | None) -> "IssueFolder":
        """Return the folder of the issue called `label`, or of the newest one; a path to it does as well.

        Which is the newest, a damaged issue cannot tell: it is passed over with a warning.
        """
        from digest.errors import IssueError

        if label is not None:
            return room.shelf.issue(Path(label).name)
        built = [folder for folder in room.shelf.folders() if folder.built]
        ends = [(end, folder.label) for folder in built if (end := self._end(folder))]
        if not ends:
            said = "none of the issues can be read" if built else "there is no issue yet"
            raise IssueError(said, where=str(room.shelf.path), hint="build one first: digest build --week")
        return room.shelf.issue(max(ends)[1])

    def _end(self, folder: "IssueFolder") -> "datetime | None":
        """Return when the issue's window ends; None, with a warning, where it is damaged.

        Raises:
            LockedError: a build is moving the issue into place, so that it may be the newest.

        """
        from digest.errors import DigestError, LockedError
        from digest.pipeline.handing import open_issue

        try:
            return open_issue(folder).window.end
        except LockedError:
            raise
        except DigestError as error:
            self.screen().warn(f"warning: passed over: {error}")
            return None


def keys(screen: Screen) -> "Keys":
    """Return who finds the secrets of this environment."""
    from digest.config.secrets import Keys

    return Keys(os.environ, screen.warn)  # noqa: TID251 - cli reads the environment


def user() -> str:
    """Return who is at the keyboard; in a container a user may have no name."""
    try:
        return getuser()
    except (KeyError, OSError):
        return "unknown"


def who(room: "Newsroom", by: str) -> str:
    """Return who decides: as `--as` says, else as digest.toml does, else who is at the keyboard."""
    return " ".join(by.split()) or room.config.desk.editor or user()


def cache(name: str) -> Path | None:
    """Return the user's own folder for what can be made again (XDG's cache directory); None where there can be none.

    Compiled themes are executed like `__pycache__`, so that nobody else may write there.
    """
    try:
        home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")  # noqa: TID251 - cli reads the environment
        folder = Path(home) / "digest-roundup" / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mine = folder.stat().st_uid == os.geteuid() and not folder.stat().st_mode & 0o022
    except (OSError, RuntimeError):  # a RuntimeError: neither HOME nor the user's database names a home
        return None
    return folder if mine else None


def answers_kept() -> Path | None:
    """Return the file that keeps what addresses answered; None where there can be none."""
    folder = cache("links")
    return folder and folder / "answers.json"


@contextmanager
def archive_of(room: "Newsroom") -> Iterator["Archive"]:
    """Open the newsroom's archive for the length of a command."""
    from digest.archive import open_archive

    archive = open_archive(room.archive_path)
    try:
        yield archive
    finally:
        archive.close()
