"""The place: what of the desk is looked at, as the page's address says it."""

from dataclasses import dataclass
from typing import Literal, get_args

View = Literal["desktop", "phone", "dark", "images-off", "text", "web", "inbox", "clients", "last-issue", "last-build"]
Panel = Literal["story", "issue", "checks", "left-out", "conflicts", "history"]
VIEWS: tuple[View, ...] = get_args(View)
PANELS: tuple[Panel, ...] = get_args(Panel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an editor is: the view of the mail, the story at hand ("" for none), and what stands beside it."""

    view: View = "desktop"
    story: str = ""
    panel: Panel = "story"
