"""What `[smtp]` says that cannot work."""

import re
from collections.abc import Iterator

from digest.config.schema import Config, SmtpTable
from digest.text.addresses import is_address
from digest.text.urls import host

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_PORTS = range(65536)
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,63}")
_SELECTOR = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


def smtp_faults(config: Config) -> Iterator[tuple[str, str, str]]:
    """Yield everything in `[smtp]` that cannot work: where it is, what is wrong, what to do."""
    if config.mailer.service != "smtp":
        return
    smtp = config.smtp
    for key, message, hint in (*_server(smtp), *_secrets(smtp), *_readers(smtp), *_leaving(smtp)):
        yield f"smtp.{key}", message, hint
    if not config.mailer.sender_address:
        yield "mailer.sender_address", "is empty", "write the address that the mail is from"


def _server(smtp: SmtpTable) -> Iterator[tuple[str, str, str]]:
    if not smtp.host:
        yield "host", "is empty", "write the name of your mail server"
    if smtp.port not in _PORTS:
        yield "port", f"there is no port {smtp.port}", "leave it out for the usual one"
    if smtp.security == "none" and smtp.host not in _LOOPBACK:
        yield "security", "mail goes in clear to this machine alone", 'write "starttls" or "tls"'


def _secrets(smtp: SmtpTable) -> Iterator[tuple[str, str, str]]:
    if bool(smtp.username) != bool(smtp.password):
        yield "password", "goes with username", "write both, or neither"
    if bool(smtp.dkim_selector) != bool(smtp.dkim_key):
        yield "dkim_key", "goes with dkim_selector", "write both, or neither"
    if smtp.dkim_selector and not _SELECTOR.fullmatch(smtp.dkim_selector):
        yield "dkim_selector", "not a name in DNS", "write letters, digits and dots"
    for key in ("password", "recipients_key", "dkim_key"):
        if (name := str(getattr(smtp, key))) and not _VARIABLE.fullmatch(name):
            hint = 'write the name of an environment variable, such as "SMTP_PASSWORD", and put the secret there'
            yield key, "is not the name of an environment variable", hint


def _readers(smtp: SmtpTable) -> Iterator[tuple[str, str, str]]:
    if bool(smtp.to) == bool(smtp.recipients):
        yield "to", "needs to or recipients, one of the two", "write a list's address, or the name of a file"
    if smtp.to and not is_address(smtp.to):
        yield "to", f"not a mail address: {smtp.to!r}", "write it like weekly@lists.harbour.example"
    if smtp.recipients and not smtp.recipients_key:
        yield "recipients_key", "is empty", "write the name of an environment variable: the ledger keeps no addresses"


def _leaving(smtp: SmtpTable) -> Iterator[tuple[str, str, str]]:
    url, hint = smtp.unsubscribe_url, "start it with https://"
    if url and not url.startswith("mailto:") and not host(url.replace("{recipient}", "x")):
        yield "unsubscribe_url", f"not a URL: {url!r}", hint
    if "{recipient}" not in url:
        return
    if not url.startswith("https://"):
        yield "unsubscribe_url", "one click needs an https address", hint
    if not smtp.recipients:
        yield "unsubscribe_url", "a list's one address has no single {recipient}", "take it out"
