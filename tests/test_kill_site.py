"""`digest correct` and `digest site` are killed at every call that touches the disk: no half of anything is left."""

import json
import re
from pathlib import Path

import pytest

from drivers.faults import Killer
from drivers.scene import WEEK, Scene, newsroom
from running import files

TEXT = "The viaduct has nine arches."
LINK = re.compile(rb'href="([^":#]+)"')


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, killer: Killer) -> Path:
    """A newsroom whose one issue was sent and corrected once, with an address for its site."""
    base = newsroom(tmp_path_factory.mktemp("sent"), killer, (0, 1, 2, 3))
    with (base / "digest.toml").open("a", encoding="utf-8") as toml:
        toml.write('\n[site]\nurl = "https://letters.gazette.example"\n')
    for command in (("build", "--week", WEEK), ("sent", WEEK), ("correct", WEEK, "Its keeper is Mira Holt.")):
        killer.must(base, *command)
    return base


def noted(ledger: Path) -> list[str]:
    return [event["note"] for line in ledger.read_bytes().splitlines() if (event := json.loads(line)).get("note")]


def test_a_kill_leaves_a_correction_made_or_not_and_saying_it_again_makes_it_once(base: Path, killer: Killer) -> None:
    scene = Scene(base, ("correct", WEEK, TEXT), killer)
    before, after = scene.trial().built(), scene.finished().built()
    assert {name for name in after if after[name] != before[name]} == {"issue.json", "web.html"}
    seen = []
    for point in scene.points():
        trial = scene.killed_at(point)
        trial.digest("issues")
        found = trial.built()
        assert found in (before, after)
        trial.digest(*scene.command)
        assert trial.built() == after
        assert noted(trial.issue / "delivery.jsonl") == ["Its keeper is Mira Holt.", TEXT]
        assert trial.left_over() == []
        seen.append(found == after)
    assert len(seen) > 10
    assert (seen[0], seen[-1]) == (False, True)


def test_a_kill_leaves_a_site_of_whole_files_whose_links_lead_somewhere(base: Path, killer: Killer) -> None:
    scene = Scene(base, ("site",), killer)
    finished = files(scene.finished().folder / "site")
    assert len(finished) == 4
    sizes = set()
    for point in scene.points():
        trial = scene.killed_at(point)
        site = trial.folder / "site"
        found = {name: content for name, content in files(site).items() if not name.endswith(".new")}
        assert found.items() <= finished.items()
        for name, content in found.items():
            links = [link.decode() for link in LINK.findall(content)]
            places = [(site / name).parent / link for link in links if name == "index.html"]
            assert all((place / "index.html").exists() for place in places)
        sizes.add(len(found))
        trial.digest(*scene.command)
        assert files(site) == finished
    assert sizes == {0, 1, 2, 3, 4}
