import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from digest.model.issue import Brand, Correction, Entry, Issue, IssueSection, Support, Words
from digest.model.message import Rendered
from digest.model.tags import TAG_NAMES, placeholder
from digest.render import render
from digest.theme import find_theme, shipped, theme_names
from render_samples import ARABIC, BRAND, ELSEWHERE, LEAD, LEAD_STORY, sample_issue, story

THEME = find_theme("roundup", [shipped()])
STORY_BYTES = 1_900
FRAME_BYTES = 12_000


@pytest.fixture(scope="module")
def sample() -> Rendered:
    return render(sample_issue(), THEME)


@pytest.fixture(scope="module")
def page(sample: Rendered) -> Any:
    return html.document_fromstring(sample.html)


def mail_of(*entries: Entry, brand: Brand = BRAND) -> Any:
    """The mail of an issue with one section, "Reporting"."""
    section = IssueSection(name="Reporting", title="Reporting", entries=entries)
    issue = replace(sample_issue(brand=brand), sections=(section,), headlines=())
    return html.document_fromstring(render(issue, THEME).html)


def text_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_the_document_says_what_it_is(sample: Rendered, page: Any) -> None:
    assert sample.html.startswith("<!DOCTYPE html>\n<html")
    assert page.get("lang") == "en-GB"
    assert page.get("dir") == "ltr"
    assert page.findtext("head/title") == LEAD_STORY.title.text
    assert page.find("head/meta[@charset]").get("charset") == "utf-8"
    assert page.find("head/meta[@name='color-scheme']").get("content") == "light dark"


def test_every_child_of_the_body_has_language_and_direction(page: Any) -> None:
    children = [child for child in page.body if isinstance(child.tag, str)]
    assert len(children) == 2
    assert {(child.get("lang"), child.get("dir")) for child in children} == {("en-GB", "ltr")}


def test_the_wrapper_is_an_article_named_by_the_subject(page: Any) -> None:
    (article,) = page.xpath("//*[@role='article']")
    assert article.get("aria-roledescription") == "email"
    assert article.get("aria-label") == LEAD_STORY.title.text


def test_every_table_is_for_layout_alone(page: Any) -> None:
    tables = page.xpath("//table")
    assert len(tables) == 5
    assert {table.get("role") for table in tables} == {"presentation"}


def test_headings_are_in_order_below_one_h1(page: Any) -> None:
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_headline_is_the_link_and_the_only_words_of_it(page: Any) -> None:
    links = page.xpath("//h2/a|//h3/a")
    assert text_of(links[0]) == LEAD_STORY.title.text
    assert links[0].get("href") == LEAD_STORY.mail_url
    assert all(text_of(link) or link.find("img").get("alt") for link in page.xpath("//a"))


def test_what_a_story_shows_and_in_which_order() -> None:
    row = mail_of(story(3, "Who owns the sand?")).xpath("//h3")[0].getparent()
    assert [text_of(child) for child in row] == [
        "Analysis",
        "Who owns the sand?",
        "A river moves its own borders, and the law runs after it.",
        "By Tomás Ó Sé, Li Wei and Aylin Kaya · 21 October 2024",
        LEAD,
    ]


def test_a_dek_that_is_the_lead_comes_once() -> None:
    entry = replace(story(3, "Sand"), dek=Words(), lead=Words(text="One line."), lead_mode="dek")
    assert text_of(mail_of(entry)).count("One line.") == 1


def test_an_entry_without_an_address_is_a_headline_without_a_link() -> None:
    (heading,) = mail_of(replace(story(1, "On paper"), mail_url="")).xpath("//h3")
    assert text_of(heading) == "On paper"
    assert len(heading) == 0


def test_what_is_not_there_leaves_nothing_behind() -> None:
    bare = Entry(id="0", title=Words(text="Only a headline"))
    row = mail_of(bare).xpath("//h3")[0].getparent()
    assert [child.tag for child in row] == ["h3"]
    empty = Issue(
        digest="0", newsletter="w", newsletter_title="W", number=1, window=sample_issue().window, brand=Brand(name="N"),
        theme=sample_issue().theme, subject=Words(), preheader=Words(),
    )  # fmt: skip
    rendered = render(empty, THEME)
    assert "digest:preheader" not in rendered.html
    assert html.document_fromstring(rendered.html).xpath("//h2") == []


