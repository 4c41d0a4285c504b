"""How long an editor waits: from a change to its draft, and in a real Chromium from the key to the mail in its frame.

Each time is a ratio to the bare one of the same run: for a draft what rendering the same issue takes, for the browser
that and what Chromium takes to load the same mail by itself, from a server that does nothing else. Drafts are told in
the processor's time: they wait for nothing. The archive holds 1,000 articles, 52 issues were sent before, and each
third story has a picture; a copy of one that an edit is the first to need is told apart.

    python benchmarks/desk.py [--stories 10,25,40] [--runs 50] [--drafts]
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _invented import Language
from archive_size import AUTHORS, SECTIONS, WINDOW_START, make_archive
from build_time import sent_before
from PIL import Image

from digest.archive import open_archive
from digest.issues.folder import EDITS
from digest.merge import seal
from digest.model.article import Block, Sighting
from digest.model.article import Image as Picture
from digest.pipeline.build import put
from digest.pipeline.drafting import Drafted, Drafter
from digest.pipeline.gather import find_window
from digest.pipeline.newsroom import open_newsroom
from digest.pipeline.planning import Options
from digest.render import render
from digest.window import Wanted

if TYPE_CHECKING:
    from playwright.sync_api import Page

WEEK = "2024-W43"
NOW = WINDOW_START + timedelta(days=9)
SENT = 52

TOML = """\
schema = 1
[magazine]
name = "The Bench"
url = "https://bench.example"
hosts = ["bench.example"]
zone = "Europe/London"
address = "1 Bench Street"
[week]
starts = "friday 12:00"
[pictures]
folder = "pictures"
images_url = "https://bench.example/{label}/i"
[[newsletters]]
since = 2014-10-31
"""

ITSELF = """\
<!doctype html><html lang="en"><title>The mail by itself</title><body>
<iframe title="The mail" sandbox width="700" height="800"></iframe></body></html>"""

LOADED = """\
address => new Promise(done => {
  const frame = document.querySelector("iframe"), began = performance.now();
  frame.onload = () => done(performance.now() - began);
  frame.src = address;
})"""
"""How long a frame takes to load an address."""

CHANGED = """\
([field, text]) => new Promise(done => {
  const stage = document.getElementById("stage"), place = document.getElementById(field);
  place.focus();
  place.value = text;
  const began = performance.now();
  let seen = 0;
  stage.addEventListener("load", () => done([seen, performance.now() - began]), { capture: true, once: true });
  place.dispatchEvent(new InputEvent("input", { bubbles: true }));
  place.blur();
  requestAnimationFrame(() => setTimeout(() => { seen = performance.now() - began; }));
})"""
"""A text is changed and the field is left: how long until the page has shown that, and the mail is in its frame."""

IDLE = """() => !document.getElementById("stage").hasAttribute("data-busy")
  && document.getElementById("saving").dataset.state === "built" """


@dataclass(frozen=True)
class Times:
    """Some times of the same thing, in seconds."""

    all: Sequence[float]

    @property
    def median(self) -> float:
        """Return the time that half of them do not reach."""
        return statistics.median(self.all)

    def against(self, bare: float) -> str:
        """Return the median and the worst in milliseconds, and as ratios to a bare time."""
        worst = max(self.all)
        return f"{self.median * 1000:7.1f} ms {self.median / bare:5.2f}   {worst * 1000:7.1f} ms {worst / bare:5.2f}"


def newsroom(folder: Path, stories: int) -> Path:
    """Make a newsroom with so many stories in the week, beside a thousand older articles."""
    folder.mkdir(parents=True)
    sections = "".join(f'[[sections]]\nname = "{name}"\npictures = true\n' for name in SECTIONS)
    (folder / "digest.toml").write_text(TOML + sections, encoding="utf-8")
    (folder / "pictures").mkdir()
    make_archive(folder / "articles.db", 1000 + 25)
    sent_before(folder, SENT)
    with closing(open_archive(folder / "articles.db")) as archive:
        invented = archive.window(WINDOW_START, WINDOW_START + timedelta(days=7))
        archive.put([_gone(article.url) for article in invented])
        archive.put(list(_stories(folder, stories)))
    return folder


def _gone(url: str) -> Sighting:
    """Take back a story that `make_archive` puts into the week: this benchmark has its own."""
    return seal(Sighting(source="magazine", url=url, gone=True, seen_at=NOW))


def _stories(folder: Path, stories: int) -> Iterator[Sighting]:
    language, rng = Language("the desk"), random.Random("the desk")  # noqa: S311 - the same stories each time
    for number in range(stories):
        url = f"https://bench.example/story-{number}"
        picture = None
        if number % 3 == 0:
            picture = Picture(url=f"{url}.jpg", alt="A picture")
            noise = Image.effect_noise((1200, 800), 40).convert("RGB")
            noise.save(folder / "pictures" / f"story-{number}.jpg", quality=80)
        yield seal(
            Sighting(
                source="magazine",
                url=url,
                title=language.title(),
                dek=language.sentence(),
                section=SECTIONS[number % len(SECTIONS)],
                authors=(rng.choice(AUTHORS),),
                published=WINDOW_START + timedelta(hours=1 + number * 4),
                date_source="feed",
                blocks=tuple(Block(text=text) for text in language.text(rng.randrange(300, 900))),
                image=picture,
                seen_at=NOW,
            )
        )


KINDS = ("headline", "lead", "place", "pin", "drop")


def edits_of(kind: str, drafted: Drafted, number: int) -> str:
    """Return an edits.toml that says one thing of one story."""
    ids = [choice.article.id for choice in drafted.selection.chosen]
    story, other = ids[number % len(ids)], ids[(number * 7 + 1) % len(ids)]
    said = {
        "headline": f'headline = "A headline of my own, number {number}"',
        "lead": f'lead = "A lead of my own, number {number}. It has two sentences."',
        "place": f'after = "{other if other != story else ""}"',
        "pin": 'do = "pin"',
        "drop": 'do = "drop"',
    }[kind]
    return f'schema = 1\n[[story]]\narticle = "{story}"\n{said}\n'


def drafts(root: Path, runs: int) -> None:
    """Compare drafting after an edit with rendering the same issue."""
    room = open_newsroom(root, compiled=root / "compiled")
    window = find_window(room, Wanted(week=WEEK), NOW)
    edits = room.shelf.issue(WEEK).path / EDITS
    with closing(open_archive(room.archive_path)) as archive:
        drafter = Drafter(room, archive, window, Options())
        first = drafter.draft(NOW)
        put(room.shelf.issue(WEEK), first)
        drafting: dict[str, list[float]] = {kind: [] for kind in (*KINDS, "… with a new copy")}
        rendering, files = [], set(first.files)
        for number in range(runs * len(KINDS)):
            kind = KINDS[number % len(KINDS)]
            edits.write_text(edits_of(kind, first, number // len(KINDS)), encoding="utf-8")
            drafted, took = timed(partial(drafter.draft, NOW))
            rendering.append(timed(partial(render, drafted.issue, drafted.theme, room.compiled))[1])
            drafting[kind if files >= set(drafted.files) else "… with a new copy"].append(took)
            files |= set(drafted.files)
    edits.write_text("schema = 1\n", encoding="utf-8")
    bare = Times(rendering)
    print(f"  {'bare render':<35}{bare.against(bare.median)}")
    for kind, times in drafting.items():
        if times:
            print(f"  {f'{kind}, drafted ({len(times)})':<35}{Times(times).against(bare.median)}")


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what some work gives, and how long the processor took for it."""
    began = time.process_time()
    given = work()
    return given, time.process_time() - began


