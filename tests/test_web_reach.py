"""digest.web asks the Internet, and of what is inside only what was named: at every hop, whatever name servers say."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from digest.errors import SourceError
from digest.web import Limits, Web
from digest.web.connecting import places
from digest.web.reach import InnerAddressError, Reach, is_public

PUBLIC = ["8.8.8.8", "192.88.99.1", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"]
INNER = {
    "loopback": ["127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1", "64:ff9b::127.0.0.1", "2002:7f00:1::"],
    "private": ["10.1.2.3", "172.16.0.1", "192.168.1.1", "fc00::1", "fd12::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"],
    "link-local": ["169.254.169.254", "fe80::1", "fe80::1%eth0", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"],
    "metadata": ["fd00:ec2::254", "100.100.100.200"],
    "shared": ["100.64.0.1", "64:ff9b:1::1"],
    "site-local": ["fec0::1"],
    "multicast": ["224.0.0.1", "239.255.255.250", "ff02::1", "::ffff:224.0.0.1"],
    "unspecified": ["0.0.0.0", "0.1.2.3", "::", "::ffff:0.0.0.0"],  # noqa: S104 - nothing is bound
    "reserved": ["240.0.0.1", "255.255.255.255", "::8.8.8.8", "4000::1", "2001:db8::1", "100::1", "2001::1"],
    "documentation": ["192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1"],
    "none": ["", "localhost", "8.8.8", "127.1"],
}


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_may_be_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", [each for group in INNER.values() for each in group])
def test_an_address_inside_may_not(address: str) -> None:
    assert not is_public(address)


def test_of_a_hosts_addresses_those_of_the_internet_are_left() -> None:
    reach = Reach(named={("cms.example", 8080), ("press.example", None)})
    assert reach.of("a.example", 80, ["10.0.0.1", "8.8.8.8", "::1"]) == ("8.8.8.8",)
    assert reach.of("CMS.example.", 8080, ["10.0.0.1", "::1"]) == ("10.0.0.1", "::1")
    assert reach.of("press.example", 6379, ["10.0.0.1"]) == ("10.0.0.1",)
    assert reach.of("nobody.example", 80, []) == ()
    for host, port in (("cms.example", 80), ("a.cms.example", 8080), ("example", 8080)):
        with pytest.raises(InnerAddressError, match=f"{host}, which is 10.0.0.1, ::1, is not on the Internet"):
            reach.of(host, port, ["10.0.0.1", "::1"])


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("https://Harbour.example/feed?x", [("harbour.example", 80), ("harbour.example", 443)]),
        ("http://harbour.example:80", [("harbour.example", 80), ("harbour.example", 443)]),
        ("http://harbour.example.:2368/ghost", [("harbour.example", 2368)]),
        ("https://möwe.example", [("xn--mwe-sna.example", 80), ("xn--mwe-sna.example", 443)]),
        ("http://[::1]:8080/", [("::1", 8080)]),
        ("harbour.example", [("harbour.example", None)]),
        ("http://a:b/", []),
    ],
)
def test_an_address_names_its_host_at_its_port_and_a_bare_host_is_named_at_every(
    named: str, meant: list[tuple[str, int | None]]
) -> None:
    assert list(places(named)) == meant


# With a real server


class Inside(BaseHTTPRequestHandler):
    """A service that trusts whoever reaches it; `/out/ADDRESS` leads there."""

    protocol_version = "HTTP/1.1"
    server: "Service"

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.server.asked.append(f"{self.command} {self.path} {self.headers['Host']}")
        way, _, rest = self.path.lstrip("/").partition("/")
        self.send_response(302 if way == "out" else 200)
        if way == "out":
            self.send_header("Location", rest)
        self.send_header("Content-Length", "4")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(b"done")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
        """Say nothing."""


class Service(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        super().__init__((address, 0), Inside)
        self.asked: list[str] = []


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as service:
        thread = threading.Thread(target=service.serve_forever, args=(0.01,))
        thread.start()
        yield service
        service.shutdown()
        thread.join()


def says(web: Web, url: str, way: str = "get") -> str:
    """Return why an address is not asked."""
    with pytest.raises(SourceError) as caught:
        getattr(web, way)(url)
    assert (caught.value.where, "[magazine] hosts" in caught.value.hint) == (url, True)
    return caught.value.message


@pytest.mark.parametrize("way", ["get", "ask"])
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0", "[::ffff:127.0.0.1]"]
)
def test_a_service_of_this_machine_is_not_asked_however_it_is_written(service: Service, host: str, way: str) -> None:
    with Web() as web:
        said = says(web, f"http://{host}:{service.server_port}/admin/delete?all=1", way)
    assert said.startswith("not asked: ")
    assert said.endswith("is not on the Internet, and digest.toml does not name it")
    assert service.asked == []


def test_what_is_named_is_asked_and_its_neighbour_is_not(service: Service) -> None:
    url = f"http://127.0.0.1:{service.server_port}"
    for named in (f"{url}/feed", "127.0.0.1"):
        with Web(named=(named,)) as web:
            assert web.get(f"{url}/page").body == b"done"
            assert web.ask(f"{url}/page") == 200
    with Web(named=("http://127.0.0.1:9/feed", "https://127.0.0.1/", "localhost")) as web:
        assert "127.0.0.1 is not on the Internet" in says(web, f"{url}/page")
    assert len(service.asked) == 4


@pytest.mark.parametrize("inner", ["http://169.254.169.254/latest/", "http://localhost:1/", "http://[fe80::1]/"])
def test_a_redirect_leads_to_no_address_inside(service: Service, inner: str) -> None:
    url = f"http://127.0.0.1:{service.server_port}/out/{inner}"
    with Web(named=("127.0.0.1",)) as web:
        assert "is not on the Internet" in says(web, url)
        assert "is not on the Internet" in says(web, url, "ask")
    assert len(service.asked) == 2


def test_what_was_looked_at_is_what_is_connected_to(service: Service) -> None:
    """A name server that answers first with one address and then with another is asked once a connection."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(f"{host}:{port}")
        return ["127.0.0.9" if len(asked) == 1 else "127.0.0.1"]

    port = service.server_port
    with Web(resolve=rebinding) as web:
        assert "rebind.example, which is 127.0.0.9," in says(web, f"http://rebind.example:{port}/")
        assert "rebind.example, which is 127.0.0.1," in says(web, f"http://rebind.example:{port}/")
    asked.clear()
    with Web(resolve=rebinding, named=("rebind.example",), limits=Limits(seconds=1)) as web:
        with pytest.raises(SourceError):
            web.get(f"http://rebind.example:{port}/")  # 203.0.113.9, which nobody has
        assert service.asked == []
        assert web.get(f"http://rebind.example:{port}/one").body == b"done"
        assert web.get(f"http://rebind.example:{port}/two").body == b"done"  # over the same connection
    assert len(asked) == 2
    assert service.asked == [f"GET /{name} rebind.example:{port}" for name in ("one", "two")]


