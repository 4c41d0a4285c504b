"""A mail server that takes mails from us: the only door to smtplib.

What became of a mail is known by how far the talk had come. Before the dot that ends the data a server has taken
nothing; from the dot on, and without an answer, nobody can say.
"""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

from digest.errors import MailerError, RefusedError, UnsentError

Security = Literal["starttls", "tls", "none"]
Outcome = Literal["accepted", "deferred", "refused", "unknown"]

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_CLOSING = 421
"""The server shuts the connection, whatever it was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Where the server is and how it is spoken to.

    `security`: a connection that is begun in clear and goes on in cipher (port 587), one in cipher from the first byte
    (465), or none, on loopback alone. `hello` is how we call ourselves. `timeout` are the seconds that an answer may
    take, `patience` those that the answer to a whole mail may: RFC 5321 gives it ten minutes, since whoever hangs up
    sooner makes doubles. `trust` says whose certificates are believed; None: the system's.
    """

    host: str
    port: int
    security: Security = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    hello: str = "localhost"
    timeout: float = 60
    patience: float = 600
    trust: ssl.SSLContext | None = None

    @property
    def where(self) -> str:
        """What errors call it."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of one mail, with the server's code (0 where there was none) and its words.

    `deferred`: it was not taken, and may be later. `unknown`: it may have been taken. `mail` says that it was the mail
    itself which was refused, rather than the recipient.
    """

    outcome: Outcome
    code: int = 0
    note: str = ""
    mail: bool = False


