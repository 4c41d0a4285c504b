"""A source of which not all could be had is read again; what its file takes back is out."""

from pathlib import Path

import pytest

from digest.archive import open_archive
from digest.model.freshness import SourceState
from running import FEED, TOML, digest, newsroom, note, serving

NOTE_SOURCE = 'kind = "markdown"\npath = "notes"'


def state(folder: Path, name: str) -> SourceState:
    """Return what the archive remembers of a source."""
    archive = open_archive(folder / "articles.db")
    [found] = [each for each in archive.states() if each.name == name]
    archive.close()
    return found


def feed_room(folder: Path, body: bytes) -> None:
    newsroom(folder, TOML.replace(NOTE_SOURCE, 'kind = "feed"\npath = "feed.xml"'))
    (folder / "feed.xml").write_bytes(body)


def test_a_feed_that_broke_off_is_no_success_but_its_stories_are_kept(tmp_path: Path) -> None:
    feed_room(tmp_path, FEED)
    digest(tmp_path, "ingest")
    whole = state(tmp_path, "notes")
    assert (whole.error, whole.items) == ("", 1)
    (tmp_path / "feed.xml").write_bytes(FEED.replace(b"</channel></rss>", b"<item><title>Another"))
    assert digest(tmp_path, "ingest").code in {0, 1}
    broken = state(tmp_path, "notes")
    assert "breaks off inside its item 2" in broken.error
    assert (broken.last_success, broken.items) == (whole.last_success, 1)
    assert broken.last_attempt
    assert whole.last_attempt
    assert broken.last_attempt > whole.last_attempt


def test_a_file_that_cannot_be_read_keeps_its_source_due(tmp_path: Path) -> None:
    newsroom(tmp_path)
    (tmp_path / "notes" / "lost.md").symlink_to(tmp_path / "notes" / "lost.md")
    digest(tmp_path, "ingest")
    found = state(tmp_path, "notes")
    assert (found.last_success, found.items) == (None, 6)
    assert "cannot be read" in found.error


def test_a_single_bad_item_is_no_failure(tmp_path: Path) -> None:
    newsroom(tmp_path)
    (tmp_path / "notes" / "broken.md").write_text("---\ntitle: [\n---\n")
    digest(tmp_path, "ingest")
    found = state(tmp_path, "notes")
    assert (found.error, found.problems, found.last_success is None) == ("", 1, False)


def test_an_address_that_fails_is_a_failure(tmp_path: Path) -> None:
    with serving() as site:
        site.status = 404
        newsroom(tmp_path, TOML + site.toml)
        digest(tmp_path, "ingest")
    found = state(tmp_path, "CMS")
    assert (bool(found.error), found.last_success) == (True, None)


@pytest.mark.parametrize("more", ["", "draft: true\n"])
def test_what_is_withdrawn_after_it_was_published_is_gone(tmp_path: Path, more: str) -> None:
    newsroom(tmp_path)
    digest(tmp_path, "ingest")
    path = note(tmp_path, "buoy", "2024-10-21 10:00", body="")
    path.write_text(path.read_text().replace("---\n", f"---\nwithdrawn: true\n{more}", 1))
    digest(tmp_path, "ingest")
    rows = digest(tmp_path, "articles", "--week", "2024-W43", "--json").data["articles"]
    assert {row["title"]: row["reason"]["code"] for row in rows}["The story of buoy"] == "gone"
    path.write_text(path.read_text().replace("withdrawn: true", "withdrawn: false").replace(more, "") + "It is back.\n")
    digest(tmp_path, "ingest")
    rows = digest(tmp_path, "articles", "--week", "2024-W43", "--json").data["articles"]
    assert {row["title"]: row["reason"]["code"] for row in rows}["The story of buoy"] != "gone"
