"""`digest ingest`: read the sources, or files that an editor hands in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, archive_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from digest.cli.screen import Screen
    from digest.config.schema import SourceTable
    from digest.pipeline.ingest import SourceRow
    from digest.sources import Given


def ingest(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(help="Feeds, pages, Markdown or text scrapes.")] = None,
    published: Annotated[str, typer.Option(help="The files' date: 2024-10-25 or '2024-10-25 17:30'.")] = "",
    url: Annotated[str, typer.Option(help="The article's address (one file).")] = "",
    section: Annotated[str, typer.Option(help="The section of files that name none.")] = "",
    source: Annotated[list[str] | None, typer.Option("--source", help="Only this source; may be repeated.")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail if anything could not be read.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Read articles into the archive.

    Without FILES every source of digest.toml is read. A file is an article that no source has: a text scrape knows
    neither its date nor its address, so say them; without a date an article is kept, listed as undated, and never
    selected. Reading the same thing twice changes nothing; a changed article is an update.
    """
    from digest.pipeline.ingest import ingest_files, ingest_sources, reading

    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    given = _given(room.zone, published, url, section, len(files or ()))
    with (
        archive_of(room) as archive,
        reading(room, now(), offline=offline) as read,
        screen.working("Reading") as progress,
    ):
        rows: tuple[SourceRow, ...]
        if files:
            rows = (ingest_files(archive, files, given, read, progress),)
        else:
            rows = ingest_sources(room, archive, _wanted(room.config.sources, source or []), read, progress)
    show_rows(screen, rows)
    screen.data(rows)
    if any(row.problems for row in rows) and (strict or all(row.state.error for row in rows) or _nothing(files, rows)):
        raise typer.Exit(1)


def _nothing(files: list[Path] | None, rows: "tuple[SourceRow, ...]") -> bool:
    """Tell whether files were handed in and not one of them held an article."""
    return bool(files) and not any(row.state.items for row in rows)


def _given(zone: "ZoneInfo", published: str, url: str, section: str, count: int) -> "Given":
    """Return what the editor says about the files; one address cannot be that of several."""
    from digest.errors import UsageError
    from digest.sources import Given
    from digest.text.dates import read_date
    from digest.text.urls import canonical_url

    if url and count > 1:
        raise UsageError(f"one address cannot be that of {count} files", where="--url", hint="ingest them one by one")
    if url and not canonical_url(url):
        raise UsageError(f"not a URL: {url!r}", where="--url", hint="start it with https://")
    moment = read_date(published, zone) if published else None
    return Given(
        published=moment.instant if moment else None,
        precision=moment.precision if moment else "instant",
        url=canonical_url(url),
        section=section,
    )


def _wanted(tables: "tuple[SourceTable, ...]", names: list[str]) -> "tuple[SourceTable, ...]":
    from digest.errors import UsageError

    known = {table.name: table for table in tables}
    for name in names:
        if name not in known:
            hint = f"one of: {', '.join(known)}" if known else "digest.toml names none"
            raise UsageError(f"there is no source {name!r}", where="--source", hint=hint)
    if not tables:
        raise UsageError("digest.toml names no source", hint="write one under [[sources]], or hand in files")
    return tuple(known[name] for name in names) or tables


def show_rows(screen: "Screen", rows: "tuple[SourceRow, ...]") -> None:
    """Print what reading each source came to, and every problem with its place."""
    for row in rows:
        tally = row.tally
        told = row.state.error or f"{tally.new} new, {tally.updated} updated, {tally.same} as before"
        screen.say(f"{row.name}: {told}")
        for problem in row.problems:
            hint = f" (hint: {problem.hint})" if problem.hint else ""
            screen.warn(f"warning: {problem.where}: {problem.message}{hint}")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(ingest)
