"""An editor does anything at all, through the desk's HTTP: file, page, state and built issue agree after each step."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_acting import ACTION, Editor, agrees
from desk_running import RunningDesk, desk, sample

_SETTINGS: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    with desk(sample(tmp_path_factory.mktemp("desk"))) as running:
        yield running


@pytest.fixture(scope="module")
def first(running: RunningDesk) -> bytes:
    """The bytes of edits.toml before anybody has done anything."""
    return (running.issue / "edits.toml").read_bytes()


def lived(running: RunningDesk, first: bytes, actions: Sequence[Sequence[Any]]) -> None:
    """Do one thing after the other, then take all of it back."""
    file = running.issue / "edits.toml"
    editor = Editor(running, [running.state["version"]])
    for action in actions:
        before, state = file.read_bytes(), running.state
        answer = editor.act(action, state)
        if answer is not None:
            assert answer.status in {200, 409, 422}, answer.text
            if answer.status != 200:
                assert file.read_bytes() == before
                assert answer.data["message" if answer.status == 422 else "words"]
            else:
                assert answer.data["version"] == hashlib.sha256(file.read_bytes()).hexdigest()
            assert answer.status != 409 or action[0] == "behind"
        editor.versions.append(agrees(running)["version"])
    editor.undo_all()
    agrees(running)
    assert file.read_bytes() == first


@settings(max_examples=3, **_SETTINGS)
@given(actions=st.lists(ACTION, min_size=6, max_size=8))
def test_file_page_and_built_issue_agree_after_each_step(
    running: RunningDesk, first: bytes, actions: Sequence[Sequence[Any]]
) -> None:
    lived(running, first, actions)


@pytest.mark.heavy
@settings(max_examples=200, **_SETTINGS)
@given(actions=st.lists(ACTION, min_size=30, max_size=30))
def test_file_page_and_built_issue_agree_through_long_days(
    running: RunningDesk, first: bytes, actions: Sequence[Sequence[Any]]
) -> None:
    lived(running, first, actions)
