"""An editor's Friday, and a bad one: one browser test each, over the real desk, real files and real commands."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from desk_page import Window, window
from desk_running import LABEL, RunningDesk, desk, sample
from digest.issues.edits import TEMPLATE, read_edits
from newsrooms import room as newsroom
from running import Done, files
from site_articles import written
from site_of_its_own import Answer, Site, magazine

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WEEK, NEXT = ("--week", LABEL), ("--week", "2024-W44")
FERRY = "Norwegian Yard Wins the Skerrow Ferry"
HARBOUR = "The Harbour That Would Not Drain"
WARDENS = "Six Nights with the Wardens of Wendfoot"
KEEPERS = "What the Lighthouse Keepers Wrote Down"
CHART = "“A Chart Is a Promise to a Stranger”"
FOGHORNS = "Concerto for Five Foghorns? Bring a Coat."
LETTERS = "Letters: The bank that walked, and a word for mud"
GANNETS = "Counting Gannets by Ear"
LEAD = "A yard in western Norway is to build the ferry that Skerrow has waited for since 2022."
FACES = ("issue.json", "email.html", "email.txt", "web.html")


def terminal(room: Path, *arguments: str) -> Done:
    """Run `digest` in a process of its own, as an editor does in a terminal beside the desk."""
    command = (sys.executable, "-m", "digest", *arguments)
    done = subprocess.run(command, cwd=room, capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def issue(room: Path) -> dict[str, bytes]:
    """Return the issue's files as readers get them, and its record."""
    found = files(room / "issues" / LABEL)
    return {name: found[name] for name in found if name in FACES or name.startswith("images/")}


def edit_of(running: RunningDesk, id_: str) -> Any:
    return next(edit for edit in read_edits(running.issue / "edits.toml").stories if edit.article == id_)


def places(running: RunningDesk) -> dict[str, tuple[str, int]]:
    """Return the section of each story and its place there, as the desk has them."""
    seen: dict[str, int] = {}
    found: dict[str, tuple[str, int]] = {}
    for row in running.state["order"]:
        seen[row["section"]] = seen.get(row["section"], -1) + 1
        found[row["title"]] = (row["section"], seen[row["section"]])
    return found


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """Return a newsroom of the sample magazine with its fullest week built."""
    return sample(tmp_path)


def test_an_editors_friday(chromium: "Browser", room: Path) -> None:
    with desk(room) as running, window(chromium, running) as at:
        moved(at, running)
        held_dropped_and_added(at, running)
        worded(at, running)
        settled(at, running, room)
        mended(at, running)
        approved(at, running)
    before = issue(room)
    assert TEMPLATE in (room / "issues" / LABEL / "edits.toml").read_text(encoding="utf-8")
    assert terminal(room, "build", *WEEK).code == 0
    assert issue(room) == before  # byte for byte what was approved
    status = terminal(room, "status", "--json")
    assert (status.code, status.data["approval"]["status"], status.data["held"]) == (0, "stands", [WARDENS])
    assert terminal(room, "sent", LABEL, "--at", "2024-10-25 14:00").code == 0
    following = terminal(room, "articles", *NEXT, "--json").data["articles"]
    first = next(row for row in following if row["in"] and row["slot"] == "story")  # the lead has a rule of its own
    assert (first["title"], first["reason"]["how"], first["reason"]["of"]) == (WARDENS, "held", LABEL)


def moved(at: Window, running: RunningDesk) -> None:
    """Move three stories: by keys, by the section's list, by drag. Nothing else moves."""
    before = list(places(running))
    at.select(HARBOUR)
    at.keys("Alt+ArrowDown")
    running.until(lambda _: places(running)[HARBOUR] == ("Reporting", 1))
    at.select(KEEPERS)
    at.page.locator("#section").select_option("Opinion")
    running.until(lambda _: places(running)[KEEPERS][0] == "Opinion")
    at.row(CHART).locator(".grip").drag_to(at.row(FOGHORNS))
    running.until(lambda _: places(running)[CHART] == ("Culture", 0))
    others = [title for title in before if title not in {HARBOUR, KEEPERS, CHART}]
    assert [title for title in places(running) if title in others] == others
    assert at.titles(section="Culture")[:2] == [CHART, FOGHORNS]


def held_dropped_and_added(at: Window, running: RunningDesk) -> None:
    """Hold one for next week, drop one, and bring in one of those on offer."""
    for title, key in ((WARDENS, "h"), (LETTERS, "d")):
        at.select(title)
        at.keys(key)
        at.row(title).wait_for(state="detached")
        assert title not in places(running)
    at.keys("/")
    at.page.locator("#search").fill("gannets")
    at.page.locator(".out-row", has_text=GANNETS).get_by_role("button").click()
    running.until(lambda _: GANNETS in places(running))
    at.row(GANNETS).wait_for()


