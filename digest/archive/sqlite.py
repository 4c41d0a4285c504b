"""The archive in one SQLite file."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.archive import kept, lines
from digest.archive.identity import Cluster, Heard, Known, clusters, hear, hear_all, name_of, names_of
from digest.archive.sqlite_file import connect, explained, transaction
from digest.errors import ArchiveError
from digest.merge import changes, merge
from digest.model.article import Article, Document, Sighting
from digest.model.freshness import SourceState, Tally
from digest.wire import T, WireError, from_json, to_json

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SAME, _NEW, _UPDATED = Tally(same=1), Tally(new=1), Tally(updated=1)


class SqliteArchive:
    """Every article ever seen, with all that was ever said of it, so that merging can always start afresh.

    Raises ArchiveError where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = connect(path)

    def put(self, sightings: Sequence[Sighting], *, anew: bool = False) -> Tally:
        """Store sightings in one transaction: a new article, an update of a known one, or nothing new.

        `anew`: they are readings that were stored before, read once more; each stands in place of what it said then.
        """
        heard = hear_all(sightings)
        tally = Tally()
        with explained(self._path), transaction(self._connection):
            for cluster in clusters(heard, self._known(heard)):
                tally += self._store(cluster, anew=anew)
        return tally

    def window(self, start: datetime, end: datetime) -> tuple[Article, ...]:
        """Return the articles published in [start, end), by date and id: an index lookup."""
        return self._articles(
            "WHERE published >= ? AND published < ? ORDER BY published, id", micros(start), micros(end)
        )

    def late(self, start: datetime, end: datetime, *, seen_since: datetime) -> tuple[Article, ...]:
        """Return the articles published in [start, end) that were first seen at or after `seen_since`."""
        return self._articles(
            # Weeks of arrivals are few beside years of articles: 0.3 s at a million by the other index.
            "INDEXED BY article_seen WHERE first_seen >= ? AND published >= ? AND published < ? ORDER BY published, id",
            micros(seen_since),
            micros(start),
            micros(end),
        )

    def unplaced(self, seen_since: datetime | None) -> tuple[Article, ...]:
        """Return undated and gone articles first seen at or after `seen_since` (None: ever), in that order."""
        return self._articles(
            "WHERE (published IS NULL OR gone = 1) AND first_seen >= ? ORDER BY first_seen, id",
            micros(seen_since or datetime.min.replace(tzinfo=UTC)),
        )

    def find(self, keys: Sequence[str]) -> tuple[Article, ...]:
        """Return the articles known under any of `keys` (ids, aliases, URLs, guids), by id."""
        with explained(self._path):
            rows = {self._bearer(name_of(key.strip())) for key in keys} - {None}
            found = [article for row in rows for article in self._articles("WHERE row = ?", row)]
        return tuple(sorted(found, key=lambda article: article.id))

    def repeated(self, articles: Sequence[Article], least: int) -> dict[str, frozenset[str]]:
        """Return, by article, the lines at the ends of its body that at least so many pages of a source of it have."""
        with explained(self._path):
            found = {}
            for article in articles:
                row = self._bearer(name_of(article.id))
                sources = [said.source for said in self._sightings(row)] if row is not None else []
                found[article.id] = lines.repeated(self._connection, lines.lines(article.blocks), sources, least)
        return found

    def keep(self, document: Document) -> None:
        """Keep a raw page; the last of what one source has at one address."""
        with explained(self._path), transaction(self._connection):
            kept.keep(self._connection, document)

    def kept(self, sources: tuple[str, ...] = ()) -> Iterator[Document]:
        """Yield the raw pages that are kept of some sources; of all where none is named."""
        with explained(self._path):
            yield from kept.kept(self._connection, sources)

    def forget(self, before: datetime) -> None:
        """Let go of the raw pages that were retrieved before an instant."""
        with explained(self._path), transaction(self._connection):
            kept.forget(self._connection, before)

    def states(self) -> tuple[SourceState, ...]:
        """Return the state of every source ever read, by name."""
        with explained(self._path):
            rows = self._connection.execute("SELECT data FROM source ORDER BY name")
            return tuple(self._read(data, SourceState) for (data,) in rows)

    def note(self, state: SourceState) -> None:
        """Remember a source's state."""
        with explained(self._path), transaction(self._connection):
            self._connection.execute("REPLACE INTO source VALUES (?, ?)", (state.name, _text(state)))

    def close(self) -> None:
        """Release the file; SQLite folds its write-ahead log into it."""
        with explained(self._path):
            self._connection.close()

    def _known(self, heard: Iterable[Heard]) -> dict[str, Known]:
        """Return which articles bear the names of what was heard."""
        query = "SELECT article.row, url <> '' FROM name JOIN article ON article.row = name.article WHERE key = ?"
        names = dict.fromkeys(name for each in heard for name in (*each.names, each.body) if name)
        found = ((name, self._connection.execute(query, (name,)).fetchone()) for name in names)
        return {name: Known(row=row[0], has_url=bool(row[1])) for name, row in found if row}

    def _store(self, cluster: Cluster, *, anew: bool) -> Tally:
        """Store what was said of one article, and put the rows that turned out to be one together."""
        rows = sorted(cluster.rows)
        stored = {sighting for row in rows for sighting in self._sightings(row)}
        heard = [each.sighting for each in cluster.heard]
        readings = {(said.source, said.seen_at) for said in heard} if anew else set()
        standing = {said for said in stored if (said.source, said.seen_at) not in readings}
        said = changes([*standing, *heard])
        fresh, gone = [each for each in said if each not in stored], stored - set(said)
        if not fresh and not gone:
            return _SAME
        article = merge(said)
        before = self._articles("WHERE row = ?", rows[0]) if rows else ()
        row = self._write(article, rows[0] if rows else None)
        for other in rows[1:]:
            self._move(other, row)
        self._replace(row, gone, fresh)
        lines.count(self._connection, stored, said)
        self._connection.executemany(
            "INSERT OR IGNORE INTO name VALUES (?, ?)", [(name, row) for name in names_of(article, cluster.heard)]
        )
        return _NEW if not rows else _SAME if (article,) == before else _UPDATED

    def _replace(self, row: int, gone: Iterable[Sighting], fresh: Iterable[Sighting]) -> None:
        """Store sightings of the article in a row, in place of others."""
        self._connection.executemany(
            "DELETE FROM sighting WHERE article = ? AND data = ?", [(row, _text(sighting)) for sighting in gone]
        )
        self._connection.executemany(
            "INSERT INTO sighting (article, data) VALUES (?, ?)", [(row, _text(sighting)) for sighting in fresh]
        )

    def _write(self, article: Article, row: int | None) -> int:
        """Write an article over the one in `row`, or into a new row; return which."""
        published = micros(article.published) if article.published else None
        values = (article.id, article.url, published, micros(article.first_seen), int(article.gone), _text(article))
        written = self._connection.execute("REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?, ?)", (row, *values))
        return int(written.lastrowid or 0)

    def _move(self, other: int, row: int) -> None:
        """Give all that `other` has to `row`: they are one article."""
        sightings = [hear(sighting) for sighting in self._sightings(other)]
        (article,) = self._articles("WHERE row = ?", other)
        self._connection.executemany(
            "UPDATE name SET article = ? WHERE key = ? AND article = ?",
            [(row, name, other) for name in names_of(article, sightings)],
        )
        self._connection.execute("UPDATE sighting SET article = ? WHERE article = ?", (row, other))
        self._connection.execute("DELETE FROM article WHERE row = ?", (other,))

    def _sightings(self, row: int) -> list[Sighting]:
        rows = self._connection.execute("SELECT data FROM sighting WHERE article = ?", (row,))
        return [self._read(data, Sighting) for (data,) in rows]

    def _articles(self, which: str, *values: object) -> tuple[Article, ...]:
        with explained(self._path):
            rows = self._connection.execute(f"SELECT data FROM article {which}", values)  # noqa: S608 - our own clauses
            return tuple(self._read(data, Article) for (data,) in rows)

    def _bearer(self, name: str) -> int | None:
        found = self._connection.execute("SELECT article FROM name WHERE key = ?", (name,)).fetchone()
        return int(found[0]) if found else None

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


def micros(instant: datetime) -> int:
    """Return an aware instant as microseconds since 1970 in UTC."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


def _text(value: object) -> str:
    return to_json(value).decode()
