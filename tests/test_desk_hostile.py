"""Requests that mean ill, and requests that mean nothing: refused or harmless, and the issue is as it was."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from desk_running import Answer, RunningDesk, desk, sample
from digest.preview.guard import LARGEST
from running import files

SECRETS = (b"schema = 1", b"Skerrow", b'"version"')
"""Words of edits.toml, of a headline, of the state: whoever is refused reads none of them."""

WRITES = ("/do", "/undo", "/redo", "/waive", "/unwaive", "/approve")


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def running(newsroom: Path) -> Iterator[RunningDesk]:
    with desk(newsroom) as running:
        running.until(lambda state: state["built"])
        yield running


@pytest.fixture(autouse=True)
def untouched(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test sends, the newsroom's files are as they were, and the desk answers its own page."""
    if "running" not in request.fixturenames:
        yield
        return
    running: RunningDesk = request.getfixturevalue("running")
    before = files(running.folder / "issues")
    yield
    assert running.process.poll() is None
    assert running.get("/").status == 200
    assert files(running.folder / "issues") == before


def refused(answer: Answer, *statuses: int) -> None:
    assert answer.status in statuses, (answer.status, answer.body[:200])
    assert not any(secret in answer.body for secret in SECRETS)
    assert "set-cookie" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers


def raw(running: RunningDesk, request: bytes) -> bytes:
    """Send bytes as they are, with the desk's host and cookie filled in; return all that comes back."""
    split = urlsplit(running.url)
    with socket.create_connection(("127.0.0.1", split.port or 0), timeout=10) as connection:
        connection.sendall(request.replace(b"HOST", split.netloc.encode()).replace(b"COOKIE", running.cookie.encode()))
        connection.shutdown(socket.SHUT_WR)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


# Names: DNS rebinding


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:{port}.evil.example",
        "127.0.0.1.evil.example:{port}",
        "localhost.evil.example:{port}",
        "localhost:{port}@evil.example",
        "[::1]:{port}",
        "0.0.0.0:{port}",
        "127.0.0.2:{port}",
        "127.1:{port}",
        "2130706433:{port}",
        "",
    ],
)
def test_a_name_that_was_pointed_at_this_machine_is_not_answered(running: RunningDesk, host: str) -> None:
    name = host.format(port=urlsplit(running.url).port)
    for path in ("/", "/state", f"/?{urlsplit(running.url).query}", "/frame/desktop", "/frame/picture/0"):
        refused(running.send("GET", path, Host=name, Cookie=running.cookie), 403)


def test_no_host_and_two_hosts_are_not_answered(running: RunningDesk) -> None:
    lines = (
        b"GET /state HTTP/1.0\r\nCookie: COOKIE\r\n\r\n",
        b"GET /state HTTP/1.1\r\nCookie: COOKIE\r\n\r\n",
        b"GET /state HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\nCookie: COOKIE\r\n\r\n",
        b"GET /state HTTP/1.1\r\nHost: evil.example\r\nHost: HOST\r\nCookie: COOKIE\r\n\r\n",
        b"GET http://HOST/state HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: HOST\r\nCookie: COOKIE\r\n\r\n",
    )
    for request in lines:
        answer = raw(running, request)
        assert answer.split(b" ", 2)[1] in {b"400", b"403"}, answer[:100]
        assert not any(secret in answer for secret in SECRETS)


# Other pages: cross-site requests


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://{host}"},
        {"Origin": "http://{host}.evil.example"},
        {"Origin": "http://{host}, https://evil.example"},
        {},
        {"Origin": "http://{host}", "Sec_Fetch_Site": "cross-site"},
        {"Origin": "http://{host}", "Sec_Fetch_Site": "same-site"},
        {"Origin": "http://{host}", "Sec_Fetch_Site": "nonsense"},
    ],
)
def test_a_change_that_another_page_asks_for_is_refused_though_it_has_the_cookie(
    running: RunningDesk, path: str, headers: dict[str, str]
) -> None:
    host = urlsplit(running.url).netloc
    filled = {name: value.format(host=host) for name, value in headers.items()}
    body = json.dumps({"seen": running.state["version"], "decision": {"act": "issue", "field": "subject", "text": "x"}})
    kinds = {"Cookie": running.cookie, "Content-Type": "application/json"}
    refused(running.send("POST", path, body.encode(), **kinds, **filled), 403)


