"""`digest issues` and `digest sent`: what there is, and what readers have had."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, archive_of, user
from digest.cli.excluded import refuse_beside

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from digest.cli.screen import Screen
    from digest.issues.folder import IssueFolder
    from digest.model.finding import Finding
    from digest.model.issue import Issue
    from digest.pipeline.newsroom import Newsroom
    from digest.text.dates import Moment


def issues(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List all issues with their state, and the sources that are not fresh."""
    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    rows = [_row(room, folder) for folder in room.shelf.folders() if folder.built]
    for row in rows:
        screen.answer(row.line)
    if not rows:
        screen.say("no issue yet; build one with: digest build --week")
    findings = _not_fresh(room, max((row.issue.window.end for row in rows if row.issue), default=None))
    screen.tell(findings)
    screen.data({"issues": [row.data for row in rows], "findings": findings})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One issue of the list; one that cannot be read has no record, and `problem` says why."""

    label: str
    state: str
    issue: "Issue | None" = None
    problem: str = ""

    @property
    def line(self) -> str:
        """Return the row for people."""
        if self.issue is None:
            return f"{self.label}  {self.state}: {self.problem}"
        issue = self.issue
        return f"{self.label}  {self.state:9}  No. {issue.number}  {issue.window.words}  {issue.subject.text}"

    @property
    def data(self) -> dict[str, object]:
        """Return the row for programs."""
        if self.issue is None:
            return {"label": self.label, "state": self.state, "problem": self.problem}
        issue = self.issue
        return {
            "label": self.label,
            "state": self.state,
            "number": issue.number,
            "start": issue.window.start,
            "end": issue.window.end,
            "words": issue.window.words,
            "subject": issue.subject.text,
            "stories": len(issue.entries),
        }


def _row(room: "Newsroom", folder: "IssueFolder") -> _Row:
    """Return an issue's row; one that is damaged, or being built, does not end the list."""
    from digest.errors import DigestError, LockedError
    from digest.pipeline.handing import open_issue
    from digest.pipeline.standing import state_now

    try:
        issue = open_issue(folder)
        return _Row(label=folder.label, issue=issue, state=state_now(room, folder, issue))
    except LockedError as error:
        return _Row(label=folder.label, state="busy", problem=str(error))
    except DigestError as error:
        return _Row(label=folder.label, state="damaged", problem=str(error))


def _not_fresh(room: "Newsroom", end: "datetime | None") -> "tuple[Finding, ...]":
    """Return a warning for each source that may lack stories of the issues, whose last window ends at `end`.

    While that window is open (or there is none) no reading can cover it: only what failed is worth a word.
    """
    from digest.pipeline.freshness import failing, stale, states

    if not room.archive_path.exists():
        return ()
    instant = now()
    with archive_of(room) as archive:
        known = states(room, archive)
    return failing(room, known, instant) if end is None or end > instant else stale(room, known, end, instant)


def sent(
    context: typer.Context,
    issue: Annotated[str | None, typer.Argument(metavar="[ISSUE]", help="Its label; else the newest.")] = None,
    at: Annotated[str, typer.Option("--at", help="When: '2024-10-25 17:30'; else now.")] = "",
    file: Annotated[
        Path | None, typer.Option("--import", metavar="CSV", help="Stories that another tool's newsletters had.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="It was not sent after all; with --import: nor those.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the issue's state, or what was read, as JSON.")] = False,
) -> None:
    """Say that an issue was sent by hand: from then on it is locked, and its stories never come again.

    With --import it is newsletters before Digest that were sent: a CSV file names their stories, a row each (url, and
    if you have them date, campaign, subject), and no issue brings them again. The same list twice changes nothing.
    """
    from digest.cli.importing import import_list
    from digest.cli.missing import warn_of_missing
    from digest.pipeline.handing import mark_sent, state_of, terms, undo_sent

    desk: Desk = context.obj
    if file is not None:
        refuse_beside(context, "--import", "issue", "at")
        import_list(desk, file, undo=undo, json=json)
        return
    screen, room, instant = desk.screen(machine=json), desk.newsroom(), now()
    if undo:
        refuse_beside(context, "--undo", "at")
        _refuse_unnamed(issue)
    when = _sent_at(at, room.zone, instant)
    folder = desk.issue(room, issue)
    if undo:
        undo_sent(folder, instant, user())
        screen.say(f"{folder.label} is not marked as sent any more; it can be built again")
    elif mark_sent(room, folder, when.instant, user()):
        _warn_of_early(screen, folder, when, room.zone)
        warn_of_missing(screen, terms(room, folder.label))
        screen.say(f"{folder.label} is marked as sent; its files stay as they are")
    else:
        screen.say(f"{folder.label} is marked as sent already; nothing was changed")
    screen.data({"label": folder.label, "state": state_of(folder)})


def _refuse_unnamed(issue: str | None) -> None:
    """Refuse to take back whatever issue is the newest: what is unlocked by mistake could be sent twice."""
    from digest.errors import UsageError

    if issue is None:
        raise UsageError("which issue?", where="--undo", hint="name it, as in: digest sent 2024-W43 --undo")


def _sent_at(text: str, zone: "ZoneInfo", instant: "datetime") -> "Moment":
    """Return when the issue went out: now, unless the editor says another time; never one that is still to come."""
    from digest.errors import UsageError
    from digest.text.dates import Moment, read_date

    if not text:
        return Moment(instant=instant, precision="instant")
    when = read_date(text, zone)
    if when.instant > instant:
        hint = "say when it went out; without --at it is now"
        raise UsageError(f"{text!r} is still to come", where="--at", hint=hint)
    return when


def _warn_of_early(screen: "Screen", folder: "IssueFolder", when: "Moment", zone: "ZoneInfo") -> None:
    """Warn where the issue went out before its window's end; of a day alone, where that day was over by then."""
    from digest.pipeline.handing import open_issue

    end = open_issue(folder).window.end
    latest = when.instant.astimezone(zone).date() if when.precision == "day" else when.instant
    if latest < (end.astimezone(zone).date() if when.precision == "day" else end):
        hint = f"if the time is wrong: digest sent {folder.label} --undo, then again with --at"
        screen.warn(
            f"warning: {folder.label}: sent before its window's end; "
            f"what comes after that is offered as late (hint: {hint})"
        )


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(issues)
    app.command()(sent)
