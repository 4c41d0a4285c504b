"""What an editor does at the desk, by key, by mouse and by touch: the page, the files on the disk, the built issue."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from desk_page import Window, window
from desk_running import RunningDesk, desk, sample
from digest.issues.edits import read_edits
from digest.issues.record import read_record
from digest.model.edits import Edits, StoryEdit
from digest.model.issue import Issue

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Route

BLANK = "# The editor's own remark.\nschema = 1\n"
FERRY, HARBOUR, NIGHTS = "302799eade79", "23f85be43df7", "91e42855893b"
FERRY_TITLE = "Norwegian Yard Wins the Skerrow Ferry"
HARBOUR_TITLE = "The Harbour That Would Not Drain"
NIGHTS_TITLE = "Six Nights with the Wardens of Wendfoot"
TABLE_TITLE = "The Tide Table: A wedding, a war memorial and 3.1 metres"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    with desk(sample(tmp_path_factory.mktemp("desk"))) as running:
        yield running


@pytest.fixture
def opened(chromium: "Browser", running: RunningDesk) -> Iterator[Window]:
    write(running, BLANK)
    with window(chromium, running) as opened:
        opened.saved()
        yield opened


def write(running: RunningDesk, text: str) -> None:
    """Write the editor's file as a text editor does, and wait until the desk has it."""
    path = running.issue / "edits.toml"
    path.write_text(text, encoding="utf-8")
    wanted = read_edits(path)
    running.until(lambda state: len(state["edits"]["stories"]) == len(wanted.stories) and not state["trouble"])


def edits(running: RunningDesk) -> Edits:
    return read_edits(running.issue / "edits.toml")


def edit_of(running: RunningDesk, story: str) -> StoryEdit:
    return next((each for each in edits(running).stories if each.article == story), StoryEdit(article=story))


def built(running: RunningDesk) -> Issue:
    return read_record((running.issue / "issue.json").read_bytes(), "issue.json")


def agree(opened: Window) -> Issue:
    """Wait until all is built; hold the page's order against the built issue's; return that."""
    opened.saved()
    issue = built(opened.running)
    assert opened.titles() == [entry.title.text for entry in issue.entries if entry.entry != "item"]
    return issue


def test_a_story_is_moved_by_keys_and_keeps_the_focus(opened: Window) -> None:
    assert opened.titles(section="Reporting") == [HARBOUR_TITLE, NIGHTS_TITLE, TABLE_TITLE]
    opened.select(HARBOUR_TITLE)
    opened.row(HARBOUR_TITLE).locator("a").focus()
    opened.keys("Alt+ArrowDown", "Alt+ArrowDown")
    opened.until("document.activeElement.dataset.story === '23f85be43df7'")
    opened.said("The Harbour That Would Not Drain")
    assert opened.titles(section="Reporting") == [NIGHTS_TITLE, TABLE_TITLE, HARBOUR_TITLE]
    agree(opened)
    assert edit_of(opened.running, HARBOUR).section is not None or edit_of(opened.running, HARBOUR).after is not None
    assert (opened.running.issue / "edits.toml").read_text().startswith("# The editor's own remark.")


def test_a_story_is_moved_by_its_buttons_to_the_place_that_they_say(opened: Window) -> None:
    opened.select(NIGHTS_TITLE)
    opened.page.locator("#panel [data-action=up]").click()
    opened.until(
        "title => document.querySelector('[data-section=Reporting] .row-title').textContent === title", NIGHTS_TITLE
    )
    assert opened.titles(section="Reporting") == [NIGHTS_TITLE, HARBOUR_TITLE, TABLE_TITLE]
    agree(opened)


def test_a_story_goes_to_another_section_by_key_and_by_choice(opened: Window) -> None:
    opened.select(TABLE_TITLE)
    opened.keys("Alt+Shift+ArrowDown")
    opened.said("Analysis")
    assert opened.titles(section="Analysis")[0] == TABLE_TITLE
    assert {entry.title.text for entry in agree(opened).sections[2].entries} >= {TABLE_TITLE}
    opened.page.locator("#section").select_option("Culture")
    opened.until("title => document.querySelector('[data-section=Culture]').textContent.includes(title)", TABLE_TITLE)
    agree(opened)