def worded(at: Window, running: RunningDesk) -> None:
    """Write the lead story's text and the subject."""
    at.select(FERRY)
    at.keys("t")
    at.page.keyboard.press("Control+a")
    at.page.keyboard.type(LEAD)
    running.until(lambda state: LEAD in str(state["edits"]))
    at.keys("Escape", "i")
    at.page.get_by_label("Subject").fill("A ferry from Norway")
    at.keys("Escape")
    running.until(lambda state: state["edits"]["subject"] == "A ferry from Norway")
    at.saved()
    assert LEAD in " ".join((running.issue / "email.txt").read_text(encoding="utf-8").split())
    assert edit_of(running, "302799eade79").was.lead.startswith("The Marram Harbours Board has awarded")


def settled(at: Window, running: RunningDesk, room: Path) -> None:
    """Rewrite a headline, have the source correct its own, and choose between the two."""
    at.select("Eel")
    at.keys("e")
    at.page.keyboard.type("One eel")
    running.until(lambda _: "One eel" in places(running))
    feed = room / "sample" / "feed.xml"
    feed.write_text(feed.read_text(encoding="utf-8").replace("<title>Eel<", "<title>Eels<"), encoding="utf-8")
    assert terminal(room, "ingest").code == 0
    at.page.get_by_role("link", name="Choose which text stands").click()
    clash = at.page.locator("#panel .clash")
    assert clash.locator("q").inner_text() == "Eel"
    assert clash.locator(".side p").all_inner_texts() == ["One eel", "Eels"]
    assert "One eel" in (running.issue / "email.txt").read_text(encoding="utf-8")  # nothing was overwritten
    clash.get_by_role("button", name="Keep mine").click()
    at.page.get_by_text("None: no source has changed under an edit of yours.").wait_for()
    assert (edit_of(running, "f075344fac21").headline, edit_of(running, "f075344fac21").was.headline) == (
        "One eel",
        "Eels",
    )


def mended(at: Window, running: RunningDesk) -> None:
    """Paste an opening with a character that was lost; the check bars the approval until it is mended."""
    at.keys("Escape", "i")
    opening = at.page.get_by_label("Opening")
    opening.fill("A week of ferries, eels and caf\ufffd talk.")
    at.keys("Escape", "c")
    at.page.locator("#panel .check-error", has_text="char-lost").wait_for()
    assert at.page.get_by_role("button", name="Approve").is_disabled()
    at.keys("i")
    opening.fill("A week of ferries, eels and café talk.")
    at.keys("Escape", "c")
    at.page.locator("#panel .check-error").wait_for(state="detached")
    running.until(lambda state: not [each for each in state["findings"] if each["level"] == "error"])


def approved(at: Window, running: RunningDesk) -> None:
    """Approve it by name; undo and redo void it and give it back."""
    at.saved()
    at.page.get_by_label("Your name").fill("Ann Roe")
    at.page.get_by_role("button", name="Approve").click()
    at.page.get_by_text("by Ann Roe,").wait_for()
    assert running.until(lambda state: state["state"] == "approved")
    at.keys("Control+z")
    at.page.get_by_text("The approval does not hold any more").wait_for()
    assert "opening changed" in at.page.locator("#approval li").all_inner_texts()
    at.keys("Control+Shift+z")
    at.page.get_by_role("heading", name="Approved").wait_for()
    at.saved()


