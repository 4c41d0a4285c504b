"""The README's pictures, taken again by `python3 tasks.py docs`: every theme and the desk, with the fullest week.

`arabic.json` beside this file is the record of a small invented magazine that runs from right to left. Any Issue can be
pictured so: `page_of`.
"""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from digest.browser import Camera, Look, Page, find_program, open_camera
from digest.issues.folder import read_record
from digest.mailers.message import Terms, make_message
from digest.model.issue import Issue
from digest.pipeline.faces import faces_of, pages
from digest.pipeline.handing import terms
from digest.pipeline.newsroom import open_newsroom
from digest.render import render
from digest.theme import find_theme, shipped, theme_names

DOCS = Path(__file__).resolve().parent
IMAGES = DOCS.parent / "digest" / "sample" / "img"
WEEK = "2024-W43"
TERMS = Terms(service="none", values={"unsubscribe": "https://almarfa.example/leave"})

WIDE, PHONE, DARK = Look(width=600, scale=0.7), Look(width=360, scale=2 / 3), Look(width=600, scale=0.7, dark=True)
"""Drawn as small as they are shown, 420 and 240 pixels wide: letters stay sharper than in a picture made smaller."""

TALL = 1000
"""Pixels of each that are kept, from its top."""

HEAVIEST = 60_000
"""Bytes of a file; its colours are made fewer until it is as light."""


@dataclass(frozen=True)
class Wanted:
    """A picture: its file's name, what it is of, and how that is looked at."""

    name: str
    page: Page
    look: Look


def wanted() -> Iterator[Wanted]:
    """Yield every picture."""
    for theme in theme_names([shipped()]):
        page = sample_page(theme)
        yield Wanted(f"{theme}-600", page, WIDE)
        yield Wanted(f"{theme}-360", page, PHONE)
        if theme == "roundup":
            yield Wanted(f"{theme}-dark", page, DARK)
    issue = read_record((DOCS / "arabic.json").read_bytes(), "docs/arabic.json")
    yield Wanted("roundup-rtl", page_of(issue, "roundup"), WIDE)


def sample_page(theme: str) -> Page:
    """Return the mail of the sample magazine's fullest week, built with `theme` in a newsroom of its own."""
    with TemporaryDirectory() as place:
        root = Path(place)
        for command in (("init", "--sample"), ("build", "--week", WEEK, "--theme", theme, "--offline")):
            subprocess.run((sys.executable, "-m", "digest", "-q", "-C", place, *command), check=True)
        newsroom = open_newsroom(root)
        return pages(faces_of(newsroom.shelf.issue(WEEK), terms(newsroom, WEEK, "none")))["mail"]


def page_of(issue: Issue, theme: str) -> Page:
    """Return the mail of any issue; its pictures are the sample magazine's of the same file name."""
    message = make_message(issue, render(issue, find_theme(theme, [shipped()])), TERMS)
    shown = (entry.picture.image.url for entry in issue.entries if entry.picture)
    return Page(html=message.html, answers={url: (IMAGES / url.rpartition("/")[2]).read_bytes() for url in shown})


EDITS = """\
[[story]]
article = "{first}"
headline = "The Harbour That Drowned in Silt"
was = {{headline = "{headline}"}}

[[story]]
article = "{second}"
do = "drop"

[[story]]
article = "{third}"
section = "Culture"
after = ""
"""
"""What the editor has decided of the first three stories below the lead."""

DESK = {"width": 1120, "height": 760}
SMALLER = 0.75
"""The desk's window, and how much smaller it is drawn: 840 pixels wide, as a README shows it."""

DESKS = {
    "desk": ("light", "?view=desktop&panel=story&story={first}"),
    "desk-dark": ("dark", "?view=dark&panel=left-out&story={third}"),
    "desk-changes": ("light", "?view=last-build&panel=checks"),
}
"""The desk's pictures: what the system prefers, and where the editor is."""


def desks(program: Path) -> Iterator[tuple[str, Image.Image]]:
    """Yield a picture of the desk in each of `DESKS`."""
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        for command in (("init", "--sample"), ("build", "--week", WEEK, "--offline")):
            subprocess.run((sys.executable, "-m", "digest", "-q", "-C", place, *command), check=True)
        stories = edited(Path(place) / "issues" / WEEK)
        browser = playwright.chromium.launch(executable_path=program, chromium_sandbox=os.geteuid() != 0)
        with desk(place) as url:
            for name, (scheme, where) in DESKS.items():
                yield name, desk_picture(browser, scheme, (url, where.format(**stories)))
        browser.close()


def edited(folder: Path) -> dict[str, str]:
    """Write what the editor has decided; return the ids of the stories that it is about."""
    record = json.loads((folder / "issue.json").read_text(encoding="utf-8"))
    entries = [entry for section in record["sections"][1:] for entry in section["entries"]][:3]
    stories = dict(zip(("first", "second", "third"), (entry["id"] for entry in entries), strict=True))
    decided = EDITS.format(headline=entries[0]["title"]["text"], **stories)
    (folder / "edits.toml").write_text("schema = 1\n" + decided, encoding="utf-8")
    return stories


@contextmanager
def desk(place: str) -> Iterator[str]:
    """Run the desk; yield the address that it says."""
    command = (sys.executable, "-m", "digest", "-C", place, "preview", WEEK, "--no-browser")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        lines = iter(process.stdout.readline, "") if process.stdout else ()
        try:
            yield next(line.strip() for line in lines if line.startswith("http://"))
        finally:
            process.terminate()


def desk_picture(browser: Browser, scheme: str, address: tuple[str, str]) -> Image.Image:
    """Return the desk as it is when everything is there: saved, and the mail in its frame."""
    url, where = address
    page = browser.new_page(viewport=DESK, device_scale_factor=SMALLER, color_scheme=scheme)
    page.goto(url)
    page.goto(url.partition("?")[0] + where, wait_until="networkidle")
    page.wait_for_timeout(1000)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return picture


def taken(camera: Camera, each: Wanted) -> bytes:
    """Return the top of a page as a PNG that is light enough."""
    whole = Image.open(io.BytesIO(camera.take(each.page, each.look).pictures[0])).convert("RGB")
    return light(whole.crop((0, 0, whole.width, min(TALL, whole.height))))


def light(picture: Image.Image) -> bytes:
    """Return a picture as a PNG that is light enough."""
    tries = (_png(picture, colours) for colours in (256, 128, 64, 48, 32, 24))
    return next(content for content in tries if len(content) <= HEAVIEST)


def _png(picture: Image.Image, colours: int) -> bytes:
    file = io.BytesIO()
    picture.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def main() -> None:
    """Take every picture; only when all are there do they stand for the old ones."""
    program = find_program(None, str(Path(shutil.which("chromium") or "").parent))
    with open_camera(program) as camera:
        found = {f"{each.name}.png": taken(camera, each) for each in wanted()}
    found |= {f"{name}.png": light(picture) for name, picture in desks(program)}
    for old in DOCS.glob("*.png"):
        old.unlink()
    for name, content in found.items():
        (DOCS / name).write_bytes(content)
        print(f"docs/{name}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
