"""DKIM: what is signed here is held to be so by whoever knows the key of the domain, and nothing of it may change."""

import subprocess
import traceback
from datetime import UTC, datetime

import dkim
import pytest

from digest.errors import MailerError
from digest.mailers.mail import Heading, mail
from digest.mailers.signing import Signature, signed
from judging import message
from mail_reading import by_policy

LEAVE = "https://harbour.example/leave?r=" + "7" * 300
HEADING = Heading(
    date=datetime(2024, 10, 25, 14, tzinfo=UTC), recipient="reader@far.example", leave=(LEAVE,), one_click=True
)


def openssl(*arguments: str, said: str = "") -> str:
    return subprocess.run(("openssl", *arguments), input=said, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def key() -> str:
    return openssl("genrsa", "2048")


def holds(sent: bytes, key: str) -> bool:
    """Ask dkimpy, with the public half of the key where a name server would have it."""
    public = openssl("rsa", "-pubout", said=key)
    told = "v=DKIM1; k=rsa; p=" + "".join(public.splitlines()[1:-1])
    asked: list[bytes] = []

    def answer(name: bytes, timeout: int = 5) -> bytes:  # noqa: ARG001 - dkimpy calls it so
        asked.append(name)
        return told.encode()

    verdict = bool(dkim.verify(sent, dnsfunc=answer))
    assert asked == [b"weekly._domainkey.tidewater.example."]
    return verdict


def signature(key: str) -> Signature:
    return Signature(domain="tidewater.example", selector="weekly", key=key)


@pytest.mark.parametrize("form", ["PKCS#8", "PKCS#1"])
def test_a_signed_mail_holds_until_a_byte_of_it_changes(key: str, form: str) -> None:
    used = key if form == "PKCS#8" else openssl("rsa", "-traditional", said=key)
    sent = signed(mail(message("roundup", "torture"), HEADING), signature(used))
    assert holds(sent, key)
    for whole, broken in (
        (b"r=7777", b"r=7778"),
        (b"One-Click", b"One-Clock"),
        (b"Message-ID: <", b"Message-ID: <x"),
        (b"charset=", b"Charset="),
        (b"</html>", b"</htmL>"),
    ):
        assert sent.count(whole) >= 1
        assert not holds(sent.replace(whole, broken), key)
    assert not holds(sent.replace(b"Subject:", b"Subject: Another\r\nSubject:"), key)


def test_what_relays_may_do_to_white_space_breaks_no_signature(key: str) -> None:
    sent = signed(mail(message("roundup", "week"), HEADING), signature(key))
    assert holds(sent.replace(b"Subject: ", b"subject:  "), key)
    assert holds(b"Received: from here by there\r\n" + sent + b"\r\n", key)


def test_both_headers_to_leave_by_are_signed_and_every_line_is_ascii_and_short(key: str) -> None:
    plain = mail(message("roundup", "week"), HEADING)
    sent = signed(plain, signature(key))
    assert sent.endswith(plain)
    told = "".join(by_policy(sent).headers["dkim-signature"].split())
    names = told.partition("h=")[2].partition(";")[0].split(":")
    assert {"from", "to", "subject", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post"} <= set(names)
    assert "reply-to" in names
    assert sent.isascii()
    assert all(len(line) <= 998 for line in sent.split(b"\r\n"))


@pytest.mark.parametrize(
    "bad", ["", "no key of ours", "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----\n", "é"]
)
def test_a_key_that_is_none_is_said_and_never_shown(bad: str) -> None:
    used = signature(bad)
    with pytest.raises(MailerError, match="no key that mail can be signed with") as refused:
        signed(b"From: a@b.example\r\n\r\nx\r\n", used)
    assert refused.value.hint
    shown = repr(used) + "".join(traceback.format_exception(refused.value))
    assert "c2VjcmV0" not in shown
    assert "no key of ours" not in shown
