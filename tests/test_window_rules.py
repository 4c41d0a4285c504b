"""Window rules that went wrong elsewhere, each as one newsroom lives it: what a week's issue must get right.

A row says what went wrong, and where that is told in public; its function drives the command line over real files.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from running import TOML
from window_desk import Desk

Play = Callable[[Desk], None]
SENT = "2024-10-25 13:00"
"""When the issue of 2024-W43 goes out in most rows: the cut-off is Friday, 12:00."""


@dataclass(frozen=True)
class Row:
    """What went wrong, where, and how it goes here."""

    wrong: str
    where: str
    play: Play


TABLE: list[Row] = []


def row(wrong: str, where: str) -> Callable[[Play], Play]:
    """Put a newsroom's week into the table."""

    def enter(play: Play) -> Play:
        TABLE.append(Row(wrong, where, play))
        return play

    return enter


@row("a back-dated article never appears", 'the rule "since the last send"')
def _(desk: Desk) -> None:
    desk.story("anchor", "2024-10-21 10:00")
    desk.send("2024-W43", SENT)
    desk.story("backdated", "2024-10-22 10:00")
    desk.story("buoy", "2024-10-28 10:00")
    desk.done("build", "--week", "2024-W44", at="2024-11-01 13:00")
    assert desk.reason("2024-W44", "backdated") == ("outside", "late")
    assert desk.chosen("2024-W44") == {"buoy"}


@row("an article that was indexed late is lost", 'the rule "since the last send"')
def _(desk: Desk) -> None:
    desk.configure(TOML.replace("[selection]", '[selection]\nlate = "include"'))
    desk.story("anchor", "2024-10-21 10:00")
    desk.send("2024-W43", SENT)
    desk.story("indexed", "2024-10-25 11:59")
    desk.story("buoy", "2024-10-28 10:00")
    desk.done("build", "--week", "2024-W44", at="2024-11-01 13:00")
    assert desk.chosen("2024-W44") == {"buoy", "indexed"}


@row("a post-dated item goes out twice", "Mailchimp RSS campaigns")
def _(desk: Desk) -> None:
    desk.item("anchor", "Mon, 21 Oct 2024 10:00:00 +0100")
    desk.item("ahead", "Mon, 28 Oct 2024 09:00:00 +0000")
    desk.send("2024-W43", SENT)
    assert desk.reason("2024-W43", "ahead")[0] == "outside"
    desk.send("2024-W44", "2024-11-01 13:00")
    desk.item("ahead", "Mon, 28 Oct 2024 09:00:00 +0000", title="The story of ahead, told again")
    desk.done("ingest", at="2024-11-08 13:00")
    assert desk.reason("2024-W44", "ahead")[0] == "chosen"
    assert desk.reason("2024-W45", "ahead")[0] == "sent-before"


@row("what is not out yet is sent", "rules without an upper bound")
def _(desk: Desk) -> None:
    desk.item("anchor", "Mon, 21 Oct 2024 10:00:00 +0100")
    desk.item("embargoed", "Thu, 24 Oct 2024 18:00:00 +0100")
    desk.done("ingest", at="2024-10-24 17:00")
    assert desk.reason("2024-W43", "embargoed")[0] == "future"
    desk.now = "2024-10-24 18:01"
    assert desk.chosen("2024-W43") == {"anchor", "embargoed"}


@row("an issue that is built on a Monday filters out too much", "buttondown/roadmap#2445")
def _(desk: Desk) -> None:
    for day, slug in ((18, "friday"), (20, "sunday"), (21, "monday"), (25, "last")):
        desk.story(slug, f"2024-10-{day} 11:00")
    desk.story("after", "2024-10-25 12:30")
    done = desk.done("build", "--week", at="2024-10-28 09:00")
    assert done.out.splitlines()[-1] == "issues/2024-W43"
    assert desk.chosen("2024-W43") == {"sunday", "monday", "last"}


