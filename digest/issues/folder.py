"""An issue's folder. A build is one commit: all its files are there, or none of them.

A build writes into `.next.tmp/`, forces it to the disk and renames it to `.next/`: this rename commits. The files are
then moved into place; whoever opens the issue next finishes a `.next/` that a crash left. The editor's `edits.toml`
and the ledger `delivery.jsonl` are never moved and never rewritten.
"""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from digest.disk import explain, make_folder, sync, write_all
from digest.disk import replace as replace_file
from digest.errors import IssueError, LockedError
from digest.issues.lock import locked
from digest.issues.record import read_record
from digest.model.issue import BuiltFile, Issue
from digest.wire import to_pretty_json

RECORD = "issue.json"
EDITS = "edits.toml"
LEDGER = "delivery.jsonl"
NEXT = ".next"
_BEGUN = ".next.tmp"


@dataclass(frozen=True, slots=True)
class IssueFolder:
    """The folder of one issue: `label` names it, `newsletter` is "" for the first one."""

    path: Path

    @property
    def label(self) -> str:
        """Return the issue's label, which is the folder's name."""
        return self.path.name

    @property
    def built(self) -> bool:
        """Tell whether there is an issue: in its place, or committed and not yet moved there."""
        return (self.path / RECORD).exists() or (self.path / NEXT).is_dir()

    def must_exist(self) -> None:
        """Refuse an issue that was never built.

        Raises:
            IssueError: there is none.

        """
        if not self.built:
            hint = "see what there is with: digest issues"
            raise IssueError("there is no such issue", where=str(self.path), hint=hint)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the issue's lock; what a crash left is finished first.

        Raises:
            LockedError: another command is at work on the issue.

        """
        with locked(self.path):
            self._finish()
            yield

    def finish(self) -> None:
        """Finish a build that was committed and not yet moved into place; drop one that was not committed.

        What belongs to a build that is at work now is left to it.

        Raises:
            LockedError: a build at work is moving its files into place.

        """
        if not any((self.path / name).is_dir() for name in (NEXT, _BEGUN)):
            return
        try:
            with self.exclusive():
                pass
        except LockedError:
            if (self.path / NEXT).is_dir():
                raise

    def _finish(self) -> None:
        try:
            if (self.path / _BEGUN).is_dir():
                shutil.rmtree(self.path / _BEGUN)
            if (self.path / NEXT).is_dir():
                self._move()
        except OSError as error:
            raise explain(error, self.path, "the build cannot be put in place") from error

    def write(self, issue: Issue, files: Mapping[str, bytes], beginnings: Mapping[str, bytes]) -> Issue:
        """Commit a build: `files` and the record, which names each of them with its hash; return that record.

        `beginnings` are files that belong to the editor: written once, before the commit, and never again. A file that
        stands there already, byte for byte, is left alone. The caller is in `exclusive`.
        """
        record = with_files(issue, files)
        try:
            for name in sorted(beginnings):
                if not (self.path / name).exists():
                    replace_file(self.path / name, beginnings[name])
            new = {name: content for name, content in files.items() if not self._stands(name, content)}
            self._commit({**new, RECORD: to_pretty_json(record)})
            self._move()
        except OSError as error:
            raise explain(error, self.path, "the issue cannot be written") from error
        return record

    def _stands(self, name: str, content: bytes) -> bool:
        """Tell whether a file is in its place: an editor changes a word, and a dozen pictures stay what they are."""
        try:
            return (self.path / name).read_bytes() == content
        except OSError:
            return False

    def amend(self, issue: Issue, changed: Mapping[str, bytes]) -> Issue:
        """Commit a changed record of the issue with those files that change with it; return the record.

        All other files that `issue`, the folder's present record, names stay as they are. The caller is in `exclusive`.
        """
        names = {file.name: file.sha256 for file in issue.files} | {name: _hash(changed[name]) for name in changed}
        record = replace(issue, files=tuple(BuiltFile(name=name, sha256=names[name]) for name in sorted(names)))
        try:
            self._commit({**changed, RECORD: to_pretty_json(record)})
            self._move()
        except OSError as error:
            raise explain(error, self.path, "the issue cannot be written") from error
        return record

    def _commit(self, files: Mapping[str, bytes]) -> None:
        """Write all of a build beside the issue; its last step, the rename, makes it count."""
        try:
            write_all(self.path / _BEGUN, files)
            (self.path / _BEGUN).rename(self.path / NEXT)
        except OSError:
            shutil.rmtree(self.path / _BEGUN, ignore_errors=True)  # half a build would keep a full disk full
            raise
        sync(self.path)

    def _move(self) -> None:
        """Move the files of `.next/` into place, the record last; before it goes what only the old record names.

        Each step can be done again, so that a crash between any two of them is finished by the next call.
        """
        following = self.path / NEXT
        if (following / RECORD).exists():
            new = {file.name for file in read_record((following / RECORD).read_bytes(), str(following)).files}
            for name in sorted(name for name in new if (following / name).exists()):
                make_folder((self.path / name).parent)
                (following / name).replace(self.path / name)
            for name in sorted(self._old_files() - new):
                (self.path / name).unlink(missing_ok=True)
            for folder in sorted({(self.path / name).parent for name in new} | {self.path}):
                sync(folder)
            (following / RECORD).replace(self.path / RECORD)
            sync(self.path)
        shutil.rmtree(following)
        sync(self.path)

    def _old_files(self) -> set[str]:
        """Return the files that the present record names; none where there is no record or it is damaged."""
        if not (self.path / RECORD).exists():
            return set()
        try:
            return {file.name for file in self.read().files}
        except IssueError:
            return set()

    def read(self) -> Issue:
        """Return the issue's record.

        Raises:
            IssueError: there is none, or it is damaged, or from a newer Digest.

        """
        self.must_exist()
        path = self.path / RECORD
        try:
            data = path.read_bytes()
        except OSError as error:
            raise explain(error, path, "the issue cannot be read") from error
        return read_record(data, str(path))

    def files(self, issue: Issue) -> dict[str, bytes]:
        """Return the bytes of every file that `issue`, the folder's record, names.

        Raises:
            IssueError: a file is missing, or not what was built.

        """
        return {file.name: self.built_file(file) for file in issue.files}

    def built_file(self, file: BuiltFile) -> bytes:
        """Return the bytes of a file that the folder's record names.

        Raises:
            IssueError: it is missing, or not what was built.

        """
        content = self.file(file.name)
        if _hash(content) != file.sha256:
            hint = "build the issue again; what you change by hand belongs into edits.toml or the theme"
            raise IssueError("is not what was built", where=str(self.path / file.name), hint=hint)
        return content

    def file(self, name: str) -> bytes:
        """Return the bytes of one of the issue's files, whatever they are."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError as error:
            hint = "digest build makes it again; a sent issue's comes from git or a backup"
            raise IssueError("is missing", where=str(self.path / name), hint=hint) from error
        except OSError as error:
            raise explain(error, self.path / name, "the issue's file cannot be read") from error


def with_files(issue: Issue, files: Mapping[str, bytes]) -> Issue:
    """Return the record of an issue that names `files`, each with its hash."""
    return replace(issue, files=tuple(named(name, files[name]) for name in sorted(files)))


def named(name: str, content: bytes) -> BuiltFile:
    """Return how a record names a file."""
    return BuiltFile(name=name, sha256=_hash(content))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
