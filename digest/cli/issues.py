"""`digest issues` and `digest sent`: what there is, and what readers have had."""

from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, archive_of

if TYPE_CHECKING:
    from digest.model.finding import Finding
    from digest.model.issue import Issue
    from digest.model.ledger import State


def issues(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List all issues with their state, and the sources that are not fresh."""
    from digest.pipeline.freshness import stale
    from digest.pipeline.handing import open_issue, state_of

    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    folders = [folder for folder in room.shelf.folders() if folder.built]
    rows = [(open_issue(folder), state_of(folder)) for folder in folders]
    for issue, state in rows:
        screen.answer(
            f"{issue.window.label}  {state:9}  No. {issue.number}  {issue.window.words}  {issue.subject.text}"
        )
    if not rows:
        screen.say("no issue yet; build one with: digest build --week")
    findings: tuple[Finding, ...] = ()
    if room.archive_path.exists():
        with archive_of(room) as archive:
            findings = stale(room, archive, max((issue.window.end for issue, _ in rows), default=now()))
    screen.tell(findings)
    screen.data({"issues": [_row(issue, state) for issue, state in rows], "findings": findings})


def _row(issue: "Issue", state: "State") -> dict[str, object]:
    return {
        "label": issue.window.label,
        "state": state,
        "number": issue.number,
        "start": issue.window.start,
        "end": issue.window.end,
        "words": issue.window.words,
        "subject": issue.subject.text,
        "stories": len(issue.entries),
    }


def sent(
    context: typer.Context,
    issue: Annotated[str | None, typer.Argument(metavar="[ISSUE]", help="Its label; else the newest.")] = None,
    at: Annotated[str, typer.Option("--at", help="When: '2024-10-25 17:30'; else now.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="It was not sent after all.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the issue's state as JSON.")] = False,
) -> None:
    """Say that an issue was sent by hand: from then on it is locked, and its stories never come again."""
    from digest.pipeline.handing import mark_sent, state_of, undo_sent
    from digest.text.dates import read_date

    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    folder, instant = desk.issue(room, issue), now()
    if undo:
        undo_sent(folder, instant, getuser())
        screen.say(f"{folder.label} is not marked as sent any more; it can be built again")
    elif mark_sent(room, folder, read_date(at, room.zone).instant if at else instant, getuser()):
        screen.say(f"{folder.label} is marked as sent; its files stay as they are")
    else:
        screen.say(f"{folder.label} is marked as sent already; nothing was changed")
    screen.data({"label": folder.label, "state": state_of(folder)})


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(issues)
    app.command()(sent)
