"""The session: one thread that decides, drafts and checks, one thing after the other; everybody else reads its outcome.

What an editor decides goes first, then what has changed on the disk is taken in, then the issue is drafted; it is
checked when nothing else is asked.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from threading import Condition, Thread
from typing import TypeVar

from digest.pipeline.drafting import Drafted
from digest.pipeline.putting import Standing
from digest.preview.news import News
from digest.preview.showing import PATIENCE, Present, Showing
from digest.preview.watching import Watch
from digest.preview.workshop import Workshop

T = TypeVar("T")
Work = Callable[[Workshop], T]

_TICK = 0.25
"""Seconds between two looks at the disk: a change that has settled is seen within two of them."""

_LAST = 5.0
"""Seconds that the last draft gets once the desk is told to end."""


@dataclass(frozen=True, slots=True)
class _Job:
    """Something to be done; `drafts`: the issue is another one then."""

    work: Work[None]
    drafts: bool


class Session:
    """The thread, and what it is asked. All but `_run` and what it calls may be called from any thread."""

    def __init__(self, workshop: Workshop, news: News) -> None:
        self._workshop = workshop
        self._showing = Showing(workshop, news)
        self._jobs: deque[_Job] = deque()
        self._moved = Condition()
        self._asked, self._reached = 1, 0  # changes so far, and those that the present draft has; the first is to begin
        self._ends = False
        self._thread = Thread(target=self._run, name="desk", daemon=True)

    @property
    def now(self) -> Present:
        """Return what there is at this moment."""
        return self._showing.now

    @property
    def drafted(self) -> Drafted:
        """Return the last good draft.

        Raises:
            IssueError: there was none yet.

        """
        return self._showing.drafted

    def settled(self) -> Present:
        """Return what there is once all that was decided so far is drafted; after a while, whatever there is."""
        with self._moved:
            wanted = self._asked
            self._moved.wait_for(lambda: self._reached >= wanted, PATIENCE)
        return self.now

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def close(self) -> Standing:
        """Finish what is begun, and end. Return how the issue's folder stands then.

        A draft that waits for others (pictures, a model) is not waited for: what was decided is kept without it.
        """
        with self._moved:
            self._ends = True
            self._moved.notify_all()
        self._thread.join(_LAST)
        standing = self._showing.close()
        return replace(standing, waiting=True) if self._thread.is_alive() else standing

    def built(self) -> Present:
        """Return what there is once the last draft stands in the issue's folder; after a while, whatever there is."""
        return self._showing.built()

    def ask(self, work: Work[T], *, drafts: bool) -> "Future[T]":
        """Have something done by the thread, before the next draft; `drafts`: the issue is another one then."""
        answer = Future[T]()

        def job(workshop: Workshop) -> None:
            if not answer.set_running_or_notify_cancel():
                return  # whoever has asked is gone
            try:
                answer.set_result(work(workshop))
            except Exception as error:  # noqa: BLE001 - handed to whoever has asked
                answer.set_exception(error)

        with self._moved:
            self._jobs.append(_Job(job, drafts))
            self._asked += drafts
            self._moved.notify_all()
        return answer

    def _run(self) -> None:
        """Work until it is time to end."""
        watch = Watch(self._workshop.room, self._workshop.folder, self._showing.pictures)
        self._showing.look_back()
        self._draft(1)
        while True:
            jobs, asked, ends = self._taken()
            for job in jobs:
                job.work(self._workshop)
            changed = frozenset() if ends else watch.changed()
            if "newsroom" in changed:
                self._showing.open_again()
            overtaken = "record" in changed and self._showing.overtaken
            if changed - {"record"} or overtaken or self._showing.due or any(job.drafts for job in jobs):
                self._draft(asked)
            elif jobs or self._showing.unchecked:
                self._showing.check()
            if overtaken:  # by a build, which may know more than the last draft did: a later clock, another picture
                self._showing.put_again()
            if ends:
                break
        self._workshop.close()

    def _taken(self) -> tuple[list[_Job], int, bool]:
        """Return what is to be done, with the count of changes up to it, and whether it is time to end.

        Where there is nothing, a moment is waited for.
        """
        with self._moved:
            self._moved.wait_for(lambda: self._jobs or self._ends, _TICK)
            jobs = list(self._jobs)
            self._jobs.clear()
            return jobs, self._asked, self._ends

    def _draft(self, asked: int) -> None:
        """Make the issue; whoever waits for it goes on."""
        self._showing.draft()
        with self._moved:
            self._reached = asked
            self._moved.notify_all()
