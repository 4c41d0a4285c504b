"""A slug that was given to another story, from the feed to the issue: no story is lost, and none is sent twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import stamina
import time_machine

from newsrooms import room
from running import Done, digest
from site_articles import LATEST, generated
from site_of_its_own import Site, magazine

DAY = timedelta(days=1)
WEEKLY = """[[newsletters]]
name = "weekly"
title = "The weekly"
since = "2024-10-18 12:00"
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with stamina.set_testing(True, attempts=1), magazine(generated(6)) as site:
        yield site


def at(days: float, folder: Path, *arguments: str) -> Done:
    with time_machine.travel(LATEST + days * DAY, tick=True):
        done = digest(folder, *arguments)
    assert done.code == 0, done.err
    return done


def reasons(done: Done) -> dict[str, str]:
    return {row["title"]: row["reason"]["code"] for row in done.data["articles"]}


@pytest.mark.parametrize("path", ["/feed.xml", "/excerpts.xml"])
def test_a_story_at_the_slug_of_a_sent_one_is_chosen_and_the_sent_one_is_not(
    site: Site, tmp_path: Path, path: str
) -> None:
    folder = room(tmp_path / "room", site, path)
    with (folder / "digest.toml").open("a", encoding="utf-8") as file:
        file.write(WEEKLY)
    at(1, folder, "build", "--week", "2024-W43")
    at(1, folder, "sent", "2024-W43")
    old = site.pieces[2]
    site.change(old.slug, slug="moved-away")
    site.moved.clear()
    (new,) = generated(1, seed=99, first=7_000, newest=LATEST + 2 * DAY)
    site.publish(replace(new, slug=old.slug))
    done = at(3, folder, "ingest", "--json")
    assert done.data[0]["tally"]["new"] == 1
    told = reasons(at(3, folder, "articles", "--week", "2024-W44", "--json"))
    assert told[new.title] == "chosen"
    assert told.get(old.title, "sent-before") == "sent-before"
