"""benchmarks/near_duplicates.py: of copies and look-alikes the copies are found, and nothing else."""

import runpy
import secrets
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.syspath_prepend(FOLDER)
    return runpy.run_path(str(FOLDER / "near_duplicates.py"))


def test_copies_of_invented_stories_are_found_and_look_alikes_are_not(script: dict[str, Any]) -> None:
    found = script["measure"](800, "a seed of this test", [])
    assert found.copies == 20
    assert (found.found, found.right) == (found.copies, found.pairs)
    assert found.pairs >= found.copies


def test_the_same_seed_makes_the_same_articles(script: dict[str, Any]) -> None:
    made = script["publications"](200, "1", [])
    assert made == script["publications"](200, "1", [])
    assert made != script["publications"](200, "2", [])
    assert len(made) == 200
    assert {each.kind for each in made} >= {"story", "edited", "headline", "corrected", "cut", "syndicated", "series"}


@pytest.mark.heavy
def test_of_20000_articles_the_copies_of_real_stories_are_found(
    script: dict[str, Any], shared: Path, record_property: Any
) -> None:
    seed = str(secrets.randbits(32))  # a failure names it: `near_duplicates.py 20000 --seed N`
    found = script["measure"](20_000, seed, script["read_bodies"](shared / "leads"))
    record_property("figures", f"near-duplicates, seed {seed}: {found}")
    assert found.copies == 500
    assert found.found / found.copies >= 0.98
    assert found.right / found.pairs >= 0.99
