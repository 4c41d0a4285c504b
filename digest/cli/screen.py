"""The screen: what a person reads and what a program reads; the only printer.

What a command was asked for goes to standard output; what it has to say besides (progress, warnings, errors) to
standard error. Colour and the progress line need a terminal and honour NO_COLOR; `--quiet` leaves out all but errors
and the answer itself.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.errors import DigestError

if TYPE_CHECKING:
    from rich.console import Console

    from digest.model.finding import Finding


_CONTROLS = {code: f"\\u{code:04x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}


@dataclass(frozen=True, slots=True)
class Screen:
    """How to speak: `quiet` leaves out what is not asked for; `machine` prints JSON instead of words."""

    quiet: bool = False
    machine: bool = False

    def say(self, text: str = "", style: str = "", *, indent: int = 0) -> None:
        """Print a line of the answer, unless a program is reading or nobody wants to know."""
        if not self.quiet and not self.machine:
            _out(text, style, indent)

    def answer(self, text: str = "", style: str = "", *, indent: int = 0) -> None:
        """Print a line that is the very thing that was asked for: `--quiet` keeps it."""
        if not self.machine:
            _out(text, style, indent)

    def columns(self, rows: Sequence[Sequence[str]], *, right: int = 0) -> None:
        """Print a table, the first `right` columns set to the right; on a terminal the last column is wrapped."""
        if self.quiet or self.machine:
            return
        if sys.stdout.isatty():
            _grid(rows, right)
            return
        _aligned(rows, right)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print a table that is the very thing that was asked for, under its head; `--quiet` keeps it."""
        if self.machine:
            return
        if not sys.stdout.isatty():
            _aligned([head, *rows], 0)
            return
        from rich.box import SIMPLE_HEAD
        from rich.table import Table
        from rich.text import Text

        table = Table(*head, box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
        for row in rows:
            table.add_row(*(Text(_seen(cell)) for cell in row))
        _console(stderr=False).print(table)

    def bar(self, share: float, columns: int, style: str) -> None:
        """Show how much of something is used, on a terminal alone: the line above it says the figure."""
        if not self.quiet and not self.machine and sys.stdout.isatty():
            full = round(share * columns)
            _out("━" * full + "╌" * (columns - full), style, 2)

    def data(self, value: object) -> None:
        """Print a value as JSON where a program is reading."""
        if self.machine:
            from digest.wire import to_pretty_json

            _out(to_pretty_json(value).decode().rstrip("\n"))

    def row(self, value: object) -> None:
        """Print a value as one line of JSON where a program is reading, at once: it may wait for it."""
        if self.machine:
            from digest.wire import to_json

            _out(to_json(value).decode())
            flush()

    def tell(self, findings: Iterable["Finding"]) -> None:
        """Print findings, the graver first, each with its place and its mend."""
        order = {"error": 0, "warning": 1, "note": 2}
        for finding in sorted(findings, key=lambda each: order[each.level]):
            where = f"{finding.where}: " if finding.where else ""
            hint = f" (hint: {finding.hint})" if finding.hint else ""
            if finding.level == "error" or not self.quiet:
                _err(f"{finding.level}: {where}{finding.message}{hint}", _STYLES[finding.level])

    def warn(self, text: str) -> None:
        """Print a warning on standard error, unless nobody wants to know."""
        if not self.quiet:
            _err(text, _STYLES["warning"])

    @contextmanager
    def working(self, doing: str) -> Iterator[Callable[[str], None]]:
        """Show what is being worked at while it lasts, on a terminal; yields a function to tell the next part."""
        if self.quiet or self.machine or not sys.stderr.isatty():
            yield lambda _: None
            return
        with _console().status(doing) as status:
            yield lambda part: status.update(f"{doing}: {part}")

    @contextmanager
    def bars(self, doing: str) -> Iterator[Callable[[str, int, int], None]]:
        """Show on a terminal how far each part of a work is; yields a function to tell a part and what of it is done.

        It is told of how much, too: 0 where nobody knows.
        """
        if self.quiet or self.machine or not sys.stderr.isatty():
            yield lambda _part, _done, _total: None
            return
        from rich.progress import BarColumn, Progress, TaskID, TextColumn

        columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.fields[count]}"))
        # Drawn when something is told: a thread that draws by itself would be there while processes are forked.
        with Progress(*columns, console=_console(), transient=True, auto_refresh=False) as bars:
            tasks = dict[str, TaskID]()

            def tell(part: str, done: int, total: int) -> None:
                count = f"{done} of {total}" if total else f"{done}"
                if part not in tasks:
                    tasks[part] = bars.add_task(f"{doing}: {part}", total=None, count=count)
                bars.update(tasks[part], completed=done, total=total or None, count=count, refresh=True)

            yield tell


_STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


def complain(error: DigestError, *, machine: bool = False) -> None:
    """Print an error on standard error, and where a program is reading its parts on standard output."""
    _err(f"error: {error}", "bold red")
    parts = {"message": error.message, "where": error.where, "hint": error.hint, "exit_code": error.exit_code}
    Screen(machine=machine).data({"error": parts})


def flush() -> None:
    """Let out what was printed. A reader that has gone (head, less) is no error: that is its right."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        hush()


def hush() -> None:
    """Let nothing more be printed: the interpreter's own last flush would fail too, with a message of its own."""
    with suppress(OSError):  # where standard output is none of the system's files there is nothing to fear
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _seen(text: str) -> str:
    """Return a text as it may be shown: a name from outside could hold what moves a cursor or renames a window.

    Control characters are written as JSON writes them, so that data stays what it is.
    """
    return text.translate(_CONTROLS)


def _out(text: str, style: str = "", indent: int = 0) -> None:
    text = _seen(text)
    try:
        if (style or indent) and sys.stdout.isatty():
            _styled(text, style, indent)
        else:
            sys.stdout.write(f"{' ' * indent}{text}\n")
    except BrokenPipeError:
        hush()  # nobody reads on; the work is done all the same


def _styled(text: str, style: str, indent: int) -> None:
    """Print a line in colour; an indented one is wrapped behind its indent."""
    from rich.padding import Padding
    from rich.text import Text

    _console(stderr=False).print(Padding(Text(text, style=style), (0, 0, 0, indent), expand=False))


def _aligned(rows: Sequence[Sequence[str]], right: int) -> None:
    """Print rows without a terminal: their cells one below the other, the first `right` of them set to the right."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(width) if place < right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        _out(f"  {'  '.join(cells)}".rstrip())


def _grid(rows: Sequence[Sequence[str]], right: int) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2, 0, 0))
    for place in range(len(rows[0])):
        last = place == len(rows[0]) - 1
        grid.add_column(justify="right" if place < right else "left", no_wrap=not last)
    for row in rows:
        grid.add_row(*(Text(_seen(cell)) for cell in row))
    _console(stderr=False).print(Padding(grid, (0, 0, 0, 2), expand=False))


def _err(text: str, style: str) -> None:
    text = _seen(text)
    if sys.stderr.isatty():
        _console().print(text, style=style, markup=False, highlight=False, soft_wrap=True)
    else:
        sys.stderr.write(text + "\n")


def _console(*, stderr: bool = True) -> "Console":
    from rich.console import Console

    return Console(stderr=stderr)
