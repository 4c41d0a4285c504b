"""The sentences of the two real scrapes, checked by eye: only the places where they end are kept here."""

import pytest

from digest.summarizer.sentences import split
from sentence_samples import SEED_ENDS, SEEDS, seed


@pytest.mark.parametrize("name", SEED_ENDS)
def test_every_prose_line_of_a_real_page_parts_where_a_reader_parts_it(name: str) -> None:
    if not SEEDS.is_dir():
        pytest.skip("../shared is not here")
    for line, ends in seed(name):
        sentences = split(line)
        found = tuple(len(" ".join(sentences[: n + 1])) for n in range(len(sentences)))
        assert found == ends, line


def test_the_scrapes_have_sixty_three_prose_lines() -> None:
    assert sum(map(len, SEED_ENDS.values())) == 63
