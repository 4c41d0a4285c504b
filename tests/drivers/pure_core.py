"""Run floors 0-4 on a golden issue with every way out of the process watched; print the issue.

Imports, time zones and the articles are made before the watch begins. While it lasts, any audit event that is not
harmless (opening a file, a socket, a process, an import that would read one) ends the program with exit code 3.
"""

import importlib
import os
import pkgutil
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.check import Proof, report
from digest.check.facts import Answer, Facts, SentBefore
from digest.check.support import Feature, Support
from digest.compose import Frame, compose
from digest.compose.frame import Phrases, Spelling, Tracking
from digest.handover import locked, state
from digest.merge import merge, seal
from digest.model.article import Article, Block, Image, Link, Sighting
from digest.model.edits import Edits, LinkEdit, StoryEdit
from digest.model.issue import Brand, Issue, ThemeStamp
from digest.model.ledger import Event
from digest.model.message import Message, Rendered, Sender
from digest.model.selection import Carried, Selection, SentIssue
from digest.model.window import Window
from digest.selector import select
from digest.selector.reasons import in_words
from digest.selector.rules import Brief, Rules, SectionRule
from digest.summarizer import Budget, make_lead
from digest.text.clean import plain_text
from digest.text.dates import read_date, written_date
from digest.text.urls import canonical_url
from digest.window import Calendar, Wanted, read_week_start, read_window
from digest.wire import from_json, to_pretty_json
from tasks import pure_rooms

HARMLESS = frozenset({"builtins.id", "object.__getattr__", "sys._getframe"})
"""Audit events that touch nothing outside the process."""

ZONE = ZoneInfo("Europe/Lisbon")
FRIDAY = datetime(2024, 10, 25, 11, tzinfo=UTC)
SUBJECTS = ("ferry timetable", "night market", "school library", "river gauge", "town archive", "tram depot")

watching = False


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """End the program at an event that reaches outside."""
    if watching and event not in HARMLESS:
        # Not an exception, which the code under watch could swallow.
        os.write(2, f"floors 0-4 reached outside: {event} {arguments!r}\n".encode())
        os._exit(3)


def everything_imported() -> None:
    """Import every module of the pure rooms, and what they load only when they need it."""
    importlib.import_module("dateutil.parser")
    for room in pure_rooms():
        if importlib.util.find_spec(f"digest.{room}") is None:
            continue  # a room that is not built yet
        module = importlib.import_module(f"digest.{room}")
        for inner in pkgutil.walk_packages(getattr(module, "__path__", ()), f"digest.{room}."):
            importlib.import_module(inner.name)


def sighting(number: int) -> Sighting:
    """Return the sighting of one story; every sixth is on the same subject, the ninth has no date."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    url = f"https://gazette.example/{subject.replace(' ', '-')}-{number}"
    text = (
        f"The {subject} is to change in {number + 2} steps, the council said after a meeting on Tuesday that went on "
        f"until midnight. “We have waited {number + 3} years for this,” said Dr. Inês Vale, who keeps the {subject}. "
        f"Part {number} of the plan names {number * 7} places and a budget of € {number}.{number} m; work begins once "
        f"number {number} of the permits has arrived from the ministry in the capital."
    )
    return Sighting(
        source="wire",
        url=canonical_url(url + "?utm_source=feed"),
        title=plain_text(f"What the {subject} &amp; its {number} steps mean"),
        dek=f"A plan for the {subject}, in short.",
        section="Town" if number % 2 else "River",
        authors=("Rui Sá",) if number % 3 else ("Rui Sá", "Ana Lobo"),
        published=None if number == 9 else FRIDAY - timedelta(hours=13 * number + 1),
        date_source=None if number == 9 else "feed",
        blocks=(Block(text=text, links=(Link(text="plan", url=url),)), Block(kind="heading", text="What comes next")),
        image=Image(url=url + ".jpg", alt="A view", credit="Ana Lobo"),
        seen_at=FRIDAY,
    )


def window_and_moments() -> Window:
    """Read the week in all its spellings and a loose date; return the week."""
    calendar = Calendar(zone=ZONE, starts=read_week_start("friday 12:00"))
    blank = {"week": None, "since": None, "until": None, "month": None, "day": None}
    for field, value in (("month", "2024-10"), ("day", "2024-10-25"), ("week", "last")):
        read_window(Wanted(**{**blank, field: value}), calendar, FRIDAY, None)
    read_date("Fri, 25 Oct 2024 10:00:00 +0100", ZONE)
    read_date("25 October 2024", ZONE)
    return read_window(Wanted(**{**blank, "week": "2024-W43"}), calendar, FRIDAY, None)


def selected(articles: tuple[Article, ...], window: Window, edits: Edits) -> Selection:
    """Select with caps, an earlier issue, and the editor's hand."""
    rules = Rules(
        sections=(SectionRule(name="Town", weight=2, cap=3), SectionRule(name="River", slot="brief")),
        per_author=4,
        since=FRIDAY - timedelta(weeks=5),
    )
    carried = tuple(Carried(id=article.id, url=article.url) for article in articles[-1:])
    sent = SentIssue(
        label="2024-W42",
        start=window.start - timedelta(weeks=1),
        end=window.start,
        sent_at=window.start,
        carried=carried,
    )
    return select(articles, Brief(window=window, rules=rules, edits=edits, sent=(sent,), now=FRIDAY))


