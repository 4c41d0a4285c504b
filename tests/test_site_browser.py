"""The public archive in a real browser, from a real server: every link answers, nothing comes from elsewhere.

The sample magazine's site, an issue in each of the shipped themes, with a correction and one that was printed.
"""

import functools
import http.client
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from archiving import record, site_files
from judging import AXE, PAGE_RULES, THEMES, Stage, html_validate
from running import digest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WEEKS = {"2024-W41": "roundup", "2024-W42": "letter", "2024-W43": "headlines", "2024-W44": "roundup"}
TEXT = "The mole was begun in 1871, not in 1817."
PAGES = ("index.html", *(f"{week}/index.html" for week in WEEKS))
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True)
class Served:
    """A site at its address."""

    url: str
    folder: Path

    def page(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def status(self, url: str) -> int:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
        connection.request("GET", urlsplit(url).path)
        status = connection.getresponse().status
        connection.close()
        return status


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        pass


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample magazine's site on loopback, at the address that its pages say."""
    room = tmp_path_factory.mktemp("site") / "paper"
    assert digest(room.parent, "init", "--sample", "paper").code == 0
    handler = functools.partial(_Quiet, directory=str(room / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        url = f"http://127.0.0.1:{server.server_port}/"
        with (room / "digest.toml").open("a", encoding="utf-8") as toml:
            toml.write(f'\n[site]\nurl = "{url}"\n')
        _fill(room)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Served(url=url, folder=room / "site")
        server.shutdown()
        thread.join()


def _fill(room: Path) -> None:
    """Send an issue in each theme; correct the first, and let the last print it."""
    for week, theme in WEEKS.items():
        if week == "2024-W44":
            assert digest(room, "correct", "2024-W41", TEXT).code == 0
            edits = room / "issues" / week / "edits.toml"
            edits.parent.mkdir()
            edits.write_text('schema = 1\n[[correction]]\nof = "2024-W41"\n', encoding="utf-8")
        done = digest(room, "build", "--week", week, "--theme", theme, "--offline", "--thin-ok")
        assert done.code == 0, done.err
        assert digest(room, "sent", week).code == 0
    assert sorted(set(WEEKS.values())) == sorted(THEMES)
    assert digest(room, "site").code == 0


def test_every_internal_link_answers_from_the_index_to_the_last_picture(served: Served) -> None:
    waiting, seen = [served.url], set()
    while waiting:
        url = waiting.pop().partition("#")[0]
        if url in seen or not url.startswith(served.url):
            continue
        seen.add(url)
        assert served.status(url) == 200, url
        name = urlsplit(url).path.lstrip("/")
        if name == "" or name.endswith("/"):
            page = html.document_fromstring(served.page(f"{name}index.html"))
            waiting += [urljoin(url, address) for address in page.xpath("//@href|//img/@src")]
    reached = {urlsplit(url).path.lstrip("/") for url in seen}
    reached = {f"{name}index.html" if name == "" or name.endswith("/") else name for name in reached}
    assert reached == set(site_files(served.folder))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_nothing_of_anybody_else_and_fits_its_window(
    chromium: "Browser", served: Served, name: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page = chromium.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.route("**/favicon.ico", lambda route: route.fulfill(body=""))  # a browser's own wish
    for width in (320, 360, 600, 1200):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(urljoin(served.url, name))
        assert page.evaluate(WIDE) <= 0
    pictures = "[...document.images].every(image => image.complete && image.naturalWidth > 0)"
    assert page.evaluate(pictures)
    page.close()
    assert [url for url in asked if not url.startswith(served.url)] == []
    assert said == []


def test_pictures_at_the_magazines_own_addresses_are_all_that_is_asked_of_elsewhere(
    chromium: "Browser", tmp_path: Path
) -> None:
    assert digest(tmp_path, "init", "--sample", ".").code == 0
    toml = (tmp_path / "digest.toml").read_text(encoding="utf-8")
    (tmp_path / "digest.toml").write_text(toml.replace("[pictures]", "[pictures]\noriginals = true"), encoding="utf-8")
    assert digest(tmp_path, "build", "--week", "2024-W43", "--offline").code == 0
    assert digest(tmp_path, "sent", "2024-W43").code == 0
    assert digest(tmp_path, "site").code == 0
    asked: list[str] = []
    page = chromium.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.route(re.compile("^https?:"), lambda route: route.abort())
    page.goto((tmp_path / "site" / "2024-W43" / "index.html").as_uri())
    page.click("nav.archive a")
    assert page.url == (tmp_path / "site" / "index.html").as_uri()
    page.close()
    entries = record(tmp_path / "issues" / "2024-W43").entries
    elsewhere = [url for url in asked if not url.startswith("file:")]
    assert elsewhere
    assert sorted(elsewhere) == sorted(entry.picture.image.url for entry in entries if entry.picture)


def test_a_reader_goes_from_issue_to_issue_and_back_to_all(chromium: "Browser", served: Served) -> None:
    page = chromium.new_page()
    page.goto(served.url)
    page.click("main li:last-child h3 a")
    for week in ("2024-W42", "2024-W43", "2024-W44"):
        page.click("a[rel=next]")
        assert page.url == f"{served.url}{week}/"
    assert page.locator("a[rel=next]").count() == 0
    page.click(".amends a")
    assert page.url == f"{served.url}2024-W41/"
    assert TEXT in page.inner_text(".corrections")
    page.click("nav.archive a >> nth=0")
    assert page.url == served.url
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_a_page_of_the_site(stage: Stage, served: Served, name: str) -> None:
    for width in (390, 1200):
        for scheme in ("light", "dark"):
            stage.show(served.page(name), width, scheme)
            assert stage.axe(PAGE_RULES) == [], (width, scheme)
            assert stage.ask("faint(4.5)") + stage.ask("small(14)") + stage.ask("plainLinks()") == []


@pytest.mark.skipif(not AXE.exists(), reason="the judges are not installed; `python3 tasks.py test` does it")
def test_html_validate_says_nothing_of_the_site(served: Served) -> None:
    assert html_validate("web", [served.folder / name for name in PAGES]) == []
