"""What an editor sees of the desk when something is wrong, and that nothing she typed is lost by it."""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from desk_page import window
from desk_running import RunningDesk, copied, desk, sample
from digest.issues.edits import read_edits
from digest.issues.ledger import read_events
from running import digest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HARBOUR, HARBOUR_TITLE = "23f85be43df7", "The Harbour That Would Not Drain"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def running(newsroom: Path, tmp_path: Path) -> Iterator[RunningDesk]:
    with desk(copied(newsroom, tmp_path)) as running:
        yield running


def test_what_is_typed_at_a_desk_that_is_gone_is_saved_when_it_is_back(
    chromium: "Browser", running: RunningDesk
) -> None:
    port = str(urlsplit(running.url).port)
    with window(chromium, running) as opened:
        opened.select(HARBOUR_TITLE)
        running.stop(signal.SIGKILL)
        opened.page.locator(f"#headline-{HARBOUR}").fill("Typed while nobody listened")
        opened.until("document.getElementById('lost').textContent.includes('does not answer')")
        opened.until("document.getElementById('saving').textContent === 'One text is not saved'")
        with desk(running.folder, "--port", port) as again:
            opened.until("document.getElementById('lost').textContent.includes('started again')")
            assert opened.page.locator(f"#headline-{HARBOUR}").input_value() == "Typed while nobody listened"
            opened.page.goto(again.url)
            opened.page.goto(f"{again.origin}/?story={HARBOUR}")
            again.until(lambda state: state["edits"]["stories"])
            assert read_edits(again.issue / "edits.toml").stories[0].headline == "Typed while nobody listened"
            opened.saved()
            assert opened.page.locator("#lost").is_hidden()
        opened.faults.clear()  # a desk that is gone cannot be reached, and the browser says so


def test_a_text_that_was_refused_while_edits_toml_was_broken_is_saved_once_it_is_mended(
    chromium: "Browser", running: RunningDesk
) -> None:
    edits = running.issue / "edits.toml"
    with window(chromium, running) as opened:
        opened.select(HARBOUR_TITLE)
        whole = edits.read_text(encoding="utf-8")
        edits.write_text(f"{whole}\n[[story]\n", encoding="utf-8")
        opened.until("document.getElementById('saving').textContent === 'Saved, no new mail'")
        opened.page.locator(f"#headline-{HARBOUR}").fill("Typed meanwhile")
        opened.until("document.getElementById('saving').textContent === 'One text is not saved'")
        told = opened.page.locator(f"#headline-{HARBOUR}-told")
        opened.until(
            "told => document.getElementById(told).textContent.includes('edits.toml')", told.get_attribute("id")
        )
        edits.write_text(whole, encoding="utf-8")
        opened.saved()
        assert told.inner_text() == ""
    assert read_edits(edits).stories[0].headline == "Typed meanwhile"


def test_an_error_in_a_template_stands_where_the_mail_was_until_it_is_mended(
    chromium: "Browser", running: RunningDesk
) -> None:
    with window(chromium, running) as opened:
        own = running.folder / "templates" / "roundup" / "email.html"
        own.parent.mkdir(parents=True)
        own.write_text("{{ issue.nothing_of_the_kind }}\n", encoding="utf-8")
        opened.until("document.getElementById('trouble').textContent.includes('email.html:1')")
        assert "nothing_of_the_kind" in opened.page.locator("#trouble").inner_text()
        assert opened.page.locator("#stage iframe").count() == 1
        assert opened.page.locator("#saving").inner_text() == "Saved, no new mail"
        own.unlink()
        opened.until("!document.getElementById('trouble').textContent.trim()")


def test_a_sent_issue_can_be_looked_at_only(chromium: "Browser", newsroom: Path, tmp_path: Path) -> None:
    root = copied(newsroom, tmp_path)
    assert digest(root, "sent", "2024-W43").code == 0
    with desk(root) as running, window(chromium, running) as opened:
        assert "locked" in opened.page.locator("#outline .banner").inner_text()
        opened.select(HARBOUR_TITLE)
        assert opened.page.locator("#panel textarea").first.get_attribute("readonly") is not None
        opened.keys("d", "Alt+ArrowDown")
        opened.said("This issue cannot be changed any more.")
        assert not (running.issue / "edits.toml").read_text().count("[[story]]\narticle")
        assert opened.page.locator("#bar .approve").count() == 0


def test_an_error_is_waived_with_a_reason_and_the_issue_approved_until_it_changes(
    chromium: "Browser", newsroom: Path, tmp_path: Path
) -> None:
    root = copied(newsroom, tmp_path)
    lines = (root / "digest.toml").read_text(encoding="utf-8").splitlines(keepends=True)
    without = "".join(line for line in lines if not line.startswith("address ="))
    (root / "digest.toml").write_text(without, encoding="utf-8")
    with desk(root) as running, window(chromium, running) as opened:
        opened.keys("c")
        opened.until("document.querySelectorAll('.check-error').length === 2")
        assert opened.page.locator("#approval button").is_disabled()
        opened.page.get_by_label("Why it may stand").last.fill("Half a rea")
        for left in (1, 0):
            error = opened.page.locator(".check-error").first
            error.get_by_label("Why it may stand").fill("The service puts it in.")
            error.get_by_role("button", name="Waive").click()
            opened.until("left => document.querySelectorAll('.check-error').length === left", left)
            if left:  # what is typed of the other stays with it
                assert opened.page.get_by_label("Why it may stand").input_value() == "Half a rea"
        assert "The service puts it in." in opened.page.locator(".check-waived").first.inner_text()
        opened.saved()
        opened.page.get_by_label("Your name").fill("Ada Quill")
        opened.page.locator("#approval button").click()
        opened.until("document.querySelector('#approval.approval-stands') !== null")
        assert "Ada Quill" in opened.page.locator("#approval").inner_text()
        events = read_events(running.issue / "delivery.jsonl")
        assert [event.event for event in events] == ["waived", "waived", "approved"]
        assert events[-1].by == "Ada Quill"
        opened.select(HARBOUR_TITLE)
        opened.page.locator(f"#dek-{HARBOUR}").fill("Another dek")
        opened.until("document.querySelector('.approve').textContent === 'Approve again'")
        opened.keys("Escape", "c")
        opened.until("document.getElementById('panel').dataset.panel === 'checks'")
        assert f"dek of “{HARBOUR_TITLE}” changed" in opened.page.locator("#approval").inner_text()
        opened.page.get_by_role("button", name="Take the waiver back").first.click()
        opened.until("document.querySelector('.check-error') !== null")
