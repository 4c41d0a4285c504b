"""What a page says about its article, from several witnesses: JSON-LD, Open Graph, other meta tags, the markup.

Measured on 793 pages: this order gives 14 invented dates on 134 undated pages, where looking everywhere gives 132.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from digest.model.article import Witness
from digest.sources.markup.shown import lines_near
from digest.sources.page.datelines import dates_in_titles, dates_shown
from digest.sources.page.heading import dek_text, kicker_line, read_above
from digest.sources.page.headline import Titled, find_headline
from digest.sources.page.jsonld import Found, read_json_ld
from digest.sources.page.meta_tags import read_meta
from digest.sources.page.microdata import read_microdata
from digest.sources.page.written_by import Byline, written_by
from digest.text.clean import clean_text, plain_text
from digest.text.urls import host

_CUT_OFF = re.compile(r"(?:…|\.\.\.)\W{0,9}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What was found of each field, as text, and who said it; dates and addresses are still to be read.

    `canonical` are the addresses that the page gives itself, best first; `dates` every witness's word on when it was
    published; `shown` the dates near its headline, which the element `headline` shows, and in its titles.
    `is_article`: the page says in so many words that it is one, or who wrote it, or when.
    """

    title: str = ""
    dek: str = ""
    kicker: str = ""
    kind: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    language: str = ""
    site: str = ""
    image: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    canonical: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    is_article: bool = False
    headline: Any = None
    witnesses: tuple[Witness, ...] = ()


@dataclass(frozen=True, slots=True)
class _Witnesses:
    """All that was said, in the order in which it is believed, and which word was taken."""

    said: tuple[tuple[str, Found], ...]
    taken: list[Witness]

    def take(self, field: str) -> tuple[str, ...]:
        """Return what the first witness that knows a field says of it, and remember who it was."""
        for name, found in self.said:
            if values := found.get(field):
                self.taken.append(Witness(field=field, name=name))
                return values
        return ()

    def text(self, field: str) -> str:
        """Return a field's first value as text."""
        return next(filter(None, map(plain_text, self.take(field))), "")

    def all_of(self, field: str) -> tuple[str, ...]:
        """Return every witness's first word on a field."""
        return tuple(values[0] for _, found in self.said if (values := found.get(field)))


def read_metadata(tree: Any, address: str) -> Metadata:  # noqa: ANN401 - lxml has no types
    """Return what a page at `address` says about its article."""
    heard = _heard(tree)
    canonical = tuple(link.get("href") or "" for link in tree.iter("link") if link.get("rel") == "canonical")
    addresses = (*canonical, *heard.all_of("url"))
    names = _names(heard, host(address) or host(next(iter(addresses), "")))
    titles = _titles(heard, tree)
    headline = find_headline(tree, titles, names)
    near = tuple(lines_near(headline.node))
    stated = [Byline(name, found.get("authors", ())) for name, found in heard.said]
    by = written_by(stated, tree, near, names)
    told = _stated(heard)
    witnesses = (*heard.taken, Witness(field="title", name=headline.witness), Witness(field="authors", name=by.witness))
    return replace(
        told,
        title=headline.text,
        authors=by.people,
        canonical=addresses,
        shown=(*dates_shown(near), *dates_in_titles(each.text for each in titles)),
        is_article=told.is_article or bool(by.people),
        headline=headline.node,
        witnesses=tuple(sorted((each for each in witnesses if each.name), key=lambda witness: witness.field)),
    )


def _heard(tree: Any) -> _Witnesses:  # noqa: ANN401 - lxml has no types
    """Return all witnesses of a page, best first."""
    scripts = (script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or ""))
    graph, meta = read_meta(tree)
    said = (
        ("json-ld", read_json_ld(scripts)),
        ("open-graph", graph),
        ("meta", meta),
        ("microdata", read_microdata(tree)),
        ("markup", _markup(tree)),
    )
    return _Witnesses(said, [])


def _names(heard: _Witnesses, home: str) -> tuple[str, ...]:
    """Return what the site is called, its host last."""
    return tuple(name for name in dict.fromkeys((*map(plain_text, heard.all_of("site")), home)) if name)


def _stated(heard: _Witnesses) -> Metadata:
    """Return the fields that are as the best witness has them, whatever the page shows."""
    above = read_above(heard.text("kicker"), kind=heard.text("kind"), section=heard.text("section"))
    said, published = dict(heard.said), heard.text("published")
    return Metadata(
        dek=_dek(heard),
        kicker=above.kicker,
        kind=above.kind,
        section=above.section,
        tags=_tags(heard.take("tags")),
        published=published,
        updated=heard.text("updated"),
        language=heard.text("language").replace("_", "-"),
        site=heard.text("site"),
        image=next(iter(heard.take("image")), ""),
        alt=heard.text("alt"),
        caption=heard.text("caption"),
        credit=heard.text("credit"),
        dates=heard.all_of("published"),
        is_article=bool(said["json-ld"] or published) or "article" in said["open-graph"].get("type", ()),
    )


def _titles(heard: _Witnesses, tree: Any) -> list[Titled]:  # noqa: ANN401 - lxml has no types
    """Return what the page is called, best witness first, and last what stands in the browser's title bar."""
    stated = [Titled(name, plain_text(title)) for name, found in heard.said for title in found.get("title", ())]
    return stated + [Titled("title", text) for text in _texts(tree.iter("title"))[:1]]


def _markup(tree: Any) -> Found:  # noqa: ANN401 - lxml has no types
    """Return what the visible markup says."""
    dated = tree.xpath("//time[@datetime and (@pubdate or contains(@itemprop, 'datePublished'))]/@datetime")
    found = {
        "dek": tuple(filter(None, (dek_text(tree),))),
        "kicker": tuple(filter(None, (kicker_line(tree),))),
        "published": tuple(map(str, dated[:1])),
        "language": tuple(filter(None, (tree.get("lang") or tree.get("xml:lang") or "",))),
    }
    return {field: values for field, values in found.items() if values}


def _texts(nodes: Any) -> list[str]:  # noqa: ANN401 - lxml has no types
    return [text for node in nodes if (text := clean_text(" ".join(node.itertext())))]


def _dek(heard: _Witnesses) -> str:
    """Return the first dek that is not cut off, else the first."""
    for name, found in heard.said:
        dek = plain_text(next(iter(found.get("dek", ())), ""))
        if dek and not _CUT_OFF.search(dek):
            heard.taken.append(Witness(field="dek", name=name))
            return dek
    return heard.text("dek")


def _tags(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return tags, of which one value may hold many between commas."""
    parts = (clean_text(part) for value in values for part in plain_text(value).split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
