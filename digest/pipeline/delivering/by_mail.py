"""Opening the magazine's own mail server, and the ledger's lines on each of its readers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from digest.handover.progress import Channel
from digest.issues.folder import LEDGER
from digest.issues.ledger import add_event, read_events
from digest.mailers.opening import open_readers, open_smtp
from digest.mailers.recipients import Standing
from digest.mailers.smtp import SmtpMailer
from digest.model.ledger import Event
from digest.pipeline.delivering import channel_of
from digest.pipeline.handing import terms
from digest.pipeline.newsroom import Newsroom
from digest.web.replies import Kept

Clock = Callable[[], datetime]

_STANDINGS: tuple[Standing, ...] = ("attempting", "accepted", "deferred", "refused")


class ReaderLog:
    """What became of each reader of an issue, in its ledger; with `is_dry` in mind alone.

    A sending that a person has said was none (`--resolve not-sent`) leaves every reader as they are: whom the server
    took the mail for has had it.
    """

    def __init__(self, path: Path, channel: Channel, now: Clock, *, is_dry: bool) -> None:
        self._path = path
        self._channel = channel
        self._now = now
        self._is_dry = is_dry
        self._known: dict[str, Standing] = {}
        for event in read_events(path):
            standing = next((each for each in _STANDINGS if each == event.event), None)
            if standing and channel.has(event):
                self._known[event.recipient] = standing

    def standings(self) -> Mapping[str, Standing]:
        """Return the last that was written of each."""
        return self._known

    def attempting(self, recipient: str) -> None:
        """Write that a mail is about to be handed over."""
        self._add(recipient, "attempting", "")

    def settled(self, recipient: str, standing: Standing, code: str) -> None:
        """Write what the server answered."""
        self._add(recipient, standing, code)

    def _add(self, recipient: str, standing: Standing, code: str) -> None:
        if not self._is_dry:
            channel = self._channel
            event = Event(event=standing, at=self._now(), recipient=recipient, note=code)
            named = replace(event, service=channel.service, account=channel.account, audience=channel.audience)
            add_event(self._path, named)
        self._known[recipient] = standing


def open_by_mail(room: Newsroom, label: str, kept: list[Kept] | None, now: Clock) -> SmtpMailer:
    """Return the mail server of `[smtp]` for the issue `label`; with `kept` no mail is sent: it is put in there.

    Raises:
        ConfigError: a secret that it needs is nowhere.
        DiskError: the file of its readers cannot be read.
        MailerError: a line of it is no address.

    """
    table = room.config.smtp
    mailer = open_smtp(terms(room, label, "smtp"), table, room.keys, None, now)
    path = room.shelf.issue(label).path / LEDGER
    log = ReaderLog(path, channel_of(room, mailer), now, is_dry=kept is not None)
    return replace(mailer, readers=open_readers(table, room.root, room.keys, log), kept=kept)
