"""What rendering gives, and what a mailing service gets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The three faces of an issue. `html` and `text` hold neutral placeholders where a service puts its own tags."""

    html: str
    text: str
    web: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who the mail is from."""

    name: str = ""
    address: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An issue made ready for one service: this is what is hashed, tested and sent."""

    service: str
    key: str
    sender: Sender
    subject: str
    preheader: str
    html: str
    text: str
