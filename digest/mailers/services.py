"""The mailing services that Digest talks to: where each is, how its key is told, who talks."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from digest.config.schema import MailerTable
from digest.errors import ConfigError
from digest.mailers import brevo, buttondown, resend, sendgrid
from digest.mailers.brevo import Brevo
from digest.mailers.buttondown import Buttondown
from digest.mailers.ghost import Ghost, Signer
from digest.mailers.listmonk import Listmonk
from digest.mailers.mailchimp import Mailchimp
from digest.mailers.message import Terms
from digest.mailers.resend import Resend
from digest.mailers.sendgrid import SendGrid
from digest.model.tags import ServiceName
from digest.ports import Mailer
from digest.web.api import Api
from digest.web.limits import Limits
from digest.web.replies import Kept
from digest.web.secrets import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """`site` says where its API is; in `headers` the key stands as `$KEY`.

    `takes` are those of `audience`, `segment` and `template` that it knows; with `either` one of the first two is said.
    Instead of the key that is what `made` makes of it, or `signed` for the server at hand.
    """

    site: Callable[[MailerTable], str]
    takes: frozenset[str] = frozenset({"audience"})
    either: bool = False
    headers: Mapping[str, str]
    made: Callable[[str], str] | None = None
    signed: Callable[[MailerTable], Callable[[str], str]] | None = None
    open: Callable[[Terms, MailerTable, Api], Mailer]


def _own(table: MailerTable) -> str:
    """Return the address of a server of the magazine's own, or of its account's.

    Raises:
        ConfigError: digest.toml does not say it.

    """
    if not table.url:
        hint = 'url = "https://…": your own server, or your account\'s as the service names it'
        raise ConfigError(f"says no address of {table.service}", where="digest.toml: mailer.url", hint=hint)
    return table.url.rstrip("/")


def _theirs(site: str) -> Callable[[MailerTable], str]:
    """Return who says a service's one address, where digest.toml says no other."""
    return lambda table: table.url.rstrip("/") or site


def _basic(key: str) -> str:
    """Return what HTTP's Basic says of a key; the name before it may be anything."""
    return base64.b64encode(f"digest:{key}".encode()).decode()


SERVED: Final[Mapping[ServiceName, Service]] = {
    "brevo": Service(
        site=_theirs(brevo.SITE),
        takes=frozenset({"audience", "segment"}),
        either=True,
        headers={"api-key": "$KEY"},
        open=lambda terms, table, api: Brevo(terms=terms, table=table, api=api),
    ),
    "buttondown": Service(
        site=_theirs(buttondown.SITE),
        takes=frozenset({"template"}),
        headers={
            "Authorization": "Token $KEY",
            "X-API-Version": buttondown.VERSION,
            # A key that has never sent may not without it, and every write says what status it means.
            "X-Buttondown-Live-Dangerously": "true",
        },
        open=lambda terms, table, api: Buttondown(terms=terms, table=table, api=api),
    ),
    "ghost": Service(
        site=_own,
        takes=frozenset({"audience", "segment"}),
        headers={"Authorization": "Ghost $KEY"},
        signed=Signer,
        open=lambda terms, table, api: Ghost(terms=terms, table=table, api=api),
    ),
    "listmonk": Service(
        site=_own,
        takes=frozenset({"audience", "template"}),
        headers={"Authorization": "token $KEY"},
        open=lambda terms, table, api: Listmonk(terms=terms, table=table, api=api),
    ),
    "mailchimp": Service(
        site=_own,
        takes=frozenset({"audience", "segment"}),
        headers={"Authorization": "Basic $KEY"},
        made=_basic,
        open=lambda terms, table, api: Mailchimp(terms=terms, table=table, api=api),
    ),
    "resend": Service(
        site=_theirs(resend.SITE),
        headers={"Authorization": "Bearer $KEY"},
        open=lambda terms, table, api: Resend(terms=terms, table=table, api=api),
    ),
    "sendgrid": Service(
        site=_theirs(sendgrid.SITE),
        takes=frozenset({"audience", "segment"}),
        either=True,
        headers={"Authorization": "Bearer $KEY"},
        open=lambda terms, table, api: SendGrid(terms=terms, table=table, api=api),
    ),
}


def _must_be_taken(service: Service, name: str, table: MailerTable) -> None:
    """Raise where something is said that the service would leave out: a segment left out is a mail to everybody."""
    said = {"audience": table.audience, "segment": table.segment, "template": table.template}
    for key in [key for key, value in said.items() if value and key not in service.takes]:
        message = f"{name} has no {key} that could be chosen: {said[key]!r}"
        raise ConfigError(message, where=f"digest.toml: mailer.{key}", hint="take it out")
    if service.either and table.audience and table.segment:
        hint = "take out one of audience and segment"
        raise ConfigError(f"{name} sends to a list or to a segment", where="digest.toml: mailer.segment", hint=hint)
    if "audience" in service.takes and not (table.audience or (service.either and table.segment)):
        hint = "README, “Sending through a mailing service”, says what it is"
        raise ConfigError(f"says no audience of {name}", where="digest.toml: mailer.audience", hint=hint)


def open_api(
    name: ServiceName, table: MailerTable, key: str, *, limits: Limits | None = None, kept: list[Kept] | None = None
) -> Api:
    """Return the door to a service, which is told `key` by the name `table.key`; with `kept` nothing is done there.

    Raises:
        ConfigError: digest.toml says no address or audience, or what this service does not know.

    """
    service = SERVED[name]
    site = service.site(table)
    _must_be_taken(service, name, table)
    headers = {header: value.replace("$KEY", f"${table.key}") for header, value in service.headers.items()}
    made = service.signed(table) if service.signed else service.made
    secret = Secret(name=table.key, value=key, site=site, made=made)
    return Api(site, headers=headers, secrets=(secret,), limits=limits, kept=kept)
