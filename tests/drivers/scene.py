"""A small newsroom for tests that kill Digest: a few Markdown stories, one issue, an editor's words and a ledger."""

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from digest.archive import open_archive
from digest.issues.folder import EDITS, LEDGER, RECORD
from digest.issues.record import read_record
from digest.model.article import Article
from drivers.faults import Killer, Point

WEEK = "2024-W43"
PLACES = ("harbour", "orchard", "viaduct", "cinema", "brewery", "lighthouse")


def story(number: int, *, changed: bool = False) -> str:
    """Return a Markdown file; no two stories share a run of five words that would make them twins."""
    place = PLACES[number]
    body = " ".join(
        f"In year {number}{year} the {place} had {year * 7 + number} visitors, {place} keeper {number}{year} reports."
        for year in range(1, 8)
    )
    return (
        f"---\ntitle: The {place} opens again\nurl: https://gazette.example/{place}\n"
        f"date: 2024-10-{21 + number % 4} 09:0{number}\nsection: Town\nauthor: Mira Holt\n---\n\n"
        f"{body}{' The keeper has since resigned.' if changed else ''}\n"
    )


@dataclass(frozen=True)
class Scene:
    """A newsroom folder that is copied for every trial, and the command that is killed in the copy."""

    base: Path
    command: tuple[str, ...]
    killer: Killer

    def trial(self) -> "Trial":
        """Return a fresh copy, always in the same place: the command's calls then stay the same ones."""
        folder = self.base.with_name("trial")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.base, folder)
        return Trial(folder, self.killer)

    def points(self) -> list[Point]:
        """Return every call of the command that touches the newsroom."""
        return self.killer.points(self.trial().folder, *self.command)

    def finished(self) -> "Trial":
        """Return a copy in which the command ran to its end."""
        trial = self.trial()
        trial.digest(*self.command)
        return trial

    def killed_at(self, point: Point) -> "Trial":
        """Return a copy in which the command was killed on entering `point`."""
        trial = self.trial()
        self.killer.kill_at(point, trial.folder, *self.command)
        return trial

    def killed_at_random(self, kills: int) -> Iterator["Trial"]:
        """Yield copies in which the command was killed at some moment after it had begun to write."""
        seconds = self.killer.seconds_of_writing(self.trial().folder, *self.command)
        moments = random.Random(43)  # noqa: S311 - moments, not secrets
        for _ in range(kills):
            trial = self.trial()
            self.killer.kill_after(moments.uniform(0, seconds), trial.folder, *self.command)
            yield trial


@dataclass(frozen=True)
class Trial:
    """One copy of the newsroom."""

    folder: Path
    killer: Killer

    @property
    def issue(self) -> Path:
        """The folder of the issue."""
        return self.folder / "issues" / WEEK

    def digest(self, *arguments: str) -> None:
        """Run a command of Digest that must succeed."""
        self.killer.must(self.folder, *arguments)

    def articles(self) -> tuple[Article, ...]:
        """Return all that the archive holds, apart from when it was read."""
        archive = open_archive(self.folder / "articles.db")
        try:
            found = archive.window(datetime(1990, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC))
            return tuple(replace(each, first_seen=datetime(2024, 1, 1, tzinfo=UTC)) for each in found)
        finally:
            archive.close()

    def built(self) -> dict[str, str]:
        """Return the hashes of the issue's files as they are; nothing where there is no issue.

        The record must name what is there: each file with the hash that it has.
        """
        if not (self.issue / RECORD).exists():
            return {}
        record = read_record((self.issue / RECORD).read_bytes(), RECORD)
        found = {
            path.relative_to(self.issue).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in self.issue.rglob("*")
            if path.is_file() and path.name not in {EDITS, LEDGER} and not path.name.startswith(".")
        }
        assert {file.name: file.sha256 for file in record.files} == {
            name: value for name, value in found.items() if name != RECORD
        }
        return found

    def editors(self) -> dict[str, bytes]:
        """Return what only people and hand-overs may change."""
        return {name: (self.issue / name).read_bytes() for name in (EDITS, LEDGER) if (self.issue / name).exists()}

    def left_over(self) -> list[str]:
        """Return the traces of an unfinished build."""
        return sorted(path.name for path in self.issue.glob(".next*"))


def newsroom(parent: Path, killer: Killer, numbers: Sequence[int]) -> Path:
    """Make a newsroom with all stories in `texts/` and those of `numbers` in the archive."""
    killer.must(parent, "init", "base")
    base = parent / "base"
    (base / "texts").mkdir()
    for number in range(len(PLACES)):
        (base / "texts" / f"{number}.md").write_text(story(number))
    killer.must(base, "ingest", *(f"texts/{number}.md" for number in numbers))
    return base
