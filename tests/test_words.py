"""digest.text.words: words, fingerprints, ids, shared text."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.words import SHORTEST_FINGERPRINTED, fingerprint, shingles, short_id, words

BODY = "The last ferry left the quay at nine, and nobody in the harbour office could say why it had not waited for us."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        (" \u2014 \u2026 \u2764\ufe0f ", ()),
        ("The FERRY, the ferry!", ("the", "ferry", "the", "ferry")),
        ("it\u2019s snake_case; 3.5% of x/y", ("it", "s", "snake", "case", "3", "5", "of", "x", "y")),
        ("Stra\u00dfe \ufb01sh \u2460 caf\u0065\u0301", ("strasse", "fish", "1", "caf\u00e9")),
        ("co\u00adoperate zero\u200bwidth", ("cooperate", "zerowidth")),
        (
            "\u6771\u4eac2024\u5e74 \u0e44\u0e17\u0e22",
            ("\u6771", "\u4eac", "2024", "\u5e74", "\u0e44", "\u0e17", "\u0e22"),
        ),
        ("\u0915\u093f\u0924\u093e\u092c", ("\u0915\u093f\u0924\u093e\u092c",)),
        ("\u041a\u0438\u0457\u0432 \u05e9\u05dc\u05d5\u05dd", ("\u043a\u0438\u0457\u0432", "\u05e9\u05dc\u05d5\u05dd")),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@given(st.text(max_size=60))
def test_words_of_words_are_the_same_words(text: str) -> None:
    found = words(text)
    assert words(" ".join(found)) == found


@given(st.lists(st.sampled_from([", ", "; ", " \u2014 ", "\n", "! ", " \u201c", "\u201d "]), min_size=23, max_size=23))
def test_a_fingerprint_is_blind_to_punctuation_case_and_paragraphs(gaps: list[str]) -> None:
    spoken = BODY.rstrip(".").replace(",", "").split()
    other = "".join(word.upper() + gap for word, gap in zip(spoken, gaps, strict=False))
    assert len(spoken) == len(gaps)
    assert fingerprint([other]) == fingerprint([BODY])
    assert fingerprint([*spoken[:9], "", " ".join(spoken[9:])]) == fingerprint([BODY])


def test_a_fingerprint_is_the_sha_256_of_the_words() -> None:
    text = " ".join(f"word{number}" for number in range(SHORTEST_FINGERPRINTED))
    assert fingerprint([text]) == hashlib.sha256(text.encode()).hexdigest()
    assert fingerprint([text]) != fingerprint([text + " more"])


def test_too_few_words_have_no_fingerprint() -> None:
    assert fingerprint([]) == ""
    assert fingerprint(["word"] * (SHORTEST_FINGERPRINTED - 1)) == ""
    assert fingerprint(["word"] * SHORTEST_FINGERPRINTED) != ""


def test_a_short_id_is_the_beginning_of_a_sha_256() -> None:
    assert short_id("https://harbour.example/tide") == "aa1ac3bd73ab"


@pytest.mark.parametrize(
    ("of", "count"), [((), 0), (("a",), 1), (tuple("abcd"), 1), (tuple("abcde"), 1), (tuple("abcdefg"), 3)]
)
def test_shingles_are_runs_of_five(of: tuple[str, ...], count: int) -> None:
    found = shingles(of)
    assert len(found) == count
    assert all(len(shingle) == min(5, len(of)) for shingle in found)
