"""`digest deliver`: hand an issue over."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk
from digest.model.tags import SERVICE_NAMES, SERVICES

if TYPE_CHECKING:
    from digest.cli.screen import Screen
    from digest.issues.folder import IssueFolder
    from digest.mailers.message import Terms
    from digest.model.tags import ServiceName
    from digest.pipeline.newsroom import Newsroom


def deliver(
    context: typer.Context,
    issue: Annotated[str | None, typer.Argument(metavar="[ISSUE]", help="Its label; else the newest.")] = None,
    to: Annotated[
        str, typer.Option("--to", help="folder: files to paste; eml: one file for a mail program.")
    ] = "folder",
    service: Annotated[str, typer.Option("--service", help=f"Whose tags: {', '.join(SERVICE_NAMES)}.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="Where to write; else handover/.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the receipt as JSON.")] = False,
) -> None:
    """Make the issue ready for a mailing service: its own tags for unsubscribe, view online, preferences, address.

    Nothing is sent. After you have sent it by hand, tell Digest: digest sent ISSUE
    """
    from digest.mailers import open_mailer
    from digest.pipeline.handing import deliver as hand_over
    from digest.pipeline.handing import terms

    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    folder = desk.issue(room, issue)
    used = terms(room, folder.label, _service(service) if service else None)
    handed = hand_over(folder, open_mailer(to, used, out or room.root / "handover", now()))
    screen.say(SERVICES[used.service].paste)
    warn_of_missing(screen, used)
    _warn_of_unapproved(screen, room, folder)
    if to == "eml" and used.service != "none":
        screen.warn(
            f"warning: a mail program fills no tag of {used.service}: send this file through {used.service} alone "
            "(hint: --service none takes the addresses of digest.toml instead)"
        )
    screen.answer(handed.receipt.remote_id)
    screen.data(handed.receipt)


def _warn_of_unapproved(screen: "Screen", room: "Newsroom", folder: "IssueFolder") -> None:
    """Warn of an issue that nobody has approved as it is now: a draft may go out of the house, a send should not."""
    from digest.handover import LOCKED
    from digest.pipeline.handing import state_of
    from digest.pipeline.standing import standing_of

    if state_of(folder) in LOCKED:  # it is too late to ask
        return
    approval = standing_of(room, folder)
    hint = f"(hint: digest approve {folder.label})"
    if approval.status == "none":
        screen.warn(f"warning: nobody has approved this issue {hint}")
    elif approval.status == "void":
        changed = "; ".join(change.words for change in approval.changed)
        screen.warn(f"warning: it has changed since {approval.by} approved it: {changed} {hint}")


def warn_of_missing(screen: "Screen", used: "Terms") -> None:
    """Warn of a mail that nobody can leave, and of one that does not say where its sender lives."""
    if used.service == "none" and not used.values["unsubscribe"]:
        screen.warn(
            "warning: nobody can unsubscribe (hint: set mailer.service or mailer.unsubscribe_url in digest.toml)"
        )
    if not used.values["address"] and not SERVICES[used.service].address:
        screen.warn("warning: the mail says no postal address (hint: set magazine.address in digest.toml)")


def _service(name: str) -> "ServiceName":
    from digest.errors import UsageError

    for known in SERVICE_NAMES:
        if known == name:
            return known
    raise UsageError(f"there is no service {name!r}", where="--service", hint=f"one of: {', '.join(SERVICE_NAMES)}")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(deliver)
