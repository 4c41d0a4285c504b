"""Putting: drafts go into the issue's folder behind the editor's back, shortly after each other, the newest alone.

Whoever drafts never waits for a disk; whoever opens the folder a moment later finds what the editor sees.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Condition, Thread
from time import monotonic
from typing import Final

from digest.errors import DigestError
from digest.issues.folder import IssueFolder
from digest.model.issue import Issue
from digest.pipeline.build import put
from digest.pipeline.drafting import Drafted

QUIET: Final = 0.1
"""Seconds without another draft after which the last one is put: a key that is held comes more often."""
LONGEST: Final = 2.0
"""Seconds after which a draft is put however many others follow."""
AGAIN: Final = 1.0
"""Seconds until what could not be written is tried again: a build holds an issue for about as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the folder stands to the newest draft: `record` is what it holds since then, None where there is none yet.

    `waiting`: that draft is not there yet. `trouble` says why the last try failed; it is tried again unless a build
    would refuse too (a locked issue, a thin one).
    """

    record: Issue | None = None
    waiting: bool = False
    trouble: DigestError | None = None


class Putter:
    """Puts drafts into a folder, in a thread of its own, and tells `tell` whenever the standing has changed.

    `tell` is called in that thread, or in the caller's of `want`; it must not wait.
    """

    def __init__(self, folder: IssueFolder, tell: Callable[[Standing], None]) -> None:
        self._folder, self._tell = folder, tell
        self._news = Condition()
        self._newest: Drafted | None = None
        self._next: Drafted | None = None
        self._since = self._due = 0.0
        self._closing = False
        self._standing = Standing()
        self._thread = Thread(target=self._work, name="putter", daemon=True)
        self._thread.start()

    @property
    def standing(self) -> Standing:
        """Return how the folder stands now."""
        return self._standing

    def want(self, drafted: Drafted) -> None:
        """Have a draft put in place of any other that is still to be put; return at once."""
        with self._news:
            now = monotonic()
            self._since = self._since if self._next else now
            self._newest, self._next = drafted, None if drafted.refused else drafted
            self._due = min(now + QUIET, self._since + LONGEST)
            self._say(Standing(record=self._standing.record, waiting=not drafted.refused, trouble=drafted.refused))
            self._news.notify()

    def withhold(self, why: DigestError) -> None:
        """Put nothing more, until another draft is wanted."""
        with self._news:
            self._newest = self._next = None
            if self._standing.waiting:
                self._say(replace(self._standing, trouble=why))

    def close(self) -> Standing:
        """Put what is still to be put, try it once more at most, and return how the folder stands then."""
        with self._news:
            self._closing = True
            self._news.notify()
        self._thread.join()
        return self._standing

    def _work(self) -> None:
        while (drafted := self._awaited()) is not None:
            standing = self._put(drafted)
            with self._news:
                if drafted is not self._newest:
                    self._say(replace(self._standing, record=standing.record))
                    continue
                if standing.trouble and not self._closing:
                    self._next, self._since = drafted, monotonic()
                    self._due = self._since + AGAIN
                self._say(standing)

    def _awaited(self) -> Drafted | None:
        """Wait for a draft whose time has come; None where there is none and none will come."""
        with self._news:
            while self._next is None or (monotonic() < self._due and not self._closing):
                if self._next is None and self._closing:
                    return None
                self._news.wait(None if self._next is None else max(0.0, self._due - monotonic()))
            drafted, self._next = self._next, None
            return drafted

    def _put(self, drafted: Drafted) -> Standing:
        try:
            return Standing(record=put(self._folder, drafted))
        except DigestError as error:
            return Standing(record=self._standing.record, waiting=True, trouble=error)

    def _say(self, standing: Standing) -> None:
        changed, self._standing = standing != self._standing, standing
        if changed:
            self._tell(standing)
