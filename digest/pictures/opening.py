"""Open a picture of anybody's making: one kind, one frame, upright, in sRGB, within bounds of memory and time."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from threading import Lock

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from digest.errors import PictureError
from digest.model.box import Box, within
from digest.pictures.colours import in_srgb
from digest.pictures.kinds import SVG, kind_of

MOST_PIXELS = 50_000_000
"""A telephone's largest picture has 50 million; four bytes each, that is 200 MB while it is decoded."""
_LARGE = 12_000_000
"""From so many pixels on pictures are decoded one at a time: threads share the machine's memory."""
_MOST_SCANS = 100
"""A progressive JPEG has about ten scans; a hostile one of a megabyte can have a hundred thousand, each over all of the
picture ("Two Issues with the JPEG Standard", libjpeg-turbo)."""
_SIDEWAYS = range(5, 9)
"""EXIF orientations that swap width and height."""
_ORIENTATION = 0x0112
_SMALL = Box(width=64, height=64)

PLUGINS = (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
"""The decoders that may be met: imported here, so that no other has to be looked for."""

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")  # of broken EXIF and the like, on the terminal

_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A decoded picture, L, RGB or RGBA: `size` is that of the whole picture; `pixels` may be a reduced one."""

    pixels: Image.Image
    size: Box
    kind: str
    note: str = ""


def opened(source: bytes, box: Box) -> Opened:
    """Return a picture, decoded to no less than what `box` can show of it; a drawing is drawn to fill it.

    Raises:
        PictureError: it is no picture, damaged, or larger than can be opened.

    """
    kind = kind_of(source)
    if kind == SVG:
        return replace(_raster(_drawing(source, box)[0], "PNG", box), kind=SVG)
    if kind == "JPEG" and source.count(b"\xff\xda") > _MOST_SCANS:
        raise PictureError("it is no sound JPEG: it has more scans than any picture needs")
    return _raster(source, kind, box)


def size_of(source: bytes) -> Box:
    """Return a picture's own size in pixels, after all of it was decoded; a drawing's as it says itself.

    Raises:
        PictureError: as `opened` does.

    """
    if kind_of(source) == SVG:
        return _drawing(source, _SMALL)[1]
    return opened(source, _SMALL).size


def _drawing(source: bytes, box: Box) -> tuple[bytes, Box]:
    from digest.pictures.vector import drawn  # noqa: PLC0415 - of use for few pictures

    return drawn(source, box)


def _raster(source: bytes, kind: str, box: Box) -> Opened:
    with _translated(kind), Image.open(BytesIO(source), formats=(kind,)) as image, _alone(image.width * image.height):
        return _decoded(image, kind, box)


def _decoded(image: ImageFile.ImageFile, kind: str, box: Box) -> Opened:
    """Decode the first frame and set it upright. A JPEG is decoded at an eighth to all of its size, as is needed."""
    whole = _drafted(image, box) if kind == "JPEG" else None
    image.load()
    upright = ImageOps.exif_transpose(image) if _orientation(image) else image
    size = whole or Box(width=upright.width, height=upright.height)
    pixels, note = in_srgb(upright)
    return Opened(pixels=pixels, size=size, kind=kind, note=note)


def _drafted(image: ImageFile.ImageFile, box: Box) -> Box:
    """Let a JPEG be decoded to no more than is needed; return its whole size, upright."""
    turned = _orientation(image) in _SIDEWAYS
    width, height = (image.height, image.width) if turned else image.size
    size = Box(width=width, height=height)
    wanted = within(size, box)
    image.draft(image.mode, (wanted.height, wanted.width) if turned else (wanted.width, wanted.height))
    return size


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation; 0 where there is none, or none that can be read: then nothing is turned."""
    try:
        found = image.getexif().get(_ORIENTATION, 0)
    except Exception:  # noqa: BLE001 - of broken EXIF every kind of error comes, and none of it matters
        return 0
    return found if isinstance(found, int) and 1 < found <= _SIDEWAYS[-1] else 0


@contextmanager
def _alone(pixels: int) -> Iterator[None]:
    """Let a large picture be the only one at a time."""
    if pixels < _LARGE:
        yield
        return
    with _one_at_a_time:
        yield


@contextmanager
def _translated(kind: str) -> Iterator[None]:
    """Turn whatever a decoder raises into ours. No word of theirs is kept: some of them hold addresses in memory."""
    try:
        yield
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(f"it is too large: more than {MOST_PIXELS // 1_000_000} million pixels") from error
    except UnidentifiedImageError as error:
        raise PictureError(f"it is damaged: it begins like {kind} and cannot be read as one") from error
    except MemoryError as error:
        raise PictureError("it is too large: there is no memory for it") from error
    except Exception as error:  # damaged bytes raise anything: OSError, SyntaxError, struct.error, IndexError …
        cut = isinstance(error, OSError) and "truncated" in str(error)
        message = f"it is cut off: the {kind} ends too early" if cut else f"it is damaged: no sound {kind}"
        raise PictureError(message) from error
