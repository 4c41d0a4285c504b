"""`digest build --frozen`: an issue rendered again from its record alone."""

from pathlib import Path
from typing import Annotated

import typer

from digest.cli.desk import Desk
from digest.cli.excluded import refuse_beside

Frozen = Annotated[str | None, typer.Option("--frozen", metavar="ISSUE", help="Render a record again.")]
Out = Annotated[Path | None, typer.Option("--out", help="With --frozen: where to write.")]

_BESIDE = ("week", "since", "until", "month", "day", "theme", "thin_ok", "refetch", "strict")
"""Options that choose what is in an issue, which its record has chosen already."""


def refuse_out(out: Path | None) -> None:
    """Refuse a place to write where nothing frozen is written.

    Raises:
        UsageError: `out` is given.

    """
    from digest.errors import UsageError

    if out is not None:
        hint = "name the issue: --frozen ISSUE; a build writes into issues/"
        raise UsageError("goes with --frozen alone", where="--out", hint=hint)


def render_again(context: typer.Context, label: str, out: Path | None, *, json: bool) -> None:
    """Render a record again; differences are said, and are exit code 1."""
    from digest.pipeline.frozen import rebuild

    refuse_beside(context, "--frozen", *_BESIDE)
    desk: Desk = context.obj
    room, screen = desk.newsroom(), desk.screen(machine=json)
    thawed = rebuild(room, desk.issue(room, label), out)
    for difference in thawed.differences:
        screen.warn(f"warning: {difference}")
    screen.answer(str(thawed.written))
    screen.data({"folder": str(thawed.written), "differences": thawed.differences})
    if thawed.differences:
        raise typer.Exit(1)
