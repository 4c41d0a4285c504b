"""Opening the mailing service that digest.toml names."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime

from digest.errors import ConfigError, UsageError
from digest.mailers.services import SERVED, open_api
from digest.model.tags import ServiceName
from digest.pipeline.delivering.by_mail import Clock, open_by_mail
from digest.pipeline.handing import terms
from digest.pipeline.newsroom import Newsroom
from digest.ports import Mailer
from digest.web.replies import Kept

_WHERE = "digest.toml: mailer"
TALKED_TO: tuple[ServiceName, ...] = (*sorted(SERVED), "smtp")
"""The services that Digest hands over to itself; of the others it makes files."""


def _never() -> datetime:
    raise AssertionError("who has mails sent hands a clock in")  # pragma: no cover - a fault of ours


def service_of(room: Newsroom, name: str) -> ServiceName:
    """Return the service called `name` ("": the configured one), which must be the one of digest.toml.

    Raises:
        UsageError: the magazine has another service, or none that Digest can talk to.

    """
    service = room.config.mailer.service
    if name and name != service:
        said = f"digest.toml names {service!r}" if service != "none" else "digest.toml names no service"
        raise UsageError(f"{said}, not {name!r}", where="--to", hint=f'write service = "{name}" under [mailer]')
    if service not in TALKED_TO:
        hint = f"it talks to {', '.join(TALKED_TO)}; of the others make files: digest deliver --to folder"
        raise UsageError(f"Digest cannot talk to {service!r}", where="--to", hint=hint)
    return service


@contextmanager
def opened(
    room: Newsroom, label: str, service: ServiceName, kept: list[Kept] | None = None, now: Clock = _never
) -> Iterator[Mailer]:
    """Yield the service, for the issue `label`; with `kept` nothing is done there: acts are put in there.

    `now` is asked for what a mail of our own says of its date.

    Raises:
        ConfigError: digest.toml says no address or no audience where one is needed, or its key is nowhere.
        DiskError: the file of its readers cannot be read.
        MailerError: a line of it is no address.

    """
    if service == "smtp":
        yield open_by_mail(room, label, kept, now)
        return
    table = room.config.mailer
    if not table.key:
        raise ConfigError("names no key", where=_WHERE, hint="write the name of its environment variable: key = …")
    key = room.keys.find(table.key)
    if not key:
        hint = f"set {table.key}, or {table.key}_FILE to a file that holds it"
        raise ConfigError(f"the key {table.key} is not in the environment", where=_WHERE, hint=hint)
    if not SERVED[service].site(table):
        raise ConfigError(f"says no address of {service}", where=_WHERE, hint="write url = …")
    with closing(open_api(service, table, key, kept=kept)) as api:
        yield SERVED[service].open(terms(room, label, service), table, api)
