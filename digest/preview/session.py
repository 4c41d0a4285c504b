"""The session: one thread that decides, drafts and checks, one thing after the other; everybody else reads its outcome.

What an editor decides goes first, then what has changed on the disk is taken in, then the issue is drafted, then it is
checked. A draft that fails leaves the last good one where it is, and says why.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from math import inf
from threading import Condition, Thread
from time import monotonic, sleep
from typing import TypeVar

from digest.disk import explain
from digest.errors import DigestError, IssueError, ThinError
from digest.pipeline.drafting import Drafted
from digest.pipeline.faces import Faces
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.putting import Putter, Standing
from digest.preview.news import News
from digest.preview.sighting import Beside
from digest.preview.watching import Watch
from digest.preview.workshop import Workshop

T = TypeVar("T")
Work = Callable[[Workshop], T]

_TICK = 0.25
"""Seconds between two looks at the disk: a change that has settled is seen within two of them."""

_AGAIN = 2.0
"""Seconds until a draft that has failed is tried again: what is in the way may be no file that is watched."""

_LAST = 5.0
"""Seconds that the last draft gets once the desk is told to end."""

_PAUSE = 0.02

_TRIES = 3
"""Drafts until one is of a version that stands still: a text editor saves once, a script may write on and on."""

_PATIENCE = 20.0
"""Seconds that whoever asks for the page waits for a draft: the first one may fetch pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What there is now: the newsroom, the last good draft (None: there was none yet), and what is known beside it.

    `last_build` is what stood in the issue's folder before the desk was opened, `last_issue` the issue before this one.
    """

    room: Newsroom
    drafted: Drafted | None = None
    beside: Beside
    last_build: Faces | None = None
    last_issue: Faces | None = None


class FaultError(DigestError):
    """A fault of Digest's own, which the terminal shows in full."""


@dataclass(frozen=True, slots=True)
class _Job:
    """Something to be done; `drafts`: the issue is another one then."""

    work: Work[None]
    drafts: bool


