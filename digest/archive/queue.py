"""The pages that are still to be read, and by what each address can be asked whether its answer still holds."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Final

from digest.archive.instants import instant, micros
from digest.model.page import Validators
from digest.model.wanted import Wanted
from digest.wire import to_json

_UNDATED: Final = -(2**63)
"""In place of an item's date where it has none: those come last."""

_WANT: Final = """INSERT INTO wanted VALUES (?, ?, ?, ?, ?, 0, '') ON CONFLICT (url) DO UPDATE SET
    source = MIN(source, excluded.source),
    always = MAX(always, excluded.always),
    published = MAX(published, excluded.published),
    said = CASE WHEN excluded.said = '' THEN said ELSE excluded.said END,
    tries = CASE WHEN excluded.said = '' OR said <> excluded.said THEN 0 ELSE tries END,
    error = CASE WHEN excluded.said = '' OR said <> excluded.said THEN '' ELSE error END"""


def want(connection: sqlite3.Connection, pages: Iterable[Wanted]) -> None:
    """Queue pages; one that is there already is asked for afresh, for whichever source comes first in the alphabet.

    A mere address is queued only where it says something else than when its page was read, or asked for.
    """
    rows = [_row(each) for each in pages if not each.said or each.said != _said_then(connection, each.url)]
    connection.executemany(_WANT, rows)


def ask_again(connection: sqlite3.Connection, pages: Iterable[Wanted]) -> None:
    """Queue pages that were read before; those that are there already stay as they are, however often they failed."""
    connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?, ?, ?, ?, ?, 0, '')", map(_row, pages))


def catch_up(connection: sqlite3.Connection, pages: Iterable[Wanted]) -> None:
    """Queue pages that were never read; those that are there already stay as they are."""
    query = "SELECT 1 FROM followed WHERE url = ?"
    ask_again(connection, [page for page in pages if not connection.execute(query, (page.url,)).fetchone()])


def _row(page: Wanted) -> tuple[str, str, bool, int, str]:
    return page.url, page.source, page.always, micros(page.published) if page.published else _UNDATED, page.said


def wanted(connection: sqlite3.Connection, sources: Iterable[str], tries: int, most: int) -> tuple[Wanted, ...]:
    """Return at most so many pages of some sources that failed fewer than `tries` times.

    The untried come first, of these the newest.
    """
    rows = connection.execute(
        "SELECT url, source, always, published, said, tries, error FROM wanted"
        " WHERE tries < ? AND source IN (SELECT value FROM json_each(?))"
        " ORDER BY tries, published DESC, url LIMIT ?",
        (tries, _names(sources), most),
    )
    return tuple(
        Wanted(
            url=url,
            source=source,
            always=bool(always),
            published=None if published == _UNDATED else instant(published),
            said=said,
            tries=tried,
            error=error,
        )
        for url, source, always, published, said, tried, error in rows.fetchall()
    )


def ownerless(connection: sqlite3.Connection, sources: Iterable[str]) -> list[str]:
    """Return the queued pages that none of `sources` leads to."""
    rows = connection.execute(
        "SELECT url FROM wanted WHERE source NOT IN (SELECT value FROM json_each(?)) ORDER BY url", (_names(sources),)
    )
    return [url for (url,) in rows.fetchall()]


def leave(connection: sqlite3.Connection, url: str, heir: str) -> None:
    """Leave a queued page to another source; where that is "", to nobody."""
    if heir:
        connection.execute("UPDATE wanted SET source = ? WHERE url = ?", (heir, url))
    else:
        connection.execute("DELETE FROM wanted WHERE url = ?", (url,))


def _names(sources: Iterable[str]) -> str:
    return to_json(sorted(sources)).decode()


def done(connection: sqlite3.Connection, url: str) -> None:
    """Take a page out of the queue and remember that it was read, and what a mere address said of it."""
    connection.execute(
        "INSERT INTO followed SELECT url, said FROM wanted WHERE url = ?"
        " ON CONFLICT (url) DO UPDATE SET said = excluded.said WHERE excluded.said <> ''",
        (url,),
    )
    connection.execute("DELETE FROM wanted WHERE url = ?", (url,))


def waiting(connection: sqlite3.Connection, tries: int) -> dict[str, int]:
    """Return, by source, how many pages failed fewer than `tries` times."""
    rows = connection.execute(
        "SELECT source, COUNT(*) FROM wanted WHERE tries < ? GROUP BY source ORDER BY source", (tries,)
    )
    return dict(rows.fetchall())


def spare(connection: sqlite3.Connection, urls: Iterable[str]) -> None:
    """Take pages out of the queue that nobody needs any more, unless they are always read."""
    connection.executemany("DELETE FROM wanted WHERE url = ? AND always = 0", [(url,) for url in urls])


def put_off(connection: sqlite3.Connection, url: str, error: str) -> None:
    """Count a try of a page that failed, and keep why."""
    connection.execute("UPDATE wanted SET tries = tries + 1, error = ? WHERE url = ?", (error, url))


def remember(connection: sqlite3.Connection, reader: str, answers: Mapping[str, Validators]) -> None:
    """Keep the validators of what addresses answered a reader; of an answer without any, nothing."""
    for url, said in answers.items():
        if said == Validators():
            connection.execute("DELETE FROM fetched WHERE reader = ? AND url = ?", (reader, url))
        else:
            values = (reader, url, said.etag, said.last_modified)
            connection.execute("REPLACE INTO fetched VALUES (?, ?, ?, ?)", values)


def validators(connection: sqlite3.Connection, reader: str, url: str) -> Validators | None:
    """Return the validators of what an address answered a reader last; None where there are none."""
    query = "SELECT etag, last_modified FROM fetched WHERE reader = ? AND url = ?"
    found = connection.execute(query, (reader, url)).fetchone()
    return Validators(etag=found[0], last_modified=found[1]) if found else None


def forget_readers(connection: sqlite3.Connection, but: Iterable[str]) -> None:
    """Let go of the validators of all readers but some: of a source that was removed, or is read in another way now."""
    connection.execute("DELETE FROM fetched WHERE reader NOT IN (SELECT value FROM json_each(?))", (_names(but),))


def _said_then(connection: sqlite3.Connection, url: str) -> str:
    found = connection.execute("SELECT said FROM followed WHERE url = ?", (url,)).fetchone()
    return str(found[0]) if found else ""
