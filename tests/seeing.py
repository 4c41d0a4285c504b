"""Pictures of pages as tests take them and look at them."""

import io
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image, ImageStat

from digest.browser import Look, Page, Shot, open_camera

Colour = tuple[int, int, int]
Take = Callable[..., Shot]
"""Takes pictures of HTML; a Look and what the page may load are optional."""

SMALL = Look(width=100)


@contextmanager
def aside() -> Iterator[Callable[..., Any]]:
    """Yield what calls a function in a thread of its own: Playwright wants one a browser, and tests have one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield lambda work, *arguments: pool.submit(work, *arguments).result()


@contextmanager
def taking(program: Path) -> Iterator[Take]:
    """Open a camera and yield what takes pictures with it."""
    with aside() as run:
        opening = open_camera(program)
        camera = run(opening.__enter__)

        def take(html: str, look: Look = SMALL, answers: Mapping[str, bytes] | None = None) -> Shot:
            shot = run(camera.take, Page(html=html, answers=answers or {}), look)
            assert isinstance(shot, Shot)
            return shot

        try:
            yield take
        finally:
            run(opening.__exit__, None, None, None)


def opened(png: bytes) -> Image.Image:
    """Return a PNG's pixels."""
    return Image.open(io.BytesIO(png)).convert("RGB")


def pixel(png: bytes, x: int, y: int) -> Colour:
    """Return the colour at a place."""
    found = opened(png).getpixel((x, y))
    assert isinstance(found, tuple)
    return (int(found[0]), int(found[1]), int(found[2]))


def colours(png: bytes) -> int:
    """Return how many colours there are; a blank page has one."""
    return len(opened(png).getcolors(1 << 24) or ())


def light(png: bytes) -> float:
    """Return the mean light, from 0 to 255."""
    return ImageStat.Stat(opened(png).convert("L")).mean[0]


def square(colour: Colour, side: int = 40) -> bytes:
    """Return a PNG of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(file, "PNG")
    return file.getvalue()
