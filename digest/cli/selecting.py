"""`digest articles`: every article in reach of a window, in or out, with the reason."""

from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, archive_of
from digest.cli.weeks import WeekCommand
from digest.cli.windows import Day, Month, Since, Until, Week, wanted

if TYPE_CHECKING:
    from digest.cli.screen import Screen
    from digest.model.article import Article
    from digest.model.selection import Reason, Selection
    from digest.pipeline.newsroom import Newsroom


def articles(
    context: typer.Context,
    week: Week = None,
    since: Since = None,
    until: Until = None,
    month: Month = None,
    day: Day = None,
    json: Annotated[bool, typer.Option("--json", help="Print every article with its reason as JSON.")] = False,
) -> None:
    """List which articles are in, which are not, and the one reason for each.

    Nothing is read from the sources and nothing is written: this is what `digest build` would choose from the archive.
    """
    from digest.pipeline.build import choose
    from digest.pipeline.gather import find_window

    desk: Desk = context.obj
    screen, room, instant = desk.screen(machine=json), desk.newsroom(), now()
    window = find_window(room, wanted(week, (since, until), month, day), instant)
    with archive_of(room) as archive:
        selection, _ = choose(room, archive, window, instant)
    screen.answer(f"{window.words} ({window.label}): {len(selection.chosen)} in, {len(selection.left_out)} out")
    _list(screen, room, selection)
    screen.data(_rows(selection))


def _list(screen: "Screen", room: "Newsroom", selection: "Selection") -> None:
    """Print the chosen by section, then the others by reason's order in the selection."""
    from digest.selector.reasons import in_words

    titles = {choice.article.id: choice.article.title for choice in selection.chosen}
    titles |= {item.article.id: item.article.title for item in selection.left_out}
    section = None
    for choice in selection.chosen:
        if choice.section != section:
            section = choice.section
            screen.answer(f"\n{section or '(no section)'}")
        told = f"{choice.slot}; {in_words(choice.reason, titles)}"
        screen.answer(f"  + {_line(choice.article, room)}\n    {told}")
    if selection.left_out:
        screen.answer("\nNot in this issue")
    for item in selection.left_out:
        screen.answer(f"  - {_line(item.article, room)}\n    {in_words(item.reason, titles)}")
    for article in selection.unmatched:
        screen.warn(f"warning: edits.toml: {article}: names no article in reach")


def _line(article: "Article", room: "Newsroom") -> str:
    when = room.speller.moment(article.published) if article.published else "undated"
    return f"{article.title} [{article.id}] · {when}"


def _rows(selection: "Selection") -> list[dict[str, object]]:
    """Return a row an article for programs."""
    chosen = [
        _row(choice.article, choice.reason) | {"in": True, "slot": choice.slot, "section": choice.section}
        for choice in selection.chosen
    ]
    return chosen + [_row(item.article, item.reason) | {"in": False} for item in selection.left_out]


def _row(article: "Article", reason: "Reason") -> dict[str, object]:
    from digest.selector.reasons import in_words

    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "section": article.section,
        "authors": article.authors,
        "published": article.published,
        "reason": reason,
        "words": in_words(reason),
    }


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(cls=WeekCommand)(articles)
