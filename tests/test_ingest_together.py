"""Sources are asked together and stored in their order: the archive is the same whoever answers first."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import stamina

from digest.archive import open_archive
from digest.model.article import Document, Problem, Sighting
from digest.model.freshness import SourceState
from digest.pipeline.ingest.intake import take_in
from digest.pipeline.ingest.opening import from_web, opened
from digest.pipeline.ingest.reading import Order, at_work, span_of
from digest.pipeline.newsroom import open_newsroom
from newsrooms import HEAD, articles, dump, room
from running import digest
from site_articles import generated
from site_of_its_own import Answer, Site, magazine

HELD = Path(__file__).parent / "drivers" / "held_digest.py"
NOW = datetime(2024, 10, 28, 9, tzinfo=UTC)
FEED = "/excerpts.xml"


@pytest.fixture
def site() -> Iterator[Site]:
    with stamina.set_testing(True, attempts=1), magazine(generated(40)) as site:
        site.shown = 40
        yield site


def held(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start a Digest whose clock stands still."""
    command = [sys.executable, str(HELD), NOW.isoformat(), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(HELD.parents[2])}  # noqa: TID251 - handed on to a process
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def ingested(folder: Path, *arguments: str) -> list[str]:
    """Ingest with a clock that stands still, and return all that the archive holds then."""
    process = held(folder, "ingest", *arguments)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return dump(folder)


def late(site: Site, slugs: Sequence[str]) -> None:
    """Let some pages answer after the others."""
    for slug in slugs:
        site.answer(f"/{slug}/", replace(site.answered(f"/{slug}/"), wait=0.3))


def test_the_archive_is_the_same_whoever_answers_first_and_however_many_processes_read(
    site: Site, tmp_path: Path
) -> None:
    one = ingested(room(tmp_path / "one", site, FEED, "/atom.xml"), "--processes", "1")
    late(site, [piece.slug for piece in site.live()[:3]])
    site.answer(FEED, replace(site.answered(FEED), wait=0.5))
    two = ingested(room(tmp_path / "two", site, FEED, "/atom.xml"), "--processes", "2")
    assert one == two
    assert len(articles(tmp_path / "one")) == 40


def test_so_it_is_of_pages_that_are_followed(site: Site, tmp_path: Path) -> None:
    one = ingested(room(tmp_path / "one", site, FEED), "--processes", "2")
    late(site, [piece.slug for piece in site.live()[:3]])
    assert ingested(room(tmp_path / "two", site, FEED), "--processes", "1") == one
    assert all(article.blocks for article in articles(tmp_path / "one"))


def test_so_it_is_of_many_files(site: Site, tmp_path: Path) -> None:
    toml = HEAD.format(home=site.base) + '[[sources]]\nname = "saved"\nkind = "page"\npath = "pages"\n'
    rows = []
    for processes in ("1", "2"):
        folder = tmp_path / processes
        (folder / "pages").mkdir(parents=True)
        (folder / "digest.toml").write_text(toml, encoding="utf-8")
        for piece in site.live():
            (folder / "pages" / f"{piece.slug}.html").write_bytes(site.answered(f"/{piece.slug}/").body)
        rows.append(ingested(folder, "--processes", processes))
        assert len(articles(folder)) == 40
    assert rows[0] == rows[1]


def test_what_comes_early_waits_for_its_turn_and_is_stored_all_the_same(site: Site, tmp_path: Path) -> None:
    site.shown = 2
    quick = ingested(room(tmp_path / "quick", site, FEED, "/pages.xml"))
    site.answer(FEED, replace(site.answered(FEED), wait=1.5))
    assert ingested(room(tmp_path / "slow", site, FEED, "/pages.xml")) == quick
    assert len(articles(tmp_path / "slow")) == 40


class Broken:
    """A source that fails as none should."""

    name = "broken"

    def documents(self) -> Iterator[Document | Problem]:
        yield Problem(source="broken", where="here", message="first")
        raise SystemExit("a thread's own end")

    def parse(self, document: Document) -> Iterator[Sighting | Problem]:
        raise NotImplementedError(document)


