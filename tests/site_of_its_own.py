"""A whole small magazine on loopback, made from one table of articles: feeds, pages, sitemaps, redirects, bad answers.

`with magazine() as site:` serves five articles; `Site(pieces)` answers without a network (`site.answered(path)`). The
table is changed between two ingests with `change`, `publish` and `take_down`; `answer` puts any answer at any path,
`routes` a function at all paths of a beginning. `asked` counts every path with its query, `seen` has each request.

Paths: `/` (the front page), `/SLUG/`, `/SLUG/amp/`, `/m/SLUG/` (for telephones), `/feed.xml` (RSS 2.0, whole bodies),
`/excerpts.xml`, `/atom.xml`, `/feed.json`, `/rdf.xml`, `/old91.xml`, `/old92.xml`, `/feed/?paged=N` (WordPress's; 404
behind the last), `/pages.xml?page=N` (Atom, RFC 5005 `next`), `/archives.xml` and `/archives/N.xml` (RFC 5005
`prev-archive`), `/pages.json?page=N` (`next_url`), `/news-sitemap.xml`, `/sitemap.xml` (an index of `/sitemaps/N.xml`,
a month each, and of the news sitemap), the same two and `/sitemaps/N.xml` with `.gz` behind them, `/robots.txt`,
`/pictures/…`. An article whose slug was changed is redirected to; one that is gone answers with its status.
"""