@row("an issue that is built on a Monday finds nothing", "perlweekly")
def _(desk: Desk) -> None:
    desk.configure(TOML.replace("[[sources]]", '[week]\nstarts = "monday 00:00"\n[[sources]]', 1))
    for day in (21, 24, 27):
        desk.story(f"day{day}", f"2024-10-{day} 23:30")
    desk.done("build", "--week", at="2024-10-28 00:05")
    assert desk.chosen("2024-W43") == {"day21", "day24", "day27"}


def change_of_clocks(desk: Desk, edges: tuple[str, str], label: str, hours: int) -> None:
    """Put a story a minute before and at each edge of a week in which the clocks change: each is in one week."""
    desk.configure(TOML.replace("2024-09-27 12:00", "2024-01-01"))
    for name, day in zip(("start", "end"), edges, strict=True):
        desk.story(f"before-{name}", f"{day} 11:59")
        desk.story(f"at-{name}", f"{day} 12:00")
    built = desk.done("build", "--week", label, "--json", at=f"{edges[1]} 13:00")
    assert desk.chosen(label) == {"at-start", "before-end"}
    window = json.loads((desk.folder / built.data["folder"] / "issue.json").read_bytes())["window"]
    assert [window[edge][11:13] for edge in ("start", "end")] == (["11", "12"] if hours > 168 else ["12", "11"])


@row("the window shifts by an hour when the clocks go back", "bdevos/rss-to-email#95")
def _(desk: Desk) -> None:
    change_of_clocks(desk, ("2024-10-25", "2024-11-01"), "2024-W44", 169)


@row("the window shifts by an hour when the clocks go forward", "bdevos/rss-to-email#95")
def _(desk: Desk) -> None:
    change_of_clocks(desk, ("2024-03-29", "2024-04-05"), "2024-W14", 167)


@row("the hour that comes twice is read as the wrong one of the two", "bdevos/rss-to-email#95")
def _(desk: Desk) -> None:
    desk.configure(TOML.replace("[[sources]]", '[week]\nstarts = "sunday 01:30"\n[[sources]]', 1))
    desk.item("first", "Sun, 27 Oct 2024 01:29:00 +0100")
    desk.item("second", "Sun, 27 Oct 2024 01:29:00 +0000")
    desk.done("ingest", at="2024-11-04 09:00")
    assert desk.chosen("2024-W43") == {"first"}
    assert desk.chosen("2024-W44") == {"second"}


@row("the turn of the year gives a week the wrong year", "weeks named by calendar year and ISO week")
def _(desk: Desk) -> None:
    desk.configure(TOML.replace("2024-09-27 12:00", "2020-01-01"))
    desk.story("eve", "2024-12-31 10:00")
    desk.story("new", "2025-01-02 10:00")
    assert desk.done("build", "--week", at="2025-01-03 13:00").out.splitlines()[-1] == "issues/2025-W01"
    assert desk.chosen("2025-W01") == {"eve", "new"}


@row("a year with a week 53 loses it, or counts its stories twice", "weeks counted from 1 January")
def _(desk: Desk) -> None:
    desk.configure(TOML.replace("2024-09-27 12:00", "2020-01-01"))
    desk.story("last", "2020-12-29 10:00")
    desk.story("first", "2021-01-05 10:00")
    assert desk.done("build", "--week", at="2021-01-01 13:00").out.splitlines()[-1] == "issues/2020-W53"
    assert desk.done("build", "--week", at="2021-01-08 13:00").out.splitlines()[-1] == "issues/2021-W01"
    assert (desk.chosen("2020-W53"), desk.chosen("2021-W01")) == ({"last"}, {"first"})
    assert "the year 2021 has 52 weeks" in desk.run("articles", "--week", "2021-W53").err


@row("a feed without dates ends the build", "buttondown/roadmap#1783")
def _(desk: Desk) -> None:
    desk.story("anchor", "2024-10-21 10:00")
    desk.item("undated", "")
    done = desk.done("build", "--week", "2024-W43", at=SENT)
    assert "The story of undated: nobody says when it was published" in done.err
    assert "digest date " in done.err


