"""Before an issue is built, the pages of its stories are asked once whether they are there: over real HTTP."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import stamina
import time_machine

from newsrooms import articles, room
from running import Done, digest
from site_articles import LATEST, generated
from site_of_its_own import Answer, Site, magazine

DAY = timedelta(days=1)
LISTED = 3
"""Items of the feed: most stories of the issue are beyond its end."""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def site() -> Iterator[Site]:
    with stamina.set_testing(True, attempts=1), magazine(generated(12)) as site:
        yield site


@pytest.fixture
def folder(site: Site, tmp_path: Path) -> Path:
    """Return a newsroom that has read its feed while all stories were in it; now it lists the newest alone."""
    folder = room(tmp_path / "room", site, "/feed.xml")
    site.shown = 12
    assert run(folder, 0.1, "ingest").code == 0
    site.shown = LISTED
    return folder


def run(folder: Path, days: float, *arguments: object) -> Done:
    with time_machine.travel(LATEST + days * DAY, tick=False):
        return digest(folder, *arguments)


def build(folder: Path, days: float = 1, *more: str) -> Done:
    span = (f"{LATEST - 60 * DAY:%Y-%m-%d}", f"{LATEST + DAY / 4:%Y-%m-%d %H:%M}")
    done = run(folder, days, "build", "--since", span[0], "--until", span[1], "--thin-ok", *more)
    assert done.code == 0, done.err
    return done


def record(folder: Path) -> Any:
    [path] = (folder / "issues").glob("*/issue.json")
    return json.loads(path.read_bytes())


def brought(folder: Path) -> set[str]:
    """Return the slugs of the stories that are in the issue."""
    entries = [entry for section in record(folder)["sections"] for entry in section["entries"]]
    return {entry["url"].rstrip("/").rpartition("/")[2] for entry in (*entries, *record(folder)["headlines"])}


def asked(site: Site) -> dict[str, int]:
    """Return how often each article's page was asked for since the last look."""
    found = {piece.slug: site.asked[f"/{piece.slug}/"] for piece in site.pieces if site.asked[f"/{piece.slug}/"]}
    site.asked.clear()
    return found


def findings(done: Done) -> list[tuple[str, str]]:
    told = [(each["code"], each["where"]) for each in done.data["findings"]]
    return [each for each in told if each[0].startswith("story-")]


def beyond(site: Site) -> list[str]:
    """Return the slugs of the stories that the feed lists no more, the newest first."""
    return [piece.slug for piece in site.live()[LISTED:]]


def test_a_story_beyond_a_feeds_end_that_was_taken_down_is_left_out_with_its_reason(site: Site, folder: Path) -> None:
    taken, every = beyond(site)[4], {piece.slug for piece in site.pieces}
    site.take_down(taken)
    done = build(folder, 1, "--json")
    assert findings(done) == [("story-gone", site.at(f"/{taken}/"))]
    assert brought(folder) == every - {taken}
    [left] = record(folder)["left_out"]
    assert (left["url"], left["reason"]["code"]) == (site.at(f"/{taken}/"), "gone")
    assert asked(site) == dict.fromkeys(every, 1)


def test_a_page_that_is_there_is_asked_once_a_day_and_sent_once(site: Site, folder: Path) -> None:
    build(folder)
    every = dict.fromkeys((piece.slug for piece in site.pieces), 1)
    assert asked(site) == every
    build(folder, 1.5)
    assert asked(site) == {}
    build(folder, 2.5)
    assert asked(site) == every
    assert sum(count for path, count in site.unchanged.items() if path.startswith("/how-")) == len(every)


