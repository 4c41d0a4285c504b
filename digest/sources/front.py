"""A site's front page: what the site is called and looks like, and where it offers its articles. Loads lxml."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from digest.errors import SourceError
from digest.model.page import Page
from digest.sources.json_parts import text, within
from digest.sources.json_text import Fields, read_json
from digest.sources.markup.body import absolute, parse_html
from digest.sources.page.meta_tags import read_meta
from digest.text.clean import clean_text, decode
from digest.text.urls import canonical_url

_FEED: Final = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_NO_STORIES: Final = re.compile(r"comment|kommentar|comentario|podcast", re.IGNORECASE)
"""In the address or the title of a feed of something else."""

_MOST: Final = 20
"""Feeds that are looked at: a section each, on some sites."""

_BETWEEN: Final = re.compile(" [|–—·•»-] |: ")
"""What stands between the parts of a title, whose white space is single spaces by then."""

_NO_NAME: Final = frozenset(("home", "homepage", "home page", "start", "startseite", "accueil", "inicio", "welcome"))
_COLOUR: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_LONG: Final = len("#rrggbb")
_TAGLINE: Final = 100
"""Characters: a longer description is written for search engines."""

_HOUSES: Final = frozenset(("WebSite", "Organization", "NewsMediaOrganization", "Periodical", "Newspaper", "Blog"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What a front page says; "" where it says nothing.

    `colour` is #rrggbb; `logo` and `icon` are addresses: a picture of the name, and the small square of browsers.
    `feeds` are addresses, the first the one that the site puts first. `generator` names the system ("Ghost 6.65").
    """

    name: str = ""
    tagline: str = ""
    language: str = ""
    colour: str = ""
    logo: str = ""
    icon: str = ""
    feeds: tuple[str, ...] = ()
    generator: str = ""


def read_front(page: Page) -> Front:
    """Return what a front page says of its site."""
    tree = parse_html(decode(page.body, page.charset))
    if tree is None:
        return Front()
    graph, meta = read_meta(tree)
    houses = list(_houses(tree))
    names = (*graph.get("site", ()), *meta.get("site", ()), *(text(each, "name") for each in houses), _titled(tree))
    dek = next(iter((*graph.get("dek", ()), *meta.get("dek", ()))), "")
    return Front(
        name=next(filter(None, map(clean_text, names)), ""),
        tagline=dek if len(dek) <= _TAGLINE else "",
        language=(tree.get("lang") or "").strip(),
        colour=_colour(_meta(tree, "theme-color")),
        logo=next((found for each in houses if (found := absolute(_logo(each), page.url))), ""),
        icon=_icon(tree, page.url),
        feeds=tuple(dict.fromkeys(_feeds(tree, page.url)))[:_MOST],
        generator=clean_text(_meta(tree, "generator")),
    )


def _meta(tree: Any, name: str) -> str:  # noqa: ANN401 - lxml has no types
    found = (tag.get("content") or "" for tag in tree.iter("meta") if (tag.get("name") or "").lower() == name)
    return next(filter(None, found), "")


def _titled(tree: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the first part of a page's title that may be a name ("Lock & Weir" of "Home | Lock & Weir")."""
    title = clean_text(next((each.text_content() for each in tree.iter("title")), ""))
    return next((part for part in _BETWEEN.split(title) if part.casefold() not in _NO_NAME), "")


def _colour(stated: str) -> str:
    """Return a colour as #rrggbb; "" where it is written in another way."""
    if not _COLOUR.fullmatch(stated.strip()):
        return ""
    colour = stated.strip().lower()
    return colour if len(colour) == _LONG else "#" + "".join(digit * 2 for digit in colour[1:])


def _icon(tree: Any, base: str) -> str:  # noqa: ANN401 - lxml has no types
    links = [(link.get("rel") or "", absolute(link.get("href") or "", base)) for link in tree.iter("link")]
    wanted = ("apple-touch-icon", "icon", "shortcut icon")
    return next((address for rel in wanted for said, address in links if said.lower() == rel and address), "")


def _feeds(tree: Any, base: str) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    for link in tree.iter("link"):
        said = f"{link.get('href') or ''} {link.get('title') or ''}"
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower() and kind in _FEED and not _NO_STORIES.search(said):
            address = canonical_url(absolute(link.get("href") or "", base))
            yield from (address,) if address else ()


def _houses(tree: Any) -> Iterator[Fields]:  # noqa: ANN401 - lxml has no types
    """Yield what the page's JSON-LD says of the site and of whoever publishes it."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                said = read_json((script.text or "").encode())
            except SourceError:
                continue
            for node in _nodes(said):
                kinds = node.get("@type")
                if _HOUSES.intersection(kinds if isinstance(kinds, list) else [kinds]):
                    yield node


def _nodes(said: object) -> Iterator[Fields]:
    """Yield the nodes of JSON-LD that stand on top, and the publishers that they name."""
    graph = said.get("@graph", said) if isinstance(said, dict) else said
    for node in graph if isinstance(graph, list) else [graph]:
        if isinstance(node, dict):
            yield node
            yield from (each for each in (node.get("publisher"), node.get("mainEntity")) if isinstance(each, dict))


def _logo(house: Fields) -> str:
    logo = within(house, "logo")
    return logo if isinstance(logo, str) else text(house, "logo", "url") or text(house, "logo", "contentUrl")
