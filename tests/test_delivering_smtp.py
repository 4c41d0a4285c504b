"""An issue goes by the magazine's own mail server, as an editor types it: to each reader once, whatever falls over."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from delivering import LABEL
from digest.config.secrets import Keys
from digest.errors import UnsentError
from digest.handover.steps import Wish
from digest.issues.folder import IssueFolder
from digest.issues.ledger import add_event
from digest.model.ledger import Event
from digest.pipeline.delivering import Delivered, Order, by_mail, carry_out, log
from digest.pipeline.delivering.opening import opened
from digest.pipeline.newsroom import open_newsroom
from digest.pipeline.waiving import Said
from mail_reading import by_policy
from mail_server import Post, serving
from running import TOML, Done, digest, newsroom

KEY = "a-key-of-32-digits-for-its-ledger"
ADA, BEN, CYD = (f"{name}@far.example" for name in ("ada", "ben", "cyd"))
LIST = "weekly@lists.harbour.example"
NOW = datetime(2024, 10, 25, 14, tzinfo=UTC)
TO_READERS = """\
recipients = "readers.txt"
recipients_key = "READERS_KEY"
unsubscribe_url = "https://harbour.example/leave?r={recipient}"
"""


def room_of(folder: Path, port: int, more: str) -> Path:
    """Make a newsroom with an approved issue, whose mail goes to a server on loopback."""
    mailer = '[mailer]\nservice = "smtp"\nsender_address = "post@harbour.example"\n'
    smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n{more}'
    newsroom(folder, f"{TOML}{mailer}{smtp}")
    (folder / "readers.txt").write_text(f"{ADA}\n{BEN}\n{CYD}\n", encoding="utf-8")
    for arguments in (("build", "--week", LABEL), ("approve", "--as", "Ann Roe")):
        done = digest(folder, *arguments)
        assert done.code == 0, done.err
    return folder


@pytest.fixture
def post() -> Iterator[tuple[Post, int]]:
    served = Post()
    with serving(served) as port:
        yield served, port


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READERS_KEY", KEY)


def deliver(folder: Path, *arguments: object) -> Done:
    done = digest(folder, "deliver", *arguments)
    assert KEY not in done.out + done.err
    return done


def events(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "issues" / LABEL / "delivery.jsonl").read_text(encoding="utf-8")
    assert "far.example" not in lines
    assert KEY not in lines
    return [event for line in lines.splitlines() if (event := json.loads(line))["event"] != "approved"]


def test_an_editor_tests_the_mail_and_sends_it_to_each_reader_once(post: tuple[Post, int], tmp_path: Path) -> None:
    served, port = post
    folder = room_of(tmp_path, port, TO_READERS)
    done = deliver(folder, "--to", "smtp")
    assert (done.code, "smtp has no way to" in done.err) == (1, True)
    assert digest(folder, "doctor").code == 0
    assert deliver(folder, "--send", "--yes").code == 4
    assert deliver(folder, "--test", "desk@harbour.example").code == 0
    done = deliver(folder, "--send", "--dry-run", "--json")
    assert [each["headers"]["To"] for each in done.data["requests"]] == [ADA, BEN, CYD]
    assert served.count() == {"desk@harbour.example": 1}
    done = deliver(folder, "--send", "--yes")
    assert (done.code, done.out) == (0, f"{LABEL} is sent at smtp\n3 accepted\n")
    done = deliver(folder, "--send", "--yes")
    assert (done.code, done.out.splitlines()[0]) == (0, f"{LABEL} is sent already at smtp")
    assert served.count() == {"desk@harbour.example": 1, ADA: 1, BEN: 1, CYD: 1}
    read = by_policy(served.taken[-1][1])
    assert read.headers["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    told = [event["event"] for event in events(folder)]
    assert told == ["tested", "sending", *["attempting", "accepted"] * 3, "sent"]
    assert digest(folder, "build", "--week", LABEL).code == 4
    assert digest(folder, "status").code == 0


def test_an_issue_goes_to_a_list_once_and_an_answer_that_does_not_come_is_a_persons_to_settle(
    post: tuple[Post, int], tmp_path: Path
) -> None:
    served, port = post
    served.answers[LIST] = ["hang up after"]
    folder = room_of(tmp_path, port, f'to = "{LIST}"\nunsubscribe_url = "https://lists.harbour.example/leave"\n')
    deliver(folder, "--test", "desk@harbour.example")
    assert deliver(folder, "--send", "--yes").code == 4
    assert deliver(folder, "--send", "--yes").code == 4
    assert deliver(folder, "--resolve", "sent").code == 0
    assert deliver(folder, "--send", "--yes").code == 0
    assert served.count() == {"desk@harbour.example": 1, LIST: 1}


class Fallen(BaseException):
    """What a kill is to a test."""


def by_hand(folder: Path, pause: Callable[[float], None] = lambda _: None) -> Delivered:
    """Send as the command does, without its questions, and without waiting."""
    room = open_newsroom(folder, keys=Keys({"READERS_KEY": KEY}))
    order = Order(wish=Wish(aim="send"), said=Said(by="Ann Roe", at=NOW))
    with opened(room, LABEL, "smtp", now=lambda: NOW) as mailer:
        issue = IssueFolder(folder / "issues" / LABEL)
        return carry_out(room, issue, replace(mailer, pause=pause), order)  # type: ignore[type-var]


def test_a_kill_at_every_line_of_the_ledger_and_the_same_again_gives_nobody_two_mails(
    post: tuple[Post, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served, port = post
    folder = room_of(tmp_path, port, TO_READERS)
    deliver(folder, "--test", "desk@harbour.example")
    ledger = folder / "issues" / LABEL / "delivery.jsonl"
    begun, write = ledger.read_bytes(), add_event
    kills = 0
    for moment in range(40):
        ledger.write_bytes(begun)
        served.taken.clear()
        steps = iter(range(40))

        def fall(path: Path, event: Event, moment: int = moment, steps: Iterator[int] = steps) -> None:
            if next(steps) == moment:
                raise Fallen
            write(path, event)
            if next(steps) == moment:
                raise Fallen

        monkeypatch.setattr(log, "add_event", fall)
        monkeypatch.setattr(by_mail, "add_event", fall)
        try:
            by_hand(folder)
        except Fallen:
            kills += 1
        else:
            break
        monkeypatch.setattr(log, "add_event", write)
        monkeypatch.setattr(by_mail, "add_event", write)
        done = by_hand(folder)
        assert done.stage == "sent"
        assert max(served.count().values()) == 1
        assert len(served.taken) >= 2
    assert kills == 16


def test_who_is_put_off_is_left_for_the_next_time_and_the_issue_stays_locked(
    post: tuple[Post, int], tmp_path: Path
) -> None:
    served, port = post
    folder = room_of(tmp_path, port, TO_READERS)
    deliver(folder, "--test", "desk@harbour.example")
    served.answers[BEN] = ["450 4.2.0 not now"] * 4
    assert by_hand(folder).stage == "sending"
    assert digest(folder, "build", "--week", LABEL).code == 4
    assert by_hand(folder).stage == "sent"
    assert served.count() == {"desk@harbour.example": 1, ADA: 1, BEN: 1, CYD: 1}


def test_a_server_that_is_not_there_leaves_the_issue_as_it_was(tmp_path: Path) -> None:
    served = Post()
    with serving(served) as port:
        folder = room_of(tmp_path, port, TO_READERS)
        deliver(folder, "--test", "desk@harbour.example")
    with pytest.raises(UnsentError, match="is not reached"):
        by_hand(folder)
    assert [event["event"] for event in events(folder)][-1] == "failed"
    with serving(served) as port:
        text = (folder / "digest.toml").read_text(encoding="utf-8")
        old = next(line for line in text.splitlines() if line.startswith("port"))
        (folder / "digest.toml").write_text(text.replace(old, f"port = {port}"), encoding="utf-8")
        deliver(folder, "--test", "desk@harbour.example")
        assert by_hand(folder).stage == "sent"
    assert served.count()[ADA] == 1