def test_what_takes_the_place_of_a_story_that_is_gone_is_asked_for_too(site: Site, folder: Path) -> None:
    with (folder / "digest.toml").open("a", encoding="utf-8") as file:
        file.write('[[sections]]\nname = "Reports"\ncap = 1\n[selection]\nheadlines = 0\n')
    reports = [piece.slug for piece in site.live() if piece.section == "Reports"]
    site.take_down(reports[0])  # the feed listed it: this one the reading notices
    site.take_down(reports[1])
    done = build(folder, 1, "--json")
    assert findings(done) == [("story-gone", site.at(f"/{reports[1]}/"))]
    assert brought(folder) & set(reports) == {reports[2]}
    found = asked(site)
    assert [found.get(slug, 0) for slug in reports[1:4]] == [1, 1, 0]


def test_offline_nobody_is_asked(site: Site, folder: Path) -> None:
    site.take_down(beyond(site)[4])
    build(folder, 1, "--offline")
    assert asked(site) == {}


@pytest.mark.parametrize("more", ['pages = "never"\n', ""], ids=["never", "auto"])
def test_pages_that_are_never_to_be_read_are_not_asked(site: Site, folder: Path, more: str) -> None:
    path = folder / "digest.toml"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    build(folder)
    assert len(asked(site)) == (0 if more else 12)


def test_the_page_of_a_story_that_a_feed_gives_whole_says_nothing_but_that_it_is_there(
    site: Site, folder: Path
) -> None:
    before = articles(folder)
    site.change(beyond(site)[0], title="Another headline", text=("Another text, of the page alone.",))
    build(folder)
    assert articles(folder) == before


def test_what_the_page_of_an_excerpt_says_now_is_in_the_issue(site: Site, tmp_path: Path) -> None:
    folder = room(tmp_path / "room", site, "/excerpts.xml")
    site.shown = 12
    build(folder, 1)  # reads all pages, and asks none of them a second time
    assert set(asked(site).values()) == {1}
    site.shown = LISTED
    slug, mended = beyond(site)[2], "It was the ninth lock and not the eighth that gave way."
    site.change(slug, text=(mended, *site.piece(slug).text[1:]))
    build(folder, 3)
    assert set(asked(site).values()) == {1}
    assert next(each for each in articles(folder) if slug in each.url).blocks[0].text == mended


def test_a_site_whose_pages_are_nearly_all_gone_at_once_is_not_believed(site: Site, folder: Path) -> None:
    for piece in site.pieces[1:]:
        site.answer(f"/{piece.slug}/", Answer(status=404))
    done = build(folder, 1, "--json")
    assert findings(done) == [("story-unconfirmed", "feed")]
    [told] = [each["message"] for each in done.data["findings"] if each["code"] == "story-unconfirmed"]
    assert "and 10 more" in told
    assert len(brought(folder)) == 12
    assert not any(article.gone for article in articles(folder))


def test_a_site_that_is_not_reached_is_left_alone(site: Site, folder: Path) -> None:
    for piece in site.pieces:
        site.answer(f"/{piece.slug}/", Answer(hang_up=True))
    done = build(folder, 1, "--json")
    assert {code for code, _ in findings(done)} == {"story-unconfirmed"}
    assert len(brought(folder)) == 12
    assert len(asked(site)) <= 8


def test_a_page_that_robots_may_not_ask_is_not_asked_and_its_story_stays(site: Site, folder: Path) -> None:
    site.robots = "User-agent: *\nDisallow: /how-\n"
    path = folder / "digest.toml"
    elsewhere = path.read_text(encoding="utf-8").replace(f'url = "{site.base}"', 'url = "https://lock.example"')
    path.write_text(elsewhere, encoding="utf-8")
    done = build(folder, 1, "--json")
    assert findings(done) == [("story-unconfirmed", "feed")]
    assert asked(site) == {}
    assert len(brought(folder)) == 12


def test_a_story_that_is_back_is_in_the_issue_again(site: Site, folder: Path) -> None:
    taken = beyond(site)[4]
    site.take_down(taken)
    build(folder)
    assert taken not in brought(folder)
    asked(site)
    site.change(taken, status=200)
    site.shown = LISTED
    done = build(folder, 1.1, "--json")
    assert asked(site) == {taken: 1}
    assert taken in brought(folder)
    assert findings(done) == []
