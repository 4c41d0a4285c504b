"""Type that can be read: contrast in light and in dark, and size."""

from collections.abc import Iterator

from digest.check.looks import Look, Mode, texts
from digest.check.page import Element
from digest.check.proof import Proof
from digest.check.rule import Hit, Rule
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
    found: dict[tuple[str, str], list[Element]] = {}
    for element, look in texts(proof, mode):
        if look.ground and contrast(look.ink, look.ground) < _needed(look):
            found.setdefault((look.ink, look.ground), []).append(element)
    for (ink, ground), elements in found.items():
        said = f"{ink} on {ground} is a contrast of {contrast(ink, ground):.1f}"
        yield Hit(message=f"{said}: “{_short(elements)}”{_others(elements)}", where=proof.where(elements[0]))


def _needed(look: Look) -> float:
    large = look.size >= (_LARGE_BOLD if look.bold else _LARGE)
    return _ENOUGH_LARGE if large else ENOUGH


def _small(proof: Proof) -> Iterator[Hit]:
    found: dict[float, list[Element]] = {}
    for element, look in texts(proof, "light"):
        if look.size < SMALLEST:
            found.setdefault(look.size, []).append(element)
    for size, elements in sorted(found.items()):
        said = f"{size:g} px: “{_short(elements)}”{_others(elements)}"
        yield Hit(message=said, where=proof.where(elements[0]))


def _short(elements: list[Element]) -> str:
    text = elements[0].own
    return text if len(text) <= 40 else text[:40] + "…"  # noqa: PLR2004 - what a line of the report holds


def _others(elements: list[Element]) -> str:
    return f" and {len(elements) - 1} more" if len(elements) > 1 else ""


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