@pytest.mark.parametrize("path", ["/", "/state", "/events", "/frame/desktop", "/static/desk.js", "/images/a.png"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_page_reads_nothing_though_the_browser_sends_the_cookie(
    running: RunningDesk, path: str, site: str
) -> None:
    refused(running.send("GET", path, Cookie=running.cookie, Sec_Fetch_Site=site), 403)
    refused(running.send("GET", path, Cookie=running.cookie, Origin="http://127.0.0.1:1"), 403)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_a_form_changes_nothing_even_from_the_desks_own_page(running: RunningDesk, kind: str) -> None:
    headers = {"Cookie": running.cookie, "Origin": running.origin, "Content-Type": kind}
    for path in WRITES:
        refused(running.send("POST", path, b'{"seen": ""}', **headers), 415)


# Who is nobody: token and cookie


@pytest.mark.parametrize(
    "path", ["/", "/state", "/events", "/frame/desktop", "/static/desk.js", "/images/a.png", "/nowhere"]
)
def test_who_has_no_cookie_reads_nothing(running: RunningDesk, path: str) -> None:
    name, _, value = running.cookie.partition("=")
    refused(running.send("GET", path), 403)
    for cookie in (f"{name}=", f"{name}={value[:-1]}", f"{name}={value}x", f"desk={value}", f"{name}=\xff", "=;=,\x7f"):
        refused(running.send("GET", path, Cookie=cookie.encode("latin-1").decode("latin-1")), 403)


def test_a_token_that_is_wrong_or_no_single_one_opens_nothing(running: RunningDesk) -> None:
    token = urlsplit(running.url).query.partition("=")[2]
    for query in (
        "token=",
        "token=x",
        f"token={token}x",
        f"token={token[:-1]}",
        f"token=x&token={token}",
        f"TOKEN={token}",
    ):
        refused(running.send("GET", f"/?{query}"), 403)
    refused(running.send("GET", f"/state?token={token}"), 403)  # it opens the page alone
    refused(running.send("GET", f"/?token={token}", Sec_Fetch_Site="cross-site"), 403)
    refused(
        running.send("POST", f"/?token={token}", b"{}", Origin=running.origin, Content_Type="application/json"), 403
    )


# Ways out: paths


@pytest.mark.parametrize("folder", ["static", "vendor", "images", "frame", "frame/picture"])
@pytest.mark.parametrize(
    "name",
    [
        "../guard.py",
        "..%2fguard.py",
        "%2e%2e/guard.py",
        "%2e%2e%2fguard.py",
        "%252e%252e%252fguard.py",
        "..%5cguard.py",
        "....//guard.py",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "//etc/passwd",
        "desk.css%00.png",
        "desk.css/",
        ".",
        "",
        "../../../../../../../../etc/passwd",
        "..%2f..%2f..%2fissues%2f2024-W43%2fedits.toml",
        "%c0%ae%c0%ae%c0%afedits.toml",
        "~root",
        "desk.css;a=b",
        "vendor.toml",
        "x" * 5000,
    ],
)
def test_no_path_leads_out_of_what_is_served(running: RunningDesk, folder: str, name: str) -> None:
    answer = running.get(f"/{folder}/{name}")
    assert answer.status == 404
    assert len(answer.body) < 100
    assert b"root:" not in answer.body


@pytest.mark.parametrize(
    "path", ["/edits.toml", "/issue.json", "/..", "/%2e%2e/digest.toml", "//etc/passwd", "/articles.db", "*"]
)
def test_the_newsrooms_own_files_are_not_served(running: RunningDesk, path: str) -> None:
    assert running.get(path).status in {400, 404}


def test_places_that_are_none_are_the_first_ones(running: RunningDesk) -> None:
    plain = running.get("/").text
    for query in (
        "view=<script>",
        "view=%00",
        "panel=../../x",
        "story=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "story=" + "9" * 3000,
    ):
        answer = running.get(f"/?{query}")
        assert answer.status == 200
        assert "<script>alert" not in answer.text
        assert answer.text.count("<script") == plain.count("<script")


def test_a_line_break_in_a_query_makes_no_header(running: RunningDesk) -> None:
    for query in (
        "view=%0d%0aSet-Cookie:%20a=b",
        "token=%0d%0aLocation:%20http://evil.example",
        "story=%0aX: y".replace(" ", "%20"),
    ):
        answer = running.send("GET", f"/?{query}", Cookie=running.cookie)
        assert answer.status in {200, 303}
        assert answer.headers.get("location", "/") == "/"
        assert "a=b" not in answer.headers.get("set-cookie", "")
        assert "x" not in answer.headers


# Bodies


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"null",
        b"[]",
        b"{}",
        b'{"code": 1}',
        b'{"code": "size-gmail", "where": []}',
        b'{"code": "size-gmail", "where": {"act": "explode"}}',
        b'{"code": NaN}',
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"9" * 100_000,
    ],
)
def test_a_body_that_is_no_change_is_said(running: RunningDesk, body: bytes) -> None:
    headers = {"Cookie": running.cookie, "Origin": running.origin, "Content-Type": "application/json"}
    answer = running.send("POST", "/waive", body, **headers)
    assert answer.status == 422
    assert answer.data["message"].startswith("not understood: ")


