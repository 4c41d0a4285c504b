"""The file under the archive: how it is opened, what its tables are, what SQLite's errors mean."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from digest.archive.lines import count
from digest.errors import ArchiveError
from digest.model.article import Sighting
from digest.wire import from_json

APPLICATION_ID = 0x44677374
"""What tells our databases from others: "Dgst", in the header field that SQLite keeps for this."""

SCHEMA = 2
"""The schema that this version writes; the newest that it reads."""

BUSY_SECONDS = 5
"""How long to wait for another digest: an ingest of 10,000 articles holds the file for about as long."""

_PAGE_BYTES = 8192
"""An article of 200 words takes 2 KB, and a page holds whole rows only: with pages of 4 KB half of each stays empty."""

_TABLES = (
    # Instants are microseconds since 1970 in UTC. `data` is the Article that its sightings make.
    """CREATE TABLE article (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        url TEXT NOT NULL,
        published INTEGER,
        first_seen INTEGER NOT NULL,
        gone INTEGER NOT NULL,
        data TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX article_published ON article (published, id)",
    "CREATE INDEX article_seen ON article (first_seen, published)",
    "CREATE INDEX article_unplaced ON article (first_seen, id) WHERE published IS NULL OR gone = 1",
    """CREATE TABLE sighting (
        row INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES article (row),
        data TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX sighting_article ON sighting (article)",
    # Every URL, guid, id and body by which an article is known. An index by article would be as large as the table,
    # and is not needed: an article's names follow from its sightings.
    "CREATE TABLE name (key TEXT PRIMARY KEY, article INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE source (name TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT, WITHOUT ROWID",
)

_ADDED = (
    # Of schema 2. On how many pages of a source a line stands; the key is a hash of both.
    "CREATE TABLE line (key INTEGER PRIMARY KEY, pages INTEGER NOT NULL) STRICT",
    # Raw pages, for as long as the configuration says. `data` is the Document without its body, `body` is packed.
    """CREATE TABLE page (
        source TEXT NOT NULL,
        url TEXT NOT NULL,
        retrieved INTEGER NOT NULL,
        data TEXT NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (source, url)
    ) STRICT""",
    "CREATE INDEX page_retrieved ON page (retrieved)",
)


def connect(path: Path) -> sqlite3.Connection:
    """Open the archive at `path`, made where there is none yet.

    Raises:
        ArchiveError: the file cannot be opened, is none of ours, or is from a newer Digest.

    """
    with explained(path):
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            _patiently(lambda: _prepare(connection, path))
        except BaseException:
            connection.close()
            raise
        return connection


def _patiently(prepare: Callable[[], None]) -> None:
    """Do what SQLite does not wait for by itself.

    Of several that open a new archive at once one alone can turn it to WAL; the others are told that it is locked, at
    once and whatever their timeout.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            prepare()
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # What was reported as stored must outlive a power cut: in WAL only FULL forces each commit to the disk.
    connection.execute("PRAGMA synchronous = FULL")
    if not _is_ours(connection, path):
        _create(connection, path)
    elif _pragma(connection, "user_version") < SCHEMA:
        _upgrade(connection)
    if _pragma(connection, "journal_mode") != "wal":
        connection.execute("PRAGMA journal_mode = WAL")


def _is_ours(connection: sqlite3.Connection, path: Path) -> bool:
    """Tell an archive from an empty file; refuse everything else."""
    if not _pragma(connection, "schema_version"):
        return False
    version = _pragma(connection, "user_version")
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise ArchiveError(
            "is a database of another program", where=str(path), hint="name another file, or move this one away"
        )
    if version > SCHEMA:
        raise ArchiveError(
            f"was written by a newer Digest (its schema is {version}, this one reads {SCHEMA})",
            where=str(path),
            hint="update Digest",
        )
    return True


def _create(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
    with transaction(connection):
        if _is_ours(connection, path):  # another digest was quicker
            return
        for statement in (*_TABLES, *_ADDED):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")


def _upgrade(connection: sqlite3.Connection) -> None:
    """Bring an archive of schema 1 to this one: its lines are counted as if they had been said now."""
    with transaction(connection):
        if _pragma(connection, "user_version") == SCHEMA:  # another digest was quicker
            return
        for statement in _ADDED:
            connection.execute(statement)
        for (row,) in connection.execute("SELECT row FROM article ORDER BY row").fetchall():
            said = connection.execute("SELECT data FROM sighting WHERE article = ?", (row,))
            count(connection, (), [from_json(data.encode(), Sighting) for (data,) in said.fetchall()])
        connection.execute(f"PRAGMA user_version = {SCHEMA}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the file for writing; all that is done within is kept, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # on a full disk SQLite has rolled back by itself
            connection.execute("ROLLBACK")
        raise


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        message, hint = _MEANINGS.get(_code(error), (str(error), "run it again; the archive is as it was"))
        raise ArchiveError(message, where=str(path), hint=hint) from error


def _code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code, 0 where Python found the fault itself."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


_MEANINGS = {
    sqlite3.SQLITE_BUSY: (
        f"is in use by another digest, for longer than {BUSY_SECONDS} seconds",
        "let it end, then run this again",
    ),
    sqlite3.SQLITE_NOTADB: ("is not a database", "name another file, or move this one away"),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "put a backup in its place, or move it away and ingest again"),
    sqlite3.SQLITE_READONLY: ("cannot be written", "give yourself the right to write the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "its folder must exist, and you must be allowed to write in it"),
    sqlite3.SQLITE_PERM: ("cannot be opened", "give yourself the right to read and write it"),
    sqlite3.SQLITE_FULL: ("the disk is full; nothing was stored", "make room and run it again"),
    sqlite3.SQLITE_IOERR: ("the disk could not be read or written", "see that it is whole and has room, run it again"),
}


def _pragma(connection: sqlite3.Connection, name: str) -> Any:  # noqa: ANN401 - a number or a word, as SQLite has it
    return connection.execute(f"PRAGMA {name}").fetchone()[0]
