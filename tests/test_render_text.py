import re
from dataclasses import replace

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from digest.model.issue import IssueSection
from digest.model.tags import TAG_NAMES, placeholder
from digest.render import render
from digest.render.plain import COLUMNS, paragraphs, stop, tidy, width, wrap
from digest.theme import find_theme, shipped
from render_samples import JAPANESE, sample_issue

THEME = find_theme("roundup", [shipped()])


@pytest.fixture(scope="module")
def text() -> str:
    return render(sample_issue(), THEME).text


def test_no_markup_and_no_glued_or_ragged_lines(text: str) -> None:
    assert not re.search(r"<\w|&\w+;|[{}]", text)
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]\n", text)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_only_an_address_is_longer_than_a_line(text: str) -> None:
    assert all(width(line) <= COLUMNS or "://" in line for line in text.splitlines())


def test_links_are_numbered_through_and_stand_at_the_end_of_their_story(text: str) -> None:
    linked = [entry for entry in sample_issue().entries if entry.mail_url]
    assert re.findall(r"^\[(\d+)\] (\S+)$", text, re.MULTILINE) == [
        (str(number), entry.mail_url) for number, entry in enumerate(linked, start=1)
    ]
    story = text.partition("Analysis\n")[2].partition("\n\nA lighthouse")[0].split("\n\n")
    assert story[0] == "Who owns the sand? [2]\nBy Ana Brandão · 18 October 2024"
    assert story[1].startswith("The council has bought")
    assert story[2] == "[2] https://harbour.example/2024/10/story-0"


def test_an_entry_without_an_address_has_no_number(text: str) -> None:
    assert "\nFrom our print edition: the knots supplement\n" in text


def test_each_tag_has_a_line_to_itself(text: str) -> None:
    for name in TAG_NAMES:
        (line,) = [line for line in text.splitlines() if placeholder(name) in line]
        assert line.endswith(placeholder(name))
        assert line.count("digest-tag:") == 1


def test_every_paragraph_of_the_opening_stands_alone(text: str) -> None:
    assert "\n\nGood morning. This week the river asked the questions.\n\nWe went out" in text


def test_japanese_is_wrapped_between_its_characters() -> None:
    section = IssueSection(name="W", title="World", entries=(JAPANESE,))
    text = render(replace(sample_issue(), sections=(section,)), THEME).text
    lines = [line for line in text.splitlines() if width(line) > len(line)]
    assert JAPANESE.lead.text in "".join(lines)
    assert max(width(line) for line in lines) in {COLUMNS, COLUMNS - 1}


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one https://example.org/a-long-way two", 8, ["one", "https://example.org/a-long-way", "two"]),
        ("港港港港", 4, ["港港", "港港"]),
        ("港港港。港", 6, ["港港", "港。港"]),
        ("港「港」", 4, ["港", "「港」"]),
        ("tide 港の時計", 7, ["tide 港", "の時計"]),
        ("e\u0301e\u0301 e\u0301e\u0301", 5, ["e\u0301e\u0301 e\u0301e\u0301"]),
        ("👩\u200d👧 ok", 5, ["👩\u200d👧 ok"]),
        ("港“港”港", 4, ["港", "“港”", "港"]),
        ("まって", 2, ["まっ", "て"]),
        ("葛\U000e0100葛\U000e0100葛\U000e0100", 4, ["葛\U000e0100葛\U000e0100", "葛\U000e0100"]),
        ("한국말", 2, ["한", "국", "말"]),
        ("\u1112\u1161\u11ab\u1112\u1161\u11ab", 2, ["\u1112\u1161\u11ab"] * 2),
        ("Et toi ? Non !", 8, ["Et toi ?", "Non !"]),
        ("Et toi ? Non !", 6, ["Et", "toi ?", "Non !"]),
        ("dit « oui » ici", 5, ["dit", "« oui »", "ici"]),
        ("a ! ! ! ! b", 3, ["a !", "! !", "! b"]),
        ("", 10, []),
        (" \n ", 10, []),
    ],
)
def test_wrapping(text: str, columns: int, lines: list[str]) -> None:
    assert wrap(text, columns).splitlines() == lines


MARKS = set("«!?:;»%")


@given(
    st.text() | st.lists(st.sampled_from([*"a «»!?:;%港「」", "👩\u200d👧", "e\u0301", "한"])).map("".join),
    st.integers(4, 40),
)
def test_wrapping_loses_nothing_and_keeps_to_its_width(text: str, columns: int) -> None:
    wrapped = wrap(text, columns)
    assert "".join(wrapped.split()) == "".join(text.split())
    for line in wrapped.split("\n"):
        joined = re.sub(r"(?<=«)\s|\s(?=[»!?:;%])", "", line)  # no line ends there
        words = [word for word in re.split(r"\s", joined) if set(word) - MARKS]
        assert width(line) <= columns or len(words) <= 1


@given(st.text(st.sampled_from("a \n\t\u3000b")))
def test_tidying_leaves_one_blank_line_at_most(text: str) -> None:
    tidied = tidy(text)
    assert "\n\n\n" not in tidied
    assert tidied.endswith("\n")
    assert tidied.split() == text.split()
    assert tidy(tidied) == tidied


def test_paragraphs_are_parted_by_blank_lines() -> None:
    assert paragraphs("One\nline.\n \t\nTwo.\n\n\n\n  Three. \n") == ["One line.", "Two.", "Three."]
    assert paragraphs("\n") == []


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("tide", 4),
        ("港", 2),
        ("é", 1),
        ("e\u0301", 1),
        ("ﾊﾛｰ", 3),
        ("\U0001f469\u200d\U0001f467\u200d\U0001f466", 2),
        ("\U0001f1ec\U0001f1e7\U0001f1eb\U0001f1f7", 4),
        ("\U0001f44d\U0001f3fd", 2),
        ("1\ufe0f\u20e3", 2),
        ("\u2764\ufe0f", 2),
        ("\u2764", 1),
        ("\u1112\u1161\u11ab", 2),
        ("مُحَمَّد", 4),
        ("שָׁלוֹם", 4),
        ("نی\u200cنی", 4),
        ("“…”—±§", 6),
        ("a\tb", 3),
    ],
)
def test_width_is_that_of_a_terminal(text: str, columns: int) -> None:
    assert width(text) == columns


@given(st.text(st.characters(max_codepoint=0x203B)))
def test_the_short_way_to_a_width_is_right(text: str) -> None:
    assert width(text) == (wcwidth.wcswidth(text) if wcwidth.wcswidth(text) >= 0 else len(text))


@pytest.mark.parametrize(
    ("headline", "mark"),
    [
        ("Eel", "."),
        ("Really?", ""),
        ("He said “go.”", ""),
        ("Half of 50 %", "."),
        ("“A Chart”", "."),
        ("Etc…", ""),
        ("港の時計", "。"),
        ("なぜ？", ""),
        ("", ""),
    ],
)
def test_a_headline_gets_the_full_stop_that_it_lacks(headline: str, mark: str) -> None:
    assert stop(headline) == mark


def test_a_vowel_sign_that_sits_on_nothing_is_measured_with_the_space_before_it() -> None:
    lines = wrap('"straight", &amp; &amp; &amp; Every postman 0 \u0d460. "straight", "straight",').splitlines()
    assert len(lines) == 2
    assert max(map(width, lines)) <= COLUMNS
