"""The issue's lock: one command at a time changes an issue."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.disk import explain, make_folder
from digest.errors import LockedError


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the issue's lock: one command at a time changes it.

    Raises:
        LockedError: another command holds it; the message names its process.

    """
    path = folder / ".lock"
    try:
        make_folder(folder)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise explain(error, folder, "the issue cannot be locked") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.read(descriptor, 32).decode(errors="replace").strip() or "another process"
        os.close(descriptor)
        hint = "wait until it is done, then run this again"
        raise LockedError(
            f"digest is at work on this issue (process {holder})", where=str(folder), hint=hint
        ) from error
    try:
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)