def test_what_no_source_should_do_is_seen_and_nobody_waits_for_it(site: Site, tmp_path: Path) -> None:
    newsroom = open_newsroom(room(tmp_path / "room", site, FEED))
    [table] = newsroom.config.sources
    with (
        closing(open_archive(newsroom.archive_path)) as archive,
        at_work(newsroom, archive, Order(now=NOW), lambda *_: None) as work,
        ThreadPoolExecutor(1) as pool,
    ):
        assert work.web is not None
        each = replace(opened(work, table, SourceState(name=table.name)), source=Broken())
        with pytest.raises(SystemExit):
            take_in(work, each, from_web(pool, each, work.web))


def test_sources_on_the_web_are_waited_for_together(site: Site, tmp_path: Path) -> None:
    paths = ("/feed.xml", "/atom.xml", "/rdf.xml")
    folder = room(tmp_path / "room", site, *paths)
    for path in paths:
        site.answer(path, replace(site.answered(path), wait=1))
    began = time.monotonic()
    assert digest(folder, "ingest").code == 0
    assert time.monotonic() - began < 2.5


def test_a_source_that_fails_stops_no_other(site: Site, tmp_path: Path) -> None:
    site.answer("/atom.xml", Answer(hang_up=True))
    folder = room(tmp_path / "room", site, "/atom.xml", "/feed.xml")
    done = digest(folder, "ingest", "--json")
    assert [bool(row["state"]["error"]) for row in done.data] == [True, False]
    assert len(articles(folder)) == 40


def test_who_stops_an_ingest_is_told_what_is_left_and_loses_nothing(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "room", site, FEED)
    late(site, [piece.slug for piece in site.live()])
    process = held(folder, "ingest", "--processes", "2")
    while not any(site.asked[f"/{piece.slug}/"] for piece in site.pieces):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "")
    assert re.fullmatch(r"stopped: what was read is stored; \d+ pages are left for the next digest ingest\n", err)
    assert len(articles(folder)) == 40
    site.answers.clear()
    assert all(ingested(folder))
    with closing(open_archive(folder / "articles.db")) as archive:
        assert archive.waiting(99) == {}


def test_a_span_by_hand_is_asked_for_in_full(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "room", site, "/feed.xml")
    digest(folder, "ingest")
    assert digest(folder, "ingest", "--since", "2024-10-01", "--until", "2024-10-20").code == 0
    assert (site.asked["/feed.xml"], site.unchanged["/feed.xml"]) == (2, 0)
    digest(folder, "ingest")  # in full again: the span left out what stands beside it
    assert site.unchanged["/feed.xml"] == 0
    digest(folder, "ingest")
    assert site.unchanged["/feed.xml"] == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [(("--since", "2024-10-20", "--until", "2024-10-01"), "before it starts"), (("--since", "10/11/12"), "--since")],
)
def test_a_span_that_is_none_is_refused(site: Site, tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    done = digest(room(tmp_path / "room", site, "/feed.xml"), "ingest", *options)
    assert (done.code, said in done.err) == (2, True)


WEEK = timedelta(weeks=1)


@pytest.mark.parametrize(
    ("newest", "order", "span"),
    [
        (None, Order(now=NOW), (NOW - 8 * WEEK, None)),
        (None, Order(now=NOW, back_to=NOW - 20 * WEEK), (NOW - 20 * WEEK, None)),
        (None, Order(now=NOW, back_to=NOW - WEEK), (NOW - 8 * WEEK, None)),
        (NOW - WEEK, Order(now=NOW, back_to=NOW - 20 * WEEK), (NOW - 3 * WEEK, None)),
        (NOW + WEEK, Order(now=NOW), (NOW - 2 * WEEK, None)),
        (NOW, Order(now=NOW, until=NOW - WEEK), (None, NOW - WEEK)),
        (NOW, Order(now=NOW, since=NOW - 9 * WEEK), (NOW - 9 * WEEK, None)),
    ],
)
def test_a_source_is_asked_from_a_little_before_its_newest_item(
    newest: datetime | None, order: Order, span: tuple[datetime | None, datetime | None]
) -> None:
    assert span_of(SourceState(name="feed", newest=newest), order) == span
