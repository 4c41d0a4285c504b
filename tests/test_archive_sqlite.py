"""digest.archive.sqlite: what only the file can show: its lookups, its safety, its errors."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive_samples import DAY, NOON, body, said, story, titles
from digest.archive import open_archive, sqlite_file
from digest.archive.sqlite import SqliteArchive
from digest.errors import ArchiveError
from digest.model.article import Block
from digest.model.freshness import SourceState, Tally

ADDED = ("line", "page", "fetched", "wanted", "followed", "run")
"""The tables that schemas 2 and 3 brought."""

WEEK = (NOON, NOON + 7 * DAY)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "articles.db"


@pytest.fixture
def archive(path: Path) -> Iterator[SqliteArchive]:
    with closing(SqliteArchive(path)) as opened:
        yield opened


def pragma(archive: SqliteArchive, name: str) -> object:
    return archive._connection.execute(f"PRAGMA {name}").fetchone()[0]


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def plans(archive: SqliteArchive, ask: object) -> list[str]:
    """Return how SQLite goes about every query that `ask` makes."""
    asked: list[str] = []
    archive._connection.set_trace_callback(asked.append)
    ask()  # type: ignore[operator] # a lambda
    archive._connection.set_trace_callback(None)
    rows = [row for query in asked for row in archive._connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    return [row[3] for row in rows]


def test_the_file_says_whose_it_is_and_survives_a_power_cut(archive: SqliteArchive) -> None:
    assert pragma(archive, "application_id") == 0x44677374
    assert pragma(archive, "user_version") == 3
    assert pragma(archive, "journal_mode") == "wal"
    assert pragma(archive, "synchronous") == 2
    assert pragma(archive, "foreign_keys") == 1
    assert pragma(archive, "integrity_check") == "ok"


def test_every_table_is_strict(archive: SqliteArchive) -> None:
    tables = archive._connection.execute("PRAGMA table_list").fetchall()
    ours = {
        name: strict for _, name, kind, _, _, strict in tables if kind == "table" and not name.startswith("sqlite_")
    }
    assert ours == dict.fromkeys(("article", "sighting", "name", "source", *ADDED), 1)


def test_what_may_repeat_an_article_is_looked_up_and_not_searched_for(archive: SqliteArchive) -> None:
    archive.put([story(number, blocks=body("quay", 60)) for number in range(3)])
    (first, *_) = archive.window(*WEEK)
    found = plans(archive, lambda: archive.alike([first], 50))
    assert found.count("SEARCH run USING PRIMARY KEY (hash=?)") == 2
    assert not any(step.startswith("SCAN run") for step in found)


def test_a_window_is_an_index_lookup_that_needs_no_sorting(archive: SqliteArchive) -> None:
    archive.put([story(number) for number in range(9)])
    index = "SEARCH article USING INDEX article_published (published>? AND published<?)"
    assert plans(archive, lambda: archive.window(*WEEK)) == [index]
    late = plans(archive, lambda: archive.late(*WEEK, seen_since=NOON))
    assert late[0] == "SEARCH article USING INDEX article_seen (first_seen>?)"


def test_what_is_unplaced_or_named_is_an_index_lookup_too(archive: SqliteArchive) -> None:
    archive.put([story(number) for number in range(9)])
    unplaced = plans(archive, lambda: archive.unplaced(NOON))
    assert unplaced == ["SEARCH article USING INDEX article_unplaced (first_seen>?)"]
    named = plans(archive, lambda: archive.find([story(1).url]))
    assert named == [
        "SEARCH name USING PRIMARY KEY (key=?)",
        "SEARCH article USING INTEGER PRIMARY KEY (rowid=?)",
    ]


def test_storing_never_scans_a_table(archive: SqliteArchive) -> None:
    archive.put([story(1), story(2)])
    asked: list[str] = []
    archive._connection.set_trace_callback(asked.append)
    archive.put([story(1, day=1, title="New"), story(2, day=1, url="https://harbour.example/story-1"), story(3)])
    archive._connection.set_trace_callback(None)
    said_to_it = [each for each in asked if each.split()[0] in {"SELECT", "UPDATE", "DELETE", "REPLACE", "INSERT"}]
    steps = [row[3] for each in said_to_it for row in archive._connection.execute(f"EXPLAIN QUERY PLAN {each}")]
    assert any(each.startswith("DELETE") for each in said_to_it)
    assert not [step for step in steps if step.startswith("SCAN")]


def test_only_the_rows_of_the_window_are_read(archive: SqliteArchive) -> None:
    archive.put([story(number) for number in (0, 1, 2, 8, 9)])
    archive._connection.execute(
        "UPDATE article SET data = 'unreadable' WHERE published NOT BETWEEN ? AND ?",
        ((NOON + DAY).timestamp() * 1e6, (NOON + 2 * DAY).timestamp() * 1e6),
    )
    assert titles(archive.window(NOON + DAY, NOON + 3 * DAY)) == ["Story number 1", "Story number 2"]


def test_the_same_thing_again_changes_not_a_byte(path: Path) -> None:
    sightings = [story(number) for number in range(9)]
    with closing(open_archive(path)) as archive:
        archive.put(sightings)
    before, bytes_before = dump(path), path.read_bytes()
    with closing(open_archive(path)) as archive:
        assert archive.put([story(number, day=2) for number in range(9)]) == Tally(same=9)
    assert dump(path) == before
    assert path.read_bytes() == bytes_before


def test_same_articles_same_bytes_whatever_their_order(tmp_path: Path) -> None:
    sightings = [story(number) for number in range(9)]
    for name, each in (("one", sightings), ("two", sightings[::-1])):
        with closing(open_archive(tmp_path / name)) as archive:
            archive.put(each)
    assert dump(tmp_path / "one") == dump(tmp_path / "two")


def test_what_fails_half_way_leaves_all_as_it_was(archive: SqliteArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.put([story(1)])
    before = list(archive._connection.iterdump())
    with monkeypatch.context() as patched:
        patched.setattr("digest.archive.sqlite.names_of", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            archive.put([story(2), story(1, day=1, title="New")])
    assert list(archive._connection.iterdump()) == before
    assert archive.put([story(2)]) == Tally(new=1)


WRITER = """
import sys
from pathlib import Path
from archive_samples import story
from digest.archive import open_archive
archive = open_archive(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), 40, 2):
    archive.put([story(number), story(0, source=sys.argv[2], day=number)])