GATE = "The gate that would not close & what it cost"
EELS = "Eels in the culvert"
SWANS = "A toll for swans?"
DREDGING = "Dredging by moonlight"
MORE = """
[selection]
shortest = 10
minimum = 1
[week]
starts = "friday 12:00"
[mailer]
unsubscribe_url = "https://lockandweir.example/leave"
[check]
ignore = ["link-staging"]  # the site of this test is one of the house
"""


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve a magazine that has put a wrong century on one of its stories."""
    pieces = written()
    wrong = [
        replace(each, published=each.published.replace(year=2124)) if each.title == SWANS else each for each in pieces
    ]
    with magazine(wrong) as site:
        yield site


@pytest.fixture
def bad(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a newsroom that has read the magazine's feed, and its pages, once."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = newsroom(tmp_path / "lock-and-weir", site, "/feed.xml")
    text = (folder / "digest.toml").read_text(encoding="utf-8").replace("pause = 0\n", "pause = 0\nseconds = 1\n")
    text = text.replace("[fetch]", 'address = "1 Lock Lane, Bramble"\n[fetch]')
    (folder / "digest.toml").write_text(text + MORE, encoding="utf-8")
    assert terminal(folder, "ingest").code == 0
    return folder


def test_a_bad_friday(chromium: "Browser", bad: Path, site: Site) -> None:
    down(bad, site)
    with desk(bad) as running, window(chromium, running) as at:
        dated(at, running, bad)
        retracted(at, running, bad, site)
        with window(chromium, running) as other:
            together(at, other, running)
        assert terminal(bad, "approve", "--as", "Ann Roe").code == 0
        assert terminal(bad, "sent", LABEL, "--at", "2024-10-25 14:00").code == 0
        at.page.get_by_text("this issue is locked").first.wait_for()
    corrected(bad)


def down(bad: Path, site: Site) -> None:
    """Work while the site is down: what was read before is there, and what could not be read is said every time."""
    site.routes["/"] = lambda _path, _query: Answer(status=503)
    built = terminal(bad, "build", *WEEK)
    assert built.code == 0
    assert "/the-gate-that-would-not-close/ and 2 more is still there: the server answered 503" in built.err
    assert "/pictures/gate.png is left out: the server answered 503" in built.err
    before = issue(bad)
    assert EELS in before["email.txt"].decode()
    read = terminal(bad, "ingest")
    assert (read.code, "feed: the server answered 503" in read.out) == (1, True)
    strict = terminal(bad, "build", *WEEK, "--strict")
    assert (strict.code, issue(bad) == before) == (1, True)
    assert "no issue was built" in strict.err
    assert "feed: not read since" in terminal(bad, "build", *WEEK).out
    assert issue(bad) == before
    del site.routes["/"]
    assert terminal(bad, "ingest").code == 0
    again = terminal(bad, "build", *WEEK)
    assert (again.code, "Unavailable" in again.out + again.err) == (0, False)


def dated(at: Window, running: RunningDesk, bad: Path) -> None:
    """Mend a wrong date with the command that the desk names; the story comes in before the editor's eyes."""
    assert SWANS not in at.titles()
    at.go(panel="checks")
    told = at.page.locator("#panel .check", has_text="date-ahead")
    assert SWANS in told.inner_text()
    command = told.locator(".note").inner_text().partition("digest ")[2].partition('"')[0]
    assert terminal(bad, *command.split(), "2024-10-23 09:30").code == 0
    at.row(SWANS).wait_for()
    assert SWANS in [row["title"] for row in running.state["order"]]


def retracted(at: Window, running: RunningDesk, bad: Path, site: Site) -> None:
    """Approve the issue; have the magazine withdraw a story: it leaves, and the approval with it, by name."""
    at.saved()
    assert terminal(bad, "approve", "--as", "Ann Roe").code == 0
    site.take_down("eels-in-the-culvert")
    assert terminal(bad, "ingest").code == 0
    at.row(EELS).wait_for(state="detached")
    at.page.get_by_text("The approval does not hold any more").wait_for()
    assert f"out: {EELS}" in at.page.locator("#approval li").all_inner_texts()
    at.saved()
    status = terminal(bad, "status")
    assert (status.code, f"  out: {EELS}" in status.out) == (4, True)
    assert EELS not in (running.issue / "email.txt").read_text(encoding="utf-8")
    assert "gone from the magazine's site" in terminal(bad, "articles", *WEEK).out


def together(at: Window, other: Window, running: RunningDesk) -> None:
    """Two windows: the second sees what the first did; where both write one text, both are shown and one is chosen."""
    at.select(DREDGING)
    at.keys("e")
    at.page.keyboard.type("Mud by moonlight")
    other.row("Mud by moonlight").wait_for()
    other.select("Mud by moonlight")
    other.page.route("**/events", lambda route: route.abort())
    other.page.route("**/?*", lambda route: route.abort())  # her line is bad: she does not see what comes next
    at.page.keyboard.type(", at last")
    running.until(lambda state: "Mud by moonlight, at last" in str(state["order"]))
    other.keys("e")
    other.page.keyboard.type("Patience at night")
    told = other.page.locator(".told", has_text="Meanwhile this was changed elsewhere, to “Mud by moonlight, at last”.")
    told.wait_for()
    assert "Mud by moonlight, at last" in str(running.state["order"])
    other.page.unroute_all()
    other.until("version => document.getElementById('bar').dataset.version === version", running.state["version"])
    other.faults.clear()  # what the bad line has broken off
    told.get_by_role("button", name="Keep mine").click()
    running.until(lambda state: "Patience at night" in str(state["order"]))
    at.row("Patience at night").wait_for()
    at.keys("Escape", "Control+z")  # nothing is lost: what was replaced comes back
    running.until(lambda state: "Mud by moonlight, at last" in str(state["order"]))
    at.saved()


def corrected(bad: Path) -> None:
    """Find a typo after sending: the files stay as they were sent, and the web version and the site say so."""
    before = issue(bad)
    assert terminal(bad, "build", *WEEK).code == 4
    assert issue(bad) == before
    typo = "The gate stood open for twelve weeks, not eleven."
    assert terminal(bad, "correct", LABEL, typo).code == 0
    after = issue(bad)
    assert {name for name in after if after[name] != before[name]} == {"issue.json", "web.html"}
    assert typo in after["web.html"].decode()
    assert terminal(bad, "site").code == 0
    assert typo in (bad / "site" / LABEL / "index.html").read_text(encoding="utf-8")
    offered = terminal(bad, "build", *NEXT, "--thin-ok")
    assert f'of = "{LABEL}"' in offered.err + offered.out
    assert terminal(bad, "status", LABEL).code == 0
