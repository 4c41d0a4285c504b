"""What an address on the web answered."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server said of a version of its answer, word for word, so that it can be asked whether that still holds.

    `etag` is the header's whole value with its quotes, `last_modified` the other header's.
    """

    etag: str = ""
    last_modified: str = ""


Known = Callable[[str], Validators | None]
"""Says by what an address can be asked whether its answer has changed; None where nothing of it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an address answered: `url` after all redirects, `media_type` and `charset` as declared, in lower case.

    `headers` are names in lower case with their values, in the order in which they came. `unchanged`: the server says
    that what it answered before still holds; there is no body then. `moved_from` are the addresses that have moved to
    `url` for good, as their servers say, the first asked first.
    """

    url: str
    body: bytes
    media_type: str = ""
    charset: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    unchanged: bool = False
    moved_from: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """Return all values of a header, joined by commas; "" where it was not sent."""
        return ", ".join(value for each, value in self.headers if each == name.lower())

    @property
    def validators(self) -> Validators:
        """What this version can be asked for by."""
        return Validators(etag=self.header("etag"), last_modified=self.header("last-modified"))
