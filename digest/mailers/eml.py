"""The mailer `eml`: one file that any mail program opens and sends."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from digest.disk import explain, make_folder, replace
from digest.errors import MailerError
from digest.mailers.headers import ascii_address, header, mailbox, token
from digest.mailers.message import Terms, content_hash, make_message
from digest.model.finding import Receipt
from digest.model.issue import Issue
from digest.model.message import Message, Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class EmlMailer:
    """Writes `out/KEY.eml`; `date` is what its Date header says."""

    terms: Terms
    out: Path
    date: datetime

    def message(self, issue: Issue, rendered: Rendered) -> Message:
        """Return the message with the service's own tags."""
        return make_message(issue, rendered, self.terms)

    def save(self, message: Message) -> Receipt:
        """Write the file; doing it again replaces it."""
        path = self.out / f"{message.key}.eml"
        content = eml(message, self.date)
        try:
            make_folder(self.out)
            replace(path, content)
        except OSError as error:
            raise explain(error, path, "the message cannot be written") from error
        return Receipt(service="eml", remote_id=str(path), state="written", content=content_hash(message))


def eml(message: Message, date: datetime) -> bytes:
    """Return the message as RFC 5322 bytes: multipart/alternative, text first, quoted-printable, 7-bit, CRLF.

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
    """Return MIME-Version, Content-Type and both parts. The boundary comes from the content: same mail, same bytes."""
    body = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    body.set_content(message.text, cte="quoted-printable")
    body.add_alternative(message.html, subtype="html", cte="quoted-printable")
    for part in body.iter_parts():
        del part["MIME-Version"]
    body.set_boundary(f"=_digest_{content_hash(message)[:32]}")
    return body.as_bytes()
