"""`digest deliver`: hand an issue over."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk
from digest.cli.missing import warn_of_missing
from digest.model.tags import SERVICE_NAMES, SERVICES

if TYPE_CHECKING:
    from digest.cli.screen import Screen
    from digest.issues.folder import IssueFolder
    from digest.model.tags import ServiceName
    from digest.pipeline.newsroom import Newsroom


def deliver(
    context: typer.Context,
    issue: Annotated[str | None, typer.Argument(metavar="[ISSUE]", help="Its label; else the newest.")] = None,
    to: Annotated[
        str,
        typer.Option("--to", help="folder: files to paste; eml: one file for a mail program; or mailer.service."),
    ] = "",
    test: Annotated[
        list[str] | None, typer.Option("--test", metavar="ADDR", help="Send a test to this address; may be repeated.")
    ] = None,
    at: Annotated[
        str, typer.Option("--at", metavar="TIME", help='Schedule it: "Friday 09:00", "2024-10-25 09:00".')
    ] = "",
    send: Annotated[bool, typer.Option("--send", help="Send it to your readers now.")] = False,
    cancel: Annotated[bool, typer.Option("--cancel", help="Call off what is scheduled.")] = False,
    resolve: Annotated[
        str, typer.Option("--resolve", metavar="sent|not-sent", help="Say what became of an unknown sending.")
    ] = "",
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Who does it; else desk.editor, else you.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before it goes to readers.")] = False,
    stale_ok: Annotated[bool, typer.Option("--stale-ok", help="Go on though a story has changed.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be asked of the service.")] = False,
    service: Annotated[str, typer.Option("--service", help=f"Whose tags: {', '.join(SERVICE_NAMES)}.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="Where to write; else handover/.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the receipt as JSON.")] = False,
) -> None:
    """Hand an issue over: as files, or to the mailing service of digest.toml, where it becomes a draft.

    With a service, --test sends it to yourself, --at and --send to your readers, once: an issue that was sent is never
    sent again, whatever fails. It must be approved (digest approve) and tested as it is now, and its stories are asked
    once more what they say. Exit code 4 where a person must decide. With files nothing is sent. After you have sent
    it by hand, tell Digest: digest sent ISSUE
    """
    from digest.cli.excluded import refuse_beside
    from digest.cli.sending import Asked, hand_over
    from digest.mailers import MAILERS

    asked = Asked(
        to=to,
        test=tuple(test or ()),
        at=at,
        send=send,
        cancel=cancel,
        resolve=resolve,
        by=by,
        yes=yes,
        stale_ok=stale_ok,
        dry=dry_run,
    )
    if (to or ("" if asked.acts or dry_run else "folder")) in MAILERS:
        only = ("test", "at", "send", "cancel", "resolve", "by", "yes", "stale_ok", "dry_run")
        refuse_beside(context, f"--to {to or 'folder'}", *only)
        _files(context.obj, issue, Files(to=to or "folder", service=service, out=out), json=json)
        return
    refuse_beside(context, f"--to {to}" if to else "what is asked of a service", "service", "out")
    hand_over(context.obj, asked, issue, json=json)


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What files are made, with whose tags, and where."""

    to: str
    service: str
    out: Path | None


def _files(desk: Desk, issue: str | None, wanted: Files, *, json: bool) -> None:
    """Write an issue as files for a person who hands it over."""
    from digest.mailers import open_mailer
    from digest.pipeline.handing import deliver as hand_over
    from digest.pipeline.handing import terms

    screen, room = desk.screen(machine=json), desk.newsroom()
    folder = desk.issue(room, issue)
    used = terms(room, folder.label, _service(wanted.service) if wanted.service else None)
    handed = hand_over(folder, open_mailer(wanted.to, used, wanted.out or room.root / "handover", now()))
    screen.say(SERVICES[used.service].paste)
    warn_of_missing(screen, used)
    _warn_of_unapproved(screen, room, folder)
    if wanted.to == "eml" and SERVICES[used.service].unsubscribe:
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


def _service(name: str) -> "ServiceName":
    from digest.errors import UsageError

    for known in SERVICE_NAMES:
        if known == name:
            return known
    raise UsageError(f"there is no service {name!r}", where="--service", hint=f"one of: {', '.join(SERVICE_NAMES)}")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(deliver)
