"""Type that can be read: contrast in light and in dark, and size."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from digest.check.looks import Look, Mode, texts
from digest.check.page import Element
from digest.check.proof import Proof
from digest.check.rule import Hit, Rule, quoted
from digest.text.colours import ENOUGH, contrast

_LARGE, _LARGE_BOLD = 24.0, 18.66
"""CSS pixels from which WCAG calls type large: 18 points, 14 points where it is bold."""
_ENOUGH_LARGE = 3.0
SMALLEST = 14.0
"""CSS pixels. iOS enlarges what is smaller by itself and breaks the layout."""


def _light(proof: Proof) -> Iterator[Hit]:
    return _faint(proof, "light")


def _dark(proof: Proof) -> Iterator[Hit]:
    return _faint(proof, "dark")


def _faint(proof: Proof, mode: Mode) -> Iterator[Hit]:
    """Yield one hit for each pair of colours that is too close, with its first text."""
    found: dict[_Pair, list[Element]] = {}
    for element, look in texts(proof, mode):
        (ink, ground), needed = look.seen, _needed(look)
        if ground and contrast(ink, ground) < needed:
            pair = _Pair(ink=ink, ground=ground, needed=needed, opacity=look.opacity)
            found.setdefault(pair, []).append(element)
    for pair, elements in found.items():
        yield Hit(message=f"{_said(pair)}: {_texts_of(elements)}", where=proof.where(elements[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two colours as they are drawn, the contrast that type of this size needs, and how much of it is drawn."""

    ink: str
    ground: str
    needed: float
    opacity: float


def _said(pair: _Pair) -> str:
    """Return what is wrong with a pair; its contrast is rounded down, so that it is less than what is needed."""
    got = floor(contrast(pair.ink, pair.ground) * 100) / 100
    veiled = f" (opacity {pair.opacity:g})" if pair.opacity < 1 else ""
    return f"{pair.ink} on {pair.ground}{veiled} is a contrast of {got:.2f}, and {pair.needed:g} is needed"


def _needed(look: Look) -> float:
    large = look.size >= (_LARGE_BOLD if look.bold else _LARGE)
    return _ENOUGH_LARGE if large else ENOUGH


def _small(proof: Proof) -> Iterator[Hit]:
    found: dict[float, list[Element]] = {}
    for element, look in texts(proof, "light"):
        if look.size < SMALLEST:
            found.setdefault(look.size, []).append(element)
    for size, elements in sorted(found.items()):
        said = f"{round(size, 2):g} px: {_texts_of(elements)}"
        yield Hit(message=said, where=proof.where(elements[0]))


def _texts_of(elements: list[Element]) -> str:
    others = f" and {len(elements) - 1} more" if len(elements) > 1 else ""
    return quoted(elements[0].own) + others


_MEND = "change a colour in the theme; x | readable(paper) makes one that can be read"

RULES = (
    Rule(
        code="contrast-light",
        level="error",
        means="A text's colour is too close to its ground (WCAG 2.2: 4.5, large type 3).",
        why="Many readers cannot read it, and nobody can in the sun.",
        hint=_MEND,
        look=_light,
    ),
    Rule(
        code="contrast-dark",
        level="error",
        means="In a client's dark mode a text's colour is too close to its ground (WCAG 2.2: 4.5, large type 3).",
        why="A third of readers and more use it; an inlined colour wins where the dark rule has no !important.",
        hint=_MEND + "; dark colours stand in clients.css",
        look=_dark,
    ),
    Rule(
        code="font-small",
        level="warning",
        means="A text is smaller than 14 px.",
        why="It is hard to read on a phone, and iOS enlarges it by itself.",
        hint="raise it in the theme's theme.css",
        look=_small,
    ),
)
