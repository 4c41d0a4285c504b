"""The pictures that an issue's folder already has, as its record tells: what is there is never made again."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from digest.errors import DiskError, IssueError, LockedError
from digest.issues.folder import IssueFolder
from digest.model.box import Box
from digest.model.issue import Issue, Picture
from digest.pictures import Recipe

FOLDER = "images/"
"""Where an issue keeps its copies; their names are made of hashes and figures alone."""

NOTHING = Box(width=0, height=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A picture by its address, and the copy that is wanted of it (None: none, the original is to be shown)."""

    source: str
    recipe: Recipe | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a wish: a copy (`file`, `content`), a measured original (`kind`), or a `problem`; `weight` in bytes.

    `kept` says why an earlier copy is shown and not what its source has now; `local` is the file of the newsroom's own
    folder that it was made from.
    """

    source_hash: str = ""
    file: str = ""
    kind: str = ""
    content: bytes = b""
    weight: int = 0
    size: Box = NOTHING
    problem: str = ""
    note: str = ""
    kept: str = ""
    local: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the record of the issue's folder knows of pictures; nothing where there is no record that can be read."""

    folder: IssueFolder
    record: Issue | None

    @classmethod
    def of(cls, folder: IssueFolder) -> Self:
        """Return what the folder's record knows, after finishing what a crash left.

        Raises:
            LockedError: another command is at work on the issue.

        """
        try:
            if folder.path.is_dir():
                folder.finish()
            return cls(folder, folder.read())
        except LockedError:
            raise
        except IssueError:
            return cls(folder, None)

    def granted(self, wish: Wish, source_hash: str = "") -> Outcome | None:
        """Return what an earlier build made for the same wish, where all of it is still there.

        `source_hash` is that of the source's bytes where they are at hand: then it must be the same.
        """
        for picture in self._of(wish.source):
            if source_hash in {"", picture.source_hash} and _serves(picture, wish.recipe):
                found = self._outcome(picture)
                if found:
                    return found
        return None

    def named(self, stem: str) -> Outcome | None:
        """Return the copy whose file is called `stem`, whatever its kind."""
        for picture in self._pictures():
            if picture.file and picture.file.removeprefix(FOLDER).rpartition(".")[0] == stem:
                return self._outcome(picture)
        return None

    def any_copy(self, wish: Wish) -> Outcome | None:
        """Return the copy that is wished for, else one that was made for another slot or by another recipe.

        Whoever wishes for none gets none: an original is shown from where it is, or not at all.
        """
        if wish.recipe is None:
            return None
        found = (self._outcome(picture) for picture in self._of(wish.source) if picture.file)
        return self.granted(wish) or next((each for each in found if each), None)

    def problem(self, source: str) -> str:
        """Return why the picture could not be had the last time; "" where that is not known."""
        return next((picture.problem for picture in self._of(source) if picture.problem), "")

    def _pictures(self) -> tuple[Picture, ...]:
        return self.record.pictures if self.record else ()

    def _of(self, source: str) -> Iterator[Picture]:
        return (picture for picture in self._pictures() if picture.source == source)

    def _outcome(self, picture: Picture) -> Outcome | None:
        """Return the outcome that the record tells, with the copy's bytes; None where they are not those it names."""
        content = b""
        if picture.file:
            hashes = {file.name: file.sha256 for file in self.record.files} if self.record else {}
            try:
                content = self.folder.file(picture.file)
            except (DiskError, IssueError):
                return None
            if hashlib.sha256(content).hexdigest() != hashes.get(picture.file):
                return None
        return Outcome(
            source_hash=picture.source_hash,
            file=picture.file,
            kind=picture.kind,
            content=content,
            weight=picture.weight,
            size=Box(width=picture.image.width, height=picture.image.height),
            note=picture.note,
        )


def stem_of(source_hash: str, recipe: Recipe) -> str:
    """Return what the file of a copy is called: it names the source's bytes and the way that the copy was made."""
    return f"{source_hash[:16]}-{recipe.name}"


def _serves(picture: Picture, recipe: Recipe | None) -> bool:
    """Tell whether a picture of the record is what a recipe would make, or a measured original where that is wanted."""
    if picture.problem or not picture.source_hash:
        return False
    if recipe is None:
        return not picture.file
    return picture.file.removeprefix(FOLDER).rpartition(".")[0] == stem_of(picture.source_hash, recipe)
