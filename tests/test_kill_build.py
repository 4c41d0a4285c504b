"""`digest build` is killed at every call that touches the disk: the issue is the old one or the new one, whole."""

import shutil
from dataclasses import dataclass

import pytest

from digest.model.article import Article
from drivers.faults import Killer
from drivers.scene import WEEK, Scene, Trial, newsroom

EDITS = '# the editor\'s own file: "ã", kept byte for byte\nschema = 1\n\n[issue]\nopening = "Dear readers"\n'


@dataclass(frozen=True)
class Stage:
    """A scene, the issue's files before the command and after it, what only people may change, and the archive."""

    scene: Scene
    before: dict[str, str]
    after: dict[str, str]
    editors: dict[str, bytes]
    articles: tuple[Article, ...]


@pytest.fixture(scope="module", params=["first build", "rebuild"])
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, killer: Killer) -> Stage:
    base = newsroom(tmp_path_factory.mktemp("build"), killer, (0, 1, 2, 3))
    scene = Scene(base, ("build", "--week", WEEK), killer)
    if request.param == "rebuild":
        ready = scene.trial()
        ready.digest(*scene.command)
        ready.digest("sent", WEEK)
        ready.digest("sent", WEEK, "--undo")
        (ready.issue / "edits.toml").write_text(EDITS)
        ready.digest("ingest", "texts/4.md", "texts/5.md")
        shutil.rmtree(base)
        shutil.copytree(ready.folder, base)
    start = scene.trial()
    before, editors = start.built(), start.editors()
    end = scene.finished()
    assert before != end.built()
    assert (bool(before), len(editors)) == ((True, 2) if request.param == "rebuild" else (False, 0))
    return Stage(scene, before, end.built(), editors, end.articles())


def check(trial: Trial, stage: Stage) -> bool:
    """Check what a kill and one more command left, and that a rebuild ends well; return whether the new was there."""
    trial.digest("issues")
    found = trial.built()
    assert found in (stage.before, stage.after)
    assert ".next" not in trial.left_over()
    kept = trial.editors()
    assert {name: kept[name] for name in stage.editors} == stage.editors
    trial.digest(*stage.scene.command)
    assert trial.built() == stage.after
    assert trial.left_over() == []
    kept = trial.editors()
    assert {name: kept[name] for name in stage.editors} == stage.editors
    assert trial.articles() == stage.articles
    return found == stage.after


def test_a_kill_at_any_call_leaves_the_old_issue_or_the_new(stage: Stage) -> None:
    done = [check(stage.scene.killed_at(point), stage) for point in stage.scene.points()]
    assert len(done) > 20
    assert done == sorted(done), "one rename commits, and nothing takes it back"
    assert (done[0], done[-1]) == (False, True)


@pytest.mark.parametrize("kills", [10, pytest.param(50, marks=pytest.mark.heavy)])
def test_a_kill_at_any_moment_leaves_the_old_issue_or_the_new(stage: Stage, kills: int) -> None:
    for trial in stage.scene.killed_at_random(kills):
        check(trial, stage)
