"""What rendering gives, and what a mailing service gets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFile:
    """A picture that the mail refers to: its file's name in the issue's folder, its bytes, and its address."""

    name: str
    url: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The three faces of an issue. `html` and `text` hold neutral placeholders where a service puts its own tags.

    `pictures` are the copies that belong beside them, where there are some.
    """

    html: str
    text: str
    web: str
    pictures: tuple[PictureFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who the mail is from."""

    name: str = ""
    address: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An issue made ready for one service: this is what is hashed, tested and sent.

    `newsletter` is the one of which it is an issue. `pictures` have to stand at their addresses before it is sent; the
    mail names them, and thereby their sources.
    """

    service: str
    key: str
    sender: Sender
    subject: str
    preheader: str
    html: str
    text: str
    pictures: tuple[PictureFile, ...] = ()
    newsletter: str = ""
