"""The only door to HTTP: one address in, bytes out, within limits that hold whatever the other side does."""

from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from digest import __version__
from digest.errors import AnswerError, SourceError
from digest.model.page import Known, Page, Validators
from digest.text.urls import host
from digest.web.reach import InnerAddressError, Reach
from digest.web.secrets import Secret, Secrets

__all__ = ("Limits", "Page", "Secret", "Web")

if TYPE_CHECKING:
    import httpx2

    from digest.web.connecting import Resolver, Transport

_OK = range(200, 300)
_NOT_MODIFIED = 304
_FOR_GOOD = (301, 308)
"""Redirects that say: use the new address from now on (RFC 9110, 15.4)."""
_STEP = 10.0
"""Seconds that one connect or one read may take; `Limits.seconds` is over them all."""
_SAID = 10_000
"""Bytes of what a server says with an error that are kept: APIs tell the reason in the first hundred."""
_TRY_LATER = "try again later; what was read before is kept"
_CHECK = "check the address in a browser"

_STATUS_HINTS = {
    401: "the site asks for a login; ask for an open feed",
    403: "the site refuses this reader; ask its owner to let the user agent in",
    404: _CHECK,
    410: "it was taken down for good; remove it or find its new address",
    429: _TRY_LATER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is read at most: `size` in bytes after decompression, `redirects`, and `seconds`.

    These are over all that an address takes: the search for its host, all redirects, each of their heads and bodies.
    """

    size: int = 25_000_000
    seconds: float = 30.0
    redirects: int = 5


class _Way:
    """The way from an address to its answer: what is asked with, and which addresses have moved for good."""

    def __init__(self, known: Known | None) -> None:
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

    def moved(self, url: str, *, for_good: bool) -> None:
        """Note that `url` leads elsewhere; only where all behind it is for good, it has moved to the last address."""
        self.moved_from = [*self.moved_from, url] if for_good else []


def _user_agent(contact: str) -> str:
    """Return who we are; what a header cannot carry is left out of the contact."""
    name = f"Digest/{__version__}"
    sayable = " ".join(contact.encode("ascii", "ignore").decode().split())
    return f"{name} (+{sayable})" if sayable else name


class Web:
    """A reader of web addresses that says who it is, keeps no cookies and reads no proxy from the environment.

    It asks the Internet alone: no address of this machine or of a network inside, by whatever name or redirect it
    comes, unless `named` has its host. Several threads may ask it at a time.

    `contact` is an address, of a page or for mail, at which a site's owner finds whoever runs this reader. `named` are
    addresses and bare hosts: an address names its host at its port, a bare host is named at every port. `resolve` finds
    a host's addresses (None: as this machine does). `secrets` are keys: see `digest.web.secrets`.
    """

    def __init__(
        self,
        *,
        contact: str = "",
        limits: Limits | None = None,
        named: Collection[str] = (),
        resolve: "Resolver | None" = None,
        secrets: Collection[Secret] = (),
    ) -> None:
        self._secrets = Secrets(secrets)
        self._user_agent = _user_agent(contact)
        self._limits = limits or Limits()
        self._named, self._resolve = named, resolve
        self._client: httpx2.Client | None = None
        self._transport: Transport | None = None
        self._opening = Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def closed(self) -> bool:
        """Tell whether nothing more is asked."""
        return self._closed

    def close(self) -> None:
        """Close all connections, for good: what other threads are asking ends at once, with an error."""
        with self._opening:
            self._closed = True
        if self._transport:
            self._transport.close()

    def get(self, url: str, known: Known | None = None) -> Page:
        """Return what `url` answers; without a body, `unchanged`, where what is `known` of the last address holds.

        `known` is asked about every address on the way: each has validators of its own.

        Raises:
            AnswerError: it answers with an error. `where` is `url`, here and below.
            SourceError: it is no http(s) address or none that may be asked, does not answer in time, answers with more
                than the limit or too many redirects.

        """
        way = _Way(known)
        with self._limited(url), self._answered("GET", url, way) as response:
            return self._page(response, url, way)

    def ask(self, url: str) -> int:
        """Return the status that `url` answers in the end, asked with HEAD, and with GET where that is not 2xx.

        Of a body nothing is read.

        Raises:
            SourceError: it is no http(s) address or none that may be asked, does not answer in time, or with too many
                redirects.

        """
        status = 0
        with self._limited(url):
            for method in ("HEAD", "GET"):
                with self._answered(method, url, _Way(None)) as response:
                    status = response.status_code
                if status in _OK:
                    break
        return status

    @contextmanager
    def _answered(self, method: str, url: str, way: _Way) -> "Iterator[httpx2.Response]":
        """Ask `url` and follow its redirects; yields the last response, its body unread."""
        following = url
        for _ in range(self._limits.redirects + 1):
            if not host(following):
                said = self._secrets.hidden(repr(following))
                raise SourceError(f"not a web address: {said}", where=url, hint="start it with https://")
            client = self._opened(url)
            request = client.build_request(method, self._secrets.filled(following))
            asked = self._secrets.hidden(str(request.url))
            request.headers.update(way.condition(asked))
            with closing(client.send(request, stream=True)) as response:
                if response.next_request is None:
                    yield response
                    return
                way.moved(asked, for_good=response.status_code in _FOR_GOOD)
                following = str(response.next_request.url)
        raise SourceError(f"more than {self._limits.redirects} redirects", where=url, hint=_CHECK)

    def _opened(self, url: str) -> "httpx2.Client":
        """Return the client, which is opened when the first address is asked for."""
        with self._opening:
            if self._closed:
                raise SourceError("not asked: this was stopped before", where=url, hint=_TRY_LATER)
            if self._client is None:
                self._client = self._new_client()
            return self._client

    def _new_client(self) -> "httpx2.Client":
        # Heavy, 100 ms and 20 ms: a build from the archive fetches nothing.
        from http.cookiejar import CookieJar, DefaultCookiePolicy  # noqa: PLC0415 - as said

        import httpx2  # noqa: PLC0415 - as said

        from digest.web.connecting import Connector, Transport, addresses, places  # noqa: PLC0415 - as said
        from digest.web.unpacking import ACCEPTED  # noqa: PLC0415 - as said

        reach = Reach(named=frozenset(place for each in self._named for place in places(each)))
        self._transport = Transport(Connector(self._resolve or addresses, reach))
        return httpx2.Client(
            headers={"User-Agent": self._user_agent, "Accept-Encoding": ACCEPTED},
            timeout=min(self._limits.seconds, _STEP),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            trust_env=False,
            transport=self._transport,
        )

    def _page(self, response: "httpx2.Response", url: str, way: _Way) -> Page:
        unchanged = response.status_code == _NOT_MODIFIED and way.conditional
        if response.status_code not in _OK and not unchanged:
            hint = _STATUS_HINTS.get(response.status_code, _TRY_LATER)
            reason = f"{response.status_code} {response.reason_phrase}".strip()
            message, said = f"the server answered {reason}", self._secrets.hidden_in(self._beginning(response))
            raise AnswerError(message, where=url, hint=hint, status=response.status_code, body=said)
        return Page(
            url=self._secrets.hidden(str(response.url)),
            body=b"" if unchanged else self._secrets.hidden_in(self._body(response, url)),
            media_type=response.headers.get("content-type", "").partition(";")[0].strip().lower(),
            charset=(response.charset_encoding or "").lower(),
            headers=tuple(
                (name.lower(), self._secrets.hidden(value)) for name, value in response.headers.multi_items()
            ),
            unchanged=unchanged,
            moved_from=tuple(way.moved_from),
        )

    def _beginning(self, response: "httpx2.Response") -> bytes:
        """Read the beginning of a body that only explains; one that breaks off explains no less."""
        import httpcore2  # noqa: PLC0415 - as below
        import httpx2  # noqa: PLC0415 - as below

        from digest.web.connecting import look_at_the_time  # noqa: PLC0415 - as above
        from digest.web.unpacking import PackingError, TooLargeError, unpacked  # noqa: PLC0415 - as above

        body = bytearray()
        codings = response.headers.get("content-encoding", "")
        with suppress(httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.HTTPError, PackingError, TooLargeError):
            for piece in unpacked(response.iter_raw(), codings, _SAID, look_at_the_time):
                body += piece
        return bytes(body)

    def _body(self, response: "httpx2.Response", url: str) -> bytes:
        """Unpack the body piece by piece, and no further than is allowed."""
        from digest.web.connecting import look_at_the_time  # noqa: PLC0415 - as above
        from digest.web.unpacking import PackingError, TooLargeError, unpacked  # noqa: PLC0415 - as above

        codings = response.headers.get("content-encoding", "")
        try:
            return b"".join(unpacked(response.iter_raw(), codings, self._limits.size, look_at_the_time))
        except TooLargeError as error:
            message = f"larger than {self._limits.size:,} bytes"
            raise SourceError(message, where=url, hint="is this the feed's or the page's own address?") from error
        except PackingError as error:
            raise SourceError(f"could not be read: {error}", where=url, hint=_TRY_LATER) from error

    @contextmanager
    def _limited(self, url: str) -> Iterator[None]:
        """Give the block its time, and turn the errors of httpx2 and of what lies below it into ours."""
        import httpcore2  # noqa: PLC0415 - as above
        import httpx2  # noqa: PLC0415 - as above

        from digest.web.connecting import is_over, within  # noqa: PLC0415 - as above

        unfit = (httpx2.InvalidURL, UnicodeError)
        with within(self._limits.seconds):
            try:
                yield
            except InnerAddressError as error:
                hint = "if it is yours, name its host in digest.toml: [magazine] hosts"
                raise SourceError(str(error), where=url, hint=hint) from error
            except httpcore2.TimeoutException as error:
                late = f"not done within {self._limits.seconds:g} seconds"
                message = late if is_over() else "the server did not answer in time"
                raise SourceError(message, where=url, hint=_TRY_LATER) from error
            except httpcore2.ConnectError as error:
                hint = f"{_CHECK}; is the network up?"
                raise SourceError(
                    f"cannot be reached: {self._secrets.hidden(str(error))}", where=url, hint=hint
                ) from error
            except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.HTTPError, *unfit) as error:
                message = f"could not be read: {self._secrets.hidden(str(error)) or type(error).__name__}"
                raise SourceError(message, where=url, hint=_TRY_LATER) from error
