"""The file under the archive: how it is opened, what its tables are, what SQLite's errors mean."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from digest.archive.alike import index
from digest.archive.identity import hear, names_of
from digest.archive.lines import count
from digest.archive.tables import SCHEMA, TABLES
from digest.errors import ArchiveError
from digest.model.article import Article, Sighting
from digest.wire import from_json

APPLICATION_ID = 0x44677374
"""What tells our databases from others: "Dgst", in the header field that SQLite keeps for this."""

BUSY_SECONDS = 5
"""How long to wait for another digest: an ingest of 10,000 articles holds the file for about as long."""

_CACHE_KILOBYTES = 65_536
"""Names and runs stand on pages all over a large archive: with SQLite's own 2 MB, storing 500 articles reads and writes
some of them many times. Storing the 40,000th to the 60,000th takes a seventh less with this."""

_PAGE_BYTES = 8192
"""An article of 200 words takes 2 KB, and a page holds whole rows only: with pages of 4 KB half of each stays empty."""


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


def reader(path: Path) -> sqlite3.Connection:
    """Open an archive that is there once more, to look things up while it is written, from any thread in its turn."""
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


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
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
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
        for statements in TABLES.values():
            _make(connection, statements)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")


def _upgrade(connection: sqlite3.Connection) -> None:
    """Bring an archive of an older schema to this one, schema by schema."""
    with transaction(connection):
        for schema in range(_pragma(connection, "user_version") + 1, SCHEMA + 1):
            _make(connection, TABLES[schema])
            if schema in _FILLING:
                _FILLING[schema](connection)
        connection.execute(f"PRAGMA user_version = {SCHEMA}")


def _make(connection: sqlite3.Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.execute(statement)


def _count_lines(connection: sqlite3.Connection) -> None:
    """Count the lines of all that was ever said as if it had been said now."""
    for (row,) in connection.execute("SELECT row FROM article ORDER BY row").fetchall():
        said = connection.execute("SELECT data FROM sighting WHERE article = ?", (row,))
        count(connection, (), [from_json(data.encode(), Sighting) for (data,) in said.fetchall()])


def _know_anew(connection: sqlite3.Connection) -> None:
    """Write the names of all articles as this version spells them, and let each be found by its runs."""
    connection.execute("DELETE FROM name")
    for (row,) in connection.execute(
        "SELECT row FROM article ORDER BY row"
    ).fetchall():  # bodies one by one: they are many
        (data,) = connection.execute("SELECT data FROM article WHERE row = ?", (row,)).fetchone()
        said = connection.execute("SELECT data FROM sighting WHERE article = ?", (row,)).fetchall()
        heard = [hear(from_json(each.encode(), Sighting)) for (each,) in said]
        article = from_json(data.encode(), Article)
        names = names_of(article, heard)
        connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", [(name, row) for name in names])
        index(connection, row, None, article)


_FILLING = {2: _count_lines, 3: _know_anew}
"""How the tables that a schema brought are filled from what was there before."""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the file for writing; all that is done within is kept, or none of it. One inside another is part of it."""
    if connection.in_transaction:
        yield
    else:
        yield from _begun(connection)


def _begun(connection: sqlite3.Connection) -> Iterator[None]:
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
