"""What an editor sees an issue beside: the issue before it, and what stands in its own folder."""

from collections.abc import Iterator
from dataclasses import dataclass

from digest.errors import DigestError, IssueError
from digest.issues.folder import RECORD, IssueFolder
from digest.model.window import Window
from digest.pipeline.faces import Faces, faces_of
from digest.pipeline.handing import terms
from digest.pipeline.newsroom import Newsroom
from digest.wire import WireError, from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    """What is read of an earlier issue's record: a tenth of it, in a tenth of the time. There may be hundreds."""

    window: Window


def last_issue(room: Newsroom, window: Window) -> Faces | None:
    """Return the newsletter's issue whose window ended last before this one's, sent or not; None where there is none.

    One whose files are not whole, or that a newer Digest wrote, is passed over: it is only looked at here, and every
    command that works with it says so.
    """
    earlier = [each for each in _dated(room) if _order(each[0]) < _order(window) and each[0].label != window.label]
    newest_first = sorted(earlier, key=lambda each: _order(each[0]), reverse=True)
    return next((faces for _, folder in newest_first if (faces := built(room, folder)) is not None), None)


def built(room: Newsroom, folder: IssueFolder) -> Faces | None:
    """Return what stands in an issue's folder; None where nothing was built there, or it is not whole."""
    try:
        return faces_of(folder, terms(room, folder.label, "none"))
    except DigestError:
        return None


def _dated(room: Newsroom) -> Iterator[tuple[Window, IssueFolder]]:
    """Yield every issue that was built, with its window."""
    for folder in room.shelf.folders():
        if (folder.path / RECORD).is_file():
            try:
                yield from_json(folder.file(RECORD), _Dated).window, folder
            except (IssueError, WireError):
                continue


def _order(window: Window) -> tuple[object, object]:
    return window.end, window.start