import contextlib
import gzip
import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import site_shapes as shapes
from digest.model.page import Page
from site_articles import Piece, written
from site_shapes import Shelf

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf50"
    "0f00038201815f9b7f090000000049454e44ae426082"
)
XML, RSS, ATOM = "application/xml", "application/rss+xml; charset=utf-8", "application/atom+xml; charset=utf-8"
HTML, JSON = "text/html; charset=utf-8", "application/feed+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a path answers. The rest is for bad days.

    `wait`: seconds before anything comes; `drip`: seconds before each byte; `missing`: so many bytes fewer than were
    promised; `hang_up`: nothing comes at all.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0
    drip: float = 0
    missing: int = 0
    hang_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request: `path` with its query, `headers` with their names in lower case, `at` in monotonic seconds."""

    method: str
    path: str
    headers: Mapping[str, str]
    at: float


Route = Callable[[str, Mapping[str, str]], Answer | None]
"""(path, its query's first values) -> an answer; None where there is nothing of the kind."""


class Site:
    """The magazine: its table of articles, and what each path answers now."""

    def __init__(self, pieces: Sequence[Piece] | None = None, *, base: str = "https://lockandweir.example") -> None:
        self.pieces = list(written() if pieces is None else pieces)
        self.base = base
        self.shown = 10
        self.robots = "User-agent: *\nAllow: /\n"
        self.moved: dict[str, str] = {}
        self.answers: dict[str, Answer] = {}
        self.routes: dict[str, Route] = {}
        self.asked: Counter[str] = Counter()
        self.unchanged: Counter[str] = Counter()
        self.seen: list[Asked] = []
        self.validating = True
        self._lock = threading.Lock()

    def at(self, path: str) -> str:
        """Return a path's whole address."""
        return f"{self.base}{path}"

    def piece(self, slug: str) -> Piece:
        """Return the article that has a slug now."""
        return next(piece for piece in self.pieces if piece.slug == slug)

    def change(self, slug: str, /, **fields: Any) -> Piece:
        """Change an article: its words, its guid; with a new slug the old address leads to the new one."""
        before = self.piece(slug)
        after = replace(before, **fields)
        if after.slug != slug:
            self.moved[slug] = after.slug
            self.moved.pop(after.slug, None)
        self.pieces[self.pieces.index(before)] = after
        return after

    def take_down(self, slug: str, status: int = 410) -> None:
        """Take an article out of everything; its page answers `status`."""
        self.change(slug, status=status)

    def publish(self, piece: Piece) -> None:
        """Put an article into everything."""
        self.pieces.append(piece)

    def answer(self, path: str, answer: Answer) -> None:
        """Let a path (with its query, if it has one) answer this from now on."""
        self.answers[path] = answer

    def get(self, url: str) -> Page:
        """Return what an address of the site answers: a Fetcher without a network, for what is asked of it by hand."""
        answer = self.answered(url.removeprefix(self.base))
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        headers = tuple((name.lower(), value) for name, value in answer.headers.items())
        return Page(url=url, body=answer.body, media_type=kind, headers=headers)

    def live(self) -> list[Piece]:
        """Return the articles that are not gone, the newest first."""
        return sorted(
            (each for each in self.pieces if each.status == 200), key=lambda each: each.published, reverse=True
        )

    def answered(self, path: str) -> Answer:
        """Return what a path with its query answers, without a word about validators."""
        if path in self.answers:
            return self.answers[path]
        split = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(split.query).items()}
        for beginning, route in self.routes.items():
            if split.path.startswith(beginning) and (found := route(split.path, query)):
                return found
        return self._own(split.path, query) or _missing()

    def _own(self, path: str, query: Mapping[str, str]) -> Answer | None:
        newest = self.live()[: self.shown]
        fixed: dict[str, Callable[[], Answer]] = {
            "/": lambda: _said(shapes.front(self._shelf(newest)), HTML),
            "/feed.xml": lambda: _said(shapes.rss(self._shelf(newest)), RSS),
            "/excerpts.xml": lambda: _said(shapes.rss(self._shelf(newest, full=False)), RSS),
            "/atom.xml": lambda: _said(shapes.atom(self._shelf(newest)), ATOM),
            "/feed.json": lambda: _said(shapes.json_feed(self._shelf(newest)), JSON),
            "/rdf.xml": lambda: _said(shapes.rdf(self._shelf(newest)), XML),
            "/old91.xml": lambda: _said(shapes.old_rss(self._shelf(newest), "0.91"), XML),
            "/old92.xml": lambda: _said(shapes.old_rss(self._shelf(newest), "0.92"), XML),
            "/news-sitemap.xml": lambda: _said(shapes.news_sitemap(self._shelf(self.live()[:1_000])), XML),
            "/sitemap.xml": lambda: _said(shapes.sitemap_index(self._maps("")), XML),
            "/sitemap.xml.gz": lambda: _said(shapes.sitemap_index(self._maps(".gz")), XML),
            "/robots.txt": lambda: _said(f"{self.robots}Sitemap: {self.base}/sitemap.xml\n", "text/plain"),
        }
        if path in fixed:
            return fixed[path]()
        if path.endswith(".gz"):
            plain = self._own(path.removesuffix(".gz"), query)
            return plain and Answer(
                body=gzip.compress(plain.body, mtime=0), headers={"Content-Type": "application/gzip"}
            )
        if path.startswith("/pictures/"):
            return Answer(body=PICTURE, headers={"Content-Type": "image/png"})
        return self._paged(path, query) or self._of_month(path) or self._article(path)

    def _paged(self, path: str, query: Mapping[str, str]) -> Answer | None:
        """Answer a page of a feed that has several; behind the last there is none."""
        archive = path.removeprefix("/archives/").removesuffix(".xml") if path.startswith("/archives/") else ""
        number = int(archive or query.get("paged") or query.get("page") or 1)
        pieces = self.live()[self.shown * (number - 1) : self.shown * number]
        if not pieces and number > 1:
            return None
        more = len(self.live()) > self.shown * number
        if path == "/feed/":
            return _said(shapes.rss(self._shelf(pieces)), RSS)
        if path == "/pages.xml":
            links = (("next", self.at(f"/pages.xml?page={number + 1}")),) if more else ()
            return _said(shapes.atom(self._shelf(pieces, links)), ATOM)
        if path == "/archives.xml" or archive:
            links = (("prev-archive", self.at(f"/archives/{number + 1}.xml")),) if more else ()
            return _said(shapes.atom(self._shelf(pieces, links)), ATOM)
        if path == "/pages.json":
            return _said(
                shapes.json_feed(
                    self._shelf(pieces), next_url=self.at(f"/pages.json?page={number + 1}") if more else ""
                ),
                JSON,
            )
        return None

    def _maps(self, ending: str) -> list[tuple[str, str]]:
        """Return the sitemaps of an index: one a month, the newest first, and the news sitemap."""
        months = dict[str, str]()
        for piece in self.live():
            month = f"{piece.published:%Y-%m}"
            months[month] = max(months.get(month, ""), piece.changed.isoformat())
        found = [(self.at(f"/sitemaps/{month}.xml{ending}"), when) for month, when in months.items()]
        return [*found, (self.at(f"/news-sitemap.xml{ending}"), "")]

    def _of_month(self, path: str) -> Answer | None:
        month = path.removeprefix("/sitemaps/").removesuffix(".xml")
        pieces = [piece for piece in self.live() if f"{piece.published:%Y-%m}" == month]
        return _said(shapes.sitemap(self._shelf(pieces)), XML) if pieces else None

    def _article(self, path: str) -> Answer | None:
        slug = path.removeprefix("/m/").removesuffix("amp/").strip("/")
        if slug in self.moved:
            return Answer(status=301, headers={"Location": self.at(path.replace(slug, self.moved[slug]))})
        found = next((piece for piece in self.pieces if piece.slug == slug), None)
        if found is None or found.status != 200:
            return None if found is None else replace(_missing(), status=found.status)
        answer = _said(shapes.page(self._shelf([found]), found), HTML)
        return replace(answer, headers={**answer.headers, "Last-Modified": format_datetime(found.changed, usegmt=True)})

    def _shelf(self, pieces: Sequence[Piece], links: tuple[tuple[str, str], ...] = (), *, full: bool = True) -> Shelf:
        return Shelf(base=self.base, pieces=pieces, links=links, full=full)

    def serve(self, method: str, path: str, headers: Mapping[str, str]) -> Answer:
        """Answer a request, and remember it; 304 where what the client has still holds."""
        with self._lock:
            self.asked[path] += 1
            self.seen.append(Asked(method=method, path=path, headers=headers, at=time.monotonic()))
            answer = self.answered(path)
            if answer.status != 200 or not self.validating or "ETag" in answer.headers:
                return answer
            tag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
            known = {"ETag": tag, **{k: v for k, v in answer.headers.items() if k == "Last-Modified"}}
            if _holds(headers, known):
                self.unchanged[path] += 1
                return Answer(status=304, headers=known)
            return replace(answer, headers={**answer.headers, **known})


