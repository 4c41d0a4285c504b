"""`digest site` and `digest correct`: what was sent, in public, and put right."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, user
from digest.cli.excluded import refuse_beside

if TYPE_CHECKING:
    from digest.cli.screen import Screen
    from digest.pipeline.correcting import Corrected
    from digest.pipeline.newsroom import Newsroom
    from digest.pipeline.site import Published


def site(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write; else site/.")] = None,
    pictures: Annotated[
        list[str] | None,
        typer.Option("--pictures", metavar="ISSUE", help="Also the pictures of an issue that is about to be sent."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Write the public archive into site/: a page for each sent issue, an index, and feeds of full issues.

    Only what was sent is shown (digest sent ISSUE), with the corrections made since (digest correct). All newsletters
    are written unless -n names one. What is already right is left alone; pages that no longer belong are removed; files
    that you put there yourself stay. Put the folder on any web server, and its address into digest.toml: [site] url.
    Where mails show pictures from there, put them there before you send: --pictures ISSUE. They stay for as long as the
    issue has them.
    """
    from digest.pipeline.site import publish

    desk: Desk = context.obj
    screen, rooms = desk.screen(machine=json), desk.newsrooms()
    with screen.working("Writing the site") as progress:
        made = publish(rooms, out or rooms[0].root / "site", _ahead(desk, rooms, pictures or []), progress)
    for part in made:
        _say(screen, part)
    screen.data({"newsletters": [_data(part) for part in made]})


def _ahead(desk: Desk, rooms: "tuple[Newsroom, ...]", issues: list[str]) -> tuple[str, ...]:
    """Return the labels of issues whose pictures go ahead of them; they are of the one newsletter that is meant."""
    if not issues:
        return ()
    folders = [desk.issue(rooms[0], issue) for issue in issues]
    for folder in folders:
        folder.must_exist()
    return tuple(folder.label for folder in folders)


def _say(screen: "Screen", part: "Published") -> None:
    changes = part.changes
    figures = (
        f"{_counted(len(changes.written), 'file')} written, {changes.same} as they were, {len(changes.removed)} removed"
    )
    screen.say(f"{part.newsletter}: {_counted(part.issues, 'issue')}; {figures}")
    screen.tell(part.findings)
    screen.answer(str(part.index if part.issues else part.folder))


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _data(part: "Published") -> dict[str, object]:
    return {
        "newsletter": part.newsletter,
        "folder": str(part.folder),
        "issues": part.issues,
        "written": part.changes.written,
        "removed": part.changes.removed,
        "same": part.changes.same,
        "foreign": part.changes.foreign,
        "findings": part.findings,
    }


def correct(
    context: typer.Context,
    issue: Annotated[str, typer.Argument(metavar="ISSUE", help="The label of an issue that was sent.")],
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="What is right; without it: list them.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last correction back.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the corrections as JSON.")] = False,
) -> None:
    """Correct an issue that was sent, or list its corrections.

    For example: digest correct 2024-W43 "The harbour has six dredgers, not seven." It stands, with today's date, in the
    issue's web version and on its page of the site (run digest site), and the next issue is offered it. The mail stays
    as it was sent. Without a text the corrections are listed.
    """
    from digest.pipeline.correcting import correct as put_right
    from digest.pipeline.correcting import corrections_of, take_back

    desk: Desk = context.obj
    screen, room = desk.screen(machine=json), desk.newsroom()
    folder = desk.issue(room, issue)
    if undo:
        refuse_beside(context, "--undo", "text")
        _report(screen, take_back(room, folder, now(), user()))
    elif text is not None:
        _report(screen, put_right(room, folder, text, now(), user()))
    standing = corrections_of(room, folder)
    for each in standing:
        screen.answer(f"{each.day}  {each.text}")
    if not standing:
        screen.say(f"{folder.label} has no corrections")
    screen.data({"label": folder.label, "corrections": standing})


def _report(screen: "Screen", made: "Corrected") -> None:
    screen.tell(made.findings)
    if made.changed:
        screen.say("its web.html is written again; to show it on the site: digest site")
    else:
        screen.say("it stands already; nothing was changed")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(site)
    app.command()(correct)
