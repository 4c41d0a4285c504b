"""What is to be done next with an issue at a service: one table, from what is known, for every wish.

The table is asked again after each step until it says `nothing`. So a run that was broken off anywhere goes on with the
same rules, and what the service says always goes before what the ledger says.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from digest.handover.progress import Progress, Stage
from digest.model.mailer import Capabilities, Remote

Aim = Literal["draft", "test", "schedule", "send", "cancel"]
Do = Literal["create", "update", "test", "schedule", "unschedule", "send", "adopt", "doubt", "nothing", "refuse"]
Why = Literal["", "unsupported", "unknown", "locked", "sent", "failed", "unapproved", "untested", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person wants: for `schedule` at the instant `at`, for `test` to these `addresses`."""

    aim: Aim
    at: datetime | None = None
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that the next step depends on.

    `remote` is what the service has under our name; None: nothing, or it cannot be asked. `content` is the hash of what
    is to be handed over. `approved`: a person's approval stands for it. `done`: what was wished has been carried out
    just now.
    """

    wish: Wish
    progress: Progress = field(default_factory=Progress)
    remote: Remote | None = None
    can: Capabilities
    content: str
    approved: bool = True
    test_first: bool = True
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What to do; `stage` is what an `adopt` writes down, `why` says why nothing is done or it is refused."""

    do: Do
    why: Why = ""
    stage: Stage = "none"


def next_step(now: Situation) -> Step:
    """Return what is to be done next."""
    return next(_steps(now))


def _steps(now: Situation) -> Iterator[Step]:
    """Yield the steps that the situation asks for; the first one counts."""
    if not _can(now):
        yield Step(do="refuse", why="unsupported")
    yield from _settling(now)
    if now.done and not (now.remote and now.remote.state == "failed"):
        yield Step(do="nothing", why="done")
    yield from _on_its_way(now)
    if now.wish.aim == "cancel":
        yield Step(do="nothing")
    if now.wish.aim in {"schedule", "send"} and not now.approved:
        yield Step(do="refuse", why="unapproved")
    yield from _draft(now)
    yield _last(now)


def _can(now: Situation) -> bool:
    """Tell whether the service has a way to do what is wished."""
    can = now.can
    return {
        "draft": can.drafts,
        "test": can.test,
        "schedule": can.schedule,
        "cancel": can.schedule,
        "send": can.send,
    }[now.wish.aim]


def _settling(now: Situation) -> Iterator[Step]:
    """Yield what must be written down first: what the service has done, or that nobody knows."""
    told, known = now.remote, now.progress
    if told and told.state in {"sending", "sent"} and known.stage != "sent":
        yield Step(do="adopt", stage="sent")
    if known.stage == "sent":
        return
    if told and told.state == "failed" and known.stage != "failed":
        yield Step(do="adopt", stage="failed")
    if told and told.state == "scheduled" and (known.stage != "scheduled" or told.at not in {None, known.when}):
        yield Step(do="adopt", stage="scheduled")
    if known.stage == "unknown":
        yield Step(do="refuse", why="unknown")
    if known.stage in {"scheduling", "scheduled", "sending"}:
        if told and told.state == "draft":
            yield Step(do="adopt", stage="draft")
        if told is None and not (now.can.resumes and known.stage == "sending"):
            yield Step(do="doubt")


def _on_its_way(now: Situation) -> Iterator[Step]:
    """Yield what is done with an issue that is no draft any more."""
    aim, known = now.wish.aim, now.progress
    if known.stage == "sent":
        yield Step(do="refuse" if aim == "cancel" else "nothing", why="sent")
    if now.remote and now.remote.state == "failed":
        yield Step(do="refuse", why="failed")
    if known.stage == "scheduled":
        if aim == "cancel":
            yield Step(do="unschedule")
        same = aim == "schedule" and known.when == now.wish.at
        yield Step(do="nothing", why="done") if same else Step(do="refuse", why="locked")
    if known.stage == "sending":  # of what goes on by itself: all others were settled above
        yield Step(do="send") if aim == "send" else Step(do="refuse", why="locked")


def _draft(now: Situation) -> Iterator[Step]:
    """Yield what brings the service's draft up to date, where it has any."""
    if not now.can.drafts:
        return
    if now.remote is None:
        yield Step(do="create")
    elif (now.progress.remote_id, now.progress.drafted) != (now.remote.id, now.content):
        yield Step(do="update")


def _last(now: Situation) -> Step:
    """Return the step that is wished itself."""
    aim = now.wish.aim
    if aim in {"schedule", "send"} and now.test_first and now.can.test and now.progress.tested != now.content:
        return Step(do="refuse", why="untested")
    if aim == "test":
        return Step(do="test")
    if aim == "schedule":
        return Step(do="schedule")
    return Step(do="send") if aim == "send" else Step(do="nothing", why="done")