@row("an item without a date comes in whatever the week", "buttondown/roadmap#1783")
def _(desk: Desk) -> None:
    desk.story("anchor", "2024-10-21 10:00")
    desk.item("undated", "")
    desk.done("ingest", at=SENT)
    assert desk.reason("2024-W43", "undated") == ("undated", None)
    desk.done("date", "https://harbour.example/undated", "2024-10-22")
    assert desk.chosen("2024-W43") == {"anchor", "undated"}


@row("a story that is touched after it was sent is new again", 'the rule "changed since the last send"')
def _(desk: Desk) -> None:
    desk.item("anchor", "Mon, 21 Oct 2024 10:00:00 +0100", guid="7")
    desk.send("2024-W43", SENT)
    desk.item("anchor", "Tue, 29 Oct 2024 10:00:00 +0000", guid="7")
    desk.story("buoy", "2024-10-28 10:00")
    desk.done("build", "--week", "2024-W44", at="2024-11-01 13:00")
    assert desk.chosen("2024-W44") == {"buoy"}


def known_again(desk: Desk, **changed: str) -> None:
    """A story changes after it was sent; it must be the one that readers had."""
    date = "Mon, 21 Oct 2024 10:00:00 +0100"
    desk.item("anchor", date, guid="7")
    desk.send("2024-W43", SENT)
    desk.item(changed.pop("slug", "anchor"), date, key="anchor", guid=changed.pop("guid", "7"), **changed)
    desk.story("buoy", "2024-10-28 10:00")
    desk.done("build", "--week", "2024-W44", at="2024-11-01 13:00")
    assert desk.chosen("2024-W44") == {"buoy"}
    told = desk.done("articles", "--since", "2024-10-18", "--until", "2024-11-01", "--json").data["articles"]
    assert sorted(each["reason"]["code"] for each in told) == ["chosen", "sent-before"]


@row("a changed address makes a story new again", "NetNewsWire#3286")
def _(desk: Desk) -> None:
    known_again(desk, slug="the-anchor-that-held")


@row("a changed headline makes a story new again", "newzmate")
def _(desk: Desk) -> None:
    known_again(desk, title="How the anchor held")


@row("a changed id makes a story new again", "NetNewsWire#3286")
def _(desk: Desk) -> None:
    known_again(desk, guid="0815")


@row("address, headline and id are changed at once", "a magazine moves to another system")
def _(desk: Desk) -> None:
    known_again(desk, slug="node-815", title="How the anchor held", guid="0815")


@row("what was over the cap is older than the mark next week, and never goes out", "MailPoet")
def _(desk: Desk) -> None:
    desk.configure(TOML.replace('name = "Reporting"\n', 'name = "Reporting"\ncap = 2\n', 1).replace(
        "[selection]", "[selection]\nheadlines = 0"))  # fmt: skip
    for day in (21, 22, 23):
        desk.story(f"day{day}", f"2024-10-{day} 10:00")
    desk.send("2024-W43", SENT)
    assert desk.chosen("2024-W43") == {"day22", "day23"}
    desk.story("buoy", "2024-10-28 10:00")
    desk.done("build", "--week", "2024-W44", at="2024-11-01 13:00")
    assert desk.reason("2024-W44", "day21") == ("outside", "passed-over")


@row("the stories of a week that was skipped are gone without a word", 'the rule "the last seven days"')
def _(desk: Desk) -> None:
    desk.story("skipped", "2024-10-22 10:00")
    desk.story("buoy", "2024-10-29 10:00")
    done = desk.done("build", "--week", "2024-W44", at="2024-11-01 13:00")
    assert "1 carried over (skipped week)" in done.err
    assert desk.reason("2024-W44", "skipped") == ("outside", "skipped-week")


@row("only the day of the month is compared", "goeland's filter `today`")
def _(desk: Desk) -> None:
    desk.configure(TOML.replace("2024-09-27 12:00", "2023-01-01"))
    for month in ("2024-08", "2024-09", "2024-10", "2024-11"):
        desk.story(f"of-{month}", f"{month}-25 10:00")
    desk.story("of-2023", "2023-10-25 10:00")
    desk.done("ingest", at="2024-12-01 09:00")
    told = desk.done("articles", "--day", "2024-10-25", "--json").data["articles"]
    assert [each["title"] for each in told if each["in"]] == ["The story of of-2024-10"]