def golden_issue() -> Issue:
    """Take sightings all the way to an issue."""
    window = window_and_moments()
    articles = tuple(merge((seal(sighting(number)),)) for number in range(16))
    edits = Edits(
        stories=(StoryEdit(article=articles[3].id, do="pin"), StoryEdit(article=articles[4].id, do="drop")),
        links=(LinkEdit(url="https://elsewhere.example/a", title="A piece from elsewhere"),),
    )
    selection = selected(articles, window, edits)
    assert selection.chosen
    assert all(in_words(out.reason) for out in selection.left_out)
    leads = {choice.article.id: make_lead(choice.article, Budget(30, 60)) for choice in selection.chosen}
    sent = Event(event="sent", at=FRIDAY, start=window.start, end=window.end)
    assert state((sent,)) == "sent"
    assert locked((sent,))
    return compose(selection, leads, frame(window, edits))


def frame(window: Window, edits: Edits) -> Frame:
    """Return an issue's surroundings, with every option that composes something."""
    return Frame(
        digest="0",
        newsletter="weekly",
        newsletter_title="The Weekly",
        number=7,
        window=window,
        brand=Brand(name="Gazette", url="https://gazette.example/"),
        theme=ThemeStamp(name="standard", sha256="0" * 64),
        spelling=Spelling(
            date=partial(written_date, zone=ZONE),
            day=lambda instant: instant.date().isoformat(),
            names=" and ".join,
        ),
        phrases=Phrases(opening="{count} stories of {dates}"),
        tracking=Tracking(parameters=(("utm_source", "weekly"),), hosts=("gazette.example",)),
        edits=edits,
    )


def checked(issue: Issue) -> bool:
    """Check the issue with facts of every kind, on a page that refers to files and addresses; tell whether it did."""
    page = (
        '<!DOCTYPE html>\n<html lang="en"><head><style>@import url(file:///x.css);p{top:0}</style></head>'
        '<body><img src="file:///x.png"><p style="color:#fff">A tide</p>'
        '<a href="https://gazette.example/x">x</a></body>'
    )
    facts = Facts(
        sent=(SentBefore(label="2024-W42", subject="x", urls=(issue.entries[0].url,)),),
        answers=(Answer(url="https://gazette.example/x", status=404),),
        support=Support(platforms=("gmail.ios",), features=(Feature(slug="html-p", title="p", support=("n",)),)),
    )
    message = Message(service="none", key="", sender=Sender(), subject="x", preheader="", html=page, text="A tide")
    told = report(Proof(issue=issue, rendered=Rendered(html=page, text="", web=page), message=message, facts=facts))
    return {"link-dead", "link-sent", "contrast-light"} <= {finding.code for finding in told.findings}


if __name__ == "__main__":
    everything_imported()
    sys.addaudithook(watch)
    watching = True
    if "--reach-outside" in sys.argv:  # so that a test can see that the watch bites
        Path(__file__).open("rb").close()
    issue = golden_issue()
    record = to_pretty_json(issue)
    assert from_json(record, Issue) == issue
    assert checked(issue)
    watching = False
    sys.stdout.buffer.write(record)
