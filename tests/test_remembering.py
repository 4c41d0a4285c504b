"""A reading asks for what is not stored yet, and for nothing else, of a real server on loopback."""

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from digest.model.page import Validators
from digest.pipeline.ingest.remembering import Remembering, reader_of
from digest.sources import SourceSettings
from digest.web import Web

SETTINGS = SourceSettings(name="CMS", at="https://harbour.example/feed", kind="feed")


class Kept:
    """A memory as the archive's: rows by reader and address."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Validators] = {}

    def validators(self, reader: str, url: str) -> Validators | None:
        return self.rows.get((reader, url))

    def remember(self, reader: str, found: Mapping[str, Validators]) -> None:
        self.rows |= {(reader, url): said for url, said in found.items()}


class Versioned(BaseHTTPRequestHandler):
    server: "Magazine"

    def do_GET(self) -> None:
        etag = f'"{self.server.version}"'
        held = self.headers["If-None-Match"] == etag
        self.send_response(304 if held else 200)
        if self.server.version:
            self.send_header("ETag", etag)
        self.end_headers()
        if not held:
            self.wfile.write(self.server.version.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
        """Say nothing."""


class Magazine(ThreadingHTTPServer):
    """A site whose every address has one version."""

    version = "one"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def magazine() -> Iterator[Magazine]:
    with Magazine(("127.0.0.1", 0), Versioned) as magazine:
        thread = threading.Thread(target=magazine.serve_forever, args=(0.01,))
        thread.start()
        yield magazine
        magazine.shutdown()
        thread.join()


@pytest.fixture
def web(magazine: Magazine) -> Iterator[Web]:
    with Web(named=(magazine.url,)) as web:
        yield web


def test_what_is_stored_is_not_sent_again_until_it_changes(web: Web, magazine: Magazine) -> None:
    kept = Kept()
    first = Remembering(web, kept, "CMS")
    assert first.get(f"{magazine.url}/feed").body == b"one"
    first.settle([f"{magazine.url}/feed"])
    assert Remembering(web, kept, "CMS").get(f"{magazine.url}/feed").unchanged
    magazine.version = "two"
    second = Remembering(web, kept, "CMS")
    assert second.get(f"{magazine.url}/feed").body == b"two"
    second.settle([f"{magazine.url}/feed"])
    assert list(kept.rows.values()) == [Validators(etag='"two"')]


def test_what_was_not_stored_is_asked_for_whole_again(web: Web, magazine: Magazine) -> None:
    kept = Kept()
    Remembering(web, kept, "CMS").get(f"{magazine.url}/feed")
    again = Remembering(web, kept, "CMS")
    assert not again.get(f"{magazine.url}/feed").unchanged
    again.settle([f"{magazine.url}/feed"])
    again.get(f"{magazine.url}/other")  # came behind the last time that something was stored
    assert [url for _, url in kept.rows] == [f"{magazine.url}/feed"]


def test_what_only_led_to_what_is_stored_is_asked_for_whole_each_time(web: Web, magazine: Magazine) -> None:
    kept = Kept()
    reading = Remembering(web, kept, "CMS")
    reading.get(f"{magazine.url}/index")
    reading.get(f"{magazine.url}/map")
    reading.settle([f"{magazine.url}/map"])
    again = Remembering(web, kept, "CMS")
    assert again.get(f"{magazine.url}/map").unchanged
    assert not again.get(f"{magazine.url}/index").unchanged


def test_what_is_unchanged_stays_known(web: Web, magazine: Magazine) -> None:
    kept = Kept()
    for unchanged in (False, True, True):
        reading = Remembering(web, kept, "CMS")
        assert reading.get(f"{magazine.url}/feed").unchanged is unchanged
        reading.settle([f"{magazine.url}/feed"])
    assert len(kept.rows) == 1


def test_a_page_that_stops_to_name_its_version_is_no_longer_known(web: Web, magazine: Magazine) -> None:
    kept = Kept()
    kept.remember("CMS", {f"{magazine.url}/feed": Validators(etag='"old"')})
    magazine.version = ""
    reading = Remembering(web, kept, "CMS")
    reading.get(f"{magazine.url}/feed")
    reading.settle([f"{magazine.url}/feed"])
    assert kept.validators("CMS", f"{magazine.url}/feed") == Validators()
    assert not Remembering(web, kept, "CMS").get(f"{magazine.url}/feed").unchanged


def test_each_reader_is_sent_what_it_has_not_stored(web: Web, magazine: Magazine) -> None:
    kept = Kept()
    ours = Remembering(web, kept, reader_of(SETTINGS))
    ours.settle([ours.get(magazine.url).url])
    for other in (
        replace(SETTINGS, name="Twin"),
        replace(SETTINGS, section="Reporting"),
        replace(SETTINGS, kind="page"),
    ):
        assert not Remembering(web, kept, reader_of(other)).get(magazine.url).unchanged
    assert Remembering(web, kept, reader_of(replace(SETTINGS))).get(magazine.url).unchanged


def test_threads_read_together(web: Web, magazine: Magazine) -> None:
    kept, addresses = Kept(), [f"{magazine.url}/{number}" for number in range(40)]
    reading = Remembering(web, kept, "CMS")
    with ThreadPoolExecutor(8) as pool:
        assert {page.body for page in pool.map(reading.get, addresses)} == {b"one"}
    reading.settle(addresses)
    assert {url for _, url in kept.rows} == set(addresses)