def test_a_story_is_dragged_into_another_section(opened: Window) -> None:
    row = opened.row(NIGHTS_TITLE)
    drag(opened, row, opened.page.locator("ol[data-section=Analysis] .row").first, "Analysis")
    opened.said("moved to Analysis")
    assert NIGHTS_TITLE in opened.titles(section="Analysis")
    agree(opened)


def drag(opened: Window, row: "Locator", target: "Locator", section: str) -> None:
    """Drag a story onto another one by its grip, as a hand does: what is there gives way, and the eye sees it."""
    start, end = row.locator(".grip").bounding_box(), target.bounding_box()
    assert start
    assert end
    mouse = opened.page.mouse
    mouse.move(start["x"] + 10, start["y"] + 12)
    mouse.down()
    mouse.move(start["x"] + 10, start["y"] + 30, steps=4)
    for part in range(1, 60):
        mouse.move(end["x"] + 30, start["y"] + 30 + (end["y"] - start["y"]) * part / 40)
        opened.page.wait_for_timeout(20)
        if row.evaluate("row => row.parentElement.dataset.section") == section:
            break
    mouse.up()


def test_a_finger_drags_a_story(chromium: "Browser", running: RunningDesk) -> None:
    write(running, BLANK)
    with window(chromium, running, size=(820, 1180), has_touch=True) as tablet:
        tablet.page.locator("#sides [data-side=outline]").click()
        start = tablet.row(HARBOUR_TITLE).locator(".grip").bounding_box()
        end = tablet.row(TABLE_TITLE).bounding_box()
        assert start
        assert end
        x, top, bottom = start["x"] + 20, start["y"] + 20, end["y"] + end["height"] - 6
        cdp = tablet.page.context.new_cdp_session(tablet.page)
        for kind, y in [("touchStart", top), *(("touchMove", top + (bottom - top) * part / 20) for part in range(21))]:
            cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        tablet.said(HARBOUR_TITLE)
        assert tablet.titles(section="Reporting") == [NIGHTS_TITLE, TABLE_TITLE, HARBOUR_TITLE]
        agree(tablet)


def test_the_slot_is_chosen_with_the_keyboard(opened: Window) -> None:
    opened.select(NIGHTS_TITLE)
    opened.keys("s")
    opened.until("document.activeElement.id === 'slot-story'")
    opened.keys("ArrowRight")
    opened.until("document.getElementById('slot-brief').checked")
    opened.said("brief")
    agree(opened)
    assert edit_of(opened.running, NIGHTS).slot == "brief"


def test_a_story_becomes_the_lead_and_another_a_mere_headline(opened: Window) -> None:
    opened.select(NIGHTS_TITLE)
    opened.page.locator("#slots label", has_text="Lead").click()
    opened.until("title => document.querySelector('[data-kind=lead]').textContent.includes(title)", NIGHTS_TITLE)
    opened.select(HARBOUR_TITLE)
    opened.page.locator("#slots label", has_text="Headline").click()
    opened.until("title => document.querySelector('[data-kind=headlines]').textContent.includes(title)", HARBOUR_TITLE)
    issue = agree(opened)
    assert issue.entries[0].id == NIGHTS
    assert HARBOUR in [entry.id for entry in issue.headlines]


def test_a_story_is_dropped_held_and_pinned_by_key_and_the_next_one_is_at_hand(opened: Window) -> None:
    opened.select(HARBOUR_TITLE)
    opened.keys("d")
    opened.until("title => document.querySelector('#panel h2').textContent === title", NIGHTS_TITLE)
    opened.keys("h")
    opened.until("title => document.querySelector('#panel h2').textContent === title", TABLE_TITLE)
    opened.keys("p")
    opened.until("document.querySelector('[data-action=pin]').getAttribute('aria-pressed') === 'true'")
    issue = agree(opened)
    assert {edit_of(opened.running, HARBOUR).do, edit_of(opened.running, NIGHTS).do} == {"drop", "hold"}
    assert {HARBOUR, NIGHTS}.isdisjoint(entry.id for entry in issue.entries)
    opened.page.locator("#sides [data-panel=left-out]").click()
    opened.page.locator("button", has_text=f"Not dropped after all: {HARBOUR_TITLE}").click()
    opened.until("title => document.getElementById('outline').textContent.includes(title)", HARBOUR_TITLE)
    agree(opened)


