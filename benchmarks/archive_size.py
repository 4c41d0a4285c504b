"""Make archives of any size around one and the same week, and say how large and how quick they are.

    python benchmarks/archive_size.py 1000 1000000 --folder archives

Every archive holds the same 25 stories in 2024-W43 (Europe/London, Friday 12:00); the others lie in the years 1995 to
2014, so that whatever is in reach of the week is the same at every size. The rows are those that `put` would make
(`check` compares them), written without asking who is known already: a million takes minutes, not a quarter of an hour.
"""

import argparse
import random
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from time import perf_counter

from digest.archive import open_archive
from digest.archive.alike import index
from digest.archive.instants import micros
from digest.archive.lines import count
from digest.archive.sqlite_file import connect, transaction
from digest.merge import seal
from digest.model.article import Article, Block, Sighting
from digest.text.digests import sha256
from digest.text.words import short_id, words
from digest.wire import to_json

WINDOW_START, WINDOW_END = datetime(2024, 10, 18, 11, tzinfo=UTC), datetime(2024, 10, 25, 11, tzinfo=UTC)
"""The week 2024-W43."""

IN_WEEK = 25
SECTIONS = ("Reporting", "Opinion", "Culture", "Science", "Letters")
AUTHORS = ("Ada Quill", "Bo Marsh", "Cy Tern", "Dee Lock", "Eli Strand", "Flo Weir", "Gus Pike", "Hal Reed")
FIRST, LAST = datetime(1995, 1, 2, tzinfo=UTC), datetime(2014, 12, 31, tzinfo=UTC)

_NOUNS = ("ferry", "quay", "tide", "lock", "weir", "pilot", "rope", "lamp", "ledger", "bridge", "crane", "harbour")
_VERBS = ("left", "found", "kept", "lost", "moved", "counted", "mended", "closed", "opened", "carried", "painted")
_WHERE = ("at noon", "in the fog", "before the vote", "by the old wall", "under the arch", "after the storm")
_BATCH = 20_000
_PARAGRAPHS = 4
_POOL = 5_000


def make_archive(path: Path, articles: int) -> None:
    """Write a new archive of that many articles (at least 25) to `path`."""
    connection = connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA cache_size = -1500000")  # kilobytes: the names are inserted in no order
    with closing(connection):
        for start in range(0, articles, _BATCH):
            _insert(connection, start, min(start + _BATCH, articles), articles)
        connection.execute("PRAGMA journal_mode = WAL")


def stories(articles: int) -> Iterator[Sighting]:
    """Yield what was said of each article of an archive of that size, in the order of time."""
    return (_sighting(number, articles) for number in range(articles))


def check() -> None:
    """Stop unless a small archive holds what `put` makes of the same stories."""
    with tempfile.TemporaryDirectory() as folder:
        fast, slow = Path(folder) / "fast.db", Path(folder) / "slow.db"
        make_archive(fast, 250)
        with closing(open_archive(slow)) as archive:
            archive.put(list(stories(250)))
        if _dump(fast) != _dump(slow):
            raise SystemExit("the rows are not those that put() makes")


def _insert(connection: sqlite3.Connection, start: int, end: int, articles: int) -> None:
    with transaction(connection):
        for number in range(start, end):
            sighting = _sighting(number, articles)
            article = _article(sighting)
            row = number + 1
            published, seen = micros(article.published or FIRST), micros(article.first_seen)
            columns = (row, article.id, article.url, published, seen, 0, to_json(article).decode())
            connection.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?)", columns)
            connection.execute("INSERT INTO sighting VALUES (?, ?, ?)", (row, row, to_json(sighting).decode()))
            pages = (url.removeprefix("https://") for url in (article.url, sighting.guid))
            names = (article.id, f"body:{article.fingerprint}", *pages)
            connection.executemany("INSERT INTO name VALUES (?, ?)", [(name, row) for name in names])
            count(connection, (), [sighting])
            index(connection, row, None, article)


def _sighting(number: int, articles: int) -> Sighting:
    """Return the sealed sighting of one story; the last 25 are the week's, alike at every size."""
    before = articles - IN_WEEK
    in_week = number - before
    if in_week >= 0:
        name, published = f"week-{in_week}", WINDOW_START + timedelta(hours=1 + 6 * in_week)
    else:
        name, published = f"years-{number}", FIRST + (LAST - FIRST) // before * number
    rng = random.Random(name)  # noqa: S311 - the same story for the same name
    one, two, three = rng.choices(_NOUNS, k=3)
    opening = Block(text=f"The {name.replace('-', ' ')} {one} {rng.choice(_VERBS)} the {two}.")
    return seal(
        Sighting(
            source="magazine",
            url=f"https://harbour.example/{published.year}/{name}-{one}-{two}",
            guid=f"https://harbour.example/posts/{name}",
            title=f"How the {two} {rng.choice(_VERBS)} the {three} of {name}",
            section=SECTIONS[(in_week if in_week >= 0 else number) % len(SECTIONS)],
            authors=(rng.choice(AUTHORS),),
            published=published,
            date_source="feed",
            blocks=(opening, *(_paragraph(number) for number in rng.choices(range(_POOL), k=_PARAGRAPHS))),
            seen_at=published + timedelta(hours=1),
        )
    )


def _article(sighting: Sighting) -> Article:
    """Return what merging one such sighting gives; the words of its paragraphs are known."""
    opening, *others = sighting.blocks
    spoken = [" ".join(words(opening.text)), *map(_spoken, others)]
    return Article(
        id=short_id(sighting.url),
        url=sighting.url,
        aliases=(sighting.guid,),
        title=sighting.title,
        section=sighting.section,
        authors=sighting.authors,
        published=sighting.published,
        date_source=sighting.date_source,
        first_seen=sighting.seen_at,
        blocks=sighting.blocks,
        fingerprint=sha256(" ".join(spoken)),
    )


@cache
def _paragraph(number: int) -> Block:
    """Return one of the paragraphs that stories are made of: four sentences, about 48 words."""
    rng = random.Random(number)  # noqa: S311 - as above
    sentences = (
        f"The {rng.choice(_NOUNS)} {rng.choice(_VERBS)} the {rng.choice(_NOUNS)} {rng.choice(_WHERE)}, and a "
        f"{rng.choice(_NOUNS)} {rng.choice(_VERBS)} number {rng.randrange(10_000)}."
        for _ in range(4)
    )
    return Block(text=" ".join(sentences))


@cache
def _spoken(paragraph: Block) -> str:
    return " ".join(words(paragraph.text))


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def _report(path: Path, articles: int) -> None:
    began = perf_counter()
    make_archive(path, articles)
    took = perf_counter() - began
    times = []
    with closing(open_archive(path)) as archive:
        for _ in range(15):
            began = perf_counter()
            found = len(archive.window(WINDOW_START, WINDOW_END))
            times.append(perf_counter() - began)
            if found != IN_WEEK:
                raise SystemExit(f"{path}: {found} stories in the week")
    size = path.stat().st_size / 1e6
    print(
        f"{articles:>9,} articles: made in {took:.1f} s, {size:,.0f} MB; "
        f"the week's {IN_WEEK} read in {statistics.median(times) * 1e3:.2f} ms"
    )


def main() -> None:
    """Make and measure archives of the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--folder", type=Path, required=True)
    asked = parser.parse_args()
    check()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for articles in asked.sizes:
        _report(asked.folder / f"{articles}.db", articles)


if __name__ == "__main__":
    main()
