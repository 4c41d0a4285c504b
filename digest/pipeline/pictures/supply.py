"""The supply: what came of each picture that was ever wished for, so that it is had once however often it is shown."""

from collections.abc import Collection, Iterable, Mapping

from digest.issues.folder import RECORD, IssueFolder
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.pictures.record import Known, Outcome, Wish
from digest.pipeline.pictures.sources import local_stand
from digest.pipeline.pictures.work import Having, Outcomes, had

_Stand = tuple[object, ...] | None


class Supply:
    """Has pictures for one issue: from memory, from the issue's folder, from the newsroom's own, from the web.

    What came from the web is not asked for again; a file of the newsroom's own folder is read again when it changes.
    """

    def __init__(self, room: Newsroom, folder: IssueFolder, having: Having) -> None:
        self._room, self._folder, self._having = room, folder, having
        self._had: dict[Wish, tuple[_Stand, Outcome]] = {}
        self._granted: dict[Wish, Outcome | None] = {}
        self._record: _Stand = None
        self.shown: Mapping[str, bool] = {}

    def remembered(self, wishes: Collection[Wish]) -> Outcomes | None:
        """Return what came of some wishes; None where one of them would have to be had."""
        stands = {wish: local_stand(self._room, wish.source) for wish in wishes}
        known = {wish: self._had[wish] for wish in wishes if wish in self._had}
        if len(known) < len(stands) or any(known[wish][0] != stand for wish, stand in stands.items()):
            return None
        return {wish: outcome for wish, (_, outcome) in known.items()}

    def had(self, wishes: Iterable[Wish]) -> Outcomes:
        """Return what comes of some wishes; what is not remembered is had now.

        Raises:
            LockedError: another command is at work on the issue.

        """
        stands = {wish: local_stand(self._room, wish.source) for wish in wishes}
        missing = [wish for wish, stand in stands.items() if wish not in self._had or self._had[wish][0] != stand]
        if missing:
            came = had(self._room, missing, Known.of(self._folder), self._having)
            self._had |= {wish: (stands[wish], came[wish]) for wish in missing}
        return {wish: self._had[wish][1] for wish in stands}

    def granted(self, wishes: Collection[Wish]) -> Outcomes:
        """Return what the issue's folder has of some wishes: nothing is fetched, and nothing is made."""
        if not wishes:
            return {}
        record = self._folder_stand()
        if record != self._record:
            self._granted, self._record = {}, record
        missing = [wish for wish in wishes if wish not in self._granted]
        if missing:
            known = Known.of(self._folder)
            self._granted |= {wish: known.granted(wish) for wish in missing}
        return {wish: outcome for wish in wishes if (outcome := self._granted[wish])}

    def _folder_stand(self) -> _Stand:
        try:
            found = (self._folder.path / RECORD).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
