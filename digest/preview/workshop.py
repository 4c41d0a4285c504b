"""The workshop: all that one issue is made with, opened once, and opened again when the newsroom has changed.

Everything here is used by one thread, the session's: the archive's file is bound to the thread that has opened it.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from digest.archive import open_archive
from digest.check import Wanted, check
from digest.disk import explain
from digest.issues.folder import EDITS, IssueFolder
from digest.model.finding import Finding
from digest.model.ledger import State
from digest.model.window import Window
from digest.pipeline.checking import make_proof
from digest.pipeline.drafting import Drafted, Drafter
from digest.pipeline.freshness import stale, states
from digest.pipeline.handing import state_of
from digest.pipeline.knowing import Known
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.planning import Options
from digest.ports import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Which issue is worked at, and what the command line alone knows: the clock, and who is at the keyboard.

    `opens` reads the newsroom's configuration anew; `complain` tells of a fault of Digest's own.
    """

    opens: Callable[[], Newsroom]
    window: Window
    clock: Callable[[], datetime]
    who: str
    options: Options
    complain: Callable[[Exception], None]


class Workshop:
    """What the session's thread works with."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self.room = order.opens()
        self._archive: Archive | None = None
        self._drafter: Drafter | None = None

    @property
    def folder(self) -> IssueFolder:
        """Return the issue's folder."""
        return self.room.shelf.issue(self._order.window.label)

    def draft(self) -> Drafted:
        """Make the issue as a build would make it now.

        Raises:
            DigestError: whatever is wrong with the configuration, the theme, edits.toml, the archive.

        """
        return self._at_work().draft(self._order.clock())

    def _at_work(self) -> Drafter:
        """Return the drafter; it is made, and the archive opened, when it is first asked for."""
        if self._archive is None:
            self._archive = open_archive(self.room.archive_path)
        if self._drafter is None:
            window = replace(self._order.window, words=self.room.speller.window(self._order.window))
            self._drafter = Drafter(self.room, self._archive, window, self._order.options)
        return self._drafter

    def stamp(self, drafted: Drafted) -> str:
        """Return what names a draft: another one that would look the same has the same."""
        named = "".join(file.sha256 for file in drafted.issue.files)
        return hashlib.sha256(named.encode()).hexdigest()[:16]

    def checks(self, drafted: Drafted) -> tuple[Finding, ...]:
        """Return what `digest check` would say of a draft."""
        known = Known(stale=self._stale(drafted), conflicts=drafted.conflicts)
        proof = make_proof(self.room, drafted.issue, drafted.rendered, known)
        table = self.room.config.check
        return check(proof, Wanted(select=table.select, ignore=table.ignore))

    def _stale(self, drafted: Drafted) -> tuple[Finding, ...]:
        if self._archive is None:
            return ()
        now = self._order.clock()
        return stale(self.room, states(self.room, self._archive), min(drafted.issue.window.end, now), now)

    def state(self) -> State:
        """Return what the issue's ledger tells."""
        return state_of(self.folder)

    def complain(self, error: Exception) -> None:
        """Tell of a fault of Digest's own."""
        self._order.complain(error)

    def version(self) -> str:
        """Return what names the present state of edits.toml."""
        path = self.folder.path / EDITS
        try:
            return hashlib.sha256(path.read_bytes()).hexdigest()
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise explain(error, path, "cannot be read") from error

    def open_again(self) -> None:
        """Take in what has changed in the newsroom itself: its configuration, its themes.

        Raises:
            ConfigError: digest.toml cannot be used; what was read before stays.

        """
        self.room = self._order.opens()
        self._drafter = None

    def close(self) -> None:
        """Close the archive."""
        if self._archive is not None:
            self._archive.close()
