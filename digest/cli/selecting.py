"""`digest articles`: every article in reach of a window, in or out, with the reason."""

from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, archive_of
from digest.cli.moments import dispute, when
from digest.cli.weeks import WeekCommand
from digest.cli.windows import Day, Month, Since, Until, Week, wanted

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from digest.cli.screen import Screen
    from digest.model.article import Article
    from digest.model.selection import Choice, Reason, Selection
    from digest.model.window import Window
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
    from digest.pipeline.gather import find_window

    desk: Desk = context.obj
    screen, room, instant = desk.screen(machine=json), desk.newsroom(), now()
    window = find_window(room, wanted(week, (since, until), month, day), instant)
    selection = _selection(room, window, instant)
    if selection is None:
        screen.answer(f"{window.words} ({window.label}): nothing was ingested yet (hint: digest ingest)")
        screen.data({"window": window, "articles": [], "unmatched": []})
        return
    screen.answer(f"{window.words} ({window.label}): {len(selection.chosen)} in, {len(selection.left_out)} out")
    _list(screen, room, selection)
    screen.data({"window": window, "articles": _rows(selection, room.zone), "unmatched": selection.unmatched})


def _selection(room: "Newsroom", window: "Window", instant: "datetime") -> "Selection | None":
    """Return what `digest build` would choose; None where there is no archive, which is not made for a question."""
    from digest.pipeline.planning import choose

    if not room.archive_path.exists():
        return None
    with archive_of(room) as archive:
        return choose(room, archive, window, instant)[0]


def _list(screen: "Screen", room: "Newsroom", selection: "Selection") -> None:
    """Print the chosen by section, the headlines, then all others with what the editor could still take in first."""
    from digest.selector.reasons import in_words

    titles, zone = _titles(selection), room.zone
    told = [(_group(choice), choice.article, choice.reason, f"+ {choice.slot}") for choice in selection.chosen]
    offered = [item for item in selection.left_out if item.reason.offer]
    others = [item for item in selection.left_out if not item.reason.offer]
    told += [("Not in this issue, but on offer", item.article, item.reason, "-") for item in offered]
    told += [("Not in this issue", item.article, item.reason, "-") for item in others]
    group = None
    for section, article, reason, mark in told:
        if section != group:
            group = section
            screen.answer(f"\n{section}")
        screen.answer(f"  {article.title}")
        words = "; ".join((in_words(reason, titles, zone), *_also_in(article)))
        screen.answer(f"    {mark}; {article.id}; {when(article, zone)}; {words}")
        if article.dates:
            screen.answer(f"    its date is in dispute: {dispute(article, zone)}")
    for article_named in selection.unmatched:
        screen.warn(f"warning: edits.toml: {article_named}: names no article in reach")


def _group(choice: "Choice") -> str:
    return "Headlines only" if choice.slot == "headline" else choice.section or "(no section)"


def _also_in(article: "Article") -> tuple[str, ...]:
    return (f"also in {', '.join(article.also_in)}",) if article.also_in else ()


def _titles(selection: "Selection") -> dict[str, str]:
    articles = [choice.article for choice in selection.chosen] + [item.article for item in selection.left_out]
    return {article.id: article.title for article in articles}


def _rows(selection: "Selection", zone: "tzinfo") -> list[dict[str, object]]:
    """Return a row an article for programs."""
    from digest.selector.reasons import in_words

    titles = _titles(selection)

    def row(article: "Article", reason: "Reason") -> dict[str, object]:
        return {
            "id": article.id,
            "title": article.title,
            "url": article.url,
            "section": article.section,
            "authors": article.authors,
            "published": article.published,
            "also_in": article.also_in,
            "precision": article.precision,
            "date_source": article.date_source,
            "dates": article.dates,
            "reason": reason,
            "words": in_words(reason, titles, zone),
        }

    chosen = [
        row(choice.article, choice.reason) | {"in": True, "slot": choice.slot, "section": choice.section}
        for choice in selection.chosen
    ]
    return chosen + [row(item.article, item.reason) | {"in": False} for item in selection.left_out]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(cls=WeekCommand)(articles)
