"""What search engines and messengers read of a web page; where its pictures and its neighbours are."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import html

from digest.model.article import Image
from digest.model.issue import Brand, Correction, Issue, IssueSection, Picture
from digest.model.site import Around, Neighbour
from digest.render import render_feed_content, render_web
from digest.render.days import day_in_words
from digest.render.head import head
from digest.render.sources import page_of, public_picture, source
from digest.theme import Theme, find_theme, shipped
from render_samples import ELSEWHERE, LEAD_STORY, sample_issue

THEME = find_theme("roundup", [shipped()])
ADDRESS = "https://letters.example/2024-W43/"
COPY = "images/0123456789abcdef-1w200-1072x960.jpg"


def pictured(file: str, url: str = "https://cdn.example/x.jpg") -> Picture:
    return Picture(image=Image(url=url, alt="A quay", width=1072, height=603), file=file)


def with_lead(picture: Picture | None) -> Issue:
    section = IssueSection(name="", title="", entries=(replace(LEAD_STORY, picture=picture), ELSEWHERE))
    return replace(sample_issue(), sections=(section,), headlines=(), web_url=ADDRESS)


def document(issue: Issue, around: Around | None = None, theme: Theme = THEME) -> Any:
    return html.document_fromstring(render_web(issue, theme, None, around))


@pytest.mark.parametrize(
    ("picture", "base", "shown"),
    [
        (None, "", ""),
        (pictured("", url=""), "", ""),
        (pictured(COPY, url=""), "", ""),
        (pictured(""), "https://b.example/", "https://cdn.example/x.jpg"),
        (pictured(COPY), "", COPY),
        (pictured(COPY), "https://b.example/", f"https://b.example/{COPY}"),
    ],
)
def test_a_picture_is_shown_from_beside_the_page_or_from_where_the_mail_has_it(
    picture: Picture | None, base: str, shown: str
) -> None:
    assert source(picture, base) == shown


def test_the_picture_for_messengers_has_an_absolute_address() -> None:
    issue = with_lead(pictured(COPY))
    assert public_picture(issue, None) == "https://cdn.example/x.jpg"
    assert public_picture(issue, Around(url=ADDRESS)) == f"{ADDRESS}{COPY}"
    assert public_picture(issue, Around()) == "https://cdn.example/x.jpg"
    assert public_picture(with_lead(None), Around(url=ADDRESS)) == ""


def test_the_issues_own_page_says_where_it_will_stand_and_what_it_is() -> None:
    page = document(with_lead(pictured("")))
    assert page.xpath("//link[@rel='canonical']/@href") == [ADDRESS]
    graph = {meta.get("property"): meta.get("content") for meta in page.xpath("//meta[@property]")}
    assert graph == {
        "og:type": "article",
        "og:title": LEAD_STORY.title.text,
        "og:description": sample_issue().preheader.text,
        "og:url": ADDRESS,
        "og:site_name": "The Harbour Review",
        "og:locale": "en_GB",
        "og:image": "https://cdn.example/x.jpg",
        "og:image:width": "1072",
        "og:image:height": "603",
        "og:image:alt": "A quay",
    }
    assert page.xpath("//nav") == []


def test_what_nobody_knows_is_left_out() -> None:
    bare = replace(
        with_lead(None), web_url="", preheader=replace(sample_issue().preheader, text=""), brand=Brand(name="X")
    )
    page = document(bare)
    assert page.xpath("//link") == []
    said = [meta.get("property") for meta in page.xpath("//meta[@property]")]
    assert said == ["og:type", "og:title", "og:site_name"]
    data = json.loads(page.xpath("string(//script)"))
    assert data.keys() == {
        "@context",
        "@type",
        "name",
        "inLanguage",
        "isPartOf",
        "publisher",
        "mainEntity",
    }
    assert data["publisher"] == {"@type": "NewsMediaOrganization", "name": "X"}


def test_the_stories_are_a_list_in_the_order_of_the_page() -> None:
    data = json.loads(head(with_lead(None), None).data)
    listed = data["mainEntity"]
    assert (listed["@type"], listed["numberOfItems"]) == ("ItemList", 2)
    assert [each["position"] for each in listed["itemListElement"]] == [1, 2]
    story, link = (each["item"] for each in listed["itemListElement"])
    assert (story["@type"], story["headline"], story["url"]) == ("NewsArticle", LEAD_STORY.title.text, LEAD_STORY.url)
    assert story["creditText"] == "Marta Osei and Jón Þórsson"
    assert (link["@type"], link["url"]) == ("WebPage", ELSEWHERE.url)


def test_a_headline_cannot_end_the_script() -> None:
    hostile = "</script><script>alert(1)</script><!-- \u2028 &amp;"
    issue = with_lead(None)
    entry = replace(LEAD_STORY, title=replace(LEAD_STORY.title, text=hostile))
    issue = replace(issue, sections=(IssueSection(name="", title="", entries=(entry,)),))
    page = document(issue)
    (script,) = page.xpath("//script/text()")
    assert not set("<>&\u2028") & set(script)
    assert json.loads(script)["mainEntity"]["itemListElement"][0]["item"]["headline"] == hostile


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en-GB", "en_GB"), ("pt-br", "pt_BR"), ("zh-Hant-TW", "zh_TW"), ("de", ""), ("es-419", ""), ("sr-Latn", "")],
)
def test_open_graph_knows_no_language_without_a_country(language: str, locale: str) -> None:
    issue = replace(sample_issue(), brand=replace(sample_issue().brand, language=language))
    assert head(issue, None).locale == locale


def test_the_page_of_another_issue_is_where_this_ones_address_says_its_label() -> None:
    issue = replace(sample_issue(), web_url="https://harbour.example/letters/2024-W43.html")
    assert page_of(issue, None, "2024-W41") == "https://harbour.example/letters/2024-W41.html"
    assert page_of(replace(issue, web_url="https://harbour.example/latest"), None, "2024-W41") == ""
    assert page_of(replace(issue, web_url=""), None, "2024-W41") == page_of(issue, None, "") == ""
    near = Neighbour(label="2024-W41", href="../2024-W41/", number=1, dates="", subject="")
    assert page_of(issue, Around(amended=(near,)), "2024-W41") == "../2024-W41/"
    assert page_of(issue, Around(amended=(near,)), "2024-W40") == ""


def test_what_an_issue_puts_right_in_earlier_ones_links_to_them() -> None:
    amends = (Correction(day="", text="Six, not seven.", of="2024-W41", number=210),)
    page = document(replace(sample_issue(), amends=amends, web_url=ADDRESS))
    assert page.xpath("string(//section[@class='amends']/p)") == "No. 210 Six, not seven."
    assert page.xpath("//section[@class='amends']//a/@href") == ["https://letters.example/2024-W41/"]
    assert document(replace(sample_issue(), amends=amends)).xpath("//section[@class='amends']//a") == []


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("en-GB", "2024-10-28", "28 October 2024"),
        ("de", "2024-10-28", "28. Oktober 2024"),
        ("en-GB", "in October", "in October"),
        ("en-GB", "", ""),
        ("tlh", "2024-10-28", "2024-10-28"),
    ],
)
def test_a_correction_is_dated_in_the_magazines_words(language: str, day: str, words: str) -> None:
    issue = replace(sample_issue(), brand=replace(sample_issue().brand, language=language))
    assert day_in_words(issue, day) == words


def test_a_feed_gets_what_stands_in_main_or_the_body_of_a_theme_without_one() -> None:
    around = Around(url=ADDRESS, base=ADDRESS, published=datetime(2024, 10, 25, tzinfo=UTC))
    content = render_feed_content(with_lead(pictured(COPY)), THEME, None, around)
    assert f'src="{ADDRESS}{COPY}"' in content
    assert "<main" not in content
    assert "<header" not in content
    for own, expected in (("<body id=x><p>a</p></body>", "<p>a</p>"), ("<p>a</p>", "<p>a</p>")):
        theme = replace(THEME, files={**THEME.files, "web.html": own})
        assert render_feed_content(with_lead(None), theme, None, around) == expected
