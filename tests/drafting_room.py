"""A newsroom whose issue is drafted in this process, and what a draft says as bytes."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from digest.archive import open_archive
from digest.model.window import Window
from digest.pipeline.drafting import Drafted, Drafter
from digest.pipeline.gather import find_window
from digest.pipeline.newsroom import Newsroom, open_newsroom
from digest.pipeline.pictures.work import Having
from digest.pipeline.planning import Options
from digest.ports import Archive
from digest.window import Wanted
from digest.wire import to_json
from running import TOML, digest, newsroom

NOW = datetime(2024, 10, 25, 12, tzinfo=UTC)
OFFLINE = Options(offline=True, pictures=Having(offline=True))


@dataclass(frozen=True)
class Studio:
    """A newsroom with its archive open, and the week 2024-W43."""

    room: Newsroom
    archive: Archive
    window: Window

    @property
    def edits(self) -> Path:
        """Return the editor's file."""
        return self.room.shelf.issue(self.window.label).path / "edits.toml"

    def drafter(self, options: Options = OFFLINE) -> Drafter:
        """Return a drafter that knows nothing yet."""
        return Drafter(self.room, self.archive, self.window, options)

    def edit(self, toml: str) -> None:
        """Write the editor's file."""
        self.edits.parent.mkdir(parents=True, exist_ok=True)
        self.edits.write_text(f"schema = 1\n{toml}", encoding="utf-8")


@contextmanager
def studio(folder: Path, toml: str | None = None) -> Iterator[Studio]:
    """Make a newsroom with four stories in the week, all of them read."""
    newsroom(folder, toml or TOML)
    assert digest(folder, "ingest").code == 0
    room = open_newsroom(folder)
    with closing(open_archive(room.archive_path)) as archive:
        yield Studio(room, archive, find_window(room, Wanted(week="2024-W43"), NOW))


def said(drafted: Drafted) -> dict[str, bytes]:
    """Return all that a draft says, as bytes."""
    refused = drafted.refused and f"{type(drafted.refused).__name__}: {drafted.refused}"
    rest = [drafted.findings, drafted.selection, drafted.sources, refused]
    return {**drafted.files, "issue.json": to_json(drafted.issue), "rest": to_json(rest) + repr(drafted.brief).encode()}
