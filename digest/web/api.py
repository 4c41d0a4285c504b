"""The door to APIs that act: what only asks may be asked again, what acts is done once.

A mailing service that was told to send and does not answer may have sent: then nobody but the service knows, and
telling it again could send twice. So an act is repeated only where it has certainly not begun: nobody took the
connection, or the server said that it has no time now (429).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from digest.errors import AmbiguousError, MailerError, RefusedError, UnsentError
from digest.web import user_agent
from digest.web.limits import Limits
from digest.web.reach import Reach
from digest.web.replies import Kept, Reply, parsed, reason
from digest.web.secrets import Secret, Secrets
from digest.wire import WireError, to_json

if TYPE_CHECKING:
    import httpx2

_ATTEMPTS: Final = 4
_PATIENCE: Final = 60.0
"""Seconds for which a service that asks to be left alone is waited for."""
_TOO_MANY: Final = 429
_FAULT: Final = 500
_HINTS: Final = {
    401: "is the key the right one, and for this account?",
    403: "may the key do this? Give it the right in the service's settings",
    413: "the mail is larger than the service takes: digest check --sizes",
}


class Api:
    """One service's API at `site`. Not for several threads.

    In the values of `headers` a key stands by its name (`token $QUAY_KEY`); it is told to `site` alone. With `kept`
    nothing is done: acts are put in there instead, and questions are asked all the same.
    """

    def __init__(
        self,
        site: str,
        *,
        headers: Mapping[str, str] | None = None,
        secrets: Collection[Secret] = (),
        limits: Limits | None = None,
        kept: list[Kept] | None = None,
    ) -> None:
        self._site, self._secrets, self.kept = site.rstrip("/"), Secrets(secrets), kept
        self._headers = {"Accept": "application/json", **(headers or {})}
        self._limits = limits or Limits(seconds=60)
        self._client: httpx2.Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        if self._client:
            self._client.close()

    def read(self, path: str) -> Reply:
        """Return what is at `path`, which is asked for several times where nothing comes.

        Raises:
            RefusedError: the service says no (3xx, 4xx).
            UnsentError: it was not reached, or gave no whole answer.

        """
        try:
            return self._tried("GET", path, None, _may_be_asked_again)
        except AmbiguousError as error:
            raise UnsentError(error.message, where=error.where, hint="try again later") from error

    def write(self, method: str, path: str, body: Mapping[str, object] | None = None, *, dry: object = None) -> Reply:
        """Have something done, once; `dry` is the JSON that a dry run takes for the answer.

        Raises:
            RefusedError: the service says no (3xx, 4xx): nothing was done.
            UnsentError: it was not reached: nothing was done.
            AmbiguousError: it may have been done.

        """
        if self.kept is not None:
            self.kept.append(Kept(method=method, url=self._site + path, headers=self._headers, body=body))
            return Reply(status=200, json=dry)
        return self._tried(method, path, body, _has_not_begun)

    def _tried(
        self, method: str, path: str, body: Mapping[str, object] | None, again: Callable[[Exception], bool | float]
    ) -> Reply:
        from digest.web.retrying import attempts  # noqa: PLC0415 - heavy: 60 ms, and most commands ask no service

        for attempt in attempts(again, _ATTEMPTS, 2 * self._limits.seconds):
            with attempt:
                return self._asked(method, path, body)
        raise AssertionError  # pragma: no cover - the last attempt returns or raises

    def _asked(self, method: str, path: str, body: Mapping[str, object] | None) -> Reply:
        url = self._site + path
        where = f"{method} {url}"
        headers = {**self._headers, **({} if body is None else {"Content-Type": "application/json"})}
        with self._told(where):
            request = self._opened().build_request(
                method,
                self._secrets.filled(url),
                headers=self._sayable(self._secrets.filled_in(headers, url), where),
                content=None if body is None else to_json(dict(body)),
            )
            with closing(self._opened().send(request, stream=True)) as response:
                said = self._secrets.hidden_in(_body(response, self._limits.size))
        return self._read(response, said, where)

    def _sayable(self, headers: dict[str, str], where: str) -> dict[str, str]:
        """Return headers that can be sent; a key with a letter that none can have is told by its name alone."""
        for name, value in headers.items():
            if not value.isascii() or not value.isprintable():
                said = self._headers.get(name, name)
                raise MailerError(f"{said}: the key holds a letter that no key has", where=where, hint="copy it again")
        return headers

    def _read(self, response: "httpx2.Response", said: bytes, where: str) -> Reply:
        """Return the answer, or raise what it means that there is none to use."""
        status, why = response.status_code, reason(said)
        told = f"the service answered {status} {response.reason_phrase}".strip() + (f": {why}" if why else "")
        if status >= _FAULT:
            raise AmbiguousError(told, where=where, status=status)
        if status not in range(200, 300):
            raise self._refused(response, said, told, where)
        headers = {name.lower(): self._secrets.hidden(value) for name, value in response.headers.items()}
        try:
            return Reply(status=status, headers=headers, json=parsed(said))
        except WireError as error:
            raise AmbiguousError(f"the service's answer is no JSON: {error.message}", where=where) from error

    @staticmethod
    def _refused(response: "httpx2.Response", said: bytes, told: str, where: str) -> RefusedError:
        from digest.web.answering import wait_of  # noqa: PLC0415 - as below

        status = response.status_code
        try:
            why = parsed(said)
        except WireError:
            why = None
        error = RefusedError(told, where=where, hint=_HINTS.get(status, ""), status=status, said=why)
        if status == _TOO_MANY:
            error.wait = wait_of(response.headers.get("retry-after", ""), response.headers.get("date", ""))
            error.hint = f"it asks to be left alone for {error.wait:.0f} seconds" if error.wait else "try again later"
        return error

    @contextmanager
    def _told(self, where: str) -> Iterator[None]:
        """Give one question its time, and let what goes wrong say whether a byte of it had left."""
        import httpcore2  # noqa: PLC0415 - as below
        import httpx2  # noqa: PLC0415 - as below

        from digest.web.connecting import within  # noqa: PLC0415 - as below
        from digest.web.failing import stays  # noqa: PLC0415 - as below
        from digest.web.unpacking import PackingError, TooLargeError  # noqa: PLC0415 - as below

        with within(self._limits.seconds):
            try:
                yield
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                message = f"cannot be reached: {self._secrets.hidden(str(error)) or 'no answer'}"
                unsent = UnsentError(message, where=where, hint="is the network up? Is the address right?")
                unsent.soon = not stays(error)
                raise unsent from error
            except (httpx2.InvalidURL, httpcore2.UnsupportedProtocol, httpx2.UnsupportedProtocol) as error:
                raise UnsentError("is no web address", where=where, hint="start it with https://") from error
            except httpcore2.TimeoutException as error:
                raise AmbiguousError("the service did not answer in time", where=where) from error
            except TooLargeError as error:
                raise AmbiguousError("the service answers with more than can be read", where=where) from error
            except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.HTTPError, PackingError) as error:
                why = self._secrets.hidden(str(error)) or type(error).__name__
                raise AmbiguousError(f"the service broke off: {why}", where=where) from error

    def _opened(self) -> "httpx2.Client":
        """Return the client. It follows no redirect and keeps no cookie."""
        if self._client is None:
            # Heavy, 100 ms: most commands ask no service.
            from http.cookiejar import CookieJar, DefaultCookiePolicy  # noqa: PLC0415 - as said

            import httpx2  # noqa: PLC0415 - as said

            from digest.web.connecting import Connector, Transport, addresses, places  # noqa: PLC0415 - as said
            from digest.web.unpacking import ACCEPTED  # noqa: PLC0415 - as said

            connector = Connector(addresses, Reach(named=frozenset(places(self._site))))
            self._client = httpx2.Client(
                headers={"User-Agent": user_agent(""), "Accept-Encoding": ACCEPTED},
                timeout=self._limits.seconds,
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                trust_env=False,
                transport=Transport(connector),
            )
        return self._client


def _body(response: "httpx2.Response", most: int) -> bytes:
    from digest.web.connecting import look_at_the_time  # noqa: PLC0415 - as above
    from digest.web.unpacking import unpacked  # noqa: PLC0415 - as above

    packed = response.headers.get("content-encoding", "")
    return b"".join(unpacked(response.iter_raw(), packed, most, look_at_the_time))


def _has_not_begun(error: Exception) -> bool | float:
    """Tell whether what raised `error` was certainly not done and may be soon; or in how many seconds."""
    if isinstance(error, RefusedError) and error.status == _TOO_MANY:
        return error.wait <= _PATIENCE and error.wait if error.wait is not None else True
    return isinstance(error, UnsentError) and error.soon


def _may_be_asked_again(error: Exception) -> bool | float:
    return True if isinstance(error, AmbiguousError) else _has_not_begun(error)
