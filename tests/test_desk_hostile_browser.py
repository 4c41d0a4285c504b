"""A hostile page, a hostile theme and hostile texts, with the editor's own Chromium between them and the desk."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from desk_running import RunningDesk, copied, desk, sample
from digest.preview.frames import VIEWS
from running import digest, files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

ATTACK = """\
<!DOCTYPE html><title>A page elsewhere</title><body><script>
const desk = "DESK", told = {};
const body = JSON.stringify({code: "link-staging", where: "", why: "x"});
const change = path => [
  [`text/plain to ${path}`, fetch(desk + path, {method: "POST", mode: "no-cors", credentials: "include",
    headers: {"Content-Type": "text/plain"}, body})],
  [`JSON to ${path}`, fetch(desk + path, {method: "POST", credentials: "include",
    headers: {"Content-Type": "application/json"}, body})],
  [`a beacon to ${path}`, Promise.resolve(navigator.sendBeacon(desk + path, body))],
];
const read = path => [[`reading ${path}`, fetch(desk + path, {credentials: "include"}).then(a => a.text())],
  [`reading ${path} blindly`, fetch(desk + path, {mode: "no-cors", credentials: "include"}).then(a => a.text())]];
const element = (name, attributes) => [`${name} ${Object.values(attributes)[0]}`, new Promise(done => {
  const made = Object.assign(document.createElement(name), attributes);
  made.onload = () => done("loaded"); made.onerror = () => done("");
  document.body.append(made);
})];
const socket = [["a WebSocket", new Promise(done => {
  const made = new WebSocket(desk.replace("http", "ws") + "/events");
  made.onopen = () => done("open"); made.onerror = () => done("");
})], ["events", new Promise(done => {
  const made = new EventSource(desk + "/events", {withCredentials: true});
  made.onmessage = made.onopen = () => done("open"); made.onerror = () => { made.close(); done(""); };
})]];
const all = [...["/do", "/undo", "/waive", "/approve"].flatMap(change),
  ...["/", "/state", "/frame/desktop"].flatMap(read), ...socket,
  element("script", {src: desk + "/static/desk.js"}), element("script", {src: desk + "/state"}),
  element("img", {src: desk + "/static/desk.svg"}), element("img", {src: desk + "/images/PICTURE"})];
for (const path of ["/do", "/undo", "/approve"]) {
  const frame = Object.assign(document.createElement("iframe"), {name: path});
  const form = Object.assign(document.createElement("form"), {method: "POST", action: desk + path, target: path,
    enctype: "text/plain"});
  form.append(Object.assign(document.createElement("input"), {name: body.slice(0, -1) + ', "x": "', value: '"}'}));
  document.body.append(frame, form);
  form.submit();
}
const inside = Object.assign(document.createElement("iframe"), {src: desk + "/", id: "inside"});
document.body.append(inside);
Promise.all(all.map(async ([name, promise]) => {
  try { told[name] = String(await promise).slice(0, 200); } catch (error) { told[name] = "failed"; }
})).then(() => setTimeout(() => { window.told = told; }, 500));
</script>
"""

SCRIPTS = (
    "<script>window.taken = 1; fetch('EVIL/script')</script>",
    '"><img src=x onerror="window.taken = 1; fetch(\'EVIL/image\')">',
    "'-alert(1)-'",
    "</textarea><script>window.taken = 1</script>",
    ']]><svg/onload="window.taken = 1">',
    "{{ 7 * 7 }}{% raw %}",
    "\u202etxet desrever\u202c",
    "javascript:window.taken=1",
)

THEME = """\
<script>window.taken = 1; top.taken = 1; fetch('EVIL/script')</script>
<svg onload="top.taken = 1"></svg><details open ontoggle="top.taken = 1"><summary>More</summary></details>
<meta http-equiv="refresh" content="0;url=EVIL/refresh">
<a id="out" href="EVIL/link" target="_top" ping="EVIL/ping">The way out</a>
<form id="form" action="EVIL/form" target="_top" method="post"><button autofocus>Send</button></form>
<iframe src="EVIL/frame"></iframe><object data="EVIL/object"></object><embed src="EVIL/embed">
<link rel="prefetch" href="EVIL/prefetch">
<video src="EVIL/video" autoplay></video><audio src="EVIL/audio" autoplay></audio>
<base href="EVIL/base/" target="_top">
"""


class Elsewhere:
    """A server of somebody else on loopback: it shows `page` to whoever asks, and remembers what was asked for."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.page = ""
        self.asked: list[str] = []


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            there.asked.append(f"{self.command} {self.path}")
            body = there.page.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        there = Elsewhere(server.server_port)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield there
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("hostile_browser"))


