"""The mailing services that Digest talks to: where each is, how its key is told, who talks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from digest.config.schema import MailerTable
from digest.mailers import buttondown
from digest.mailers.buttondown import Buttondown
from digest.mailers.listmonk import Listmonk
from digest.mailers.message import Terms
from digest.model.tags import ServiceName
from digest.ports import Mailer
from digest.web.api import Api
from digest.web.limits import Limits
from digest.web.replies import Kept
from digest.web.secrets import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """`site` says where its API is; in `headers` the key stands as `$KEY`, or what `made` makes of it."""

    site: Callable[[MailerTable], str]
    headers: Mapping[str, str]
    made: Callable[[str], str] | None = None
    open: Callable[[Terms, MailerTable, Api], Mailer]


def _own(table: MailerTable) -> str:
    """Return the address of a server that the magazine runs itself."""
    return table.url.rstrip("/")


def _theirs(site: str) -> Callable[[MailerTable], str]:
    """Return who says a service's one address, where digest.toml says no other."""
    return lambda table: table.url.rstrip("/") or site


SERVED: Final[Mapping[ServiceName, Service]] = {
    "buttondown": Service(
        site=_theirs(buttondown.SITE),
        headers={
            "Authorization": "Token $KEY",
            "X-API-Version": buttondown.VERSION,
            # A key that has never sent may not without it, and every write says what status it means.
            "X-Buttondown-Live-Dangerously": "true",
        },
        open=lambda terms, table, api: Buttondown(terms=terms, table=table, api=api),
    ),
    "listmonk": Service(
        site=_own,
        headers={"Authorization": "token $KEY"},
        open=lambda terms, table, api: Listmonk(terms=terms, table=table, api=api),
    ),
}


def open_api(
    name: ServiceName, table: MailerTable, key: str, *, limits: Limits | None = None, kept: list[Kept] | None = None
) -> Api:
    """Return the door to a service, which is told `key` by the name `table.key`; with `kept` nothing is done there."""
    service = SERVED[name]
    site = service.site(table)
    headers = {header: value.replace("$KEY", f"${table.key}") for header, value in service.headers.items()}
    secret = Secret(name=table.key, value=key, site=site, made=service.made)
    return Api(site, headers=headers, secrets=(secret,), limits=limits, kept=kept)