def test_the_next_address_is_tried_where_one_does_not_answer(service: Service) -> None:
    with Web(resolve=lambda *_: ["127.0.0.9", "127.0.0.1"], named=("cms.example",)) as web:
        assert web.get(f"http://cms.example:{service.server_port}/").body == b"done"
    for found, said in (([], "cms.example has no address"), (["127.0.0.9", "127.0.0.8"], r"[^\[]*Connection refused")):
        with (
            Web(resolve=lambda *_, found=found: found, named=("cms.example",)) as web,
            pytest.raises(SourceError, match=f"cannot be reached: .*{said}"),
        ):
            web.get(f"http://cms.example:{service.server_port}/")


def test_a_name_server_that_keeps_silent_is_not_waited_for() -> None:
    woken = threading.Event()

    def silent(host: str, port: int) -> Sequence[str]:
        del host, port
        woken.wait(10)
        return ["127.0.0.1"]

    start = time.monotonic()
    with Web(resolve=silent, limits=Limits(seconds=0.3)) as web, pytest.raises(SourceError, match=r"within 0\.3 sec"):
        web.get("http://silent.example/")
    assert time.monotonic() - start < 1
    woken.set()


def test_a_certificate_is_asked_for_in_the_hosts_own_name() -> None:
    """The connection goes to an address; what TLS is told and must prove is the host's name."""
    names: list[str | None] = []

    def note(connection: ssl.SSLObject | ssl.SSLSocket, name: str | None, context: ssl.SSLContext) -> int:
        del connection, context
        names.append(name)
        return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = note
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            connection = listening.accept()[0]
            with pytest.raises(OSError, match=r"."), context.wrap_socket(connection, server_side=True):
                pass
            connection.close()

        thread = threading.Thread(target=greet)
        thread.start()
        port = listening.getsockname()[1]
        with (
            Web(resolve=lambda *_: ["127.0.0.1"], named=("cms.example",)) as web,
            pytest.raises(SourceError, match="cannot be reached"),
        ):
            web.get(f"https://cms.example:{port}/")
        thread.join()
    assert names == ["cms.example"]


def test_a_handshake_that_drips_ends_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection = listening.accept()[0]
            try:
                for byte in b"\x16\x03\x03\x40\x00" + b"\x00" * 100:
                    connection.send(bytes([byte]))
                    time.sleep(0.05)
            except OSError:
                pass
            connection.close()

        thread = threading.Thread(target=drip)
        thread.start()
        start = time.monotonic()
        with (
            Web(named=("127.0.0.1",), limits=Limits(seconds=0.4)) as web,
            pytest.raises(SourceError, match=r"0\.4 sec"),
        ):
            web.get(f"https://127.0.0.1:{listening.getsockname()[1]}/")
        assert time.monotonic() - start < 1
        thread.join()
