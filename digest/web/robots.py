"""robots.txt (RFC 9309): which pages its owner wants to be left alone, and how slowly the others are asked for."""

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.errors import AnswerError, SourceError, UnreachedError
from digest.model.page import Page

if TYPE_CHECKING:
    from protego import Protego

AGENT = "Digest"
"""The name that robots.txt calls us by (RFC 9309, 2.2.1: the product token of the user agent)."""

LARGEST = 500 * 1024
"""RFC 9309, 2.5: so many bytes must be read, and no more are."""
_WORK = 1_000_000
"""Agents times rules that are read: each rule of a group is kept for each of its agents, and the largest file allowed
could ask for 400 million. Of real ones a thousand agents with a rule each is much."""
_TOO_MANY, _FAULT = 429, 500

Fetch = Callable[[str], Page]


class Robots:
    """The robots.txt of every host that pages are asked of, each asked for once by `fetch`. Threads may share it."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._hosts: dict[str, _Rules] = {}
        self._lock = Lock()

    def delay(self, url: str) -> float:
        """Return the seconds that the host of `url` wants between two questions; 0 where it does not say."""
        return self._rules(url).delay

    def check(self, url: str, where: str) -> None:
        """Let `url` pass, which is asked on behalf of `where`.

        Raises:
            SourceError: its robots.txt forbids it, or cannot be read now, which forbids everything (2.3.1.4).

        """
        self._rules(url).check(url, where)

    def _rules(self, url: str) -> "_Rules":
        split = urlsplit(url)
        origin = f"{split.scheme}://{split.netloc}".lower()
        with self._lock:
            rules = self._hosts.setdefault(origin, _Rules(origin))
        rules.read(self._fetch)
        return rules


class _Rules:
    """What one host says."""

    def __init__(self, origin: str) -> None:
        self._origin, self._host = origin, urlsplit(origin).hostname or origin
        self._lock = Lock()
        self._said: Protego | None = None
        self._unread = ""
        self.delay = 0.0

    def read(self, fetch: Fetch) -> None:
        """Ask for it, unless that was done before."""
        from protego import Protego  # noqa: PLC0415 - heavy: 20 ms, and most builds fetch nothing

        with self._lock:
            if self._said is not None or self._unread:
                return
            text = ""
            try:
                text = fetch(f"{self._origin}/robots.txt").body[:LARGEST].decode("utf-8", "replace")
            except UnreachedError as error:
                self._unread = error.message
            except AnswerError as error:
                # 2.3.1.3: what is not there forbids nothing. "Too many requests" is no such answer.
                if error.status >= _FAULT or error.status == _TOO_MANY:
                    self._unread = error.message
            except SourceError:
                pass  # nothing will ever come from there: of this host the page itself says why
            if _work(text) > _WORK:
                text, self._unread = "", "it has more rules than can be read"
            self._said = Protego.parse(text)
            self.delay = self._said.crawl_delay(AGENT) or 0.0

    def check(self, url: str, where: str) -> None:
        if self._unread:
            message = f"robots.txt of {self._host} cannot be read ({self._unread}), so nothing was asked"
            raise SourceError(message, where=where, hint="try again later; what was read before is kept")
        if self._said and not self._said.can_fetch(url, AGENT):
            hint = f"its owner lets us in with User-agent: {AGENT}, Allow: / there; if it is yours: [magazine] hosts"
            raise SourceError(f"robots.txt of {self._host} forbids it", where=where, hint=hint)


def _work(text: str) -> int:
    """Return how many rules for how many agents a robots.txt asks to be kept, at most."""
    lines = [line.lstrip().lower() for line in text.splitlines()]
    agents = sum(line.startswith("user") for line in lines)
    return agents * max(agents, len(lines) - agents)
