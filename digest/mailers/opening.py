"""Opening `smtp`: what `[smtp]` says, the secrets that it names, and the file of recipients."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from digest.config.schema import SmtpTable
from digest.config.secrets import Keys
from digest.disk import explain
from digest.errors import ConfigError
from digest.mailers.headers import ascii_address
from digest.mailers.message import Terms
from digest.mailers.recipients import RecipientLog, read_recipients
from digest.mailers.relay import Relay
from digest.mailers.signing import Signature
from digest.mailers.smtp import Readers, SmtpMailer

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_SHORTEST = 16
"""Characters of a key: what a list of likely addresses could be tried against is the key alone."""


def open_smtp(
    terms: Terms, table: SmtpTable, keys: Keys, readers: Readers | None, now: Callable[[], datetime]
) -> SmtpMailer:
    """Return the mailer of `[smtp]`; `keys` finds the secrets by the names of their variables.

    Raises:
        ConfigError: a secret that it names is nowhere.
        MailerError: there can be no such sender.

    """
    domain = ascii_address(terms.sender.address).rpartition("@")[2]
    signature = None
    if table.dkim_key:
        signature = Signature(
            domain=domain, selector=table.dkim_selector, key=_secret(keys, table.dkim_key, "dkim_key")
        )
    relay = Relay(
        host=table.host,
        port=table.port or _PORTS[table.security],
        security=table.security,
        username=table.username,
        password=_secret(keys, table.password, "password") if table.password else "",
        hello=domain,
    )
    return SmtpMailer(terms=terms, relay=relay, now=now, to=table.to, readers=readers, signature=signature)


def open_readers(table: SmtpTable, root: Path, keys: Keys, log: RecipientLog) -> Readers | None:
    """Return the readers in the file that `[smtp]` names, below `root`; None where it names a list's address.

    Raises:
        ConfigError: their key is nowhere, or so short that it could be guessed.
        DiskError: the file cannot be read.
        MailerError: a line of it is no address, or there are none.

    """
    if not table.recipients:
        return None
    key = _secret(keys, table.recipients_key, "recipients_key")
    if len(key) < _SHORTEST:
        hint = "make one: openssl rand -hex 32"
        raise ConfigError(f"has fewer than {_SHORTEST} characters", where="digest.toml: smtp.recipients_key", hint=hint)
    path = root / table.recipients
    try:
        text = path.read_bytes().decode("utf-8", "replace")  # what is not UTF-8 is no address either, and is said so
    except OSError as error:
        raise explain(error, path, "the recipients cannot be read") from error
    addresses = read_recipients(text, table.recipients)
    if not addresses:
        raise ConfigError("names nobody", where=table.recipients, hint="write an address a line")
    return Readers(addresses=addresses, key=key.encode(), log=log)


def _secret(keys: Keys, name: str, key: str) -> str:
    found = keys.find(name)
    if not found:
        hint = f"set {name}, or {name}_FILE to a file that holds it"
        raise ConfigError(f"{name} is not in the environment", where=f"digest.toml: smtp.{key}", hint=hint)
    return found
