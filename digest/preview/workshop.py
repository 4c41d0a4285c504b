"""The workshop: all that one issue is made with, opened once, and opened again when the newsroom has changed.

Everything here is used by one thread, the session's: the archive's file is bound to the thread that has opened it. The
decisions alone have a thread of their own.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from time import monotonic, sleep
from typing import Final, TypeVar

from digest.check import Proof, Wanted, check
from digest.errors import DigestError, LockedError
from digest.issues.folder import IssueFolder
from digest.model.approval import Approval
from digest.model.finding import Finding
from digest.model.ledger import State
from digest.pipeline.approving import approve
from digest.pipeline.beside import built, last_issue
from digest.pipeline.build import put
from digest.pipeline.checking import make_proof
from digest.pipeline.drafting import Drafted
from digest.pipeline.faces import Faces
from digest.pipeline.freshness import stale, states
from digest.pipeline.handing import open_issue, state_of
from digest.pipeline.knowing import Known, known
from digest.pipeline.made import lock_of
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.standing import standing
from digest.pipeline.waiving import Said, errors_at, take_back, waive
from digest.preview.bench import Bench
from digest.preview.decisions import Decisions
from digest.preview.premises import Order, Premises

T = TypeVar("T")

_PATIENCE: Final = 3.0
"""Seconds that another command may have the issue's folder before that is told: a build takes less."""
_PAUSE: Final = 0.02


class Workshop:
    """What the session's thread works with."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._premises = Premises(order)
        self._bench = Bench(order.window, order.options)
        self.decisions = Decisions(order, self._premises)

    @property
    def room(self) -> Newsroom:
        """Return the newsroom as it was last read."""
        return self._premises.room

    @property
    def folder(self) -> IssueFolder:
        """Return the issue's folder."""
        return self._premises.folder

    def clock(self) -> datetime:
        """Return what time it is."""
        return self._order.clock()

    def draft(self) -> Drafted:
        """Make the issue as a build would make it now.

        Raises:
            DigestError: whatever is wrong with the configuration, the theme, edits.toml, the archive.

        """
        self._premises.must_stand()
        return self._patiently(lambda: self._bench.drafter(self.room).draft(self._order.clock()))

    def stamp(self, drafted: Drafted) -> str:
        """Return what names a draft: another one that would look the same has the same."""
        named = "".join(file.sha256 for file in drafted.issue.files)
        return hashlib.sha256(named.encode()).hexdigest()[:16]

    def checks(self, drafted: Drafted) -> tuple[Finding, ...]:
        """Return what `digest check` would say of a draft."""
        table = self.room.config.check
        return check(self._proof(drafted), Wanted(select=table.select, ignore=table.ignore))

    def waive(self, drafted: Drafted, code: str, where: str, why: str) -> str:
        """Let an error of a draft stand; return that in words.

        Raises:
            DigestError: there is no such error, nobody says why, or the issue is locked.

        """
        self._premises.must_stand()
        found = errors_at(self._proof(drafted), code, (where,))
        self._patiently(lambda: waive(self.room, self.folder, found, self._said(why)))
        return f"waived: {code}, {where}"

    def unwaive(self, drafted: Drafted, code: str, where: str) -> str:
        """Take back that an error of a draft may stand; return that in words.

        Raises:
            DigestError: it may not stand anyway, or the issue is locked.

        """
        self._premises.must_stand()
        found = errors_at(self._proof(drafted), code, (where,))
        self._patiently(lambda: take_back(self.room, self.folder, found, self._said()))
        return f"the waiver is taken back: {code}, {where}"

    def _said(self, why: str = "") -> Said:
        return Said(by=self._order.who, at=self._order.clock(), why=why)

    def _patiently(self, work: Callable[[], T]) -> T:
        """Do what needs the issue's folder for itself: a draft that is being put there has it for some milliseconds.

        Raises:
            LockedError: the issue is sent, or another command takes longer.

        """
        until = monotonic() + _PATIENCE
        while True:
            try:
                return work()
            except LockedError:
                if lock_of(self.folder) or monotonic() > until:
                    raise
                sleep(_PAUSE)

    def _proof(self, drafted: Drafted) -> Proof:
        told = Known(stale=self._stale(drafted), conflicts=drafted.conflicts)
        return make_proof(self.room, drafted.issue, drafted.rendered, told)

    def _stale(self, drafted: Drafted) -> tuple[Finding, ...]:
        now = self._order.clock()
        return stale(
            self.room, states(self.room, self._bench.archive(self.room)), min(drafted.issue.window.end, now), now
        )

    def approval(self, drafted: Drafted) -> Approval:
        """Return whether a draft is approved."""
        return standing(self.room, drafted.issue, drafted.rendered)

    def state(self, approval: Approval) -> State:
        """Return what the issue's ledger tells; an approval that is void is none."""
        told = state_of(self.folder)
        return "built" if told == "approved" and approval.status == "void" else told

    def approve(self, drafted: Drafted, by: str) -> str:
        """Approve a draft, which is what stands in the issue's folder then; return that in words.

        Raises:
            DigestError: something must be mended first, a build would refuse it, or the issue is locked.

        """
        self._premises.must_stand()
        now = self._order.clock()
        if not self.holds(drafted):  # a build has put something else there
            self._patiently(lambda: put(self.folder, drafted))
        told = known(self.room, self._bench.archive(self.room), self.folder, now)
        done = self._patiently(lambda: approve(self.room, self.folder, told, Said(by=by or self._order.who, at=now)))
        return f"approved by {done.approval.by} already" if done.again else f"approved by {done.approval.by}"

    def holds(self, drafted: Drafted) -> bool:
        """Tell whether a draft is what stands in the issue's folder; where that cannot be read it is not."""
        try:
            return open_issue(self.folder) == drafted.issue
        except DigestError:
            return False  # whoever puts it there is told what is wrong with the folder

    def last_build(self) -> Faces | None:
        """Return what stands in the issue's folder."""
        return built(self.room, self.folder)

    def last_issue(self) -> Faces | None:
        """Return the issue before this one."""
        return last_issue(self.room, self._order.window)

    def complain(self, error: Exception) -> None:
        """Tell of a fault of Digest's own."""
        self._order.complain(error)

    def open_again(self) -> None:
        """Take in what has changed in the newsroom itself: its configuration, its themes. Raises as `Premises` does."""
        self._premises.open_again()

    def close(self) -> None:
        """Close the archive."""
        self._bench.close()