archive.close()
"""


def test_two_processes_that_make_and_fill_one_file_lose_nothing(path: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, path, str(number)], cwd=Path(__file__).parent, env={"PYTHONPATH": ".:.."}
        )
        for number in (0, 1)
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    with closing(SqliteArchive(path)) as archive:
        assert len(archive.window(NOON, NOON + 99 * DAY)) == 40
        assert pragma(archive, "integrity_check") == "ok"


def refused(path: Path) -> ArchiveError:
    with pytest.raises(ArchiveError) as caught:
        open_archive(path)
    assert caught.value.where == str(path)
    assert caught.value.hint
    assert caught.value.exit_code == 1
    return caught.value


def test_a_locked_file_is_waited_for_and_then_named(
    archive: SqliteArchive, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.1)
    with closing(SqliteArchive(path)) as other, sqlite_file.transaction(archive._connection):
        with pytest.raises(ArchiveError, match="in use by another digest") as caught:
            other.put([story()])
        assert caught.value.where == str(path)
        assert other.window(*WEEK) == ()


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_text("schema = 1\n" * 99, encoding="utf-8")
    assert refused(path).message == "is not a database"
    assert path.read_text(encoding="utf-8").startswith("schema = 1")


def test_the_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE places (url TEXT)")
    before = path.read_bytes()
    assert refused(path).message == "is a database of another program"
    assert path.read_bytes() == before


def test_a_newer_archive_is_refused_and_left_alone(archive: SqliteArchive, path: Path) -> None:
    archive._connection.execute("PRAGMA user_version = 4")
    archive.close()
    before = path.read_bytes()
    assert "newer Digest" in refused(path).message
    assert path.read_bytes() == before


def test_a_damaged_archive_is_called_so(archive: SqliteArchive, path: Path) -> None:
    archive.put([story(number) for number in range(99)])
    archive.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\x5a" * (len(whole) - 8192))
    with closing(open_archive(path)) as damaged, pytest.raises(ArchiveError, match="is damaged") as caught:
        damaged.window(*WEEK)
    assert "backup" in caught.value.hint


@pytest.mark.parametrize("where", ["nowhere/articles.db", "."])
def test_a_place_that_cannot_hold_a_file_is_named(tmp_path: Path, where: str) -> None:
    assert refused(tmp_path / where).message == "cannot be opened"


def test_what_cannot_be_written_is_said_and_can_still_be_read(archive: SqliteArchive) -> None:
    archive.put([story(1)])
    archive._connection.execute("PRAGMA query_only = ON")  # as a read-only disk does; file modes do not bind root
    with pytest.raises(ArchiveError, match="cannot be written"):
        archive.put([story(2)])
    with pytest.raises(ArchiveError, match="cannot be written"):
        archive.note(SourceState(name="feed"))
    assert titles(archive.window(*WEEK)) == ["Story number 1"]


def test_a_full_disk_stores_nothing_of_it(archive: SqliteArchive) -> None:
    archive.put([story(1)])
    pages = pragma(archive, "page_count")
    archive._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ArchiveError, match="disk is full") as caught:
        archive.put([story(number) for number in range(2, 99)])
    assert "make room" in caught.value.hint
    assert titles(archive.window(NOON, NOON + 999 * DAY)) == ["Story number 1"]
    archive._connection.execute("PRAGMA max_page_count = 9999")
    assert archive.put([story(number) for number in range(2, 99)]) == Tally(new=97)


@pytest.mark.parametrize("data", ["{}", "no json", '{"id": 1}', "\udcff"])
def test_a_row_that_holds_something_else_is_named(archive: SqliteArchive, data: str) -> None:
    archive.put([story(1)])
    archive._connection.execute("UPDATE article SET data = CAST(? AS TEXT)", (data.encode("utf-8", "surrogateescape"),))
    with pytest.raises(ArchiveError, match=r"no Article|damaged|Could not decode"):
        archive.window(*WEEK)


def test_a_row_of_a_source_or_a_sighting_is_named_too(archive: SqliteArchive) -> None:
    archive.put([story(1)])
    archive.note(SourceState(name="feed"))
    archive._connection.execute("UPDATE source SET data = '[]'")
    archive._connection.execute("UPDATE sighting SET data = '[]'")
    with pytest.raises(ArchiveError, match="no SourceState"):
        archive.states()
    with pytest.raises(ArchiveError, match="no Sighting"):
        archive.put([said(url=story(1).url, title="New")])


def test_an_empty_file_becomes_an_archive(path: Path) -> None:
    path.touch()
    with closing(open_archive(path)) as archive:
        assert archive.put([story()]) == Tally(new=1)


def test_who_comes_second_to_a_new_file_finds_it_made(archive: SqliteArchive, path: Path) -> None:
    archive.put([story()])
    before = list(archive._connection.iterdump())
    sqlite_file._create(archive._connection, path)
    assert list(archive._connection.iterdump()) == before


def test_a_transaction_that_sqlite_ended_by_itself_is_not_ended_twice(archive: SqliteArchive) -> None:
    def full() -> None:
        with sqlite_file.transaction(archive._connection):
            archive._connection.execute("ROLLBACK")  # as SQLite does where it cannot even write its journal
            raise sqlite3.OperationalError

    with pytest.raises(sqlite3.OperationalError):
        full()
    assert archive.put([story()]) == Tally(new=1)


def test_several_that_open_a_new_archive_at_once_all_open_it(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from digest.archive import open_archive; print(flush=True)\n"
        "sys.stdin.readline(); open_archive(Path(sys.argv[1])).close()"
    )
    for number in range(4):
        command = [sys.executable, "-c", script, str(tmp_path / f"{number}.db")]
        started = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(8)
        ]
        for process in started:
            assert process.stdout is not None
            process.stdout.readline()
        for process in started:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        for process in started:
            process.communicate()
            assert process.returncode == 0


def test_an_archive_of_the_first_schema_counts_its_lines_when_it_is_opened(path: Path) -> None:
    plug = Block(text="Support our lighthouse with a pound a month.")
    told = [story(number, blocks=(*body(f"quay{number}x"), plug)) for number in range(6)]
    with closing(open_archive(path)) as archive:
        archive.put(told)
    fresh = dump(path)
    with closing(sqlite3.connect(path)) as old:
        old.executescript("PRAGMA user_version = 1;" + "".join(f"DROP TABLE {name};" for name in ADDED))
    with closing(open_archive(path)) as archive:
        [article] = archive.find([told[0].url])
        assert archive.repeated([article], 6) == {article.id: frozenset({plug.text})}
    assert dump(path) == fresh
    with closing(sqlite3.connect(path)) as upgraded:
        assert upgraded.execute("PRAGMA user_version").fetchone() == (3,)


def test_an_archive_of_the_second_schema_learns_the_names_as_they_are_spelt_now(path: Path) -> None:
    with closing(open_archive(path)) as archive:
        archive.put([story(number) for number in range(3)])
    fresh = dump(path)
    with closing(sqlite3.connect(path)) as old:
        old.executescript("UPDATE name SET key = 'as spelt then: ' || key; PRAGMA user_version = 2;")
        old.executescript("".join(f"DROP TABLE {name};" for name in ADDED[2:]))
    with closing(open_archive(path)) as archive:
        assert len(archive.find([story(1).url])) == 1
    assert dump(path) == fresh


def test_who_comes_second_to_an_upgrade_finds_it_done(archive: SqliteArchive) -> None:
    archive.put([story(1)])
    before = list(archive._connection.iterdump())
    sqlite_file._upgrade(archive._connection)
    assert list(archive._connection.iterdump()) == before


def test_what_is_looked_up_of_lines_and_pages_is_an_index_lookup(archive: SqliteArchive) -> None:
    archive.put([story(1)])
    [article] = archive.find([story(1).url])
    steps = plans(archive, lambda: archive.repeated([article], 2))
    assert not [step for step in steps if step.startswith("SCAN")]
    assert plans(archive, lambda: archive.forget(NOON)) == ["SEARCH page USING INDEX page_retrieved (retrieved<?)"]
