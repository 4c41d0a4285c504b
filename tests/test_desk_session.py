"""The session's thread, whatever those who ask it do."""

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from desk_running import LABEL, sample
from digest.errors import UsageError
from digest.model.decision import Decision
from digest.pipeline.drafting import Drafted
from digest.pipeline.editing import Change
from digest.pipeline.handing import open_issue
from digest.pipeline.newsroom import open_newsroom
from digest.pipeline.planning import Options
from digest.preview.news import News
from digest.preview.premises import MovedError, Order
from digest.preview.session import Session
from digest.preview.watching import Watch
from digest.preview.workshop import Workshop
from running import TOML, files
from window_desk import Desk

NOW = datetime(2024, 10, 26, tzinfo=UTC)
NOTHING = Change(version="", before="", words="")


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("session"))


@contextmanager
def session(
    root: Path, complaints: list[Exception], clock: Callable[[], datetime] = lambda: NOW, newsletter: str = ""
) -> Iterator[Session]:
    """A session over the issue of the sample's week, not begun yet; it is closed behind the block."""
    folder = open_newsroom(root, newsletter).shelf.issue(LABEL)
    order = Order(
        opens=partial(open_newsroom, root, newsletter),
        window=open_issue(folder).window,
        clock=clock,
        who="Ann",
        options=Options(),
        complain=complaints.append,
    )
    made = Session(Workshop(order), News())
    try:
        yield made
    finally:
        made.close()


def test_who_asks_and_goes_away_stops_nobody_else(newsroom: Path) -> None:
    complaints: list[Exception] = []
    with session(newsroom, complaints) as running:
        gone = running.ask(lambda _: 1)
        assert gone.cancel()
        running.start()
        assert running.ask(lambda _: 2).result(20) == 2
        assert running.settled().drafted is not None
    assert complaints == []


def test_what_fails_is_told_to_who_has_asked_and_ends_nothing(newsroom: Path) -> None:
    def refuse(_: Workshop) -> int:
        raise UsageError("not like that")

    complaints: list[Exception] = []
    with session(newsroom, complaints) as running:
        running.start()
        with pytest.raises(UsageError, match="not like that"):
            running.ask(refuse).result(20)
        assert running.ask(lambda workshop: workshop.folder.label).result(20) == LABEL


def test_a_fault_of_our_own_is_shown_and_complained_of_once(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    complaints: list[Exception] = []
    with session(newsroom, complaints) as running:
        running.start()
        assert running.settled().drafted is not None
        with monkeypatch.context() as patched:
            patched.setattr(Workshop, "draft", lambda _: 1 / 0)
            for _ in range(3):
                running.decide(lambda _: NOTHING).result(20)
                running.settled()
            assert "Digest has a fault: ZeroDivisionError" in str(running.now.beside.trouble)
            assert running.now.drafted is not None  # the last good one
        running.decide(lambda _: NOTHING).result(20)
        assert running.settled().beside.trouble is None
    assert [type(error) for error in complaints] == [ZeroDivisionError]


def test_a_change_is_told_once_it_has_settled_and_a_folder_that_is_gone_ends_nothing(
    newsroom: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(newsroom, tmp_path / "copy"))
    room = open_newsroom(root)
    folder = room.shelf.issue(LABEL)
    watch = Watch(room, folder)
    assert watch.changed() == frozenset()
    (folder.path / "edits.toml").write_text("schema = 1\n")
    assert watch.changed() == frozenset()  # it may be written still
    assert watch.changed() == {"edits"}
    assert watch.changed() == frozenset()
    shutil.rmtree(root)
    assert watch.changed() == frozenset()
    assert watch.changed() >= {"newsroom", "edits", "archive"}


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something holds; it must within `seconds`."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it has not come to that"
        time.sleep(0.02)


def test_an_article_that_is_not_out_yet_comes_in_by_itself_once_it_is(tmp_path: Path) -> None:
    room, complaints = Desk(tmp_path), list[Exception]()
    room.story("tide", "2024-10-24 09:00")
    room.story("fog", "2024-10-25 11:30")
    room.story("rain", "2024-10-25 11:50")
    room.done("ingest", at="2024-10-25 11:55")  # by whoever else reads the sources: before, they are left alone
    room.done("build", "--week", LABEL, "--thin-ok", at="2024-10-25 11:00")
    drafts: list[str] = []

    def clock() -> datetime:
        return datetime.fromisoformat(room.now).replace(tzinfo=room.zone)

    with session(tmp_path, complaints, clock) as running, pytest.MonkeyPatch.context() as patched:
        drafting = Workshop.draft

        def draft(workshop: Workshop) -> Drafted:
            drafts.append(room.now)
            return drafting(workshop)

        patched.setattr(Workshop, "draft", draft)
        running.start()

        def titles() -> set[str]:
            return {entry.title.text.removeprefix("The story of ") for entry in running.drafted.issue.entries}

        assert running.settled().drafted is not None
        assert titles() == {"tide"}
        room.now = "2024-10-25 11:30"
        until(lambda: titles() == {"tide", "fog"})
        room.now = "2024-10-25 11:55"
        until(lambda: titles() == {"tide", "fog", "rain"})
        time.sleep(1)
        assert drafts.count("2024-10-25 11:55") == 1, "with nothing more to come nobody drafts"
    assert complaints == []


def test_an_issue_that_digest_toml_has_elsewhere_is_neither_read_nor_written_until_it_is_back(tmp_path: Path) -> None:
    daily = '[[newsletters]]\nname = "daily"\ntitle = "Harbour Daily"\nsince = "2024-09-27 12:00"\n'
    room = Desk(tmp_path)
    room.configure(TOML + daily)
    room.story("tide", "2024-10-24 09:00")
    for name in ("weekly", "daily"):
        room.done("-n", name, "build", "--week", LABEL, "--thin-ok", at="2024-10-26 11:00")
    edits = tmp_path / "issues/daily" / LABEL / "edits.toml"

    def decide(running: Session, text: str) -> Change:
        decision = Decision(act="issue", field="subject", text=text)
        seen = hashlib.sha256(edits.read_bytes()).hexdigest()
        return running.decide(lambda decisions: decisions.decide(decision, seen)).result(20)

    with session(tmp_path, [], newsletter="daily") as running:
        running.start()
        assert running.settled().drafted is not None
        decide(running, "Fog")
        until(lambda: running.now.beside.built and running.drafted.issue.subject.text == "Fog")
        room.configure(
            TOML.replace("[[newsletters]]\n", f"{daily}[[newsletters]]\n")
        )  # the first one has issues/ itself
        until(lambda: isinstance(running.now.beside.trouble, MovedError))
        assert "open it again" in str(running.now.beside.trouble)
        before = files(tmp_path / "issues")
        with pytest.raises(MovedError, match="writes nothing more"):
            decide(running, "Rain")
        with pytest.raises(MovedError):
            running.ask(lambda workshop: workshop.approve(running.drafted, "Ann")).result(20)
        (tmp_path / "issues" / LABEL / "delivery.jsonl").touch()
        time.sleep(2.5)  # a draft that has failed is tried again within two seconds
        assert files(tmp_path / "issues") == before | {f"{LABEL}/delivery.jsonl": b""}
        room.configure(TOML + daily)
        until(lambda: running.now.beside.trouble is None)
        decide(running, "Rain")
        until(lambda: running.now.beside.built and running.drafted.issue.subject.text == "Rain")
