"""The browser: a page becomes pictures. The only door to Playwright; nothing here leaves the machine.

A page is loaded from memory. Every request that it makes is answered from what comes with it, or refused and told; the
browser is offline besides, and finds no host, so that what Playwright cannot hold up (a connection made in advance,
a host looked up in advance) leads nowhere either. Scripts do not run. Same page, same machine: same pixels.
"""

import os
import re
import shutil
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from digest.errors import BrowserError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, FloatRect, Route
    from playwright.sync_api import Page as Tab

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What Chromium is called where systems install it."""

TALLEST = 16_384
"""Pixels: the tallest picture. Chromium draws no larger texture, and repeats or loses what is below (Playwright's issue
13496); a taller page becomes several pictures."""

MOST = 10
"""The most pictures of one page: four times what 40 stories take on a phone (40,512 pixels). What is below is told."""

_LOWEST = 200
"""CSS pixels: the window's height. A page is shown whole; one that is lower is as high as this."""

_HOME = "http://issue.invalid/"
"""Where a page stands while it is shown: a name that RFC 2606 keeps from ever being anybody's."""

_ARGUMENTS = ("--host-resolver-rules=MAP * ~NOTFOUND", "--force-color-profile=srgb", "--disable-lcd-text")
"""No host is found, not even by a number; colours and the edges of letters do not depend on the screen."""

_HEADERS = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "sandbox"}
"""In the sandbox a page cannot leave for another by itself (a refresh), nor open one."""

_LAST_WORDS = re.compile(r"\[err\] (.*\S)")
"""A line that the browser itself printed, as Playwright quotes it."""

_FULL_SIZE = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page, and all that it may load: bytes by address, absolute or relative to the page."""

    html: str
    answers: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a page is looked at: the window's `width` in CSS pixels, and `scale`, how many pixels show each of them."""

    width: int
    scale: float = 1
    dark: bool = False
    pictures: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """What was taken: PNGs from the top down, all but the last equally tall.

    `refused` are the addresses that the page asked for and did not get. `width` is what it takes at least, in CSS
    pixels: more than the window's where something sticks out, which no picture shows. `unseen` are the pixels below
    the last picture.
    """

    pictures: tuple[bytes, ...]
    refused: tuple[str, ...]
    width: int
    unseen: int


def find_program(named: Path | None, path: str) -> Path:
    """Return the browser to start: the one `named`, else the first of PROGRAMS in the folders of `path`.

    Raises:
        BrowserError: there is none.

    """
    if named is not None:
        if not (named.is_file() and os.access(named, os.X_OK)):
            hint = "name the program itself, as in /usr/bin/chromium"
            raise BrowserError("there is no such program", where=str(named), hint=hint)
        return named
    for name in PROGRAMS:
        if found := shutil.which(name, path=path):
            return Path(found)
    hint = "apt-get install chromium; or name one: --browser PATH, or DIGEST_CHROMIUM in the environment"
    raise BrowserError("no Chromium was found", hint=hint)


@contextmanager
def open_camera(program: Path) -> Iterator["Camera"]:
    """Start the browser for the length of a `with`.

    Its own sandbox is on, except for root, who cannot have it.

    Raises:
        BrowserError: Playwright is not installed, or the browser does not start.

    """
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - heavy: 200 ms, and optional
    except ImportError as error:
        hint = "pip install 'playwright>=1.55'"
        raise BrowserError("taking pictures needs Playwright, which is not installed", hint=hint) from error
    with ExitStack() as stack:
        with _explained(program):
            playwright = stack.enter_context(sync_playwright())
            browser = playwright.chromium.launch(
                executable_path=program, chromium_sandbox=os.geteuid() != 0, args=list(_ARGUMENTS)
            )
            stack.callback(browser.close)
        yield Camera(browser, program)


class Camera:
    """A browser that takes pictures."""

    def __init__(self, browser: "Browser", program: Path) -> None:
        self._browser = browser
        self._program = program

    def take(self, page: Page, look: Look) -> Shot:
        """Return pictures of the whole page.

        Raises:
            BrowserError: the browser fails.

        """
        with _explained(self._program), ExitStack() as stack:
            context = self._browser.new_context(
                viewport={"width": look.width, "height": _LOWEST},
                device_scale_factor=look.scale,
                color_scheme="dark" if look.dark else "light",
                reduced_motion="reduce",
                java_script_enabled=False,
                service_workers="block",
                accept_downloads=False,
                offline=True,
            )
            stack.callback(context.close)
            return _take(context, page, look)


def png_size(png: bytes) -> tuple[int, int]:
    """Return a PNG's width and height in pixels, as its first chunk states them (PNG specification, 11.2.1)."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _take(context: "BrowserContext", page: Page, look: Look) -> Shot:
    refused: dict[str, None] = {}
    context.route("**/*", _doorkeeper(page, look, refused))
    tab = context.new_page()
    tab.goto(_HOME, wait_until="load")
    width, height = tab.evaluate(_FULL_SIZE)
    tallest = int(TALLEST / look.scale)
    tops = range(0, height, tallest)[:MOST]
    pictures = tuple(_picture(tab, look.width, top, min(tallest, height - top)) for top in tops)
    return Shot(
        pictures=pictures,
        refused=tuple(sorted(refused)),
        width=width,
        unseen=round(max(0, height - tallest * MOST) * look.scale),
    )


def _doorkeeper(page: Page, look: Look, refused: dict[str, None]) -> "Callable[[Route], None]":
    """Return what answers the requests of `page`; what it turns away, it writes into `refused`."""
    answers = {urljoin(_HOME, address): content for address, content in page.answers.items()}

    def answer(route: "Route") -> None:
        request = route.request
        if request.url == _HOME:
            route.fulfill(body=page.html.encode(), headers=_HEADERS)
        elif request.resource_type == "image" and not look.pictures:
            route.abort()
        elif request.url in answers:
            route.fulfill(body=answers[request.url])
        else:
            refused[request.url] = None
            route.abort()

    return answer


def _picture(tab: "Tab", width: int, top: int, height: int) -> bytes:
    clip: FloatRect = {"x": 0, "y": top, "width": width, "height": height}
    return tab.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide")


@contextmanager
def _explained(program: Path) -> Iterator[None]:
    """Turn what Playwright says into an error of ours: the browser's own last words, else Playwright's first line."""
    try:
        yield
    except Exception as error:  # Playwright's own Error, and a bare one where its driver dies
        said = str(error)
        words = (_LAST_WORDS.findall(said) or [said.strip().partition("\n")[0]])[-1]
        raise BrowserError(f"the browser failed: {words}", where=str(program), hint=_advice(said)) from error


def _advice(said: str) -> str:
    if "usable sandbox" in said or "SUID sandbox" in said:
        return "it cannot lock itself in: apt-get install chromium-sandbox"
    if "reading from the driver" in said:
        return "Playwright's own program does not start: apt-get install libatomic1"
    return "see that the program starts by itself, or name another: --browser PATH"
