"""What a page says of its article in JSON-LD (schema.org), the witness that is written for machines."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_ARTICLES = frozenset(("BlogPosting", "Report", "LiveBlogPosting", "SocialMediaPosting", "Review", "Recipe"))
_FIELDS = {
    "title": ("headline", "name"),
    "dek": ("description",),
    "section": ("articleSection",),
    "kind": ("genre",),
    "tags": ("keywords",),
    "published": ("datePublished",),
    "updated": ("dateModified",),
    "language": ("inLanguage",),
    "url": ("url", "mainEntityOfPage"),
}
_DEEPEST = 8
"""Levels at which nodes are looked for; real pages nest an article at most three deep."""

Node = Mapping[str, Any]
Found = dict[str, tuple[str, ...]]
"""What a witness says of each field."""


def read_json_ld(scripts: Iterable[str]) -> Found:
    """Return what the first article in a page's JSON-LD scripts says of itself; nothing where there is none."""
    nodes = [node for script in scripts for node in _nodes(_loaded(script), 0)]
    article = next((node for node in nodes if _is_article(node)), None)
    if article is None:
        return {}
    named = {str(node["@id"]): node for node in nodes if "@id" in node and ("name" in node or "url" in node)}
    found = {field: _strings(_first(article, keys), named) for field, keys in _FIELDS.items()}
    found["site"] = _strings(article.get("publisher") or article.get("isPartOf"), named)
    found["authors"] = tuple(_writers(article.get("author") or article.get("creator"), named, found["site"]))
    return {field: values for field, values in (found | _picture(article, named)).items() if values}


def _loaded(script: str) -> object:
    """Return what a script holds; None where it is broken (another witness will have to do)."""
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removesuffix("//]]>")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object, depth: int) -> Iterator[Node]:
    """Yield every object in some JSON, outer ones first."""
    if depth > _DEEPEST:
        return
    if isinstance(value, Mapping):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, depth + 1)


def _is_article(node: Node) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    titled = isinstance(node.get("headline") or node.get("name"), str)
    return titled and any(isinstance(name, str) and (name in _ARTICLES or name.endswith("Article")) for name in names)


def _first(node: Node, keys: Iterable[str]) -> object:
    return next((node[key] for key in keys if node.get(key)), None)


def _strings(value: object, named: Mapping[str, Node]) -> tuple[str, ...]:
    """Return the strings that a value stands for: itself, the name or address of what it is or refers to, or many."""
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if isinstance(value, list):
        return tuple(string for each in value for string in _strings(each, named) if not isinstance(each, list))
    if isinstance(value, Mapping):
        node = value if "name" in value or "url" in value else named.get(str(value.get("@id")), value)
        stated = node.get("name") or node.get("url") or node.get("@id")
        return (stated,) if isinstance(stated, str) else ()
    return ()


def _writers(value: object, named: Mapping[str, Node], site: tuple[str, ...]) -> Iterator[str]:
    """Yield who is named as an author, but for an organisation of the publisher's name: that is nobody."""
    for each in value if isinstance(value, list) else [value]:
        house = isinstance(each, Mapping) and str(each.get("@type")).endswith("Organization")
        yield from (name for name in _strings(each, named) if not (house and name in site))


def _picture(article: Node, named: Mapping[str, Node]) -> Found:
    """Return what is said of the first picture."""
    image = article.get("image")
    first = image[0] if isinstance(image, list) and image else image
    node = named.get(str(first.get("@id")), first) if isinstance(first, Mapping) else {"url": first}
    credit = _first(node, ("creditText", "copyrightHolder", "creator"))
    return {
        "image": _strings(_first(node, ("url", "contentUrl")), named),
        "caption": _strings(node.get("caption"), named),
        "credit": _strings(credit, named),
    }
