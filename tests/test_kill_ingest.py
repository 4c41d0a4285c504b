"""`digest ingest` is killed at every call that touches the disk: the archive holds what it held, or all of the new."""

import pytest

from digest.model.article import Article
from drivers.faults import Killer
from drivers.scene import WEEK, Scene, Trial, newsroom, story

Ends = tuple[tuple[Article, ...], tuple[Article, ...]]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, killer: Killer) -> Scene:
    """Three stories are in the archive; one has changed, one has not, two are new."""
    base = newsroom(tmp_path_factory.mktemp("ingest"), killer, (0, 1, 2))
    (base / "texts" / "1.md").write_text(story(1, changed=True))
    return Scene(base, ("ingest", "texts/1.md", "texts/2.md", "texts/3.md", "texts/4.md"), killer)


@pytest.fixture(scope="module")
def ends(scene: Scene) -> Ends:
    """What the archive holds before the command and after it."""
    before, after = scene.trial().articles(), scene.finished().articles()
    assert (len(before), len(after)) == (3, 5)
    assert before != after[:3]
    return before, after


def check(trial: Trial, scene: Scene, ends: Ends) -> bool:
    """Check what a kill left and that the command then does its work; return whether it was done before."""
    found = trial.articles()
    assert found in ends
    trial.digest("articles", "--week", WEEK, "--json")
    assert trial.articles() == found
    trial.digest(*scene.command)
    assert trial.articles() == ends[1]
    return found == ends[1]


def test_a_kill_at_any_call_leaves_the_old_articles_or_all_the_new(scene: Scene, ends: Ends) -> None:
    done = [check(scene.killed_at(point), scene, ends) for point in scene.points()]
    assert len(done) > 20
    assert done == sorted(done), "what was stored once stays stored"
    assert done[0] is False


@pytest.mark.parametrize("kills", [10, pytest.param(50, marks=pytest.mark.heavy)])
def test_a_kill_at_any_moment_leaves_the_old_articles_or_all_the_new(scene: Scene, ends: Ends, kills: int) -> None:
    for trial in scene.killed_at_random(kills):
        check(trial, scene, ends)
