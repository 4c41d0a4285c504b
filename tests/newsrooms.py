"""Newsrooms whose sources are those of the invented magazine on loopback."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from digest.archive import open_archive
from digest.model.article import Article
from site_of_its_own import Site

HEAD = """\
schema = 1
[magazine]
name = "Lock and Weir"
url = "{home}"
zone = "Europe/London"
[fetch]
at_once = 8
pause = 0
"""


def room(folder: Path, site: Site, *paths: str, more: str = "") -> Path:
    """Make a newsroom that reads some paths of a site; each source is named after its path."""
    folder.mkdir(exist_ok=True)
    sources = "".join(f'[[sources]]\nname = "{name_of(path)}"\nurl = "{site.at(path)}"\n{more}' for path in paths)
    (folder / "digest.toml").write_text(HEAD.format(home=site.base) + sources, encoding="utf-8")
    return folder


def name_of(path: str) -> str:
    """Return the name of the source at a path."""
    return path.strip("/").partition(".")[0] or "site"


def articles(folder: Path) -> tuple[Article, ...]:
    """Return all that a newsroom's archive holds, by date."""
    with closing(open_archive(folder / "articles.db")) as archive:
        dated = archive.window(datetime(1990, 1, 1, tzinfo=UTC), datetime(2190, 1, 1, tzinfo=UTC))
        return (*dated, *(each for each in archive.unplaced(None) if each not in dated))


def dump(folder: Path, *without: str) -> list[str]:
    """Return every row of an archive but those of some tables."""
    with closing(sqlite3.connect(folder / "articles.db")) as connection:
        return [row for row in connection.iterdump() if not row.startswith(_inserts(without))]


def _inserts(tables: Sequence[str]) -> tuple[str, ...]:
    return tuple(f'INSERT INTO "{table}"' for table in tables)
