"""The only door to HTTP: one address in, bytes out, within limits that hold whatever the other side does."""

from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from threading import Event, Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from digest import __version__
from digest.errors import SourceError
from digest.model.page import Known, Page
from digest.text.urls import host
from digest.web.limits import Limits
from digest.web.reach import Reach
from digest.web.secrets import Secret, Secrets

__all__ = ("Limits", "Page", "Secret", "Web")

if TYPE_CHECKING:
    import httpx2

    from digest.web.answering import Answer
    from digest.web.connecting import Resolver, Transport

Tape = Callable[["httpx2.BaseTransport", Secrets], "httpx2.BaseTransport"]
"""What stands between a question and the network: it hears what is answered, or answers itself."""

Step = Callable[[str], None]
"""Told an address before it is asked; it may wait, or raise a SourceError."""

_STEP = 10.0
"""Seconds that one connect or one read may take; `Limits.seconds` is over them all."""


def user_agent(contact: str) -> str:
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
        self._user_agent = user_agent(contact)
        self.limits = limits or Limits()
        self._named, self._resolve = named, resolve
        self._client: httpx2.Client | None = None
        self._transport: Transport | None = None
        self._tape: Tape | None = None
        self._opening = Lock()
        self._stopped = Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def closed(self) -> bool:
        """Tell whether nothing more is asked."""
        return self._stopped.is_set()

    def close(self) -> None:
        """Close all connections, for good: what other threads are asking ends at once, with an error."""
        with self._opening:
            self._stopped.set()
        if self._transport:
            self._transport.close()

    def through(self, tape: Tape) -> None:
        """Let all questions go through `tape`, and ask for whole answers; say so before the first."""
        self._tape = tape

    def get(self, url: str, known: Known | None = None, step: Step | None = None) -> Page:
        """Return what `url` answers; without a body, `unchanged`, where what is `known` of the last address holds.

        `known` is asked about every address on the way, for each has validators of its own. `step` is told each address
        that is redirected to, before it is asked, and may raise a SourceError.

        Raises:
            AnswerError: it answers with an error. `where` is `url`, here and below.
            UnreachedError: it cannot be reached, does not answer in time, or breaks off.
            SourceError: it is no http(s) address or none that may be asked, answers with more than the limit or too
                many redirects.

        """
        with self._answered("GET", url, None if self._tape else known, step) as answer:
            return answer.page()

    def ask(self, url: str) -> int:
        """Return the status that `url` answers in the end, asked with HEAD, and with GET where that is not 2xx.

        Of a body nothing is read.

        Raises:
            SourceError: it is no http(s) address or none that may be asked, does not answer in time, or with too many
                redirects.

        """
        with self.within():
            status = 0
            for method in ("HEAD", "GET"):
                with self._answered(method, url) as answer:
                    status = answer.response.status_code
                if status in range(200, 300):
                    break
        return status

    def wait(self, seconds: float, url: str) -> None:
        """Let time pass before `url` is asked.

        Raises:
            SourceError: everything was closed meanwhile.

        """
        if self._stopped.wait(max(0, seconds)):
            raise SourceError("not asked: this was stopped before", where=url, hint="do it again")

    @contextmanager
    def within(self) -> Iterator[None]:
        """Give all that this thread asks inside the block the time of one question together."""
        from digest.web.connecting import within  # noqa: PLC0415 - as below

        with within(self.limits.seconds):
            yield

    def left(self) -> float:
        """Return how many seconds this thread has left inside `within`."""
        from digest.web.connecting import time_left  # noqa: PLC0415 - as below

        return time_left()

    @contextmanager
    def _answered(
        self, method: str, url: str, known: Known | None = None, step: Step | None = None
    ) -> "Iterator[Answer]":
        """Ask `url` and follow its redirects; yields the last answer, its body unread."""
        from digest.web.answering import Answer, Way  # noqa: PLC0415 - as below
        from digest.web.failing import CHECK, limited  # noqa: PLC0415 - as below

        way, following = Way(known), url
        with limited(url, self.limits, self._secrets):
            for _ in range(self.limits.redirects + 1):
                if not host(following):
                    said = self._secrets.hidden(repr(following))
                    raise SourceError(f"not a web address: {said}", where=url, hint="start it with https://")
                client = self._opened(url)
                request = client.build_request(method, self._secrets.filled(following))
                asked = self._secrets.hidden(str(request.url))
                request.headers.update(way.condition(asked))
                with closing(client.send(request, stream=True)) as response:
                    if response.next_request is None:
                        yield Answer(url=url, response=response, way=way, limits=self.limits, secrets=self._secrets)
                        return
                    way.moved(asked, response.status_code)
                    following = self._secrets.hidden(str(response.next_request.url))  # it may lead elsewhere
                if step:
                    step(following)
            raise SourceError(f"more than {self.limits.redirects} redirects", where=url, hint=CHECK)

    def _opened(self, url: str) -> "httpx2.Client":
        """Return the client, which is opened when the first address is asked for."""
        with self._opening:
            self.wait(0, url)
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
            timeout=min(self.limits.seconds, _STEP),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            trust_env=False,
            transport=self._tape(self._transport, self._secrets) if self._tape else self._transport,
        )
