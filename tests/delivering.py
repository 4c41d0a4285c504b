"""A newsroom whose issue goes to a mailing service on loopback: built once, copied for each test."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digest.config.schema import MailerTable
from digest.config.secrets import Keys
from digest.handover.steps import Wish
from digest.issues.folder import IssueFolder
from digest.pipeline.delivering import Delivered, Order, carry_out
from digest.pipeline.delivering.opening import opened, service_of
from digest.pipeline.newsroom import Newsroom, open_newsroom
from digest.pipeline.waiving import Said
from running import TOML, digest, newsroom
from services.brevo import Brevo
from services.buttondown import Buttondown
from services.ghost import Ghost
from services.listmonk import Listmonk
from services.mailchimp import Mailchimp
from services.resend import Resend
from services.sendgrid import SendGrid
from services.serving import Service

LABEL = "2024-W43"
KEY = f"weekly-{LABEL}"
NOW = datetime(2024, 10, 25, 14, tzinfo=UTC)
FRIDAY = datetime(2027, 10, 29, 8, tzinfo=UTC)
SERVICES: dict[str, Callable[[], Service]] = {
    "brevo": Brevo,
    "buttondown": Buttondown,
    "listmonk": Listmonk,
    "mailchimp": Mailchimp,
    "resend": Resend,
}
"""Those that can test."""
UNTESTED: dict[str, Callable[[], Service]] = {"ghost": Ghost, "sendgrid": SendGrid}
"""Those that cannot: what is approved goes out as it is."""
ADA = "ada@harbour.example"
WISHES = {
    "draft": Wish(aim="draft"),
    "test": Wish(aim="test", addresses=(ADA,)),
    "schedule": Wish(aim="schedule", at=FRIDAY),
    "send": Wish(aim="send"),
    "cancel": Wish(aim="cancel"),
}


def toml(table: MailerTable, more: str = "") -> str:
    """Return a digest.toml whose mail goes to a service."""
    keys = {name: getattr(table, name) for name in ("service", "url", "key", "audience", "segment", "template")}
    said = "\n".join(f'{name} = "{value}"' for name, value in keys.items() if value)
    return f'{TOML}[mailer]\nsender_address = "post@harbour.example"\n{said}\n{more}\n'


@dataclass(frozen=True)
class Desk:
    """One checkout of a newsroom, and the service that it hands over to."""

    folder: Path
    service: Service

    @property
    def issue(self) -> IssueFolder:
        return IssueFolder(self.folder / "issues" / LABEL)

    @property
    def events(self) -> list[dict[str, Any]]:
        """The ledger's lines, the approval left out."""
        path = self.issue.path / "delivery.jsonl"
        lines = path.read_bytes().splitlines() if path.exists() else []
        return [event for line in lines if (event := json.loads(line))["event"] != "approved"]

    @property
    def told(self) -> list[str]:
        return [event["event"] for event in self.events]

    def room(self) -> Newsroom:
        table = self.service.table()
        return open_newsroom(self.folder, keys=Keys({table.key: self.service.key}))

    def do(self, aim: str, **how: Any) -> Delivered:
        """Carry a wish out, without the questions that the command line asks before."""
        room = self.room()
        order = Order(wish=WISHES[aim], said=Said(by="Ann Roe", at=NOW), **how)
        with opened(room, LABEL, service_of(room, "")) as mailer:
            return carry_out(room, self.issue, mailer, order)

    def ready(self) -> "Desk":
        """Hand over a draft, and test it where the service has a way to."""
        self.do("test" if self.service.table().service in SERVICES else "draft")
        return self

    def copied(self, to: Path) -> "Desk":
        """Return another checkout of the newsroom as it is now."""
        return Desk(shutil.copytree(self.folder, to), self.service)


@contextmanager
def built(service: Service, folder: Path) -> Iterator[Desk]:
    """Yield a newsroom with an approved issue."""
    verified = f"sender_name = '{service.sender.name}'\nreply_to = 'desk@harbour.example'"
    newsroom(folder, toml(service.table(), verified if isinstance(service, SendGrid) else ""))
    for arguments in (("build", "--week", LABEL), ("approve", "--as", "Ann Roe")):
        done = digest(folder, *arguments)
        assert done.code == 0, done.err
    yield Desk(folder, service)


def emptied(service: Service) -> None:
    """Let a service forget all that it was told; it stays where it is."""
    vars(service).update({key: value for key, value in vars(type(service)()).items() if key not in {"url", "_lock"}})
