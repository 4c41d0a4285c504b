"""`digest lead`: what would be made of a page, without a newsroom."""

from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk
from digest.cli.excluded import refuse_beside

if TYPE_CHECKING:
    from digest.cli.screen import Screen
    from digest.model.edits import Summary
    from digest.pipeline.leading import Asked, NoLead, PageLead
    from digest.ports import Writer

_MODES: "tuple[Summary, ...]" = ("lead", "dek", "extract", "model")
_SHOWN = 100
"""Characters of a text that was left out: its beginning tells which it is."""


def lead(
    context: typer.Context,
    pages: Annotated[list[str], typer.Argument(metavar="FILE|URL…", help="Saved pages, or their addresses.")],
    words: Annotated[int | None, typer.Option("--words", min=1, help="The most words of a lead.")] = None,
    at_least: Annotated[int | None, typer.Option("--at-least", min=1, help="The fewest words of a lead.")] = None,
    mode: Annotated[str, typer.Option("--mode", help=f"How the text is made: {', '.join(_MODES)}.")] = "lead",
    processes: Annotated[int, typer.Option("--processes", min=1, help="How many processes share many pages.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print an object a line as JSON.")] = False,
) -> None:
    """Show what would be made of a page: headline, by-line, date, lead, and what was left out.

    Nothing is stored, and no newsroom is needed; in one, its time zone and its lengths of a lead hold. A date that is
    only guessed is marked: no issue takes it. Each field's witness says where on the page it was found. With --mode
    model the newsroom's own model is asked, and what it writes is kept in written/ for the next build.
    """
    from dataclasses import replace

    from digest.pipeline.leading import NoLead, leads

    desk: Desk = context.obj
    screen = desk.screen(machine=json)
    failed = False
    asked = _asked(desk, _mode(mode), words, at_least)
    if mode == "model":
        refuse_beside(context, "--mode model", "processes")
        asked = replace(asked, writer=_writer(desk))
    for row in leads(pages, asked, processes):
        failed = failed or isinstance(row, NoLead)
        screen.row(row if not isinstance(row, NoLead) else _error(row))
        if not json:
            _show_error(screen, row) if isinstance(row, NoLead) else _show(screen, row)
    if failed:
        raise typer.Exit(1)


def _mode(name: str) -> "Summary":
    from digest.errors import UsageError

    for known in _MODES:
        if known == name:
            return known
    raise UsageError(f"there is no way {name!r} to make a text", where="--mode", hint=f"one of: {', '.join(_MODES)}")


def _writer(desk: Desk) -> "Writer":
    """Return the newsroom's model.

    Raises:
        UsageError: there is no newsroom, or it names none.

    """
    from digest.errors import UsageError

    if not (desk.folder / "digest.toml").exists():
        hint = "go into one that names a model, or name it: digest -C DIR lead …"
        raise UsageError("a model is asked by a newsroom alone, and here is none", where="--mode model", hint=hint)
    room = desk.newsroom()
    if not room.config.writer.model:
        hint = 'name one in digest.toml: [writer] model = "…"; llm models lists those that are there'
        raise UsageError("this newsroom names no model", where="--mode model", hint=hint)
    from digest.pipeline.writing import open_kept

    return open_kept(room, offline=False)


def _asked(desk: Desk, mode: "Summary", most: int | None, least: int | None) -> "Asked":
    """Return what is asked: as the options say, else as the newsroom's configuration does, else as usual."""
    from zoneinfo import ZoneInfo

    from digest.config import load_config
    from digest.config.schema import LeadTable
    from digest.pipeline.leading import Asked
    from digest.pipeline.wording import Wish
    from digest.summarizer import Budget

    path = desk.folder / "digest.toml"
    config = load_config(path) if path.exists() else None
    table = config.lead if config else LeadTable()
    at_most = most or table.at_most
    return Asked(
        zone=ZoneInfo(config.magazine.zone if config else "UTC"),
        now=now(),
        wish=Wish(mode=mode, budget=Budget(at_least=min(least or table.at_least, at_most), at_most=at_most)),
        site=config.magazine.url if config else "",
        contact=(config.magazine.contact or config.magazine.url) if config else "",
    )


def _error(row: "NoLead") -> dict[str, str]:
    return {"file": row.file, "error": row.error} | ({"hint": row.hint} if row.hint else {})


def _show_error(screen: "Screen", row: "NoLead") -> None:
    hint = f" (hint: {row.hint})" if row.hint else ""
    screen.warn(f"error: {row.file}: {row.error}{hint}")


def _show(screen: "Screen", row: "PageLead") -> None:
    """Print a page as it would stand in an issue, then where its parts come from and what was left out."""
    screen.answer(f"{row.file}\n  {row.title}")
    by = f"By {', '.join(row.authors)}" if row.authors else ""
    date = row.published or (f"{row.guess} (only guessed)" if row.guess else "undated")
    screen.answer("  " + " · ".join(filter(None, (by, date, row.section))))
    if row.dek and row.mode != "dek":
        screen.answer(f"  {row.dek}")
    screen.answer(f"\n  {' '.join(row.sentences) or '(no lead)'}\n")
    for note in filter(None, (row.note, *row.problems)):
        screen.answer(f"  note: {note}")
    if row.witnesses:
        screen.answer("  from: " + ", ".join(f"{field} {name}" for field, name in sorted(row.witnesses.items())))
    for cut in row.left_out:
        text = cut.text if len(cut.text) <= _SHOWN else f"{cut.text[: _SHOWN - 1].rstrip()}…"
        screen.answer(f"  left out: {cut.why}: {text}")
    screen.answer("")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(lead)
