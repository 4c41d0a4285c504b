"""digest.web against a real server on loopback that behaves well, badly and slowly."""

import contextlib
import gzip
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from digest import __version__
from digest.errors import AnswerError, SourceError
from digest.model.page import Validators
from digest.web import Limits, Page, Secret, Web
from digest.web.secrets import Secrets

NAMED = ("127.0.0.1",)
ECHOED: list[str] = []
"""What was asked of /echo, as the server heard it."""
TIDE = "Flut für alle".encode()


class Shore(BaseHTTPRequestHandler):
    """What each path answers; `seen` are the headers of all requests."""

    seen: list[dict[str, str]]

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        type(self).seen.append(dict(self.headers))
        with contextlib.suppress(ConnectionError):
            getattr(self, f"answer_{self.path.strip('/').partition('/')[0]}")()

    def answer_fine(self) -> None:
        self.answer(200, TIDE, {"Content-Type": "Text/HTML; charset=UTF-8", "Set-Cookie": "a=b; Path=/"})

    def answer_bare(self) -> None:
        self.answer(200, b"x", {})

    def answer_squeezed(self) -> None:
        self.answer(200, gzip.compress(b"0" * 3_000_000), {"Content-Encoding": "gzip"})

    def answer_garbled(self) -> None:
        self.answer(200, b"no gzip", {"Content-Encoding": "gzip"})

    def answer_echo(self) -> None:
        """Say the whole question again: in the body, in a header, and with /echo/moved by a redirect."""
        ECHOED.append(self.path)
        if self.path.startswith("/echo/away"):
            port = self.connection.getsockname()[1]
            self.answer(302, b"", {"Location": f"http://localhost:{port}{self.path.replace('/away', '')}"})
        elif self.path.startswith("/echo/moved"):
            self.answer(301, b"", {"Location": self.path.replace("/moved", "")})
        else:
            self.answer(400 if "fail" in self.path else 200, self.path.encode(), {"X-Asked": self.path})

    def answer_status(self) -> None:
        self.answer(int(self.path.rpartition("/")[2]), b"sorry", {})

    def answer_moved(self) -> None:
        self.answer(301, b"", {"Location": "/fine"})

    def answer_versioned(self) -> None:
        """Answer 304 to whoever names the version there is."""
        said = {"ETag": 'W/"tide, 1"', "Last-Modified": "Tue, 22 Oct 2024 09:00:00 GMT"}
        held = self.headers["If-None-Match"] == said["ETag"]
        self.answer(304 if held else 200, b"" if held else TIDE, said)

    def answer_stale(self) -> None:
        """Answer 304 whatever is asked."""
        self.answer(304, b"", {})

    def answer_step(self) -> None:
        """Lead on along a path of statuses: /step/301/302 answers 301 to /step/302, and this 302 to /fine."""
        status, _, rest = self.path.removeprefix("/step/").partition("/")
        self.answer(int(status), b"", {"Location": f"/step/{rest}" if rest else "/versioned"})

    def answer_loop(self) -> None:
        self.answer(302, b"", {"Location": "/loop"})

    def answer_file(self) -> None:
        self.answer(302, b"", {"Location": "file:///etc/hostname"})

    def answer_hangup(self) -> None:
        self.close_connection = True

    def answer_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b".")
            time.sleep(0.05)

    def answer_winding(self) -> None:
        """Lead on and on, each time after a while that is nothing much by itself."""
        time.sleep(0.35)
        number = int(self.path.rpartition("/")[2])
        self.answer(302, b"", {"Location": f"/winding/{number + 1}"})

    def answer_heads(self) -> None:
        """Send a head a byte at a time, as `answer_drip` does a body."""
        for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX-Slow: " + b"." * 60 + b"\r\n\r\n.":
            self.wfile.write(bytes([byte]))
            time.sleep(0.05)

    def answer_early(self) -> None:
        """Say again and again that the answer is on its way."""
        for _ in range(100):
            self.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
            time.sleep(0.05)

    def answer_late(self) -> None:
        """Lead into silence when most of the time is over."""
        time.sleep(0.4)
        self.answer(302, b"", {"Location": "/silence"})

    def answer_silence(self) -> None:
        time.sleep(1.5)

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
        """Say nothing."""


@pytest.fixture
def shore() -> Iterator[str]:
    Shore.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shore)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(contact="https://tide.example/about", limits=Limits(size=1_000_000), named=NAMED) as web:
        yield web


@pytest.fixture
def hasty() -> Iterator[Web]:
    with Web(limits=Limits(seconds=0.5), named=NAMED) as web:
        yield web


