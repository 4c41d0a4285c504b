import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from lxml import html

from digest.model.issue import Brand, IssueSection
from digest.render import render
from digest.theme import find_theme, shipped
from render_samples import ARABIC, BRAND, LEAD_STORY, sample_issue

THEME = find_theme("roundup", [shipped()])


@pytest.fixture(scope="module")
def web() -> str:
    return render(sample_issue(), THEME).web


@pytest.fixture(scope="module")
def page(web: str) -> Any:
    return html.document_fromstring(web)


def test_a_page_of_its_own_without_tags_scripts_or_styles_in_elements(web: str, page: Any) -> None:
    assert web.startswith("<!DOCTYPE html>\n")
    assert "digest-tag:" not in web
    assert "<!--" not in web
    assert page.xpath("//@style|//link") == []
    assert page.xpath("//script/@type") == ["application/ld+json"]  # data, which nothing runs
    assert len(page.xpath("//main")) == 1


def test_headings_are_in_order_below_one_h1(page: Any) -> None:
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_entry_of_the_issue_is_there_under_its_own_address(page: Any) -> None:
    for entry in sample_issue().entries:
        assert entry.title.text in page.text_content()
    assert page.xpath("//article//a/@href")[0] == LEAD_STORY.url


def test_a_picture_stands_with_its_caption_and_credit(page: Any) -> None:
    figure = page.xpath("//figure")[0]
    assert figure.find("img").get("width") == "1600"
    assert figure.findtext("figcaption") == "The Constance at Mill Quay. Photograph by Ines Valdano"


def test_corrections_stand_on_top(page: Any) -> None:
    first = page.xpath("//main/*")[0]
    assert " ".join(first.text_content().split()) == "Corrections 28 October 2024 Ellery has six dredgers, not seven."
    assert first.xpath(".//time/@datetime") == ["2024-10-28"]


@pytest.mark.parametrize("date", ["2024-10-22", "2024-10-22T00:30:00+01:00", ""])
def test_a_storys_date_is_for_machines_what_it_is_for_readers(date: str) -> None:
    story = replace(LEAD_STORY, date=date, date_words="22 October 2024")
    issue = replace(sample_issue(), sections=(IssueSection(name="", title="", entries=(story,)),), headlines=())
    page = html.document_fromstring(render(issue, THEME).web)
    assert page.xpath("//article//time/@datetime") == [date] * bool(date)
    assert "22 October 2024" in page.xpath("string(//article//p[@class='small'])")
    (item,) = json.loads(page.xpath("string(//script)"))["mainEntity"]["itemListElement"]
    assert item["item"].get("datePublished", "") == date


def test_a_story_in_another_script_says_so() -> None:
    section = IssueSection(name="", title="", entries=(ARABIC,))
    page = html.document_fromstring(render(replace(sample_issue(), sections=(section,)), THEME).web)
    assert page.xpath("//article")[0].attrib == {"class": "story", "lang": "ar", "dir": "rtl"}


def test_a_magazine_with_a_logo_and_one_without_an_address() -> None:
    brand = replace(BRAND, logo="https://harbour.example/l.png", logo_dark="https://harbour.example/d.png")
    page = html.document_fromstring(render(sample_issue(brand=brand), THEME).web)
    assert page.xpath("//h1//img/@alt") == [BRAND.name]
    bare = html.document_fromstring(render(sample_issue(brand=Brand(name="Nameless")), THEME).web)
    assert bare.xpath("//h1//a|//footer//a") == []
