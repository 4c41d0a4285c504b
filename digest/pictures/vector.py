"""SVG: looked through for what reaches outside it, then drawn by resvg in a process that has bounds.

resvg runs no script and knows no network, but it opens the file that an `<image>` names by an absolute path, and a
few nested `<use>` are billions of shapes.
"""

import re
import subprocess
import sys
from collections.abc import Mapping
from xml.parsers import expat

from digest.errors import PictureError
from digest.model.box import Box

MOST_BYTES = 5_000_000
"""A map of a whole coast in SVG has two million."""
SECONDS = 10
"""Processor time of a drawing; a chart takes a tenth of one, most of it for the system's fonts."""
_WAIT = 30
"""Seconds by the clock on a machine that has other work too."""
_NATURAL = Box(width=536, height=402)
"""Taken for the size of a drawing that says none."""
_INSIDE = re.compile(r"#|data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9.]+)(?:px)?\s*\Z")
_MOST_PIXELS = 100_000


def drawn(source: bytes, box: Box) -> tuple[bytes, Box]:
    """Return a PNG of the drawing that fills `box` one way, and the drawing's own size.

    Raises:
        PictureError: it is no SVG, reaches outside itself, or cannot be drawn within its bounds.

    """
    if len(source) > MOST_BYTES:
        raise PictureError(f"it is too large: an SVG of more than {MOST_BYTES // 1_000_000} MB")
    text = _text(source)
    size = _vetted(text)
    width = box.width if size.width * box.height >= size.height * box.width else 0
    return _draw(text, width, 0 if width else box.height), size


def _text(source: bytes) -> str:
    """Return the source as text. Who vets it and who draws it must see the same, so that no other coding is taken."""
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PictureError("it is an SVG that is not in UTF-8") from error


class _Looker:
    """What the parser calls: it keeps the size of the root and refuses what reaches outside."""

    def __init__(self) -> None:
        self.size: Box | None = None

    def element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Look at one element."""
        if self.size is None:
            if name.rpartition(":")[2] != "svg":
                raise PictureError("it is no SVG: its first element is another")
            self.size = _size(attributes)
        for key, value in attributes.items():
            if key.rpartition(":")[2] == "href" and name.rpartition(":")[2] != "a" and not _INSIDE.match(value.strip()):
                raise PictureError("it is an SVG that asks for something outside itself")

    def entity(self, *_: object) -> None:
        """Refuse a document that declares entities: they can name files, and multiply."""
        raise PictureError("it is an SVG that declares entities")


def _vetted(text: str) -> Box:
    """Return the size that the drawing says it has."""
    parser, looker = expat.ParserCreate("utf-8"), _Looker()
    parser.StartElementHandler = looker.element
    parser.EntityDeclHandler = looker.entity
    try:
        parser.Parse(text.encode(), True)  # noqa: FBT003 - the last piece; the function takes no keyword
    except (expat.ExpatError, UnicodeEncodeError, ValueError) as error:
        raise PictureError("it is damaged SVG") from error
    if looker.size is None:
        raise PictureError("it is damaged SVG")
    return looker.size


def _size(attributes: Mapping[str, str]) -> Box:
    """Return the root's size: as its width and height say, else its view box."""
    box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    written = (attributes.get("width", ""), attributes.get("height", ""))
    for pair in (written, tuple(box[2:4])):
        found = [_LENGTH.match(each) for each in pair]
        figures = [_figure(match[1]) for match in found if match]
        if len(figures) == len(written) and all(1 <= each <= _MOST_PIXELS for each in figures):
            return Box(width=round(figures[0]), height=round(figures[1]))
    return _NATURAL


def _figure(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _draw(text: str, width: int, height: int) -> bytes:
    """Run `digest.pictures.drawing` on the text; `-P`: the folder that we happen to be in holds no modules."""
    command = (sys.executable, "-P", "-m", "digest.pictures.drawing", str(width), str(height), str(SECONDS))
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=_WAIT, check=False)  # noqa: S603 - our own module; nothing of it comes from outside
    except subprocess.TimeoutExpired as error:
        raise PictureError("it is an SVG that takes too long to draw") from error
    except OSError as error:
        raise PictureError(f"it cannot be drawn: {error.strerror}") from error
    if done.returncode or not done.stdout:
        raise PictureError("it is an SVG that cannot be drawn within the time and the memory that it may have")
    return done.stdout
