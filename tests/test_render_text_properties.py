"""The text part of any issue, whatever its stories say: in every theme, by hypothesis and for the torture issue."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model.edits import Slot
from digest.model.issue import Entry, Issue, IssueSection, Words
from digest.render.engine import Engine
from digest.render.plain import COLUMNS, width
from digest.theme import find_theme, shipped, theme_names
from render_samples import sample_issue
from torture import (
    ARABIC,
    DEVANAGARI,
    EMOJI,
    ENGLISH,
    FAMILY,
    GERMAN,
    HEBREW,
    JAPANESE,
    QUOTES,
    UNBROKEN,
    mirrored,
    torture_issue,
)

THEMES = {name: find_theme(name, [shipped()]) for name in theme_names([shipped()])}
every_theme = pytest.mark.parametrize("theme", THEMES)

MARKUP = "<b>bold</b> &amp; <script>alert(1)</script> <!-- x --> 5 < 6 && 7 > 2"
SOURCES = (ARABIC, DEVANAGARI, EMOJI, ENGLISH, GERMAN, HEBREW, JAPANESE, QUOTES, MARKUP, FAMILY * 9, UNBROKEN)
WORDS = sorted({word for source in SOURCES for word in source.split()})
LETTERS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)
SENTENCES = st.lists(st.sampled_from(WORDS) | LETTERS, min_size=1, max_size=30).map(" ".join)
"""Texts as they reach the theme: single spaces and no control characters."""
TITLES = SENTENCES.filter(lambda text: "://" not in text)


KINDS: tuple[Slot, ...] = ("story", "story", "brief", "headline")
ADDRESSES = st.sampled_from(["", "a", "long-" * 30])
ENTRIES = st.lists(
    st.tuples(st.sampled_from(KINDS), ADDRESSES, TITLES, *[st.just("") | SENTENCES] * 3), min_size=1, max_size=5
)


def issue_of(drawn: list[tuple[Slot, str, str, str, str, str]]) -> Issue:
    """Return an issue of the entries that hypothesis drew: slot, address, headline, kicker, by-line, lead."""
    entries = []
    for number, (slot, path, *texts) in enumerate(drawn):
        url = f"https://gannet.example/{number}/{path}" if path else ""
        title, kicker, byline, lead = (Words(text=text) for text in texts)
        entry = Entry(id=f"{number:012x}", slot=slot, url=url, mail_url=url, title=title, kicker=kicker, byline=byline)
        entries.append(replace(entry, lead=lead))
    listed = tuple(entry for entry in entries if entry.slot == "headline")
    told = tuple(entry for entry in entries if entry.slot != "headline")
    section = IssueSection(name="A", title="Reporting", entries=told)
    return replace(sample_issue(), sections=(section,), headlines=listed)


def overlong(text: str) -> list[str]:
    """Return the lines that take more than their columns, but for a long word or an address with its label."""
    return [
        line
        for line in text.splitlines()
        if width(line) > COLUMNS and " " in re.sub(r"^(\[\d+\]|- |[\w ’']+:) ?|[«»!?:;%]+ ?", "", line)
    ]


def squeezed(text: str) -> str:
    """Return a text without white space, which wrapping may change, and word joiners, which part our placeholders."""
    return "".join(text.replace("\u2060", "").split())


def must_be_right(issue: Issue, text: str) -> None:
    """Check all that holds for any issue's text part."""
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]\n|\A\n|\n\n\Z", text)
    assert overlong(text) == []
    linked = [entry for entry in issue.entries if entry.mail_url]
    links = re.findall(r"^\[(\d+)\] (https://gannet\.example\S*)$", text, re.MULTILINE)
    assert sorted(url for _, url in links) == sorted(entry.mail_url for entry in linked)
    assert [number for number, _ in links] == [str(number) for number in range(1, len(linked) + 1)]


def must_say_all(issue: Issue, text: str) -> None:
    """Check that every headline stands before its own link and after the one before, unchanged and not glued."""
    flat = squeezed(text)
    for number, url in re.findall(r"^\[(\d+)\] (https://gannet\.example\S*)$", text, re.MULTILINE):
        (entry,) = [each for each in issue.entries if each.mail_url == url]
        before = flat.partition(squeezed(f"[{number}] {url}"))[0].rpartition(f"[{int(number) - 1}]https://")[2]
        assert squeezed(f"{entry.title.text} [{number}]") in before


@every_theme
@settings(max_examples=40)
@given(drawn=ENTRIES)
def test_the_text_part_of_any_issue_is_right(theme: str, drawn: list[tuple[Slot, str, str, str, str, str]]) -> None:
    issue = issue_of(drawn)
    text = Engine(issue, THEMES[theme]).fill("email.txt")
    must_be_right(issue, text)
    must_say_all(issue, text)


@every_theme
@pytest.mark.parametrize("issue", [torture_issue(), mirrored(torture_issue())], ids=["left to right", "right to left"])
def test_the_text_part_of_the_torture_issue_is_right(theme: str, issue: Issue) -> None:
    text = Engine(issue, THEMES[theme]).fill("email.txt")
    must_be_right(issue, text)
    must_say_all(issue, text)
    assert set(re.findall(r"</?\w+|&\w+;", text)) <= set(re.findall(r"</?\w+|&\w+;", str(issue)))
