"""The screen: what a person reads and what a program reads; the only printer.

What a command was asked for goes to standard output; what it has to say besides (progress, warnings, errors) to
standard error. Colour and the progress line need a terminal and honour NO_COLOR; `--quiet` leaves out all but errors
and the answer itself.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.errors import DigestError

if TYPE_CHECKING:
    from rich.console import Console

    from digest.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Screen:
    """How to speak: `quiet` leaves out what is not asked for; `machine` prints JSON instead of words."""

    quiet: bool = False
    machine: bool = False

    def say(self, text: str = "") -> None:
        """Print a line of the answer, unless a program is reading or nobody wants to know."""
        if not self.quiet and not self.machine:
            _out(text)

    def answer(self, text: str) -> None:
        """Print a line that is the very thing that was asked for: `--quiet` keeps it."""
        if not self.machine:
            _out(text)

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


def _out(text: str) -> None:
    try:
        sys.stdout.write(text + "\n")
    except BrokenPipeError:
        hush()  # nobody reads on; the work is done all the same


def _err(text: str, style: str) -> None:
    if sys.stderr.isatty():
        _console().print(text, style=style, markup=False, highlight=False, soft_wrap=True)
    else:
        sys.stderr.write(text + "\n")


def _console() -> "Console":
    from rich.console import Console

    return Console(stderr=True)