@row("a week without an upper bound cannot be built again", "goeland's filter `lasthours`")
def _(desk: Desk) -> None:
    desk.story("anchor", "2024-10-21 10:00")
    desk.done("build", "--week", "2024-W43", at=SENT)
    first = (desk.folder / "issues/2024-W43/email.html").read_bytes()
    desk.story("buoy", "2024-10-28 10:00")
    desk.done("ingest", at="2024-12-01 09:00")
    desk.done("build", "--week", "2024-W43")
    assert (desk.folder / "issues/2024-W43/email.html").read_bytes() == first


@row("a past week that is built again bears the dates of this one", "PortOS#7025")
def _(desk: Desk) -> None:
    desk.story("anchor", "2024-10-21 10:00")
    done = desk.done("build", "--week", "2024-W43", at="2026-03-02 09:00")
    assert "18–25 October 2024 (2024-W43)" in done.out
    mail = (desk.folder / "issues/2024-W43/email.txt").read_text(encoding="utf-8")
    assert "18–25 October 2024" in mail
    assert "2026" not in mail


@row("an empty issue goes out", "hizzle-co/noptin#801")
def _(desk: Desk) -> None:
    desk.story("anchor", "2024-10-14 10:00")
    done = desk.run("build", "--week", "2024-W43", at=SENT)
    assert done.code == 3
    assert not (desk.folder / "issues/2024-W43/email.html").exists()


@row("a thin week is skipped in silence", "hizzle-co/noptin#818")
def _(desk: Desk) -> None:
    desk.configure(TOML.replace("[selection]", "[selection]\nminimum = 3"))
    desk.story("anchor", "2024-10-21 10:00")
    desk.story("earlier", "2024-10-16 10:00")
    done = desk.run("build", "--week", "2024-W43", at=SENT)
    assert done.code == 3
    for told in ("1 of at least 3 stories", "The story of earlier", 'do = "add"'):
        assert told in done.err + done.out
    desk.done("build", "--week", "2024-W43", "--thin-ok")


@row("readers count the last day twice", "karrot-frontend#1083")
def _(desk: Desk) -> None:
    desk.configure(TOML.replace("[[sources]]", '[week]\nstarts = "saturday 00:00"\n[[sources]]', 1))
    desk.story("friday", "2024-10-25 23:59")
    desk.story("saturday", "2024-10-26 00:00")
    done = desk.done("build", "--week", "2024-W43", at="2024-10-27 09:00")
    assert "19–25 October 2024" in done.out
    assert desk.chosen("2024-W43") == {"friday"}


@row("a day without a time falls into the day before, west of Greenwich", "dates read as midnight in UTC")
def _(desk: Desk) -> None:
    desk.configure(
        TOML.replace("Europe/London", "America/New_York").replace(
            "[[sources]]", '[week]\nstarts = "friday 00:00"\n[[sources]]', 1
        )
    )
    desk.story("thursday", "2024-10-24")
    desk.story("friday", "2024-10-25")
    desk.done("ingest", at="2024-11-01 09:00")
    assert (desk.chosen("2024-W43"), desk.chosen("2024-W44")) == ({"thursday"}, {"friday"})


@row("a post that was scheduled and then moved keeps its first date", "dates that are stored once")
def _(desk: Desk) -> None:
    desk.story("anchor", "2024-10-21 10:00")
    desk.item("moved", "Thu, 24 Oct 2024 09:00:00 +0100")
    desk.done("ingest", at="2024-10-23 09:00")
    desk.item("moved", "Tue, 29 Oct 2024 09:00:00 +0000")
    desk.send("2024-W43", SENT)
    assert desk.reason("2024-W43", "moved")[0] == "outside"
    desk.now = "2024-11-01 13:00"
    assert "moved" in desk.chosen("2024-W44")