@contextmanager
def opened(chromium: "Browser", running: RunningDesk) -> "Iterator[Page]":
    """Open the desk in a window of its own; a dialogue of a script would be a failure."""
    context = chromium.new_context()
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a script has opened a dialogue: {dialog.message}"))
    page.goto(running.url)
    page.wait_for_selector("#outline .row")
    try:
        yield page
    finally:
        context.close()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_page_elsewhere_reads_and_changes_nothing(
    newsroom: Path, tmp_path: Path, chromium: "Browser", elsewhere: Elsewhere, name: str
) -> None:
    """127.0.0.1 is the same site as the desk, so that its cookie goes along; localhost is another one."""
    with desk(copied(newsroom, tmp_path)) as running, opened(chromium, running) as page:
        running.until(lambda state: state["built"])
        before = files(running.folder / "issues")
        picture = next((each["name"] for each in running.state["issue"]["files"] if "images/" in each["name"]), "none")
        elsewhere.page = ATTACK.replace("DESK", running.origin).replace("images/PICTURE", picture)
        sent: list[Request] = []
        attacker = page.context.new_page()
        attacker.on("request", lambda request: sent.append(request))  # noqa: PLW0108 - not on a builtin method
        attacker.goto(elsewhere.url.replace("127.0.0.1", name))
        attacker.wait_for_function("window.told")
        told: dict[str, Any] = attacker.evaluate("window.told")
        asked = [request for request in sent if request.url.startswith(running.origin)]
        assert len(asked) >= 20
        harmless = {"failed", "", "true", "undefined"}  # an opaque answer reads as ""; a beacon says that it was queued
        assert {what: said for what, said in told.items() if said not in harmless} == {}
        inside = attacker.frame_locator("#inside").locator("#outline")
        assert inside.count() == 0
        assert files(running.folder / "issues") == before
        answers = [answer.status for request in asked if (answer := request.response())]
        assert set(answers) <= {403}
        attacker.goto(f"{elsewhere.url}/")
        attacker.evaluate("desk => { location.href = desk + '/?view=text' }", running.origin)
        attacker.wait_for_function("desk => location.href.startsWith(desk) && document.body", arg=running.origin)
        assert "by its own address" in attacker.inner_text("body")
        assert page.locator("#outline .row").count() > 0


def test_scripts_in_texts_are_texts_on_the_page_and_in_every_view(
    newsroom: Path, tmp_path: Path, chromium: "Browser", elsewhere: Elsewhere
) -> None:
    room = copied(newsroom, tmp_path)
    hostile = [text.replace("EVIL", elsewhere.url) for text in SCRIPTS]
    notes = room / "notes"
    notes.mkdir(exist_ok=True)
    (room / "issues/2024-W43/edits.toml").write_text(_edits(room, hostile), encoding="utf-8")
    with desk(room) as running, opened(chromium, running) as page:
        state = running.state
        assert state["trouble"] is None
        story = state["order"][0]["id"]
        for panel in ("story", "issue", "checks", "left-out", "conflicts", "history"):
            page.goto(f"{running.origin}/?story={story}&panel={panel}")
            page.wait_for_selector("#outline .row")
        for view in VIEWS:
            page.goto(f"{running.origin}/?view={view}&story={story}")
            page.frame_locator("#stage iframe").locator("body").wait_for()
            assert [frame.evaluate("window.taken") for frame in page.frames[:1]] == [None]
        assert hostile[0] in page.inner_text("#outline")
        assert page.evaluate("window.taken") is None
        assert elsewhere.asked == []