def test_a_headline_is_saved_while_it_is_typed_and_the_sources_is_one_click_away(opened: Window) -> None:
    opened.select(HARBOUR_TITLE)
    opened.keys("e")
    opened.until("document.activeElement.id.startsWith('headline-')")
    opened.page.keyboard.type("The basin is full of silt")
    assert opened.page.locator(f"#headline-{HARBOUR}-count").inner_text() == "25 characters"
    opened.until("!document.querySelector('[data-unsaved]')")
    assert edit_of(opened.running, HARBOUR).headline == "The basin is full of silt"
    was = edit_of(opened.running, HARBOUR).was
    assert was is not None
    assert was.headline == HARBOUR_TITLE
    assert opened.focus == f"headline-{HARBOUR}"
    agree(opened)
    opened.page.locator("button", has_text="Take that again: Headline").click()
    opened.until("title => document.querySelector('textarea[id^=headline]').value === title", HARBOUR_TITLE)
    agree(opened)
    assert edit_of(opened.running, HARBOUR).headline is None


def test_a_text_that_is_typed_and_taken_back_before_it_is_sent_is_no_decision(opened: Window) -> None:
    opened.select(HARBOUR_TITLE)
    opened.page.locator(f"#headline-{HARBOUR}").focus()
    opened.keys("End", "x", "Backspace")
    opened.page.wait_for_timeout(700)
    assert edits(opened.running).stories == ()
    assert (opened.running.issue / "edits.toml").read_text() == BLANK


def test_a_headline_cannot_be_emptied_and_a_dek_can(opened: Window) -> None:
    opened.select(HARBOUR_TITLE)
    opened.page.locator(f"#headline-{HARBOUR}").fill("")
    opened.page.wait_for_selector(f"#headline-{HARBOUR}[aria-invalid=true]")
    assert "cannot be empty" in opened.page.locator(f"#headline-{HARBOUR}-told").inner_text()
    opened.page.locator(f"#headline-{HARBOUR}").fill(HARBOUR_TITLE)
    opened.page.locator(f"#dek-{HARBOUR}").fill("")
    opened.until("!document.querySelector('[data-unsaved]')")
    assert edit_of(opened.running, HARBOUR).dek == ""
    agree(opened)


def test_a_lead_is_chosen_from_what_the_story_offers_or_written_by_hand(opened: Window) -> None:
    opened.select(HARBOUR_TITLE)
    opened.page.get_by_role("button", name="Its dek", exact=True).click()
    opened.until("document.querySelector('.offer.taken button').textContent === 'Its dek'")
    assert edit_of(opened.running, HARBOUR).summary == "dek"
    assert next(entry for entry in agree(opened).entries if entry.id == HARBOUR).lead_mode == "dek"
    opened.keys("t")
    opened.until("document.activeElement.id.startsWith('lead-')")
    opened.page.keyboard.type("Two metres of water are gone.")
    opened.until("!document.querySelector('[data-unsaved]')")
    entry = next(entry for entry in agree(opened).entries if entry.id == HARBOUR)
    assert (entry.lead.text, entry.lead_mode) == ("Two metres of water are gone.", "hand")


