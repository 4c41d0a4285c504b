"""Feeds from another reader's list into digest.toml, and the other way round, as OPML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest import disk
from digest.config.adding import with_sources
from digest.config.schema import SectionTable, SourceTable
from digest.errors import SourceError
from digest.model.article import Document, Problem
from digest.pipeline.newsroom import Newsroom
from digest.sources.retrieving import contents
from digest.text.urls import host, page_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of a list: the sources that were added, by name, and the addresses that were there or are none.

    `nowhere` are the names of entries without an address of a feed.
    """

    added: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    unusable: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()


def import_feeds(room: Newsroom, path: Path, now: datetime) -> Imported:
    """Write a `[[sources]]` into digest.toml for each feed of an OPML file that is not there yet.

    Raises:
        SourceError: the file cannot be read, or is no OPML; nothing was written.
        ConfigError: digest.toml cannot be added to; it is as it was.

    """
    from digest.sources.opml import read_opml  # noqa: PLC0415 - heavy: lxml, 20 ms

    body = contents(path, path, "opml")
    if isinstance(body, Problem):
        raise SourceError(body.message, where=body.where, hint=body.hint)
    try:
        outlines = read_opml(Document(source="opml", url=f"file:{path}", body=body, retrieved_at=now))
    except SourceError as error:
        raise SourceError(error.message, where=str(path), hint=error.hint) from error
    known = {page_key(table.url) for table in room.config.sources if table.url}
    names, tables = {table.name for table in room.config.sources}, list[SourceTable]()
    for each in outlines:
        if host(each.url) and page_key(each.url) not in known:
            known.add(page_key(each.url))
            section = _section(each.folder, room.config.sections)
            tables.append(SourceTable(name=_free(each.name, names), kind="feed", url=each.url, section=section))
    if tables:
        _write(room.root / "digest.toml", tables)
    added = {table.url for table in tables}
    return Imported(
        added=tuple(table.name for table in tables),
        known=tuple(each.url for each in outlines if host(each.url) and each.url not in added),
        unusable=tuple(each.url for each in outlines if each.url and not host(each.url)),
        nowhere=tuple(each.name for each in outlines if not each.url),
    )


def export_feeds(room: Newsroom) -> str:
    """Return the feeds of digest.toml as OPML, those with a section under its name."""
    from digest.sources.opml import Outline, write_opml  # noqa: PLC0415 - as above

    feeds = [table for table in room.config.sources if table.url and table.kind in {"auto", "feed"}]
    outlines = [Outline(name=table.name, url=table.url, folder=table.section) for table in feeds]
    return write_opml(room.config.magazine.name, outlines)


def _write(path: Path, tables: Sequence[SourceTable]) -> None:
    try:
        text = path.read_bytes().decode()
        disk.replace(path, with_sources(text, tables, where=path.name).encode())
    except OSError as error:
        raise disk.explain(error, path, "written") from error


def _section(folder: str, sections: Iterable[SectionTable]) -> str:
    """Return the section that a reader's folder is called after; "" where there is none of its name."""
    return next(
        (
            each.name
            for each in sections
            if folder and folder.casefold() in {each.name.casefold(), each.title.casefold()}
        ),
        "",
    )


def _free(name: str, taken: set[str]) -> str:
    """Return a name that no source has yet, and take it."""
    wanted, number = name, 2
    while wanted in taken:
        wanted, number = f"{name} {number}", number + 1
    taken.add(wanted)
    return wanted
