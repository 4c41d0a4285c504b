"""`digest sources`: the sources with their health."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, archive_of
from digest.cli.excluded import refuse_beside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.cli.screen import Screen
    from digest.language import Speller
    from digest.pipeline.newsroom import Newsroom
    from digest.pipeline.sourcing import SourceHealth

_HEAD = ("source", "kind", "last read", "items", "newest", "undated", "whole texts")


def sources(
    context: typer.Context,
    opml: Annotated[bool, typer.Option("--opml", help="Print the feeds as OPML, for another feed reader.")] = False,
    feeds: Annotated[
        Path | None, typer.Option("--import", help="Add the feeds of an OPML file to digest.toml.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show how each source is: when it was read, what it has, what changed, what is not as usual.

    Nothing is read for it: it is what the last ingest or build found. Texts that are not whole come from the articles'
    own pages. With --import FILE the feeds that another feed reader wrote out as OPML are added to digest.toml, behind
    what stands there; with --opml those of digest.toml are printed for it.
    """
    from digest.pipeline.sourcing import healths

    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    if feeds:
        refuse_beside(context, "--import", "opml")
        _import(screen, room, feeds)
        return
    if opml:
        refuse_beside(context, "--opml", "json")
        _export(screen, room)
        return
    with archive_of(room) as archive:
        found = healths(room, archive, now())
    if not found:
        screen.say("digest.toml names no source yet: write one under [[sources]]")
    else:
        screen.table(_HEAD, [_row(health, room.speller) for health in found])
    for health in found:
        _tell(screen, health)
    screen.data(found)


def _import(screen: "Screen", room: "Newsroom", path: Path) -> None:
    """Add the feeds of a list to digest.toml, and say what was added and what was not."""
    from digest.pipeline.opml import import_feeds

    done = import_feeds(room, path, now())
    for name in done.added:
        screen.say(f"added: {name}")
    for url in done.known:
        screen.say(f"there already: {url}")
    for url in done.unusable:
        screen.warn(f"warning: {url}: not a web address: left out")
    for name in done.nowhere:
        screen.warn(f"warning: {name or 'an entry without a name'}: has no address of a feed (xmlUrl): left out")
    screen.say(f"digest.toml: {len(done.added)} source{'s' * (len(done.added) != 1)} added")
    screen.data(done)


def _export(screen: "Screen", room: "Newsroom") -> None:
    """Print the feeds of digest.toml as OPML."""
    from digest.pipeline.opml import export_feeds

    screen.answer(export_feeds(room).rstrip("\n"))


def _row(health: "SourceHealth", speller: "Speller") -> tuple[str, ...]:
    """Return a source's row; of one that was never read with success there is nothing to show."""
    if health.last_success is None:
        return (health.name, health.kind, "never", "", "", "", "")
    read = f"{speller.day(health.last_success)}, {speller.moment(health.last_success)}"
    newest = speller.day(health.newest) if health.newest else ""
    undated = str(health.undated) if health.undated else ""
    return (health.name, health.kind, read, str(health.items), newest, undated, f"{health.whole} of {health.items}")


def _tell(screen: "Screen", health: "SourceHealth") -> None:
    """Print what of a source cannot stand in a table: what went wrong, what changed, what is not as usual."""
    if health.error:
        screen.warn(f"warning: {health.name}: the last reading failed: {health.error}")
    elif health.problems:
        screen.warn(f"warning: {health.name}: {health.problems} could not be read; digest ingest says what")
    for line in _changes(health):
        screen.say(f"{health.name}: {line}")
    screen.tell(health.alarms)


def _changes(health: "SourceHealth") -> "Iterator[str]":
    """Yield what the last reading found changed, a line each."""
    changed = health.changed
    yield from (f"no longer listed: {title}" for title in changed.lost)
    yield from (f"a section of a new name: {name}" for name in changed.sections)
    yield from (f"a new title: {each.title} (it was: {each.was})" for each in changed.titles)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(sources)
