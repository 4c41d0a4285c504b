"""Copy a picture: the right size, the kind that suits it of the two that every mail client shows, light enough.

What is transparent is laid on white: a chart's black lines would be gone on the dark paper that many clients put
behind them, and a ground set in the mail would hide the alternative text of a picture that is not shown.
"""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from PIL import Image

from digest.model.box import Box, within
from digest.pictures import Made, Recipe
from digest.pictures.opening import Opened, opened

_QUALITIES = (80, 74, 68, 62)
"""At twice the shown size 80 cannot be told from the original; below 62 edges begin to ring."""
_SCALES = (0.85, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
"""Of the size that the slot would have: half of it is still a pixel for each CSS pixel."""
_SAMPLE = 128
_PIXELS_A_COLOUR = 16
"""A graphic has a colour for so many pixels of a sample of 128 by 128, or fewer; a photograph one for two or three."""


def copy_of(source: bytes, recipe: Recipe) -> Made:
    """Return the copy of a picture; what nothing makes light enough comes as light as it can be.

    Raises:
        PictureError: it is no picture that can be opened.

    """
    found = opened(source, recipe.box)
    original = replace(found, pixels=_on_white(found.pixels))
    image = _sized(original.pixels, within(original.size, recipe.box))
    made = _first(_tries(image, original, len(source)), recipe.most)
    return replace(made, note=original.note)


def _tries(image: Image.Image, original: Opened, weight: int) -> Iterator[Made]:
    """Yield copies, the best first."""
    if original.kind != "JPEG" and _is_graphic(original.pixels):
        yield from _graphics(image)
    elif original.kind == "JPEG":
        yield from (made for made in _full_size(image) if len(made.content) <= weight)
    yield from _photographs(image)


def _first(tries: Iterator[Made], most: int) -> Made:
    """Return the first try of at most so many bytes; where there is none, the lightest."""
    lightest = next(tries)
    while len(lightest.content) > most:
        made = next(tries, None)
        if made is None:
            break
        lightest = min(made, lightest, key=lambda each: len(each.content))
    return lightest


def _graphics(image: Image.Image) -> Iterator[Made]:
    """Yield charts, drawings, screenshots: sharp edges and few colours, which PNG keeps and JPEG blurs."""
    yield _png(image)
    yield _png(image.convert("RGB").quantize(256))


def _photographs(image: Image.Image) -> Iterator[Made]:
    yield from _full_size(image)
    for each in _smaller(image):
        yield _jpeg(each, _QUALITIES[-2])
        yield _jpeg(each, _QUALITIES[-1])


def _full_size(image: Image.Image) -> Iterator[Made]:
    return (_jpeg(image, quality) for quality in _QUALITIES)


def _smaller(image: Image.Image) -> Iterator[Image.Image]:
    for scale in _SCALES:
        yield _sized(image, Box(width=max(1, round(image.width * scale)), height=max(1, round(image.height * scale))))


def _sized(image: Image.Image, size: Box) -> Image.Image:
    """Return the picture in that size, with nothing but its pixels: no EXIF, no profile, no comment."""
    if image.size == (size.width, size.height):
        sized = image.copy()
    else:
        sized = image.resize((size.width, size.height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    sized.info = {}
    return sized


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image).convert("RGB")


def _is_graphic(image: Image.Image) -> bool:
    """Tell whether a picture has few colours, by a sample of its own pixels, none of them mixed."""
    sample = image.resize((min(image.width, _SAMPLE), min(image.height, _SAMPLE)), Image.Resampling.NEAREST)
    return sample.getcolors(max(2, sample.width * sample.height // _PIXELS_A_COLOUR)) is not None


def _jpeg(image: Image.Image, quality: int) -> Made:
    written = BytesIO()
    image.save(written, "JPEG", quality=quality, progressive=True, optimize=True)
    return Made(content=written.getvalue(), kind="jpg", size=Box(width=image.width, height=image.height))


def _png(image: Image.Image) -> Made:
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return Made(content=written.getvalue(), kind="png", size=Box(width=image.width, height=image.height))
