"""Pictures of every kind, sound and broken, and a gallery on loopback that shows them."""

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any

from PIL import Image


def photograph(width: int = 1600, height: int = 900, *, hue: int = 0) -> Image.Image:
    """Return something with as many colours as a photograph: soft light, three hues and some grain."""
    grain = Image.effect_noise((width, height), 24)
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.radial_gradient("L").resize((width, height))
    mixed = Image.merge("RGB", (Image.blend(grain, across, 0.8), Image.blend(grain, down, 0.7), across))
    return mixed.point([(value + hue) % 256 for value in range(256)] * 3)


def chart(width: int = 1200, height: int = 700) -> Image.Image:
    """Return a bar chart: four flat colours."""
    image = Image.new("RGB", (width, height), "white")
    for number, colour in enumerate(("teal", "orange", "black", "teal", "orange")):
        image.paste(colour, (100 + number * 200, 100 + number * 80, 220 + number * 200, height - 60))
    return image


def written(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Return the picture as a file of that kind."""
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def read(content: bytes) -> Image.Image:
    """Return a file's picture, all of it decoded."""
    image = Image.open(BytesIO(content))
    image.load()
    return image


JPEG = written(photograph(), "JPEG", quality=90)


def svg(inside: str, attributes: str = 'viewBox="0 0 300 200"', before: str = "") -> bytes:
    """Return an SVG document."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{before}<svg {names} {attributes}>{inside}</svg>".encode()


def bomb() -> bytes:
    """Return a PNG of a few kilobytes that would be 900 million pixels."""
    small = bytearray(written(Image.new("1", (8, 8)), "PNG"))
    small[16:24] = (30_000).to_bytes(4, "big") * 2
    import zlib  # noqa: PLC0415 - only this needs it

    small[29:33] = zlib.crc32(bytes(small[12:29])).to_bytes(4, "big")
    return bytes(small)


def endless_scans() -> bytes:
    """Return a JPEG that repeats one of its scans five hundred times."""
    sound = written(photograph(64, 64), "JPEG", progressive=True)
    last = sound.rindex(b"\xff\xda")
    return sound[:last] + sound[last:-2] * 500 + sound[-2:]


Answer = Callable[[BaseHTTPRequestHandler], None]


class Gallery(ThreadingHTTPServer):
    """A site of pictures; `asked` counts the requests, `most` is how many slow ones waited at one time."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Shown)
        self.shown: dict[str, bytes | Answer] = {}
        self.asked: Counter[str] = Counter()
        self.now = 0
        self.most = 0
        self.lock = threading.Lock()

    def url(self, name: str) -> str:
        """Return a picture's address."""
        return f"http://127.0.0.1:{self.server_port}/{name}"


class _Shown(BaseHTTPRequestHandler):
    server: Gallery

    def do_GET(self) -> None:
        name, gallery = self.path.lstrip("/"), self.server
        with gallery.lock:
            gallery.asked[name] += 1
        shown = gallery.shown.get(name)
        with contextlib.suppress(ConnectionError):
            if callable(shown):
                shown(self)
            else:
                answer(self, shown or b"", status=404 if shown is None else 200)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
        """Say nothing."""


def answer(request: BaseHTTPRequestHandler, body: bytes, *, status: int = 200, location: str = "") -> None:
    """Answer a request."""
    request.send_response(status)
    request.send_header("Content-Length", str(len(body)))
    if location:
        request.send_header("Location", location)
    request.end_headers()
    request.wfile.write(body)


def drip(request: BaseHTTPRequestHandler) -> None:
    """Answer a byte at a time."""
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    for _ in range(200):
        request.wfile.write(b"\xff")
        time.sleep(0.05)


def slowly(gallery: Gallery, body: bytes) -> Answer:
    """Answer after a while, and count who waits meanwhile."""

    def later(request: BaseHTTPRequestHandler) -> None:
        with gallery.lock:
            gallery.now += 1
            gallery.most = max(gallery.most, gallery.now)
        time.sleep(0.15)
        with gallery.lock:
            gallery.now -= 1
        answer(request, body)

    return later


@contextlib.contextmanager
def gallery() -> Iterator[Gallery]:
    """Run a gallery for as long as it is asked."""
    with Gallery() as shown:
        thread = threading.Thread(target=shown.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield shown
        finally:
            shown.shutdown()
            thread.join()
