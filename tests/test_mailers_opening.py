"""What `[smtp]` says becomes a mailer; what cannot work is said before anything is sent."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.config.schema import SmtpTable
from digest.config.secrets import Keys
from digest.errors import ConfigError, DiskError, MailerError
from digest.mailers import open_mailer
from digest.mailers.message import Terms
from digest.mailers.opening import open_readers, open_smtp
from digest.mailers.relay import Security
from digest.mailers.smtp import Readers, SmtpMailer
from digest.model.tags import TAG_NAMES
from making import issue
from test_mailers import RENDERED, SENDER, VALUES
from test_mailers_smtp import LEAVE, Log

TERMS = Terms(service="smtp", sender=SENDER, values=VALUES)
TABLE = SmtpTable(host="mx.harbour.example", to="weekly@lists.harbour.example")
FILE = SmtpTable(host="mx.harbour.example", recipients="readers.txt", recipients_key="READERS")
NAME = "MAIL"
SECRETS = {"READERS": "0123456789abcdef", "MAIL": "open-sesame", "DKIM": "a\nkey\n"}


def now() -> datetime:
    return datetime(2024, 10, 25, 14, tzinfo=UTC)


def opened(table: SmtpTable, readers: Readers | None = None) -> SmtpMailer:
    return open_smtp(TERMS, table, Keys(SECRETS), readers, now)


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_way_has_its_port_and_another_can_be_written(security: Security, port: int) -> None:
    table = replace(TABLE, security=security)
    assert opened(table).relay.port == port
    made = opened(replace(table, port=2525))
    assert (made.relay.host, made.relay.port, made.relay.hello) == ("mx.harbour.example", 2525, "harbour.example")
    assert made.account == "mx.harbour.example:2525 weekly@lists.harbour.example"


def test_secrets_are_found_by_their_names_and_shown_nowhere() -> None:
    made = opened(replace(TABLE, username="desk", password=NAME, dkim_selector="weekly", dkim_key="DKIM"))
    assert made.relay.password == SECRETS["MAIL"]
    assert made.signature is not None
    assert (made.signature.domain, made.signature.selector) == ("harbour.example", "weekly")
    assert made.signature.key == SECRETS["DKIM"]
    assert not [value for value in SECRETS.values() if value.strip() in repr(made)]


@pytest.mark.parametrize(
    ("field", "table"),
    [("password", replace(TABLE, password=NAME)), ("dkim_key", replace(TABLE, dkim_selector="w", dkim_key=NAME))],
)
def test_a_secret_that_is_nowhere_is_named(field: str, table: SmtpTable) -> None:
    with pytest.raises(ConfigError, match=f"{NAME} is not in the environment") as missing:
        open_smtp(TERMS, table, Keys(), None, now)
    assert missing.value.where == f"digest.toml: smtp.{field}"


def test_readers_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "readers.txt").write_text("ada@far.example\nben@far.example\n", encoding="utf-8")
    readers = open_readers(FILE, tmp_path, Keys(SECRETS), Log())
    assert readers is not None
    assert readers.addresses == ("ada@far.example", "ben@far.example")
    assert readers.key == b"0123456789abcdef"
    assert open_readers(TABLE, tmp_path, Keys(SECRETS), Log()) is None


def test_readers_that_cannot_be_had_are_said(tmp_path: Path) -> None:
    path = tmp_path / "readers.txt"
    with pytest.raises(DiskError, match="recipients cannot be read"):
        open_readers(FILE, tmp_path, Keys(SECRETS), Log())
    path.write_text("# nobody yet\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="names nobody"):
        open_readers(FILE, tmp_path, Keys(SECRETS), Log())
    path.write_bytes(b"ad\xe9@far.example\n")
    with pytest.raises(MailerError, match=r"readers\.txt:1: is no mail address"):
        open_readers(FILE, tmp_path, Keys(SECRETS), Log())
    with pytest.raises(ConfigError, match="fewer than 16 characters") as short:
        open_readers(FILE, tmp_path, Keys({"READERS": "guessed"}), Log())
    assert "guessed" not in str(short.value)


def test_a_file_for_a_mail_program_has_no_reader_of_its_own(tmp_path: Path) -> None:
    values = {**dict.fromkeys(TAG_NAMES, ""), "unsubscribe": LEAVE}
    mailer = open_mailer("eml", replace(TERMS, values=values), tmp_path, now())
    with pytest.raises(MailerError, match="no reader") as refused:
        mailer.save(mailer.message(issue(), RENDERED))
    assert "--service none" in refused.value.hint
    plain = open_mailer("eml", TERMS, tmp_path, now())
    path = Path(plain.save(plain.message(issue(), RENDERED)).remote_id)
    assert b"List-Unsubscribe: <https://harbour.example/leave?a=1&b=2>\r\n" in path.read_bytes()
