"""The archive in one SQLite file."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from digest.archive import alike, lines, queue
from digest.archive.beside import Beside
from digest.archive.identity import Cluster, Heard, Known, again, clusters, hear, hear_all, name_of, names_of
from digest.archive.instants import micros
from digest.archive.sqlite_file import explained
from digest.following import addresses, given_whole, is_address, wanted
from digest.merge import changes, guid_name, merge, order, seal
from digest.model.article import Article, Sighting
from digest.model.freshness import Tally
from digest.model.wanted import Pages
from digest.text.urls import page_key
from digest.wire import to_json

_DAY = timedelta(days=1)
_BEARER = "SELECT article.row, url FROM name JOIN article ON article.row = name.article WHERE key = ?"
_SAID_THEN = """SELECT data FROM name JOIN sighting ON sighting.article = name.article
    WHERE key = ? AND json_extract(data, '$.seen_at') = ?"""
_SAME, _NEW, _UPDATED = Tally(same=1), Tally(new=1), Tally(updated=1)


class SqliteArchive(Beside):
    """Every article ever seen, with all that was ever said of it, so that merging can always start afresh.

    Raises ArchiveError where the file cannot be read or written.
    """

    def put(self, sightings: Sequence[Sighting], *, anew: bool = False, pages: Pages = "never") -> Tally:
        """Store sightings in one transaction: a new article, an update of a known one, or nothing new.

        `anew`: they are readings that were stored before, read once more; each stands in place of what it said then.
        `pages` says which of the pages behind new words are put into the queue with them. Of what is nothing but an
        address all that is stored is that its page is to be read.
        """
        told, tally = [said for said in sightings if not is_address(said)], Tally()
        with self.together():
            queue.want(self._connection, addresses(self._unread(sightings, pages), pages))
            heard = hear_all(told, () if anew else self._earlier(told))
            for cluster in clusters(heard, self._known(heard), cache(self._sightings)):
                tally += self._store(cluster, anew=anew, pages=pages)
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

    def said(self, key: str) -> tuple[Sighting, ...]:
        """Return all that was ever said of the article known as `key`, in order; nothing where there is none."""
        with explained(self._path):
            row = self._bearer(name_of(key.strip()))
            return () if row is None else tuple(sorted(self._sightings(row), key=order))

    def repeated(self, articles: Sequence[Article], least: int) -> dict[str, frozenset[str]]:
        """Return, by article, the lines at the ends of its body that at least so many pages of a source of it have."""
        with explained(self._path):
            found = {}
            for article in articles:
                row = self._bearer(name_of(article.id))
                sources = [said.source for said in self._sightings(row)] if row is not None else []
                found[article.id] = lines.repeated(self._connection, lines.lines(article.blocks), sources, least)
        return found

    def alike(self, articles: Sequence[Article], least: int) -> dict[str, tuple[Article, ...]]:
        """Return, by article, by id, the others that may share `least` percent of the shorter body with it."""
        with explained(self._path):
            return {
                article.id: self._others(article.id, alike.likely(self._connection, article, least))
                for article in articles
            }

    def pairs(self, least: int) -> Iterator[tuple[Article, Article]]:
        """Yield all articles that may share `least` percent of the shorter body, two by two."""
        with explained(self._path):
            for one, other in alike.pairs(self._connection, least):
                yield self._article(one), self._article(other)

    def said_by(self, sources: Collection[str], start: datetime, end: datetime) -> tuple[Sighting, ...]:
        """Return the last word of each source on each article that it dates in [start, end), by address and guid."""
        with explained(self._path):
            rows = self._connection.execute(
                "SELECT row FROM article WHERE published >= ? AND published < ?",
                (micros(start - _DAY), micros(end + _DAY)),
            )
            spoken = [said for (row,) in rows.fetchall() for said in self._last_words(row, sources)]
        dated = [said for said in spoken if said.published and start <= said.published < end]
        return tuple(sorted(dated, key=lambda said: (said.url, said.guid)))

    def inherit(self, sources: Collection[str]) -> None:
        """Leave queued pages of any but `sources` to one of these that tells of the same article, else to nobody."""
        with self.together():
            for url in queue.ownerless(self._connection, sources):
                heirs = {said.source for said in self.said(url)} & set(sources)
                queue.leave(self._connection, url, min(heirs, default=""))

    def _earlier(self, told: Sequence[Sighting]) -> Iterator[Sighting]:
        """Yield what the same readings said before, in another batch, under the addresses and guids of these."""
        asked = {(name_of(name), _text(said.seen_at)[1:-1]) for said in told for name in (said.url, guid_name(said))}
        for named in sorted(asked):
            yield from (self._read(data, Sighting) for (data,) in self._connection.execute(_SAID_THEN, named))

    def _known(self, heard: Iterable[Heard]) -> dict[str, Known]:
        """Return which articles bear the names of what was heard."""
        names = dict.fromkeys(name for each in heard for name in each.all_names)
        known = self._bearers(names)
        left = (name for each in heard for name in each.names if name in known and known[name].at not in {"", name})
        known |= self._bearers(dict.fromkeys(map(again, left)))
        doubtful = (each for each in heard if each.moved and each.body in known and _is_anothers(each, known))
        return known | {each.moved: before for each in doubtful if (before := self._before(each))}

    def _bearers(self, names: Iterable[str]) -> dict[str, Known]:
        """Return which articles bear names, by those that are borne."""
        found = ((name, self._connection.execute(_BEARER, (name,)).fetchone()) for name in names)
        return {name: Known(row=row[0], has_url=bool(row[1]), at=page_key(row[1])) for name, row in found if row}

    def _before(self, heard: Heard) -> Known | None:
        """Return an article of which the same source gave the same body and instant under another name."""
        published = micros(heard.sighting.published) if heard.sighting.published else None
        rows = self._connection.execute(
            "SELECT row, url <> '' FROM article WHERE published = ?", (published,)
        ).fetchall()
        for row, has_url in rows:
            if any(hear(said).moved == heard.moved for said in self._sightings(row)):
                return Known(row=row, has_url=bool(has_url))
        return None

    def _store(self, cluster: Cluster, *, anew: bool, pages: Pages) -> Tally:
        """Store what was said of one article, and put the rows that turned out to be one together."""
        rows = sorted(cluster.rows)
        stored = {sighting for row in rows for sighting in self._sightings(row)}
        heard = [each.sighting for each in cluster.heard]
        readings = {(said.source, said.seen_at) for said in heard} if anew else set()
        standing = {said for said in stored if (said.source, said.seen_at) not in readings}
        said = changes([*standing, *heard])
        fresh, gone = [each for each in said if each not in stored], stored - set(said)
        if not fresh and not gone:  # its page may not have been wanted when it was new
            queue.catch_up(self._connection, wanted(heard, pages, whole=given_whole(said)))
            return _SAME
        article = merge(said)
        before = self._articles("WHERE row = ?", rows[0]) if rows else ()
        row = self._write(article, rows[0] if rows else None)
        for other in rows[1:]:
            self._move(other, row)
        alike.index(self._connection, row, next(iter(before), None), article)
        self._replace(row, gone, fresh)
        lines.count(self._connection, stored, said)
        self._connection.executemany(
            "INSERT OR IGNORE INTO name VALUES (?, ?)", [(name, row) for name in names_of(article, cluster.heard)]
        )
        self._want(said, fresh, pages)
        return _NEW if not rows else _SAME if (article,) == before else _UPDATED

    def _unread(self, sightings: Sequence[Sighting], pages: Pages) -> Iterator[Sighting]:
        """Yield what is nothing but an address and is not given whole by another source, sealed."""
        for said in filter(is_address, sightings):
            row = self._bearer(name_of(said.url))
            if pages == "always" or row is None or not given_whole(self._sightings(row)):
                yield seal(said)

    def _want(self, said: Sequence[Sighting], fresh: Sequence[Sighting], pages: Pages) -> None:
        """Queue the pages that new words on an article ask for; where it is given whole, those of earlier ones go."""
        whole = given_whole(said)
        if asked := wanted(fresh, pages, whole=whole):
            queue.want(self._connection, asked)
        if whole:
            queue.spare(self._connection, sorted({each.url for each in said}))

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
        alike.index(self._connection, other, article, None)
        self._connection.execute("UPDATE sighting SET article = ? WHERE article = ?", (row, other))
        self._connection.execute("DELETE FROM article WHERE row = ?", (other,))

    def _last_words(self, row: int, sources: Collection[str]) -> Iterable[Sighting]:
        """Return what each of some sources said last of the article in a row."""
        spoken = (said for said in sorted(self._sightings(row), key=order) if said.source in sources)
        return {said.source: said for said in spoken}.values()

    def _sightings(self, row: int) -> list[Sighting]:
        rows = self._connection.execute("SELECT data FROM sighting WHERE article = ?", (row,))
        return [self._read(data, Sighting) for (data,) in rows]

    def _articles(self, which: str, *values: object) -> tuple[Article, ...]:
        with explained(self._path):
            rows = self._connection.execute(f"SELECT data FROM article {which}", values)  # noqa: S608 - our own clauses
            return tuple(self._read(data, Article) for (data,) in rows)

    def _others(self, than: str, rows: Iterable[int]) -> tuple[Article, ...]:
        """Return the articles in some rows but one, by id."""
        found = [article for article in map(self._article, rows) if article.id != than]
        return tuple(sorted(found, key=lambda article: article.id))

    def _article(self, row: int) -> Article:
        (article,) = self._articles("WHERE row = ?", row)
        return article

    def _bearer(self, name: str) -> int | None:
        found = self._connection.execute("SELECT article FROM name WHERE key = ?", (name,)).fetchone()
        return int(found[0]) if found else None


def _text(value: object) -> str:
    return to_json(value).decode()


def _is_anothers(heard: Heard, known: Mapping[str, Known]) -> bool:
    """Tell whether a body is borne by another article than those that the names tell."""
    return known[heard.body].row not in {known[name].row for name in (*heard.names, *heard.hints) if name in known}
