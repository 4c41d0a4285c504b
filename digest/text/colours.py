"""Colours that can be read: contrast as WCAG 2.2 defines it (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""

import colorsys
from functools import lru_cache

ENOUGH = 4.5
"""The least contrast of text of ordinary size with its paper (WCAG 2.2, success criterion 1.4.3)."""

_STEPS = 100
_KNEE = 0.04045
"""Where sRGB's curve begins (IEC 61966-2-1); WCAG prints 0.03928, which differs for no 8-bit colour."""

Colour = tuple[int, int, int]


@lru_cache(maxsize=64)
def readable(colour: str, paper: str) -> str:
    """Return `colour` (`#rrggbb`), made darker or lighter only as far as text on `paper` needs; its hue stays.

    On any paper black or white has a contrast of 4.58 at least, so the last step always does.
    """
    ground = _read(paper)
    hue, start, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in _read(colour)))
    end = 0.0 if _contrast((0, 0, 0), ground) > _contrast((255, 255, 255), ground) else 1.0
    steps = (start + (end - start) * step / _STEPS for step in range(_STEPS + 1))
    tried = (_bytes(colorsys.hls_to_rgb(hue, lightness, saturation)) for lightness in steps)
    return _write(next(found for found in tried if _contrast(found, ground) >= ENOUGH))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 (none) to 21 (black on white)."""
    return _contrast(_read(one), _read(other))


def _contrast(one: Colour, other: Colour) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= _KNEE else ((channel + 0.055) / 1.055) ** 2.4)


def _bytes(channels: tuple[float, float, float]) -> Colour:
    red, green, blue = (round(channel * 255) for channel in channels)
    return red, green, blue


def _read(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _write(colour: Colour) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in colour)
