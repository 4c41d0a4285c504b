"""`digest twins`: the articles of the archive that tell one story."""

from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.desk import Desk, archive_of

if TYPE_CHECKING:
    from digest.cli.screen import Screen
    from digest.model.article import Article
    from digest.pipeline.newsroom import Newsroom
    from digest.pipeline.twins import Pair


def twins(
    context: typer.Context,
    since: Annotated[str, typer.Option("--since", help="Only pairs of which one appeared since: 2024-10-01.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print the pairs as JSON.")] = False,
) -> None:
    """List all articles of the archive that tell one story, two by two, the newest first.

    Copies that were edited, corrected, cut, given another headline or printed by another site; not the parts of a
    series, nor a form that is filled in anew. Nothing is changed: which of two an issue brings is the selection's.
    """
    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    pairs = sorted(_pairs(screen, room, since), key=_newest_first)
    screen.answer(f"{len(pairs)} {'pair' if len(pairs) == 1 else 'pairs'} of articles that tell one story")
    for pair in pairs:
        screen.answer(f"\n  {pair.percent} % of the shorter text stand in both")
        for article in (pair.one, pair.other):
            screen.answer(
                f"    {article.title}\n      {article.id}; {_when(article, room)}; {article.url or 'no address'}"
            )
    screen.data([{"percent": pair.percent, "one": _row(pair.one), "other": _row(pair.other)} for pair in pairs])


def _pairs(screen: "Screen", room: "Newsroom", since: str) -> "list[Pair]":
    """Return the pairs; none where there is no archive, which is not made for a question."""
    from digest.pipeline.twins import twins_of
    from digest.text.dates import read_date

    start = read_date(since, room.zone).instant if since else None
    if not room.archive_path.exists():
        screen.say("nothing was ingested yet (hint: digest ingest)")
        return []
    with archive_of(room) as archive, screen.working("Comparing") as progress:
        found = []
        for pair in twins_of(archive, room.config.selection.twin, start):
            progress(pair.one.title)
            found.append(pair)
        return found


def _newest_first(pair: "Pair") -> tuple[float, str, str]:
    dates = [article.published for article in (pair.one, pair.other) if article.published]
    return -max((date.timestamp() for date in dates), default=0.0), pair.one.id, pair.other.id


def _when(article: "Article", room: "Newsroom") -> str:
    return article.published.astimezone(room.zone).strftime("%Y-%m-%d") if article.published else "undated"


def _row(article: "Article") -> dict[str, object]:
    return {"id": article.id, "title": article.title, "url": article.url, "published": article.published}


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(twins)
