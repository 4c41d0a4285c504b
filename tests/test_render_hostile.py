"""Nothing that comes from outside is anything but text in what readers get."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from digest.model.issue import Issue, IssueSection
from digest.model.tags import TAG_NAMES, placeholder
from digest.render import render
from digest.render.outside import ADDRESSES, as_text_only
from digest.theme import find_theme, shipped
from render_samples import BRAND, LEAD_STORY, pictured, sample_issue

T = TypeVar("T")

THEME = find_theme("roundup", [shipped()])
CLOSED = frozenset({"accent", "accent_dark", "direction", "entry", "id", "lead_mode", "origin", "page", "slot"})
"""Fields that hold one of a few words, or our own hex digits (ids), or (colours) are checked on their own."""

TITLE = 70
"""The most characters of a page's title; a longer subject is cut there, and there alone."""

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><style>*{display:none}</style>",
    "<!--digest:if unsubscribe-->",
    "<!--/digest:body-->",
    "-->",
    "digest-tag:unsubscribe",
    "{{ 7 * 7 }}{% include 'x' %}{# #}",
    "*|UNSUB|*<%asm_group%>[[ x ]]%recipient%",
    "&lt;b&gt;&amp;amp;",
    'class="a" style="color: red; x: y" href="https://e.org"',
    "]]><![CDATA[",
    '@import url(x.css) <link rel="stylesheet" href=x>',
    "\u202e\u0085\u0000\u001b[31m\ufffe\ud800",
    "\ufdfd \u200e\u200f \U0001f469\u200d\U0001f467",
)
BAD_ADDRESSES = (
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//e.org/x",
    "/relative",
    "digest-tag:unsubscribe",
    "https://",
    "https://e.org/\u0000",
    "https://e.org/digest-tag:unsubscribe",
)
hostile = st.one_of(st.sampled_from(ATTACKS), st.text(st.characters(exclude_characters="\n"), max_size=20)).map(
    "x{}".format
)


def with_texts(value: T, made: Callable[[str, str], str]) -> T:
    """A copy of a frozen value in which `made(field, text)` stands for every text that is free."""
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, object] = {}
    for field in fields(value):
        old: object = getattr(value, field.name)
        if isinstance(old, tuple):
            changes[field.name] = tuple(with_texts(item, made) for item in old)
        elif isinstance(old, str):
            changes[field.name] = old if field.name in CLOSED else made(field.name, old)
        else:
            changes[field.name] = with_texts(old, made)
    return replace(value, **changes)


def small_issue() -> Issue:
    issue = sample_issue(1)
    kept = tuple(replace(section, entries=section.entries[:2]) for section in issue.sections[:3])
    return replace(issue, sections=kept, headlines=issue.headlines[:1])


def skeleton(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes, and every comment."""
    return [
        (str(element.tag) if isinstance(element.tag, str) else f"<!--{element.text}-->", tuple(element.attrib))
        for element in html.document_fromstring(page).iter()
    ]


def values(page: str, mark: str, shown: str) -> list[str]:
    """Every text but the title, and every attribute's value, with `shown` where `mark` stands; white space folded.

    What stands in a script is data: its texts are taken one by one.
    """
    parsed = html.document_fromstring(page)
    found = [str(value) for value in parsed.xpath("//text()[not(parent::title or parent::script)]|//@*")]
    found += [text for script in parsed.xpath("//script/text()") for text in leaves(json.loads(script))]
    return [" ".join(value.replace(mark, shown).split()) for value in found]


def leaves(value: object) -> Iterator[str]:
    """Every text in a tree of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)


@settings(max_examples=25)
@given(hostile)
def test_hostile_texts_arrive_as_texts_and_as_nothing_else(attack: str) -> None:
    mark = "(mark)"
    plain = with_texts(small_issue(), lambda name, text: text if name in ADDRESSES else mark)
    attacked = with_texts(small_issue(), lambda name, text: text if name in ADDRESSES else attack)
    shown = as_text_only(attacked).subject.text
    safe, made = render(plain, THEME), render(attacked, THEME)
    for expected, page in ((safe.html, made.html), (safe.web, made.web)):
        assert skeleton(page) == skeleton(expected)
        assert values(page, mark, mark) == values(expected, mark, shown)
        assert page.count("digest-tag:") == expected.count("digest-tag:")
        title = html.document_fromstring(page).findtext("head/title", "")
        assert len(title) <= TITLE
        assert " ".join(shown.split()).startswith(" ".join(title.removesuffix("…").split())[: len(shown.strip())])
    assert "".join(made.text.split()) == "".join(safe.text.replace(mark, shown).split())


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_headline_is_shown_as_it_is(attack: str) -> None:
    entry = replace(LEAD_STORY, title=replace(LEAD_STORY.title, text=attack))
    issue = replace(sample_issue(), sections=(IssueSection(name="", title="", entries=(entry,)),))
    expected = re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe]", "", attack).replace(
        "digest-tag:", "digest-tag\u2060:"
    )
    made = render(issue, THEME)
    for page in (made.html, made.web):
        heading: Any = html.document_fromstring(page).xpath("//h2[not(.='Corrections')]")[0]
        assert heading.text_content() == expected
    assert " ".join(expected.split()) in " ".join(made.text.split())


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_no_address_but_one_of_the_web_becomes_a_link(address: str) -> None:
    issue = with_texts(sample_issue(), lambda name, text: address if name in ADDRESSES else text)
    made = render(issue, THEME)
    for page in (made.html, made.web):
        targets = html.document_fromstring(page).xpath("//@href|//@src")
        assert all(re.match(r"digest-tag:\w+\Z", target) for target in targets)
    targets = re.findall(r"^\[\d+\] (.*)$|^https?://.*$|^\w+: (?!digest-tag:)(\S+)$", made.text, re.MULTILINE)
    assert targets == []
    assert sorted(re.findall(r"digest-tag:\w+", made.text)) == sorted(map(placeholder, TAG_NAMES))


@pytest.mark.parametrize("address", ["https://e.org/it's?a=1&b=ä", "HTTP://E.ORG", "mailto:desk@e.org"])
def test_an_address_of_the_web_or_of_a_person_does(address: str) -> None:
    made = render(sample_issue(brand=replace(BRAND, url=address)), THEME)
    assert address in html.document_fromstring(made.web).xpath("//h1//@href")


def test_an_ordinary_issue_is_left_as_it_is() -> None:
    assert as_text_only(sample_issue()) == sample_issue()
    entry = pictured(LEAD_STORY)
    assert as_text_only(replace(sample_issue(), headlines=(entry,))).headlines == (entry,)