def refusal(web: Web, url: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        web.get(url)
    assert caught.value.where == url
    assert caught.value.hint
    return caught.value


def test_a_page_comes_with_its_type_its_charset_and_its_headers(web: Web, shore: str) -> None:
    fine, bare = web.get(f"{shore}/fine"), web.get(f"{shore}/bare")
    kind = fine.header("Content-Type")
    assert fine == Page(url=f"{shore}/fine", body=TIDE, media_type="text/html", charset="utf-8", headers=fine.headers)
    assert kind.lower().replace(" ", "") == "text/html;charset=utf-8"
    assert (bare.body, bare.media_type, bare.charset, bare.header("etag")) == (b"x", "", "", "")


def test_it_says_who_it_is_and_keeps_no_cookie(web: Web, shore: str) -> None:
    web.get(f"{shore}/fine")
    web.get(f"{shore}/fine")
    assert [headers["User-Agent"] for headers in Shore.seen] == [
        f"Digest/{__version__} (+https://tide.example/about)"
    ] * 2
    assert not any("Cookie" in headers for headers in Shore.seen)


def test_several_threads_ask_through_one_client(web: Web, shore: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(web.get, [f"{shore}/fine"] * 40))
    assert {page.body for page in pages} == {TIDE}
    assert len(Shore.seen) == 40
    assert not any("Cookie" in headers for headers in Shore.seen)


@pytest.mark.parametrize(
    ("contact", "said"), [("", ""), ("Ole\r\nX: y", " (+Ole X: y)"), ("möwe@x.example", " (+mwe@x.example)")]
)
def test_a_contact_cannot_break_the_header(shore: str, contact: str, said: str) -> None:
    with Web(contact=contact, named=NAMED) as web:
        web.get(f"{shore}/bare")
    assert Shore.seen[0]["User-Agent"] == f"Digest/{__version__}{said}"


def test_a_redirect_is_followed_and_the_last_address_named(web: Web, shore: str) -> None:
    assert web.get(f"{shore}/moved").url == f"{shore}/fine"


def test_what_is_known_is_asked_by_word_for_word(web: Web, shore: str) -> None:
    first = web.get(f"{shore}/versioned")
    again = web.get(f"{shore}/versioned", lambda url: first.validators if url == first.url else None)
    assert (first.unchanged, first.body) == (False, TIDE)
    assert (again.unchanged, again.body, again.validators) == (True, b"", first.validators)
    asked = [(each.get("If-None-Match"), each.get("If-Modified-Since")) for each in Shore.seen]
    assert asked == [(None, None), ('W/"tide, 1"', "Tue, 22 Oct 2024 09:00:00 GMT")]


def test_of_what_is_known_nothing_is_made_up(web: Web, shore: str) -> None:
    said = Validators(last_modified="yesterday, or so")
    assert web.get(f"{shore}/versioned", lambda _: said).body == TIDE
    assert "If-None-Match" not in Shore.seen[0]
    assert Shore.seen[0]["If-Modified-Since"] == "yesterday, or so"


def test_a_version_is_asked_for_where_it_was_given(web: Web, shore: str) -> None:
    """A redirect is not asked by the validators of what it leads to, nor the other way round."""
    known = {f"{shore}/versioned": web.get(f"{shore}/versioned").validators}
    assert web.get(f"{shore}/step/301", known.get).unchanged
    assert ["If-None-Match" in each for each in Shore.seen] == [False, False, True]
    assert not web.get(f"{shore}/fine", known.get).unchanged


def test_an_address_is_known_as_its_page_writes_it(web: Web, shore: str) -> None:
    odd = f"{shore}/versioned/möwe?x=a b"
    first = web.get(odd)
    assert first.url == f"{shore}/versioned/m%C3%B6we?x=a%20b"
    assert web.get(odd, {first.url: first.validators}.get).unchanged


def test_nobody_says_unchanged_unasked(web: Web, shore: str) -> None:
    error = refusal(web, f"{shore}/stale")
    assert "304 Not Modified" in error.message
    assert "nobody asked" in error.hint


@pytest.mark.parametrize(
    ("path", "moved"),
    [
        ("versioned", []),
        ("step/301", ["step/301"]),
        ("step/301/308", ["step/301/308", "step/308"]),
        ("step/301/302", []),
        ("step/302/301", ["step/301"]),
        ("step/307", []),
    ],
)
def test_addresses_have_moved_where_all_behind_them_is_for_good(
    web: Web, shore: str, path: str, moved: list[str]
) -> None:
    page = web.get(f"{shore}/{path}")
    assert (page.url, list(page.moved_from)) == (f"{shore}/versioned", [f"{shore}/{each}" for each in moved])


def test_an_endless_redirect_ends(web: Web, shore: str) -> None:
    assert "redirects" in refusal(web, f"{shore}/loop").message
    assert len(Shore.seen) == Limits().redirects + 1


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "ftp://a.example/x", "no address", "http://", "http://a:b/", ""]
)
def test_only_web_addresses_are_fetched(web: Web, url: str) -> None:
    with pytest.raises(SourceError, match="not a web address"):
        web.get(url)


