"""Answering: what httpx2 has of an answer becomes a page, or an error that says what the server said."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

import httpcore2
import httpx2

from digest.errors import AnswerError, SourceError
from digest.model.page import Known, Page, Validators
from digest.web.connecting import look_at_the_time
from digest.web.failing import CHECK, TRY_LATER
from digest.web.limits import Limits
from digest.web.secrets import Secrets
from digest.web.unpacking import PackingError, TooLargeError, unpacked

OK = range(200, 300)
_NOT_MODIFIED = 304
_FOR_GOOD = (301, 308)
"""Redirects that say: use the new address from now on (RFC 9110, 15.4)."""
_SAID = 10_000
"""Bytes of what a server says with an error that are kept: APIs tell the reason in the first hundred."""

_HINTS = dict.fromkeys(range(300, 400), f"it leads to no address that can be asked; {CHECK}") | {
    _NOT_MODIFIED: f"that answers a question nobody asked: a cache in front of it may be broken; {TRY_LATER}",
    401: "the site asks for a login; ask for an open feed",
    403: "the site refuses this reader; ask its owner to let the user agent in",
    404: CHECK,
    410: "it was taken down for good; remove it or find its new address",
    429: TRY_LATER,
}


class Way:
    """The way from an address to its answer: what is asked with, and which addresses have moved for good."""

    def __init__(self, known: Known | None = None) -> None:
        self._known = known
        self.moved_from: list[str] = []
        self.conditional = False

    def condition(self, url: str) -> dict[str, str]:
        """Return the headers that ask for the answer of `url` only if it has changed; word for word as it was given."""
        said = (self._known and self._known(url)) or Validators()
        pairs = (("If-None-Match", said.etag), ("If-Modified-Since", said.last_modified))
        headers = {name: value for name, value in pairs if value}
        self.conditional = bool(headers)
        return headers

    def moved(self, url: str, status: int) -> None:
        """Note that `url` leads elsewhere; only where all behind it is for good, it has moved to the last address."""
        self.moved_from = [*self.moved_from, url] if status in _FOR_GOOD else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a question after `url`; its body is still to be read."""

    url: str
    response: httpx2.Response
    way: Way = field(default_factory=Way)
    limits: Limits
    secrets: Secrets

    def page(self) -> Page:
        """Return it as a page.

        Raises:
            AnswerError: the server answered with an error.
            SourceError: its body is too large or cannot be unpacked.

        """
        response, secrets = self.response, self.secrets
        unchanged = response.status_code == _NOT_MODIFIED and self.way.conditional
        if response.status_code not in OK and not unchanged:
            raise self._error()
        return Page(
            url=secrets.hidden(str(response.url)),
            body=b"" if unchanged else secrets.hidden_in(self._body()),
            media_type=response.headers.get("content-type", "").partition(";")[0].strip().lower(),
            charset=(response.charset_encoding or "").lower(),
            headers=tuple((name.lower(), secrets.hidden(value)) for name, value in response.headers.multi_items()),
            unchanged=unchanged,
            moved_from=tuple(self.way.moved_from),
        )

    def _error(self) -> AnswerError:
        status = self.response.status_code
        reason = f"{status} {self.response.reason_phrase}".strip()
        message, said = f"the server answered {reason}", self.secrets.hidden_in(self._beginning())
        wait = wait_of(self.response.headers.get("retry-after", ""), self.response.headers.get("date", ""))
        hint = f"it asks to be left alone for {_in_words(wait)}" if wait else _HINTS.get(status, TRY_LATER)
        error = AnswerError(message, where=self.url, hint=hint, status=status, body=said)
        error.wait = wait
        return error

    def _beginning(self) -> bytes:
        """Read the beginning of a body that only explains; one that breaks off explains no less."""
        body = bytearray()
        broken = (httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError, httpx2.HTTPError)
        with suppress(*broken, PackingError, TooLargeError):
            for piece in self._pieces():
                body += piece
                if len(body) >= _SAID:
                    break
        return bytes(body[:_SAID])

    def _body(self) -> bytes:
        try:
            return b"".join(self._pieces())
        except TooLargeError as error:
            message, hint = f"larger than {self.limits.size:,} bytes", "is this the feed's or the page's own address?"
            raise SourceError(message, where=self.url, hint=hint) from error
        except PackingError as error:
            raise SourceError(f"could not be read: {error}", where=self.url, hint=TRY_LATER) from error

    def _pieces(self) -> Iterator[bytes]:
        """Unpack the body piece by piece, and no further than is allowed."""
        codings = self.response.headers.get("content-encoding", "")
        return unpacked(self.response.iter_raw(), codings, self.limits.size, look_at_the_time)


def wait_of(retry_after: str, date: str) -> float | None:
    """Return the seconds that a server asks to wait: said as such, or as a date, which its own clock counts from.

    None where it says nothing that can be read so.
    """
    if retry_after.isdecimal() and len(retry_after) < 10:  # noqa: PLR2004 - thirty years
        return float(retry_after)
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - parsedate_to_datetime(date)).total_seconds())
    except (ValueError, TypeError, OverflowError):  # no date, or one without a zone beside one with
        return None


def _in_words(seconds: float) -> str:
    """Return how long something takes, in the largest unit of which there are two or more."""
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"
