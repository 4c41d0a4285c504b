"""Every rule about furniture is found by the line that it is for, and prose hardly asks for one."""

import re
from unittest.mock import Mock

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from digest.summarizer.furniture import LONGEST_PHRASE, furniture
from digest.summarizer.phrases import PHRASES

RULES = tuple(
    (beginning, rest)
    for _, rules in PHRASES
    for beginnings, rest in rules
    for beginning in beginnings.split("|")
    if beginning != "0"
)
AGENCIES = (
    *("Getty", "Getty Images", "AFP", "AP", "AP Photo", "Associated Press", "Reuters", "REUTERS", "EPA", "EPA-EFE"),
    *("PA", "PA Wire", "PA Media", "dpa", "DPA", "Shutterstock", "iStock", "Alamy", "Unsplash", "Pexels", "Pixabay"),
    *("Adobe Stock", "Flickr", "Wikimedia", "Wikimedia Commons", "Bloomberg", "Xinhua", "Creative Commons"),
    *("CC BY-SA 4.0", "Public Domain", "Public domain", "Handout"),
)
PENS = (
    *("Written", "Words", "Text", "Story", "Reported", "Reporting", "Edited", "Reviewed", "Checked", "Posted"),
    *("Published", "Interview", "Analysis", "Opinion", "Review", "Medically reviewed", "Fact-checked", "Fact checked"),
)
PICTURES = ("Photo", "Photograph", "Photography", "Image", "Picture", "Illustration", "Graphic", "Art", "Video", "Map")
PROSE = (
    "Nobody on the quay could say who owned the piano or where it was going.",
    "“We knew it,” said Ida Holm, who had steered the ferry for thirty years, “and we told them so.”",
    "It took nine days, two cranes and 40 men to lift the bell out of the mud, and one to ring it.",
    "When the harbour froze in 1963, the islanders walked to church over the ice; some of them walked back.",
)


@settings(max_examples=300)
@given(
    st.sampled_from(RULES).flatmap(lambda rule: st.from_regex(re.escape(rule[0]) + f"(?:{rule[1]})", fullmatch=True))
)
def test_every_line_that_a_phrase_fits_is_furniture(line: str) -> None:
    assume(line == " ".join(line.casefold().split()) and line[-1].isalnum() and len(line) < LONGEST_PHRASE - 2)
    assert furniture(line)
    assert furniture(f"* {line.upper()}: ")


@pytest.mark.parametrize("agency", AGENCIES)
def test_every_agency_is_known_as_a_credit_in_a_dateline_and_behind_a_caption(agency: str) -> None:
    assert furniture(agency) == "credit"
    assert furniture(f"Ana Kovács/{agency}") == "credit"
    assert furniture(f"Photo Ana Kovács – {agency}") == "credit"
    assert furniture(f"Port Eynon ({agency}) –") == "dateline"
    assert furniture(f"The pier at low tide, as it was before the storm came. Ana Kovács via {agency}") == "caption"


@pytest.mark.parametrize("pen", PENS)
def test_every_kind_of_by_line_is_known(pen: str) -> None:
    assert furniture(f"{pen} by Ana Kovács") == "by-line"
    assert furniture(f"{pen.upper()} BY ANA O’HARA") == "by-line"


@pytest.mark.parametrize("picture", PICTURES)
def test_every_kind_of_picture_has_its_maker(picture: str) -> None:
    assert furniture(f"{picture} by Ana Kovács") == "credit"
    assert furniture(f"({picture}s taken by Ana Kovács for Harbour Pictures)") == "credit"


@pytest.mark.parametrize("figure", ["7", "12", "\N{ARABIC-INDIC DIGIT SEVEN}"])
def test_a_figure_of_any_script_opens_a_rule(figure: str) -> None:
    assert furniture(f"{figure} comments") == "comments"
    assert furniture(f"{figure} min read") == "min-read"


@pytest.mark.parametrize("prose", PROSE)
def test_prose_asks_for_hardly_a_pattern(prose: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Compiling all of them takes longer than all else that the summarizer does for an issue.
    asked = Mock(wraps=re.compile)
    monkeypatch.setattr(re, "compile", asked)
    assert furniture(prose) == ""
    assert asked.call_count <= 3
