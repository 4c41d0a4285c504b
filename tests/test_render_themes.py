"""The three shipped themes: each shows the whole issue, in its own way."""

from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from digest.model.issue import Brand, Issue, Words
from digest.render import render
from digest.render.palette import dark, light
from digest.text.colours import ENOUGH, contrast
from digest.theme import Theme, find_theme, shipped, theme_names
from render_samples import LEAD_STORY, sample_issue

THEMES = [find_theme(name, [shipped()]) for name in theme_names([shipped()])]
every_theme = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
LETTER = find_theme("letter", [shipped()])


def said(page: Any) -> str:
    return " ".join(page.text_content().split())


@every_theme
@pytest.mark.parametrize("face", ["html", "text", "web"])
def test_every_headline_is_there_once_with_its_link(theme: Theme, face: str) -> None:
    issue = sample_issue()
    made: str = getattr(render(issue, theme), face)
    for entry in issue.entries:
        link = entry.url if face == "web" else entry.mail_url
        if face == "text":
            assert " ".join(made.split()).count(f"] {link} ") == (1 if link else 0)
        else:
            page = html.document_fromstring(made)
            links = [each for each in page.xpath("//a") if each.get("href") == link and said(each)]
            assert [said(each) for each in links] == ([entry.title.text] if link else [])


def test_the_three_of_them() -> None:
    assert [theme.name for theme in THEMES] == ["headlines", "letter", "roundup"]


def test_a_letter_greets_tells_signs_and_then_lists() -> None:
    made = render(replace(sample_issue(), editor="Marta Osei"), LETTER)
    page = html.document_fromstring(made.html)
    text = said(page)
    order = ("Dear reader,", "Good morning.", "Marta Osei and Jón Þórsson: ", "Marta Osei The Harbour", "Also in this")
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert f"Jón Þórsson: {LEAD_STORY.title.text}. At four in the morning" in text
    assert page.xpath("//img")[0].get("width") == "504"
    assert f"Jón Þórsson: {LEAD_STORY.title.text} [1]. At four in the morning" in " ".join(made.text.split())


def test_a_letter_without_an_editor_is_signed_by_the_magazine() -> None:
    page = html.document_fromstring(render(sample_issue(), LETTER).html)
    assert [said(each) for each in page.xpath("//p[contains(@style, 'italic')]")] == [
        "Ports, rivers and the people who live by them",
        "The Harbour Review",
    ]


def test_a_letter_with_nothing_to_list_has_no_list() -> None:
    issue: Issue = sample_issue()
    page = html.document_fromstring(render(replace(issue, sections=issue.sections[:1], headlines=()), LETTER).html)
    assert "Also in this issue" not in said(page)


def test_headlines_tell_the_lead_story_alone() -> None:
    made = render(sample_issue(), find_theme("headlines", [shipped()]))
    assert "At four in the morning" in made.html
    assert "The council has bought" not in made.html + made.text + made.web


@pytest.mark.parametrize("accent", ["#9a3412", "#ffd400", "#000000", "#ffffff"])
@pytest.mark.parametrize("page", ["#f4f1eb", "#ffffff", "#d8d8d8"])
def test_every_text_can_be_read_on_every_ground(accent: str, page: str) -> None:
    brand = Brand(name="N", accent=accent, page=page)
    for colours in (light(brand), dark(brand)):
        for ground in (colours.page, colours.paper, colours.box):
            for ink in (colours.ink, colours.muted, colours.accent):
                assert contrast(ink, ground) >= ENOUGH
        assert contrast(colours.press, colours.accent) >= ENOUGH


def test_the_brands_dark_accent_is_used_on_dark_paper() -> None:
    assert dark(Brand(name="N", accent_dark="#ffcc00")).accent == "#ffcc00"


@every_theme
def test_a_story_without_a_lead_is_told_all_the_same(theme: Theme) -> None:
    issue = sample_issue()
    bare = replace(LEAD_STORY, lead=Words(), dek=Words(), picture=None)
    made = render(replace(issue, sections=(replace(issue.sections[0], entries=(bare,)),)), theme)
    assert all(bare.title.text in " ".join(face.split()) for face in (made.html, made.text, made.web))
