"""A theme's colours, made from the brand's: text that can be read on every ground, in light and dark."""

from dataclasses import dataclass

from digest.model.issue import Brand
from digest.text.colours import readable

_INK, _MUTED, _WHITE = "#1c1917", "#57534e", "#ffffff"
_DARK_PAPER, _DARK_BOX = "#1d1b19", "#2a2724"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours as `#rrggbb`. `page` is the ground around the `paper`, `box` one of its own on the paper.

    `ink` and `muted` are texts, `accent` the brand's own colour; all three can be read on each of the grounds, and
    `press` on `accent`. `rule` is for lines.
    """

    page: str
    paper: str
    box: str
    ink: str
    muted: str
    rule: str
    accent: str
    press: str


def light(brand: Brand) -> Palette:
    """Return the colours on light paper; `brand.page` is as light as the configuration asks for."""
    return Palette(
        page=brand.page,
        paper=_WHITE,
        box=brand.page,
        ink=_INK,
        muted=readable(_MUTED, brand.page),
        rule="#d9d2c6",
        accent=readable(brand.accent, brand.page),
        press=_WHITE,
    )


def dark(brand: Brand) -> Palette:
    """Return the colours on dark paper, whatever the brand's page is."""
    return Palette(
        page="#121110",
        paper=_DARK_PAPER,
        box=_DARK_BOX,
        ink="#ede8e1",
        muted=readable("#b8b1a7", _DARK_BOX),
        rule="#4a4540",
        accent=readable(brand.accent_dark or brand.accent, _DARK_BOX),
        press=_DARK_PAPER,
    )
