"""What `digest build` does before it builds: the sources are read, and the pages of what they gave are asked."""

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.cli.desk import answers_kept
from digest.cli.ingesting import counts, show_problems

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from digest.cli.screen import Screen
    from digest.model.finding import Finding
    from digest.model.freshness import SourceState
    from digest.model.window import Window
    from digest.pipeline.ingest.reading import AtWork
    from digest.pipeline.ingest.rows import SourceRow
    from digest.pipeline.newsroom import Newsroom
    from digest.ports import Archive
    from digest.window import Wanted

_PAGES = 300
"""The most pages that a build waits for, the newest first: a week of a large magazine. The rest is for `ingest`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the command line asks for."""

    wanted: "Wanted"
    theme: str
    thin_ok: bool
    offline: bool
    refetch: bool
    strict: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Desktop:
    """What a build works with."""

    screen: "Screen"
    room: "Newsroom"
    archive: "Archive"
    window: "Window"
    instant: "datetime"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """How the sources stand: what was read just now, the state of each, and a warning for each that is not fresh.

    `unusual` are the alarms of the others, `pages` what the pages of the issue's stories answered.
    """

    rows: "tuple[SourceRow, ...]"
    states: "tuple[SourceState, ...]"
    stale: "tuple[Finding, ...]"
    unusual: "tuple[Finding, ...]"
    pages: "tuple[Finding, ...]" = ()


def read_first(at_work: Desktop, order: Order) -> Sources:
    """Read the sources that do not cover the window yet, and return how all of them stand then."""
    from digest.pipeline.freshness import due, stale, states, unusual

    room, archive, window, instant = at_work.room, at_work.archive, at_work.window, at_work.instant
    tables = due(room, archive, window.end, whole=order.strict)
    rows: tuple[SourceRow, ...] = ()
    if tables:
        from digest.pipeline.ingest import ingest_sources

        with _working(at_work, order, "Reading") as ready:
            rows = ingest_sources(ready, tables)
    known = states(room, archive)
    then = min(window.end, instant)
    missing = stale(room, known, then, instant)
    told = {finding.where for finding in missing}
    alarms = unusual(room, [state for state in known if state.name not in told], then)
    return Sources(rows=rows, states=known, stale=missing, unusual=alarms)


def show(at_work: Desktop, sources: Sources) -> None:
    """Print a line a source, with what reading it came to where it was read just now, and all that went wrong."""
    from digest.pipeline.freshness import in_words

    read = {row.name: row for row in sources.rows}
    for state in sources.states:
        told = in_words(at_work.room, state, at_work.instant)
        row = read.get(state.name)
        at_work.screen.say(f"{state.name}: {told} ({counts(row)})" if row else f"{state.name}: {told}")
    show_problems(at_work.screen, sources.rows)
    at_work.screen.tell((*sources.stale, *sources.unusual))


def ask_pages(at_work: Desktop, order: Order) -> "tuple[Finding, ...]":
    """Ask the pages of the stories that would be in the issue, and return what the editor should know of them."""
    from digest.pipeline.answered import Answered
    from digest.pipeline.confirming import confirm_issue

    if order.offline or not any(table.url for table in at_work.room.config.sources):
        return ()
    answered = Answered(cache=answers_kept(), now=at_work.instant)
    with _working(at_work, order, "Asking") as ready:
        found = confirm_issue(ready, at_work.window, answered)
    at_work.screen.tell(found)
    return found


@contextmanager
def _working(at_work: Desktop, order: Order, doing: str) -> "Iterator[AtWork]":
    """Yield what the web is asked with."""
    from digest.pipeline.ingest.reading import Order as Reading
    from digest.pipeline.ingest.reading import at_work as working

    window = at_work.window
    reading = Reading(now=at_work.instant, back_to=window.start, offline=order.offline, pages=_PAGES)
    with (
        at_work.screen.bars(doing) as progress,
        working(at_work.room, at_work.archive, reading, progress) as ready,
    ):
        yield ready