def test_the_subject_is_taken_from_the_candidates_and_the_preheader_typed(opened: Window) -> None:
    opened.keys("i")
    opened.until("document.activeElement.id === 'subject-issue'")
    opened.page.get_by_role("button", name=f"Tidewater Weekly: {FERRY_TITLE}", exact=True).click()
    opened.until("document.querySelector('.letter-subject').textContent.includes('Tidewater Weekly: Norwegian')")
    opened.page.locator("#preheader-issue").fill("p" * 151)
    assert opened.page.locator("#preheader-issue-count").inner_text() == "151 characters, 150 fit"
    opened.until("!document.querySelector('[data-unsaved]')")
    assert edits(opened.running).subject == f"Tidewater Weekly: {FERRY_TITLE}"
    assert agree(opened).preheader.text == "p" * 151
    opened.page.locator("button", has_text="Take that again: Subject").click()
    opened.until("title => document.getElementById('subject-issue').value === title", FERRY_TITLE)
    agree(opened)
    assert edits(opened.running).subject is None


def test_what_is_left_out_is_searched_filtered_and_added(opened: Window) -> None:
    opened.keys("/")
    opened.until("document.activeElement.id === 'search'")
    opened.page.keyboard.type("gannets")
    opened.until("document.getElementById('found').textContent.startsWith('1 of ')")
    opened.page.locator("button", has_text="Add: Counting Gannets by Ear").click()
    opened.until("document.querySelector('#panel h2').textContent === 'Counting Gannets by Ear'")
    assert "Counting Gannets by Ear" in [entry.title.text for entry in agree(opened).entries]
    opened.keys("/")
    opened.page.locator("#search").fill("")
    opened.page.locator("#why-out").select_option("offered")
    rows = opened.page.locator(".out-row")
    assert 0 < rows.filter(visible=True).count() < rows.count()


def test_a_piece_from_elsewhere_is_added_changed_and_taken_out(opened: Window) -> None:
    opened.keys("i")
    opened.page.locator("summary", has_text="Add a piece from elsewhere").click()
    opened.page.locator("#new-link-url").fill("https://elsewhere.example/channel")
    opened.page.locator("#new-link-title").fill("The price of a deeper channel")
    opened.page.locator("#new-link-source").fill("Elsewhere Weekly")
    opened.page.locator("#new-link button").click()
    opened.until("document.getElementById('outline').textContent.includes('The price of a deeper channel')")
    (link,) = edits(opened.running).links
    assert (link.url, link.source) == ("https://elsewhere.example/channel", "Elsewhere Weekly")
    assert opened.page.locator("#new-link-title").input_value() == ""
    agree(opened)
    opened.select("The price of a deeper channel")
    opened.page.locator("#panel [name=text]").fill("A port weighs what it would lose.")
    opened.page.locator("#panel button[type=submit]").click()
    opened.said("")
    opened.running.until(lambda state: state["edits"]["links"][0]["text"] == "A port weighs what it would lose.")
    agree(opened)
    opened.page.get_by_role("button", name="Take it out").click()
    opened.until("!document.getElementById('outline').textContent.includes('The price of a deeper channel')")
    assert edits(opened.running).links == ()
    agree(opened)


def test_an_address_that_is_none_is_refused_and_what_was_typed_stays(opened: Window) -> None:
    opened.keys("i")
    opened.page.locator("summary", has_text="Add a piece from elsewhere").click()
    opened.page.locator("#new-link-url").fill("https:///x")
    opened.page.locator("#new-link-title").fill("Nowhere")
    opened.page.locator("#new-link button").click()
    opened.until("document.getElementById('new-link-told').textContent.length > 10")
    assert opened.page.locator("#new-link-title").input_value() == "Nowhere"
    assert edits(opened.running).links == ()


