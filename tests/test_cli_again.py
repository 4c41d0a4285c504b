"""What the archive learns and keeps: lines that many pages have, and raw pages that are read anew."""

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.archive import open_archive
from digest.model.article import Document
from running import TOML, digest, newsroom, note

PLUG = "The lighthouse fund lives on the pounds of those who read these lines and think of the lamp."
PAGES = """[[sources]]
name = "site"
kind = "page"
path = "pages"
section = "{section}"
"""
STORY = " ".join(
    ["The tidal gate at Saltmouth stayed shut for nine hours, and nobody could say who had ordered it."] * 3
)


def pages(folder: Path, section: str = "Reporting", more: str = "") -> Path:
    (folder / "digest.toml").write_text(TOML + PAGES.format(section=section) + more, encoding="utf-8")
    (folder / "notes").mkdir(exist_ok=True)
    (folder / "pages").mkdir(exist_ok=True)
    path = folder / "pages" / "gate.html"
    path.write_text(
        "<html><head><title>The gate that stayed shut</title>"
        '<meta property="article:published_time" content="2024-10-22T09:00:00Z"></head>'
        f"<body><h1>The gate that stayed shut</h1><p>{STORY}</p></body></html>",
        encoding="utf-8",
    )
    return path


def sections(folder: Path) -> list[str]:
    with closing(open_archive(folder / "articles.db")) as archive:
        found = archive.window(datetime(2024, 10, 1, tzinfo=UTC), datetime(2024, 11, 1, tzinfo=UTC))
    return [article.section for article in found]


def test_a_line_of_many_stories_is_no_lead_and_the_record_says_so(tmp_path: Path) -> None:
    newsroom(tmp_path)
    for slug, day in (("anchor", 19), ("buoy", 21), ("capstan", 23), ("davit", 24), ("eddy", 22)):
        words = " ".join(f"{slug}{number}" for number in range(60))
        body = f"{PLUG}\n\nThe ferry of {slug} left the quay late again, and nobody minded.\n\nIt rained: {words}."
        note(tmp_path, slug, f"2024-10-{day} 09:00", body=body)
    digest(tmp_path, "build", "--week", "2024-W43")
    issue = json.loads((tmp_path / "issues" / "2024-W43" / "issue.json").read_text(encoding="utf-8"))
    entries = [entry for section in issue["sections"] for entry in section["entries"] if entry["lead"]["text"]]
    assert len(entries) == 5
    assert all(entry["lead"]["text"].startswith("The ferry of ") for entry in entries)
    assert all({"text": PLUG, "why": "repeated"} in entry["left_out"] for entry in entries)


def test_a_line_of_many_columns_is_no_item_of_theirs(tmp_path: Path) -> None:
    newsroom(tmp_path, TOML.replace("weight = 2", "items = true"))
    for slug, day in (("anchor", 19), ("buoy", 21), ("capstan", 23), ("davit", 24), ("eddy", 22)):
        told = [" ".join(f"{slug}{part}{number}" for number in range(30)) for part in ("one", "two")]
        body = f"The ferry of {slug} left the quay late again.\n\n## In brief\n\n{told[0]}.\n\n{told[1]}.\n\n{PLUG}"
        note(tmp_path, slug, f"2024-10-{day} 09:00", body=body)
    digest(tmp_path, "build", "--week", "2024-W43")
    issue = json.loads((tmp_path / "issues" / "2024-W43" / "issue.json").read_text(encoding="utf-8"))
    entries = [entry for section in issue["sections"] for entry in section["entries"]]
    assert [entry["entry"] for entry in entries].count("item") == 10
    assert PLUG not in (tmp_path / "issues" / "2024-W43" / "email.txt").read_text(encoding="utf-8").replace("\n", " ")


def test_pages_are_read_anew_without_the_site(tmp_path: Path) -> None:
    path = pages(tmp_path)
    assert digest(tmp_path, "ingest").code == 0
    path.unlink()
    pages(tmp_path, "Opinion").unlink()
    done = digest(tmp_path, "ingest", "--again")
    assert (done.code, done.out) == (0, "site: 0 new, 1 updated, 0 as before\n")
    assert sections(tmp_path) == ["Opinion"]
    assert digest(tmp_path, "ingest", "--again", "--source", "site").out == "site: 0 new, 0 updated, 1 as before\n"
    done = digest(tmp_path, "ingest", "--again", "--source", "notes")
    assert (done.code, done.out) == (0, "no raw page is kept of it (hint: archive.keep_pages says for how long)\n")


def test_no_page_is_kept_where_the_configuration_says_so(tmp_path: Path) -> None:
    pages(tmp_path, more='[archive]\nkeep_pages = "0 days"\n')
    assert digest(tmp_path, "ingest").code == 0
    assert digest(tmp_path, "ingest", "--again").out.startswith("no raw page is kept")
    assert digest(tmp_path, "ingest", "--again", "--json").data == []


def test_an_old_page_is_let_go_by_the_next_ingest(tmp_path: Path) -> None:
    pages(tmp_path)
    old = Document(source="site", url="file:old.html", body=b"<p>x</p>", retrieved_at=datetime(2020, 1, 1, tzinfo=UTC))
    with closing(open_archive(tmp_path / "articles.db")) as archive:
        archive.keep(old)
    digest(tmp_path, "ingest")
    with closing(open_archive(tmp_path / "articles.db")) as archive:
        assert [document.url for document in archive.kept()] == ["file:pages/gate.html"]


@pytest.mark.parametrize("span", ["soon", "eight weeks", "-1 days", "8", "8 fortnights"])
def test_a_span_that_is_none_is_named(tmp_path: Path, span: str) -> None:
    pages(tmp_path, more=f'[archive]\nkeep_pages = "{span}"\n')
    done = digest(tmp_path, "ingest")
    assert done.code == 2
    assert f"archive.keep_pages: not a span of time: '{span}'" in done.err
