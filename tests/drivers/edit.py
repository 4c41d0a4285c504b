"""One editor's change of an issue's edits.toml in a process of its own: it says so once it is confirmed.

python edit.py FOLDER text TEXT    the issue's subject is TEXT
python edit.py FOLDER undo         the last change is taken back
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from digest.editing.shown import Shown
from digest.issues.folder import IssueFolder
from digest.model.decision import Decision
from digest.model.selection import Selection
from digest.pipeline.editing import EditsDesk

NOW = datetime(2024, 10, 25, 12, tzinfo=UTC)


def change(folder: Path, what: str, text: str = "") -> str:
    """Change it, and return the version that is confirmed."""
    desk = EditsDesk(IssueFolder(folder), "Una")
    desk.look(NOW)
    seen = desk.state().version
    if what == "undo":
        return desk.undo(seen, NOW).version
    decision = Decision(act="issue", field="subject", text=text)
    return desk.decide(decision, seen, NOW, lambda _: Shown(selection=Selection())).version


if __name__ == "__main__":
    folder, *arguments = sys.argv[1:]
    print("confirmed", change(Path(folder), *arguments), flush=True)
