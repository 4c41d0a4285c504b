"""Twins across the archive, as an editor meets them: in a selection, in an issue, in a list."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive_samples import body
from digest.archive import open_archive
from digest.model.article import Block, Sighting
from running import TOML, digest, newsroom

WEEK = ("--week", "2024-W43")
IN_WEEK = datetime(2024, 10, 23, 9, tzinfo=UTC)
LONG_AGO = datetime(2024, 5, 2, 9, tzinfo=UTC)


def said(name: str, published: datetime | None, blocks: tuple[Block, ...], **fields: Any) -> Sighting:
    plain = {"url": f"https://harbour.example/{name}", "title": name.title(), "date_source": "feed"}
    seen = published or LONG_AGO
    return Sighting(source="feed", published=published, seen_at=seen, blocks=blocks, **(plain | fields))


@pytest.fixture
def room(tmp_path: Path) -> Path:
    newsroom(tmp_path, TOML)
    return tmp_path


def put(room: Path, *sightings: Sighting) -> None:
    with closing(open_archive(room / "articles.db")) as archive:
        archive.put(sightings)


def rows(room: Path, *arguments: str) -> dict[str, Any]:
    done = digest(room, "articles", *arguments, "--json")
    assert done.code == 0, done.err
    return {row["title"]: row for row in done.data["articles"]}


def send(room: Path, week: str, at: str) -> None:
    assert digest(room, "build", "--week", week, "--offline").code == 0
    assert digest(room, "sent", week, "--at", at).code == 0


def test_a_story_that_was_sent_months_ago_is_not_sent_again_from_another_site(room: Path) -> None:
    put(room, said("harbour", datetime(2024, 10, 7, 9, tzinfo=UTC), body("tide", 300)))
    send(room, "2024-W41", "2024-10-11 14:00")
    later, blocks = datetime(2025, 3, 5, 9, tzinfo=UTC), (*body("tide", 280), *body("network", 60))
    put(room, said("tides", later, blocks, url="https://other.example/tides"))
    told = rows(room, "--week", "2025-W10")
    assert told["Tides"]["reason"]["code"] == "duplicate"
    assert told["Tides"]["reason"]["of"] == told["Harbour"]["id"]
    assert told["Tides"]["words"] == "repeats “Harbour” (93 % of the shorter text)"
    assert told["Harbour"]["words"] == "sent in 2024-W41"


def test_a_story_that_another_site_had_before_says_so_and_stays(room: Path) -> None:
    put(room, said("new", IN_WEEK, body("tide", 200)))
    put(room, said("old", LONG_AGO, body("tide", 180), url="https://www.other.example/old"))
    put(room, said("older", LONG_AGO, body("tide", 150), url="https://harbour.example/2023"))
    told = rows(room, *WEEK)
    assert (told["New"]["in"], told["New"]["also_in"]) == (True, ["other.example"])
    assert (told["Old"]["in"], told["Old"]["reason"]["code"]) == (False, "outside")
    assert "also in other.example" in digest(room, "articles", *WEEK).out
    assert digest(room, "build", *WEEK, "--offline").code == 0
    assert '"also_in": [\n' in (room / "issues/2024-W43/issue.json").read_text(encoding="utf-8")


def test_what_was_printed_later_than_the_week_changes_nothing_in_it(room: Path) -> None:
    put(room, said("new", IN_WEEK, body("tide", 200)))
    before = rows(room, *WEEK)
    put(room, said("copy", datetime(2025, 2, 1, tzinfo=UTC), body("tide", 190), url="https://other.example/copy"))
    assert rows(room, *WEEK) == before


def test_parts_of_a_series_come_in_with_the_furniture_that_their_source_has(room: Path) -> None:
    foot = body("about the magazine", 20)
    put(room, *(said(f"page-{at}", LONG_AGO, (*body(f"p{at}x", 60), *foot)) for at in range(6)))
    parts = [said(f"part-{at}", IN_WEEK, (*body("so far", 80), *body(f"part{at}x", 70), *foot)) for at in range(2)]
    put(room, *parts)
    told = rows(room, *WEEK)
    assert [told[name]["in"] for name in ("Part-0", "Part-1")] == [True, True]
    assert digest(room, "twins", "--json").data == []


def test_twins_are_listed_the_newest_first(room: Path) -> None:
    put(room, said("new", IN_WEEK, body("tide", 200)), said("cut", LONG_AGO, body("tide", 120)))
    put(room, said("one", LONG_AGO, body("fog", 200)), said("two", None, body("fog", 120), url=""))
    found = digest(room, "twins", "--json").data
    assert [(pair["percent"], {pair["one"]["title"], pair["other"]["title"]}) for pair in found] == [
        (100, {"New", "Cut"}),
        (100, {"One", "Two"}),
    ]
    since = digest(room, "twins", "--since", "2024-10-01")
    assert since.out.startswith("1 pair of articles that tell one story\n\n  100 % of the shorter text stand in both\n")
    assert "2024-05-02; https://harbour.example/cut" in since.out
    assert "undated; no address" in digest(room, "twins").out


def test_where_nothing_was_ingested_there_are_no_twins_and_no_archive_is_made(room: Path) -> None:
    done = digest(room, "twins")
    nothing = "nothing was ingested yet (hint: digest ingest)\n0 pairs of articles that tell one story\n"
    assert (done.code, done.out) == (0, nothing)
    assert not (room / "articles.db").exists()


def test_a_date_that_cannot_be_read_is_refused(room: Path) -> None:
    assert digest(room, "twins", "--since", "10/11/12").code == 2
