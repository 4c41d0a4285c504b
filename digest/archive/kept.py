"""Raw pages, kept for a time: what a better reader reads anew."""

import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from digest.archive.instants import micros
from digest.model.article import Document
from digest.wire import from_json, to_json

_LEVEL: Final = 6


def keep(connection: sqlite3.Connection, document: Document) -> None:
    """Keep a page; of what one source has at one address the last is kept, and the same again changes nothing."""
    packed = zlib.compress(document.body, _LEVEL)
    known = connection.execute(
        "SELECT body FROM page WHERE source = ? AND url = ?", (document.source, document.url)
    ).fetchone()
    if known and known[0] == packed:
        return
    said = to_json(replace(document, body=b"")).decode()
    values = (document.source, document.url, micros(document.retrieved_at), said, packed)
    connection.execute("REPLACE INTO page VALUES (?, ?, ?, ?, ?)", values)


def kept(connection: sqlite3.Connection, sources: tuple[str, ...]) -> Iterator[Document]:
    """Yield the pages that are kept of some sources (none named: of all), in the order of their addresses."""
    rows = connection.execute("SELECT source, url FROM page ORDER BY source, url").fetchall()
    for source, url in rows:
        if not sources or source in sources:
            said, packed = connection.execute(
                "SELECT data, body FROM page WHERE source = ? AND url = ?", (source, url)
            ).fetchone()
            yield replace(from_json(said.encode(), Document), body=zlib.decompress(packed))


def forget(connection: sqlite3.Connection, before: datetime) -> None:
    """Let go of the pages that were retrieved before an instant."""
    connection.execute("DELETE FROM page WHERE retrieved < ?", (micros(before),))
