"""`digest sources`: what it shows of each source, in words and as JSON; alarms also where sources are read."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from digest.archive import open_archive
from digest.model.freshness import SourceState
from running import Done, digest, on_a_terminal
from site_apis import WordPress
from site_articles import LATEST, generated
from site_of_its_own import Answer, Site, magazine

DAY = timedelta(days=1)
TOML = """\
schema = 1
[magazine]
name = "Lock & Weir"
url = "{base}"
zone = "Europe/London"
[[sources]]
name = "CMS"
kind = "wordpress"
url = "{base}"
[[sources]]
name = "feed"
url = "{base}/excerpts.xml"
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with magazine([replace(each, published=LATEST - place * DAY) for place, each in enumerate(generated(12))]) as site:
        WordPress(site)
        yield site


@pytest.fixture
def room(site: Site, tmp_path: Path) -> Path:
    (tmp_path / "digest.toml").write_text(TOML.format(base=site.base), encoding="utf-8")
    return tmp_path


def at(instant: datetime, folder: Path, *arguments: str) -> Done:
    """Run a command at a time."""
    with time_machine.travel(instant, tick=True):
        return digest(folder, *arguments)


def codes(done: Done) -> list[tuple[str, str]]:
    return [(row["name"], alarm["code"]) for row in done.data for alarm in row["alarms"]]


def test_a_source_that_was_never_read_says_so(room: Path) -> None:
    done = at(LATEST, room, "sources")
    assert done.code == 0
    assert re.search(r"^  source +kind +last read +items +newest +undated +whole texts$", done.out, re.MULTILINE)
    assert re.search(r"^  CMS +wordpress +never$", done.out, re.MULTILINE)
    assert done.err == ""


def test_health_is_shown_in_words_and_as_json(room: Path) -> None:
    assert at(LATEST + DAY, room, "ingest").code == 0
    done = at(LATEST + DAY, room, "sources")
    assert re.search(
        r"^  CMS +wordpress +26 October 2024, Sat 10:\d\d +12 +25 October 2024 +12 of 12$", done.out, re.MULTILINE
    )
    assert re.search(
        r"^  feed +auto +26 October 2024, Sat 10:\d\d +10 +25 October 2024 +0 of 10$", done.out, re.MULTILINE
    )
    cms, feed = at(LATEST + DAY, room, "sources", "--json").data
    assert (cms["items"], cms["whole"], cms["undated"], cms["error"], cms["silent_days"]) == (12, 12, 0, "", 1)
    assert (cms["kind"], cms["newest"], cms["alarms"]) == ("wordpress", "2024-10-25T09:30:00Z", [])
    assert feed["at"].endswith("/excerpts.xml")
    assert "listed" not in cms


def test_what_changed_since_the_last_reading_is_told(room: Path, site: Site) -> None:
    at(LATEST + DAY, room, "ingest")
    kept, changed, taken = site.pieces[2], site.pieces[3], site.pieces[4]
    site.change(changed.slug, title="Quite another headline", section="Elsewhere")
    site.take_down(taken.slug)
    at(LATEST + DAY, room, "ingest")
    done = at(LATEST + DAY, room, "sources")
    assert f"CMS: no longer listed: {taken.title}\n" in done.out
    assert "CMS: a section of a new name: Elsewhere\n" in done.out
    assert f"CMS: a new title: Quite another headline (it was: {changed.title})\n" in done.out
    assert kept.title not in done.out
    cms = at(LATEST + DAY, room, "sources", "--json").data[0]
    assert cms["changed"]["lost"] == [taken.title]


def test_a_silent_source_is_told_by_sources_by_ingest_and_by_a_build(room: Path, site: Site) -> None:
    later = LATEST + 20 * DAY
    assert "source-silent" not in at(LATEST + DAY, room, "ingest").err
    read = at(later, room, "ingest")
    assert "warning: CMS: nothing new for 20 days, since 25 October 2024; usual are 1 day at most (hint:" in read.err
    assert codes(at(later, room, "sources", "--json")) == [("CMS", "source-silent"), ("feed", "source-silent")]
    built = at(later, room, "build", "--week", "this", "--thin-ok", "--json")
    assert [each["where"] for each in built.data["findings"] if each["code"] == "source-silent"] == ["CMS", "feed"]
    over = at(later, room, "build", "--week", "2024-W43", "--json")
    assert [each for each in over.data["findings"] if each["code"] == "source-silent"] == []
    assert site.asked


