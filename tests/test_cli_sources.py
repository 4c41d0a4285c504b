"""How fresh the sources are: in the report of a build, in `digest issues`, offline, and where one is down."""

import os
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.archive import open_archive
from digest.language import Speller
from digest.model.freshness import SourceState
from running import TOML, Site, digest, newsroom, note, serving

WEEK = ("--week", "2024-W43")
BROKEN = "---\ntitle: [\n---\n"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def with_site(folder: Path, site: Site) -> Path:
    return newsroom(folder, TOML + site.toml)


def state(folder: Path, name: str) -> SourceState:
    with closing(open_archive(folder / "articles.db")) as archive:
        return next(state for state in archive.states() if state.name == name)


def remember(folder: Path, known: SourceState) -> None:
    with closing(open_archive(folder / "articles.db")) as archive:
        archive.note(known)


def test_a_source_that_never_answered_is_a_warning_here_and_in_issues(tmp_path: Path, site: Site) -> None:
    with_site(tmp_path, site)
    site.status = 503
    done = digest(tmp_path, "build", *WEEK)
    assert done.code == 0
    assert re.search(r"^CMS: not read yet: .*503", done.out, re.MULTILINE)
    assert re.search(r"^warning: CMS: not read yet: .*503.*; stories may be missing", done.err, re.MULTILINE)
    listed = digest(tmp_path, "issues")
    assert listed.err.startswith("warning: CMS: not read yet: ")
    assert listed.err.count("\n") == 1


def test_a_source_that_goes_down_was_read_last_when_it_answered(tmp_path: Path, site: Site) -> None:
    with_site(tmp_path, site)
    assert digest(tmp_path, "ingest").code == 0
    read = state(tmp_path, "CMS").last_success
    assert read
    site.status = 503
    digest(tmp_path, "ingest")
    since = f"CMS: not read since {Speller('en-GB', 'Europe/London').moment(read)}: "
    listed = digest(tmp_path, "issues")
    assert listed.err.startswith(f"warning: {since}")
    assert "503" in listed.err
    assert "stories may be missing" in listed.err
    running = digest(tmp_path, "build", "--week", "this", "--thin-ok")
    assert f"warning: {since}" in running.err
    # What was read before it went down covers the week that was over then: nothing of it is missing.
    over = digest(tmp_path, "build", *WEEK)
    assert (over.code, since in over.out) == (0, True)
    assert "may be missing" not in over.err


def test_offline_nothing_is_fetched_and_what_failed_stays_known(tmp_path: Path, site: Site) -> None:
    with_site(tmp_path, site)
    site.status = 503
    digest(tmp_path, "ingest")
    before = state(tmp_path, "CMS")
    site.status = 200
    done = digest(tmp_path, "build", *WEEK, "--offline")
    assert done.code == 0
    assert re.search(r"^CMS: not read yet: .*503.* \(offline: not fetched\)$", done.out, re.MULTILINE)
    assert re.search(r"^warning: CMS: not read yet: .*503", done.err, re.MULTILINE)
    assert state(tmp_path, "CMS") == before
    ingest = digest(tmp_path, "ingest", "--offline", "--json")
    assert ingest.code == 0
    assert [(row["name"], row["skipped"]) for row in ingest.data] == [
        ("notes", ""),
        ("CMS", "offline: not fetched"),
    ]
    assert "CMS: offline: not fetched" in digest(tmp_path, "ingest", "--offline").out
    assert digest(tmp_path, "build", *WEEK).code == 0
    assert state(tmp_path, "CMS").error == ""


def test_issues_has_nothing_to_say_right_after_an_ingest(tmp_path: Path) -> None:
    newsroom(tmp_path)
    assert digest(tmp_path, "issues").err == ""
    digest(tmp_path, "ingest")
    assert digest(tmp_path, "issues").err == ""


def test_an_open_week_is_no_reason_to_warn(tmp_path: Path) -> None:
    newsroom(tmp_path)
    assert digest(tmp_path, "build", "--week", "this", "--thin-ok").code == 0
    assert digest(tmp_path, "issues").err == ""


@pytest.mark.parametrize(("day", "warned"), [(24, True), (26, False)])
def test_a_week_that_is_over_is_covered_by_what_was_read_since(tmp_path: Path, day: int, warned: bool) -> None:  # noqa: FBT001 - a table's column
    newsroom(tmp_path)
    digest(tmp_path, "build", *WEEK)
    remember(tmp_path, SourceState(name="notes", last_success=datetime(2024, 10, day, 16, 10, tzinfo=UTC)))
    said = digest(tmp_path, "issues").err
    assert ("notes: not read since Thu 17:10, 24 October 2024; stories may be missing" in said) is warned
    assert bool(said) is warned


