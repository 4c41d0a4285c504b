"""Frozen: an issue rendered again from its record alone."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from digest import __version__
from digest.disk import explain, make_folder, replace
from digest.errors import IssueError
from digest.handover import locked as is_locked
from digest.issues.folder import LEDGER, IssueFolder
from digest.issues.ledger import read_events
from digest.model.issue import Issue
from digest.model.message import Rendered
from digest.model.names import COPY
from digest.pipeline.newsroom import Newsroom
from digest.render import render


@dataclass(frozen=True, slots=True, kw_only=True)
class Thawed:
    """What a record gave: `differences` says in words where theme, version or bytes are not those of the record."""

    issue: Issue
    rendered: Rendered
    written: Path
    differences: tuple[str, ...]


def rebuild(room: Newsroom, folder: IssueFolder, out: Path | None) -> Thawed:
    """Render `folder`'s record again, into `out` or, where nothing differs, over the very same bytes.

    The files of a locked issue are compared and never written.

    Raises:
        IssueError: something differs and no `out` was given; nothing was written.

    """
    folder.must_exist()
    with folder.exclusive():
        issue = folder.read()
        theme = room.theme(issue.theme.name)
        rendered = render(issue, theme, room.compiled)
        files = {"email.html": rendered.html, "email.txt": rendered.text, "web.html": rendered.web}
        differences = (*origins(issue, theme.sha256), *_bytes(issue, files))
        if differences and out is None:
            hint = "write it beside the issue to compare: --out DIR"
            raise IssueError("would differ: " + "; ".join(differences), where=str(folder.path), hint=hint)
        if out is None and is_locked(read_events(folder.path / LEDGER)):
            folder.files(issue)
        else:
            pictures = _pictures(folder, issue) if out else {}
            _write(out or folder.path, {name: text.encode() for name, text in files.items()} | pictures)
    return Thawed(issue=issue, rendered=rendered, written=out or folder.path, differences=differences)


def _pictures(folder: IssueFolder, issue: Issue) -> dict[str, bytes]:
    """Return the copies of pictures that the record names: they are kept, and never made from a record.

    Raises:
        IssueError: one of them is missing, or not what was built.

    """
    return {file.name: folder.built_file(file) for file in issue.files if COPY.fullmatch(file.name)}


def _write(target: Path, files: dict[str, bytes]) -> None:
    try:
        make_folder(target)
        for name, content in files.items():
            make_folder((target / name).parent)
            replace(target / name, content)
    except OSError as error:
        raise explain(error, target, "the rendered issue cannot be written") from error


def origins(issue: Issue, theme: str, instead: str = "") -> tuple[str, ...]:
    """Say in words where the theme (by its SHA-256) or Digest's version are not those that the issue was made with.

    `instead` says why it is another theme, where it is.
    """
    found = [instead] if instead else []
    if not instead and issue.theme.sha256 != theme:
        was, now = issue.theme.sha256[:12], theme[:12]
        found.append(f"the theme {issue.theme.name!r} has changed (then {was}, now {now})")
    if issue.digest != __version__:
        found.append(f"it was built by Digest {issue.digest}, this is {__version__}")
    return tuple(found)


def _bytes(issue: Issue, files: dict[str, str]) -> tuple[str, ...]:
    built = {file.name: file.sha256 for file in issue.files}
    names = [name for name in sorted(files) if built.get(name) != hashlib.sha256(files[name].encode()).hexdigest()]
    return (f"other bytes in {', '.join(names)}",) if names else ()
