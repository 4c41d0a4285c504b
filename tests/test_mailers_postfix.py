"""Mails of our own through a real relay: Debian's Postfix, from a folder of its own, on loopback alone."""

import os
import shutil
import smtplib
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from conftest import ON_CI
from digest.mailers.relay import Relay
from digest.mailers.signing import Signature
from digest.mailers.smtp import Readers, SmtpMailer
from digest.model.message import Message
from judging import TERMS, THEMES
from judging import message as judged
from mail_reading import Read, by_compat, by_policy, by_postal
from mail_server import Post, serving
from test_mail_headers import as_lines
from test_mailers_signing import holds, openssl
from test_mailers_smtp import KEY, Log
from tls_making import make_certificate

NEEDED = shutil.which("postfix") is not None and os.geteuid() == 0
pytestmark = pytest.mark.skipif(
    not NEEDED and not ON_CI, reason="needs root and Debian's postfix; `python3 tasks.py test` installs it as root"
)

READER, NOBODY, LATER = "reader@far.example", "nobody@far.example", "later@far.example"
MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = relay.harbour.example
mydestination =
alias_maps =
alias_database =
relayhost = [127.0.0.1]:{sink}
smtp_dns_support_level = disabled
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions =
 check_recipient_access inline:{{ {{nobody@far.example = 550 5.1.1 gone}}, {{later@far.example = 450 4.2.0 not now}} }}
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_tls_security_level = encrypt
smtp_tls_security_level = none
"""


@dataclass(frozen=True)
class Running:
    """Postfix: its port, the certificate that it shows, and what it handed on."""

    port: int
    certificate: Path
    handed_on: Post

    def arrived(self, count: int) -> list[bytes]:
        """Wait until so many mails were handed on; return them and forget them."""
        until = time.monotonic() + 30
        while len(self.handed_on.taken) < count:
            assert time.monotonic() < until, self.handed_on.taken
            time.sleep(0.05)
        mails = [data for _, data in self.handed_on.taken]
        self.handed_on.taken.clear()
        return mails


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def master(port: int) -> str:
    lines = [f"127.0.0.1:{port} inet n - n - - smtpd", "qmgr unix n - n 300 1 qmgr", "tlsmgr unix - - n 1000? 1 tlsmgr"]
    lines += [f"{name} unix - - n - - {name}" for name in ("smtp", "error", "proxymap", "anvil", "scache")]
    lines += ["cleanup unix n - n - 0 cleanup", "rewrite unix - - n - - trivial-rewrite", "relay unix - - n - - smtp"]
    lines += [f"{name} unix - - n - 0 bounce" for name in ("bounce", "defer", "trace")]
    lines += ["retry unix - - n - - error", "postlog unix-dgram n - n - 1 postlogd"]
    return "\n".join(lines) + "\n"


def postfix(folder: Path, act: str) -> None:
    done = subprocess.run(("postfix", "-c", folder / "conf", act), capture_output=True, text=True, check=False)
    log = folder / "log"
    assert done.returncode == 0, done.stderr + (log.read_text() if log.exists() else "")


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    handed_on = Post()
    with TemporaryDirectory(prefix="postfix-") as name, serving(handed_on) as sink:
        folder = Path(name)
        folder.chmod(0o755)  # its processes are another user's
        for part in ("conf", "queue", "data"):
            (folder / part).mkdir()
        shutil.chown(folder / "data", "postfix", "postfix")
        certificate = make_certificate(folder)
        port = free_port()
        key = certificate.with_suffix(".key")
        main = MAIN.format(folder=folder, sink=sink, certificate=certificate, key=key)
        (folder / "conf" / "main.cf").write_text(main)
        (folder / "conf" / "master.cf").write_text(master(port))
        postfix(folder, "start")
        try:
            yield Running(port=port, certificate=certificate, handed_on=handed_on)
        finally:
            postfix(folder, "stop")


@pytest.fixture(scope="module")
def signing() -> str:
    return openssl("genrsa", "2048")


def mailer(running: Running, key: str, *addresses: str, log: Log | None = None) -> SmtpMailer:
    leave = "https://tidewater.example/leave?r={recipient}&l=" + "weekly-" * 110
    trust = ssl.create_default_context(cafile=str(running.certificate))
    return SmtpMailer(
        terms=replace(TERMS, values={**TERMS.values, "unsubscribe": leave}),
        relay=Relay(host="127.0.0.1", port=running.port, trust=trust, timeout=20, patience=20),
        now=lambda: datetime(2024, 10, 25, 14, tzinfo=UTC),
        readers=Readers(addresses=addresses, key=KEY, log=log or Log()),
        signature=Signature(domain="tidewater.example", selector="weekly", key=key),
        waits=(),
    )


@pytest.mark.parametrize("theme", THEMES)
def test_the_torture_issue_arrives_byte_for_byte_in_short_lines_and_signed(
    running: Running, signing: str, theme: str
) -> None:
    message = judged(theme, "torture")
    made = mailer(running, signing, READER)
    assert made.send(message, None).note == "1 accepted"
    (data,) = running.arrived(1)
    assert data.startswith(b"Received: ")
    assert data.isascii()
    assert max(len(line) for line in data.split(b"\r\n")) <= 998
    assert b"relay.harbour.example (Postfix)" in data
    assert holds(data, signing)
    for read in (by_policy(data), by_compat(data), *by_postal([data])):
        same(read, message)
        assert len(read.headers["list-unsubscribe"]) > 800
        assert " " not in read.headers["list-unsubscribe"]
        assert read.headers["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"


def same(read: Read, message: Message) -> None:
    assert read.subject == message.subject
    assert as_lines(read.text) == as_lines(message.text)
    assert as_lines(read.html) == as_lines(message.html)


def test_an_address_longer_than_a_line_passes_a_relay_with_its_signature(running: Running, signing: str) -> None:
    made = mailer(running, signing, READER)
    long = "https://tidewater.example/leave?r={recipient}&l=" + "x" * 1920
    made = replace(made, terms=replace(made.terms, values={**made.terms.values, "unsubscribe": long}))
    made.send(judged("roundup", "bare"), None)
    (data,) = running.arrived(1)
    assert max(len(line) for line in data.split(b"\r\n")) <= 998
    assert holds(data, signing)
    told = "".join(by_policy(data).headers["list-unsubscribe"].split())
    assert len(told) == len(long) - len("{recipient}") + 32 + 2


def test_a_relay_refuses_one_and_puts_off_another_and_takes_the_rest(running: Running, signing: str) -> None:
    log = Log()
    made = mailer(running, signing, NOBODY, LATER, READER, log=log)
    done = made.send(judged("letter", "bare"), None)
    assert (done.state, done.note) == ("sending", "1 accepted, 1 refused, 1 put off")
    assert log.of(NOBODY)[-1] == ("refused", "550 5.1.1")
    assert log.of(LATER)[-1] == ("deferred", "450 4.2.0")
    assert len(running.arrived(1)) == 1


def test_a_raw_long_line_would_not_have_survived(running: Running) -> None:
    with smtplib.SMTP("127.0.0.1", running.port) as line:
        line.starttls(context=ssl.create_default_context(cafile=str(running.certificate)))
        line.sendmail("a@tidewater.example", [READER], b"From: a@tidewater.example\r\n\r\n" + b"x" * 1500 + b"\r\n")
    (data,) = running.arrived(1)
    assert b"x" * 1500 not in data
