"""One magazine through feed, API, sitemap, pages and scrapes at once: every article once, every change an update."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest.archive import open_archive
from digest.merge import seal
from digest.model.article import Sighting
from identity_truth import FIRST, LONDON, SECOND, Counts, Truth
from running import digest
from site_apis import WordPress
from site_of_its_own import magazine

NOTHING = Counts(joined=0, split=0, lost=0, missed=0, invented=0)


@pytest.mark.parametrize(
    ("articles", "pages"),
    [
        (2_000, 40),
        pytest.param(2_000, 1_500, marks=pytest.mark.heavy),
        pytest.param(10_000, 40, marks=pytest.mark.heavy),
    ],
)
def test_every_article_is_there_once_and_every_change_is_an_update(
    articles: int, pages: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    truth = Truth(articles)
    WordPress(truth.site)
    with closing(open_archive(tmp_path / "articles.db")) as archive:
        truth.read(archive, FIRST, pages=pages, scrapes=articles // 10)
        before = truth.stored(archive)
        truth.change()
        truth.read(archive, SECOND, pages=pages, scrapes=articles // 10)
        counts = truth.judged(archive)
        after = truth.stored(archive)
    figures = f"{articles:,} articles, {pages:,} of their pages, {len(truth.changed):,} changed: {counts}"
    record_property("figures", figures)
    assert len(before) == articles
    assert len(after) == len(truth.site.pieces)
    assert counts == NOTHING


def test_the_judge_sees_what_is_wrong(tmp_path: Path) -> None:
    truth = Truth(60)
    WordPress(truth.site)
    with closing(open_archive(tmp_path / "articles.db")) as archive:
        truth.read(archive, FIRST, pages=5, scrapes=5)
        assert truth.judged(archive) == NOTHING
        truth.change()
        unread = truth.judged(archive)
        fresh = [piece for piece in truth.site.pieces if piece.number not in truth.before]
        assert (unread.joined, unread.split, unread.lost, unread.invented) == (0, 0, len(fresh), 0)
        assert unread.missed == len(fresh) + len(truth.changed) - sum(
            kinds == {"reprinted"} for kinds in truth.changed.values()
        )
        truth.read(archive, SECOND, pages=5, scrapes=5)
        assert truth.judged(archive) == NOTHING
        one, other, third = [piece for piece in truth.site.live() if piece.number not in truth.changed][:3]
        tie = Sighting(source="liar", url=truth.site.at(f"/{one.slug}/"), title="Tied", seen_at=SECOND)
        archive.put([seal(replace(tie, also_at=(truth.site.at(f"/{other.slug}/"),), published=other.published))])
        assert truth.judged(archive) == Counts(joined=1, split=0, lost=0, missed=1, invented=0)
        said = next(each for each in archive.said(truth.site.at(f"/{third.slug}/")) if each.source == "cms")
        archive.put([seal(replace(said, title="Nobody said so", seen_at=SECOND + timedelta(hours=1)))])
        assert truth.judged(archive) == Counts(joined=1, split=0, lost=0, missed=2, invented=1)


TOML = """\
schema = 1
[magazine]
name = "Lock & Weir"
url = "{base}"
zone = "Europe/London"
[fetch]
pause = 0
[[sources]]
name = "wire"
kind = "feed"
url = "{base}/excerpts.xml"
[[sources]]
name = "cms"
kind = "wordpress"
url = "{base}/"
[[sources]]
name = "map"
kind = "sitemap"
url = "{base}/sitemap.xml"
"""


@pytest.mark.parametrize("articles", [60, pytest.param(2_000, marks=pytest.mark.heavy)])
def test_so_it_is_over_http_through_the_command_line(
    articles: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    truth = Truth(articles)
    with magazine() as site:
        truth.serve(site)
        WordPress(site)
        (tmp_path / "digest.toml").write_text(TOML.format(base=site.base), encoding="utf-8")
        span = ("--since", "2020-01-01")
        assert digest(tmp_path, "ingest", *span).code == 0
        truth.change()
        truth.since = datetime.now(tz=LONDON)  # noqa: TID251 - the command reads the clock too
        assert digest(tmp_path, "ingest", *span).code == 0
        with closing(open_archive(tmp_path / "articles.db")) as archive:
            counts = truth.judged(archive)
            stored = len(truth.stored(archive))
    record_property("figures", f"{articles:,} articles over HTTP, {len(truth.changed):,} changed: {counts}")
    assert (stored, counts) == (len(truth.site.pieces), NOTHING)
