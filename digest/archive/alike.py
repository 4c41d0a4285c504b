"""Which articles may tell one story: those whose bodies have runs of five words in common, found by a few of them.

A row for each run of an article's sketch. Runs that many articles have are furniture, and lead to nothing.
"""

import sqlite3
from collections.abc import Iterator
from typing import Final

from digest.model.article import Article
from digest.text.sketches import Size, Sketch, likeness, sketch
from digest.text.words import words
from digest.wire import to_json

_COMMON: Final = 64
"""Articles that may have a run before it is furniture: more than copy any story, fewer than the pages of a source."""

_LIKELY: Final = 0.4
"""Compared is what seems to share this part of the percent asked for. Of two stories that share half of their runs,
and 16 of these are kept, fewer than four are shared once in a hundred times."""

_ALL: Final = 100

_NEAR: Final = """
    WITH rare AS MATERIALIZED (
        SELECT value AS hash FROM json_each(?)
        WHERE (SELECT count(*) FROM (SELECT 1 FROM run WHERE run.hash = value LIMIT ?)) <= ?
    )
    SELECT article, count(*), kept, runs FROM rare JOIN run ON run.hash = rare.hash GROUP BY article ORDER BY article
"""
"""One statement an article: thirty would take four times as long."""

_PAIRS: Final = """
    WITH rare AS (SELECT hash FROM run GROUP BY hash HAVING count(*) BETWEEN 2 AND ?)
    SELECT one.article, other.article, count(*), one.kept, one.runs, other.kept, other.runs
    FROM rare
    JOIN run AS one ON one.hash = rare.hash
    JOIN run AS other ON other.hash = rare.hash AND other.article > one.article
    GROUP BY one.article, other.article
"""


def index(connection: sqlite3.Connection, row: int, before: Article | None, after: Article | None) -> None:
    """Let an article be found by its runs as it is now, not as it was before (None: it was not, is no more)."""
    if before and after and before.blocks == after.blocks:
        return
    old, new = _rows(row, before), _rows(row, after)
    connection.executemany("DELETE FROM run WHERE hash = ? AND article = ?", [each[:2] for each in sorted(old - new)])
    connection.executemany("INSERT INTO run VALUES (?, ?, ?, ?)", sorted(new - old))


def likely(connection: sqlite3.Connection, article: Article, least: int) -> list[int]:
    """Return the rows of the articles, itself among them, that may share `least` percent of the shorter body."""
    own = _sketch(article)
    found = connection.execute(_NEAR, (to_json(sorted(own.hashes)).decode(), _COMMON + 1, _COMMON)).fetchall()
    return [row for row, count, *size in found if _is_likely(count, own.size, Size(*size), least)]


def pairs(connection: sqlite3.Connection, least: int) -> Iterator[tuple[int, int]]:
    """Yield the rows of all articles that may share `least` percent of the shorter body, two by two and in order."""
    for one, other, count, *sizes in connection.execute(_PAIRS, (_COMMON,)):
        if _is_likely(count, Size(*sizes[:2]), Size(*sizes[2:]), least):
            yield one, other


def _is_likely(shared: int, one: Size, other: Size, least: int) -> bool:
    return _ALL * likeness(shared, one, other) >= _LIKELY * least


def _rows(row: int, article: Article | None) -> set[tuple[int, int, int, int]]:
    found = _sketch(article) if article else None
    return {(each, row, *found.size) for each in found.hashes} if found else set()


def _sketch(article: Article) -> Sketch:
    return sketch([word for block in article.blocks for word in words(block.text)])
