"""The desk while others change the issue too: nothing is decided about what the page has not shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from desk_page import Window, window
from desk_running import RunningDesk, desk, sample
from digest.issues.edits import read_edits
from digest.model.edits import StoryEdit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

HARBOUR, HARBOUR_TITLE = "23f85be43df7", "The Harbour That Would Not Drain"
NIGHTS, NIGHTS_TITLE = "91e42855893b", "Six Nights with the Wardens of Wendfoot"
TABLE_TITLE = "The Tide Table: A wedding, a war memorial and 3.1 metres"
HEADLINE = f"#headline-{HARBOUR}"
AT_REST = "!document.querySelector('[data-unsaved]')"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    with desk(sample(tmp_path_factory.mktemp("together"))) as running:
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


@contextmanager
def late(opened: Window, address: str) -> Iterator[list["Route"]]:
    """Keep back what the window asks for at an address, until the block ends; yield what was asked for so far."""
    asked: list[Route] = []

    def keep(route: "Route") -> None:
        asked.append(route)

    opened.page.route(address, keep)
    try:
        yield asked
    finally:
        opened.page.unroute(address, keep)  # Playwright lets go on what nobody keeps any more


def take_hold(opened: Window, title: str) -> tuple[float, float]:
    """Press the mouse on a story's grip; return where."""
    box = opened.row(title).locator(".grip").bounding_box()
    assert box
    x, y = box["x"] + 10, box["y"] + 12
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.until("document.body.classList.contains('holding')")
    return x, y


def test_what_came_with_the_answer_to_a_decision_of_ones_own_is_not_overwritten_unseen(opened: Window) -> None:
    with late(opened, "**/?view=*"):
        assert opened.running.do("do", story=HARBOUR, do="drop").status == 200
        opened.page.locator(HEADLINE).fill("The basin is full of silt")
        opened.until(AT_REST)
        opened.page.locator("#panel [data-action=pin]").click()
        opened.said("Not done")
    assert (edit(opened.running).do, edit(opened.running).headline) == ("drop", "The basin is full of silt")
    opened.until("title => !document.getElementById('outline').textContent.includes(title)", HARBOUR_TITLE)
    opened.saved()


def test_what_others_did_is_told_though_it_came_with_a_decision_of_ones_own(opened: Window) -> None:
    with late(opened, "**/?view=*"):
        assert opened.running.do("issue", field="subject", text="Fog on the quay").status == 200
        opened.page.locator("#panel [data-action=pin]").click()
        opened.said("pinned")
    opened.said("Changed elsewhere too")
    assert opened.page.title().endswith("Fog on the quay")


def test_decisions_of_ones_own_follow_each_other_before_the_page_shows_them(opened: Window) -> None:
    with late(opened, "**/?view=*"):
        opened.page.locator("#panel [data-action=pin]").click()
        opened.said("pinned")
        opened.page.locator("#slots label", has_text="Brief").click()
        opened.said("brief")
        opened.keys("Control+z")
        opened.said("undone")
    assert (edit(opened.running).do, edit(opened.running).slot) == ("pin", None)


def test_a_row_that_is_held_is_moved_by_no_page_that_comes(opened: Window) -> None:
    before = opened.titles()
    take_hold(opened, HARBOUR_TITLE)
    assert opened.running.do("do", story=NIGHTS, do="drop").status == 200
    opened.until(
        "version => document.getElementById('bar').dataset.version === version", opened.running.state["version"]
    )
    assert opened.titles() == before
    opened.page.mouse.up()
    opened.until("title => !document.getElementById('outline').textContent.includes(title)", NIGHTS_TITLE)


def test_nobody_is_asked_to_choose_between_two_texts_that_are_the_same(opened: Window) -> None:
    with late(opened, "**/?view=*"):
        told = opened.running.do("text", story=HARBOUR, field="headline", text="The basin is full of silt")
        opened.page.locator(HEADLINE).fill("The basin is full of silt")
        opened.until(AT_REST)
    opened.saved()
    assert opened.running.state["version"] == told.data["version"]
    assert opened.page.locator(f"{HEADLINE}-told").inner_text() == ""


