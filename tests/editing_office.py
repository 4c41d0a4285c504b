"""An issue's folder with a desk of edits, as one process has it."""

from datetime import UTC, datetime
from pathlib import Path

from digest.editing.shown import Shown
from digest.issues.folder import IssueFolder
from digest.model.decision import Decision
from digest.model.edits import Was
from digest.model.selection import LeftOut, Reason, Selection
from digest.pipeline.editing import EditsDesk
from making import article, choice

NOW = datetime(2024, 10, 25, 12, tzinfo=UTC)
STORY, OTHER = f"{1:012x}", f"{2:012x}"
BLANK = '# My own remark.\nschema = 1\n\n[[story]]\narticle = "ffffffffffff" # stays\ndo = "drop"\n'
SHOWN = Shown(
    selection=Selection(
        chosen=(choice(1), choice(2)), left_out=(LeftOut(article=article(3), reason=Reason(code="outside")),)
    ),
    sources={STORY: Was(headline="Story number 1", lead="It left late.", dek="", byline="", kicker="", image="")},
)


class Office:
    """The folder, its files, and the desk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "edits.toml"
        self.log = folder / "edits.log"
        self.desk = EditsDesk(IssueFolder(folder), "Una")

    def seen(self) -> str:
        """Return the version that stands now."""
        return self.desk.state().version

    def do(self, seen: str = "", **decision: object) -> str:
        """Decide something; return the version that it led to."""
        made = Decision(**decision)  # type: ignore[arg-type] # as it comes over the wire
        return self.desk.decide(made, seen or self.seen(), NOW, lambda _: SHOWN).version

    def again(self) -> "Office":
        """Return the folder as another process has it, which comes next."""
        return Office(self.folder)
