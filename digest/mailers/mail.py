"""A message as the bytes that travel: RFC 5322's header, and one body in two forms, seven-bit and the same every time.

Nothing on its way has a reason to write it anew: no line is long, no byte has eight bits, so that a signature holds.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from digest.errors import MailerError
from digest.mailers.headers import ascii_address, header, mailbox, phrase, token, uris
from digest.mailers.message import content_hash
from digest.model.message import Message
from digest.text.transfer import encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a mail says above its subject: when it is sent, to whom, and how a reader leaves the list.

    `recipient` is an address; "" in a file that a mail program is to send. `is_test`: the same reader will get the
    issue itself later. `is_list`: Digest itself sends to each reader, so that the mail says which list it is of; a list
    server or a service says that itself. `leave` are addresses of the web or of mailboxes, the best first. `one_click`
    says that a POST to the first one, by whoever shows the mail, is all that it takes (RFC 8058): it must name this
    reader, and begin with https.
    """

    date: datetime
    recipient: str = ""
    is_test: bool = False
    leave: tuple[str, ...] = ()
    one_click: bool = False
    is_list: bool = True


def mail(message: Message, heading: Heading) -> bytes:
    """Return the message as RFC 5322 bytes: multipart/alternative, text first, 7-bit, CRLF.

    Each part takes the shorter of quoted-printable and base64.

    Raises:
        MailerError: nobody is configured to send it, an address is none, or a header holds a control character.

    """
    sender = message.sender
    if not sender.address:
        hint = "write sender_address under [mailer]"
        raise MailerError("says no address that the mail is from", where="digest.toml: mailer", hint=hint)
    headers = mailbox("From", sender.name, sender.address)
    if heading.recipient:
        headers += mailbox("To", "", heading.recipient)
    headers += header("Subject", message.subject) + header("Date", format_datetime(heading.date))
    headers += token("Message-ID", message_id(message, heading))
    if sender.reply_to:
        headers += mailbox("Reply-To", "", sender.reply_to)
    return headers + _list_headers(message, heading) + _body(message)


def message_id(message: Message, heading: Heading) -> str:
    """Return the Message-ID: of an issue that goes to a reader, always the same, so that a second copy is known as one.

    A test has another, and a file that nobody is named in: it changes with what is in it.
    """
    is_issue = heading.recipient and not heading.is_test
    told = (message.key, heading.recipient, "" if is_issue else content_hash(message))
    mark = hashlib.sha256("\n".join(told).encode()).hexdigest()[:24]
    return f"<{message.key}.{mark}@{_domain(message)}>"


def _domain(message: Message) -> str:
    return ascii_address(message.sender.address).rpartition("@")[2]


def _list_headers(message: Message, heading: Heading) -> bytes:
    """Return List-Id (RFC 2919), List-Unsubscribe (RFC 2369) and List-Unsubscribe-Post (RFC 8058), where they hold."""
    if not heading.is_list:
        return b""
    lines = b""
    if message.newsletter:
        lines += phrase("List-Id", message.sender.name, f"{message.newsletter}.{_domain(message)}")
    if heading.leave:
        lines += uris("List-Unsubscribe", heading.leave)
    if heading.one_click:
        if not heading.leave or not heading.leave[0].startswith("https://"):
            hint = "write an address that begins with https://"
            raise MailerError("one click needs an https address", where="digest.toml: smtp", hint=hint)
        lines += token("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
    return lines


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
