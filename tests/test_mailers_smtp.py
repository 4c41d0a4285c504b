"""Mails of our own, handed over to a real mail server, which is as unkind as it likes."""

import hmac
import ssl
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from digest.errors import AmbiguousError, MailerError, MailerUnsupportedError, RefusedError, UnsentError
from digest.mailers.message import Terms
from digest.mailers.recipients import Standing, read_recipients, recipient_hash, recipient_token
from digest.mailers.relay import Line, Relay, Security
from digest.mailers.smtp import Readers, SmtpMailer
from digest.model.mailer import Remote
from digest.model.message import Message
from digest.model.tags import TAG_NAMES
from mail_reading import by_policy
from mail_server import Post, Way, make_certificate, serving
from making import issue
from test_mailers import RENDERED, SENDER, VALUES

RIGHT, WRONG, ODD = "open-sesame", "close-sesame", "sésame"
KEY = b"a key of the newsroom's own"
LEAVE = "https://harbour.example/leave?r={recipient}&l=weekly"
ADA, BEN, CYD, DEE = (f"{name}@far.example" for name in ("ada", "ben", "cyd", "dee"))


@dataclass
class Log:
    """What became of each recipient, in a list; `fall` is called before and after every line is written."""

    lines: list[tuple[str, Standing, str]] = field(default_factory=list)
    fall: Callable[[], None] = lambda: None

    def standings(self) -> dict[str, Standing]:
        return {recipient: standing for recipient, standing, _ in self.lines}

    def attempting(self, recipient: str) -> None:
        self.settled(recipient, "attempting", "")

    def settled(self, recipient: str, standing: Standing, code: str) -> None:
        self.fall()
        self.lines.append((recipient, standing, code))
        self.fall()

    def of(self, address: str) -> list[tuple[Standing, str]]:
        return [(standing, code) for known, standing, code in self.lines if known == recipient_hash(KEY, address)]


@dataclass
class Pauses:
    """How long was waited, without the waiting."""

    seconds: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def mailer(port: int, *addresses: str, log: Log | None = None, **fields: Any) -> SmtpMailer:
    readers = Readers(addresses=addresses, key=KEY, log=log or Log()) if addresses else None
    values = {**VALUES, "unsubscribe": LEAVE} if addresses else VALUES
    made = SmtpMailer(
        terms=Terms(service="none", sender=SENDER, values=values),
        relay=Relay(host="127.0.0.1", port=port, security="none", timeout=5, patience=5),
        now=lambda: datetime(2024, 10, 25, 14, tzinfo=UTC),
        to="" if addresses else "weekly@lists.harbour.example",
        readers=readers,
        pause=Pauses(),
    )
    return replace(made, **fields)


def sent(made: SmtpMailer) -> Remote:
    return made.send(made.message(issue(), RENDERED), None)


@contextmanager
def post(**answers: list[str]) -> Iterator[tuple[Post, int]]:
    by_address = {name if name == "MAIL" else f"{name}@far.example": told for name, told in answers.items()}
    served = Post(answers=by_address)
    with serving(served) as port:
        yield served, port


