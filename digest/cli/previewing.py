"""`digest preview`: the editor's desk, an issue in a browser."""

import os
import sys
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, who
from digest.cli.screen import flush

if TYPE_CHECKING:
    from digest.cli.screen import Screen
    from digest.issues.folder import IssueFolder
    from digest.model.window import Window
    from digest.pipeline.newsroom import Newsroom
    from digest.preview.claiming import Hold


def preview(
    context: typer.Context,
    issue: Annotated[str | None, typer.Argument(metavar="[ISSUE]", help="Its label; else the newest.")] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Which port; 0 takes a free one.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    theme: Annotated[str, typer.Option("--theme", help="Another theme than the newsletter's.")] = "",
) -> None:
    """Open an issue in a browser: see what readers get, change it, approve it. Ctrl-C ends it."""
    import webbrowser

    from digest.pipeline.handing import open_issue
    from digest.preview.claiming import ClaimedError, claimed

    desk: Desk = context.obj
    screen, room = desk.screen(), desk.newsroom()
    folder = desk.issue(room, issue)
    if not folder.built:
        _refuse_unbuilt(folder)
    window = open_issue(folder).window
    room.theme(theme)  # one that is not there is said before anything is opened
    _tell_of_others(screen, room, folder)
    try:
        with claimed(folder) as hold:
            finished = _serve(desk, window, hold, _Opening(port=port, browser=browser, theme=theme))
        if not finished:
            _leave()
    except ClaimedError as error:
        if error.claim is None:
            raise
        screen.warn(f"{folder.label}: {error.message}: that desk is shown")
        screen.answer(error.claim.url)
        if browser:
            webbrowser.open(error.claim.url)


def _refuse_unbuilt(folder: "IssueFolder") -> NoReturn:
    """Refuse to open an issue that was never built: reading the sources is a build's affair, and takes its time."""
    from digest.errors import IssueError

    option = f" --week {folder.label}" if "-W" in folder.label else ""
    hint = f"build it first: digest build{option}; what there is: digest issues"
    raise IssueError("there is no such issue", where=str(folder.path), hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opening:
    """How the desk is opened."""

    port: int
    browser: bool
    theme: str


def _serve(desk: Desk, window: "Window", hold: "Hold", opening: _Opening) -> bool:
    """Open the desk, say where it is, and answer until it is ended; False where a draft is still under way then."""
    import webbrowser
    from threading import Thread

    from digest.pipeline.planning import Options
    from digest.preview.guard import Guard
    from digest.preview.premises import Order
    from digest.preview.serving import bound, serve

    screen = desk.screen()
    order = Order(
        opens=desk.newsroom,
        window=window,
        clock=now,
        who=who(desk.newsroom(), ""),
        options=Options(theme=opening.theme),
        complain=_complain,
    )
    with bound(opening.port) as taken:
        guard = Guard(port=taken.getsockname()[1])
        hold.say(guard.url, order.who)
        screen.answer(guard.url)
        flush()
        if opening.browser:  # aside: a browser of the terminal would not return before it is left
            Thread(target=webbrowser.open, args=(guard.url,), daemon=True).start()
        standing = serve(order, guard, taken)
    if standing.waiting:
        why = standing.trouble or "its last draft was not ready"
        screen.warn(f"warning: what you decided is kept in edits.toml; the issue was not built again: {why}")
    screen.say("closed")
    return not standing.waiting or standing.trouble is not None


def _leave() -> None:
    """End the process now: Python would wait for threads that fetch pictures, for as long as their servers let them."""
    flush()
    sys.stderr.flush()
    os._exit(0)


def _tell_of_others(screen: "Screen", room: "Newsroom", folder: "IssueFolder") -> None:
    """Say which desks are open on other issues: what is held there comes into this one."""
    from digest.preview.claiming import desks

    for label, claim in desks(each for each in room.shelf.folders() if each != folder):
        screen.warn(f"note: a desk is open on {label} too: {claim.url}")


def _complain(error: Exception) -> None:
    """Print a fault of Digest's own as it is: whoever reports it needs its lines."""
    traceback.print_exception(error)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(preview)
