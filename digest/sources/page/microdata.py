"""What a page says of its article in microdata and RDFa: the words of schema.org, in the markup that readers see."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from digest.sources.markup.boxes import is_named
from digest.sources.markup.shown import short_text
from digest.sources.page.jsonld import Found
from digest.text.clean import clean_text

_FIELDS: Final = {
    "headline": "title",
    "alternativeheadline": "dek",
    "description": "dek",
    "articlesection": "section",
    "keywords": "tags",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "updated",
    "author": "authors",
    "creator": "authors",
    "image": "image",
}
_VALUES: Final = ("content", "datetime", "src", "href")
"""Attributes in which a value stands that is not the text."""

_TEXTS: Final = frozenset(("title", "dek", "authors", "section"))
"""Fields whose value is what is shown, even where the element is a link."""

_ARTICLES: Final = ("article", "blogposting", "report", "review", "newsarticle")
_COMMENTS: Final = frozenset(("comment", "comments", "commentlist"))
_LONGEST: Final = 400
_MOST: Final = 200
"""Values that are read: no article says more of itself."""


def read_microdata(tree: Any) -> Found:  # noqa: ANN401 - lxml has no types
    """Return what the first article that is marked as one says of itself; nothing where none is."""
    scope = next(_scopes(tree), None)
    found: dict[str, list[str]] = {}
    for field, value in () if scope is None else islice(_said(scope), _MOST):
        found.setdefault(field, []).append(value)
    return {field: tuple(values) for field, values in found.items()}


def _scopes(tree: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml has no types
    """Yield the elements that are marked as articles."""
    for node in tree.xpath("//*[@itemtype or @typeof]"):
        kind = (node.get("itemtype") or node.get("typeof") or "").casefold().rstrip("/")
        if kind.endswith(_ARTICLES):
            yield node


def _said(scope: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - lxml has no types
    first_author = None
    for node in scope.xpath(".//*[@itemprop or @property]"):
        names = (node.get("itemprop") or node.get("property") or "").casefold().split()
        field = next((_FIELDS[plain] for name in names if (plain := name.removeprefix("schema:")) in _FIELDS), "")
        if not field or not _is_of(node, scope):
            continue
        if field == "authors":
            first_author = node if first_author is None else first_author
            if first_author.getparent() is not node.getparent():
                continue  # who commented, or wrote another piece: authors of one piece stand side by side
        if value := _value(node, field):
            yield field, value


def _is_of(node: Any, scope: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether a property is said of a scope itself: no other one begins between them, and no comments."""
    for above in node.iterancestors():
        if above is scope:
            return True
        if above.get("itemscope") is not None or above.get("typeof") or is_named(above, _COMMENTS):
            return False
    return False


def _value(node: Any, field: str) -> str:  # noqa: ANN401 - lxml has no types
    if field == "authors":
        named = node.xpath(".//*[@itemprop='name' or @property='name' or @property='schema:name']")
        node = named[0] if named else node
    stated = next(
        (value for name in _VALUES if (value := node.get(name)) and (name == "content" or field not in _TEXTS)), ""
    )
    return clean_text(stated) or (short_text(node, _LONGEST) or "")
