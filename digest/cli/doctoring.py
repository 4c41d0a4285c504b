"""`digest doctor`: whether an issue could be handed over."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from digest.cli.desk import Desk


def doctor(
    context: typer.Context,
    to: Annotated[str, typer.Option("--to", help="Which service; else mailer.service.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Ask whether an issue could be handed over: the service's key, list, sender and template, and what mails must say.

    Nothing is changed or sent. Exit code 1 where something must be mended.
    """
    from digest.pipeline.delivering.doctoring import doctor as look

    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    service = to or room.config.mailer.service
    found = look(room, to)
    errors = [each for each in found if each.level == "error"]
    screen.tell(found)
    if not errors:
        screen.answer(f"{service}: an issue can be handed over")
    screen.data({"service": service, "findings": found})
    if errors:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(doctor)
