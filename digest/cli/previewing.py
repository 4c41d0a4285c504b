"""`digest preview`: the editor's desk, an issue in a browser."""

from typing import Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, user
from digest.cli.screen import flush


def preview(
    context: typer.Context,
    issue: Annotated[str | None, typer.Argument(metavar="[ISSUE]", help="Its label; else the newest.")] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Which port; 0 takes a free one.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
) -> None:
    """Open an issue in a browser: see what readers get, change it, approve it. Ctrl-C ends it."""
    import webbrowser
    from threading import Thread

    from digest.pipeline.handing import open_issue
    from digest.pipeline.planning import Options
    from digest.preview.guard import Guard
    from digest.preview.serving import bound, serve
    from digest.preview.workshop import Order

    desk: Desk = context.obj
    screen, room = desk.screen(), desk.newsroom()
    window = open_issue(desk.issue(room, issue)).window
    order = Order(opens=desk.newsroom, window=window, clock=now, who=user(), options=Options(thin_ok=True))
    with bound(port) as taken:
        guard = Guard(port=taken.getsockname()[1])
        screen.answer(guard.url)
        flush()
        if browser:  # a browser of the terminal would not return before it is left
            Thread(target=webbrowser.open, args=(guard.url,), daemon=True).start()
        serve(order, guard, taken)
    screen.say("closed")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(preview)
