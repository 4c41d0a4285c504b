"""The session: a thread that keeps what is decided, and one that drafts and checks; everybody else reads their outcome.

A decision waits for other decisions alone, however long a draft waits for a picture or a model. The other thread does
one thing after the other: what it is asked goes first, then what has changed on the disk is taken in, then the issue is
drafted; it is checked when nothing else is asked.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from threading import Condition, Thread
from typing import TypeVar

from digest.pipeline.drafting import Drafted
from digest.pipeline.editing import Change
from digest.pipeline.putting import Standing
from digest.preview.decisions import Decisions
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


class Session:
    """The threads, and what they are asked. All but `_run` and what it calls may be called from any thread."""

    def __init__(self, workshop: Workshop, news: News) -> None:
        self._workshop = workshop
        self._showing = Showing(workshop, news)
        self._jobs: deque[Work[None]] = deque()
        self._moved = Condition()
        self._asked, self._reached = 1, 0  # changes so far, and those that the present draft has; the first is to begin
        self._ends = False
        self._thread = Thread(target=self._run, name="desk", daemon=True)
        self._decider = ThreadPoolExecutor(1, thread_name_prefix="decisions")

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
        self._decider.submit(self._workshop.decisions.close)  # last, and where its archive was opened
        self._decider.shutdown()
        with self._moved:
            self._ends = True
            self._moved.notify_all()
        self._thread.join(_LAST)
        standing = self._showing.close()
        return replace(standing, waiting=True) if self._thread.is_alive() else standing

    def built(self) -> Present:
        """Return what there is once the last draft stands in the issue's folder; after a while, whatever there is."""
        return self._showing.built()

    def decide(self, work: Callable[[Decisions], Change]) -> "Future[Change]":
        """Have something decided. It is kept when that is answered; the issue is drafted then."""

        def decided() -> Change:
            try:
                return work(self._workshop.decisions)
            finally:  # what is refused may have been changed by others
                with self._moved:
                    self._asked += 1
                    self._moved.notify_all()

        return self._decider.submit(decided)

    def ask(self, work: Work[T]) -> "Future[T]":
        """Have something done that needs the draft, behind the one that is under way."""
        answer = Future[T]()

        def job(workshop: Workshop) -> None:
            if not answer.set_running_or_notify_cancel():
                return  # whoever has asked is gone
            try:
                answer.set_result(work(workshop))
            except Exception as error:  # noqa: BLE001 - handed to whoever has asked
                answer.set_exception(error)

        with self._moved:
            self._jobs.append(job)
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
                job(self._workshop)
            changed = frozenset() if ends else watch.changed()
            if "newsroom" in changed:
                self._showing.open_again()
            overtaken = "record" in changed and self._showing.overtaken
            if asked > self._reached or changed - {"record"} or overtaken or self._showing.due:
                self._draft(asked)
            elif jobs or self._showing.unchecked:
                self._showing.check()
            if overtaken:  # by a build, which may know more than the last draft did: a later clock, another picture
                self._showing.put_again()
            if ends:
                break
        self._workshop.close()

    def _taken(self) -> tuple[list[Work[None]], int, bool]:
        """Return what is to be done, with the count of changes so far, and whether it is time to end.

        Where there is nothing, a moment is waited for.
        """
        with self._moved:
            self._moved.wait_for(lambda: self._jobs or self._ends or self._asked > self._reached, _TICK)
            jobs = list(self._jobs)
            self._jobs.clear()
            return jobs, self._asked, self._ends

    def _draft(self, asked: int) -> None:
        """Make the issue; whoever waits for it goes on."""
        self._showing.draft()
        with self._moved:
            self._reached = asked
            self._moved.notify_all()
