"""`digest theme`: which themes there are, and a new one from a copy."""

from typing import Annotated

import typer

from digest.cli.desk import Desk

theme = typer.Typer(name="theme", no_args_is_help=True, rich_markup_mode=None, help="List the themes, or begin one.")


@theme.command("list")
def list_themes(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List the themes: those that come with Digest, and those of the newsroom's own."""
    from digest.pipeline.theming import themes

    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    rows = themes(room)
    for name, own in rows:
        used = "  (used by this newsletter)" if name == room.newsletter.theme else ""
        screen.answer(f"{name}{'  (with files of your own)' if own else ''}{used}")
    screen.data([{"name": name, "own": own, "used": name == room.newsletter.theme} for name, own in rows])


@theme.command()
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is to be called.")],
    origin: Annotated[str, typer.Option("--from", metavar="THEME", help="The theme to copy.")] = "roundup",
    parts: Annotated[bool, typer.Option("--parts", help="Copy the parts that all themes share too.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the folder and its files as JSON.")] = False,
) -> None:
    """Begin a theme of your own: a copy in templates/NAME, yours to change.

    Without --parts it keeps using the parts that all themes share (the masthead, a story, the footer), and gets what
    later versions of Digest mend there.
    """
    from digest.pipeline.theming import copy_theme

    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    copied = copy_theme(room, name, origin, parts=parts)
    for file in copied.files:
        screen.say(f"  {file}")
    screen.say(f"try it: digest build --theme {name}, with the week that you like to see; then digest preview")
    screen.say(f'use it: theme = "{name}" under [[newsletters]] in digest.toml')
    screen.answer(str(copied.folder))
    screen.data({"folder": str(copied.folder), "files": copied.files})


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(theme)