def test_a_picture_is_left_away_and_another_is_chosen(opened: Window) -> None:
    opened.select(HARBOUR_TITLE)
    opened.page.get_by_label("None", exact=True).check()
    opened.until("document.querySelector('#row-23f85be43df7 .mark-picture') === null")
    assert edit_of(opened.running, HARBOUR).image == "none"
    assert next(entry for entry in agree(opened).entries if entry.id == HARBOUR).picture is None
    opened.page.get_by_label("Another", exact=True).check()
    address = opened.page.get_by_label("Its address")
    address.fill("https://tidewater.example/img/skerrow-ferry.jpg")
    opened.until("!document.querySelector('[data-unsaved]')")
    assert edit_of(opened.running, HARBOUR).image == "https://tidewater.example/img/skerrow-ferry.jpg"
    opened.page.get_by_label("Credit").fill("A. Quill")
    opened.until("!document.querySelector('[data-unsaved]')")
    assert edit_of(opened.running, HARBOUR).credit == "A. Quill"
    opened.page.get_by_label("The story’s own").check()
    opened.running.until(lambda state: all(each["image"] is None for each in state["edits"]["stories"]))
    agree(opened)


def test_all_is_undone_to_the_first_bytes_and_done_again(opened: Window) -> None:
    opened.select(HARBOUR_TITLE)
    opened.keys("d")
    opened.until("title => document.querySelector('#panel h2').textContent === title", NIGHTS_TITLE)
    opened.page.locator(f"#headline-{NIGHTS}").fill("Nights")
    opened.until("!document.querySelector('[data-unsaved]')")
    opened.saved()
    after = (opened.running.issue / "edits.toml").read_bytes()
    opened.page.locator("#bar [data-action=undo]").click()
    opened.until("title => document.querySelector('textarea[id^=headline]').value === title", NIGHTS_TITLE)
    opened.page.locator("#outline").focus()
    opened.keys("Control+z")
    opened.until("title => document.getElementById('outline').textContent.includes(title)", HARBOUR_TITLE)
    opened.saved()
    assert (opened.running.issue / "edits.toml").read_text() == BLANK
    opened.keys("Control+Shift+z", "Control+y")
    opened.until("title => !document.getElementById('outline').textContent.includes(title)", HARBOUR_TITLE)
    opened.until("document.querySelector('textarea[id^=headline]').value === 'Nights'")
    opened.saved()
    assert (opened.running.issue / "edits.toml").read_bytes() == after
    agree(opened)
    opened.keys("y")
    assert "Nights" in opened.page.locator("#panel .done").inner_text()


def test_a_second_window_sees_what_the_first_one_did(opened: Window, chromium: "Browser") -> None:
    with window(chromium, opened.running) as second:
        opened.select(HARBOUR_TITLE)
        opened.keys("d")
        second.until("title => !document.getElementById('outline').textContent.includes(title)", HARBOUR_TITLE)
        second.said("Changed elsewhere")
        agree(second)


def test_of_two_texts_for_one_field_neither_is_lost(opened: Window, chromium: "Browser") -> None:
    with window(chromium, opened.running) as second:
        for each in (opened, second):
            each.select(HARBOUR_TITLE)
        field = second.page.locator(f"#headline-{HARBOUR}")
        field.focus()
        opened.page.locator(f"#headline-{HARBOUR}").fill("The first window's")
        opened.until("!document.querySelector('[data-unsaved]')")
        second.until("document.querySelector('#row-23f85be43df7 .row-title').textContent.includes('first')")
        field.fill("The second window's")
        told = second.page.locator(f"#headline-{HARBOUR}-told")
        second.until(
            "id => document.getElementById(id).textContent.includes('first window')", f"headline-{HARBOUR}-told"
        )
        assert field.input_value() == "The second window's"
        assert edit_of(opened.running, HARBOUR).headline == "The first window's"
        told.get_by_role("button", name="Keep mine").click()
        second.until("!document.querySelector('[data-unsaved]')")
        assert edit_of(opened.running, HARBOUR).headline == "The second window's"
        agree(second)


def test_a_change_of_a_text_editor_shows_by_itself(opened: Window) -> None:
    opened.select(HARBOUR_TITLE)
    write(opened.running, f'{BLANK}[[story]]\narticle = "{HARBOUR}"\nheadline = "By hand"\n')
    opened.until("document.querySelector('textarea[id^=headline]').value === 'By hand'")
    opened.running.until(lambda state: state["built"])
    opened.said("Changed elsewhere")
    agree(opened)


