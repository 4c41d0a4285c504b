import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.colours import ENOUGH, contrast, readable

colours = st.tuples(*(st.integers(0, 255) for _ in range(3))).map(lambda rgb: "#{:02x}{:02x}{:02x}".format(*rgb))


def test_contrast_is_wcags() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#123456", "#123456") == 1


@given(colours, colours)
def test_what_is_made_readable_can_be_read(colour: str, paper: str) -> None:
    assert contrast(readable(colour, paper), paper) >= ENOUGH


@given(colours, colours)
def test_what_can_be_read_already_stays_as_it_is(colour: str, paper: str) -> None:
    if contrast(colour, paper) >= ENOUGH:
        assert readable(colour, paper) == colour


def test_a_colour_is_moved_no_further_than_it_must() -> None:
    assert contrast(readable("#ffd400", "#ffffff"), "#ffffff") == pytest.approx(ENOUGH, abs=0.2)
    assert readable("#FFD400", "#000000") == "#ffd400"