def test_the_report_says_how_fresh_each_source_is_and_so_does_its_json(tmp_path: Path, site: Site) -> None:
    with_site(tmp_path, site)
    first = digest(tmp_path, "build", *WEEK, "--json").data
    again = digest(tmp_path, "build", *WEEK, "--json").data
    assert [row["name"] for row in first["read"]] == ["notes", "CMS"]
    assert again["read"] == []
    assert first["sources"] == again["sources"]
    assert [(each["name"], each["items"], each["newest"]) for each in again["sources"]] == [
        ("notes", 6, "2024-10-28T08:00:00Z"),
        ("CMS", 1, "2024-10-22T09:00:00Z"),
    ]
    told = digest(tmp_path, "build", *WEEK).out.splitlines()
    assert re.fullmatch(r"notes: read \w{3} \d\d:\d\d, 6 articles, newest 28 October 2024", told[0])
    assert re.fullmatch(r"CMS: read \w{3} \d\d:\d\d, 1 article, newest 22 October 2024", told[1])


def test_a_stale_source_is_among_the_findings(tmp_path: Path, site: Site) -> None:
    with_site(tmp_path, site)
    site.status = 503
    done = digest(tmp_path, "build", *WEEK, "--json")
    assert [each["where"] for each in done.data["findings"] if each["code"] == "source-stale"] == ["CMS"]


def test_strict_fails_on_a_document_that_cannot_be_read_until_it_is_mended(tmp_path: Path) -> None:
    newsroom(tmp_path)
    (tmp_path / "notes" / "broken.md").write_text(BROKEN)
    for _ in range(2):  # the second time the source is covered: what it could not give is not forgotten
        done = digest(tmp_path, "build", *WEEK, "--strict")
        assert done.code == 1
        assert "error: could not be read: notes/broken.md; no issue was built" in done.err
    assert not (tmp_path / "issues").exists()
    assert digest(tmp_path, "build", *WEEK).code == 0
    (tmp_path / "notes" / "broken.md").unlink()
    assert digest(tmp_path, "build", *WEEK, "--strict").code == 0


def test_strict_fails_on_a_source_that_is_down(tmp_path: Path, site: Site) -> None:
    with_site(tmp_path, site)
    site.status = 503
    done = digest(tmp_path, "build", *WEEK, "--strict")
    assert (done.code, "CMS" in done.err.splitlines()[-1]) == (1, True)
    offline = digest(tmp_path, "build", *WEEK, "--strict", "--offline")
    assert (offline.code, "could not be read: CMS;" in offline.err) == (1, True)
    assert not (tmp_path / "issues").exists()


def test_strict_offline_knows_what_a_feed_could_not_give(tmp_path: Path, site: Site) -> None:
    with_site(tmp_path, site)
    site.body = site.body.replace(b"</channel>", b"<item><pubDate>Tue, 22 Oct 2024</pubDate></item></channel>")
    digest(tmp_path, "ingest")
    assert (state(tmp_path, "CMS").items, state(tmp_path, "CMS").problems) == (1, 1)
    assert "1 unreadable" in digest(tmp_path, "build", *WEEK).out
    done = digest(tmp_path, "build", *WEEK, "--strict", "--offline")
    assert (done.code, "could not be read: CMS;" in done.err) == (1, True)


def test_a_feed_that_breaks_off_was_not_read(tmp_path: Path, site: Site) -> None:
    with_site(tmp_path, site)
    site.body = site.body.partition(b"</channel>")[0]
    done = digest(tmp_path, "build", *WEEK)
    assert (done.code, "warning: CMS: not read yet: the feed breaks off" in done.err) == (0, True)
    assert "The story of the mole" in (tmp_path / "issues/2024-W43/email.txt").read_text(encoding="utf-8")


def test_strict_names_ten_of_many(tmp_path: Path) -> None:
    newsroom(tmp_path)
    for number in range(13):
        note(tmp_path, f"x{number}", "2024-10-22").write_text(BROKEN)
    last = digest(tmp_path, "build", *WEEK, "--strict").err.splitlines()[-1]
    assert last.count(".md") == 10
    assert "and 3 more" in last


def test_a_file_that_was_mended_after_the_week_is_read_again(tmp_path: Path) -> None:
    folder = newsroom(tmp_path)
    assert digest(folder, "build", *WEEK).code == 0
    path = note(folder, "anchor", "2024-10-19 09:00", title="Mended by hand")
    later = path.stat().st_mtime + 2
    os.utime(path, (later, later))
    assert digest(folder, "build", *WEEK).code == 0
    assert "Mended by hand" in (folder / "issues" / "2024-W43" / "email.txt").read_text(encoding="utf-8")


def test_a_week_that_is_over_reads_nothing_while_no_file_has_changed(tmp_path: Path) -> None:
    folder = newsroom(tmp_path)
    assert digest(folder, "build", *WEEK).code == 0
    before = state(folder, "notes").last_attempt
    assert digest(folder, "build", *WEEK).code == 0
    assert state(folder, "notes").last_attempt == before
