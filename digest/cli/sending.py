"""What `digest deliver` does at a mailing service: a draft, a test, a schedule, a send, and what is asked before."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from digest.cli.clock import now
from digest.cli.desk import Desk, archive_of, who
from digest.cli.missing import warn_of_missing

if TYPE_CHECKING:
    from datetime import datetime

    from digest.cli.screen import Screen
    from digest.handover.steps import Wish
    from digest.issues.folder import IssueFolder
    from digest.pipeline.delivering import Delivered
    from digest.pipeline.delivering.fresh import Freshness
    from digest.pipeline.newsroom import Newsroom
    from digest.pipeline.waiving import Said
    from digest.web.replies import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for, as it was typed."""

    to: str = ""
    test: tuple[str, ...] = ()
    at: str = ""
    send: bool = False
    cancel: bool = False
    resolve: str = ""
    by: str = ""
    yes: bool = False
    stale_ok: bool = False
    dry: bool = False

    @property
    def acts(self) -> bool:
        """Tell whether more is asked than that the issue be handed over."""
        return bool(self.test or self.at or self.send or self.cancel or self.resolve)


def hand_over(desk: Desk, asked: Asked, issue: str | None, *, json: bool) -> None:
    """Hand an issue over to the mailing service of digest.toml, as far as is asked."""
    from digest.pipeline.delivering import Order, carry_out
    from digest.pipeline.delivering.opening import opened, service_of
    from digest.pipeline.handing import terms
    from digest.pipeline.waiving import Said

    screen, room = desk.screen(machine=json), desk.newsroom()
    folder, instant = desk.issue(room, issue), now()
    service, said = service_of(room, asked.to), Said(by=who(room, asked.by), at=instant)
    if asked.resolve:
        _settle(screen, room, folder, asked, said)
        return
    wish, kept = _wish(room, asked, instant), list["Kept"]()
    folder.must_exist()
    warn_of_missing(screen, terms(room, folder.label, service))
    if wish.aim in {"test", "schedule", "send"}:
        _refuse_stale(screen, room, folder, asked)
    if wish.aim in {"schedule", "send"} and not asked.dry:
        _confirm(folder.label, asked)
    order = Order(wish=wish, said=said, stale_ok=asked.stale_ok, dry=asked.dry)
    with opened(room, folder.label, service, kept if asked.dry else None, now) as mailer, explained(screen):
        done = carry_out(room, folder, mailer, order)
    _show(screen, room, wish, done, kept if asked.dry else None)
    screen.data({"delivered": done, "requests": kept} if asked.dry else done)
    if done.stage == "sending" and not asked.dry:
        raise typer.Exit(4)


@contextmanager
def explained(screen: "Screen") -> Iterator[None]:
    """Print the reasons of what is not ready before its error ends the command."""
    from digest.errors import NotReadyError

    try:
        yield
    except NotReadyError as error:
        for reason in error.reasons:
            screen.warn(f"error: {reason}")
        raise


def _wish(room: "Newsroom", asked: Asked, instant: "datetime") -> "Wish":
    """Return the one thing that is wished.

    Raises:
        UsageError: it is more than one, or the time or an address is none.

    """
    from digest.errors import UsageError
    from digest.handover.steps import Wish
    from digest.handover.times import read_at
    from digest.mailers.headers import ascii_address

    given = [
        name
        for name, value in (
            ("--test", asked.test),
            ("--at", asked.at),
            ("--send", asked.send),
            ("--cancel", asked.cancel),
        )
        if value
    ]
    if given[1:]:
        raise UsageError(f"{' and '.join(given)} do not go together", hint="one after the other")
    if asked.test:
        addresses = tuple(part for text in asked.test for part in text.replace(",", " ").split())
        for address in addresses:
            ascii_address(address)
        return Wish(aim="test", addresses=addresses)
    if asked.at:
        return Wish(aim="schedule", at=read_at(asked.at, room.zone, instant))
    return Wish(aim="send" if asked.send else "cancel" if asked.cancel else "draft")