def test_a_body_that_is_too_long_is_not_read(running: RunningDesk) -> None:
    named = b"Host: HOST\r\nCookie: COOKIE\r\nOrigin: http://HOST\r\n"
    head = b"POST /waive HTTP/1.1\r\nContent-Type: application/json\r\n" + named
    for length in (str(LARGEST + 1), "99999999999999999999", "1" * 200):
        answer = raw(running, head + f"Content-Length: {length}\r\n\r\n{{}}".encode())
        assert answer.split(b" ", 2)[1] in {b"400", b"413"}, answer[:100]
    for length in ("-1", "+5", "1_0", "\u0661".encode().decode("latin-1"), "5, 6"):
        answer = raw(running, head + f"Content-Length: {length}\r\n\r\n{{}}".encode("latin-1"))
        assert answer.split(b" ", 2)[1] == b"400", answer[:100]
    part = f"{64 * 1024:x}\r\n".encode() + b"x" * 64 * 1024 + b"\r\n"
    answer = raw(
        running, head + b"Transfer-Encoding: chunked\r\n\r\n" + part * (LARGEST // (64 * 1024) + 2) + b"0\r\n\r\n"
    )
    assert b" 413 " in answer.partition(b"\r\n")[0]


def test_a_body_hides_no_second_request(running: RunningDesk) -> None:
    hidden = b"GET /state HTTP/1.1\r\nHost: HOST\r\nCookie: COOKIE\r\n\r\n"
    head = b"POST /waive HTTP/1.1\r\nHost: HOST\r\nOrigin: https://evil.example\r\nContent-Type: text/plain\r\n"
    for lengths in (
        b"Content-Length: %d\r\n" % len(hidden),
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding: \x0bchunked\r\n",
    ):
        answer = raw(running, head + lengths + b"\r\n" + hidden)
        assert not any(secret in answer for secret in SECRETS), answer[:300]


# Methods and protocols


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "PROPFIND", "JEFF", "get", "POST"])
@pytest.mark.parametrize("path", ["/", "/state", "/frame/desktop", "/static/desk.css"])
def test_a_method_that_nothing_answers_to_is_refused(running: RunningDesk, method: str, path: str) -> None:
    headers = {"Cookie": running.cookie, "Origin": running.origin, "Content-Type": "application/json"}
    answer = running.send(method, path, b"", **headers)
    refused(answer, 405)
    assert "access-control-allow-methods" not in answer.headers


def test_a_preflight_is_refused(running: RunningDesk) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Private-Network": "true"}
    answer = running.send("OPTIONS", "/waive", None, Origin="https://evil.example", **asked)
    refused(answer, 403)
    assert not any(name.startswith("access-control") for name in answer.headers)


def test_the_head_of_an_answer_has_no_body(running: RunningDesk) -> None:
    answer = running.send("HEAD", "/state", Cookie=running.cookie)
    assert (answer.status, answer.body) == (200, b"")
    refused(running.send("HEAD", "/state"), 403)


@pytest.mark.parametrize("protocol", ["websocket", "h2c", "TLS/1.0", ""])
def test_no_other_protocol_is_spoken(running: RunningDesk, protocol: str) -> None:
    request = f"GET /events HTTP/1.1\r\nHost: HOST\r\nCookie: COOKIE\r\nConnection: Upgrade\r\nUpgrade: {protocol}\r\n"
    keys = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nHTTP2-Settings: AAMA\r\n"
    answer = raw(running, f"{request}{keys}\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 403 ")


def test_a_get_changes_nothing(running: RunningDesk) -> None:
    for path in WRITES:
        assert running.get(path).status == 405
        assert running.send("GET", path, Cookie=running.cookie, X_HTTP_Method_Override="POST").status == 405
