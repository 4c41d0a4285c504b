"""The room that a picture has: how large each slot shows it, and how many pixels that takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from digest.model.edits import Slot

DENSITY = 2
"""Pixels of a copy for each CSS pixel, across and down: what today's screens of every size have, or nearly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A width and a height in pixels."""

    width: int
    height: int


_STORY = Box(width=536, height=480)

SHOWN: Mapping[Slot, Box] = {
    "lead": Box(width=536, height=640),
    "story": _STORY,
    "brief": _STORY,
    "headline": _STORY,
}
"""The most CSS pixels that a picture takes in each slot. 536 is the mail's column of 600 without its margins; the
shipped themes give `fit` no more than this, and a test holds them to it."""


LOGO = Box(width=536, height=48)
"""The most CSS pixels that the magazine's logo takes, in its place on top; the shipped themes give it this height."""


def pixels(slot: Slot) -> Box:
    """Return the largest copy that is of use in `slot`."""
    return doubled(SHOWN[slot])


def doubled(shown: Box) -> Box:
    """Return the pixels that a picture of so many CSS pixels has."""
    return Box(width=shown.width * DENSITY, height=shown.height * DENSITY)


def within(size: Box, box: Box) -> Box:
    """Return the largest size of the shape of `size` that fits `box` and enlarges nothing."""
    scale = min(box.width / size.width, box.height / size.height, 1)
    return Box(width=max(1, round(size.width * scale)), height=max(1, round(size.height * scale)))
