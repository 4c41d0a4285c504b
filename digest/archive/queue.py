"""The pages that are still to be read, and by what each address can be asked whether its answer still holds."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Final

from digest.archive.instants import instant, micros
from digest.model.page import Validators
from digest.model.wanted import Wanted

_UNDATED: Final = -(2**63)
"""In place of an item's date where it has none: those come last."""

_WANT: Final = """INSERT INTO wanted VALUES (?, ?, ?, ?, 0, '') ON CONFLICT (url) DO UPDATE SET
    source = MIN(source, excluded.source),
    always = MAX(always, excluded.always),
    published = MAX(published, excluded.published),
    tries = 0,
    error = ''"""


def want(connection: sqlite3.Connection, pages: Iterable[Wanted]) -> None:
    """Queue pages; one that is there already is asked for afresh, for whichever source comes first in the alphabet."""
    rows = [
        (each.url, each.source, each.always, micros(each.published) if each.published else _UNDATED) for each in pages
    ]
    connection.executemany(_WANT, rows)


def wanted(connection: sqlite3.Connection, tries: int, most: int) -> tuple[Wanted, ...]:
    """Return at most so many pages that failed fewer than `tries` times: the untried first, of these the newest."""
    rows = connection.execute(
        "SELECT url, source, always, published, tries, error FROM wanted WHERE tries < ?"
        " ORDER BY tries, published DESC, url LIMIT ?",
        (tries, most),
    )
    return tuple(
        Wanted(
            url=url,
            source=source,
            always=bool(always),
            published=None if published == _UNDATED else instant(published),
            tries=tried,
            error=error,
        )
        for url, source, always, published, tried, error in rows.fetchall()
    )


def waiting(connection: sqlite3.Connection) -> dict[str, int]:
    """Return, by source, how many pages were never asked for."""
    rows = connection.execute("SELECT source, COUNT(*) FROM wanted WHERE tries = 0 GROUP BY source ORDER BY source")
    return dict(rows.fetchall())


def drop(connection: sqlite3.Connection, urls: Iterable[str], *, unless_always: bool = False) -> None:
    """Take pages out of the queue: they were read, or nobody needs them any more."""
    rows = [(url, int(unless_always)) for url in urls]
    connection.executemany("DELETE FROM wanted WHERE url = ? AND always + ? < 2", rows)


def put_off(connection: sqlite3.Connection, url: str, error: str) -> None:
    """Count a try of a page that failed, and keep why."""
    connection.execute("UPDATE wanted SET tries = tries + 1, error = ? WHERE url = ?", (error, url))


def remember(connection: sqlite3.Connection, answers: Mapping[str, Validators]) -> None:
    """Keep the validators of what addresses answered; of an answer without any, nothing."""
    for url, said in answers.items():
        if said == Validators():
            connection.execute("DELETE FROM fetched WHERE url = ?", (url,))
        else:
            connection.execute("REPLACE INTO fetched VALUES (?, ?, ?)", (url, said.etag, said.last_modified))


def validators(connection: sqlite3.Connection, url: str) -> Validators | None:
    """Return the validators of what an address answered last; None where there are none."""
    found = connection.execute("SELECT etag, last_modified FROM fetched WHERE url = ?", (url,)).fetchone()
    return Validators(etag=found[0], last_modified=found[1]) if found else None
