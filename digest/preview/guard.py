"""The guard: who is answered at all, whatever was asked.

The desk stands on loopback, where every page that the editor has open elsewhere can send requests, and every program
of every user of the machine too. So a request must name this very address as its host (a name of the attacker's own
can be pointed at 127.0.0.1: DNS rebinding), must not come from another page (Origin, Sec-Fetch-Site: another port of
127.0.0.1 is another origin, but the same site, so that a SameSite cookie alone is no help), and must have the cookie
that the address which `digest preview` opens hands out. What changes something must be a POST of JSON, of a bounded
size, that says its origin. Sources: Fetch Metadata (W3C), RFC 6265bis, OWASP's sheet on cross-site request forgery.
"""

from dataclasses import dataclass, field
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import Scope

LARGEST = 256 * 1024
"""Bytes of a request's body: an opening of a thousand words in any script is a tenth of it."""

OPEN_TO_FRAMES = "/frame/picture/"
"""What a sandboxed frame fetches: it has no origin, sends no cookie, and its requests are cross-site. The names there
are secrets themselves."""

_READING = frozenset({"GET", "HEAD"})
_OURS = frozenset({"", "same-origin", "none"})
"""Sec-Fetch-Site of a request that no other page has made; "" where a program or an old browser says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a request is not answered: HTTP's status, and words for whoever sees it."""

    status: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """The secrets of one desk on one port: the token in the address that is opened, and the cookie that it becomes."""

    port: int
    token: str = field(default_factory=token_urlsafe, repr=False)
    secret: str = field(default_factory=token_urlsafe, repr=False)

    @property
    def url(self) -> str:
        """Return the address to open."""
        return f"{self.origin}/?token={self.token}"

    @property
    def origin(self) -> str:
        """Return the desk's origin."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def cookie(self) -> str:
        """Return the cookie's name. All ports of a host share their cookies, so that each desk's has its own."""
        return f"digest-desk-{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """Return what a request may name as its host."""
        names = {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}
        return frozenset(names | {"127.0.0.1", "localhost"} if self.port == 80 else names)  # noqa: PLR2004 - HTTP's own

    def admits(self, query: bytes) -> bool:
        """Tell whether a query has the token."""
        given = parse_qs(query.decode("latin-1")).get("token", [""])
        return len(given) == 1 and _same(given[0], self.token)

    def refusal(self, scope: Scope, headers: Headers) -> Refusal | None:
        """Return why a request is refused before anybody looks at what it asks for; None for one of ours."""
        if scope["type"] != "http" or "upgrade" in headers:
            return Refusal(status=403, message="The desk speaks plain HTTP alone.")
        if headers.getlist("host") not in [[host] for host in self.hosts]:
            return Refusal(status=403, message="Open the address that digest preview printed.")
        if scope["path"].startswith(OPEN_TO_FRAMES) and scope["method"] in _READING:
            return None
        return self._foreign(headers) or self._unknown(scope, headers) or self._writing(scope, headers)

    def _foreign(self, headers: Headers) -> Refusal | None:
        """Return why a request that another page has made is refused."""
        origins = {f"http://{host}" for host in self.hosts}
        if headers.get("sec-fetch-site", "") not in _OURS or headers.get("origin", self.origin) not in origins:
            return Refusal(status=403, message="Another page has asked for this: open the desk by its own address.")
        return None

    def _unknown(self, scope: Scope, headers: Headers) -> Refusal | None:
        """Return why whoever has neither the cookie nor the token is refused. The token opens the page alone."""
        opens = scope["path"] == "/" and scope["method"] == "GET" and self.admits(scope["query_string"])
        if opens or any(_same(value, self.secret) for value in _cookies(headers, self.cookie)):
            return None
        words = (
            "Open the address that digest preview printed: it ends in ?token=…. A desk that was restarted has another."
        )
        return Refusal(status=403, message=words)

    def _writing(self, scope: Scope, headers: Headers) -> Refusal | None:
        """Return why a request that would change something is refused."""
        if scope["method"] in _READING:
            return None
        if scope["method"] != "POST":
            return Refusal(status=405, message="The desk is asked with GET, HEAD and POST alone.")
        if "origin" not in headers:
            return Refusal(status=403, message="A change must say its Origin.")
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return Refusal(status=415, message="A change is JSON: Content-Type application/json.")
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length) > LARGEST:
            return Refusal(status=413, message=f"A change has at most {LARGEST} bytes.")
        return None


def _cookies(headers: Headers, name: str) -> list[str]:
    """Return the values of all cookies of a name; none from a header that is no cookie's."""
    found = []
    for header in headers.getlist("cookie"):
        try:
            jar = SimpleCookie(header)
        except CookieError:
            continue
        found += [morsel.value for key, morsel in jar.items() if key == name]
    return found


def _same(given: str, secret: str) -> bool:
    return compare_digest(given.encode(), secret.encode())
