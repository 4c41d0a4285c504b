"""Elements that stand among a story without being of it, known by their tag, their class names or their shape.

Page builders name their parts, and the names are much the same everywhere ("signup-card", "photo-caption"). What a
name says is believed of short elements only: a class may just as well be that of a wrapper around the whole story.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from digest.text.clean import clean_text
from digest.text.words import words

_ASIDE: Final = {
    **dict.fromkeys(("figure", "figcaption"), "caption"),
    **dict.fromkeys(("aside", "button", "form", "nav"), "aside"),
}
_NAMED: Final = {
    "caption": frozenset(("caption", "credit")),
    "sign-up": frozenset(("signup", "newsletter", "subscribe", "subscription", "paywall", "donate", "donation")),
    "note": frozenset(("methodology",)),
}
_MEDIA: Final = ("VideoObject", "ImageObject", "AudioObject")
"""Types of schema.org whose words are about a film, a picture or a recording."""

_SAID_OF_MEDIA: Final = frozenset(("caption", "description", "name"))

_OF_THE_STORY: Final = frozenset(("article", "body", "content", "entry", "has", "no", "page", "post", "story", "with"))
"""Words that make a name one of a wrapper ("newsletter-post", "has-caption")."""

_READ_ON: Final = frozenset(("more-link", "read-more", "readmore"))
"""Class names of links that lead from an excerpt to the whole story."""

_BOXES: Final = frozenset(("address", "cite", "div", "dd", "li", "ol", "p", "section", "small", "span", "table", "ul"))
_LONGEST_BOX: Final = 80
"""Words: the longest caption or sign-up card seen has some 60."""

_LONGEST_CELL: Final = 30
"""Words: a cell with more is a paragraph, and its table a layout."""

_NOTE: Final = re.compile(r"\[?\d{1,3}\]?|[*†‡]")
_NOTED: Final = re.compile(r"(?:[^\W\d_]{4}|[.,;:!?\"”’)])\Z")
"""What the number of a note stands behind: a word, or a stop. A unit is shorter."""

_PIECES: Final = 20
"""Pieces of text, or characters: more than a note has, or what stands right before it."""

_MOST_CLASSES: Final = 10_000
"""Characters of an element's class names: the fullest of 200 real pages has 7,433."""

_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_LETTER: Final = re.compile(r"[^a-z]+")


def box(node: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return why an element of HTML, or of trafilatura's tree, is no part of the story; "" where it may be."""
    return _ASIDE.get(node.tag, "") or marked_box(node)


def marked_box(node: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return why an element is no part of the story by its class names or its shape, whatever its tag."""
    if node.tag == "a" and not _READ_ON.isdisjoint((node.get("class") or "").split()):
        return "teaser"
    if node.tag == "table" and _is_data(node):
        return "table"
    if node.tag not in _BOXES:
        return ""
    why = "caption" if _is_of_media(node) or _repeats_alt(node) else _named(node)
    return why if why and is_short(node, _LONGEST_BOX) else ""


def _is_of_media(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether an element is a film, a picture or a recording as schema.org has it, or what is said of one."""
    if node.get("itemprop") in _SAID_OF_MEDIA:
        node = next((above for above in node.iterancestors() if above.get("itemtype")), node)
    return (node.get("itemtype") or "").endswith(_MEDIA)


def _repeats_alt(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether an element says what the picture right before it is described with."""
    before = node.getprevious() if node.tag in {"p", "div", "span"} else None
    alt = clean_text(before.get("alt") or "") if before is not None and before.tag == "img" else ""
    return bool(alt) and is_short(node, _LONGEST_BOX) and clean_text("".join(node.itertext())) == alt


def _named(node: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return what the class names of an element say that it is."""
    classes = _classes(node)
    why = _said_by(classes) if classes else ""
    return (
        "" if why and node.tag == "p" and "paywall" in classes.split() else why
    )  # so Google has paid paragraphs marked


@lru_cache(maxsize=1_024)
def _said_by(classes: str) -> str:
    """Return what class names say that an element is: a page has thousands of elements, and few of their kinds."""
    return next((why for why, known in _NAMED.items() if _is_among(classes, known, _OF_THE_STORY)), "")


def is_note(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether an element is the number of a note ("the study¹"), not that of a power or a unit ("m²")."""
    if node.tag != "sup" or not _NOTE.fullmatch("".join(islice(node.itertext(), _PIECES)).strip()):
        return False
    previous = node.getprevious()
    before = (
        node.getparent().text if previous is None else previous.tail or "".join(islice(previous.itertext(), _PIECES))
    )
    return next(node.iter("a"), None) is not None or _NOTED.search((before or "").rstrip()[-_PIECES:]) is not None


def is_named(node: Any, names: Iterable[str], *, but: Iterable[str] = ()) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether a class name of an element has one of `names` among its words, and none of `but`."""
    classes = _classes(node)
    return bool(classes) and _is_among(classes, names, but)


def _is_among(classes: str, names: Iterable[str], but: Iterable[str]) -> bool:
    return any(not words_.isdisjoint(names) and words_.isdisjoint(but) for words_ in map(_name_words, classes.split()))


def is_short(node: Any, longest: int) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether an element has at most so many words; a long one is not read to its end."""
    count = 0
    for text in node.itertext():
        count += len(words(text))
        if count > longest:
            return False
    return True


def name_words(node: Any) -> frozenset[str]:  # noqa: ANN401 - lxml has no types
    """Return the words of all class names of an element."""
    return _all_words(_classes(node))


def _classes(node: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the class names of an element; "" where they are so many that none of them tells what it is."""
    classes = node.get("class")
    return classes if classes and len(classes) <= _MOST_CLASSES else ""


@lru_cache(maxsize=1_024)
def _all_words(classes: str) -> frozenset[str]:
    return frozenset(word for name in classes.split() for word in _name_words(name))


@lru_cache(maxsize=4_096)
def _name_words(name: str) -> frozenset[str]:
    """Return the words of a class name: `kg-signup_card`, `sign-up` and `signUp` all hold `signup`."""
    parts = _NO_LETTER.split(_HUMP.sub("-", name).lower())
    return frozenset("-".join(parts).replace("sign-up", "signup").split("-"))


def _is_data(table: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether a table holds figures, as a head or a caption says, rather than a page's layout."""
    if table.find(".//th") is None and table.find(".//caption") is None and table.find(".//cell[@role='head']") is None:
        return False
    return all(is_short(cell, _LONGEST_CELL) for cell in table.iter("td", "th", "cell"))
