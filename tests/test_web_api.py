"""digest.web.api against a real server on loopback: what only asks is asked again, what acts is done once."""

import base64
import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from digest.errors import AmbiguousError, MailerError, RefusedError, UnsentError
from digest.web import Limits, Secret
from digest.web.api import Api
from digest.web.replies import Kept, reason

KEY = 'k3y/with+"signs'
Act = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Service:
    """A service that does what it is told next; `asked` has each request: method, path, headers, body."""

    acts: list[Act] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    site: str = ""


def answers(status: int, said: object = None, **headers: str) -> Act:
    """Return what answers with JSON (or, of bytes, with them as they are); in headers `_` stands for `-`."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        body = said if isinstance(said, bytes) else b"" if said is None else json.dumps(said).encode()
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return act


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    """Say nothing and go."""
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


@pytest.fixture
def service() -> Iterator[Service]:
    """A service on loopback that says "fine" once nothing else is left to do."""
    told = Service()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told.asked.append((self.command, self.path, dict(self.headers), body))
            (told.acts.pop(0) if told.acts else answers(200, {"said": "fine"}))(self)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _do  # noqa: N815 - http.server's names

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.site = f"http://127.0.0.1:{server.server_address[1]}/v1"
    yield told
    server.shutdown()
    server.server_close()


def api(service: Service, seconds: float = 5, **fields: Any) -> Api:
    secrets = [Secret(name="QUAY_KEY", value=KEY, site=service.site)]
    headers = {"Authorization": "token $QUAY_KEY"}
    return Api(service.site, headers=headers, secrets=secrets, limits=Limits(seconds=seconds, size=50_000), **fields)


def test_an_act_is_sent_as_json_with_the_key_and_answered_as_json(service: Service) -> None:
    with api(service) as door:
        reply = door.write("POST", "/emails", {"subject": "Füße", "lists": [1, 2]})
    method, path, headers, body = service.asked[0]
    assert (method, path, json.loads(body)) == ("POST", "/v1/emails", {"subject": "Füße", "lists": [1, 2]})
    assert headers["Authorization"] == f"token {KEY}"
    assert headers["Content-Type"] == "application/json"
    assert headers["User-Agent"].startswith("Digest/")
    assert (reply.status, reply.json) == (200, {"said": "fine"})


def test_an_empty_answer_is_an_answer(service: Service) -> None:
    service.acts = [answers(204)]
    with api(service) as door:
        assert door.write("DELETE", "/emails/1").json is None
    assert "Content-Type" not in service.asked[0][2]


@pytest.mark.parametrize(
    "act",
    [
        answers(500, {"message": "sorry"}),
        answers(503, b"<html>busy</html>", Retry_After="0"),
        hangs_up,
        answers(200, b"no json"),
        answers(200, b'{"half', Content_Length="50"),
        answers(200, b"no gzip", Content_Encoding="gzip"),
        answers(200, b" " * 60_000),
    ],
    ids=["500", "503", "hung up", "no JSON", "half", "not packed", "too much"],
)
def test_an_act_of_which_nobody_knows_is_told_so_and_never_repeated_but_a_question_is(
    service: Service, act: Act
) -> None:
    service.acts = [act, act]
    with api(service) as door:
        with pytest.raises(AmbiguousError):
            door.write("POST", "/emails/1/send")
        assert len(service.asked) == 1
        assert door.read("/emails/1").json == {"said": "fine"}
    assert [method for method, *_ in service.asked] == ["POST", "GET", "GET"]


def test_a_question_that_is_never_answered_changed_nothing(service: Service) -> None:
    service.acts = [answers(500, {"message": "down"})] * 4
    with api(service) as door, pytest.raises(UnsentError, match="500 Internal Server Error: down") as caught:
        door.read("/emails/1")
    assert len(service.asked) == 4
    assert caught.value.where == f"GET {service.site}/emails/1"


def test_an_answer_that_is_too_slow_leaves_an_act_unknown(service: Service) -> None:
    done = threading.Event()

    def wait(_: BaseHTTPRequestHandler) -> None:
        done.wait(10)

    service.acts = [wait]
    with api(service, seconds=0.5) as door, pytest.raises(AmbiguousError, match="in time"):
        door.write("POST", "/emails/1/send")
    done.set()
    assert len(service.asked) == 1


def test_a_service_that_has_no_time_is_told_again_when_it_wants(service: Service) -> None:
    service.acts = [answers(429, {"message": "slow down"}, Retry_After="0"), answers(429)]
    with api(service) as door:
        assert door.write("POST", "/emails/1/send").status == 200
    assert len(service.asked) == 3


def test_a_service_that_wants_to_be_left_alone_for_long_is(service: Service) -> None:
    service.acts = [answers(429, Retry_After="3600")]
    with api(service) as door, pytest.raises(RefusedError, match="left alone for 3600 seconds") as caught:
        door.write("POST", "/emails/1/send")
    assert (caught.value.status, caught.value.wait, len(service.asked)) == (429, 3600, 1)


def test_a_refusal_says_why_in_the_services_words(service: Service) -> None:
    said = {"errors": [{"message": "no list", "context": "lists[0]", "id": "77"}]}
    service.acts = [answers(422, said), answers(401, b"<h1>No</h1>"), answers(404, b"what?")]
    with api(service) as door:
        with pytest.raises(RefusedError, match=r"422 Unprocessable \w+: no list; lists\[0\]") as caught:
            door.write("PUT", "/emails/1", {})
        assert (caught.value.status, caught.value.said) == (422, said)
        with pytest.raises(RefusedError, match=r"401 Unauthorized \(hint: is the key the right one"):
            door.read("/emails")
        with pytest.raises(RefusedError, match="404 Not Found: what") as caught:
            door.read("/emails/2")
    assert (caught.value.status, caught.value.said) == (404, None)
    assert len(service.asked) == 3


def test_no_redirect_is_followed_and_no_key_goes_along(service: Service) -> None:
    service.acts = [answers(307, Location=service.site + "/elsewhere")]
    with api(service) as door, pytest.raises(RefusedError, match="307"):
        door.write("POST", "/emails/1/send", {"a": 1})
    assert len(service.asked) == 1


def test_where_nobody_listens_nothing_was_done() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with Api(f"http://127.0.0.1:{port}") as door, pytest.raises(UnsentError, match="cannot be reached"):
        door.write("POST", "/emails/1/send")


def test_what_speaks_no_tls_was_told_nothing(service: Service) -> None:
    with (
        Api(service.site.replace("http:", "https:")) as door,
        pytest.raises(UnsentError, match="cannot be reached"),
    ):
        door.write("POST", "/emails/1/send")
    assert service.asked == []


@pytest.mark.parametrize("site", ["quay.example", "ftp://quay.example", "http://a:b", ""])
def test_what_is_no_web_address_is_told_so(site: str) -> None:
    with Api(site) as door, pytest.raises(UnsentError, match="is no web address"):
        door.read("/emails")


def test_a_refused_connection_is_tried_again() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]
    server.close()

    def listen() -> None:
        with socket.create_server(("127.0.0.1", port)) as late, late.accept()[0] as connection:
            connection.recv(10_000)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    timer = threading.Timer(0.2, listen)
    timer.start()
    with Api(f"http://127.0.0.1:{port}") as door:
        assert door.write("POST", "/emails/1/send").json == {}
    timer.join()


def test_whatever_a_service_says_back_tells_no_key(service: Service) -> None:
    basic = base64.b64encode(f"any:{KEY}".encode()).decode()
    escaped = json.dumps(KEY)[1:-1]
    secrets = [
        Secret(
            name="QUAY_KEY",
            value=KEY,
            site=service.site,
            made=lambda key: base64.b64encode(f"any:{key}".encode()).decode(),
        )
    ]
    service.acts = [answers(400, {"message": f"{KEY} and {basic}"}), answers(200, {"you": f"{KEY} {basic}"}, X_You=KEY)]
    with Api(service.site, headers={"Authorization": "Basic $QUAY_KEY"}, secrets=secrets) as door:
        with pytest.raises(RefusedError) as caught:
            door.read("/emails")
        reply = door.read("/emails")
    assert service.asked[0][2]["Authorization"] == f"Basic {basic}"
    assert reply.json == {"you": "$QUAY_KEY $QUAY_KEY"}
    assert reply.headers["x-you"] == "$QUAY_KEY"
    for text in (str(caught.value), repr(caught.value.said), repr(reply), repr(secrets)):
        assert KEY not in text
        assert escaped not in text
        assert basic not in text


def test_a_key_is_told_to_its_own_site_alone(service: Service) -> None:
    secrets = [Secret(name="QUAY_KEY", value=KEY, site="https://other.example")]
    with Api(service.site, headers={"Authorization": "token $QUAY_KEY"}, secrets=secrets) as door:
        door.read("/emails")
    assert service.asked[0][2]["Authorization"] == "token $QUAY_KEY"


@pytest.mark.parametrize("value", ["k3y\n", "schlüssel"])
def test_a_key_that_no_header_can_carry_is_named_and_not_shown(service: Service, value: str) -> None:
    secrets = [Secret(name="QUAY_KEY", value=value, site=service.site)]
    with Api(service.site, headers={"Authorization": "token $QUAY_KEY"}, secrets=secrets) as door:
        with pytest.raises(MailerError, match=r"token \$QUAY_KEY: the key holds a letter") as caught:
            door.write("POST", "/emails")
        assert value.strip() not in str(caught.value)
    assert service.asked == []


def test_a_dry_run_asks_but_does_nothing(service: Service) -> None:
    kept: list[Kept] = []
    with api(service, kept=kept) as door:
        assert door.read("/emails").json == {"said": "fine"}
        assert door.write("POST", "/emails", {"subject": "Tide"}, dry={"id": "new"}).json == {"id": "new"}
    assert [method for method, *_ in service.asked] == ["GET"]
    assert [(each.method, each.url, each.body) for each in kept] == [
        ("POST", f"{service.site}/emails", {"subject": "Tide"})
    ]
    assert kept[0].headers["Authorization"] == "token $QUAY_KEY"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"detail": "not here", "status": 404}', "not here"),
        (b'{"title": "Invalid", "detail": "field x", "errors": [{"field": "x", "message": "bad"}]}', None),
        (b'{"lists": ["required"], "from": ["no address"]}', "required; no address"),
        (b'["a", "a", "b"]', "a; b"),
        (b"plain\n words\x07", "plain words"),
        (b"  <html>", ""),
        (b"", ""),
        (b"17", ""),
    ],
)
def test_the_reason_is_found_wherever_a_service_tells_it(body: bytes, words: str | None) -> None:
    assert reason(body) == ("field x; Invalid; bad; x" if words is None else words)


def test_a_long_reason_is_cut() -> None:
    assert len(reason(b"a" * 10_000)) == 500


def test_a_door_that_was_never_opened_is_closed() -> None:
    with contextlib.closing(Api("http://127.0.0.1:9")) as door:
        assert door.kept is None
