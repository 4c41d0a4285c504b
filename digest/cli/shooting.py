"""`digest shot`: pictures of the built issue."""

import os
from pathlib import Path
from typing import Annotated

import typer

from digest.cli.desk import Desk


def shot(
    context: typer.Context,
    issue: Annotated[str | None, typer.Argument(metavar="[ISSUE]", help="Its label; else the newest.")] = None,
    only: Annotated[str, typer.Option("--only", help="Some of them, as in 600,dark; else all.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="Where to write; else shots/ISSUE/.")] = None,
    browser: Annotated[
        Path | None, typer.Option("--browser", envvar="DIGEST_CHROMIUM", help="Chromium, if it is not on PATH.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the list of files as JSON.")] = False,
) -> None:
    """Take pictures of the built issue, as readers get it: a PNG each.

    600 and 360 (the mail, wide and on a phone), dark, dark-360, no-images, text (its text part), web and web-360 (the
    web version), inbox and inbox-dark (its line in four inboxes). Nothing is fetched: pictures that are not in the
    issue's folder are not shown. A page taller than 16,384 px becomes several files (-part2, -part3).
    """
    from digest.browser import find_program, open_camera
    from digest.pipeline.faces import faces_of, pages
    from digest.pipeline.handing import terms
    from digest.pipeline.shot import Order, album_folder, chosen, shoot

    desk: Desk = context.obj
    names = chosen(only)
    program = find_program(browser, os.environ.get("PATH", os.defpath))  # noqa: TID251 - cli reads the environment
    screen, room = desk.screen(machine=json), desk.newsroom()
    folder = desk.issue(room, issue)
    faces = pages(faces_of(folder, terms(room, folder.label, "none")))
    order = Order(names=names, out=out or album_folder(room.root, folder.label), label=folder.label)
    with screen.working("taking pictures") as tell, open_camera(program) as camera:
        album = shoot(faces, camera, order, tell)
    for file in album.files:
        screen.answer(file.file)
    screen.tell(album.findings)
    screen.data(album)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(shot)
