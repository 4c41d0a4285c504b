"""The mailer `smtp`: mails of our own, handed over to a mail server: to a list's one address, or to each reader.

A mail server keeps nothing that could be asked for by name: what it accepted is gone, and what it did not answer is
unknown for good.
"""

import html
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from digest.errors import AmbiguousError, MailerError, MailerUnsupportedError, RefusedError, UnsentError
from digest.mailers.headers import ascii_address
from digest.mailers.mail import Heading, mail, message_id
from digest.mailers.message import RECIPIENT, Terms, make_message
from digest.mailers.recipients import RecipientLog, Round, recipient_token
from digest.mailers.relay import Delivery, Line, Relay
from digest.mailers.signing import Signature, signed
from digest.model.finding import Finding
from digest.model.issue import Issue
from digest.model.mailer import Capabilities, Remote
from digest.model.message import Message, Rendered
from digest.web.replies import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """The readers of a small list, each with a mail of their own.

    `key` hashes their addresses for the `log`, and for `{recipient}` in the address to leave by.
    """

    addresses: tuple[str, ...]
    key: bytes = field(repr=False)
    log: RecipientLog


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpMailer:
    """Sends to `to`, the address of a list or of whoever spreads it, or to each of `readers`: one of the two.

    `now` is what the Date header says; after each of `waits`, in seconds, those are tried again who were put off. With
    `kept` no mail is sent: it is put in there.
    """

    terms: Terms
    relay: Relay
    now: Callable[[], datetime]
    to: str = ""
    readers: Readers | None = None
    signature: Signature | None = None
    waits: tuple[float, ...] = (1, 60, 300)
    pause: Callable[[float], None] = time.sleep
    kept: list[Kept] | None = None

    name: str = "smtp"

    @property
    def can(self) -> Capabilities:
        """Return what a mail server can do; of readers each of whom is written down it can go on."""
        return Capabilities(form="mail", text=True, test=True, send=True, resumes=self.readers is not None)

    @property
    def account(self) -> str:
        """Return which server, user and list."""
        user = f"{self.relay.username}@" if self.relay.username else ""
        return f"{user}{self.relay.where} {self.to or 'recipients'}"

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Return the message with the addresses of digest.toml for tags."""
        return make_message(issue, rendered, self.terms)

    def check(self) -> tuple[Finding, ...]:
        """Connect, log in, and say what is wrong with that."""
        try:
            with Line(self.relay) as line:
                line.greet()
        except MailerError as error:
            code = "mailer-key" if isinstance(error, RefusedError) else "mailer-unreached"
            return (Finding(code=code, level="error", message=error.message, where=error.where, hint=error.hint),)
        return ()

    def find(self, key: str) -> Remote | None:
        """Not to be asked: a mail server keeps nothing by a name."""
        raise _unsupported(f"find {key}")

    def save(self, message: Message, remote: Remote | None) -> Remote:
        """Not to be asked: a mail server keeps no drafts."""
        raise _unsupported(f"keep {(remote.id if remote else '') or message.key}")

    def send_test(self, message: Message, remote: Remote | None, addresses: Sequence[str]) -> None:
        """Send the mail to these addresses, with a Message-ID of its own."""
        del remote
        with Line(self.relay) as line:
            for address in addresses:
                _must_be_accepted(self._given(line, message, address, is_test=True), self.relay)

    def schedule(self, remote: Remote, at: datetime) -> Remote:
        """Not to be asked: a mail server sends at once."""
        raise _unsupported(f"wait until {at.isoformat()} with {remote.id}")

    def unschedule(self, remote: Remote) -> Remote:
        """Not to be asked: a mail server sends at once."""
        raise _unsupported(f"call back {remote.id}")

    def send(self, message: Message, remote: Remote | None) -> Remote:
        """Send the mail to the list, or to each reader who has not had it.

        Raises:
            RefusedError: the server says no; nobody has had it.
            UnsentError: the server is not reached, or puts the mail off; nobody has had it.
            AmbiguousError: the server has the list's mail, and did not answer.

        """
        del remote
        with Line(self.relay) as line:
            if self.readers is None:
                return self._to_list(line, message)
            reader = self.readers
            given = Round(reader.log, reader.key, lambda address: self._given(line, message, address))
            return replace(given.go(reader.addresses, self.waits, self.pause), id=message.key)

    def status(self, remote: Remote) -> Remote:
        """Not to be asked: what a mail server accepted is gone."""
        raise _unsupported(f"tell of {remote.id}")

    def _to_list(self, line: Line, message: Message) -> Remote:
        delivery = self._given(line, message, self.to)
        for wait in self.waits:
            if delivery.outcome != "deferred":
                break
            self.pause(wait)
            delivery = self._given(line, message, self.to)
        _must_be_accepted(delivery, self.relay)
        found = message_id(message, self._heading(self.to, is_test=False))
        return Remote(id=found, state="sent", note=delivery.note)

    def _given(self, line: Line, message: Message, address: str, *, is_test: bool = False) -> Delivery:
        """Hand the mail over to one address."""
        sent = mail(self._own(message, address), self._heading(address, is_test=is_test))
        if self.signature:
            sent = signed(sent, self.signature)
        if self.kept is not None:
            self.kept.append(_shown(sent, self.relay))
            return Delivery(outcome="accepted")
        return line.hand_over(ascii_address(message.sender.address), ascii_address(address), sent)

    def _heading(self, address: str, *, is_test: bool) -> Heading:
        leave = self._leave(address)
        return Heading(
            date=self.now(),
            recipient=address,
            is_test=is_test,
            is_list=self.readers is not None,
            leave=(leave,) if leave else (),
            one_click=leave.startswith("https://") and RECIPIENT in self.terms.values.get("unsubscribe", ""),
        )

    def _own(self, message: Message, address: str) -> Message:
        """Return the message with the reader's own address to leave by."""
        common = self.terms.values.get("unsubscribe", "")
        if RECIPIENT not in common:
            return message
        own = self._leave(address)
        return replace(
            message,
            html=message.html.replace(html.escape(common), html.escape(own)),
            text=message.text.replace(common, own),
        )

    def _leave(self, address: str) -> str:
        common = self.terms.values.get("unsubscribe", "")
        if RECIPIENT not in common:
            return common
        if self.readers is None:
            hint = "take {recipient} out of it, or write recipients under [smtp]"
            raise MailerError("a list's one address has no single reader", where="digest.toml: smtp", hint=hint)
        return common.replace(RECIPIENT, recipient_token(self.readers.key, address))


def _shown(sent: bytes, relay: Relay) -> Kept:
    """Return a mail as a dry run shows it."""
    head, _, body = sent.decode("ascii").partition("\r\n\r\n")
    lines = head.replace("\r\n ", " ").split("\r\n")
    headers = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Kept(method="MAIL", url=f"smtp://{relay.where}", headers=headers, body=body)


def _must_be_accepted(delivery: Delivery, relay: Relay) -> None:
    """Raise what a mail that was not accepted means."""
    if delivery.outcome == "refused":
        hint = "its words say why"
        raise RefusedError(f"refuses the mail: {delivery.note}", where=relay.where, hint=hint, status=delivery.code)
    if delivery.outcome == "deferred":
        raise UnsentError(f"puts the mail off: {delivery.note}", where=relay.where, hint="do it again later")
    if delivery.outcome == "unknown":
        hint = "look whether it arrived"
        raise AmbiguousError(f"may have taken the mail: {delivery.note}", where=relay.where, hint=hint)


def _unsupported(what: str) -> MailerUnsupportedError:
    return MailerUnsupportedError(f"a mail server cannot {what}", where="smtp", hint="--send sends at once")