class Line:
    """A connection to a relay, made when it is first needed and made anew when it was lost."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._open: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close(politely=error is None)

    def close(self, *, politely: bool = True) -> None:
        """End the connection; politely where the other side still listens."""
        line, self._open = self._open, None
        if line is None:
            return
        if politely:
            with suppress(smtplib.SMTPException, OSError):  # what was handed over is handed over
                line.quit()
        line.close()

    def greet(self) -> int | None:
        """Connect, and return the largest mail in bytes that the server says it takes; None where it says nothing.

        Raises:
            UnsentError: it is not reached, or not in cipher.
            RefusedError: it knows no such user, or that is not the password.

        """
        said = self._connected().esmtp_features.get("size", "")
        return int(said) if said.isdigit() and int(said) else None

    def hand_over(self, sender: str, recipient: str, mail: bytes) -> Delivery:
        """Hand a mail over to one recipient.

        Raises:
            UnsentError: the server is not reached.
            RefusedError: it takes nothing from us, whoever it is for.

        """
        line = self._connected()
        try:
            refused = self._asked(line, sender, recipient)
        except (smtplib.SMTPException, OSError) as error:  # no mail was said yet
            self.close(politely=False)
            return Delivery(outcome="deferred", note=_words(error))
        if refused is not None:
            return refused
        try:
            line.send(_with_dots(mail))
        except (smtplib.SMTPException, OSError) as error:  # the last bytes were not sent, and the dot is the last one
            self.close(politely=False)
            return Delivery(outcome="deferred", note=_words(error))
        try:
            _wait(line, self._relay.patience)
            code, said = line.getreply()
            _wait(line, self._relay.timeout)
        except (smtplib.SMTPException, OSError) as error:
            self.close(politely=False)
            return Delivery(outcome="unknown", note=f"no answer to the mail: {_words(error)}")
        return self._settled(code, said, mail=True)

    def _asked(self, line: smtplib.SMTP, sender: str, recipient: str) -> Delivery | None:
        """Say from whom and to whom; None where the server then waits for the mail."""
        code, said = line.mail(sender)
        if _is_final(code):
            self._reset(line)
            where, hint = self._relay.where, "its words say why; see [smtp] and mailer.sender_address in digest.toml"
            raise RefusedError(f"takes no mail from {sender}: {_text(code, said)}", where=where, hint=hint, status=code)
        if code == 250:  # noqa: PLR2004 - RFC 5321: done
            code, said = line.rcpt(recipient)
        if code in {250, 251}:
            code, said = line.docmd("DATA")
            if code == 354:  # noqa: PLR2004 - RFC 5321: go on
                return None
        self._reset(line)
        return self._settled(code, said, mail=False)

    def _settled(self, code: int, said: bytes, *, mail: bool) -> Delivery:
        if code == _CLOSING:
            self.close(politely=False)
        if 200 <= code < 300 and mail:  # noqa: PLR2004 - RFC 5321: done
            outcome: Outcome = "accepted"
        elif _is_final(code):
            outcome = "refused"
        else:
            outcome = "unknown" if mail and not _is_later(code) else "deferred"
        return Delivery(outcome=outcome, code=code, note=_text(code, said), mail=mail)

    def _reset(self, line: smtplib.SMTP) -> None:
        """Have the server forget what was begun: without that it refuses the next one (503)."""
        try:
            line.rset()
        except (smtplib.SMTPException, OSError):
            self.close(politely=False)

    def _connected(self) -> smtplib.SMTP:
        if self._open is None:
            with _told(self._relay):
                line = _reached(self._relay)
                try:
                    _introduce(line, self._relay)
                except BaseException:
                    line.close()
                    raise
                self._open = line
        return self._open


def _reached(relay: Relay) -> smtplib.SMTP:
    if relay.security == "none" and relay.host not in LOOPBACK:
        hint = 'write security = "starttls" or "tls"'
        raise MailerError("mail goes in clear to this machine alone", where="digest.toml: smtp.security", hint=hint)
    if relay.security == "tls":
        trust = relay.trust or ssl.create_default_context()
        return smtplib.SMTP_SSL(relay.host, relay.port, relay.hello, timeout=relay.timeout, context=trust)
    return smtplib.SMTP(relay.host, relay.port, relay.hello, timeout=relay.timeout)


def _introduce(line: smtplib.SMTP, relay: Relay) -> None:
    """Go over to cipher, say who we are, log in."""
    if relay.security == "starttls":
        line.starttls(context=relay.trust or ssl.create_default_context())
    line.ehlo_or_helo_if_needed()
    if relay.username:
        line.login(relay.username, relay.password)


@contextmanager
def _told(relay: Relay) -> Iterator[None]:
    """Say in our own words why there is no connection. No error of smtplib's stays: one holds a password."""
    try:
        yield
    except smtplib.SMTPNotSupportedError as error:
        hint = "ask who runs it for a port with STARTTLS (587) or TLS (465)"
        raise UnsentError(f"cannot do what [smtp] asks for: {error}", where=relay.where, hint=hint) from None
    except UnicodeError:
        hint = "such a password may hold ASCII alone"
        raise MailerError("the user or the password cannot be said to it", where=relay.where, hint=hint) from None
    except smtplib.SMTPResponseException as error:
        raise _turned_away(error, relay) from None
    except ssl.SSLError as error:
        hint = "is smtp.host the name in its certificate, and smtp.security right for the port?"
        raise UnsentError(f"there is no safe connection: {error}", where=relay.where, hint=hint) from error
    except (smtplib.SMTPException, OSError) as error:
        raise _unreached(f"is not reached: {_words(error)}", relay) from error


def _turned_away(error: smtplib.SMTPResponseException, relay: Relay) -> MailerError:
    said = _text(error.smtp_code, error.smtp_error)
    if not _is_final(error.smtp_code):
        return _unreached(f"is busy: {said}", relay)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        message, hint = f"does not let us in: {said}", "see smtp.username and smtp.password in digest.toml"
    else:
        message, hint = f"turns us away: {said}", "its words say why"
    return RefusedError(message, where=relay.where, hint=hint, status=error.smtp_code)


def _unreached(message: str, relay: Relay) -> UnsentError:
    error = UnsentError(message, where=relay.where, hint="nothing was sent; try again later")
    error.soon = True
    return error


def _with_dots(mail: bytes) -> bytes:
    """Return a mail as it is said: a dot more where a line begins with one, and the dot that ends it (RFC 5321)."""
    return re.sub(rb"(?m)^\.", b"..", mail) + b".\r\n"


def _wait(line: smtplib.SMTP, seconds: float) -> None:
    if line.sock is not None:
        line.sock.settimeout(seconds)


def _is_final(code: int) -> bool:
    return 500 <= code < 600  # noqa: PLR2004 - RFC 5321: for good


def _is_later(code: int) -> bool:
    return 400 <= code < 500  # noqa: PLR2004 - RFC 5321: for now


def _text(code: int, said: bytes | str) -> str:
    """Return a reply in one line."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {words}".split())


def _words(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
