"""What a page shows around its headline: the line above it and the dek below it, known by their class names."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

from lxml import etree

from digest.sources.markup.boxes import is_named, is_short
from digest.summarizer.furniture import furniture
from digest.text.clean import clean_text
from digest.text.words import words

_DEK: Final = frozenset(("deck", "dek", "standfirst", "strapline", "subheadline", "subhed", "subtitle"))
_PERHAPS_DEK: Final = frozenset(("excerpt", "intro", "lede", "sub", "subheading", "summary"))
"""Names that first paragraphs bear too."""

_KICKER: Final = frozenset(("eyebrow", "kicker", "label", "overline", "rubric"))
_OF_THE_SITE: Final = frozenset(("card", "has", "logo", "menu", "nav", "no", "site", "with"))
_TEXTS: Final = frozenset(("div", "h2", "h3", "h4", "h5", "h6", "p", "section", "span"))
_PICTURES: Final = frozenset(("figure", "img", "picture"))
_BETWEEN: Final = re.compile(r" ?[|·•›] ?")

_PARTS: Final = 2

_LONGEST_DEK: Final = 60
_LONGEST_KICKER: Final = 8
_NEAR: Final = 40
"""Words: names and dates may stand between headline and dek; behind more, a dek is that of a teaser."""

_HEADLINES: Final = 3
"""Elements: the site's name and a box may be marked as headlines too; a page with more of them means nothing by it."""

_before: Final = etree.XPath("preceding::*[position() <= 6]")
"""The elements before the headline that may be the kicker, or in it."""


def dek_node(tree: Any) -> Any:  # noqa: ANN401 - lxml has no types
    """Return the element that holds the dek of a page, None where none is marked."""
    for headline in islice(tree.iter("h1"), _HEADLINES):
        between = 0
        for node in _after(headline):
            if _is_dek(node):
                return node
            between += len(words(node.text or ""))
            if between > _NEAR:
                break
    return None


def dek_text(tree: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the dek that a page shows; "" where none is marked."""
    node = dek_node(tree)
    return "" if node is None else clean_text(" ".join(node.itertext()))


def kicker_line(tree: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the line above the headline ("Investigation | Reporting"); "" where none is marked."""
    for headline in islice(tree.iter("h1"), _HEADLINES):
        for node in reversed(_before(headline)):
            if _is_text(node, _KICKER, _LONGEST_KICKER):
                return clean_text(" ".join(node.itertext()))
    return ""


class Above(NamedTuple):
    """What stands above a headline: a kicker of its own, and of which kind and section the article is."""

    kicker: str
    kind: str
    section: str


def read_above(line: str, *, kind: str, section: str) -> Above:
    """Return what the line above a headline adds to kind and section; of its two parts the first is the kind."""
    if "://" in kind or kind.casefold() == section.casefold():
        kind = ""
    whole = [part for part in _BETWEEN.split(line) if part]
    if furniture(line) or len(whole) > _PARTS:
        return Above("", kind, section)
    section = section or (whole[-1] if len(whole) == _PARTS else "")
    said = [part for part in whole if part.casefold() not in {section.casefold(), kind.casefold()}]
    if len(said) != 1:
        return Above("", kind, section)
    return Above("", said[0], section) if len(whole) == _PARTS and not kind else Above(said[0], kind, section)


def _after(headline: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml has no types
    """Yield the elements below a headline in the order of the page, as far as anybody asks."""
    node = headline
    while node is not None:
        for below in node.itersiblings():
            yield from (each for each in below.iter() if isinstance(each.tag, str))
        node = node.getparent()


def _is_dek(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether an element is a dek: by a sure name, or by another one where the story does not go on behind it."""
    if _is_text(node, _DEK, _LONGEST_DEK):
        return True
    if not _is_text(node, _PERHAPS_DEK, _LONGEST_DEK):
        return False
    following = node.getnext()
    goes_on = following is not None and (
        following.tag in _PICTURES or (following.tag == "p" and not following.get("class"))
    )
    return node.tag.startswith("h") or not goes_on


def _is_text(node: Any, names: frozenset[str], longest: int) -> bool:  # noqa: ANN401 - lxml has no types
    named = node.tag in _TEXTS and is_named(node, names, but=_OF_THE_SITE)
    return named and is_short(node, longest) and any(text.strip() for text in node.itertext())