def _refuse_stale(screen: "Screen", room: "Newsroom", folder: "IssueFolder", asked: Asked) -> None:
    """Ask the issue's stories what they say now; one that has changed stops the hand-over."""
    from digest.pipeline.delivering.fresh import must_be_fresh

    told = fresh(screen, room, folder)
    for words in told.unknown:
        screen.warn(f"warning: nobody knows whether it has changed: {words}")
    if asked.stale_ok:
        for words in told.changed:
            screen.warn(f"warning: it goes out all the same: {words}")
        return
    with explained(screen):
        must_be_fresh(told, folder.label)


def fresh(screen: "Screen", room: "Newsroom", folder: "IssueFolder") -> "Freshness":
    """Return what the issue's stories say now; nothing where the newsroom has no archive."""
    from digest.pipeline.delivering.fresh import Freshness, freshness
    from digest.pipeline.handing import open_issue
    from digest.pipeline.ingest.reading import Order, at_work

    issue = open_issue(folder)
    if not room.archive_path.exists():
        return Freshness()
    with archive_of(room) as archive, screen.bars("Asking") as progress:
        order = Order(now=now(), back_to=issue.window.start, pages=0)
        with at_work(room, archive, order, progress) as ready:
            return freshness(ready, issue)


def _confirm(label: str, asked: Asked) -> None:
    """Have a person type the issue's label before it goes to readers.

    Raises:
        UsageError: nobody is there to be asked, or she typed something else.

    """
    from digest.errors import UsageError

    if asked.yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("nothing is sent that nobody confirms", where=label, hint="add --yes where no person is there")
    if typer.prompt(f"It goes to your readers. Type {label} to say so", err=True).strip() != label:
        raise UsageError("nothing was sent", where=label, hint="type its label, to the letter")


def _settle(screen: "Screen", room: "Newsroom", folder: "IssueFolder", asked: Asked, said: "Said") -> None:
    """Write down what a person has found out of a sending whose outcome nobody knew."""
    from digest.errors import UsageError
    from digest.pipeline.delivering.opening import opened, service_of
    from digest.pipeline.delivering.settling import settle

    if asked.resolve not in {"sent", "not-sent"}:
        raise UsageError(f"{asked.resolve!r} settles nothing", where="--resolve", hint="one of: sent, not-sent")
    was_sent = asked.resolve == "sent"
    with opened(room, folder.label, service_of(room, asked.to), now=now) as mailer:
        settle(room, folder, mailer, said, was_sent=was_sent)
    screen.answer(f"{folder.label} {'was' if was_sent else 'was not'} sent, says {said.by}")
    screen.data({"label": folder.label, "sent": was_sent, "by": said.by})


def _show(screen: "Screen", room: "Newsroom", wish: "Wish", done: "Delivered", kept: "list[Kept] | None") -> None:
    if kept is not None:
        for each in kept:
            screen.answer(f"{each.method} {each.url}")
            for name, value in each.headers.items():
                screen.answer(f"{name}: {value}", indent=2)
        screen.say("nothing was done: these are the requests that would have been (--json shows all of each)")
        return
    already = " already" if done.again and wish.aim != "cancel" else ""
    when = f" for {room.speller.day(done.when)}, {room.speller.moment(done.when)}" if done.when else ""
    state = {"none": "not there", "draft": "a draft", "sending": "sent to some of its readers"}.get(
        done.stage, done.stage
    )
    tested = f", tested to {', '.join(wish.addresses)}" if wish.aim == "test" else ""
    screen.answer(f"{done.label} is {state}{already} at {done.service}{when}{tested}")
    if done.remote and done.remote.url:
        screen.answer(done.remote.url)
    if done.remote and done.remote.note:
        screen.say(done.remote.note)
