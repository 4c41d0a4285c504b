"""The archive: every article ever seen."""

from pathlib import Path

from digest.archive.sqlite import SqliteArchive
from digest.ports import Archive


def open_archive(path: Path) -> Archive:
    """Open the archive at `path`; where there is no file yet, make one.

    Raises:
        ArchiveError: the file cannot be opened, is none of ours, or is from a newer Digest.

    """
    return SqliteArchive(path)
