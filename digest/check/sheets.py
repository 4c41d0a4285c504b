"""Style sheets as plain values: the only door to tinycss2. Any text is a sheet; what is no CSS is a fault in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tinycss2
from tinycss2.color4 import parse_color

_GROUPS = frozenset({"container", "layer", "media", "scope", "supports"})
"""The @ rules that hold other rules."""

Colour = tuple[int, int, int, float]
"""Red, green, blue (0 to 255) and how much it covers (0 to 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One `name: value`: `functions`, `units` and `words` are what its value is made of, in lower case."""

    name: str
    value: str
    important: bool = False
    functions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleRule:
    """One rule: its selectors as written, and the conditions of the @ rules around it, outermost first.

    `nested` where other rules stand inside it.
    """

    selectors: str
    declarations: tuple[Declaration, ...]
    line: int
    within: tuple[str, ...] = ()
    nested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRule:
    """One @ rule: `media`, and what stands behind it; `nested` where it stands in another one."""

    name: str
    prelude: str
    line: int
    nested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A line that is no CSS, and what is wrong with it."""

    line: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A style block: its text, the page's line on which it begins, and what stands in it, in order."""

    text: str
    line: int
    rules: tuple[StyleRule, ...] = ()
    at_rules: tuple[AtRule, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_sheet(css: str, line: int = 1) -> Sheet:
    """Return the sheet that `css` holds; `line` is the page's line on which it begins."""
    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    found = tuple(_walk(nodes, line - 1, ()))
    return Sheet(
        text=css,
        line=line,
        rules=tuple(each for each in found if isinstance(each, StyleRule)),
        at_rules=tuple(each for each in found if isinstance(each, AtRule)),
        faults=tuple(each for each in found if isinstance(each, Fault)),
    )


@lru_cache(maxsize=4096)
def read_style(style: str) -> tuple[Declaration, ...]:
    """Return the declarations of a `style` attribute; a mail says the same ones again and again."""
    return _declarations(tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True))


@lru_cache(maxsize=256)
def colour(text: str) -> Colour | None:
    """Return the colour that a value names; None for what is none, for `currentcolor` and for other colour spaces."""
    found = parse_color(text)
    if found is None or isinstance(found, str) or found.space not in {"srgb", "hsl", "hwb"}:
        return None
    red, green, blue = (min(255, max(0, round(channel * 255))) for channel in found.to("srgb").coordinates)
    return red, green, blue, float(found.alpha)


def _walk(nodes: Iterable[Any], shift: int, within: tuple[str, ...]) -> Iterator[StyleRule | AtRule | Fault]:
    for node in nodes:
        line = node.source_line + shift
        if node.type == "error":
            yield Fault(line=line, message=node.message)
        elif node.type == "qualified-rule":
            yield from _rule(node, shift, within)
        else:
            name, prelude = node.lower_at_keyword, _serialised(node.prelude)
            yield AtRule(name=name, prelude=prelude, line=line, nested=bool(within))
            if node.content is not None and name in _GROUPS:
                inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                yield from _walk(inner, shift, (*within, f"@{name} {prelude}".strip()))


def _rule(node: Any, shift: int, within: tuple[str, ...]) -> Iterator[StyleRule | Fault]:  # noqa: ANN401 - tinycss2 has no types
    parts = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
    yield StyleRule(
        selectors=_serialised(node.prelude),
        declarations=_declarations(parts),
        line=node.source_line + shift,
        within=within,
        nested=any(part.type == "qualified-rule" for part in parts),
    )
    yield from (Fault(line=part.source_line + shift, message=part.message) for part in parts if part.type == "error")


def _declarations(parts: Iterable[Any]) -> tuple[Declaration, ...]:
    return tuple(_declaration(part) for part in parts if part.type == "declaration")


def _declaration(part: Any) -> Declaration:  # noqa: ANN401 - tinycss2 has no types
    tokens = tuple(_tokens(part.value))
    units = [token.lower_unit for token in tokens if token.type == "dimension"]
    return Declaration(
        name=part.lower_name,
        value=_serialised(part.value),
        important=part.important,
        functions=tuple(token.lower_name for token in tokens if token.type == "function"),
        units=(*units, *("%" for token in tokens if token.type == "percentage")),
        words=tuple(token.lower_value for token in tokens if token.type == "ident"),
    )


def _tokens(values: Sequence[Any]) -> Iterator[Any]:
    """Yield every token of a value, those inside functions too."""
    for value in values:
        yield value
        if value.type == "function":
            yield from _tokens(value.arguments)


def _serialised(tokens: Sequence[Any]) -> str:
    return " ".join(tinycss2.serialize(tokens).split())
