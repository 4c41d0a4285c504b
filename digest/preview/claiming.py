"""Claiming: one desk an issue. Who comes second is told where the first one is.

The claim is a lock on `.desk` in the issue's folder, so that a desk that was killed claims nothing. The file says where
the desk is, with its token: nobody but its owner can read it.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import gethostname

from digest.disk import explain, make_folder
from digest.errors import LockedError
from digest.issues.folder import IssueFolder
from digest.wire import WireError, from_json, to_json

CLAIM = ".desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Where a desk is: the address to open, its process, on which machine, and whose it is."""

    url: str
    process: int
    machine: str
    who: str


class ClaimedError(LockedError):
    """Another desk has the issue. `claim` says where it is; None where it has not said so yet, or to others alone."""

    def __init__(self, message: str, *, where: str = "", hint: str = "", claim: Claim | None = None) -> None:
        super().__init__(message, where=where, hint=hint)
        self.claim = claim


@dataclass(frozen=True, slots=True)
class Hold:
    """An issue that this desk has."""

    file: int

    def say(self, url: str, who: str) -> None:
        """Say where the desk is."""
        claim = Claim(url=url, process=os.getpid(), machine=gethostname(), who=who)
        os.truncate(self.file, 0)
        os.pwrite(self.file, to_json(claim), 0)


@contextmanager
def claimed(folder: IssueFolder) -> Iterator[Hold]:
    """Claim an issue as long as the block lasts.

    Raises:
        ClaimedError: another desk has it.
        DiskError: the folder cannot be written to.

    """
    try:
        make_folder(folder.path)
        file = _locked(folder.path / CLAIM)
    except BlockingIOError as error:
        raise _taken(folder) from error
    except OSError as error:
        raise explain(error, folder.path / CLAIM, "no desk can be opened on this issue") from error
    try:
        yield Hold(file)
    finally:
        with suppress(OSError):  # another one may have taken the whole folder away
            (folder.path / CLAIM).unlink()
        os.close(file)


def desks(folders: Iterable[IssueFolder]) -> Iterator[tuple[str, Claim]]:
    """Yield the issues on which a desk is open, each with where it is."""
    for folder in folders:
        claim = _told(folder.path / CLAIM)
        if claim and _is_locked(folder.path / CLAIM):
            yield folder.label, claim


def _locked(path: Path) -> int:
    """Return the file at `path`, made where there is none, locked. One that is taken away meanwhile locks nothing."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists() and os.path.samestat(os.fstat(file), path.stat()):
                os.truncate(file, 0)  # what a desk that was killed has said
                return file
        except BaseException:
            os.close(file)
            raise
        os.close(file)


def _is_locked(path: Path) -> bool:
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def _taken(folder: IssueFolder) -> ClaimedError:
    claim, where = _told(folder.path / CLAIM), str(folder.path)
    if claim is None:
        hint = "it is just being opened: run this again"
        return ClaimedError("a desk is open on this issue", where=where, hint=hint)
    if claim.machine != gethostname():
        hint = "finish it there; two machines work together through git"
        message = f"a desk is open on this issue at {claim.machine}, by {claim.who}"
        return ClaimedError(message, where=where, hint=hint)
    message = f"a desk is open on this issue (process {claim.process})"
    return ClaimedError(message, where=where, hint=f"open {claim.url}", claim=claim)


def _told(path: Path) -> Claim | None:
    try:
        return from_json(path.read_bytes(), Claim)
    except (OSError, WireError):
        return None