def _edits(room: Path, hostile: list[str]) -> str:
    """Return edits that have a hostile text wherever an editor can write one."""
    data = digest(room, "articles", "--week", "2024-W43", "--json").data
    first = next(row["id"] for row in data["articles"] if row["in"])
    story = "\n".join(f"{field} = '''{text}'''" for field, text in zip(FIELDS, hostile, strict=False))
    lines = "\n".join(f"{field} = '''{text}'''" for field, text in zip(LINES, hostile, strict=False))
    links = "\n".join(
        f"[[link]]\nurl = 'https://sea.example/?q={number}%22%3E%3Cscript%3E'\n"
        f"title = '''{text}'''\nsource = '''{text}'''\ntext = '''{text}'''"
        for number, text in enumerate(hostile)
    )
    return f"schema = 1\n[issue]\n{lines}\n[[story]]\narticle = '{first}'\n{story}\n{links}\n"


FIELDS = ("headline", "byline", "kicker", "dek", "lead")
LINES = ("subject", "preheader", "opening")


def test_a_theme_that_means_ill_leaves_its_frame_on_no_way(
    newsroom: Path, tmp_path: Path, chromium: "Browser", elsewhere: Elsewhere
) -> None:
    room = copied(newsroom, tmp_path)
    assert digest(room, "theme", "new", "ill", "--from", "roundup").code == 0
    config = (room / "digest.toml").read_text(encoding="utf-8")
    config = config.replace("[[newsletters]]\n", '[[newsletters]]\ntheme = "ill"\n')
    (room / "digest.toml").write_text(config, encoding="utf-8")
    for name in ("email.html", "web.html"):
        template = room / "templates/ill" / name
        text = template.read_text(encoding="utf-8")
        template.write_text(text.replace("{% endblock %}", THEME.replace("EVIL", elsewhere.url) + "{% endblock %}", 1))
    with desk(room) as running, opened(chromium, running) as page:
        assert running.state["trouble"] is None, running.state["trouble"]
        assert "The way out" in running.get("/frame/desktop").text
        for view in VIEWS:
            page.goto(f"{running.origin}/?view={view}")
            page.wait_for_selector("#outline .row")
            frame = page.frame_locator("#stage iframe")
            frame.locator("body").wait_for()
            for way in ("#out", "#form button"):
                for each in frame.locator(way).all()[:1]:
                    each.dispatch_event("click")
            page.wait_for_timeout(100)
            assert page.url.startswith(f"{running.origin}/?view={view}")
            assert page.evaluate("window.taken") is None
        assert len(page.context.pages) == 1
        assert [asked for asked in elsewhere.asked if not asked.startswith("GET /favicon")] == []


def test_the_second_window_sees_within_a_second_what_the_first_has_done(
    newsroom: Path, tmp_path: Path, chromium: "Browser"
) -> None:
    with (
        desk(copied(newsroom, tmp_path)) as running,
        opened(chromium, running) as one,
        opened(chromium, running) as two,
    ):
        running.until(lambda state: state["built"])
        answer = running.do("issue", field="subject", text="Fog on the quay")
        began = time.monotonic()
        assert answer.status == 200, answer.body
        for window in (one, two):
            window.wait_for_function("text => document.title.includes(text)", arg="Fog on the quay", timeout=5000)
        assert time.monotonic() - began < 5  # on a machine at work; the figure is in the report
        assert urlsplit(two.url).netloc == urlsplit(running.url).netloc