def test_a_row_is_dropped_in_sight_of_the_outline_that_was_there_when_it_was_taken_hold_of(opened: Window) -> None:
    x, y = take_hold(opened, HARBOUR_TITLE)
    assert opened.running.do("place", story=HARBOUR, section="Culture", after="").status == 200
    opened.until(
        "version => document.getElementById('bar').dataset.version === version", opened.running.state["version"]
    )
    for _ in range(40):
        y += 8
        opened.page.mouse.move(x, y)
        opened.page.wait_for_timeout(20)
        if opened.titles(section="Reporting")[0] != HARBOUR_TITLE:
            break
    opened.page.mouse.up()
    opened.said("Not done")
    assert edit(opened.running).section == "Culture"
    opened.until("title => document.querySelector('[data-section=Culture]').textContent.includes(title)", HARBOUR_TITLE)


def test_a_piece_from_elsewhere_that_others_changed_is_written_over_only_by_who_was_told(opened: Window) -> None:
    link = {"url": "https://elsewhere.example/channel", "title": "The price of a deeper channel"}
    assert opened.running.do("link", **link).status == 200
    opened.select(link["title"])
    opened.page.locator("#panel [name=text]").fill("A port weighs what it would lose.")
    story = opened.page.locator("#bar").get_attribute("data-story")
    assert opened.running.do("link", story=story, **link, source="Elsewhere Weekly").status == 200
    opened.until(
        "version => document.getElementById('bar').dataset.version === version", opened.running.state["version"]
    )
    opened.page.locator("#panel button[type=submit]").click()
    opened.until("document.querySelector('#panel form .told').textContent.includes('changed meanwhile')")
    [kept] = read_edits(opened.running.issue / "edits.toml").links
    assert (kept.source, kept.text) == ("Elsewhere Weekly", "")
    opened.page.locator("#panel button[type=submit]").click()
    opened.running.until(lambda state: state["edits"]["links"][0]["text"] == "A port weighs what it would lose.")
    opened.saved()


def test_nothing_is_approved_beside_a_text_that_is_not_saved(opened: Window) -> None:
    opened.page.locator(HEADLINE).fill("")
    opened.page.wait_for_selector(f"{HEADLINE}[aria-invalid=true]")
    opened.page.locator("#sides [data-panel=checks]").click()
    approving = opened.page.locator("form[data-approves]")
    approving.locator("[name=by]").fill("Ann Roe")
    approving.locator("button").click()
    opened.said("a text is not saved")
    assert opened.running.state["approval"]["status"] == "none"
    opened.select(HARBOUR_TITLE)
    opened.page.locator(HEADLINE).fill(HARBOUR_TITLE)
    opened.until(AT_REST)
    opened.page.locator("#sides [data-panel=checks]").click()
    approving.locator("[name=by]").fill("Ann Roe")
    approving.locator("button").click()
    opened.running.until(lambda state: state["approval"]["status"] == "stands")


def test_who_has_gone_elsewhere_meanwhile_is_not_fetched_back_by_the_answer(opened: Window) -> None:
    with late(opened, "**/do") as asked:
        opened.page.locator("#panel [data-action=drop]").click()
        opened.page.wait_for_timeout(100)
        assert len(asked) == 1
        opened.row(TABLE_TITLE).locator("a").click()
    opened.until("title => document.querySelector('#panel h2').textContent === title", TABLE_TITLE)
    opened.until("title => !document.getElementById('outline').textContent.includes(title)", HARBOUR_TITLE)
    opened.saved()
    assert opened.page.locator("#panel h2").inner_text() == TABLE_TITLE
    assert edit(opened.running).do == "drop"
