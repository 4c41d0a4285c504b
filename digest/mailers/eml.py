"""The mailer `eml`: one file that any mail program opens and sends."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from digest.disk import explain, make_folder, replace
from digest.errors import MailerError
from digest.mailers.headers import ascii_address, header, mailbox, token
from digest.mailers.message import Terms, content_hash, make_message
from digest.model.finding import Receipt
from digest.model.issue import Issue
from digest.model.message import Message, Rendered
from digest.text.transfer import encode


@dataclass(frozen=True, slots=True, kw_only=True)
class EmlMailer:
    """Writes `out/KEY.eml`, for a service `out/KEY-SERVICE.eml`; `date` is what its Date header says."""

    terms: Terms
    out: Path
    date: datetime

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Return the message with the service's own tags."""
        return make_message(issue, rendered, self.terms)

    def save(self, message: Message) -> Receipt:
        """Write the file; doing it again replaces it."""
        service = "" if message.service == "none" else f"-{message.service}"
        path = self.out / f"{message.key}{service}.eml"
        content = eml(message, self.date)
        try:
            make_folder(self.out)
            replace(path, content)
        except OSError as error:
            raise explain(error, path, "the message cannot be written") from error
        return Receipt(service="eml", remote_id=str(path), state="written", content=content_hash(message))


def eml(message: Message, date: datetime) -> bytes:
    """Return the message as RFC 5322 bytes: multipart/alternative, text first, 7-bit, CRLF.

    Each part takes the shorter of quoted-printable and base64.

    Raises:
        MailerError: nobody is configured to send it, an address is none, or a header holds a control character.

    """
    sender = message.sender
    if not sender.address:
        hint = "write sender_address under [mailer]"
        raise MailerError("says no address that the mail is from", where="digest.toml: mailer", hint=hint)
    domain = ascii_address(sender.address).rpartition("@")[2]
    headers = mailbox("From", sender.name, sender.address) + header("Subject", message.subject)
    headers += header("Date", format_datetime(date))
    headers += token("Message-ID", f"<{message.key}.{content_hash(message)[:16]}@{domain}>")
    if sender.reply_to:
        headers += mailbox("Reply-To", "", sender.reply_to)
    return headers + _body(message)


def _body(message: Message) -> bytes:
    """Return MIME-Version, Content-Type and both parts. The boundary comes from the content: same mail, same bytes.

    The `=_` in it stands in no part: quoted-printable writes `=` with digits behind it, base64 at the end alone.
    """
    boundary = f"=_digest_{content_hash(message)[:32]}"
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n'
    parts = _part("plain", message.text), _part("html", message.html)
    return (
        head.encode()
        + b"".join(f"\r\n--{boundary}\r\n".encode() + part for part in parts)
        + (f"\r\n--{boundary}--\r\n".encode())
    )


def _part(kind: str, text: str) -> bytes:
    """Return one part: its header lines, a blank one, the text."""
    sent = encode(text)
    head = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: {sent.encoding}\r\n\r\n'
    return head.encode() + sent.content
