"""Small values for tests: an article, a choice, a frame, an issue, each with only what the test is about."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from digest.compose.frame import Frame, Spelling
from digest.model.article import Article, Block
from digest.model.edits import StoryEdit
from digest.model.issue import Brand, Entry, Issue, IssueSection, ThemeStamp, Words
from digest.model.selection import Choice, Reason
from digest.model.window import Window
from digest.text.dates import written_date

COPY = "images/0123456789abcdef-1w200-1072x960.png"
"""What the copy of a picture is called in an issue's folder."""

W43 = Window(
    start=datetime(2024, 10, 18, 11, tzinfo=UTC),
    end=datetime(2024, 10, 25, 11, tzinfo=UTC),
    kind="week",
    label="2024-W43",
    zone="Europe/London",
    words="18–25 October 2024",
)


def article(number: int = 1, **fields: Any) -> Article:
    """Make an article of W43; `number` tells it from others."""
    plain: dict[str, Any] = {
        "id": f"{number:012x}",
        "url": f"https://harbour.example/story-{number}",
        "title": f"Story number {number}",
        "section": "Reporting",
        "authors": ("Ada Quill",),
        "published": W43.start + timedelta(hours=number),
        "date_source": "feed",
        "first_seen": W43.start + timedelta(hours=number),
        "blocks": (Block(text=f"The ferry number {number} left late. " + "It rained all day on the long quay. " * 8),),
    }
    return Article(**(plain | fields))


def choice(
    number: int = 1, *, slot: Any = "story", section: str = "Reporting", edit: StoryEdit | None = None, **fields: Any
) -> Choice:
    """Choose an article of W43; `edit` is what the editor says of it."""
    reason = Reason(code="chosen", how="window")
    chosen = article(number, section=section, **fields)
    return Choice(article=chosen, section=section, slot=slot, reason=reason, edit=edit)


def frame(**fields: Any) -> Frame:
    """Make a frame in plain English."""
    plain: dict[str, Any] = {
        "digest": "0.0.0",
        "newsletter": "weekly",
        "newsletter_title": "The Harbour Weekly",
        "number": 7,
        "window": W43,
        "brand": Brand(name="The Harbour", language="en-GB"),
        "theme": ThemeStamp(name="roundup", sha256="0" * 64),
        "spelling": Spelling(
            date=partial(written_date, zone=ZoneInfo("Europe/London")),
            day=lambda instant: instant.date().isoformat(),
            names=" and ".join,
        ),
    }
    return Frame(**(plain | fields))


def issue(**fields: Any) -> Issue:
    """Make an issue with a lead story, one story and a headline."""
    entries = [
        Entry(
            id=f"{number:012x}",
            slot=slot,  # type: ignore[arg-type] # the three literals below
            url=f"https://harbour.example/story-{number}",
            mail_url=f"https://harbour.example/story-{number}",
            title=Words(text=f"Story number {number}"),
            byline=Words(text="Ada Quill"),
            lead=Words(text="The ferry left late. It rained all day."),
            date="2024-10-18T12:00:00+01:00",
            date_words="18 October 2024",
            published=W43.start,
        )
        for number, slot in ((1, "lead"), (2, "story"), (3, "headline"))
    ]
    plain: dict[str, Any] = {
        "digest": "0.0.0",
        "newsletter": "weekly",
        "newsletter_title": "The Harbour Weekly",
        "number": 7,
        "window": W43,
        "brand": Brand(name="The Harbour", language="en-GB", address="1 Quay Street"),
        "theme": ThemeStamp(name="roundup", sha256="0" * 64),
        "subject": Words(text="Story number 1", origin="template"),
        "preheader": Words(text="Story number 2", origin="template"),
        "sections": (
            IssueSection(name="", title="", entries=(entries[0],)),
            IssueSection(name="Reporting", title="Reporting", entries=(entries[1],)),
        ),
        "headlines": (entries[2],),
    }
    return Issue(**(plain | fields))