def test_an_error_in_the_file_is_told_and_the_last_mail_stays(opened: Window) -> None:
    (opened.running.issue / "edits.toml").write_text("schema = 1\n[issue\n", encoding="utf-8")
    opened.until("document.getElementById('trouble').textContent.includes('edits.toml')")
    assert opened.titles()
    write(opened.running, BLANK)
    opened.until("!document.getElementById('trouble').textContent.trim()")


def test_the_views_go_by_digits_and_the_colours_by_choice(opened: Window) -> None:
    for key, view in (("2", "phone"), ("6", "web"), ("0", "last-build"), ("1", "desktop")):
        opened.keys(key)
        opened.page.wait_for_selector(f"#stage[data-view={view}]:not([data-busy]) iframe[src*='/frame/{view}']")
    scheme = opened.page.locator("[data-action=scheme]")
    papers = []
    for _ in range(3):
        scheme.click()
        papers.append(opened.page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert papers[0] == papers[2] != papers[1]


def test_single_keys_can_be_switched_off(opened: Window) -> None:
    opened.keys("?")
    opened.page.locator("#keys-alone").uncheck()
    opened.keys("Escape")
    opened.select(HARBOUR_TITLE)
    opened.keys("d", "e")
    assert opened.focus != f"headline-{HARBOUR}"
    opened.page.reload()
    opened.keys("i")
    opened.page.wait_for_timeout(300)
    assert opened.page.locator("#panel").get_attribute("data-panel") == "story"
    assert edits(opened.running).stories == ()


def test_skip_links_lead_to_the_stories_and_to_the_panel_on_a_tablet_too(
    chromium: "Browser", running: RunningDesk
) -> None:
    with window(chromium, running, size=(820, 1180)) as tablet:
        tablet.go(story=FERRY, panel="story")
        tablet.keys("Tab", "Enter")
        assert tablet.focus == "outline"
        assert tablet.page.locator("#outline").is_visible()
        tablet.page.reload()
        tablet.keys("Tab", "Tab", "Enter")
        assert tablet.focus == "panel"


def test_keys_do_nothing_to_the_story_before_while_the_next_is_on_its_way(opened: Window) -> None:
    opened.select(HARBOUR_TITLE)

    def late(route: "Route") -> None:
        opened.page.wait_for_timeout(600)
        route.continue_()

    opened.page.route("**/?view=*", late)
    opened.row(NIGHTS_TITLE).locator("a").focus()
    opened.keys("j", "d")
    opened.page.unroute_all(behavior="wait")
    opened.page.wait_for_timeout(500)
    assert edit_of(opened.running, HARBOUR).do is None


def test_the_outline_is_up_to_date_though_it_has_the_focus(opened: Window) -> None:
    opened.page.locator("#outline").focus()
    write(opened.running, f'{BLANK}[[story]]\narticle = "{HARBOUR}"\ndo = "drop"\n')
    opened.until("title => !document.getElementById('outline').textContent.includes(title)", HARBOUR_TITLE)
    assert opened.focus == "outline"


def test_the_focus_falls_to_the_story_at_hand_where_its_own_is_gone_and_that_can_be_seen(
    chromium: "Browser", running: RunningDesk
) -> None:
    write(running, BLANK)
    with window(chromium, running, size=(1440, 420)) as low:
        low.saved()
        low.select(HARBOUR_TITLE)
        low.row(HARBOUR_TITLE).locator("a").focus()
        low.keys("h")
        low.until("title => document.activeElement.querySelector('.row-title')?.textContent === title", NIGHTS_TITLE)
        low.go(panel="left-out")
        add = low.page.locator("#panel button:has-text('Add')").last
        add.focus()
        low.keys("Enter")
        low.saved()
        low.until("() => document.activeElement !== document.body")
        low.until(SEEN)


SEEN = """() => {
  const row = document.querySelector("#outline a[data-story][aria-current]")?.getBoundingClientRect();
  const outline = document.getElementById("outline").getBoundingClientRect();
  return row && row.top >= outline.top && row.bottom <= outline.bottom;
}"""