def test_every_reader_gets_a_mail_of_their_own_once() -> None:
    with post() as (served, port):
        log = Log()
        made = mailer(port, ADA, BEN, log=log)
        done = sent(made)
        assert (done.state, done.note) == ("sent", "2 accepted")
        assert sent(made).note == "2 accepted"
    assert served.count() == {ADA: 1, BEN: 1}
    assert served.connections == 1
    first, second = (by_policy(data) for _, data in served.taken)
    own = LEAVE.replace("{recipient}", recipient_token(KEY, ADA))
    assert first.headers["to"] == ADA
    assert first.headers["list-unsubscribe"] == f"<{own}>"
    assert first.headers["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert first.headers["list-id"] == '"The Harbour" <weekly.harbour.example>'
    assert f"unsubscribe: {own}\n" in first.text.replace("\r\n", "\n")
    assert f'<a href="{own.replace("&", "&amp;")}">' in first.html
    assert first.headers["message-id"] != second.headers["message-id"]
    assert "{recipient}" not in first.text + first.html + second.text + second.html
    assert log.of(ADA) == [("attempting", ""), ("accepted", "250 2.0.0")]


def test_a_list_gets_one_mail_that_leaves_the_lists_headers_to_it() -> None:
    with post() as (served, port):
        made = mailer(port)
        done = sent(made)
        assert made.account == f"127.0.0.1:{port} weekly@lists.harbour.example"
    ((to, data),) = served.taken
    read = by_policy(data)
    assert to == read.headers["to"] == "weekly@lists.harbour.example"
    assert not [name for name in read.headers if name.startswith("list-")]
    assert done == Remote(id=read.headers["message-id"], state="sent", note="250 2.0.0 queued")


def test_the_texts_arrive_byte_for_byte_dots_and_all() -> None:
    lines = "\n".join([".", "..", ".a", "From here", "", "é" * 300, "end."])
    with post() as (served, port):
        made = mailer(port)
        message = replace(made.message(issue(), RENDERED), text=f"{lines}\n", html=f"<p>{lines}</p>\n")
        made.send(message, None)
    read = by_policy(served.taken[0][1])
    assert read.text.replace("\r\n", "\n") == message.text
    assert read.html.replace("\r\n", "\n") == message.html
    assert all(len(line) <= 78 for line in served.taken[0][1].split(b"\r\n"))


def test_who_is_put_off_is_tried_again_later_and_everybody_else_at_once() -> None:
    with post(ben=["451 4.7.1 greylisted", "DATA 452 4.3.1 full"], cyd=["421 4.3.2 closing"]) as (served, port):
        log, pauses = Log(), Pauses()
        done = sent(mailer(port, ADA, BEN, CYD, DEE, log=log, pause=pauses))
        assert (done.state, done.note) == ("sent", "4 accepted")
    assert [to for to, _ in served.taken] == [ADA, DEE, CYD, BEN]
    assert pauses.seconds == [1, 60]
    assert [code for standing, code in log.of(BEN) if standing == "deferred"] == ["451 4.7.1", "452 4.3.1"]


def test_who_is_put_off_to_the_end_is_left_for_the_next_time() -> None:
    with post(ben=["450 4.2.0 not now"] * 4) as (served, port):
        log = Log()
        done = sent(mailer(port, ADA, BEN, log=log))
        assert (done.state, done.note) == ("sending", "1 accepted, 1 put off")
        assert sent(mailer(port, ADA, BEN, log=log)).note == "2 accepted"
    assert served.count() == {ADA: 1, BEN: 1}


def test_who_is_refused_is_written_down_and_not_asked_again() -> None:
    with post(ada=["550 5.1.1 <ada@far.example>: no such user"], ben=["DATA 554 5.7.1 no, ben"]) as (served, port):
        log = Log()
        done = sent(mailer(port, ADA, BEN, CYD, log=log))
        assert (done.state, done.note) == ("sent", "1 accepted, 2 refused")
        sent(mailer(port, ADA, BEN, CYD, log=log))
    assert served.count() == {CYD: 1}
    assert [log.of(each)[-1] for each in (ADA, BEN)] == [("refused", "550 5.1.1"), ("refused", "554 5.7.1")]
    assert "far.example" not in str(log.lines)


def test_a_line_that_is_lost_after_the_mail_is_unknown_and_that_reader_never_gets_a_second_one() -> None:
    with post(ada=["hang up after"]) as (served, port):
        log = Log()
        done = sent(mailer(port, ADA, BEN, log=log))
        assert (done.state, done.note) == ("sent", "1 accepted, 1 unknown")
        assert sent(mailer(port, ADA, BEN, log=log)).note == "1 accepted, 1 unknown"
    assert served.count() == {ADA: 1, BEN: 1}
    assert log.of(ADA) == [("attempting", "")]


def test_a_line_that_is_lost_before_the_mail_costs_nothing_but_another_try() -> None:
    with post(ada=["hang up", "hang up"]) as (served, port):
        done = sent(mailer(port, ADA, BEN))
        assert (done.state, done.note) == ("sent", "2 accepted")
    assert served.count() == {ADA: 1, BEN: 1}


def test_a_server_that_takes_nothing_from_us_refuses_no_reader() -> None:
    with post(MAIL=["550 5.7.1 you may not", "550 5.7.1 you may not"]) as (served, port):
        log = Log()
        with pytest.raises(RefusedError, match=r"takes no mail from post@harbour\.example: 550 5\.7\.1 you may not"):
            sent(mailer(port, ADA, BEN, log=log))
        assert {standing for _, standing, _ in log.lines} == {"attempting", "deferred"}
        served.answers["MAIL"] = []
        assert sent(mailer(port, ADA, BEN, log=log)).note == "2 accepted"
        served.answers["MAIL"] = ["550 5.7.1 you may not"]
        done = sent(mailer(port, ADA, BEN, CYD, log=log))
    assert done.state == "sending"
    assert done.note.startswith("2 accepted, 1 put off; 127.0.0.1")


def test_a_mail_that_is_refused_thrice_in_a_row_goes_to_nobody_else() -> None:
    no = ["DATA 550 5.4.5 quota"]
    refusing = post(ada=no[:], ben=no[:], cyd=no[:])
    words = r"3 readers in a row: 550 5\.4\.5"
    with refusing as (served, port), pytest.raises(RefusedError, match=words) as refused:
        sent(mailer(port, ADA, BEN, CYD, DEE))
    assert refused.value.status == 550
    assert not served.taken


class Fallen(BaseException):
    """What a kill is to a test."""


def test_a_fall_at_any_moment_and_the_same_again_gives_nobody_two_mails() -> None:
    moments = 0
    for moment in range(1, 40):
        with post() as (served, port):
            steps = iter(range(1, 40))

            def fall(moment: int = moment, steps: Iterator[int] = steps) -> None:
                if next(steps) == moment:
                    raise Fallen

            log = Log(fall=fall)
            try:
                sent(mailer(port, ADA, BEN, CYD, log=log))
            except Fallen:
                moments += 1
            else:
                break
            log.fall = lambda: None
            done = sent(mailer(port, ADA, BEN, CYD, log=log))
        assert done.state == "sent"
        assert max(served.count().values()) == 1
        unknown = 3 - sum(standing == "accepted" for standing in log.standings().values())
        assert unknown <= 1
        assert len(served.taken) >= 3 - unknown
    assert moments == 12


@pytest.mark.parametrize(
    ("answers", "error", "words"),
    [
        (["550 5.1.1 no such list"], RefusedError, "refuses the mail: 550 5.1.1 no such list"),
        (["DATA 554 5.7.1 held"], RefusedError, "refuses the mail: 554 5.7.1 held"),
        (["451 4.3.0 busy"] * 9, UnsentError, "puts the mail off: 451 4.3.0 busy"),
        (["hang up after"], AmbiguousError, "may have taken the mail: no answer"),
    ],
)
def test_what_became_of_a_lists_mail_is_said(answers: list[str], error: type[MailerError], words: str) -> None:
    served = Post(answers={"weekly@lists.harbour.example": answers})
    with serving(served) as port, pytest.raises(error, match=words):
        sent(mailer(port))
    assert len(served.taken) == (error is AmbiguousError)


def test_a_lists_mail_that_is_put_off_once_arrives_once() -> None:
    served = Post(answers={"weekly@lists.harbour.example": ["451 4.3.0 busy"]})
    with serving(served) as port:
        assert sent(mailer(port)).state == "sent"
    assert len(served.taken) == 1


def test_a_test_goes_to_its_addresses_alone_and_is_no_issue() -> None:
    with post() as (served, port):
        log = Log()
        made = mailer(port, ADA, log=log)
        message = made.message(issue(), RENDERED)
        made.send_test(message, None, ["desk@häfen.example", BEN])
        made.send(message, None)
    assert [to for to, _ in served.taken] == ["desk@xn--hfen-loa.example", BEN, ADA]
    ids = {by_policy(data).headers["message-id"] for _, data in served.taken}
    assert len(ids) == 3
    assert len(log.lines) == 2
    with post(ben=["550 5.1.1 nobody"]) as (served, port), pytest.raises(RefusedError, match="nobody"):
        mailer(port).send_test(message, None, [BEN])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


def relay(port: int, security: Security, **fields: Any) -> Relay:
    return Relay(host="127.0.0.1", port=port, security=security, timeout=5, patience=5, **fields)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_goes_in_cipher_to_whom_a_password_lets_in(certificate: Path, security: Security) -> None:
    served = Post()
    trust = ssl.create_default_context(cafile=str(certificate))
    with serving(served, Way(security=security, certificate=certificate, login=security == "starttls")) as port:
        known = relay(port, security, trust=trust)
        if security == "starttls":
            known = replace(known, username="harbour", password=RIGHT)
        made = mailer(port, relay=known)
        assert made.check() == ()
        sent(made)
    assert served.ciphered == [security == "starttls"]  # aiosmtpd sees only what it began itself
    assert len(served.taken) == 1
    assert served.users == ["harbour"] * 2 * (security == "starttls")


def test_a_wrong_password_is_said_and_never_shown(certificate: Path) -> None:
    served = Post()
    trust = ssl.create_default_context(cafile=str(certificate))
    with serving(served, Way(security="starttls", certificate=certificate, login=True)) as port:
        known = relay(port, "starttls", trust=trust, username="harbour", password=WRONG)
        made = mailer(port, ADA, relay=known)
        with pytest.raises(RefusedError, match="does not let us in: 535") as refused:
            sent(made)
        (finding,) = made.check()
        assert (finding.code, finding.level) == ("mailer-key", "error")
        odd = replace(known, password=ODD)
        with pytest.raises(MailerError, match="cannot be said") as unsayable:
            sent(replace(made, relay=odd))
    shown = (
        repr(known)
        + repr(made)
        + "".join("".join(traceback.format_exception(error)) for error in (refused.value, unsayable.value))
    )
    assert "sesame" not in shown
    assert "sésame" not in shown
    assert KEY.decode() not in shown
    assert not served.taken


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_gets_no_mail(certificate: Path, security: Security) -> None:
    served = Post()
    way = Way(security=security, certificate=certificate)
    with serving(served, way) as port, pytest.raises(UnsentError, match="no safe connection"):
        sent(mailer(port, ADA, relay=relay(port, security)))
    assert not served.taken


def test_a_server_that_only_speaks_in_clear_gets_no_mail() -> None:
    with post() as (served, port), pytest.raises(UnsentError, match="STARTTLS extension not supported"):
        sent(mailer(port, relay=relay(port, "starttls")))
    assert not served.taken


def test_mail_goes_in_clear_to_this_machine_alone() -> None:
    far = Relay(host="mx.far.example", port=25, security="none")
    with pytest.raises(MailerError, match="in clear to this machine alone"), Line(far) as line:
        line.greet()


def test_a_server_that_is_not_there_is_said() -> None:
    with serving(Post()) as port:
        pass
    made = mailer(port, ADA)
    with pytest.raises(UnsentError, match="is not reached") as unreached:
        sent(made)
    assert unreached.value.soon
    assert [finding.code for finding in made.check()] == ["mailer-unreached"]


def test_a_server_says_how_much_it_takes() -> None:
    with post() as (_, port), Line(relay(port, "none")) as line:
        assert line.greet() == 33554432


def test_what_a_mail_server_cannot_do_is_never_done() -> None:
    made, remote = mailer(9), Remote(id="x", state="draft")
    at = datetime(2024, 10, 25, tzinfo=UTC)
    message: Message = made.message(issue(), RENDERED)
    acts: list[Callable[[], object]] = [
        lambda: made.find("x"),
        lambda: made.save(message, None),
        lambda: made.schedule(remote, at),
        lambda: made.unschedule(remote),
        lambda: made.status(remote),
    ]
    for act in acts:
        with pytest.raises(MailerUnsupportedError, match="cannot"):
            act()
    assert (made.can.send, made.can.test, made.can.drafts, made.can.schedule, made.can.asked) == (True, True) + (
        False,
    ) * 3


def test_a_lists_address_has_no_reader_of_its_own() -> None:
    made = mailer(9)
    values = {**dict.fromkeys(TAG_NAMES, ""), "unsubscribe": LEAVE}
    with pytest.raises(MailerError, match="no single reader"):
        sent(replace(made, terms=replace(made.terms, values=values)))


def test_a_file_of_recipients_is_read_line_by_line() -> None:
    text = "\ufeff# readers\nada@far.example\n\n  ben@häfen.example  # since May\r\n"
    assert read_recipients(text, "readers.txt") == (ADA, "ben@xn--hfen-loa.example")
    text = "ada@far.example\nSecret Person <x>\n"
    with pytest.raises(MailerError, match=r"readers.txt:2: is no mail address") as bad:
        read_recipients(text, "readers.txt")
    assert "Secret" not in "".join(traceback.format_exception(bad.value))
    with pytest.raises(MailerError, match=r"readers.txt:3: says the address of line 1 again") as twice:
        read_recipients("ada@far.example\n\nADA@far.example", "readers.txt")
    assert "ADA" not in str(twice.value)


def test_what_stands_for_an_address_needs_the_key_and_is_another_in_the_ledger() -> None:
    known = {
        recipient_hash(KEY, ADA),
        recipient_hash(b"other", ADA),
        recipient_token(KEY, ADA),
        recipient_hash(KEY, BEN),
    }
    assert len(known) == 4
    assert recipient_hash(KEY, ADA.upper()) == recipient_hash(KEY, ADA)
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert 'hmac.new(key, b"leave:" + address.lower(), "sha256").hexdigest()[:32]' in readme
    assert recipient_token(KEY, "Ada@far.example") == hmac.new(KEY, b"leave:ada@far.example", "sha256").hexdigest()[:32]
