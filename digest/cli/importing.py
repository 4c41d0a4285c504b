"""`digest sent --import`: what newsletters carried that another tool sent."""

from pathlib import Path
from typing import TYPE_CHECKING

from digest.cli.clock import now
from digest.cli.desk import Desk, archive_of, user

if TYPE_CHECKING:
    from digest.pipeline.moving import Moved
    from digest.pipeline.newsroom import Newsroom


def import_list(desk: Desk, file: Path, *, undo: bool, json: bool) -> None:
    """Take in what a list names, or take it back, and say what that was."""
    screen, room = desk.screen(machine=json), desk.newsroom()
    done = _withdrawn(room, file) if undo else _imported(room, file)
    screen.tell(done.findings)
    screen.answer(f"{file}: {_withdrawal(done) if undo else _import(done)}")
    screen.data(
        {
            "file": str(file),
            "undo": undo,
            "listed": len(done.stories),
            "changed": len(done.changed),
            "in_archive": done.found,
            "stories": done.stories,
            "findings": done.findings,
        }
    )


def _imported(room: "Newsroom", file: Path) -> "Moved":
    from digest.pipeline.moving import Who, import_earlier

    who = Who(by=user(), at=now())
    if not room.archive_path.exists():
        return import_earlier(room, file, lambda _: (), who)
    with archive_of(room) as archive:
        return import_earlier(room, file, lambda url: archive.find([url]), who)


def _withdrawn(room: "Newsroom", file: Path) -> "Moved":
    from digest.pipeline.moving import Who, withdraw_earlier

    return withdraw_earlier(room, file, Who(by=user(), at=now()))


def _import(done: "Moved") -> str:
    total, new = len(done.stories), len(done.changed)
    if not new:
        return f"{_stories(total)}, known already; nothing was changed"
    known = f" ({total - new:,} of {total:,} were known already)" if new < total else ""
    archived = {0: "none is", 1: "one is"}.get(done.found, f"{done.found:,} are")
    return f"{_stories(new)} of earlier newsletters{known}; no issue brings {_it(new)} again; {archived} in the archive"


def _withdrawal(done: "Moved") -> str:
    new = len(done.changed)
    if not new:
        return "nothing of it was known; nothing was changed"
    return f"{_stories(new)} taken back; issues may bring {_it(new)}"


def _stories(count: int) -> str:
    return "one story" if count == 1 else f"{count:,} stories"


def _it(count: int) -> str:
    return "it" if count == 1 else "them"
