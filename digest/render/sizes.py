"""The size at which a picture is shown."""

from dataclasses import dataclass

from digest.model.article import Image


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """CSS pixels, as the attributes of `<img>` state them; `height` 0 where the picture's own is not known."""

    width: int
    height: int


def fit(image: Image, width: int, height: int) -> Size:
    """Return the largest size within `width` by `height` that keeps the picture's shape and does not enlarge it."""
    if image.width <= 0 or image.height <= 0:
        return Size(width=width, height=0)
    scale = min(width / image.width, height / image.height, 1)
    return Size(width=max(1, round(image.width * scale)), height=max(1, round(image.height * scale)))
