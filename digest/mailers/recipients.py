"""A small list of readers from a file, each of whom gets a mail of their own, once.

What became of each is written down by a keyed hash: an address stands in no ledger. Whoever runs may be stopped at any
point; what is started again goes on with those of whom nothing is written yet, and with those who were put off.
"""

import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, Protocol

from digest.errors import MailerError, RefusedError, UnsentError
from digest.mailers.headers import ascii_address
from digest.mailers.relay import Delivery
from digest.model.mailer import Remote

Standing = Literal["attempting", "accepted", "deferred", "refused"]
"""The last that is written of a recipient. `attempting` and nothing behind it: nobody knows, and it stays so."""

_TOO_MANY = 3
"""For so many readers one after the other the mail itself is refused: it is the mail, or a quota, and not a reader."""
_ENHANCED = re.compile(r"\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?")
"""A reply's codes (RFC 5321, RFC 3463). What a server says behind them may hold an address."""


class RecipientLog(Protocol):
    """What became of each recipient of one issue. A recipient is a keyed hash, in hexadecimal digits."""

    def standings(self) -> Mapping[str, Standing]:
        """Return the last that was written of each."""
        ...

    def attempting(self, recipient: str) -> None:
        """Write that a mail is about to be handed over; it is on the disk when this returns."""
        ...

    def settled(self, recipient: str, standing: Standing, code: str) -> None:
        """Write what the server answered, by its codes; it is on the disk when this returns."""
        ...


def read_recipients(text: str, where: str) -> tuple[str, ...]:
    """Return the addresses of a file, one a line, in its order; blank lines and what is behind `#` are none.

    Raises:
        MailerError: a line is no address, or one is there twice. Which address it is, is not told.

    """
    found: dict[str, str] = {}
    first: dict[str, int] = {}
    for number, line in enumerate(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").splitlines(), start=1):
        written = line.partition("#")[0].strip()
        if not written:
            continue
        address = _reachable(written, f"{where}:{number}")
        same = address.lower()
        if same in found:
            raise MailerError(f"says the address of line {first[same]} again", where=f"{where}:{number}")
        found[same], first[same] = address, number
    return tuple(found.values())


def _reachable(written: str, where: str) -> str:
    try:
        return ascii_address(written)
    except MailerError:
        raise MailerError("is no mail address", where=where, hint="write one address a line") from None


def recipient_hash(key: bytes, address: str) -> str:
    """Return what stands for an address in the ledger: 32 digits that nobody reads an address from without the key."""
    return _hash(key, "ledger", address)


def recipient_token(key: bytes, address: str) -> str:
    """Return what stands for an address where its reader leaves the list; the ledger does not tell it."""
    return _hash(key, "leave", address)


def _hash(key: bytes, use: str, address: str) -> str:
    return hmac.new(key, f"{use}:{address.lower()}".encode(), hashlib.sha256).hexdigest()[:32]


class Round:
    """One issue's way to all of its readers. `give` hands a reader the mail; `key` hashes addresses for the `log`."""

    def __init__(self, log: RecipientLog, key: bytes, give: Callable[[str], Delivery]) -> None:
        self._log = log
        self._key = key
        self._give = give
        self._in_a_row = 0

    def go(self, readers: Sequence[str], waits: Sequence[float], pause: Callable[[float], None]) -> Remote:
        """Give the mail to all readers who have not had it, after each wait once more to those who are put off.

        It is `sent` when nobody is left; `sending` when somebody is, and the same again goes on with them.

        Raises:
            RefusedError: the server takes nothing from us, and has taken nothing of this issue before.
            UnsentError: it is not reached, and nobody has had this issue before.

        """
        try:
            self._to_all(readers)
            for wait in waits:
                if not self._left(readers):
                    break
                pause(wait)
                self._to_all(readers)
        except (RefusedError, UnsentError) as error:
            if not self._begun(readers):
                raise
            return self._told(readers, f"; {error}")
        return self._told(readers)

    def _to_all(self, readers: Sequence[str]) -> None:
        for address in self._left(readers):
            recipient = recipient_hash(self._key, address)
            self._log.attempting(recipient)
            try:
                delivery = self._give(address)
            except (RefusedError, UnsentError) as error:
                code = str(error.status) if isinstance(error, RefusedError) else ""
                self._log.settled(recipient, "deferred", code)
                raise
            if delivery.outcome != "unknown":
                self._log.settled(recipient, delivery.outcome, _codes(delivery))
            self._watch(delivery)

    def _watch(self, delivery: Delivery) -> None:
        self._in_a_row = self._in_a_row + 1 if delivery.mail and delivery.outcome == "refused" else 0
        if self._in_a_row == _TOO_MANY:
            self._in_a_row = 0
            raise RefusedError(
                f"the mail server refuses the mail itself, {_TOO_MANY} readers in a row: {_codes(delivery)}",
                hint="see its postmaster's pages for the code: a quota, or what the mail holds",
                status=delivery.code,
            )

    def _left(self, readers: Sequence[str]) -> list[str]:
        known = self._log.standings()
        return [
            address for address in readers if known.get(recipient_hash(self._key, address), "deferred") == "deferred"
        ]

    def _counts(self, readers: Sequence[str]) -> Counter[str]:
        known = self._log.standings()
        return Counter(known.get(recipient_hash(self._key, address), "waiting") for address in readers)

    def _begun(self, readers: Sequence[str]) -> bool:
        counts = self._counts(readers)
        return bool(counts["accepted"] + counts["attempting"])

    def _told(self, readers: Sequence[str], why: str = "") -> Remote:
        counts = self._counts(readers)
        left = counts["deferred"] + counts["waiting"]
        words = {"accepted": "accepted", "refused": "refused", "attempting": "unknown", "deferred": "put off"}
        told = [f"{counts[name]} {word}" for name, word in (*words.items(), ("waiting", "waiting")) if counts[name]]
        return Remote(id="", state="sending" if left else "sent", note=", ".join(told) + why)


def _codes(delivery: Delivery) -> str:
    found = _ENHANCED.match(delivery.note) if delivery.code else None
    return found[0] if found else ""
