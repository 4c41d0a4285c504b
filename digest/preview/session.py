"""The session: one thread that decides, drafts and builds, one thing after the other; everybody else reads its outcome.

What an editor decides goes first, then what changed on the disk is taken in, then the issue is drafted. A draft that
fails leaves the last good one where it is, and says why.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from threading import Event as Flag
from threading import Thread
from typing import TypeVar

from digest.disk import explain
from digest.errors import DigestError
from digest.pipeline.drafting import Drafted
from digest.preview.news import News
from digest.preview.watching import Watch
from digest.preview.workshop import Order, Workshop

T = TypeVar("T")

_TICK = 0.25
"""Seconds between two looks at the disk: a change that has settled is seen within two of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What there is now. `stamp` names the draft; `trouble` is why there is no newer one."""

    version: str = ""
    drafted: Drafted | None = None
    stamp: int = 0
    trouble: DigestError | None = None
    built: bool = False


Job = Callable[[Workshop], None]


class Session:
    """The thread, and what it has made. `present` may be read by anybody: it is a value, replaced as a whole."""

    def __init__(self, order: Order, news: News) -> None:
        self.present = Present()
        self.ready = Flag()
        self._order = order
        self._news = news
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="desk", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def close(self) -> None:
        """Finish what is begun, and end."""
        self._jobs.put(None)
        self._thread.join()

    def ask(self, work: Callable[[Workshop], T]) -> "Future[T]":
        """Have something done by the thread, before the next draft."""
        answer = Future[T]()

        def job(workshop: Workshop) -> None:
            try:
                answer.set_result(work(workshop))
            except Exception as error:  # noqa: BLE001 - handed to whoever has asked
                answer.set_exception(error)

        self._jobs.put(job)
        return answer

    def _run(self) -> None:
        workshop = Workshop(self._order)
        watch = Watch(workshop.room, workshop.folder)
        try:
            self._draft(workshop)
            while self._work(workshop):
                self._take_in(workshop, watch)
        finally:
            workshop.close()

    def _work(self, workshop: Workshop) -> bool:
        """Do what there is to do, or wait for a moment; False where it is time to end."""
        try:
            job = self._jobs.get(timeout=_TICK)
            while job is not None:
                job(workshop)
                job = self._jobs.get_nowait()
        except Empty:
            return True
        return False

    def _take_in(self, workshop: Workshop, watch: Watch) -> None:
        """Take in what others have changed."""
        changed = watch.changed()
        if changed:
            self._draft(workshop, anew="newsroom" in changed)

    def _draft(self, workshop: Workshop, *, anew: bool = False) -> None:
        """Make the issue, and tell; the last good one stays where that fails."""
        try:
            if anew:
                workshop.open_again()
            drafted = workshop.draft()
        except DigestError as error:
            self._fail(error)
        except OSError as error:
            self._fail(explain(error, workshop.folder.path, "the issue cannot be drafted"))
        else:
            stamp = self.present.stamp + 1
            self.present = Present(version=workshop.version(), drafted=drafted, stamp=stamp)
            self._news.tell("changed", self.present.version)
        self.ready.set()

    def _fail(self, trouble: DigestError) -> None:
        self.present = replace(self.present, trouble=trouble)
        self._news.tell("problem", self.present.version)
