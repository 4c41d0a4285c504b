"""`digest build`: from the sources to an issue in its folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, archive_of
from digest.cli.ingesting import show_rows
from digest.cli.weeks import WeekCommand
from digest.cli.windows import Day, Month, Since, Until, Week, wanted

if TYPE_CHECKING:
    from datetime import datetime

    from digest.cli.screen import Screen
    from digest.model.window import Window
    from digest.pipeline.build import Built
    from digest.pipeline.ingest import SourceRow
    from digest.pipeline.newsroom import Newsroom
    from digest.ports import Archive


def build(
    context: typer.Context,
    week: Week = None,
    since: Since = None,
    until: Until = None,
    month: Month = None,
    day: Day = None,
    theme: Annotated[str, typer.Option("--theme", help="Another theme than the newsletter's.")] = "",
    thin_ok: Annotated[bool, typer.Option("--thin-ok", help="Build a thin week too.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing; files are still read.")] = False,
    frozen: Annotated[str | None, typer.Option("--frozen", metavar="ISSUE", help="Render a record again.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="With --frozen: where to write.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Build an issue: read the sources, choose, write the leads, render.

    Sources that were not read since the window's end are read first; a window that is covered is built from the
    archive alone. What you decide by hand stands in the issue's edits.toml and survives every build. With --frozen
    the issue is rendered from its issue.json alone. Exit codes: 0 built, 1 failed, 2 usage or configuration,
    3 too few stories (nothing was written), 4 the issue is locked.
    """
    desk: Desk = context.obj
    room, screen = desk.newsroom(), desk.screen(machine=json)
    if frozen is not None:
        _frozen(desk, frozen, out, json=json)
        return
    from digest.pipeline.build import Options, build, refuse_locked
    from digest.pipeline.freshness import stale
    from digest.pipeline.gather import find_window

    instant = now()
    window = find_window(room, wanted(week, (since, until), month, day), instant)
    refuse_locked(room.shelf.issue(window.label))
    with archive_of(room) as archive:
        rows = _read(room, archive, window, instant, (screen, offline))
        screen.tell(stale(room, archive, min(window.end, instant)))
        built = build(room, archive, window, now=instant, options=Options(theme=theme, thin_ok=thin_ok))
    _report(screen, built, rows)


def _read(
    room: "Newsroom", archive: "Archive", window: "Window", instant: "datetime", how: "tuple[Screen, bool]"
) -> "tuple[SourceRow, ...]":
    """Read the sources that do not cover the window yet, and say how fresh each is."""
    from digest.pipeline.freshness import not_covering

    screen, offline = how
    tables = not_covering(room, archive, window.end)
    if not tables:
        screen.say("sources: all read since the window's end")
        return ()
    from digest.pipeline.ingest import ingest_sources, reading

    with reading(room, instant, offline=offline) as read, screen.working("Reading") as progress:
        rows = ingest_sources(room, archive, tables, read, progress)
    show_rows(screen, rows)
    return rows


def _report(screen: "Screen", built: "Built", rows: "tuple[SourceRow, ...]") -> None:
    issue, folder = built.issue, built.folder.path
    stories = sum(entry.slot != "headline" for entry in issue.entries)
    screen.say(f"\n{issue.newsletter_title} No. {issue.number}: {issue.window.words} ({issue.window.label})")
    screen.say(f"{stories} stories, {len(issue.headlines)} headlines only, {len(issue.left_out)} not in")
    screen.say(f"subject: {issue.subject.text}")
    screen.tell(built.findings)
    screen.say(f"email.html {len(built.rendered.html.encode()) / 1000:.1f} KB; why each article is in or out:")
    screen.say(f"  digest articles {_option(issue.window)}")
    screen.answer(str(folder))
    screen.data(
        {
            "folder": str(folder),
            "label": issue.window.label,
            "number": issue.number,
            "subject": issue.subject.text,
            "stories": stories,
            "headlines": len(issue.headlines),
            "left_out": len(issue.left_out),
            "files": issue.files,
            "sources": rows,
            "findings": built.findings,
        }
    )


def _option(window: "Window") -> str:
    """Return the option that names the window."""
    if window.kind == "span":
        return f"--since {window.start.isoformat()} --until {window.end.isoformat()}"
    return f"--{window.kind} {window.label}"


def _frozen(desk: Desk, label: str, out: Path | None, *, json: bool) -> None:
    """Render a record again; differences are said, and are exit code 1."""
    from digest.pipeline.frozen import rebuild

    room, screen = desk.newsroom(), desk.screen(machine=json)
    thawed = rebuild(room, desk.issue(room, label), out)
    for difference in thawed.differences:
        screen.warn(f"warning: {difference}")
    screen.answer(str(thawed.written))
    screen.data({"folder": str(thawed.written), "differences": thawed.differences})
    if thawed.differences:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(cls=WeekCommand)(build)
