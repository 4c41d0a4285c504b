"""`digest ingest`: read the sources, or files that an editor hands in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, archive_of
from digest.cli.excluded import refuse_beside

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from digest.cli.screen import Screen
    from digest.config.schema import SourceTable
    from digest.model.freshness import SourceState
    from digest.pipeline.ingest.reading import AtWork, Order
    from digest.pipeline.ingest.rows import PageTally, SourceRow
    from digest.pipeline.newsroom import Newsroom
    from digest.sources import Given

    Work = Callable[[AtWork], tuple[SourceRow, ...]]

_TAPES = ("record", "replay")
_BESIDE_FILES = ("FILES", "source", "again", "since", "until", "processes", *_TAPES)
_BESIDE_AGAIN = ("--again", "files", "published", "url", "section", "offline", "since", "until", *_TAPES)
_BESIDE_SOURCES = ("the sources of digest.toml", "published", "url", "section")
"""What excludes which options: an editor's words are about files, and files are no source."""


def ingest(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(help="Feeds, pages, Markdown or text scrapes.")] = None,
    published: Annotated[str, typer.Option(help="The files' date: 2024-10-25 or '2024-10-25 17:30'.")] = "",
    url: Annotated[str, typer.Option(help="The article's address (one file).")] = "",
    section: Annotated[str, typer.Option(help="The section of files that name none.")] = "",
    source: Annotated[list[str] | None, typer.Option("--source", help="Only this source; may be repeated.")] = None,
    since: Annotated[str, typer.Option("--since", help="What was published from this date or time on.")] = "",
    until: Annotated[str, typer.Option("--until", help="Up to this time; a day without a time is included.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Read the raw pages that are kept anew.")] = False,
    processes: Annotated[int | None, typer.Option("--processes", min=1, help="How many share many pages.")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing.")] = False,
    record: Annotated[Path | None, typer.Option("--record", help="Record what the web answers as WARC.")] = None,
    replay: Annotated[Path | None, typer.Option("--replay", help="Read such a recording instead of the web.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail if anything could not be read.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Read articles into the archive.

    Without FILES every source of digest.toml is read, from two weeks before its newest article on (eight weeks back the
    first time; --since asks for more where a source can be asked), and behind an excerpt its page. What was stopped
    goes on where it was. A file is an article that no source has: a text scrape knows neither its date nor its address,
    so say them; without a date an article is kept, listed as undated, and never selected. Reading the same thing twice
    changes nothing; a changed article is an update. With --again nothing is fetched: the pages of the last weeks
    (archive.keep_pages) are read as this version reads them.
    """
    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    refuse_beside(context, *(_BESIDE_AGAIN if again else _BESIDE_FILES if files else _BESIDE_SOURCES))
    if record or replay:
        refuse_beside(context, "--record" if record else "--replay", "offline", *(["replay"] if record else []))
    given = _given(room.zone, published, url, section, len(files or ()))
    order = replace(_order(room.zone, since, until, processes, offline=offline), record=record, replay=replay)
    work = _of_files(files, given) if files else _of_sources(room, source or [], again=again)
    rows = _done(screen, room, order, work)
    show_rows(screen, rows)
    if again and not rows:
        screen.say(f"no raw page is kept{' of it' if source else ''} (hint: archive.keep_pages says for how long)")
    if not files:
        from digest.pipeline.freshness import unusual

        screen.tell(unusual(room, [row.state for row in rows], now()))
    screen.data(rows_data(rows))
    if _failed(rows, by_hand=bool(files), strict=strict):
        raise typer.Exit(1)


def _order(zone: "ZoneInfo", since: str, until: str, processes: int | None, *, offline: bool) -> "Order":
    """Return what is asked for: a span that a person names has both its days in it."""
    from digest.pipeline.ingest.reading import Order
    from digest.window import read_open_span

    instant = now()
    start, end = read_open_span(since, until, zone, instant)
    return Order(now=instant, since=start, until=end, offline=offline, processes=processes)


def _of_files(files: list[Path], given: "Given") -> "Work":
    """Return the work of reading files that were handed in."""
    from digest.pipeline.ingest import ingest_files

    return lambda at_work: (ingest_files(at_work, files, given),)


def _of_sources(room: "Newsroom", names: list[str], *, again: bool) -> "Work":
    """Return the work of reading the named sources, or all of them; `again`: of reading what is kept of them."""
    from digest.pipeline.ingest import ingest_again, ingest_sources

    tables = () if again and not names else _wanted(room.config.sources, names)
    read_all = ingest_again if again else ingest_sources
    return lambda at_work: read_all(at_work, tables)


def _done(screen: "Screen", room: "Newsroom", order: "Order", work: "Work") -> "tuple[SourceRow, ...]":
    """Do the work, and return its rows; who stops it (Ctrl-C) is told what is left."""
    from digest.pipeline.ingest.following import TRIES
    from digest.pipeline.ingest.reading import at_work

    with archive_of(room) as archive:
        try:
            with screen.bars("Reading") as progress, at_work(room, archive, order, progress) as ready:
                return work(ready)
        except KeyboardInterrupt:
            left = sum(archive.waiting(TRIES).values())
            screen.warn(f"stopped: what was read is stored{_left(left)}")
            raise


def _left(count: int) -> str:
    if count == 0:
        return ""
    return f"; {'1 page is' if count == 1 else f'{count} pages are'} left for the next digest ingest"


def _failed(rows: "tuple[SourceRow, ...]", *, by_hand: bool, strict: bool) -> bool:
    """Tell whether nothing came of it all, or (where strict) anything could not be read."""
    if not any(row.problems for row in rows):
        return False
    read = [row for row in rows if not row.skipped]
    return strict or all(row.state.error for row in read) or (by_hand and not any(row.state.items for row in read))


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
        failed = "" if row.skipped else row.state.error
        screen.say(f"{row.name}: {counts(row, failed)}")
        show_problems(screen, (row,))


def rows_data(rows: "Iterable[SourceRow]") -> list[dict[str, object]]:
    """Return rows as programs get them."""
    return [_mapping(row) | {"state": states_data([row.state])[0]} for row in rows]


def states_data(states: "Iterable[SourceState]") -> list[dict[str, object]]:
    """Return states as programs get them: the items that a source listed are kept for its next reading alone."""
    return [{name: value for name, value in _mapping(state).items() if name != "listed"} for state in states]


def _mapping(value: object) -> dict[str, object]:
    from digest.wire import from_json, to_json

    return from_json(to_json(value), dict)


def counts(row: "SourceRow", failed: str = "") -> str:
    """Return what reading a source changed in the archive, or why it was not read, and what came of its pages."""
    tally = row.tally
    gone = f", {row.gone} gone" if row.gone else ""
    told = failed or row.skipped or f"{tally.new} new, {tally.updated} updated, {tally.same} as before{gone}"
    return "; ".join(filter(None, (told, pages(row.pages))))


def pages(tally: "PageTally") -> str:
    """Return what came of a source's pages: "pages: 12 read (12 new), 1 gone, 3 left for next time"; "" for none."""
    changed = [
        f"{count} {word}" for count, word in ((tally.tally.new, "new"), (tally.tally.updated, "updated")) if count
    ]
    told = [
        (tally.read, f"read ({', '.join(changed)})" if changed else "read"),
        (tally.unchanged, "as before"),
        (tally.gone, "gone"),
        (tally.left, "left for next time"),
    ]
    words = ", ".join(f"{count} {word}" for count, word in told if count)
    why = f" ({tally.error})" if tally.error else ""
    return f"pages: {words}{why}" if words else ""


def show_problems(screen: "Screen", rows: "tuple[SourceRow, ...]") -> None:
    """Print what could not be read, each with its place."""
    for problem in (problem for row in rows for problem in row.problems):
        hint = f" (hint: {problem.hint})" if problem.hint else ""
        screen.warn(f"warning: {problem.where}: {problem.message}{hint}")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(ingest)
