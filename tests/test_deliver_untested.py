"""Services that have no way to test: what is approved goes to its readers once, whatever is killed on the way."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import stamina

from delivering import KEY, UNTESTED, Desk, built, emptied
from digest.errors import MailerUnsupportedError
from killing import ENDS, killed_anywhere
from services.serving import serving


@pytest.fixture(scope="module", params=UNTESTED)
def first(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One built and approved issue a service; each test has a copy of it, and the service empty."""
    with serving(UNTESTED[request.param]()) as service, built(service, tmp_path_factory.mktemp("first")) as desk:
        yield desk


@pytest.fixture
def desk(first: Desk, tmp_path: Path) -> Iterator[Desk]:
    emptied(first.service)
    with stamina.set_testing(True, attempts=2):
        yield first.copied(tmp_path / "room")
    assert first.service.breaches == []


@pytest.mark.parametrize("aim", [aim for aim in ENDS if aim != "test"])
def test_a_hand_over_that_is_killed_anywhere_goes_on_and_sends_once(
    desk: Desk, tmp_path: Path, aim: str, record_property: Any
) -> None:
    kills = killed_anywhere(desk, tmp_path, aim)
    service = desk.service.table().service
    record_property("figures", f"{service}, {aim}: killed at {kills} moments; sent {aim == 'send':d}, one draft")


def test_a_test_is_refused_before_the_service_is_asked(desk: Desk) -> None:
    with pytest.raises(MailerUnsupportedError, match="has no way to send a test"):
        desk.do("test")
    assert desk.service.titles() == []
    assert desk.do("send").stage == "sent"
    assert desk.service.sends == [KEY]
