"""Putting drafts: the newest stands in the folder soon, a build at work is not disturbed, what fails is tried again."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

import pytest

from digest.errors import LockedError, ThinError
from digest.issues.folder import IssueFolder
from digest.issues.lock import locked
from digest.pipeline.build import build
from digest.pipeline.putting import QUIET, Putter, Standing
from drafting_room import NOW, OFFLINE, Studio, studio
from running import TOML, digest, files

SOON = 20.0
"""Seconds that a test waits for what comes within one: a machine may be busy."""


class Told(Queue[Standing]):
    """What a putter tells."""

    def until(self, wanted: object) -> Standing:
        """Return the first standing that is told of which `wanted(standing)` holds."""
        while True:
            try:
                standing = self.get(timeout=SOON)
            except Empty:
                pytest.fail("nothing more was told")
            if callable(wanted) and wanted(standing):
                return standing


@contextmanager
def putting(at_work: Studio) -> Iterator[tuple[Putter, Told]]:
    told = Told()
    putter = Putter(at_work.room.shelf.issue("2024-W43"), told.put)
    try:
        yield putter, told
    finally:
        putter.close()


def is_built(standing: Standing) -> bool:
    return not standing.waiting and standing.trouble is None


def headline(text: str) -> str:
    return f'[[story]]\narticle = "https://harbour.example/buoy"\nheadline = "{text}"\n'


def test_of_many_drafts_the_newest_stands_in_the_folder(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work, putting(at_work) as (putter, told):
        for text in ("One", "Two"):
            at_work.edit(headline(text))
            putter.want(at_work.drafter().draft(NOW))
        at_work.edit(headline("Three"))
        drafted = at_work.drafter().draft(NOW)
        putter.want(drafted)
        assert putter.standing.waiting
        assert told.until(is_built).record == drafted.issue
        assert drafted.files.items() <= files(at_work.edits.parent).items()
        assert IssueFolder(at_work.edits.parent).read() == drafted.issue


def test_a_draft_that_is_withheld_is_not_put_and_says_why_until_another_one_is_wanted(tmp_path: Path) -> None:
    why = LockedError("elsewhere")
    with studio(tmp_path) as at_work, putting(at_work) as (putter, told):
        drafted = at_work.drafter().draft(NOW)
        putter.want(drafted)
        putter.withhold(why)
        assert putter.standing == Standing(waiting=True, trouble=why)
        time.sleep(4 * QUIET)
        assert not (at_work.edits.parent / "issue.json").exists()
        putter.want(drafted)
        assert told.until(is_built).record == drafted.issue


def test_what_is_put_is_what_a_build_puts(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work:
        at_work.edit(headline("Mine"))
        with putting(at_work) as (putter, _):
            putter.want(at_work.drafter().draft(NOW))
        by_the_desk = files(at_work.edits.parent)
        build(at_work.room, at_work.archive, at_work.window, now=NOW, options=OFFLINE)
        assert files(at_work.edits.parent) == by_the_desk
        assert b"Mine" in by_the_desk["email.html"]


def test_closing_puts_what_is_still_to_be_put(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work, putting(at_work) as (putter, _):
        drafted = at_work.drafter().draft(NOW)
        putter.want(drafted)
        assert putter.close() == Standing(record=drafted.issue)
        assert IssueFolder(at_work.edits.parent).read() == drafted.issue


def test_a_build_at_work_is_waited_for(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work, putting(at_work) as (putter, told):
        drafted = at_work.drafter().draft(NOW)
        with locked(at_work.edits.parent):
            putter.want(drafted)
            trouble = told.until(lambda standing: standing.trouble).trouble
            assert isinstance(trouble, LockedError)
            assert "at work on this issue" in trouble.message
            assert not (at_work.edits.parent / "issue.json").exists()
        assert told.until(is_built).record == drafted.issue


def test_a_folder_that_cannot_be_written_is_told_of_and_tried_again(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work, putting(at_work) as (putter, told):
        drafted = at_work.drafter().draft(NOW)
        in_the_way = at_work.edits.parent
        in_the_way.parent.mkdir(exist_ok=True)
        in_the_way.write_text("a file in the way")
        putter.want(drafted)
        assert told.until(lambda standing: standing.trouble).waiting
        in_the_way.unlink()
        assert told.until(is_built).record is not None


def test_a_draft_that_a_build_refuses_is_not_put(tmp_path: Path) -> None:
    toml = TOML.replace("shortest = 10", "shortest = 10\nminimum = 4")
    with studio(tmp_path, toml) as at_work, putting(at_work) as (putter, told):
        whole = at_work.drafter().draft(NOW)
        putter.want(whole)
        assert told.until(is_built).record == whole.issue
        at_work.edit('[[story]]\narticle = "https://harbour.example/buoy"\ndo = "drop"\n')
        before = files(at_work.edits.parent)
        putter.want(at_work.drafter().draft(NOW))
        standing = putter.close()
        assert isinstance(standing.trouble, ThinError)
        assert (standing.waiting, standing.record) == (False, whole.issue)
        assert files(at_work.edits.parent) == before


def test_an_issue_that_was_sent_meanwhile_stays_as_it_is(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work, putting(at_work) as (putter, told):
        build(at_work.room, at_work.archive, at_work.window, now=NOW, options=OFFLINE)
        at_work.edit(headline("Too late"))
        late = at_work.drafter().draft(NOW)
        assert digest(tmp_path, "sent", "2024-W43").code == 0
        before = files(at_work.edits.parent)
        putter.want(late)
        assert isinstance(told.until(lambda standing: standing.trouble).trouble, LockedError)
        putter.want(at_work.drafter().draft(NOW))
        assert not putter.close().waiting
        assert files(at_work.edits.parent) == before


def test_a_file_that_stands_there_already_is_left_alone(tmp_path: Path) -> None:
    with studio(tmp_path) as at_work:
        build(at_work.room, at_work.archive, at_work.window, now=NOW, options=OFFLINE)
        text = at_work.edits.with_name("email.txt")
        kept = text.stat().st_ino
        page = at_work.edits.with_name("web.html")
        page.write_text("changed by hand")
        build(at_work.room, at_work.archive, at_work.window, now=NOW, options=OFFLINE)
        assert text.stat().st_ino == kept
        assert page.read_text() != "changed by hand"