def _holds(asked: Mapping[str, str], known: Mapping[str, str]) -> bool:
    """Tell whether what a client has still holds, as RFC 9110 says: an ETag decides alone where one is given."""
    if "if-none-match" in asked:
        return known["ETag"] in asked["if-none-match"]
    since, changed = asked.get("if-modified-since"), known.get("Last-Modified")
    return bool(since and changed) and parsedate_to_datetime(str(changed)) <= parsedate_to_datetime(str(since))


def _said(text: str, kind: str) -> Answer:
    return Answer(body=text.encode(), headers={"Content-Type": kind})


def _missing() -> Answer:
    return Answer(status=404, body=b"<h1>Nothing is moored here</h1>", headers={"Content-Type": HTML})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        answer = self.site.serve(self.command, self.path, {name.lower(): value for name, value in self.headers.items()})
        with contextlib.suppress(ConnectionError):
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        time.sleep(answer.wait)
        if answer.hang_up or answer.missing:
            self.close_connection = True
        if answer.hang_up:
            return
        self.send_response(answer.status)
        length = {} if answer.status == 304 else {"Content-Length": str(len(answer.body) + answer.missing)}
        for name, value in {**answer.headers, **length}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET" and not answer.drip:
            self.wfile.write(answer.body)
        elif self.command == "GET":
            for byte in answer.body:
                time.sleep(answer.drip)
                self.wfile.write(bytes([byte]))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
        """Say nothing."""


@contextlib.contextmanager
def magazine(pieces: Sequence[Piece] | None = None) -> Iterator[Site]:
    """Serve a site on loopback for as long as the block runs; `site.base` is where."""
    site = Site(pieces)
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True  # a slow answer does not hold the test's end
    server.block_on_close = False
    site.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