class Session:
    """The thread, and what it has made. All but `_run` and what it calls may be called from any thread."""

    def __init__(self, workshop: Workshop, news: News) -> None:
        self._workshop = workshop
        self._present = Present(room=workshop.room, beside=Beside(version="", stamp=""))
        self._news = news
        self._putter = Putter(workshop.folder, self._put)
        self._jobs: deque[_Job] = deque()
        self._moved = Condition()
        self._asked, self._reached = 1, 0  # changes so far, and those that the present draft has; the first is to begin
        self._unchecked = False
        self._ends = False
        self._again = inf  # when what has failed is tried again
        self._unread: DigestError | None = None  # why the newsroom that is drafted is not the one on the disk
        self._thread = Thread(target=self._run, name="desk", daemon=True)

    @property
    def now(self) -> Present:
        """Return what there is at this moment."""
        present, standing = self._present, self._putter.standing
        built = present.drafted is not None and standing.record is not None and not standing.waiting
        trouble = present.beside.trouble or _unless_refused(standing.trouble)
        return replace(present, beside=replace(present.beside, built=built, trouble=trouble))

    @property
    def drafted(self) -> Drafted:
        """Return the last good draft.

        Raises:
            IssueError: there was none yet.

        """
        present = self._present
        if present.drafted is None:
            said = present.beside.trouble
            hint = str(said) if said else "a moment later there is"
            raise IssueError("there is no draft yet", where=present.room.newsletter.name, hint=hint)
        return present.drafted

    def settled(self) -> Present:
        """Return what there is once all that was decided so far is drafted; after a while, whatever there is."""
        with self._moved:
            wanted = self._asked
            self._moved.wait_for(lambda: self._reached >= wanted, _PATIENCE)
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
        standing = self._putter.close()
        return replace(standing, waiting=True) if self._thread.is_alive() else standing

    def built(self) -> Present:
        """Return what there is once the last draft stands in the issue's folder; after a while, whatever there is."""
        until = monotonic() + _PATIENCE
        while self._putter.standing.waiting and not self._putter.standing.trouble and monotonic() < until:
            sleep(_PAUSE)
        return self.now

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
        watch = Watch(self._workshop.room, self._workshop.folder)
        self._safely(self._look_back)
        self._draft(1)
        while True:
            jobs, asked, ends = self._taken()
            for job in jobs:
                job.work(self._workshop)
            changed = frozenset() if ends else watch.changed()
            if "newsroom" in changed:
                self._open_again()
            if changed or monotonic() > self._again or any(job.drafts for job in jobs):
                self._draft(asked)
            elif jobs or self._unchecked:
                self._safely(self._check)
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
        """Make the issue and tell. It is checked when nothing is asked: that takes longer, and the frame is waiting."""
        self._unchecked |= self._safely(lambda: self._make(self._present))
        with self._moved:
            self._reached = asked
            self._moved.notify_all()

    def _open_again(self) -> None:
        """Read the newsroom anew; where that fails the last one goes on, and it is told until it is mended."""
        try:
            self._workshop.open_again()
            self._unread = None
        except DigestError as error:
            self._unread = error

    def _look_back(self) -> None:
        """Look at what stands there before the first draft is put in its place."""
        workshop = self._workshop
        last_build, last_issue = workshop.last_build(), workshop.last_issue()
        self._present = replace(self._present, last_build=last_build, last_issue=last_issue)

    def _make(self, before: Present) -> None:
        """Put a new draft in place of the last one, and tell if anything is another than `before`.

        The version and the draft that was made of it are replaced together: who sees the one sees the other. Only where
        no draft can be made the version goes on without, so that what is in the way can be decided.
        """
        workshop = self._workshop
        known, drafted = self._made_of(before)
        self._again = inf
        approval = workshop.approval(drafted)
        told = replace(known, approval=approval, state=workshop.state(approval))
        beside = replace(told, stamp=workshop.stamp(drafted), trouble=self._unread)
        if before.drafted is None or before.drafted.issue != drafted.issue:
            self._putter.want(drafted)  # first: what is shown from here on is not built, or is
        self._present = replace(before, room=workshop.room, drafted=drafted, beside=beside)
        old = before.beside
        if (
            str(old.trouble) != str(self._unread)
            or old.version != beside.version
            or _seen(before.drafted) != _seen(drafted)
        ):
            self._news.tell("changed", beside.version)

    def _made_of(self, before: Present) -> tuple[Beside, Drafted]:
        """Return the version of edits.toml, and the draft that was made of it: somebody may write in between."""
        tries = 0
        while True:
            history = self._workshop.history()
            known = replace(before.beside, version=history.version, history=history)
            try:
                drafted = self._workshop.draft()
            except Exception:
                self._present = replace(before, beside=known)
                raise
            tries += 1
            if drafted.brief.edits == history.edits or tries == _TRIES:
                return known, drafted

    def _check(self) -> None:
        """Check the draft, and tell where that says something new."""
        self._unchecked = False
        present = self._present
        if present.drafted is None:
            return
        workshop, drafted = self._workshop, present.drafted
        approval = workshop.approval(drafted)
        told = workshop.state(approval)
        beside = replace(present.beside, state=told, approval=approval, checks=workshop.checks(drafted))
        if beside != present.beside:
            self._present = replace(present, beside=beside)
            self._news.tell("changed", beside.version)

    def _safely(self, work: Callable[[], None]) -> bool:
        """Do a part of the work; what goes wrong is told, and ends nothing. Tell whether it went well."""
        try:
            work()
        except DigestError as error:
            self._fail(error)
        except OSError as error:
            self._fail(explain(error, self._workshop.folder.path, "the issue cannot be drafted"))
        except Exception as error:  # noqa: BLE001 - a fault of ours, which must not end the desk of an editor at work
            if not isinstance(self._present.beside.trouble, FaultError):  # each retry would say it again
                self._workshop.complain(error)
            hint = "what you decide is kept; the terminal shows more, which belongs into a report of the fault"
            self._fail(FaultError(f"Digest has a fault: {type(error).__name__}: {error}", hint=hint))
        else:
            return True
        return False

    def _put(self, standing: Standing) -> None:
        """Tell how the folder stands to the newest draft."""
        if not standing.waiting or standing.trouble:
            self._news.tell("problem" if standing.trouble else "built", self._present.beside.version)

    def _fail(self, trouble: DigestError) -> None:
        """Show why there is no newer draft; a moment later it is tried again."""
        self._again = monotonic() + _AGAIN
        before = self._present.beside
        self._present = replace(self._present, beside=replace(before, trouble=trouble))
        if str(before.trouble) != str(trouble):
            self._news.tell("problem", before.version)


def _seen(drafted: Drafted | None) -> object:
    """Return what of a draft is shown; the rest is how it came about, with the time of day in it."""
    return drafted and (drafted.issue, drafted.findings, drafted.conflicts, str(drafted.refused))


def _unless_refused(trouble: DigestError | None) -> DigestError | None:
    """Return why the issue's folder cannot be written; a draft says by itself where a build would refuse it."""
    if trouble is None or isinstance(trouble, ThinError):
        return None
    hint = f"{trouble.hint}; it is tried again" if trouble.hint else "it is tried again"
    return DigestError(f"the issue's folder is not up to date: {trouble.message}", where=trouble.where, hint=hint)