def test_a_story_in_another_script_says_so_and_keeps_the_byline_readable() -> None:
    row = mail_of(ARABIC).xpath("//td[@lang='ar']")[0]
    assert row.get("dir") == "rtl"
    byline = row.xpath(".//span")[0]
    assert (byline.get("lang"), byline.get("dir")) == ("en-GB", "ltr")
    assert byline.find("bdi").text == "ليلى حداد"


def test_a_magazine_that_runs_from_right_to_left() -> None:
    page = mail_of(story(1, "כותרת"), brand=replace(BRAND, language="he", direction="rtl"))
    assert (page.get("lang"), page.get("dir")) == ("he", "rtl")


@pytest.mark.parametrize(
    ("title", "spaced"), [("Reporting", True), ("تقارير", False), ("समाचार", False), ("報道", False)]
)
def test_only_a_script_with_capitals_has_its_titles_spaced(title: str, spaced: bool) -> None:  # noqa: FBT001 - a parameter
    section = IssueSection(name="S", title=title, entries=(story(1, "One"),))
    made = render(replace(sample_issue(), sections=(section,), headlines=()), THEME)
    assert ("letter-spacing" in html.document_fromstring(made.html).xpath("//h2")[0].get("style")) is spaced
    assert (f'<h2 class="bar caps">{title}' in made.web) is spaced


@pytest.mark.parametrize("name", theme_names([shipped()]))
@pytest.mark.parametrize("face", ["html", "text", "web"])
def test_what_a_sponsor_or_the_editor_wrote_of_a_piece_is_in_every_theme(name: str, face: str) -> None:
    promo = replace(
        ELSEWHERE, id="f" * 12, entry="promo", source="", title=Words(text="A cruise"), lead=Words(text="Sail.")
    )
    section = IssueSection(name="S", title="S", entries=(story(1, "One"), ELSEWHERE, promo))
    made = render(replace(sample_issue(), sections=(section,), headlines=()), find_theme(name, [shipped()]))
    said = " ".join(getattr(made, face).split())
    assert "A machine of brass and pulleys, and the two people who cranked it." in said
    assert "Sail." in said
    assert "Advertisement" in said


def test_outlooks_exact_lines_cut_no_picture(sample: Rendered, page: Any) -> None:
    only_outlook = sample.html.partition("<!--[if mso]>")[2].partition("<![endif]-->")[0]
    assert "*{" not in only_outlook  # Outlook for Windows knows no universal selector
    assert "td,p,h1,h2,h3,h4,a{mso-line-height-rule:exactly}" in only_outlook
    for image in page.xpath("//img"):
        around = [each.get("style", "") for each in image.iterancestors("p", "h1")]
        assert any("mso-line-height-rule:at-least" in style for style in around)


def test_the_lead_storys_picture_has_size_alt_and_credit(page: Any) -> None:
    image = page.xpath("//img")[0]
    assert (image.get("width"), image.get("height")) == ("536", "302")
    assert image.get("alt") == "A bucket dredger at dawn, its chain lit by two work lamps"
    assert image.getparent().get("href") == LEAD_STORY.mail_url
    assert image.getparent().get("aria-label") is None  # it would stand in the alternative text's place
    assert text_of(image.getparent().getparent().getnext()) == "The Constance at Mill Quay. Photograph by Ines Valdano"


def test_a_link_from_elsewhere_names_its_magazine_and_a_promotion_its_kind() -> None:
    promo = replace(ELSEWHERE, entry="promo", source="", title=Words(text="A cruise"))
    said = text_of(mail_of(ELSEWHERE, promo))
    assert "How the tide tables of 1944 were computed The Almanac Quarterly" in said
    assert "Advertisement A cruise" in said


def test_pieces_of_one_series_stand_together_below_its_name() -> None:
    one, two = (
        replace(story(n, f"Part {n}"), series="The long shore", kicker=Words(text="The long shore")) for n in (1, 5)
    )
    page = mail_of(one, story(2, "Between"), two)
    headings = [(heading.tag, text_of(heading)) for heading in page.xpath("//h2|//h3|//h4")]
    assert headings[1:5] == [("h3", "The long shore"), ("h4", "Part 1"), ("h4", "Part 5"), ("h3", "Between")]
    assert text_of(page).count("The long shore") == 1


def test_the_marks_of_each_entry_hold_its_rows_and_nothing_else(sample: Rendered) -> None:
    for entry in sample_issue().entries:
        _, mark, rest = sample.html.partition(f"<!--digest:entry {entry.id}-->")
        assert mark
        inside = rest.partition("<!--/digest:entry-->")[0]
        assert entry.title.text in html.fromstring(f"<table>{inside}</table>").text_content()
        assert inside.count("<tr>") == inside.count("</tr>")
    assert sample.html.count("<!--digest:entry ") == sample.html.count("<!--/digest:entry-->")