def test_a_redirect_to_a_file_is_not_followed(web: Web, shore: str) -> None:
    assert "not a web address: 'file:" in refusal(web, f"{shore}/file").message


@pytest.mark.parametrize(
    ("status", "said", "hint"),
    [
        (401, "401 Unauthorized", "login"),
        (403, "403 Forbidden", "owner"),
        (404, "404 Not Found", "check the address"),
        (410, "410 Gone", "taken down"),
        (429, "429 Too Many Requests", "later"),
        (500, "500 Internal Server Error", "later"),
    ],
)
def test_an_error_is_told_with_what_to_do(web: Web, shore: str, status: int, said: str, hint: str) -> None:
    error = refusal(web, f"{shore}/status/{status}")
    assert said in error.message
    assert hint in error.hint


def test_too_much_is_refused_however_small_it_was_on_the_way(web: Web, shore: str) -> None:
    assert "larger than 1,000,000 bytes" in refusal(web, f"{shore}/squeezed").message


@pytest.mark.parametrize("path", ["drip", "silence", "winding/1", "heads", "early"])
@pytest.mark.parametrize("way", ["get", "ask"])
def test_a_slow_answer_ends_at_the_deadline_however_it_is_spun_out(hasty: Web, shore: str, path: str, way: str) -> None:
    start = time.monotonic()
    if (way, path) == ("ask", "drip"):  # of a body nothing is read
        assert hasty.ask(f"{shore}/{path}") == 200
    else:
        with pytest.raises(SourceError, match=r"not done within 0\.5 seconds") as caught:
            getattr(hasty, way)(f"{shore}/{path}")
        assert caught.value.where == f"{shore}/{path}"
    assert time.monotonic() - start < 1


@pytest.mark.parametrize("way", ["get", "ask"])
def test_the_last_step_has_what_is_left_and_no_more(hasty: Web, shore: str, way: str) -> None:
    start = time.monotonic()
    with pytest.raises(SourceError, match=r"not done within 0\.5 seconds"):
        getattr(hasty, way)(f"{shore}/late")
    assert time.monotonic() - start < 0.8  # a whole step more would end it at 0.9


