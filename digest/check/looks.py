"""How the mail's text looks: the colour, the ground and the size of every text, in light and in dark clients.

A small cascade over what decides these: a browser's own sheet, attributes (`bgcolor`, `<font>`), rules of the kept
blocks that hold in a window of the desktop's width, styles in the elements; weighed as CSS does (importance, then the
element's own style, then weight, then order).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Literal

from digest.check.lengths import BY_TAG, MEDIUM, font_size, in_shorthand, of_attribute, opacity
from digest.check.page import Element
from digest.check.proof import Proof, once, style
from digest.check.sheets import Colour, Declaration, StyleRule, colour

Mode = Literal["light", "dark"]

_OF_INTEREST = frozenset(
    {
        *("background", "background-color", "background-image", "color", "display", "font", "font-size"),
        *("font-weight", "opacity"),
    }
)
_DARK = "prefers-color-scheme: dark"
_ALWAYS = frozenset({"@media all", "@media screen", "@media only screen"})
_WEIGHT = re.compile(r"(?:^|\s)(bold|bolder|[6-9]00)(?=\s)")
_BOLD = 600
"""From this weight on type is drawn bold where a face has no weights between."""

_PAPER = {"light": ("#000000", "#ffffff"), "dark": ("#ffffff", "#121212")}
"""Ink and ground of a client where a mail says none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How an element's text looks: `ink` and `ground` as `#rrggbb`, `size` in CSS pixels.

    `ground` is "" where a picture lies behind it. `veils` are the opacities that it is drawn with, the outermost
    first, each with the ground that shines through.
    """

    ink: str
    ground: str
    size: float = MEDIUM
    bold: bool = False
    shown: bool = True
    veils: tuple[tuple[float, str], ...] = ()

    @property
    def seen(self) -> tuple[str, str]:
        """Return ink and ground as they are drawn, through all veils."""
        ink, ground = self.ink, self.ground
        for share, behind in reversed(self.veils):
            if not (ground and behind):
                return ink, ""
            ink, ground = _mixed(ink, share, behind), _mixed(ground, share, behind)
        return ink, ground

    @property
    def opacity(self) -> float:
        """Return how much is drawn of it, 0 to 1."""
        return prod(share for share, _ in self.veils)


@once
def looks(proof: Proof, mode: Mode) -> dict[int, Look]:
    """Return the look of every element of the mail's body by its index."""
    rules = _rules(proof, mode)
    ink, ground = _PAPER[mode]
    found: dict[int, Look] = {}
    for element in proof.body:
        around = found.get(element.parent, Look(ink=ink, ground=ground))
        found[element.index] = _look(element, _winning(element, rules), around)
    return found


def _rules(proof: Proof, mode: Mode) -> dict[int, list[tuple[tuple[int, ...], Declaration]]]:
    """Return what the kept blocks say of each element, each with its weight."""
    told: dict[int, list[tuple[tuple[int, ...], Declaration]]] = {}
    rules = (rule for sheet in proof.sheets for rule in sheet.rules if _holds(rule, mode))
    for order, rule in enumerate(rules):
        wanted = [each for each in rule.declarations if each.name in _OF_INTEREST]
        for match in proof.mail.matching(rule.selectors) if wanted else ():
            for index in match.elements:
                told.setdefault(index, []).extend(
                    ((int(each.important), 0, *match.weight, order), each) for each in wanted
                )
    return told


def _holds(rule: StyleRule, mode: Mode) -> bool:
    """Tell whether a rule's conditions hold in a wide window of this mode; what is not understood does not hold."""
    return all(
        condition in _ALWAYS or (mode == "dark" and _DARK in condition and "not" not in condition.split())
        for condition in rule.within
    )


def _winning(element: Element, told: dict[int, list[tuple[tuple[int, ...], Declaration]]]) -> dict[str, str]:
    """Return the value that wins for each property."""
    own = [((int(each.important), 1), each) for each in style(element) if each.name in _OF_INTEREST]
    every = sorted([*told.get(element.index, ()), *own], key=lambda pair: pair[0])
    return _given(element) | {name: value for _, each in every for name, value in _longhands(each)}


def _given(element: Element) -> dict[str, str]:
    """Return what holds where no style says otherwise: the browser's own size, and what attributes say."""
    given = {"font-size": BY_TAG.get(element.tag, "")}
    if element.tag == "font":
        given = {"color": _legacy(element.get("color")), "font-size": of_attribute(element.get("size"))}
    elif element.tag == "body":
        given["color"] = _legacy(element.get("text"))
    return given


def _legacy(written: str) -> str:
    """Return an attribute's colour as CSS writes it: there the # may be missing."""
    return f"#{written}" if colour(written) is None and colour(f"#{written}") else written


def _longhands(declaration: Declaration) -> Iterator[tuple[str, str]]:
    """Yield what a declaration sets: `font: bold 14px/20px Georgia` is a size and a weight."""
    if declaration.name != "font":
        yield declaration.name, declaration.value
        return
    weight = _WEIGHT.search(declaration.value)
    yield "font-size", in_shorthand(declaration.value)
    yield "font-weight", weight[1] if weight else "normal"


def _look(element: Element, told: dict[str, str], around: Look) -> Look:
    ground, share = _ground(element, told, around), opacity(told.get("opacity", ""))
    return Look(
        ink=_ink(told.get("color", ""), around.ink, ground),
        ground=ground,
        size=font_size(told.get("font-size", ""), around.size),
        bold=_bold(element.tag, told.get("font-weight", ""), bold=around.bold),
        shown=around.shown and told.get("display") != "none",
        veils=around.veils + (((share, around.ground),) if share < 1 else ()),
    )


def _ground(element: Element, told: dict[str, str], around: Look) -> str:
    if "url(" in told.get("background-image", "") + told.get("background", "") or element.get("background"):
        return ""
    written = told.get("background-color") or told.get("background") or _legacy(element.get("bgcolor"))
    found = colour(written)
    if found is None:
        return around.ground
    if found[3] < 1:
        return around.ground and _over(found, around.ground)
    return _hex(found)


def _ink(written: str, around: str, ground: str) -> str:
    found = colour(written)
    return around if found is None else _over(found, ground or "#ffffff")


def _over(top: Colour, ground: str) -> str:
    """Return a colour laid over the ground."""
    below = (int(ground[place : place + 2], 16) for place in (1, 3, 5))
    red, green, blue = (round(mine * top[3] + its * (1 - top[3])) for mine, its in zip(top, below, strict=False))
    return _hex((red, green, blue, 1.0))


def _mixed(top: str, share: float, ground: str) -> str:
    red, green, blue = (int(top[place : place + 2], 16) for place in (1, 3, 5))
    return _over((red, green, blue, share), ground)


def _hex(of: Colour) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in of[:3])


def _bold(tag: str, written: str, *, bold: bool) -> bool:
    if written:
        return written in {"bold", "bolder"} or (written.isdigit() and int(written) >= _BOLD)
    return bold or tag in {"b", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "th"}


def texts(proof: Proof, mode: Mode) -> Iterator[tuple[Element, Look]]:
    """Yield every element that shows text of its own, with its look."""
    found = looks(proof, mode)
    for element in proof.body:
        look = found[element.index]
        if element.own and look.shown and element.tag not in {"script", "style", "title"}:
            yield element, look
