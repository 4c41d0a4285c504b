"""digest.text.sketches: the same runs wherever they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.sketches import SAMPLED, Size, likeness, sketch

SAME = 486523935056590105
"""What one run is known as in every archive: another number would orphan the rows that are there."""


def told(seed: str, count: int) -> list[str]:
    """Return so many words that no other seed has."""
    return [f"{seed}{number}" for number in range(count)]


def test_a_text_of_fewer_words_than_a_run_has_no_sketch() -> None:
    assert sketch([]).hashes == sketch(told("a", 4)).hashes == frozenset()
    assert sketch(told("a", 4)).size == (0, 0)
    assert sketch(told("a", 5)).size == (1, 1)


def test_a_short_text_keeps_sixteen_runs_and_a_long_one_about_one_of_sixteen() -> None:
    assert sketch(told("a", 60)).size == (SAMPLED, 56)
    assert 100 < sketch(told("a", 3_000)).size.kept < 300


def test_a_text_that_says_one_thing_again_and_again_keeps_it_once() -> None:
    assert len(sketch(["again"] * 500).hashes) == 1


def test_a_sketch_is_the_same_in_every_process() -> None:
    assert sorted(sketch(["the", "tide", "left", "a", "boat"]).hashes) == [SAME]


def test_what_is_shared_is_held_against_what_could_be() -> None:
    assert likeness(8, Size(16, 56), Size(16, 56)) == 0.5
    assert likeness(3, Size(16, 56), Size(100, 1_600)) == pytest.approx(3 / 3.5)
    assert likeness(3, Size(100, 1_600), Size(16, 56)) == pytest.approx(3 / 3.5)
    assert likeness(0, Size(0, 0), Size(16, 56)) == 0


@given(st.integers(60, 400), st.integers(0, 300), st.integers(0, 300))
def test_a_text_that_stands_inside_another_is_like_it(size: int, before: int, behind: int) -> None:
    story = sketch(told("story", size))
    framed = sketch([*told("before", before), *told("story", size), *told("behind", behind)])
    assert likeness(len(story.hashes & framed.hashes), story.size, framed.size) > 0.4


@given(st.integers(0, 300), st.integers(0, 300))
def test_texts_that_share_no_run_share_no_hash(one: int, other: int) -> None:
    assert not sketch(told("one", one)).hashes & sketch(told("other", other)).hashes
