"""The asking of a mail's links at a real server: politely, in time, and never twice without need."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from digest.check.facts import Answer
from digest.errors import SourceError
from digest.pipeline.asking import Asker, ask, targets
from digest.web import Limits, Web
from proofs import changed, sound
from render_samples import LEAD_STORY
from running import TOML, digest, newsroom, note

NOON = datetime(2024, 10, 25, 12, tzinfo=UTC)
MAILER = '[mailer]\nservice = "mailchimp"\n'


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def codes(done: Any) -> set[str]:
    return {finding["code"] for finding in done.data["report"]["findings"]}


class Magazine(BaseHTTPRequestHandler):
    """A magazine's server: `/404` answers 404, `/head` refuses HEAD, `/moved` leads to `/200`, `/slow` never ends,
    `/meet` waits for somebody else."""

    def do_HEAD(self) -> None:
        self._answer(405 if self.path == "/head" else 403 if self.path == "/both" else 0)

    def do_GET(self) -> None:
        self._answer(0)

    def _answer(self, status: int) -> None:
        shop: Shop = self.server  # type: ignore[assignment] # the server below
        with shop.lock:
            shop.asked.append(f"{self.command} {self.path}")
            shop.at_once += 1
            shop.most = max(shop.most, shop.at_once)
        name = self.path.strip("/")
        if name == "slow":
            shop.closing.wait(10)
        if name == "meet":
            shop.meeting.wait()
        time.sleep(0.01)
        status = (
            status
            or shop.statuses.get(name)
            or (302 if name == "moved" else 403 if name == "both" else int(name) if name.isdigit() else 200)
        )
        with shop.lock:  # before the answer: with it the next question may come
            shop.at_once -= 1
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""


class Shop(ThreadingHTTPServer):
    """The server, and what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Magazine)
        self.lock, self.closing = threading.Lock(), threading.Event()
        self.asked: list[str] = []
        self.statuses: dict[str, int] = {}
        self.at_once = self.most = 0
        self.meeting = threading.Barrier(1)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def opened() -> Iterator[Shop]:
    with Shop() as shop:
        thread = threading.Thread(target=shop.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield shop
        finally:
            shop.closing.set()
            shop.shutdown()
            thread.join()


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened() as shop:
        yield shop


LOOPBACK = ("127.0.0.1", "localhost")


def asked(urls: list[str], cache: Path | None, now: datetime = NOON) -> tuple[Answer, ...]:
    def opened(limits: Limits) -> Web:
        return Web(contact="desk@harbour.example", limits=limits, named=LOOPBACK)

    return ask(urls, Asker(open=opened, cache=cache, now=now), lambda _: None)


def test_an_address_answers_what_its_page_answers_in_the_end(shop: Shop) -> None:
    with Web(named=LOOPBACK) as web:
        told = [web.ask(f"{shop.url}/{path}") for path in ("200", "404", "503", "moved", "head", "both")]
    assert told == [200, 404, 503, 200, 200, 403]
    assert shop.asked.count("GET /200") == 0
    assert shop.asked[-4:] == ["HEAD /head", "GET /head", "HEAD /both", "GET /both"]


def test_what_does_not_answer_is_an_error_of_the_source(shop: Shop) -> None:
    hasty = Limits(seconds=0.2)
    with Web(limits=hasty, named=LOOPBACK) as web, pytest.raises(SourceError, match=r"not done within 0\.2 seconds"):
        web.ask(f"{shop.url}/slow")
    with Web() as web, pytest.raises(SourceError, match="not a web address"):
        web.ask("mailto:desk@harbour.example")
    with Web(named=LOOPBACK) as web, pytest.raises(SourceError, match="cannot be reached"):
        web.ask("http://127.0.0.1:9/")


def test_answers_come_in_order_and_one_host_is_asked_one_after_the_other(shop: Shop) -> None:
    urls = [f"{shop.url}/{name}" for name in ("404", "200", "500", "a", "b")]
    told = asked([*urls, "http://127.0.0.1:9/"], None)
    assert [answer.status for answer in told] == [404, 200, 500, 200, 200, 0]
    assert told[-1].problem.startswith("cannot be reached")
    assert shop.most == 1


def test_hosts_are_asked_at_the_same_time() -> None:
    with opened() as one, opened() as other:
        one.meeting = other.meeting = threading.Barrier(2, timeout=20)  # each waits until the other is asked too
        urls = [f"{one.url}/meet", f"{other.url.replace('127.0.0.1', 'localhost')}/meet"]
        assert [answer.status for answer in asked(urls, None)] == [200, 200]


def test_what_is_there_is_not_asked_for_again_for_a_day_and_what_is_not_each_time(shop: Shop, tmp_path: Path) -> None:
    cache = tmp_path / "links" / "answers.json"
    urls = [f"{shop.url}/{name}" for name in ("200", "404", "500", "429", "403")]
    first = asked(urls, cache)
    again = {"/404", "/500"}
    for minutes, expected in ((1, again), (59, again), (61, {*again, "/429", "/403"})):
        shop.asked.clear()
        assert asked(urls, cache, NOON + timedelta(minutes=minutes)) == first
        assert {line.split()[1] for line in shop.asked} == expected
    shop.asked.clear()
    asked(urls, cache, NOON + timedelta(hours=25))
    assert {line.split()[1] for line in shop.asked} == {"/200", "/404", "/500", "/429", "/403"}


def test_a_page_that_was_mended_is_found_at_once(shop: Shop, tmp_path: Path) -> None:
    cache = tmp_path / "answers.json"
    url = f"{shop.url}/page"
    shop.statuses["page"] = 404
    assert [answer.status for answer in asked([url], cache)] == [404]
    del shop.statuses["page"]
    assert [answer.status for answer in asked([url], cache)] == [200]


def test_whoever_breaks_off_waits_for_no_server_and_loses_no_answer(
    tmp_path: Path, shop: Shop, plain_environment: dict[str, str]
) -> None:
    newsroom(tmp_path, TOML.replace('"https://harbour.example"', f'"{shop.url}"'))
    for slug, page in (("anchor", "200"), ("buoy", "slow"), ("capstan", "201"), ("davit", "202")):
        path = tmp_path / "notes" / f"{slug}.md"
        path.write_text(path.read_text().replace(f"https://harbour.example/{slug}", f"{shop.url}/{page}"))
    assert digest(tmp_path, "build", "--week", "2024-W43").code == 0
    command = (sys.executable, "-m", "digest", "check", "--links")
    environment = {**plain_environment, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        until = time.monotonic() + 30
        while not any("/slow" in line for line in shop.asked):
            assert time.monotonic() < until
            time.sleep(0.02)
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        assert time.monotonic() - start < 3  # the server would keep us for ten seconds
    finally:
        process.kill()
    [cache] = (tmp_path / "cache").rglob("answers.json")
    kept = {each["answer"]["url"].rpartition("/")[2] for each in json.loads(cache.read_text())["kept"]}
    before = shop.asked.index("HEAD /slow")
    assert kept == {line.rpartition("/")[2] for line in shop.asked[:before]}
    assert kept & {"200", "201", "202"}


def test_a_damaged_or_forbidden_cache_costs_time_alone(shop: Shop, tmp_path: Path) -> None:
    cache = tmp_path / "answers.json"
    cache.write_bytes(b"{")
    assert [answer.status for answer in asked([f"{shop.url}/200"], cache)] == [200]
    assert cache.read_bytes().startswith(b'{"kept"')
    (tmp_path / "file").write_text("")
    assert [answer.status for answer in asked([f"{shop.url}/200"], tmp_path / "file" / "answers.json")] == [200]


def test_a_mails_own_links_and_pictures_are_asked_and_no_reader_is_unsubscribed() -> None:
    found = targets(sound())
    assert LEAD_STORY.url in found
    assert LEAD_STORY.mail_url not in found
    assert "https://harbour.example/i/dredger.jpg" in found
    assert not any("leave" in url or "digest-tag" in url for url in found)
    assert len(set(found)) == len(found)
    mailed = changed(html=lambda html: html.replace("https://social.example/@harbour", "mailto:x@x.example"))
    assert not any(url.startswith("mailto:") for url in targets(mailed))


def test_links_are_asked_on_request_and_dead_ones_found(tmp_path: Path, shop: Shop) -> None:
    newsroom(tmp_path, TOML.replace("https://harbour.example", shop.url) + MAILER)
    for slug in ("anchor", "buoy", "capstan", "davit"):
        path = note(tmp_path, slug, f"2024-10-2{len(slug) % 4} 10:00")
        path.write_text(path.read_text().replace("https://harbour.example", shop.url))
    gone = tmp_path / "notes" / "anchor.md"
    gone.write_text(gone.read_text().replace("/anchor", "/404"))
    assert digest(tmp_path, "build", "--week", "2024-W43").code == 0
    assert "link-dead" not in codes(digest(tmp_path, "check", "--json"))
    done = digest(tmp_path, "check", "--json", "--links")
    (dead,) = (each for each in done.data["report"]["findings"] if each["code"] == "link-dead")
    assert done.code == 1
    assert dead["where"] == "The story of anchor"
    assert dead["message"].endswith("/404 answered 404")


def test_a_servers_passing_fault_is_asked_about_once_more_and_a_silent_server_is_not(shop: Shop) -> None:
    shop.statuses["busy"] = 503
    threading.Timer(0.6, shop.statuses.clear).start()
    nowhere = "http://127.0.0.1:1/"
    busy, there, silent = asked([f"{shop.url}/busy", f"{shop.url}/200", nowhere], None)
    assert (busy.status, there.status, silent.status) == (200, 200, 0)
    assert [line for line in shop.asked if line.endswith("/200")] == ["HEAD /200"]
