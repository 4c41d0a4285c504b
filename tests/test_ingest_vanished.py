"""What an API no longer lists, though it has its neighbours, is gone from issues that are not sent."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from newsrooms import articles, room
from running import digest
from site_apis import WordPress
from site_articles import LATEST, generated
from site_of_its_own import Site, magazine

DAY = timedelta(days=1)


@pytest.fixture
def site() -> Iterator[Site]:
    with magazine(generated(30)) as site:
        WordPress(site)
        yield site


def ingest(folder: Path, days: float) -> None:
    with time_machine.travel(LATEST + days * DAY, tick=True):
        assert digest(folder, "ingest").code == 0


def gone(folder: Path) -> list[str]:
    return [article.url.rstrip("/").rpartition("/")[2] for article in articles(folder) if article.gone]


def test_an_article_that_an_api_no_longer_lists_is_gone_and_comes_back_with_it(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "room", site, "/", more='kind = "wordpress"\n')
    ingest(folder, 1)
    known = len(articles(folder))
    slug = site.live()[3].slug
    site.take_down(slug)
    ingest(folder, 2)
    assert (len(articles(folder)), gone(folder)) == (known, [slug])
    site.change(slug, status=200)
    ingest(folder, 3)
    assert gone(folder) == []


def test_what_is_older_than_what_was_asked_for_is_not_gone(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "room", site, "/", more='kind = "wordpress"\n')
    ingest(folder, 1)
    with time_machine.travel(LATEST + 2 * DAY, tick=True):
        assert digest(folder, "ingest", "--since", (LATEST - DAY).isoformat()).code == 0
    assert gone(folder) == []