@contextmanager
def desk(root: Path) -> Iterator[str]:
    """Run a desk; yield the address to open."""
    command = (sys.executable, "-m", "digest", "preview", WEEK, "--no-browser")
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - a pipe was asked for
            while not (line := process.stdout.readline().strip()).startswith("http"):
                if not line and process.poll() is not None:
                    sys.exit("the desk has not started")
            yield line
        finally:
            process.terminate()


@contextmanager
def itself(pages: Mapping[str, str]) -> Iterator[str]:
    """Serve pages and do nothing else; yield the address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path.partition("?")[0], "").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def until(page: "Page", script: str) -> None:
    """Wait until a piece of script is true of the page."""
    deadline = time.monotonic() + 60
    while not page.evaluate(script):
        if time.monotonic() > deadline:
            sys.exit(f"the page has not come to: {script}")
        page.wait_for_timeout(20)


def in_a_browser(root: Path, page: "Page", alone: "Page", runs: int) -> None:
    """Compare the first view, and an edit until it is in the frame, with the bare render and load of the same mail."""
    with ExitStack() as stack:
        began = time.perf_counter()
        url = stack.enter_context(desk(root))
        page.goto(url, wait_until="load")
        started = time.perf_counter() - began
        until(page, IDLE)
        first = Times([_viewed(page) for _ in range(max(3, runs // 5))])
        story = page.evaluate("document.querySelector('#outline [data-story]').dataset.story")
        page.goto(f"{url.partition('/?')[0]}/?story={story}", wait_until="load")
        mail = page.context.request.get(f"{url.partition('/?')[0]}/frame/desktop").text()
        alone.goto(f"{stack.enter_context(itself({'/': ITSELF, '/mail': mail}))}/", wait_until="load")
        numbers, shown, framed, loads = count(), [], [], []
        for number in range(runs + 3):
            until(page, IDLE)
            page.wait_for_timeout(500)  # an editor reads before the next one
            text = f"Headline number {next(numbers)}"
            seen, took = page.evaluate(CHANGED, [f"headline-{story}", text])
            if text not in page.frames[-1].locator("body").inner_text():
                sys.exit("the frame that has loaded does not show the change")
            loaded = alone.evaluate(LOADED, f"/mail?{number}")
            if number >= 3:  # noqa: PLR2004 - the first ones warm up
                shown.append(seen / 1000)
                framed.append(took / 1000)
                loads.append(loaded / 1000)
    rendering = rendered(root, runs)
    bare = rendering.median + statistics.median(loads)
    print(f"  Chromium loads the mail by itself  {Times(loads).against(statistics.median(loads))}")
    print(f"  bare: rendered and loaded          {bare * 1000:7.1f} ms")
    print(f"  from the command to the first view {started * 1000:7.1f} ms")
    print(f"  first view                         {first.against(bare)}")
    print(f"  the key is answered                {Times(shown).against(bare)}")
    print(f"  an edit, in the frame              {Times(framed).against(bare)}")


def _viewed(page: "Page") -> float:
    page.reload(wait_until="load")
    return float(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")) / 1000


def rendered(root: Path, runs: int) -> Times:
    """Return what rendering the issue takes that the desk has built."""
    room = open_newsroom(root, compiled=root / "compiled")
    issue, theme = replace(room.shelf.issue(WEEK).read(), files=()), room.theme()
    return Times([timed(partial(render, issue, theme, room.compiled))[1] for _ in range(runs + 3)][3:])


def main() -> None:
    """Measure for each number of stories."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", default="10,25,40")
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--drafts", action="store_true", help="without a browser")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        pages = () if options.drafts else stack.enter_context(browsing())
        for stories in map(int, options.stories.split(",")):
            root = newsroom(Path(folder) / str(stories), stories)
            print(f"\n{stories} stories{'median':>33} ratio{'worst':>12} ratio")
            drafts(root, options.runs)
            if pages:
                in_a_browser(root, *pages, options.runs)


@contextmanager
def browsing() -> Iterator[tuple["Page", "Page"]]:
    """Start Debian's Chromium; yield two windows of it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - `--drafts` needs none

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        size: Any = {"width": 1440, "height": 900}
        yield chromium.new_page(viewport=size), chromium.new_page(viewport=size)
        chromium.close()


if __name__ == "__main__":
    main()
