"""Texts word by word, and an issue marked against an earlier state of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editing.differing import Piece, pieces
from digest.editing.marking import Line, Marked, marked
from digest.model.issue import Entry, Issue, IssueSection, Words
from render_samples import ARABIC, sample_issue, story

WORDS = st.text(alphabet="ab 港の\n.", max_size=30)


def issue(**sections: tuple[Entry, ...]) -> Issue:
    named = tuple(IssueSection(name=name, title=name, entries=entries) for name, entries in sections.items())
    return replace(sample_issue(0), sections=named, headlines=())


def entry(name: str, title: str = "") -> Entry:
    return replace(story(1, title or f"Story {name}"), id=name)


def lines(found: Marked) -> dict[str, Line]:
    return {line.id: line for part in found.parts for line in part.lines}


def shown(row: tuple[Piece, ...]) -> str:
    signs = {"same": "{}", "in": "[+{}+]", "out": "[-{}-]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in row)


@pytest.mark.parametrize(
    ("was", "now", "row"),
    [
        ("The ferry is late", "The ferry is very late", "The ferry is [+very +]late"),
        ("A wall of sand", "A wall of mud", "A wall of [-sand-][+mud+]"),
        ("港の時計は進む", "港の時計は遅れる", "港の時計は[-進む-][+遅れる+]"),
        ("Same", "Same", "Same"),
        ("", "New", "[+New+]"),
        ("Old", "", "[-Old-]"),
        ("", "", ""),
        ("Who owns the sand?", "A pension and the long name", "[-Who owns the sand?-][+A pension and the long name+]"),
    ],
)
def test_a_text_is_told_word_by_word(was: str, now: str, row: str) -> None:
    assert shown(pieces(was, now)) == row


@given(WORDS, WORDS)
def test_both_texts_are_in_the_pieces_to_the_letter(was: str, now: str) -> None:
    row = pieces(was, now)
    assert "".join(piece.text for piece in row if piece.kind != "in") == was
    assert "".join(piece.text for piece in row if piece.kind != "out") == now
    assert all(piece.text for piece in row)


def test_each_story_has_its_marks_and_what_is_gone_stands_where_it_stood() -> None:
    before = issue(
        Reporting=(entry("a"), entry("b"), entry("c")), Culture=(entry("d"), entry("e")), World=(entry("f"),)
    )
    changed = replace(entry("d"), title=Words(text="Story d again"), dek=Words(text="New words"))
    after = issue(Reporting=(entry("c"), entry("a")), Culture=(changed, entry("g"), entry("f")))
    found = marked(before, after)
    assert [(part.title, "".join(line.id for line in part.lines)) for part in found.parts] == [
        ("Reporting", "cab"),
        ("Culture", "degf"),
    ]
    marks = {name: line.marks for name, line in lines(found).items()}
    assert marks == {
        "a": ("same",),
        "b": ("removed",),
        "c": ("moved",),
        "d": ("changed",),
        "e": ("removed",),
        "f": ("moved",),
        "g": ("new",),
    }
    assert (lines(found)["f"].came, lines(found)["c"].came) == ("World", "Reporting")
    assert shown(lines(found)["b"].headline) == "[-Story b-]"
    assert shown(lines(found)["d"].headline) == "Story d[+ again+]"
    assert [(each.name, shown(each.pieces)[:4]) for each in lines(found)["d"].revised] == [("dek", "[-A ")]
    assert {change.kind for change in found.told} == {"in", "out", "moved", "changed"}


def test_what_is_gone_stands_behind_those_that_are_still_in_its_section() -> None:
    before = issue(Reporting=(entry("a"), entry("b"), entry("c"), entry("d")), Culture=(entry("e"),))
    found = marked(before, issue(Reporting=(entry("a"), entry("d")), Culture=(entry("b"), entry("e"))))
    assert ["".join(line.id for line in part.lines) for part in found.parts] == ["acd", "be"]


def test_a_section_that_is_gone_stands_last_with_its_stories() -> None:
    found = marked(issue(World=(entry("f"), entry("h")), Culture=(entry("d"),)), issue(Culture=(entry("d"),)))
    assert [(part.title, [line.marks for line in part.lines]) for part in found.parts] == [
        ("Culture", [("same",)]),
        ("World", [("removed",), ("removed",)]),
    ]
    assert [line.id for line in found.parts[1].lines] == ["f", "h"]


def test_the_issues_own_texts_are_marked_too_and_a_story_keeps_its_direction() -> None:
    before = issue(World=(ARABIC,))
    found = marked(before, replace(before, subject=Words(text="Sand"), brand=replace(before.brand, tagline="T")))
    assert [each.name for each in found.revised] == ["subject", "magazine: tagline"]
    assert lines(found)[ARABIC.id].direction == "rtl"
    assert lines(found)[ARABIC.id].language == "ar"


def test_what_moved_and_changed_says_both() -> None:
    before = issue(World=(entry("a"),), Culture=(entry("b"),))
    after = issue(World=(), Culture=(replace(entry("a"), title=Words(text="Another thing")), entry("b")))
    assert lines(marked(before, after))["a"].marks == ("moved", "changed")
