"""What is shown: the newest draft of the issue, what is known beside it, and what is wrong.

A draft that fails leaves the last good one where it is, and says why. One thread makes and checks, the session's;
everybody else reads what there is.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from pathlib import Path
from time import monotonic, sleep

from digest.disk import explain
from digest.errors import DigestError, IssueError
from digest.pipeline.drafting import Drafted
from digest.pipeline.editing import EditsState
from digest.pipeline.faces import Faces
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.putting import Putter, Standing
from digest.preview.news import News
from digest.preview.premises import MovedError
from digest.preview.sighting import Beside, unless_refused
from digest.preview.watching import local_pictures, next_out
from digest.preview.workshop import Workshop

PATIENCE = 20.0
"""Seconds that whoever asks for the page waits for a draft: the first one may fetch pictures."""

_AGAIN = 2.0
"""Seconds until a draft that has failed is tried again: what is in the way may be no file that is watched."""

_PAUSE = 0.02

_TRIES = 3
"""Drafts until one is of a version that stands still: a text editor saves once, a script may write on and on."""


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


class Showing:
    """What there is, and how it is made. What is made is replaced as a whole: any thread may read it.

    `due` tells whether it is time for another draft though nobody has changed anything, `unchecked` whether the present
    one is yet to be checked.
    """

    def __init__(self, workshop: Workshop, news: News) -> None:
        self._workshop = workshop
        self._present = Present(room=workshop.room, beside=Beside(version="", stamp=""))
        self._news = news
        self._putter = Putter(workshop.folder, self._put)
        self._again = inf  # when what has failed is tried again
        self._out: datetime | None = None  # when the next article in reach that is not out yet will be
        self._unread: DigestError | None = None  # why the newsroom that is drafted is not the one on the disk
        self.unchecked = False

    @property
    def now(self) -> Present:
        """Return what there is at this moment."""
        present, standing = self._present, self._putter.standing
        built = present.drafted is not None and standing.record is not None and not standing.waiting
        trouble = present.beside.trouble or unless_refused(standing.trouble)
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

    def built(self) -> Present:
        """Return what there is once the last draft stands in the issue's folder; after a while, whatever there is."""
        until = monotonic() + PATIENCE
        while self._putter.standing.waiting and not self._putter.standing.trouble and monotonic() < until:
            sleep(_PAUSE)
        return self.now

    @property
    def due(self) -> bool:
        """Tell whether it is time to try again what has failed, or an article that was not out yet is now."""
        return monotonic() > self._again or (self._out is not None and self._workshop.clock() >= self._out)

    def pictures(self) -> tuple[Path, ...]:
        """Return where the newsroom's own folder may hold the pictures of the present draft."""
        drafted = self._present.drafted
        return local_pictures(self._workshop.room, drafted.issue) if drafted else ()

    def close(self) -> Standing:
        """Finish putting the last draft into the issue's folder; return how the folder stands then."""
        return self._putter.close()

    def look_back(self) -> None:
        """Look at what stands in the folder before the first draft is put in its place."""
        self._safely(self._look_back)

    def draft(self) -> None:
        """Make the issue and tell. It is to be checked later: that takes longer, and the frame is waiting."""
        self._out = None  # where this one fails it is tried again anyway
        self.unchecked |= self._safely(lambda: self._make(self._present))

    def check(self) -> None:
        """Check the draft, and tell where that says something new."""
        self._safely(self._check)

    @property
    def overtaken(self) -> bool:
        """Tell whether somebody else has put another issue into the folder than the draft that was put there."""
        drafted = self._present.drafted
        return drafted is not None and not self._putter.standing.waiting and not self._workshop.holds(drafted)

    def put_again(self) -> None:
        """Put the draft into the folder once more where another one stands there."""
        if self._present.drafted and self.overtaken and not isinstance(self._unread, MovedError):
            self._putter.want(self._present.drafted)

    def open_again(self) -> None:
        """Read the newsroom anew; where that fails the last one goes on, and it is told until it is mended."""
        was_elsewhere = isinstance(self._unread, MovedError)
        try:
            self._workshop.open_again()
            self._unread = None
        except DigestError as error:
            self._unread = error
        if isinstance(self._unread, MovedError):
            self._putter.withhold(self._unread)
        elif was_elsewhere and self._present.drafted:
            self._putter.want(self._present.drafted)

    def _look_back(self) -> None:
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
        self._again, self._out = inf, next_out(drafted.selection)
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
        tries, history = 0, self._workshop.decisions.history()
        while True:
            try:
                drafted = self._workshop.draft()
            except Exception:
                self._present = replace(before, beside=_known(before, history))
                raise
            tries += 1
            if drafted.brief.edits != history.edits:
                history = self._workshop.decisions.history()
            if drafted.brief.edits == history.edits or tries == _TRIES:
                return _known(before, history), drafted

    def _check(self) -> None:
        self.unchecked = False
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


def _known(before: Present, history: EditsState) -> Beside:
    return replace(before.beside, version=history.version, history=history)


def _seen(drafted: Drafted | None) -> object:
    """Return what of a draft is shown; the rest is how it came about, with the time of day in it."""
    return drafted and (drafted.issue, drafted.findings, drafted.conflicts, str(drafted.refused))
