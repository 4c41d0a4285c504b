"""A tab of the desk is closed: what was typed there is saved, or the editor is asked; where all is saved, nobody is."""

import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from desk_page import Window, window
from desk_running import RunningDesk, desk, sample
from digest.issues.edits import read_edits
from digest.model.edits import StoryEdit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog

HARBOUR, HARBOUR_TITLE = "23f85be43df7", "The Harbour That Would Not Drain"
NIGHTS_TITLE = "Six Nights with the Wardens of Wendfoot"
HEADLINE = f"#headline-{HARBOUR}"
AT_REST = "!document.querySelector('[data-unsaved]')"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    with desk(sample(tmp_path_factory.mktemp("leaving"))) as running:
        yield running


@pytest.fixture
def opened(chromium: "Browser", running: RunningDesk) -> Iterator[Window]:
    """A window with a story at hand that nobody has touched."""
    (running.issue / "edits.toml").write_text("schema = 1\n", encoding="utf-8")
    running.until(lambda state: not state["edits"]["stories"] and not state["edits"]["links"])
    with window(chromium, running) as opened:
        opened.select(HARBOUR_TITLE)
        opened.saved()
        yield opened


def edit(running: RunningDesk) -> StoryEdit:
    stories = read_edits(running.issue / "edits.toml").stories
    return next((each for each in stories if each.article == HARBOUR), StoryEdit(article=HARBOUR))


def close(opened: Window) -> list[str]:
    """Close the tab as an editor does, who leaves when she is asked; return what was asked."""
    asked: list[str] = []

    def answer(dialog: "Dialog") -> None:
        asked.append(dialog.type)
        dialog.accept()

    opened.page.on("dialog", answer)
    with opened.page.expect_event("close"):
        opened.page.close(run_before_unload=True)
    return asked


def stay(opened: Window) -> str:
    """Begin to close the tab, and stay when asked; return what was asked."""
    with opened.page.expect_event("dialog") as asked:
        opened.page.close(run_before_unload=True)
    asked.value.dismiss()
    return str(asked.value.type)


def test_a_text_that_was_typed_just_before_the_tab_is_closed_is_saved(opened: Window) -> None:
    opened.page.locator(HEADLINE).fill("The basin is full of silt")
    close(opened)
    opened.running.until(lambda _: edit(opened.running).headline == "The basin is full of silt")


def test_a_text_that_was_typed_just_before_the_page_is_loaded_again_is_nobody_elses(opened: Window) -> None:
    opened.page.locator(HEADLINE).fill("The basin is full of silt")
    opened.page.reload()
    opened.until(AT_REST)
    assert edit(opened.running).headline == "The basin is full of silt"


def test_a_text_is_saved_though_the_desk_has_not_answered_what_was_done_before_it(opened: Window) -> None:
    opened.running.process.send_signal(signal.SIGSTOP)
    try:
        opened.page.locator("#panel [data-action=pin]").click()
        opened.page.locator(HEADLINE).fill("The basin is full of silt")
        assert close(opened) == ["beforeunload"]
    finally:
        opened.running.process.send_signal(signal.SIGCONT)
    opened.running.until(lambda _: edit(opened.running).headline == "The basin is full of silt")
    assert edit(opened.running).do == "pin"


def test_nobody_is_asked_where_all_is_saved(opened: Window) -> None:
    opened.page.locator(HEADLINE).fill("The basin is full of silt")
    opened.until(AT_REST)
    opened.page.locator("#panel [data-action=pin]").click()
    opened.until("document.querySelector('[data-action=pin]').getAttribute('aria-pressed') === 'true'")
    assert close(opened) == []


def test_who_stays_is_not_asked_again_once_the_text_is_saved(opened: Window) -> None:
    opened.page.locator(HEADLINE).fill("The basin is full of silt")
    assert stay(opened) == "beforeunload"
    opened.until(AT_REST)
    assert edit(opened.running).headline == "The basin is full of silt"
    assert close(opened) == []


def test_a_text_that_may_not_be_is_asked_about_from_another_story_too(opened: Window) -> None:
    opened.page.locator(HEADLINE).fill("")
    opened.page.wait_for_selector(f"{HEADLINE}[aria-invalid=true]")
    opened.select(NIGHTS_TITLE)
    assert stay(opened) == "beforeunload"
    opened.select(HARBOUR_TITLE)
    opened.page.locator(HEADLINE).fill(HARBOUR_TITLE)
    opened.until(AT_REST)
    assert close(opened) == []


def test_a_text_that_somebody_else_was_quicker_with_is_asked_about_and_stays(opened: Window) -> None:
    field = opened.page.locator(HEADLINE)
    field.focus()
    opened.running.do("text", story=HARBOUR, field="headline", text="Theirs")
    opened.until("document.querySelector('#row-23f85be43df7 .row-title').textContent === 'Theirs'")
    field.fill("Mine")
    opened.page.wait_for_selector(f"{HEADLINE}[aria-invalid=true]")
    assert stay(opened) == "beforeunload"
    assert field.input_value() == "Mine"
    assert edit(opened.running).headline == "Theirs"
    opened.page.get_by_role("button", name="Keep mine").click()
    opened.until(AT_REST)
    assert edit(opened.running).headline == "Mine"
    assert close(opened) == []


def test_a_text_that_was_typed_while_the_desk_is_away_is_asked_about_and_saved_when_it_is_back(opened: Window) -> None:
    opened.page.context.set_offline(offline=True)
    opened.page.locator(HEADLINE).fill("The basin is full of silt")
    opened.page.wait_for_selector("#lost:not([hidden])")
    assert stay(opened) == "beforeunload"
    opened.page.context.set_offline(offline=False)
    opened.until(AT_REST)
    assert edit(opened.running).headline == "The basin is full of silt"
    assert opened.faults
    assert all("ERR_INTERNET_DISCONNECTED" in fault for fault in opened.faults)
    opened.faults.clear()
    assert close(opened) == []


def test_a_tab_that_is_hidden_saves_at_once(opened: Window) -> None:
    opened.page.evaluate("window.setTimeout = () => 0")  # what is sent a moment later is not sent any more
    opened.page.locator(HEADLINE).fill("The basin is full of silt")
    opened.page.wait_for_timeout(700)
    assert edit(opened.running).headline is None
    # Playwright has every page of a headless browser shown: only what Chromium tells of a hidden one can be had.
    opened.page.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'hidden'})")
    opened.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    opened.running.until(lambda _: edit(opened.running).headline == "The basin is full of silt")


def test_a_piece_from_elsewhere_that_is_half_written_is_asked_about(opened: Window) -> None:
    opened.keys("i")
    opened.page.locator("summary", has_text="Add a piece from elsewhere").click()
    opened.page.locator("#new-link-url").fill("https://elsewhere.example/channel")
    assert stay(opened) == "beforeunload"
    opened.page.locator("#new-link-title").fill("The price of a deeper channel")
    opened.page.locator("#new-link button").click()
    opened.until("document.getElementById('outline').textContent.includes('The price of a deeper channel')")
    assert close(opened) == []


def test_a_text_of_more_than_a_browser_sends_behind_a_closed_tab_is_saved(opened: Window) -> None:
    opened.keys("i")
    opened.page.locator("#opening-issue").fill("It rained. " * 7_000)
    opened.until(AT_REST)
    assert (read_edits(opened.running.issue / "edits.toml").opening or "").startswith("It rained. It rained.")
