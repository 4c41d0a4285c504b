"""Under Gmail's clipping limit with forty stories: what a mail weighs, built and as it is sent, for every theme.

Gmail clips a mail near 102 KB and hides the unsubscribe link with the rest; whether it counts before or after the
transfer encoding is disputed, so both are held.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from digest.mailers.message import Terms, make_message
from digest.model.issue import Entry, Issue, IssueSection, Words
from digest.model.tags import TAG_NAMES, ServiceName
from digest.render import render
from digest.text.transfer import encode
from digest.theme import find_theme, shipped, theme_names
from judging import message
from render_samples import LEAD, LEAD_STORY, TITLES, pictured, sample_issue, story

CLIPPED = 102_000
TORTURE = "torture issue as sent"
LIMITS = {
    "built, 40": 90_000,
    "sent, 40": CLIPPED,
    "built, 25": 60_000,
    "frame": 12_000,
    "story": 1_900,
    TORTURE: CLIPPED,
}
PICTURES = 12
"""Pictures in the variant that has some: the lead story's and those of one section in three or so."""

THEMES = theme_names([shipped()])
DEK = "The council measured it twice and believed neither figure, and so did the pilots of three ports."


def sixty_words() -> str:
    """Return a lead of exactly sixty words."""
    words = f"{LEAD} {LEAD_STORY.lead.text}".split()[:60]
    return " ".join(words).rstrip(",;") + "."


def written(number: int) -> Entry:
    """Return a story as a magazine writes them: by-line, date, a kicker on a third, a dek on half."""
    title = TITLES[number % len(TITLES)]
    slug = "-".join(word.strip("?,’").lower() for word in title.split()[:8])
    url = f"https://harbour.example/2024/10/{slug}-{number}/"
    plain = replace(story(number, title), url=url, mail_url=url, lead=Words(text=sixty_words()))
    return replace(plain, dek=Words(text=DEK) if number % 2 else Words())


@cache
def issue_of(stories: int, pictures: int = 0) -> Issue:
    """Return an issue of so many stories and nothing else: the first one leads, the rest stand in four sections."""
    entries = [written(number) for number in range(stories)]
    entries = [pictured(entry) if number < pictures else entry for number, entry in enumerate(entries)]
    names = ("Reporting", "World", "Letters", "Reviews")
    sections = tuple(
        IssueSection(name=name, title=name, entries=part)
        for place, name in enumerate(names)
        if (part := tuple(entries[1 + place :: len(names)]))
    )
    lead = IssueSection(name="", title="", entries=(replace(entries[0], slot="lead"),))
    return replace(sample_issue(0), sections=(lead, *sections), headlines=())


@cache
def weighed(theme: str, stories: int, pictures: int = 0, service: ServiceName | None = None) -> int:
    """Return the bytes of the mail's HTML as it is built; with a service, of the part as it is sent."""
    issue = issue_of(stories, pictures)
    rendered = render(issue, find_theme(theme, [shipped()]))
    if service is None:
        return len(rendered.html.encode())
    values = dict.fromkeys(TAG_NAMES, "https://harbour.example/2024-W43?reader=0123456789")
    return len(encode(make_message(issue, rendered, Terms(service=service, values=values)).html).content)


def figures(theme: str) -> dict[str, int]:
    """Return what the table shows and the limits hold."""
    each = (weighed(theme, 40) - weighed(theme, 15)) // 25
    return {
        "built, 40": weighed(theme, 40),
        "sent, 40": max(weighed(theme, 40, service=service) for service in ("none", "mailchimp", "listmonk")),
        "built, 25": weighed(theme, 25),
        "frame": weighed(theme, 1) - each,
        "story": each,
        TORTURE: len(encode(message(theme, "torture").html).content),
        f"built, 40 with {PICTURES} pictures": weighed(theme, 40, PICTURES),
        f"sent, 40 with {PICTURES} pictures": weighed(theme, 40, PICTURES, "none"),
    }


def test_the_stories_are_what_they_are_said_to_be() -> None:
    entries = issue_of(40).entries
    assert len(entries) == 40
    assert {len(entry.lead.text.split()) for entry in entries} == {60}
    assert all(entry.byline.text and entry.date_words for entry in entries)
    assert sum(bool(entry.dek.text) for entry in entries) == 20
    assert 12 <= sum(bool(entry.kicker.text) for entry in entries) <= 28
    assert sum(bool(entry.picture) for entry in issue_of(40, PICTURES).entries) == PICTURES


@pytest.mark.parametrize("theme", THEMES)
def test_a_mail_keeps_under_its_limits(theme: str, record_property: Callable[[str, object], None]) -> None:
    found = figures(theme)
    record_property("figures", f"{theme}: " + "; ".join(f"{what} {size:,}" for what, size in found.items()) + " bytes")
    assert {what for what, limit in LIMITS.items() if found[what] >= limit} == set()


def test_pictures_weigh_something_and_clip_nothing() -> None:
    assert weighed("roundup", 40) < weighed("roundup", 40, PICTURES)
    assert all(weighed(theme, 40, PICTURES, "none") < CLIPPED for theme in THEMES)
