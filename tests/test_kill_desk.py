"""The desk is killed while an editor works: what it has confirmed is there, the file can be read, undo still works."""

import random
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from desk_acting import agrees
from desk_running import RunningDesk, copied, desk, sample
from digest.issues.edits import read_edits
from digest.issues.folder import IssueFolder
from digest.model.edits import Edits


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("desk"))


@dataclass
class Script:
    """An editor who writes one headline after the other, and now and then a subject, as fast as the desk answers.

    `confirmed` is the last text that the desk confirmed for each thing, `sent` is what it may have or not.
    """

    running: RunningDesk
    number: int
    rng: random.Random
    confirmed: dict[str, str] = field(default_factory=dict)
    sent: tuple[str, str] = ("", "")
    answers: int = 0

    def work(self) -> None:
        """Work until the desk is gone."""
        with suppress(OSError, HTTPException):
            state = self.running.state
            stories = [row["id"] for row in state["order"] if row["slot"] != "headline"][:6]
            version = state["version"]
            while True:
                self.number += 1
                what, text = self.rng.choice(["subject", *stories]), f"Text number {self.number}"
                self.sent = (what, text)
                answer = self.running.post("/do", {"seen": version, "decision": _decision(what, text)})
                assert answer.status == 200, answer.text
                version = answer.data["version"]
                self.confirmed[what] = text
                self.answers += 1


def _decision(what: str, text: str) -> dict[str, Any]:
    if what == "subject":
        return {"act": "issue", "field": "subject", "text": text}
    return {"act": "text", "story": what, "field": "headline", "text": text}


def said(edits: Edits) -> dict[str, str]:
    """Return the headlines and the subject that an edits.toml has."""
    texts = {edit.article: edit.headline for edit in edits.stories} | {"subject": edits.subject}
    return {what: text for what, text in texts.items() if text is not None}


def killed(room: Path, script_of: Any, rng: random.Random) -> Script:
    """Run a desk, let an editor work at it, kill it a moment after some answer; return what the editor knows."""
    answers, moment = rng.randint(0, 9), rng.uniform(0, 0.3)
    with desk(room) as running:
        script: Script = script_of(running)
        editor = Thread(target=script.work)
        editor.start()
        deadline = time.monotonic() + 60
        while script.answers < answers and editor.is_alive() and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(moment)
        running.process.send_signal(signal.SIGKILL)
        editor.join()
    return script


def holds(room: Path, known: dict[str, str], script: Script) -> None:
    """Check what a kill has left."""
    issue = room / "issues" / "2024-W43"
    found = said(read_edits(issue / "edits.toml"))
    what, text = script.sent
    assert found in (known, {**known, what: text}), "what was confirmed is there, and nothing else"
    folder = IssueFolder(issue)
    folder.finish()
    folder.files(folder.read())


def undone(room: Path) -> dict[str, str]:
    """Open a desk again, and see that its first undo takes back the last decision and its redo brings it again."""
    with desk(room) as running:
        file = running.issue / "edits.toml"
        state = agrees(running)
        now, texts = file.read_bytes(), said(read_edits(file))
        assert running.post("/undo", {"seen": state["version"]}).status == 200
        before = said(read_edits(file))
        assert len(set(texts.items()) ^ set(before.items())) in {1, 2}, "one text is another, or gone"
        assert running.post("/redo", {"seen": running.state["version"]}).status == 200
        assert file.read_bytes() == now
        agrees(running)
        return texts


@pytest.mark.parametrize("kills", [3, pytest.param(30, marks=pytest.mark.heavy)])
def test_what_the_desk_has_confirmed_outlives_it(newsroom: Path, tmp_path: Path, kills: int) -> None:
    room, rng = copied(newsroom, tmp_path), random.Random("the desk is killed")  # noqa: S311 - the same run each time
    first = (room / "issues" / "2024-W43" / "edits.toml").read_bytes()
    known: dict[str, str] = {}
    answers = 0
    for _ in range(kills):
        number = answers

        def script_of(running: RunningDesk, number: int = number, known: dict[str, str] = known) -> Script:
            return Script(running, 1000 * number, rng, dict(known))

        script = killed(room, script_of, rng)
        answers += script.answers
        holds(room, script.confirmed, script)
        if answers:
            known = undone(room)
    assert answers > kills
    with desk(room) as running:
        while running.post("/undo", {"seen": running.state["version"]}).status == 200:
            pass
        assert (running.issue / "edits.toml").read_bytes() == first
