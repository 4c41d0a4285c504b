"""Noting: what an editor does to `edits.toml`, written down before it is carried out, so that no crash loses it.

The log goes first, then the file is replaced, then the log says that it was. Nothing is confirmed that is not on the
disk.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from digest.disk import explain
from digest.disk import replace as put
from digest.editing.undoing import carried_out, joined, version
from digest.errors import IssueError
from digest.issues.edits_log import Log, add_deed, keep, read_log, rewrite, size_of
from digest.issues.folder import EDITS, IssueFolder
from digest.model.deed import Deed

LOG = "edits.log"
"""The log's name in the issue's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What was done, the bytes that it has led to, and whether these may not stand in the file yet."""

    deeds: tuple[Deed, ...]
    content: bytes
    pending: bool


class Notes:
    """One issue's edits and their log, on the disk. Whoever uses it lets nobody else write the log meanwhile."""

    def __init__(self, folder: IssueFolder) -> None:
        self.path = folder.path / EDITS
        self._log_path = folder.path / LOG
        self._past: Past | None = None
        self._size = 0

    @property
    def past(self) -> Past:
        """Return what was done so far. It is read once: from then on this is the only one who writes it.

        Raises:
            IssueError: the log has a fault.
            DiskError: it cannot be read.

        """
        if self._past is None:
            log = read_log(self._log_path)
            content = b""
            for number, deed in enumerate(log.deeds, 1):
                if version(content) != deed.before:
                    hint = f"move {LOG} away: edits.toml is whole without it; what was done cannot be undone then"
                    where = str(self._log_path)
                    raise IssueError(f"deed {number} does not follow the one before", where=where, hint=hint)
                content = carried_out(content, deed)
            self._past = Past(deeds=log.deeds, content=content, pending=log.pending)
            self._size = size_of(self._log_path)
        return self._past

    def write(self, deed: Deed, at: datetime, new: bytes, *, is_there: bool = False) -> bool:
        """Write a deed down, then carry it out: from the bytes that the last one left to `new`.

        Return whether it is: a text editor may save until the last moment. With `is_there` the file has them already.

        Raises:
            DiskError: the log or the file cannot be written.

        """
        past = self.past
        done = replace(joined(deed, past.content, new), at=at)
        self._note(lambda: add_deed(self._log_path, done))
        self._past = Past(deeds=(*past.deeds, done), content=new, pending=True)
        if not is_there:
            return self.carry_out(past.content, new)
        self.keep()
        return True

    def carry_out(self, old: bytes, new: bytes) -> bool:
        """Put `new` in place of `old` in the file; tell whether that is what stood there until then."""
        try:
            is_put = put(self.path, new, may=lambda: self.read() == old)
        except OSError as error:
            raise explain(error, self.path, "the edits cannot be written") from error
        if is_put:
            self.keep()
        return is_put

    def keep(self) -> None:
        """Note in the log that the file is what the deeds have led to."""
        past = self.past
        self._note(lambda: keep(self._log_path, version(past.content)))
        self._past = replace(past, pending=False)

    def _note(self, add: Callable[[], None]) -> None:
        """Add to the log. Where it is not as this desk left it (`git clean`, a full disk), it is made whole first."""
        past = self.past
        if size_of(self._log_path) != self._size:
            rewrite(self._log_path, Log(deeds=past.deeds, pending=past.pending))
        add()
        self._size = size_of(self._log_path)

    def read(self) -> bytes:
        """Return the file's bytes as they are now; none where there is no file."""
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise explain(error, self.path, "the edits cannot be read") from error
