"""Acts: each step of a hand-over, carried out once, between two events of the ledger.

What goes to readers, or will by itself, is written down as an intent before the service is told. Where no whole answer
comes, the service is asked: only if it says that it still has a draft it is told once more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from digest.errors import AmbiguousError, LockedError, MailerError, RefusedError
from digest.handover.steps import Step, Wish
from digest.model.ledger import EventKind
from digest.model.mailer import Remote
from digest.model.message import Message
from digest.pipeline.delivering.log import Log
from digest.pipeline.delivering.refusing import unknown
from digest.ports import Mailer

_TIMES = 2
"""Times that a service is told to send what it still calls a draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """What an act needs: who takes the message, what it is, what is wished of it, and where it is written down."""

    mailer: Mailer
    message: Message
    wish: Wish
    log: Log

    def act(self, step: Step, remote: Remote | None) -> Remote | None:
        """Carry a step out, and return the service's object as it is then.

        Raises:
            MailerError: it was not done, which is written down where it had been begun.
            LockedError: nobody knows whether it was done, which is written down.

        """
        held = remote or _NONE
        match step.do:
            case "create" | "update":
                return self._save(remote)
            case "schedule":
                return self._schedule(held)
            case "unschedule":
                return self._unschedule(held)
            case "send":
                return self._send(held)
            case _:
                self._noted(step, held)
                return remote

    def _noted(self, step: Step, remote: Remote) -> None:
        """Carry out what leaves the service's object as it is: a test, and what is only written down."""
        if step.do == "test":
            self.mailer.send_test(self.message, remote, self.wish.addresses)
            self.log.add("tested", remote, note=f"to {len(self.wish.addresses)}")
        elif step.do == "adopt":
            self._adopt(step, remote)
        else:
            self.log.add("unknown", remote, note="it was broken off, and the service cannot say")

    def _save(self, remote: Remote | None) -> Remote:
        """Make or update the draft; one that came to be without an answer is found by its name, and brought up to date.

        A second draft is never made: where nothing is found, nothing is done.
        """
        try:
            saved = self.mailer.save(self.message, remote)
        except AmbiguousError:
            found = self.mailer.find(self.message.key)
            if found is None or found.state != "draft":
                raise
            saved = self.mailer.save(self.message, found)
        self.log.add("draft", saved)
        return saved

    def _adopt(self, step: Step, remote: Remote) -> None:
        """Write down what the service says."""
        note = "the service says so" + (f": {remote.note}" if remote.note else "")
        match step.stage:
            case "sent" | "failed":
                self.log.add(step.stage, remote, note=note)
            case "scheduled":
                self.log.add("scheduled", remote, when=remote.at, note=note)
            case _:
                self.log.add("cancelled", remote, note="the service has it as a draft")

    def _schedule(self, remote: Remote) -> Remote:
        at = self.wish.at
        if at is None:
            raise MailerError("says no time", where="--at", hint='write it as "Friday 09:00"')

        def intend() -> None:
            self.log.add("scheduling", remote, when=at)

        told = self._told(remote, intend, lambda: self.mailer.schedule(remote, at), "cancelled")
        if told.state == "scheduled":
            self.log.add("scheduled", told, when=told.at or at)
        return told

    def _send(self, remote: Remote) -> Remote:
        told = self._told(
            remote,
            lambda: self.log.add("sending", remote),
            lambda: self.mailer.send(self.message, remote),
            "failed",
        )
        if told.state in {"sending", "sent"} and not (self.mailer.can.resumes and told.state == "sending"):
            self.log.add("sent", told, note=told.note)
        return told

    def _told(self, remote: Remote, intend: Callable[[], None], act: Callable[[], Remote], no: EventKind) -> Remote:
        """Tell the service, and ask it where it gives no whole answer or says no: it may have been done before."""
        for attempt in count(1):
            intend()
            try:
                return act()
            except AmbiguousError as error:
                told = self._asked(remote, error)
                if told.state != "draft":
                    return told
                if attempt == _TIMES:
                    raise self._unknown(remote, error) from error
            except MailerError as error:
                told_before = self._done_before(remote, error)
                if told_before:
                    return told_before
                self.log.add(no, remote, note=error.message)
                raise
        raise AssertionError  # pragma: no cover - the last attempt returns or raises

    def _asked(self, remote: Remote, error: AmbiguousError) -> Remote:
        """Return what the service says of an act whose answer did not come."""
        if not self.mailer.can.asked:
            raise self._unknown(remote, error) from error
        try:
            return self.mailer.status(remote)
        except MailerError as silent:
            raise self._unknown(remote, error) from silent

    def _unknown(self, remote: Remote, error: MailerError) -> LockedError:
        self.log.add("unknown", remote, note=error.message)
        return unknown(self.mailer.name, f": {error.message}")

    def _done_before(self, remote: Remote, error: MailerError) -> Remote | None:
        """Return the service's object where it refuses an act because that was done already; None: it was not."""
        if not isinstance(error, RefusedError) or not self.mailer.can.asked:
            return None
        try:
            told = self.mailer.status(remote)
        except MailerError:  # it did say no
            return None
        return told if told.state in {"scheduled", "sending", "sent"} else None

    def _unschedule(self, remote: Remote) -> Remote:
        try:
            told = self.mailer.unschedule(remote)
        except AmbiguousError:
            told = self.mailer.status(remote)
            if told.state != "draft":
                raise
        self.log.add("cancelled", told)
        return told


_NONE = Remote(id="", state="draft")
"""What stands for the object of a service that keeps none."""