def test_one_long_wait_ends_before_the_deadline(shore: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.web._STEP", 0.2)
    with Web(named=NAMED) as web:
        start = time.monotonic()
        assert "the server did not answer in time" in refusal(web, f"{shore}/silence").message
        assert time.monotonic() - start < 1


def test_a_deadline_is_each_questions_own(hasty: Web, shore: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        slow = [pool.submit(refusal, hasty, f"{shore}/silence") for _ in range(2)]
        time.sleep(0.3)
        late = time.monotonic()
        assert hasty.get(f"{shore}/fine").body == TIDE
        assert all("0.5 seconds" in each.result().message for each in slow)
        assert time.monotonic() - late < 0.5
    assert hasty.get(f"{shore}/fine").body == TIDE


def test_closing_ends_what_is_being_asked(web: Web, shore: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(refusal, web, f"{shore}/{path}") for path in ("silence", "drip")]
        time.sleep(0.3)
        start = time.monotonic()
        web.close()
        assert ["could not be read" in each.result().message for each in waiting] == [True, True]
        assert time.monotonic() - start < 0.5
    assert "stopped" in refusal(web, f"{shore}/fine").message


@pytest.mark.parametrize("path", ["garbled", "hangup"])
def test_a_broken_answer_is_an_error_of_ours(web: Web, shore: str, path: str) -> None:
    assert "could not be read" in refusal(web, f"{shore}/{path}").message


def test_nobody_there_is_an_error_of_ours(web: Web) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shore)
    server.server_close()
    assert "cannot be reached" in refusal(web, f"http://127.0.0.1:{server.server_port}/").message


@pytest.mark.parametrize("url", ["http://a..b/", f"http://{'a' * 70}.example/"])
def test_a_host_that_no_name_server_takes_is_an_error_of_ours(web: Web, url: str) -> None:
    refusal(web, url)


def test_an_error_that_was_answered_says_its_status_and_its_reason(shore: str, web: Web) -> None:
    with pytest.raises(AnswerError) as caught:
        web.get(f"{shore}/status/410")
    assert (caught.value.status, caught.value.body) == (410, b"sorry")
    assert caught.value.where == f"{shore}/status/410"


KEY = "22444f78447824223cefc48062"


@pytest.fixture
def keyed(shore: str) -> Iterator[Web]:
    secrets = [Secret(name="QUAY_KEY", value=KEY, site=f"{shore}/ghost")]
    with Web(named=(*NAMED, "localhost"), secrets=secrets) as web:
        yield web


@pytest.mark.parametrize("path", ["/echo/it", "/echo/moved/it"])
def test_a_key_is_sent_and_whoever_asked_never_sees_it(shore: str, keyed: Web, path: str) -> None:
    page = keyed.get(f"{shore}{path}?key=$QUAY_KEY&page=2")
    assert (
        page.body == b"/echo/it?key=$QUAY_KEY&page=2"
    )  # hidden again: the server had the key, or it would say %24QUAY…
    assert KEY not in repr(page)
    assert page.header("x-asked") == "/echo/it?key=$QUAY_KEY&page=2"


def test_an_error_tells_no_key(shore: str, keyed: Web) -> None:
    with pytest.raises(AnswerError) as caught:
        keyed.get(f"{shore}/echo/fail?key=$QUAY_KEY")
    assert caught.value.body == b"/echo/fail?key=$QUAY_KEY"
    assert KEY not in str(caught.value) + repr(caught.value.__cause__)


def test_a_key_is_for_its_own_server_alone(shore: str, keyed: Web) -> None:
    elsewhere = shore.replace("127.0.0.1", "localhost")
    assert keyed.get(f"{elsewhere}/echo/it?key=$QUAY_KEY").body == b"/echo/it?key=$QUAY_KEY"
    assert keyed.get(f"{shore}/echo/$QUAY_KEY").body == b"/echo/$QUAY_KEY"  # in the path it is no key


def test_no_redirect_takes_a_key_to_another_server(shore: str) -> None:
    secrets = (Secret(name="QUAY_KEY", value=KEY, site=shore),)
    with Web(named=(*NAMED, "localhost"), secrets=secrets) as web:
        web.get(f"{shore}/echo/away/it?key=$QUAY_KEY")
        assert ECHOED[-2:] == [f"/echo/away/it?key={KEY}", "/echo/it?key=$QUAY_KEY"]
        web.get(f"{shore}/echo/moved/it?key=$QUAY_KEY")
        assert ECHOED[-2:] == [f"/echo/moved/it?key={KEY}", f"/echo/it?key={KEY}"]


def test_no_key_goes_to_another_server() -> None:
    secrets = Secrets([Secret(name="QUAY_KEY", value=KEY, site="https://quay.example/ghost")])
    assert secrets.filled("https://quay.example/a?key=$QUAY_KEY") == f"https://quay.example/a?key={KEY}"
    for other in (
        "http://quay.example/a?key=$QUAY_KEY",
        "https://quay.example:8443/a?key=$QUAY_KEY",
        "https://evil.example/a?key=$QUAY_KEY",
        "https://quay.example@evil.example/a?key=$QUAY_KEY",
        "https://[broken?key=$QUAY_KEY",
    ):
        assert secrets.filled(other) == other
    clear = Secrets([Secret(name="QUAY_KEY", value=KEY, site="http://quay.example")])
    assert clear.filled("https://quay.example/a?key=$QUAY_KEY") == f"https://quay.example/a?key={KEY}"


def test_a_key_that_is_not_there_stands_for_itself() -> None:
    secrets = Secrets([Secret(name="QUAY_KEY", value="", site="https://quay.example")])
    assert secrets.filled("https://quay.example/a?key=$QUAY_KEY") == "https://quay.example/a?key=$QUAY_KEY"
    assert secrets.hidden("nothing") == "nothing"


def test_a_key_is_hidden_however_it_is_written() -> None:
    secrets = Secrets([Secret(name="K", value="a/b+c", site="https://quay.example")])
    assert secrets.filled("https://quay.example/?k=$K") == "https://quay.example/?k=a%2Fb%2Bc"
    assert secrets.hidden("a%2Fb%2Bc or a/b+c") == "$K or $K"
