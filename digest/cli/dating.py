"""`digest date`: an editor says when an article was published."""

from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, archive_of
from digest.cli.moments import by_whom, when

if TYPE_CHECKING:
    from datetime import datetime

    from digest.cli.screen import Screen
    from digest.pipeline.dating import Dated
    from digest.pipeline.newsroom import Newsroom


def date(
    context: typer.Context,
    article: Annotated[str, typer.Argument(help="Its id, as `digest articles` shows it, or its URL.")],
    published: Annotated[
        str, typer.Argument(metavar="[DATE]", help="'2024-10-25 17:30', or 2024-10-25 where the day alone is known.")
    ] = "",
    clear: Annotated[bool, typer.Option("--clear", help="Take your date back: the sources' own counts again.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
) -> None:
    """Say when an article was published: your word goes before every source's.

    A time without a zone is meant in the magazine's. The date stays whatever the sources say later, until you say
    another one or take it back with --clear. Build the issue again afterwards.
    """
    from digest.errors import UsageError
    from digest.pipeline.dating import set_date
    from digest.text.dates import read_date

    desk: Desk = context.obj
    screen, room, instant = desk.screen(machine=json), desk.newsroom(), now()
    if bool(published) == clear:
        said = "a date and --clear exclude each other" if clear else "which date?"
        raise UsageError(said, where=article, hint=f'digest date {article} "2024-10-25 17:30", or --clear')
    moment = read_date(published, room.zone) if published else None
    with archive_of(room) as archive:
        done = set_date(room, archive, article, moment, instant)
    _tell(screen, room, done, instant)
    screen.data(_data(done))


def _data(done: "Dated") -> dict[str, object]:
    """Return what was done as `--json` prints it."""
    return {
        "id": done.after.id,
        "url": done.after.url,
        "title": done.after.title,
        "changed": done.changed,
        "published": done.after.published,
        "precision": done.after.precision,
        "date_source": done.after.date_source,
        "before": done.before.published,
        "week": done.week.label if done.week else None,
        "sent": done.sent or None,
        "had": done.had or None,
    }


def _tell(screen: "Screen", room: "Newsroom", done: "Dated", instant: "datetime") -> None:
    """Say what was done, where the article stands now, and what an editor does next."""
    before, after = (f"{when(each, room.zone)}{by_whom(each)}" for each in (done.before, done.after))
    screen.answer(f"{done.after.title or done.after.url} ({done.after.id})")
    screen.answer(f"  {after}; before: {before}" if done.changed else f"  {after}, as before")
    if done.week is None or done.after.published is None:
        screen.answer("  it stands in no week: nobody says when it was published")
        return
    words = room.speller.window(done.week)
    if done.had:
        told = f"readers had it in {done.had}: no later issue brings it"
    elif done.sent:
        told = f"{done.sent} was sent without it: it is a late arrival, which later issues are offered"
    elif done.after.published > instant:
        told = "that is still to come"
    else:
        told = f"build that issue again: digest build --week {done.week.label}"
    screen.answer(f"  it stands in {done.week.label} ({words}); {told}")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(date)
