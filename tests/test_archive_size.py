"""benchmarks/archive_size.py: its archives are what `put` makes, and hold one and the same week at every size."""

import runpy
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from digest.archive import open_archive
from digest.text.words import words


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(Path(__file__).parents[1] / "benchmarks" / "archive_size.py"))


def test_the_rows_are_those_that_put_makes(script: dict[str, Any]) -> None:
    script["check"]()


def test_the_week_is_the_same_at_every_size(script: dict[str, Any], tmp_path: Path) -> None:
    start, end = script["WINDOW_START"], script["WINDOW_END"]
    weeks = []
    for articles in (25, 40, 400):
        path = tmp_path / f"{articles}.db"
        script["make_archive"](path, articles)
        with closing(open_archive(path)) as archive:
            weeks.append(archive.window(start, end))
            others = archive.window(script["FIRST"], script["LAST"])
            assert len(others) == articles - script["IN_WEEK"]
            assert all(150 < sum(len(words(block.text)) for block in each.blocks) < 260 for each in others)
    assert weeks[0] == weeks[1] == weeks[2]
    assert len(weeks[0]) == script["IN_WEEK"] == len({article.fingerprint for article in weeks[0]})
