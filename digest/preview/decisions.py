"""Decisions: what an editor decides is kept by a thread of its own, which waits for nobody.

A draft may wait for a picture on the web or for a model. What a decision is made in sight of needs neither: the texts
of the sources are those that stand in the archive, and a model's those that are kept.
"""

from dataclasses import replace

from digest.model.decision import Decision
from digest.pipeline.editing import Change, EditsDesk, EditsState
from digest.pipeline.made import lock_of
from digest.preview.bench import Bench
from digest.preview.premises import Order, Premises


class Decisions:
    """What is decided about the issue. `history` may be asked by any thread, all else by one."""

    def __init__(self, order: Order, premises: Premises) -> None:
        self._clock, self._premises = order.clock, premises
        self._edits = EditsDesk(premises.folder, order.who)
        self._bench = Bench(order.window, replace(order.options, offline=True))

    def decide(self, decision: Decision, seen: str) -> Change:
        """Carry out a decision that was made in sight of the version `seen`; return what it came to.

        Raises:
            DigestError: somebody was quicker, it cannot be carried out, or the issue is locked or elsewhere; nothing
                was written.

        """
        self._must_be_open()
        now, room = self._clock(), self._premises.room
        return self._edits.decide(decision, seen, now, lambda edits: self._bench.drafter(room).shown(edits, now))

    def undo(self, seen: str) -> Change:
        """Take back what was done last. Raises as `decide` does."""
        self._must_be_open()
        return self._edits.undo(seen, self._clock())

    def redo(self, seen: str) -> Change:
        """Do again what was taken back last. Raises as `decide` does."""
        self._must_be_open()
        return self._edits.redo(seen, self._clock())

    def history(self) -> EditsState:
        """Return what was decided so far, with what others did to edits.toml meanwhile.

        Raises:
            DigestError: it cannot be read or noted, or the issue is elsewhere.

        """
        self._premises.must_stand()
        self._edits.look(self._clock())
        return self._edits.state()

    def close(self) -> None:
        """Close the archive."""
        self._bench.close()

    def _must_be_open(self) -> None:
        """Refuse to change an issue that was sent or is about to be."""
        self._premises.must_stand()
        locked = lock_of(self._premises.folder)
        if locked:
            raise locked
