"""The desk's page in Chromium, as an editor has it: keys, mouse, and what can be read there."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from desk_running import RunningDesk
from judging import AXE, JUDGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

UNDECIDED = ("frame-tested", "skip-link")
"""What axe leaves to others: the frames are judged one by one, and skip links are tried with keys."""

PATIENCE = 15.0
"""Seconds that a page is waited for: the machine may be busy with other tests."""


class Window:
    """A window of the browser at a desk.

    `faults` are errors of its scripts and what could not be loaded; that a decision was refused is none, nor that the
    view without pictures shows none, nor that a picture is gone that an editor has just taken away.
    """

    def __init__(self, page: "Page", running: RunningDesk) -> None:
        self.page = page
        self.running = running
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._heard)
        page.goto(running.url)
        page.wait_for_selector("#outline .row, #outline .nothing")

    def _heard(self, line: "ConsoleMessage") -> None:
        url = line.location["url"]
        is_answer = url.endswith(("/do", "/approve")) and ("409" in line.text or "422" in line.text)
        is_kept_out = "/frame/picture/" in line.text  # the view without pictures
        is_old = "/images/" in url and "404" in line.text  # a thumbnail of the draft before this one
        if line.type == "error" and not (is_kept_out or is_answer or is_old):
            self.faults.append(f"{line.text} ({url})")

    def go(self, **place: str) -> None:
        """Open the page at a view, a story, a panel."""
        query = "&".join(f"{name}={value}" for name, value in place.items())
        self.page.goto(f"{self.running.origin}/?{query}")

    def keys(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def select(self, title: str) -> None:
        """Click on a story of the outline, and wait until it is at hand."""
        self.row(title).locator("a").click()
        self.until("title => document.querySelector('#panel h2')?.textContent === title", title)

    def row(self, title: str) -> "Locator":
        """Return the story of the outline that has a headline."""
        return self.page.locator("#outline .row", has=self.page.get_by_text(title, exact=True))

    def titles(self, kind: str = "", section: str = "") -> list[str]:
        """Return the headlines of the outline, or of one part of it, in their order."""
        within = (f'[data-kind="{kind}"]' if kind else "") + (f'[data-section="{section}"]' if section else "")
        return self.page.locator(f"#outline ol{within} .row-title").all_inner_texts()

    def until(self, script: str, argument: Any = None) -> None:
        """Wait until a piece of script is true of the page. (Playwright's own waiting needs `eval`: forbidden.)"""
        deadline = time.monotonic() + PATIENCE
        while not self.page.evaluate(script, argument):
            assert time.monotonic() < deadline, f"the page has not come to: {script} ({argument})"
            self.page.wait_for_timeout(30)

    def said(self, words: str) -> None:
        """Wait until the page has said that something happened."""
        self.until("words => document.getElementById('said').textContent.includes(words)", words)

    def saved(self) -> None:
        """Wait until all is saved and built."""
        self.page.wait_for_selector("#saving[data-state=built]")

    @property
    def focus(self) -> str:
        """Return the id of what has the focus; of a row its story's headline."""
        script = "document.activeElement.id || document.activeElement.querySelector('.row-title')?.textContent || ''"
        return str(self.page.evaluate(script))

    def axe(self, rules: Sequence[str]) -> list[str]:
        """Return what axe-core holds against the page, and what it cannot decide."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        self.page.evaluate((JUDGES / "page.js").read_text(encoding="utf-8"))
        found = self.page.evaluate("rules => judge.axe(rules)", list(rules))
        undecided = [line for line in found["incomplete"] if not line.startswith(UNDECIDED)]
        return [*found["violations"], *(f"undecided: {line}" for line in undecided)]


@contextmanager
def window(
    browser: "Browser", running: RunningDesk, *, size: tuple[int, int] = (1440, 900), dark: bool = False, **options: Any
) -> Iterator[Window]:
    """Open a window of its own, with a profile of its own; no script of it may fail."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", **options
    )
    try:
        opened = Window(context.new_page(), running)
        yield opened
        assert not opened.faults, opened.faults
    finally:
        context.close()
