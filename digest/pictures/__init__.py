"""Pictures: bytes of any kind in, a JPEG or PNG of the right size out. The only door to Pillow and to resvg.

Both come in when the first picture is opened, not when this room is imported: a build that finds its copies in place
needs neither.
"""

from dataclasses import dataclass
from typing import Literal

from digest.model.box import Box

__all__ = ["VERSION", "Made", "Measured", "Recipe", "make", "measure"]

VERSION = 1
"""The version of the recipe: whatever would give other bytes for the same source raises it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a copy must be: at most `box` in pixels and `most` in bytes."""

    box: Box
    most: int

    @property
    def name(self) -> str:
        """Return the part of a copy's file name that says how it was made, as in `1w200-1072x960`."""
        return f"{VERSION}w{self.most // 1000}-{self.box.width}x{self.box.height}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A copy: its bytes, what they are, its size in pixels, and what there is to say about it ("": nothing)."""

    content: bytes
    kind: Literal["jpg", "png"]
    size: Box
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a picture is: its size as it is shown, in pixels, and its kind in small letters (`webp`)."""

    size: Box
    kind: str


def make(source: bytes, recipe: Recipe) -> Made:
    """Return the copy that `recipe` makes of a picture.

    Raises:
        PictureError: the bytes are no picture, a damaged one, or one that is too large to be opened.

    """
    from digest.pictures.copying import copy_of  # noqa: PLC0415 - heavy: Pillow, 60 ms

    return copy_of(source, recipe)


def measure(source: bytes) -> Measured:
    """Return the size and the kind of a picture, after all of it was decoded.

    Raises:
        PictureError: as `make` does.

    """
    from digest.pictures.kinds import kind_of  # noqa: PLC0415 - of use for few builds, as the next
    from digest.pictures.opening import size_of  # noqa: PLC0415 - heavy: Pillow, 60 ms

    return Measured(size=size_of(source), kind=kind_of(source).lower())
