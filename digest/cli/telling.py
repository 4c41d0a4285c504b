"""`digest article`: what is known of one article, and what became of it."""

from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.desk import Desk, archive_of
from digest.cli.moments import by_whom, dispute, moment, when

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from digest.cli.screen import Screen
    from digest.merge.history import Change, FieldChange
    from digest.model.article import Article

_TEXT = "blocks"
_LONGEST = 160
"""Characters of a paragraph that are shown; JSON has all of it."""


def article(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ARTICLE", help="Its id, as `digest articles` shows it, or its URL.")],
    json: Annotated[bool, typer.Option("--json", help="Print the article and its history as JSON.")] = False,
) -> None:
    """Show what is known of an article and its history: when it was first seen, what changed when, by whose word."""
    from digest.merge.history import history
    from digest.pipeline.dating import known_article

    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    with archive_of(room) as archive:
        found = known_article(archive, name)
        told = history(archive.said(found.id), room.zone)
    _head(screen, found, room.zone)
    for change in told:
        _show(screen, change)
    screen.data({"article": found, "history": told})


def _head(screen: "Screen", found: "Article", zone: "ZoneInfo") -> None:
    screen.answer(found.title or found.url)
    gone = "; gone from its source" if found.gone else ""
    screen.answer(f"  {found.id}; {found.url or 'no address'}; {when(found, zone)}{by_whom(found)}{gone}")
    if found.dates:
        screen.answer(f"  its date is in dispute: {dispute(found, zone)}")
        screen.answer(f'  say which: digest date {found.id} "{moment(found.dates[0].published, "instant", zone)}"')
    if found.aliases:
        screen.answer(f"  also known as {', '.join(found.aliases)}")
    believed = ", ".join(f"{each.field} {each.name}" for each in found.witnesses)
    if believed:
        screen.answer(f"  believed: {believed}")


def _show(screen: "Screen", change: "Change") -> None:
    """Print a reading that said something new: a line a field, a paragraph a line."""
    clock = change.at[:16].replace("T", " ")
    if not change.changed:
        screen.answer(f"{clock}  {change.source}: {'first seen' if change.first else 'says the same'}")
        return
    what = "corrected" if change.correction else "updated"
    screen.answer(f"{clock}  {change.source}: {what}: {', '.join(_name(each) for each in change.changed)}")
    for each in change.changed:
        for mark, texts in (("-", each.before), ("+", each.after)):
            for text in texts:
                screen.answer(f"    {mark} {text if len(text) <= _LONGEST else f'{text[:_LONGEST]}…'}")


def _name(change: "FieldChange") -> str:
    return "text" if change.field == _TEXT else change.field


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(article)
