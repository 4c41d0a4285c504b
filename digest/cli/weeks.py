"""The `--week` option that may stand alone: `digest build --week` is the last complete week.

Typer's options either always take a value or never do, so the value is put in before the command line is parsed.
"""

import re
from typing import TYPE_CHECKING

from typer.core import TyperCommand

if TYPE_CHECKING:
    from typer._click import Context

OPTION = "--week"
BARE = "last"
"""What `--week` alone means."""

WEEK_HELP = (
    "The magazine's week. Alone it is the last complete one (`last`); else 2024-W43, a date in the week, `this`, or -2"
    " for the week before the last. A word right behind --week is taken as the week: put other arguments before it."
)


class WeekCommand(TyperCommand):
    """A command whose `--week` needs no value: give it as `@app.command(cls=WeekCommand)`."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Parse the arguments with each bare `--week` completed."""
        return super().parse_args(ctx, fill_in(args))


def fill_in(args: list[str]) -> list[str]:
    """Return `args` with `last` behind each `--week` that no value follows. Behind `--` nothing is an option."""
    options = args.index("--") if "--" in args else len(args)
    filled: list[str] = []
    for index, arg in enumerate(args):
        filled.append(arg)
        if arg == OPTION and index < options and not _is_value(args[index + 1 : index + 2]):
            filled.append(BARE)
    return filled


def _is_value(following: list[str]) -> bool:
    """Tell whether what follows is a value: anything but another option. -2 is a value."""
    return any(re.fullmatch(r"-\d+", arg, re.ASCII) or not arg.startswith("-") for arg in following)