@row("an embargo that ends with the cut-off puts a story into both weeks, or none", "windows closed at both ends")
def _(desk: Desk) -> None:
    desk.item("embargoed", "Fri, 25 Oct 2024 12:00:00 +0100")
    desk.item("just-before", "Fri, 25 Oct 2024 11:59:59 +0100")
    desk.done("ingest", at="2024-11-01 13:00")
    assert (desk.chosen("2024-W43"), desk.chosen("2024-W44")) == ({"just-before"}, {"embargoed"})


@row("what one newsletter sent is gone from another", "one mark for all campaigns")
def _(desk: Desk) -> None:
    desk.configure(f'{TOML}[[newsletters]]\nname = "monthly"\nsince = "2024-09-27 12:00"\n')
    desk.story("anchor", "2024-10-21 10:00")
    desk.send("2024-W43", SENT)
    told = desk.done("-n", "monthly", "articles", "--month", "2024-10", "--json").data["articles"]
    assert [each["reason"]["code"] for each in told if each["title"] == "The story of anchor"] == ["chosen"]


@row("a digest is sent again when its job runs again", "forem/forem#10940, mailpoet#4397")
def _(desk: Desk) -> None:
    desk.story("anchor", "2024-10-21 10:00")
    desk.send("2024-W43", SENT)
    assert desk.run("build", "--week", "2024-W43").code == 4
    assert "already" in desk.done("sent", "2024-W43").out


@row("a story that the editor holds for next week is forgotten", "UoMCS/newsagent#64")
def _(desk: Desk) -> None:
    desk.story("anchor", "2024-10-21 10:00")
    desk.story("held", "2024-10-22 10:00")
    desk.done("build", "--week", "2024-W43", at=SENT)
    with (desk.folder / "issues/2024-W43/edits.toml").open("a", encoding="utf-8") as edits:
        edits.write('\n[[story]]\narticle = "https://harbour.example/held"\ndo = "hold"\n')
    desk.send("2024-W43", SENT)
    assert desk.chosen("2024-W43") == {"anchor"}
    desk.story("buoy", "2024-10-28 10:00")
    desk.done("build", "--week", "2024-W44", at="2024-11-01 13:00")
    assert desk.chosen("2024-W44") == {"buoy", "held"}


@row("what was unpublished before the issue went out leaks into it", "itch.io#1029")
def _(desk: Desk) -> None:
    desk.story("anchor", "2024-10-21 10:00")
    desk.story("leaked", "2024-10-22 10:00")
    desk.done("ingest", at="2024-10-24 09:00")
    desk.story("leaked", "2024-10-22 10:00\nwithdrawn: true")
    desk.done("ingest", at=SENT)
    assert desk.reason("2024-W43", "leaked")[0] == "gone"
    desk.story("leaked", "2024-10-22 10:00")
    desk.done("ingest", at="2024-10-25 14:00")
    assert desk.chosen("2024-W43") == {"anchor", "leaked"}


@row("an item that fell out of a short feed before the build is lost", "feeds of ten items")
def _(desk: Desk) -> None:
    desk.item("anchor", "Mon, 21 Oct 2024 10:00:00 +0100")
    desk.item("buoy", "Wed, 23 Oct 2024 10:00:00 +0100")
    desk.done("ingest", at="2024-10-23 12:00")
    desk.drop("anchor")
    desk.done("build", "--week", "2024-W43", at=SENT)
    assert desk.chosen("2024-W43") == {"anchor", "buoy"}


@row("every item bears the moment in which the feed was made", "feeds of static sites")
def _(desk: Desk) -> None:
    for slug in ("anchor", "buoy", "capstan"):
        desk.item(slug, "Fri, 25 Oct 2024 11:58:00 +0100")
    desk.done("ingest", at="2024-10-25 12:00")
    assert desk.chosen("2024-W43") == set()
    assert desk.reason("2024-W43", "buoy") == ("undated", None)


@pytest.mark.parametrize("told", TABLE, ids=lambda told: f"{told.where}: {told.wrong}")
def test_what_went_wrong_elsewhere_goes_right_here(told: Row, tmp_path: Path) -> None:
    told.play(Desk(tmp_path))


def test_the_table_has_every_rule_once() -> None:
    assert len(TABLE) >= 24
    assert len({told.wrong for told in TABLE}) == len(TABLE)
