"""What is peculiar to one mailing service, beside what holds for all (`test_mailers_contract.py`)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest

from digest.errors import AmbiguousError, MailerError, RefusedError
from digest.mailers.remote import instant, named, saying, shaped, state_of
from digest.model.mailer import RemoteState
from services.buttondown import Buttondown
from services.listmonk import Listmonk
from services.serving import Service, serving
from test_mailers_contract import AT, KEY, Bench, opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    id: int


STATES: dict[str, RemoteState] = {"draft": "draft"}


@pytest.fixture
def listmonk() -> Iterator[Bench]:
    with serving(Listmonk()) as service, opened(service) as bench:
        yield bench


@pytest.fixture
def buttondown() -> Iterator[Bench]:
    with serving(Buttondown()) as service, opened(service) as bench:
        yield bench


@pytest.mark.parametrize("service", [Listmonk(), Buttondown()], ids=["listmonk", "buttondown"])
def test_a_request_that_the_vendor_does_not_describe_is_noticed(service: Service) -> None:
    assert service.judge is not None
    if not service.judge.there:
        pytest.skip("../shared/specs is not here")
    with serving(service), opened(service) as bench:
        remote = bench.draft()
        path = service.calls[-1].path
        with suppress(MailerError):
            bench.api.write("POST", path, {"subject": 7, "status": "draft"})
        assert service.breaches
        assert remote.state == "draft"


def test_listmonk_is_told_to_make_a_template_that_adds_nothing(listmonk: Bench) -> None:
    assert isinstance(listmonk.service, Listmonk)
    listmonk.service.templates[1]["body"] += "<p>Sent by us</p>"
    (found,) = listmonk.mailer.check()
    assert found.code == "mailer-template"
    assert '{{ template "content" . }}' in found.hint


def test_a_list_that_listmonk_has_not_is_found(listmonk: Bench) -> None:
    assert isinstance(listmonk.service, Listmonk)
    listmonk.service.lists = set()
    (found,) = listmonk.mailer.check()
    assert (found.code, found.level) == ("mailer-list", "error")
    assert "List not found" in found.message


def test_listmonk_says_of_each_address_whether_it_is_a_subscriber(listmonk: Bench) -> None:
    remote = listmonk.draft()
    with pytest.raises(RefusedError, match="no known subscribers"):
        listmonk.mailer.send_test(listmonk.message(), remote, ("ada@harbour.example", "cas@elsewhere.example"))


def test_a_campaign_that_listmonk_has_paused_is_on_its_way(listmonk: Bench) -> None:
    remote = listmonk.draft()
    listmonk.mailer.send(listmonk.message(), remote)
    assert isinstance(listmonk.service, Listmonk)
    listmonk.service.campaigns[int(remote.id)]["status"] = "paused"
    found = listmonk.mailer.status(remote)
    assert (found.state, found.note) == ("sending", "paused")


def test_buttondown_is_always_told_that_it_is_a_draft(buttondown: Bench) -> None:
    buttondown.mailer.save(buttondown.message(), buttondown.draft())
    assert [call.said["status"] for call in buttondown.service.wrote()] == ["draft", "draft"]
    assert all(call.headers["x-api-version"] == "2026-04-01" for call in buttondown.service.calls)


def test_what_was_deleted_at_buttondown_is_not_ours(buttondown: Bench) -> None:
    remote = buttondown.draft()
    assert isinstance(buttondown.service, Buttondown)
    buttondown.service.emails[remote.id]["status"] = "deleted"
    assert buttondown.mailer.find(KEY) is None
    assert buttondown.mailer.status(remote).note == "deleted"


def test_a_state_that_nobody_told_of_is_not_guessed() -> None:
    with pytest.raises(MailerError, match="'resent'"):
        state_of(STATES, "resent", "weekly-2024-W43")


def test_an_answer_of_another_shape_is_none() -> None:
    with pytest.raises(AmbiguousError):
        shaped({"id": "x"}, Numbered, "POST /campaigns")


def test_instants_are_said_in_utc_and_read_in_any_zone() -> None:
    assert saying(AT) == "2024-10-25T07:00:00Z"
    assert instant("2024-10-25T09:00:00+02:00") == instant("2024-10-25T07:00:00") == AT
    assert instant("") is None


def test_a_senders_name_is_quoted() -> None:
    assert named('A "B" \\ C', "a@b.example") == '"A \\"B\\" \\\\ C" <a@b.example>'
    assert named("", "a@b.example") == "a@b.example"