def test_corrections_to_earlier_issues_are_printed() -> None:
    issue = replace(
        sample_issue(), amends=(Correction(day="2024-10-28", text="Six, not seven.", of="W43", number=211),)
    )
    made = render(issue, THEME)
    assert "No. 211   Six, not seven." in html.document_fromstring(made.html).text_content().replace("\xa0", " ")
    assert "No. 211: Six, not seven." in made.text


def test_the_support_slot_is_labelled_and_gone_without_a_text(page: Any) -> None:
    assert "Support the Review Reporting from the waterline costs money" in text_of(page)
    assert page.xpath("//a[.='Become a member']")[0].get("href") == "https://harbour.example/support"
    bare = mail_of(brand=replace(BRAND, support=Support(label="Support the Review", title="Title")))
    assert "Support the Review" not in text_of(bare)


def test_a_logo_stands_for_the_name_and_names_it() -> None:
    brand = replace(BRAND, logo="https://harbour.example/l.png", logo_dark="https://harbour.example/d.png")
    images = mail_of(brand=brand).xpath("//h1//img")
    assert [image.get("src") for image in images] == [brand.logo, brand.logo_dark]
    assert {image.get("alt") for image in images} == {BRAND.name}
    assert "display:none" in images[1].get("style")


def test_every_tag_stands_in_a_region_of_its_own_name(sample: Rendered) -> None:
    for name in TAG_NAMES:
        regions = [part.partition("<!--/digest:if-->")[0] for part in sample.html.split(f"<!--digest:if {name}-->")[1:]]
        assert regions
        assert all(region.count("digest-tag:") == 1 and placeholder(name) in region for region in regions)
    assert sample.html.count("digest-tag:") == sample.html.count("<!--digest:if ")


@pytest.mark.parametrize("mark", ["preheader", "body"])
def test_the_marked_parts_are_whole_elements(sample: Rendered, mark: str) -> None:
    inside = sample.html.partition(f"<!--digest:{mark}-->")[2].partition(f"<!--/digest:{mark}-->")[0]
    etree.fromstring(inside, etree.HTMLParser(recover=False))
    (element,) = [piece for piece in html.fragments_fromstring(inside) if piece.tag == "div"]
    assert element.get("lang") == "en-GB"


def test_the_mail_takes_the_mails_addresses_and_the_web_version_the_storys_own(sample: Rendered) -> None:
    assert "utm_source" in sample.html
    assert "utm_source" in sample.text
    assert "utm_source" not in sample.web


@pytest.mark.parametrize(("language", "words"), [("de-AT", "Abmelden"), ("fr", "désinscrire"), ("xx", "Unsubscribe")])
def test_fixed_words_are_in_the_magazines_language_or_english(language: str, words: str) -> None:
    assert words in text_of(mail_of(brand=replace(BRAND, language=language)))


def test_a_story_and_the_frame_keep_to_their_bytes() -> None:
    lead = Words(text=f"{LEAD} The judge has asked for a boat and a spade.")
    assert len(lead.text.split()) >= 60
    entry = replace(story(3, "The ferry timetable that nobody dares to change at all"), lead=lead, dek=Words())

    def size(stories: int) -> int:
        section = IssueSection(name="R", title="Reporting", entries=(entry,) * stories)
        return len(render(replace(sample_issue(), sections=(section,), headlines=()), THEME).html.encode())

    frame = size(0)
    assert frame <= FRAME_BYTES
    assert (size(20) - frame) / 20 <= STORY_BYTES


DRIVER = """
import hashlib
from render_samples import sample_issue
from digest.render import render
from digest.theme import find_theme, shipped, theme_names
made = render(sample_issue(), find_theme("roundup", [shipped()]))
print(hashlib.sha256((made.html + made.text + made.web).encode()).hexdigest())
"""


def test_the_same_bytes_whatever_the_hash_seed_and_the_zone(plain_environment: dict[str, str]) -> None:
    here = os.pathsep.join([str(Path(__file__).parents[1]), str(Path(__file__).parent)])
    digests = {
        subprocess.run(
            [sys.executable, "-c", DRIVER],
            env={**plain_environment, "PYTHONPATH": here, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("4711", "Pacific/Apia"))
    }
    assert len(digests) == 1
