"""A built page as plain values: the only door to lxml and cssselect in this room. Any text is a page; none raises."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cssselect import HTMLTranslator, SelectorError
from cssselect import parse as read_selectors
from lxml import etree

_ENTRY = re.compile(r"digest:entry (\S+)\Z")
_ENTRY_ENDS = "/digest:entry"
_NOT_OUTLOOK = re.compile(r"\[if\s*!\s*\(?\s*mso", re.IGNORECASE)
_NOT_OUTLOOK_ENDS = "<![endif]"
_OUTLOOK = re.compile(r"<!--\[if\s([^\]]*)\]>(?!<!--)(.*?)<!\[endif\]-->", re.DOTALL)
_UNFIT = re.compile(r"[\x00\ud800-\udfff]")
"""What a parser would take for the end of the text, and what has no bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element: its place in document order, and the one behind its last descendant (`end`).

    `own` is the text that stands in it and in no other element; `entry` the id of the entry between whose marks it
    stands. `parent` is -1 for the root. `outlook`: Outlook for Windows sees it; a comment may keep it away.
    """

    index: int
    end: int
    parent: int
    tag: str
    attributes: Mapping[str, str]
    line: int
    own: str
    entry: str = ""
    outlook: bool = True

    def get(self, name: str) -> str:
        """Return an attribute's value, "" where it is not there."""
        return self.attributes.get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The elements that one selector of a list matches, and its weight (ids, classes, types)."""

    weight: tuple[int, int, int]
    elements: frozenset[int]


class Page:
    """The elements of a page in document order."""

    def __init__(self, html: str) -> None:
        # A parser each: one that is kept remembers the faults of every page it has read.
        parser = etree.HTMLParser(encoding="utf-8", no_network=True)
        root = etree.fromstring(_UNFIT.sub("\ufffd", html).encode(), parser) if html.strip() else None
        nodes = [] if root is None else list(root.iter())
        self._nodes: list[Any] = [node for node in nodes if isinstance(node.tag, str)]
        self._places = {node: place for place, node in enumerate(self._nodes)}
        self.elements: Sequence[Element] = tuple(self._read(nodes))

    def _read(self, nodes: Sequence[Any]) -> Iterator[Element]:
        parents = [self._places.get(node.getparent(), -1) for node in self._nodes]
        told = zip(self._nodes, parents, _ends(parents), _between(nodes), strict=True)
        for place, (node, parent, end, (entry, outlook)) in enumerate(told):
            yield Element(
                index=place,
                end=end,
                parent=parent,
                tag=node.tag.lower(),
                attributes={name.lower(): value for name, value in node.attrib.items()},
                line=node.sourceline or 0,
                own=_folded((node.text or "") + " ".join(child.tail or "" for child in node)),
                entry=entry,
                outlook=outlook,
            )

    def named(self, *tags: str) -> Iterator[Element]:
        """Yield the elements of these names."""
        return (element for element in self.elements if element.tag in tags)

    def inside(self, element: Element) -> Sequence[Element]:
        """Return all that stands in an element, at any depth."""
        return self.elements[element.index + 1 : element.end]

    def children(self, element: Element) -> Iterator[Element]:
        """Yield what stands right in an element."""
        return (inner for inner in self.inside(element) if inner.parent == element.index)

    def above(self, element: Element) -> Iterator[Element]:
        """Yield what an element stands in, the nearest first."""
        while element.parent >= 0:
            element = self.elements[element.parent]
            yield element

    def raw(self, element: Element) -> str:
        """Return all text in an element as it is written; of a style block, its rules."""
        return str(self._nodes[element.index].xpath("string()"))

    def text(self, element: Element) -> str:
        """Return all text in an element, as one line."""
        return _folded(self.raw(element))

    def matching(self, selectors: str) -> tuple[Match, ...]:
        """Return what each selector of a list matches. A list that cannot be read matches nothing, as in CSS.

        What hangs on the reader (`:hover`) or names no element (`::before`) matches nothing either.
        """
        return tuple(
            Match(weight=weight, elements=frozenset(self._places[node] for node in self._found(path)))
            for weight, path in _paths(selectors)
        )

    def _found(self, path: str) -> list[Any]:
        return self._nodes[0].getroottree().xpath(path) if self._nodes else []


def _ends(parents: Sequence[int]) -> list[int]:
    """Return for each element of a page the place behind its last descendant: an element's follow it at once."""
    ends = list(range(1, len(parents) + 1))
    for place in reversed(range(len(parents))):
        if parents[place] >= 0:
            ends[parents[place]] = max(ends[parents[place]], ends[place])
    return ends


def _between(nodes: Sequence[Any]) -> Iterator[tuple[str, bool]]:
    """Yield for each element the entry between whose marks it stands, and whether Outlook sees it."""
    entry, outlook = "", True
    for node in nodes:
        if isinstance(node.tag, str):
            yield entry, outlook
            continue
        text = node.text or ""  # a comment's
        begins = _ENTRY.match(text)
        entry = begins[1] if begins else "" if text == _ENTRY_ENDS else entry
        hides = _NOT_OUTLOOK.match(text) and _NOT_OUTLOOK_ENDS not in text  # else it hides its own text alone
        outlook = not hides and (outlook or text == _NOT_OUTLOOK_ENDS)


def for_outlook(html: str) -> str:
    """Return what comments hold for Outlook for Windows alone, on the lines on which it stands."""
    parts, end = [], 0
    for found in _OUTLOOK.finditer(html):
        condition = found[1].lower()
        if "mso" in condition and not _NOT_OUTLOOK.match(f"[if {condition}"):
            parts += ["\n" * html.count("\n", end, found.start(2)), found[2]]
            end = found.end(2)
    return "".join(parts)


@lru_cache(maxsize=1024)
def _paths(selectors: str) -> tuple[tuple[tuple[int, int, int], str], ...]:
    """Return the weight and the XPath of each selector; none where cssselect cannot read one of them."""
    translator = HTMLTranslator()
    try:
        return tuple(
            (selector.specificity(), translator.selector_to_xpath(selector))
            for selector in read_selectors(selectors)
            if selector.pseudo_element is None
        )
    except SelectorError:
        return ()


def _folded(text: str) -> str:
    return " ".join(text.split())
