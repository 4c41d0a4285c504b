"""What the archive's file holds beside articles: sources' states, raw pages, the queue of pages, validators."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock

from digest.archive import kept, queue
from digest.archive.sqlite_file import connect, explained, reader, transaction
from digest.errors import ArchiveError
from digest.model.article import Document
from digest.model.freshness import SourceState
from digest.model.page import Validators
from digest.model.wanted import Wanted
from digest.wire import T, WireError, from_json, to_json


class Beside:
    """The file, and all in it that is no article. Raises ArchiveError where it cannot be read or written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = connect(path)
        self._reader = reader(path)
        self._reading = Lock()

    def state(self) -> tuple[int, int]:
        """Return what changes with every change of the file: that of another connection, and this one's own."""
        with explained(self._path):
            (others,) = self._connection.execute("PRAGMA data_version").fetchone()
            return int(others), self._connection.total_changes

    @contextmanager
    def together(self) -> Iterator[None]:
        """Store all that is stored within the block in one transaction, or nothing of it."""
        with explained(self._path), transaction(self._connection):
            yield

    def keep(self, document: Document) -> None:
        """Keep a raw page; the last of what one source has at one address."""
        with self.together():
            kept.keep(self._connection, document)

    def kept(self, sources: tuple[str, ...] = ()) -> Iterator[Document]:
        """Yield the raw pages that are kept of some sources; of all where none is named."""
        with explained(self._path):
            yield from kept.kept(self._connection, sources)

    def forget(self, before: datetime) -> None:
        """Let go of the raw pages that were retrieved before an instant."""
        with self.together():
            kept.forget(self._connection, before)

    def wanted(self, sources: Collection[str], tries: int, most: int) -> tuple[Wanted, ...]:
        """Return at most so many queued pages of `sources` that failed fewer than `tries` times, in their order."""
        with explained(self._path):
            return queue.wanted(self._connection, sources, tries, most)

    def waiting(self, tries: int) -> dict[str, int]:
        """Return, by source, how many queued pages failed fewer than `tries` times."""
        with explained(self._path):
            return queue.waiting(self._connection, tries)

    def ask_again(self, pages: Iterable[Wanted]) -> None:
        """Queue pages that were read before; those that are there already stay as they are."""
        with self.together():
            queue.ask_again(self._connection, pages)

    def answered(self, url: str) -> None:
        """Take a page out of the queue: what it said is stored."""
        with self.together():
            queue.done(self._connection, url)

    def put_off(self, url: str, error: str) -> None:
        """Count a try of a queued page that failed, and keep why."""
        with self.together():
            queue.put_off(self._connection, url, error)

    def validators(self, reader: str, url: str) -> Validators | None:
        """Return what an address said of the version that a reader has stored. Any thread may ask."""
        with explained(self._path), self._reading:
            return queue.validators(self._reader, reader, url)

    def remember(self, reader: str, found: Mapping[str, Validators]) -> None:
        """Keep what addresses said of what a reader has stored now; without an etag and a date, nothing is known."""
        with self.together():
            queue.remember(self._connection, reader, found)

    def forget_readers(self, but: Collection[str]) -> None:
        """Let go of what addresses said to any reader but these."""
        with self.together():
            queue.forget_readers(self._connection, but)

    def states(self) -> tuple[SourceState, ...]:
        """Return the state of every source ever read, by name."""
        with explained(self._path):
            rows = self._connection.execute("SELECT data FROM source ORDER BY name")
            return tuple(self._read(data, SourceState) for (data,) in rows)

    def note(self, state: SourceState) -> None:
        """Remember a source's state."""
        with self.together():
            self._connection.execute("REPLACE INTO source VALUES (?, ?)", (state.name, to_json(state).decode()))

    def close(self) -> None:
        """Release the file; SQLite folds its write-ahead log into it."""
        with explained(self._path):
            self._reader.close()
            self._connection.close()

    def _read(self, data: str, kind: type[T]) -> T:
        """Return a stored value.

        Raises:
            ArchiveError: the row holds something else.

        """
        try:
            return from_json(data.encode(), kind)
        except WireError as error:
            raise ArchiveError(
                f"holds a row that is no {kind.__name__}: {error}",
                where=str(self._path),
                hint="put a backup in its place, or move it away and ingest again",
            ) from error
