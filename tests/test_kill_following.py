"""`kill -9` at any moment of an ingest over HTTP: the next one goes on, and the archive is as if nothing had been."""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsrooms import articles, room
from site_articles import generated
from site_of_its_own import Site, magazine
from test_ingest_together import held, ingested

PIECES = 40
FEEDS = ("/excerpts.xml", "/rdf.xml")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with magazine(generated(PIECES)) as site:
        site.shown = PIECES
        yield site


@pytest.fixture(scope="module")
def undisturbed(site: Site, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], float]:
    """What the archive holds after an ingest that nobody disturbed, and its seconds from the first request on."""
    folder = room(tmp_path_factory.mktemp("undisturbed") / "room", site, *FEEDS)
    rows = ingested(folder, "--processes", "2")
    assert len(articles(folder)) == PIECES
    return rows, time.monotonic() - site.seen[0].at


def killed(site: Site, folder: Path, seconds: float) -> bool:
    """Start an ingest and kill it so many seconds after its first request; tell whether that cut it short."""
    process = held(folder, "ingest", "--processes", "2")
    while not site.asked:
        time.sleep(0.002)
    time.sleep(seconds)
    process.kill()
    process.communicate(timeout=20)
    return process.returncode < 0


def often(site: Site) -> int:
    """Return how often the page that was asked for most was."""
    return max(site.asked[f"/{piece.slug}/"] for piece in site.pieces)


@pytest.mark.parametrize("kills", [10, pytest.param(50, marks=pytest.mark.heavy)])
def test_a_kill_at_any_moment_of_an_ingest_costs_no_page_more_than_one_request(
    site: Site,
    undisturbed: tuple[list[str], float],
    tmp_path: Path,
    kills: int,
    record_property: Callable[[str, object], None],
) -> None:
    rows, seconds = undisturbed
    moments, cut, most = random.Random(43), 0, 0  # noqa: S311 - moments, not secrets
    for number in range(kills):
        site.asked.clear()
        folder = room(tmp_path / f"{number}", site, *FEEDS)
        cut += killed(site, folder, moments.uniform(0, seconds))
        assert ingested(folder, "--processes", "2") == rows, f"kill {number}"
        most = max(most, often(site))
        assert often(site) <= 2
    asked = f"no page was asked for more than {most} times"
    record_property("figures", f"kill -9 of an ingest over HTTP: {cut} of {kills} were cut short, {asked}")
    assert cut > kills // 2
    assert most == 2, "the kills were never in the midst of it"
