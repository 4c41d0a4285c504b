"""What `digest check` says of subjects, of characters, and of faces that tell different stories."""

from dataclasses import replace
from typing import Any

import pytest

from digest.check.subject import columns
from digest.model.issue import Entry, Words
from proofs import changed, codes, hits, proof_of, sound, sound_issue


@pytest.mark.parametrize(
    ("subject", "code", "found"),
    [
        ("NATO meets", "subject-loud", False),
        ("COVID-19", "subject-loud", False),
        ("Now!!", "subject-loud", True),
        ("Really??", "subject-loud", True),
        ("港の時計はなぜ五分進んでいるのか、そして誰がそれを進めたのかという長い長い話", "subject-long", True),
        ("港の時計はなぜ五分進んでいるのか", "subject-long", False),
    ],
)
def test_subjects_are_judged_in_any_script(subject: str, code: str, found: bool) -> None:  # noqa: FBT001 - a column of the table
    assert (code in codes(proof_of(replace(sound_issue(), subject=Words(text=subject))))) is found


def test_columns_are_those_that_an_inbox_needs() -> None:
    assert (columns("abc"), columns("港"), columns("e\u0301"), columns("\u200d")) == (3, 2, 1, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("می‌خواهم", set()),
        ("क्‍ष", set()),
        ("👩‍👩‍👧 at sea", set()),
        ("half\u200dway", {"char-invisible"}),
        ("a\u202eb", {"char-invisible"}),
        ("cafÃ© au lait", {"char-mojibake"}),
        ("the harbour\u2019s", set()),
        ("« é »", set()),
        ("itâ€™s", {"char-mojibake"}),
        ("x\x93y", {"char-control"}),
        ("Ã©\x93 and a line that goes on for so long that it is cut in the report", {"char-control", "char-mojibake"}),
        ("caf\ufffd", {"char-lost"}),
    ],
)
def test_characters_are_judged_by_what_a_script_needs(text: str, expected: set[str]) -> None:
    issue = replace(sound_issue(), brand=replace(sound_issue().brand, why=text))
    proof = replace(sound(), issue=issue)
    assert {code for code in codes(proof) if code.startswith("char")} == expected


def test_a_headline_that_no_face_has_is_said_so() -> None:
    issue, gone = sound_issue(), "https://no.example/where"
    unseen = replace(issue.headlines[0], title=Words(text="Nowhere to be seen"), url=gone, mail_url=gone)
    proof = replace(sound(), issue=replace(issue, headlines=(unseen,)))
    assert hits(proof, "parity-headline") == [
        "Nowhere to be seen: its headline is in none of mail, text part and web version"
    ]
    assert hits(proof, "parity-link") == ["Nowhere to be seen: nothing leads to its address: https://no.example/where"]


def test_a_theme_that_shows_no_leads_at_all_differs_in_nothing() -> None:
    assert "parity-lead" not in codes(proof_of(sound_issue(), "letter"))


def told(text: str, **fields: Any) -> Entry:
    """An entry that the mail does not show."""
    return Entry(id="f" * 12, title=Words(text="Eel"), lead=Words(text=text), **fields)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            told("A week on the water, for two.", entry="promo"),
            "its text is nowhere to be read: “A week on the water, for two.”",
        ),
        (told("Said by somebody else.", entry="link"), "its text is nowhere to be read: “Said by somebody else.”"),
        (
            replace(told(""), lead=Words(text="Written\n\nby hand. " + "It goes on. " * 9, origin="editor")),
            "its lead is nowhere to be read: “Written by hand. It goes on. It goes on. It goes on. It goes…”",
        ),
        (
            replace(told(""), dek=Words(text="A dek of the editor's", origin="editor")),
            "its dek is nowhere to be read: “A dek of the editor's”",
        ),
        (
            replace(told(""), byline=Words(text="Zuleika Quill", origin="editor")),
            "its by-line is nowhere to be read: “Zuleika Quill”",
        ),
        (told("The source's own words.", slot="headline"), ""),
    ],
)
def test_what_somebody_wrote_for_the_issue_may_not_be_lost(entry: Entry, said: str) -> None:
    proof = replace(sound(), issue=replace(sound_issue(), headlines=(entry,)))
    assert hits(proof, "parity-lost") == ([f"Eel: {said}"] if said else [])


def test_an_opening_that_no_face_shows_is_said_so() -> None:
    lost = replace(sound_issue(), opening=Words(text="Dear readers of Ellery", origin="editor"))
    assert hits(replace(sound(), issue=lost), "parity-lost") == [
        "opening: it is nowhere to be read: “Dear readers of Ellery”"
    ]
    assert hits(proof_of(lost), "parity-lost") == []


def test_a_promotion_that_one_face_shows_is_not_lost() -> None:
    entry = told("A week on the water, for two.", entry="promo")
    proof = replace(
        changed(text=lambda text: f"{text}\n{entry.lead.text}\n"), issue=replace(sound_issue(), headlines=(entry,))
    )
    assert hits(proof, "parity-lost") == []
    assert hits(proof, "parity-lead") == ["Eel: its lead is not in the mail and the web version"]
