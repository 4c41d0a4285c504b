"""What is peculiar to one mailing service, beside what holds for all (`test_mailers_contract.py`)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from delivering import built
from digest.config.schema import MailerTable
from digest.errors import AmbiguousError, ConfigError, MailerError, MailerUnsupportedError, RefusedError
from digest.mailers.remote import instant, named, saying, shaped, state_of, whole
from digest.mailers.services import open_api
from digest.model.mailer import RemoteState
from digest.model.message import Rendered
from making import issue
from services.brevo import Brevo
from services.buttondown import Buttondown
from services.ghost import Ghost
from services.listmonk import Listmonk
from services.mailchimp import Mailchimp
from services.sendgrid import SendGrid
from services.serving import Call, Fault, Service, Told, on, serving
from test_mailers_contract import ACTS, AT, KEY, Bench, opened


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


@pytest.fixture
def mailchimp() -> Iterator[Bench]:
    with serving(Mailchimp()) as service, opened(service) as bench:
        yield bench


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


def test_mailchimp_is_not_told_of_answers_that_go_elsewhere() -> None:
    with serving(Mailchimp()) as service:
        service.sender = replace(service.sender, reply_to="desk@harbour.example")
        with opened(service) as bench:
            (found,) = bench.mailer.check()
            assert found.code == "mailer-sender"
            with pytest.raises(MailerUnsupportedError, match="reply_to"):
                bench.draft()
        assert service.calls == []


def test_mailchimp_sends_at_quarters_of_an_hour_alone(mailchimp: Bench) -> None:
    remote = mailchimp.draft()
    with pytest.raises(MailerUnsupportedError, match="quarters of an hour"):
        mailchimp.mailer.schedule(remote, AT + timedelta(minutes=5))
    assert mailchimp.mailer.status(remote).state == "draft"


@pytest.mark.parametrize("act", ["send", "schedule"])
def test_a_campaign_whose_content_never_came_is_neither_sent_nor_scheduled(mailchimp: Bench, act: str) -> None:
    mailchimp.service.faults.append(Fault(on="PUT .*/content", hang_up=True))
    with pytest.raises(AmbiguousError):
        mailchimp.draft()
    remote = mailchimp.mailer.find(KEY)
    assert remote is not None
    with pytest.raises(RefusedError, match="Content: Design it"):
        ACTS[act](mailchimp, remote)
    filled = mailchimp.mailer.save(mailchimp.message(), remote)
    ACTS[act](mailchimp, filled)
    assert mailchimp.service.titles() == [KEY]


def test_a_saved_segment_of_a_mailchimp_audience_is_meant_where_one_is_named() -> None:
    with serving(Mailchimp()) as service, opened(service, segment="77") as bench:
        bench.draft()
        assert service.wrote()[0].said["recipients"]["segment_opts"] == {"saved_segment_id": 77}
        assert bench.mailer.account.endswith("audience a1b2c3 segment 77")


def test_brevo_must_know_the_sender() -> None:
    with serving(Brevo()) as service, opened(service) as bench:
        service.senders = []
        (found,) = bench.mailer.check()
    assert found.code == "mailer-sender"
    assert "post@harbour.example" in found.message


@pytest.mark.parametrize(("segment", "codes"), [("60", []), ("61", ["mailer-list"])])
def test_a_segment_of_brevo_is_looked_for_on_every_page(segment: str, codes: list[str]) -> None:
    with serving(Brevo()) as service, opened(service, segment=segment) as bench:
        assert [found.code for found in bench.mailer.check()] == codes


@pytest.mark.parametrize("service", [Ghost(), SendGrid()], ids=["ghost", "sendgrid"])
def test_what_no_service_can_test_is_handed_over_and_sent_once_all_the_same(service: Service, tmp_path: Path) -> None:
    with serving(service), built(service, tmp_path) as desk:
        with pytest.raises(MailerUnsupportedError):
            desk.do("test")
        assert desk.do("draft").stage == "draft"
        assert desk.do("schedule").stage == "scheduled"
        assert desk.do("cancel").stage == "draft"
        assert [desk.do("send").stage for _ in range(2)] == ["sent", "sent"]
        assert (service.titles(), service.sends, service.breaches) == ([KEY], [KEY], [])


def test_ghost_gets_the_body_with_its_styles_and_no_token_of_a_story() -> None:
    page = "<html><head><title>T</title><style>p{}</style></head><body class='a'><p>%%{uuid}%%</p></body></html>"
    with serving(Ghost()) as service, opened(service) as bench:
        made = bench.mailer.message(issue(), Rendered(html=page, text="", web=""))
    assert made.html == "<style>p{}</style><p>&#37;%&#8288;&#123;uuid}&#37;%</p>"


def test_a_post_that_was_changed_in_ghost_meanwhile_is_not_overwritten() -> None:
    with serving(Ghost()) as service, opened(service) as bench:
        remote = bench.draft()
        bench.mailer.save(bench.message("Newer"), remote)
        with pytest.raises(RefusedError) as caught:
            bench.mailer.save(bench.message("Stale"), remote)
        assert caught.value.status == 409
        assert service.content(remote.id)[0] == "Newer"


class EmptyGhost(Ghost):
    """Answers a question for a post with none."""

    @on("GET", r"/ghost/api/admin/posts/slug/([^/]+)/")
    def by_slug(self, call: Call, slug: str) -> Told:  # noqa: ARG002 - what answers gets the call
        return Told(said={"posts": []})


def test_an_answer_of_ghosts_without_a_post_is_none() -> None:
    with serving(EmptyGhost()) as service, opened(service) as bench, pytest.raises(AmbiguousError, match="0 posts"):
        bench.mailer.find(KEY)


def test_what_became_of_a_post_is_what_became_of_its_mail() -> None:
    with serving(Ghost()) as service, opened(service) as bench:
        remote = bench.draft()
        post = service.posts[remote.id]
        for status, mail, state in (
            ("sent", {"status": "submitting"}, "sending"),
            ("sent", {"status": "submitted"}, "sent"),
            ("sent", {"status": "failed"}, "failed"),
            ("published", None, "failed"),
        ):
            post.update(status=status, email=mail)
            assert bench.mailer.status(remote).state == state


def test_a_newsletter_that_ghost_has_not_is_found() -> None:
    with serving(Ghost()) as service, opened(service) as bench:
        service.newsletters = service.newsletters[1:]
        (found,) = bench.mailer.check()
    assert found.code == "mailer-list"


def test_the_sender_that_sendgrid_does_not_know_as_it_is_is_found() -> None:
    with serving(SendGrid()) as service, opened(service) as bench:
        service.verified[0]["reply_to"] = "other@harbour.example"
        (found,) = bench.mailer.check()
        with pytest.raises(MailerError, match="no verified sender"):
            bench.draft()
    assert found.code == "mailer-sender"
    assert service.wrote() == []


def test_an_unsubscribe_group_that_sendgrid_has_not_is_found() -> None:
    with serving(SendGrid()) as service, opened(service) as bench:
        service.groups = []
        (found,) = bench.mailer.check()
    assert "unsubscribe group" in found.message


def test_an_address_or_a_number_that_digest_toml_does_not_say_is_named() -> None:
    with pytest.raises(ConfigError, match=r"mailer\.url"):
        open_api("mailchimp", MailerTable(service="mailchimp"), "key")
    with pytest.raises(ConfigError, match=r"mailer\.audience: is not a number: 'readers'"):
        whole("readers", "audience")


@pytest.mark.parametrize(
    ("table", "where"),
    [
        (MailerTable(service="listmonk", url="https://a.example", audience="3", segment="9"), "segment"),
        (MailerTable(service="buttondown", audience="readers"), "audience"),
        (MailerTable(service="resend", audience="a", template="2"), "template"),
        (MailerTable(service="brevo", audience="3", segment="9"), "segment"),
        (MailerTable(service="ghost", url="https://a.example", segment="status:free"), "audience"),
        (MailerTable(service="sendgrid"), "audience"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.service,
)
def test_nothing_that_digest_toml_says_of_the_readers_is_left_out(table: MailerTable, where: str) -> None:
    with pytest.raises(ConfigError) as caught:
        open_api(table.service, table, "key")
    assert caught.value.where == f"digest.toml: mailer.{where}"


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
