"""The judges that the tests call in: axe-core in Chromium, html-validate, SpamAssassin. They come with `tasks.py test`.

The issues that are judged, whatever the theme: the sample magazine's fullest week as its golden record has it; the
torture issue, running either way; and a bare one, where everything that may be missing is.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from digest.mailers.message import Terms, make_message
from digest.model.issue import Issue
from digest.model.message import Message, Rendered, Sender
from digest.render import render
from digest.render.engine import Engine
from digest.theme import Theme, find_theme, shipped, theme_names
from digest.wire import from_json
from torture import bare_issue, mirrored, torture_issue

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

HERE = Path(__file__).parent
JUDGES = HERE / "judges"
AXE = JUDGES / "node_modules" / "axe-core" / "axe.min.js"
GOLDEN = HERE / "golden" / "2024-W43" / "issue.json"

THEMES = theme_names([shipped()])
ISSUES = ("week", "torture", "mirrored", "bare")
Face = Literal["mail", "web"]
FACES: tuple[Face, ...] = ("mail", "web")

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGE_RULES = [*WCAG, "best-practice"]
"""Landmarks and the like: a page must keep them, a mail stands inside the page of whoever shows it."""

TERMS = Terms(
    service="none",
    sender=Sender(name="Tidewater", address="weekly@tidewater.example", reply_to="desk@tidewater.example"),
    values={
        "unsubscribe": "https://tidewater.example/newsletter/leave",
        "view_online": "https://tidewater.example/newsletter/2024-W43",
        "preferences": "https://tidewater.example/newsletter/preferences",
        "address": "Tidewater, 14 Ropewalk, Sallowmouth SL4 2QT",
    },
)
"""Everything that a mailing service would put in: what is judged is what arrives."""

_SIZE = re.compile(r"-(\d+)x(\d+)\.\w+$")
_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}"><rect width="100%" height="100%"/></svg>'


@cache
def issue(name: str) -> Issue:
    """Return one of `ISSUES`."""
    if name == "week":
        return from_json(GOLDEN.read_bytes(), Issue)
    if name == "bare":
        return bare_issue()
    return torture_issue() if name == "torture" else mirrored(torture_issue())


@cache
def theme(name: str) -> Theme:
    """Return a shipped theme."""
    return find_theme(name, [shipped()])


@cache
def rendered(theme_name: str, issue_name: str) -> Rendered:
    """Return the issue in that theme."""
    return render(issue(issue_name), theme(theme_name))


@cache
def message(theme_name: str, issue_name: str) -> Message:
    """Return what is sent."""
    return make_message(issue(issue_name), rendered(theme_name, issue_name), TERMS)


def face(theme_name: str, issue_name: str, which: Face) -> str:
    """Return the mail as it arrives, or the web version."""
    return message(theme_name, issue_name).html if which == "mail" else rendered(theme_name, issue_name).web


@cache
def source(theme_name: str, issue_name: str) -> str:
    """Return the mail before its styles are written into its elements."""
    return Engine(issue(issue_name), theme(theme_name)).fill("email.html")


class Stage:
    """One page of Chromium, used again and again. It reaches no network: a picture is a drawing of its true size."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        page.route("**/*", _answer)
        page.set_content("<!DOCTYPE html><title>-</title>")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        page.evaluate((JUDGES / "page.js").read_text(encoding="utf-8"))

    def show(self, html: str, width: int = 900, scheme: str = "light") -> None:
        """Show a document; `outlook dark` is how Outlook.com marks a page that it has darkened."""
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        self.page.set_content(html)
        if scheme == "outlook dark":
            self.page.evaluate("['ogsc', 'ogsb'].forEach(name => document.documentElement.dataset[name] = '')")

    def ask(self, question: str) -> Any:
        """Ask `page.js`: `faint(4.5)`."""
        return self.page.evaluate(f"judge.{question}")

    def axe(self, tags: Sequence[str]) -> list[str]:
        """Return what axe-core holds against the page, a line for each element, and what it cannot decide."""
        found = self.ask(f"axe({json.dumps(list(tags))})")
        return [*found["violations"], *(f"undecided: {line}" for line in found["incomplete"])]


def _answer(route: "Route") -> None:
    """Answer for every picture's address with a drawing of the size that it ends in."""
    if route.request.resource_type != "image":
        route.abort()
        return
    size = _SIZE.search(route.request.url)
    drawing = _DRAWING.format(*(size.groups() if size else (1200, 675)))
    route.fulfill(body=drawing, content_type="image/svg+xml")


@dataclass(frozen=True)
class Said:
    """What html-validate says of one place."""

    file: str
    line: str


def html_validate(profile: Face, files: Iterable[Path]) -> list[Said]:
    """Return what html-validate says of the files, all of them in one process."""
    node = Path(sys.executable).with_name("node")
    command = (node, JUDGES / "validate.mjs", profile, *files)
    done = subprocess.run(command, capture_output=True, check=True)
    return [
        Said(
            "/".join(Path(row["file"]).parts[-2:]),
            f"{row['rule']}: {row['message']} at {row['selector']}: {row['html']}",
        )
        for row in json.loads(done.stdout)
    ]
