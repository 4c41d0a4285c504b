"""`digest approve` and `digest status`: who says that an issue may go out, and how far it is."""

from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.checked import summary
from digest.cli.clock import now
from digest.cli.desk import Desk, archive_of, who

if TYPE_CHECKING:
    from datetime import datetime

    from digest.cli.screen import Screen
    from digest.issues.folder import IssueFolder
    from digest.model.approval import Approval
    from digest.pipeline.approving import Status
    from digest.pipeline.knowing import Known
    from digest.pipeline.newsroom import Newsroom

Issue = Annotated[str | None, typer.Argument(metavar="[ISSUE]", help="Its label; else the newest.")]
By = Annotated[
    str, typer.Option("--as", metavar="NAME", help="Who approves; else desk.editor of digest.toml, else you.")
]


def approve(
    context: typer.Context,
    issue: Issue = None,
    by: By = "",
    json: Annotated[bool, typer.Option("--json", help="Print the approval as JSON.")] = False,
) -> None:
    """Say that an issue may go out as it is now.

    It is written into the issue's ledger with your name and the hash of all that readers get, by the configured
    service: sender, subject, preheader, mail and text part. Any change of these makes it void. Errors of digest check
    must be mended or waived first, conflicts with a source settled. Exit code 4 where one is not.
    """
    from digest.errors import NotReadyError
    from digest.pipeline.approving import approve as give
    from digest.pipeline.waiving import Said

    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    folder, instant = desk.issue(room, issue), now()
    try:
        given = give(room, folder, _known(room, folder, instant), Said(by=who(room, by), at=instant))
    except NotReadyError as error:
        for reason in error.reasons:
            screen.warn(f"error: {reason}")
        raise
    approval = given.approval
    already = " already" if given.again else ""
    screen.answer(f"{folder.label} is approved{already}: by {approval.by}, {_when(room, approval.at)}")
    screen.data({"label": folder.label, "approval": approval, "again": given.again})


def status(
    context: typer.Context,
    issue: Issue = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask neither the service nor the stories.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the status as JSON.")] = False,
) -> None:
    """Show how far an issue is: built, approved, sent; what has changed since; what stands in the way.

    Where digest.toml names a mailing service that Digest talks to, that is asked too, and until the issue is sent its
    stories are asked once more what they say; else nothing is fetched. Exit code 4 where a person must decide
    something before it can go out.
    """
    from digest.cli.asking_service import asked_again, with_service
    from digest.pipeline.approving import status_of

    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    folder = desk.issue(room, issue)
    changed = () if offline else asked_again(screen, room, folder)
    told = status_of(room, folder, _known(room, folder, now()))
    told = told if offline else with_service(room, folder, told, changed)
    _show(screen, room, told)
    screen.data(told)
    if told.to_decide:
        raise typer.Exit(4)


def _known(room: "Newsroom", folder: "IssueFolder", instant: "datetime") -> "Known":
    """Return what the archive knows of the issue; nothing where there is none."""
    from digest.pipeline.knowing import Known, known

    if not room.archive_path.exists():
        return Known()
    with archive_of(room) as archive:
        return known(room, archive, folder, instant)


def _show(screen: "Screen", room: "Newsroom", told: "Status") -> None:
    from digest.cli.asking_service import in_words

    screen.say(f"{told.newsletter} No. {told.number}: {told.words} ({told.label})", "bold")
    screen.answer(f"subject: {told.subject}")
    screen.answer(f"state: {told.state}")
    screen.answer(f"built: {_when(room, told.written)}")
    _show_approval(screen, room, told.approval)
    screen.answer(f"check: {summary(told.findings)}")
    for each in told.findings:
        if each.level == "error":
            screen.answer(f"{each.code}: {each.where}: {each.message}", "bold red", indent=2)
    for each in told.findings:
        if each.code in {"source-stale", "story-changed"}:
            screen.answer(f"{each.code}: {each.where}: {each.message}", "yellow", indent=2)
    if told.service:
        screen.answer(in_words(room, told.service))
    for title in told.held:
        screen.answer(f"held for the next issue: {title}")
    for reason in told.to_decide:
        screen.answer(f"to decide: {reason}", "bold")


def _show_approval(screen: "Screen", room: "Newsroom", approval: "Approval") -> None:
    if approval.status == "none":
        screen.answer("approval: none")
        return
    words = "it stands" if approval.status == "stands" else "void, for since then"
    screen.answer(f"approval: by {approval.by}, {_when(room, approval.at)}: {words}")
    for change in approval.changed:
        screen.answer(change.words, indent=2)


def _when(room: "Newsroom", instant: "datetime | None") -> str:
    """Return when something was: "25 October 2024, Fri 17:10"; "" where nobody knows."""
    return f"{room.speller.day(instant)}, {room.speller.moment(instant)}" if instant else ""


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(approve)
    app.command()(status)
