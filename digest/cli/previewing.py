"""`digest preview`: the built issue in a browser."""

from typing import Annotated

import typer

from digest.cli.desk import Desk


def preview(
    context: typer.Context,
    issue: Annotated[str | None, typer.Argument(metavar="[ISSUE]", help="Its label; else the newest.")] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Which port; 0 takes a free one.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
) -> None:
    """Show the built issue as readers get it: desktop and phone, plain text, web version. Ctrl-C ends it."""
    import webbrowser

    from digest.pipeline.handing import open_issue, terms
    from digest.preview import open_preview

    desk: Desk = context.obj
    screen, room = desk.screen(), desk.newsroom()
    folder = desk.issue(room, issue)
    open_issue(folder)
    with open_preview(folder, terms(room, folder.label, "none"), port) as shown:
        screen.answer(shown.url)
        if browser:
            webbrowser.open(shown.url)
        try:
            shown.serve()
        except KeyboardInterrupt:
            screen.say("\nclosed")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(preview)
