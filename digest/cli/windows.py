"""The options that name a window, shared by the commands that take one."""

from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.weeks import WEEK_HELP

if TYPE_CHECKING:
    from digest.window import Wanted

Week = Annotated[str | None, typer.Option("--week", metavar="[WEEK]", help=WEEK_HELP)]
Since = Annotated[str | None, typer.Option("--since", help="From this date or time on, or `last-issue`.")]
Until = Annotated[str | None, typer.Option("--until", help="Up to this time; a day without a time is included.")]
Month = Annotated[str | None, typer.Option("--month", help="A calendar month: 2024-10.")]
Day = Annotated[str | None, typer.Option("--day", help="A calendar day: 2024-10-25.")]


def wanted(week: str | None, span: tuple[str | None, str | None], month: str | None, day: str | None) -> "Wanted":
    """Return the window that the options ask for; the last complete week where none is given."""
    from digest.window import Wanted

    since, until = span
    if (week, since, until, month, day) == (None, None, None, None, None):
        week = "last"
    return Wanted(week=week, since=since, until=until, month=month, day=day)
