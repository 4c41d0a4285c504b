"""What an editor can do at a desk, drawn at random and made to fit what the desk shows at that moment."""

import hashlib
import json
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from desk_running import Answer, RunningDesk
from digest.archive import open_archive
from digest.issues.edits import read_edits
from digest.issues.folder import IssueFolder
from digest.pipeline.drafting import Drafted, Drafter
from digest.pipeline.gather import find_window
from digest.pipeline.newsroom import open_newsroom
from digest.pipeline.planning import Options
from digest.window import Wanted
from digest.wire import to_json

LATER = datetime(2024, 11, 20, tzinfo=UTC)
"""When the sample's weeks are over: a draft of one of them looks at no clock then."""

_TEXTS = (
    "",
    "A text of my own",
    'It has “quotes”, a \\ and "more".',
    "Two sentences. The second one.",
    "潮の満ち引き",
    "# no comment",
)
_FIELDS = ("headline", "byline", "kicker", "dek", "lead", "credit", "image")
_LINK = {"url": "https://else.example/a", "title": "From elsewhere", "source": "The Other", "text": "A line about it."}

_at = st.integers(0, 40)
_text = st.sampled_from(_TEXTS)
DECIDED = st.one_of(
    st.tuples(st.just("place"), _at, _at, st.sampled_from(["behind", "first", "by date", "other section"])),
    st.tuples(st.just("do"), _at, st.sampled_from(["pin", "add", "drop", "hold", None]), st.booleans()),
    st.tuples(st.just("slot"), _at, st.sampled_from(["lead", "story", "brief", "headline", None])),
    st.tuples(st.just("text"), _at, st.sampled_from(_FIELDS), _text | st.none()),
    st.tuples(st.just("summary"), _at, st.sampled_from(["lead", "dek", "extract", None])),
    st.tuples(st.just("issue"), st.sampled_from(["subject", "preheader", "opening"]), _text | st.none()),
    st.tuples(st.just("link"), st.sampled_from(_TEXTS[1:])),
    st.tuples(st.just("promo"), st.sampled_from(_TEXTS[1:])),
    st.tuples(st.sampled_from(["unlink", "unpromo", "reset", "keep", "take"]), _at),
)
ACTION = st.one_of(
    DECIDED,
    DECIDED,
    DECIDED,
    st.tuples(st.sampled_from(["undo", "redo"])),
    st.tuples(st.just("behind"), DECIDED),
    st.tuples(st.just("outside"), _at, _text),
)
"""A decision; one taken back, or done again; one in sight of an old page; a change by a text editor."""


