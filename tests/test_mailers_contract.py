"""What holds for every mailing service, each on loopback: the adapter's own requests, judged by the vendor's words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from digest.errors import AmbiguousError, MailerError, MailerUnsupportedError, RefusedError, UnsentError
from digest.mailers.message import Terms
from digest.mailers.services import SERVED, open_api
from digest.model.issue import Words
from digest.model.mailer import Remote
from digest.model.message import Message, Rendered
from digest.ports import Mailer
from digest.web.limits import Limits
from digest.web.replies import Kept
from making import issue
from services.brevo import Brevo
from services.buttondown import Buttondown
from services.ghost import Ghost
from services.listmonk import Listmonk
from services.mailchimp import Mailchimp
from services.resend import Resend
from services.sendgrid import SendGrid
from services.serving import Fault, Service, serving

KEY = "weekly-2024-W43"
AT = datetime(2024, 10, 25, 7, tzinfo=UTC)
RENDERED = Rendered(
    html="<html><body><!--digest:preheader--><div>hidden</div><!--/digest:preheader--><p>A story prints {{ .Email }}, "
    "*|EMAIL|* and {$email}.</p><p>digest-tag:unsubscribe</p></body></html>",
    text="A story.\n\ndigest-tag:unsubscribe\n",
    web="<p>web</p>",
)
SERVICES: dict[str, Callable[[], Service]] = {
    "brevo": Brevo,
    "buttondown": Buttondown,
    "ghost": Ghost,
    "listmonk": Listmonk,
    "mailchimp": Mailchimp,
    "resend": Resend,
    "sendgrid": SendGrid,
}


class Bench:
    """One service with its adapter."""

    def __init__(
        self,
        service: Service,
        *,
        key: str = "",
        segment: str = "",
        kept: list[Kept] | None = None,
        seconds: float = 20,
    ) -> None:
        self.service = service
        table = replace(service.table(), segment=segment)
        if segment and SERVED[table.service].either:
            table = replace(table, audience="")
        terms = Terms(
            service=table.service, sender=service.sender, values={"unsubscribe": "https://harbour.example/leave"}
        )
        self.api = open_api(table.service, table, key or service.key, limits=Limits(seconds=seconds), kept=kept)
        self.mailer: Mailer = SERVED[table.service].open(terms, table, self.api)
        self.close = self.api.close

    def message(self, subject: str = "Story number 1") -> Message:
        made = replace(issue(), subject=Words(text=subject))
        return self.mailer.message(made, RENDERED)

    def draft(self) -> Remote:
        return self.mailer.save(self.message(), None)


@contextmanager
def opened(service: Service, **how: Any) -> Iterator[Bench]:
    bench = Bench(service, **how)
    try:
        yield bench
    finally:
        bench.close()


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> Iterator[Service]:
    with serving(SERVICES[request.param]()) as served:
        yield served
    assert served.breaches == []


@pytest.fixture
def bench(service: Service) -> Iterator[Bench]:
    with opened(service) as bench:
        yield bench


def test_there_is_a_contract_for_every_service() -> None:
    assert set(SERVICES) == set(SERVED)


def test_a_service_that_is_set_up_right_has_nothing_to_find(bench: Bench) -> None:
    assert bench.mailer.check() == ()
    assert not bench.service.wrote()


def test_a_wrong_key_is_found(service: Service) -> None:
    with opened(service, key="another:key") as bench:
        (found,) = bench.mailer.check()
    assert (found.code, found.level) == ("mailer-key", "error")
    assert "another:key" not in str(found)


def test_what_is_saved_is_one_draft_that_is_found_by_its_name(bench: Bench) -> None:
    assert bench.mailer.find(KEY) is None
    remote = bench.draft()
    assert remote.state == "draft"
    assert bench.mailer.find(KEY) == bench.mailer.status(remote) == remote
    assert bench.service.titles() == [KEY]
    assert bench.service.sends == []


def test_what_is_saved_again_is_the_same_draft_with_the_new_words(bench: Bench) -> None:
    remote = bench.draft()
    new = bench.message("Another subject")
    again = bench.mailer.save(new, remote)
    assert again.id == remote.id
    assert again.state == "draft"
    assert bench.service.titles() == [KEY]
    kept = bench.service.content(remote.id)
    assert kept[0] == "Another subject"
    assert kept[1:] == ((new.html, new.text) if bench.mailer.can.text else (new.html,))


def test_a_name_that_is_only_nearly_ours_is_not_taken(bench: Bench) -> None:
    for name in bench.service.near(KEY):
        bench.service.put(name)
    assert bench.mailer.find(KEY) is None


def test_ours_is_found_however_much_was_made_since(bench: Bench) -> None:
    ours = bench.draft()
    for number in range(130):
        bench.service.put(f"weekly-2025-W{number}", "sent")
    found = bench.mailer.find(KEY)
    assert found is not None
    assert found.id == ours.id


def test_of_two_of_our_name_the_one_that_was_sent_is_ours(bench: Bench) -> None:
    if bench.service.unique:
        pytest.skip("this service has one of a name at most")
    bench.service.put(KEY)
    sent = bench.service.put(KEY, "sent")
    found = bench.mailer.find(KEY)
    assert found is not None
    assert (found.id, found.state) == (sent, "sent")


def test_two_drafts_of_our_name_are_for_a_person_to_clear(bench: Bench) -> None:
    if bench.service.unique:
        pytest.skip("this service has one of a name at most")
    first, second = bench.service.put(KEY), bench.service.put(KEY)
    with pytest.raises(MailerError) as caught:
        bench.mailer.find(KEY)
    assert first in str(caught.value)
    assert second in str(caught.value)


def test_a_test_goes_to_the_addresses_and_to_nobody_else(bench: Bench) -> None:
    remote = bench.draft()
    if not bench.mailer.can.test:
        with pytest.raises(MailerUnsupportedError):
            bench.mailer.send_test(bench.message(), remote, ("ada@harbour.example",))
        assert len(bench.service.wrote()) == 1
        return
    bench.mailer.send_test(bench.message(), remote, ("ada@harbour.example", "ben@harbour.example"))
    assert sorted(bench.service.tests) == ["ada@harbour.example", "ben@harbour.example"]
    assert bench.service.sends == []
    assert bench.mailer.status(remote).state == "draft"


def test_a_draft_is_scheduled_and_unscheduled_and_scheduled_again(bench: Bench) -> None:
    remote = bench.draft()
    for _ in range(2):
        scheduled = bench.mailer.schedule(remote, AT)
        assert (scheduled.id, scheduled.state, scheduled.at) == (remote.id, "scheduled", AT)
        status = bench.mailer.status(remote)
        assert (status.state, status.at) == ("scheduled", AT)
        remote = bench.mailer.unschedule(status)
        assert remote.state == bench.mailer.status(remote).state == "draft"
    bench.mailer.save(bench.message("Later"), bench.mailer.status(remote))
    assert bench.service.sends == []


def test_a_draft_is_sent_once_and_is_sent_then(bench: Bench) -> None:
    remote = bench.draft()
    assert bench.mailer.send(bench.message(), remote).state in {"sending", "sent"}
    assert bench.service.sends == [KEY]
    assert bench.mailer.status(remote).state in {"sending", "sent"}
    bench.service.finish(remote.id)
    found = bench.mailer.find(KEY)
    assert found is not None
    assert found.state == "sent"


def test_what_was_sent_is_not_sent_again_by_the_service_itself(bench: Bench) -> None:
    remote = bench.draft()
    bench.mailer.send(bench.message(), remote)
    bench.service.finish(remote.id)
    with pytest.raises(RefusedError):
        bench.mailer.send(bench.message(), remote)
    assert bench.service.sends == [KEY]


ACTS: dict[str, Callable[[Bench, Remote], object]] = {
    "create": lambda bench, _: bench.draft(),
    "update": lambda bench, remote: bench.mailer.save(bench.message("New"), remote),
    "test": lambda bench, remote: bench.mailer.send_test(bench.message(), remote, ("ada@harbour.example",)),
    "schedule": lambda bench, remote: bench.mailer.schedule(remote, AT),
    "send": lambda bench, remote: bench.mailer.send(bench.message(), remote),
}
WRITE = "(POST|PUT|PATCH|DELETE) .*"


def begun(bench: Bench, act: str) -> Remote:
    """Return the draft that an act is about; what a service cannot do is no test of it."""
    if act == "test" and not bench.mailer.can.test:
        pytest.skip("this service has no tests")
    return Remote(id="", state="draft") if act == "create" else bench.draft()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("status", [401, 409, 422])
def test_a_service_that_says_no_has_done_nothing(bench: Bench, act: str, status: int) -> None:
    remote = begun(bench, act)
    bench.service.faults.append(Fault(on=WRITE, status=status))
    with pytest.raises(RefusedError) as caught:
        ACTS[act](bench, remote)
    assert caught.value.status == status
    assert "a bad day" in str(caught.value)
    assert (bench.service.sends, bench.service.tests) == ([], [])


@pytest.mark.parametrize("act", ACTS)
def test_a_service_that_has_no_time_now_is_asked_again_and_acts_once(bench: Bench, act: str) -> None:
    remote = begun(bench, act)
    bench.service.faults.append(Fault(on=WRITE, status=429, headers={"Retry-After": "0"}))
    ACTS[act](bench, remote)
    assert bench.service.sends == ([KEY] if act == "send" else [])
    assert bench.service.titles() == [KEY]


BAD: dict[str, Fault] = {
    "500 before it acts": Fault(on=WRITE, status=500),
    "500 after it has acted": Fault(on=WRITE, acting=True, status=500),
    "hangs up before it acts": Fault(on=WRITE, hang_up=True),
    "hangs up after it has acted": Fault(on=WRITE, acting=True, hang_up=True),
    "too slow": Fault(on=WRITE, acting=True, wait=2.5),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("bad", BAD)
def test_whether_a_service_acted_that_gives_no_answer_is_not_guessed(service: Service, act: str, bad: str) -> None:
    with opened(service) as bench:
        remote = begun(bench, act)
    if bad == "too slow" and act not in {"create", "send"}:
        pytest.skip("what is slow is asked in the same way for each act")
    service.faults.append(BAD[bad])
    with opened(service, seconds=1.5 if bad == "too slow" else 20) as bench:
        before = len(service.wrote())
        with pytest.raises(AmbiguousError):
            ACTS[act](bench, remote)
        assert len(service.wrote()) == before + 1
    with opened(service) as bench:
        found = bench.mailer.find(KEY)
        assert (found is not None) is (service.titles() == [KEY])
        if act == "send":
            assert found is not None
            assert (found.state == "draft") is (service.sends == [])


def test_half_an_answer_is_none(bench: Bench) -> None:
    bench.service.faults.append(Fault(on=WRITE, acting=True, half=True))
    with pytest.raises(AmbiguousError):
        bench.draft()
    assert bench.service.titles() == [KEY]
    assert bench.mailer.find(KEY) is not None


def test_a_service_that_is_not_there_was_told_nothing(service: Service) -> None:
    with serving(SERVICES[service.table().service]()) as gone:
        bench = Bench(gone)
    with pytest.raises(UnsentError):
        bench.draft()
    (found,) = bench.mailer.check()
    assert found.code == "mailer-unreached"
    bench.close()


def test_a_dry_run_asks_but_does_nothing_and_keeps_every_request_without_the_key(service: Service) -> None:
    kept: list[Kept] = []
    with opened(service, kept=kept) as bench:
        remote = bench.draft()
        bench.mailer.save(bench.message(), remote)
        if bench.mailer.can.test:
            bench.mailer.send_test(bench.message(), remote, ("ada@harbour.example",))
        bench.mailer.unschedule(bench.mailer.schedule(remote, AT))
        bench.mailer.send(bench.message(), remote)
        assert bench.mailer.find(KEY) is None
    assert service.wrote() == []
    assert len(kept) >= 5
    assert service.key not in str(kept)
    assert f"${service.table().key}" in str(kept[0].headers)


def test_the_key_is_in_no_error_and_no_answer(bench: Bench) -> None:
    remote = bench.draft()
    bench.service.faults += [Fault(on=WRITE, status=422), Fault(on=WRITE, hang_up=True)]
    for _ in range(2):
        with pytest.raises(MailerError) as caught:
            bench.mailer.send(bench.message(), remote)
        assert bench.service.key not in str(caught.value) + repr(vars(caught.value))
    assert bench.service.key not in repr(bench.mailer)