def test_a_source_that_fails_again_and_again_is_told_with_since_when(room: Path, site: Site) -> None:
    at(LATEST, room, "ingest")
    site.routes["/wp-json/"] = lambda *_: Answer(status=503)
    for days in (1, 2, 3):
        at(LATEST + days * DAY, room, "ingest")
    done = at(LATEST + 3 * DAY, room, "sources")
    assert "warning: CMS: the last reading failed: the server answered 503" in done.err
    assert "warning: CMS: failed 3 times in a row, since 26 October 2024: the server answered 503" in done.err
    cms = at(LATEST + 3 * DAY, room, "sources", "--json").data[0]
    assert (cms["failures"], cms["failing_since"][:10], cms["last_success"][:10]) == (3, "2024-10-26", "2024-10-25")
    built = at(LATEST + 3 * DAY, room, "build", "--week", "this", "--thin-ok", "--json")
    told = [(each["code"], each["where"]) for each in built.data["findings"] if each["where"] == "CMS"]
    assert told == [("source-stale", "CMS")]  # it is said once


def test_items_that_could_not_be_read_are_told(room: Path, site: Site) -> None:
    cms = WordPress(site)
    cms.extra[site.pieces[0].number] = {"title": {"rendered": ""}}
    at(LATEST + DAY, room, "ingest")
    assert "warning: CMS: 1 could not be read; digest ingest says what" in at(LATEST + DAY, room, "sources").err


def test_missing_dates_are_told(room: Path, site: Site) -> None:
    cms = WordPress(site)
    cms.extra[site.pieces[0].number] = {"date": "", "date_gmt": ""}
    at(LATEST + DAY, room, "ingest")
    assert codes(at(LATEST + DAY, room, "sources", "--json")) == [("CMS", "source-undated")]
    assert re.search(r"^  CMS +.* 24 October 2024 +1 +12 of 12$", at(LATEST + DAY, room, "sources").out, re.MULTILINE)


def test_the_state_that_an_older_version_left_is_shown(room: Path) -> None:
    with closing(open_archive(room / "articles.db")) as archive:
        archive.note(SourceState(name="CMS", last_success=datetime(2024, 10, 25, tzinfo=UTC), items=3))
    assert re.search(
        r"^  CMS +wordpress +25 October 2024, Fri 01:00 +3 +0 of 3$", digest(room, "sources").out, re.MULTILINE
    )


def test_a_newsroom_without_sources_is_told_where_they_go(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text('schema = 1\n[magazine]\nname = "Weir"\n', encoding="utf-8")
    done = digest(tmp_path, "sources")
    assert (done.code, done.out) == (0, "digest.toml names no source yet: write one under [[sources]]\n")
    assert digest(tmp_path, "sources", "--json").data == []


def test_on_a_terminal_it_is_a_table_with_a_head(room: Path, plain_environment: dict[str, str]) -> None:
    with closing(open_archive(room / "articles.db")) as archive:
        archive.note(SourceState(name="CMS", last_success=datetime(2024, 10, 25, tzinfo=UTC), items=3, whole=3))
    wide = {**plain_environment, "COLUMNS": "120", "TERM": "xterm-256color"}
    code, shown = on_a_terminal(room, wide, "sources")
    assert code == 0
    assert "\x1b[1msource" in shown
    assert re.search(r"CMS +wordpress +25 October 2024, Fri 01:00 +3 +3 of 3", shown)
    _, plain = on_a_terminal(room, {**wide, "NO_COLOR": "1", "TERM": "dumb"}, "sources")
    assert "\x1b[" not in plain
    assert re.search(r"source +kind +last read +items", plain)
