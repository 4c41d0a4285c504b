"""All issues of a magazine: which there are, and what earlier ones sent, held and dropped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.handover import sent_issue
from digest.handover.earlier import earlier
from digest.issues.edits import read_edits
from digest.issues.folder import EDITS, LEDGER, RECORD, IssueFolder
from digest.issues.ledger import read_events, read_lines
from digest.model.earlier import EarlierEvent, EarlierStory
from digest.model.edits import Standing
from digest.model.selection import SentIssue
from digest.model.window import Window

EARLIER = "earlier.jsonl"
"""What newsletters of another tool carried; it stands beside the issues' folders."""

_STORY = re.compile(rb"^\s*(\[\[\s*)?[\"']?story\b", re.MULTILINE)
_CORRECTED = b'"event":"corrected"'
"""How the ledger writes it (`digest.wire`): keys sorted, no space."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of one newsletter's issues."""

    path: Path

    def issue(self, label: str) -> IssueFolder:
        """Return the folder of the issue called `label`; it need not exist."""
        return IssueFolder(self.path / label)

    def folders(self) -> tuple[IssueFolder, ...]:
        """Return every issue's folder, by label. Other newsletters' folders begin with a letter."""
        if not self.path.is_dir():
            return ()
        paths = sorted(path for path in self.path.iterdir() if path.name[0].isdigit() and path.is_dir())
        return tuple(IssueFolder(path) for path in paths)

    def sent(self) -> tuple[SentIssue, ...]:
        """Return what was sent, by the end of its window: the ledgers alone are asked."""
        found = (sent_issue(folder.label, read_events(folder.path / LEDGER)) for folder in self.folders())
        return tuple(sorted((issue for issue in found if issue), key=lambda issue: (issue.end, issue.start)))

    def earlier(self) -> tuple[EarlierStory, ...]:
        """Return what newsletters of another tool carried: stories that readers have had, and no issues of ours."""
        return earlier(read_lines(self.path / EARLIER, EarlierEvent))

    def corrected(self) -> tuple[str, ...]:
        """Return the labels of the issues whose ledgers tell of a correction, without reading every event of each."""
        return tuple(folder.label for folder in self.folders() if _CORRECTED in _bytes(folder.path / LEDGER))

    def standing(self, window: Window, since: datetime | None) -> tuple[Standing, ...]:
        """Return every decision of the editors of earlier issues, in the order of their windows.

        The same article may be named in several ways: which decisions are about one is for the selector to say. Only
        issues whose window ends after `since` are asked: what stood longer ago is no longer offered.
        """
        return tuple(
            Standing(article=edit.article, do=edit.do, label=folder.label)
            for folder in self._earlier(window, since)
            for edit in read_edits(folder.path / EDITS).stories
            if edit.do is not None
        )

    def _earlier(self, window: Window, since: datetime | None) -> Iterator[IssueFolder]:
        dated = []
        for folder in self.folders():
            if folder.label == window.label or not (folder.path / RECORD).exists():
                continue
            if _has_edits(folder.path / EDITS):
                other = folder.read().window
                if (other.end, other.start) < (window.end, window.start) and (since is None or other.end >= since):
                    dated.append((other.end, other.start, folder))
        for _, _, folder in sorted(dated, key=lambda row: row[:2]):
            yield folder


def _has_edits(path: Path) -> bool:
    """Tell whether the file holds more than comments, without reading TOML: there may be hundreds."""
    return _STORY.search(_bytes(path)) is not None


def _bytes(path: Path) -> bytes:
    """Return what a file holds; nothing where it is not there."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