@dataclass
class Editor:
    """Somebody at a desk, who remembers which versions there were."""

    running: RunningDesk
    versions: list[str]

    def act(self, action: Sequence[Any], state: Any) -> Answer | None:
        """Do something in sight of `state`; None where another program did it, or there is nothing to do it to."""
        match action:
            case ("undo" | "redo" as path,):
                return self.running.post(f"/{path}", {"seen": state["version"]})
            case ("outside", at, text):
                self._outside(at, text)
                return None
            case ("behind", decided):
                decision, seen = decision_of(decided, state), self.versions[len(self.versions) // 2]
            case _:
                decision, seen = decision_of(action, state), state["version"]
        return self.running.post("/do", {"seen": seen, "decision": decision}) if decision else None

    def _outside(self, at: int, text: str) -> None:
        """Write into edits.toml as a text editor does."""
        path = self.running.issue / "edits.toml"
        line = f"# {at}: {text}\n" if at % 2 else f'\n[[link]]\nurl = "https://else.example/{at}"\ntitle = "By hand"\n'
        path.write_bytes(path.read_bytes() + line.encode())
        version = hashlib.sha256(path.read_bytes()).hexdigest()
        self.running.until(lambda state: state["version"] == version)

    def undo_all(self) -> int:
        """Take back everything; return how many steps that were."""
        steps = 0
        while self.running.post("/undo", {"seen": self.running.state["version"]}).status == 200:
            steps += 1
        return steps


def decision_of(decided: Sequence[Any], state: Any) -> dict[str, Any] | None:
    """Return a decision about what `state` shows; None where there is nothing to be decided about."""
    act, *rest = decided
    if act in {"issue", "link", "promo"}:
        return {"act": act, **_of_issue(act, rest)}
    if act in {"unlink", "unpromo"}:
        added = [entry["id"] for entry in entries(state) if entry["entry"] == act.removeprefix("un")]
        return {"act": act, "story": added[rest[0] % len(added)]} if added else None
    shown = [row for row in state["order"] if row["id"] in told(state)]
    out = [{"id": item["id"]} for item in state["issue"]["left_out"]]
    among = out if act == "do" and rest[2] and out else shown or out
    story = among[rest[0] % len(among)]["id"]
    return {"act": act, "story": story, **_of_story(act, rest[1:], shown, story)}


def _of_issue(act: str, rest: Sequence[Any]) -> dict[str, Any]:
    if act == "issue":
        return {"field": rest[0], "text": rest[1]}
    extra = _LINK if act == "link" else {"url": "https://else.example/ad", "text": "Who offers what."}
    return {**extra, "title": rest[0]}


def _of_story(act: str, rest: Sequence[Any], shown: list[Any], story: str) -> dict[str, Any]:
    if act == "place":
        return _placed(shown, story, rest[0], rest[1])
    if act == "text":
        return {"field": rest[0], "text": "none" if rest[0] == "image" and rest[1] else rest[1]}
    return {act: rest[0]} if act in {"do", "slot", "summary"} else {}


def _placed(shown: list[Any], story: str, other: int, how: str) -> dict[str, str | None]:
    rows = [row for row in shown if row["id"] != story and row["slot"] in {"story", "brief"}]
    if how == "by date" or not rows:
        return {"section": None, "after": None}
    row = rows[other % len(rows)]
    return {"section": row["section"], "after": row["id"] if how == "behind" else ""}


def entries(state: Any) -> list[Any]:
    """Return every entry of the issue."""
    issue = state["issue"]
    return [*(entry for section in issue["sections"] for entry in section["entries"]), *issue["headlines"]]


def told(state: Any) -> set[str]:
    """Return the ids of the stories, which a decision can be about."""
    return {entry["id"] for entry in entries(state) if entry["entry"] == "story"}


def drafted_afresh(running: RunningDesk) -> Drafted:
    """Return what `digest build` would put into the folder now."""
    room = open_newsroom(running.folder)
    window = find_window(room, Wanted(week=running.label), LATER)
    with closing(open_archive(room.archive_path)) as archive:
        return Drafter(room, archive, window, Options()).draft(LATER)


def agrees(running: RunningDesk) -> Any:
    """Hold the file, the state, the page and the built issue against each other; return the state."""
    path = running.issue / "edits.toml"
    state: Any = running.until(lambda state: state if state["built"] or state["trouble"] else None)
    assert state["version"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert state["edits"] == _plain(read_edits(path))
    page = running.get("/?panel=story").text
    assert f'data-version="{state["version"]}"' in page
    assert [row for row in _rows(page) if row in told(state)] == [
        row["id"] for row in state["order"] if row["id"] in told(state)
    ]
    fresh = drafted_afresh(running)
    assert state["issue"] == _plain(fresh.issue)
    if fresh.refused is None:
        folder = IssueFolder(running.issue)
        record = folder.read()
        assert record == fresh.issue
        assert folder.files(record) == fresh.files
    return state


def _plain(value: object) -> Any:
    return json.loads(to_json(value))


def _rows(page: str) -> list[str]:
    outline = page.partition('id="outline"')[2].partition("</nav>")[0]
    return list(dict.fromkeys(re.findall(r'data-story="([0-9a-f]+)"', outline)))
