"""Delivering: an issue goes to a mailing service as a draft, a test, a schedule or a send, and never twice.

The service is asked for its object by our name before anything is done; what it says goes before what the ledger says.
Then the next step of `handover.steps` is carried out, until it says that nothing is left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from digest.errors import DigestError, LockedError, MailerUnsupportedError
from digest.handover.progress import Channel, Stage
from digest.handover.steps import Do, Situation, Step, Wish, next_step
from digest.issues.folder import LEDGER, IssueFolder
from digest.issues.ledger import read_events
from digest.mailers.message import content_hash
from digest.model.issue import Issue
from digest.model.mailer import Remote
from digest.model.message import Message, Rendered
from digest.pipeline.delivering.acts import Hand
from digest.pipeline.delivering.log import Log
from digest.pipeline.delivering.refusing import refusal
from digest.pipeline.handing import rendered_of
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.standing import standing
from digest.pipeline.waiving import Said
from digest.ports import Mailer

_MOST = 12
"""Steps of one hand-over: adopt, create or update, test and send are four; more than these go round in a circle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is wished, who says so and when; `stale_ok`: though a story has changed. `dry`: nothing is written down."""

    wish: Wish
    said: Said
    stale_ok: bool = False
    dry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What a hand-over came to: how far the issue is, the service's object, and the steps that were taken.

    `again`: it was so before. `when`: scheduled for.
    """

    label: str
    service: str
    account: str
    stage: Stage
    remote: Remote | None
    content: str
    steps: tuple[Do, ...]
    again: bool
    when: datetime | None = None


def channel_of(room: Newsroom, mailer: Mailer) -> Channel:
    """Return where the newsletter's issues go by this mailer."""
    return Channel(service=mailer.name, account=mailer.account, audience=room.config.mailer.audience)


def carry_out(room: Newsroom, folder: IssueFolder, mailer: Mailer, order: Order) -> Delivered:
    """Hand an issue over as far as is wished.

    Raises:
        IssueError: there is no such issue, or a file of it is not what was built.
        LockedError: another command is at work on it; or it is on its way, and the wish would change that; or nobody
            knows whether it was sent.
        NotReadyError: it is not approved or not tested as it is now, or the service has failed to send it.
        MailerUnsupportedError: the service has no way to do it; it was asked nothing.
        MailerError: the service refuses, or is not reached.

    """
    folder.must_exist()
    with folder.exclusive():
        issue = folder.read()
        rendered = rendered_of(folder, issue)
        message = mailer.message(issue, rendered)
        log = Log(
            path=None if order.dry else folder.path / LEDGER,
            channel=channel_of(room, mailer),
            said=order.said,
            issue=issue,
            content=content_hash(message),
            stale_ok=order.stale_ok,
            events=list(read_events(folder.path / LEDGER)),
        )
        _refuse_by_hand(log, order)
        run = _Run(room=room, mailer=mailer, order=order, log=log, message=message)
        return run.finished(_approved(room, issue, rendered), folder.label)


def _approved(room: Newsroom, issue: Issue, rendered: Rendered) -> bool:
    return standing(room, issue, rendered).status == "stands"


def _refuse_by_hand(log: Log, order: Order) -> None:
    """Refuse to send what a person has said that she sent herself.

    Raises:
        LockedError: it is marked as sent.

    """
    by_hand = [event.event for event in log.events if event.event in {"sent", "unsent"} and not event.service]
    if by_hand and by_hand[-1] == "sent" and order.wish.aim in {"schedule", "send"}:
        hint = f"if it was not: digest sent {log.issue.window.label} --undo"
        raise LockedError("is marked as sent by hand", where=log.issue.window.label, hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One hand-over at work."""

    room: Newsroom
    mailer: Mailer
    order: Order
    log: Log
    message: Message

    def finished(self, approved: bool, label: str) -> Delivered:  # noqa: FBT001 - the one thing it cannot ask itself
        """Take the steps, one after the other, and return what they came to."""
        steps = list[Do]()
        remote: Remote | None = None
        for step, told in self._steps(approved):
            remote = told
            if step.do != "nothing":
                steps.append(step.do)
        known = self.log.progress
        return Delivered(
            label=label,
            service=self.mailer.name,
            account=self.mailer.account,
            stage=known.stage,
            remote=remote,
            content=self.log.content,
            steps=tuple(steps),
            again=not set(steps) - {"adopt"},
            when=known.when if known.stage == "scheduled" else None,
        )

    def _steps(self, approved: bool) -> Iterator[tuple[Step, Remote | None]]:  # noqa: FBT001 - as above
        hand = Hand(mailer=self.mailer, message=self.message, wish=self.order.wish, log=self.log)
        asked, done = self.mailer.can.asked, False
        self._refuse_unsupported()
        last = remote = self.mailer.find(self.message.key) if asked else None
        for _ in range(_MOST):
            step = next_step(self._situation(remote, approved=approved, done=done))
            if step.do == "refuse":
                raise refusal(step, self.order.wish, self.log, self.mailer.name)
            if step.do != "nothing":
                last = hand.act(step, remote)
                remote = last if asked else None
                done = done or step.do == _LAST[self.order.wish.aim]
            yield step, last
            if step.do == "nothing":
                return
        raise DigestError(f"{self.mailer.name} says another thing each time", where=self.message.key)

    def _situation(self, remote: Remote | None, *, approved: bool, done: bool) -> Situation:
        return Situation(
            wish=self.order.wish,
            progress=self.log.progress,
            remote=remote,
            can=self.mailer.can,
            content=self.log.content,
            approved=approved,
            test_first=self.room.config.mailer.test_first,
            done=done,
        )

    def _refuse_unsupported(self) -> None:
        """Refuse what the service has no way to do, before it is asked anything."""
        size, most = len(self.message.html.encode()), self.mailer.can.most_bytes
        if most is not None and size > most:
            hint = "see what weighs: digest check --sizes"
            raise MailerUnsupportedError(
                f"takes mails of {most:,} bytes at most, and this one has {size:,}", where=self.mailer.name, hint=hint
            )
        step = next_step(self._situation(None, approved=True, done=False))
        if step.why == "unsupported":
            raise refusal(step, self.order.wish, self.log, self.mailer.name)


_LAST = {"draft": "", "test": "test", "schedule": "schedule", "send": "send", "cancel": "unschedule"}
