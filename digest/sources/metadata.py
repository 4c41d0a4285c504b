"""What a page says about its article, from several witnesses: JSON-LD, Open Graph, other meta tags, the markup.

Measured on 793 pages: this order gives 14 invented dates on 134 undated pages, where looking everywhere gives 132.
"""

import re
from dataclasses import dataclass
from typing import Any

from digest.model.article import Witness
from digest.sources.authors import authors
from digest.sources.heading import dek_text, kicker_line, read_above
from digest.sources.jsonld import Found, read_json_ld
from digest.text.clean import clean_text, plain_text
from digest.text.urls import host

_OPEN_GRAPH = {
    "og:title": "title",
    "og:type": "type",
    "og:description": "dek",
    "og:site_name": "site",
    "og:url": "url",
    "og:locale": "language",
    "og:image": "image",
    "og:image:secure_url": "image",
    "og:image:alt": "alt",
    "og:article:published_time": "published",
    "article:published_time": "published",
    "og:article:modified_time": "updated",
    "article:modified_time": "updated",
    "og:article:author": "authors",
    "article:author": "authors",
    "og:article:section": "section",
    "article:section": "section",
    "article:tag": "tags",
}
_META = {
    **dict.fromkeys(("parsely-title", "sailthru.title", "citation_title", "dc.title", "twitter:title"), "title"),
    **dict.fromkeys(("description", "sailthru.description", "dc.description", "twitter:description"), "dek"),
    **dict.fromkeys(("author", "parsely-author", "sailthru.author", "citation_author", "dc.creator", "byl"), "authors"),
    **dict.fromkeys(("parsely-pub-date", "sailthru.date", "citation_publication_date", "datepublished"), "published"),
    **dict.fromkeys(("pubdate", "publishdate", "date", "dc.date", "dc.date.issued", "dcterms.issued"), "published"),
    **dict.fromkeys(("last-modified", "lastmod", "dcterms.modified"), "updated"),
    **dict.fromkeys(("parsely-section", "section"), "section"),
    **dict.fromkeys(("news_keywords", "keywords", "parsely-tags", "sailthru.tags"), "tags"),
    "twitter:image": "image",
    "twitter:image:alt": "alt",
    "application-name": "site",
}
_TOGETHER = frozenset(("authors", "tags"))
"""Fields of which a witness may say several; of all others its first word counts."""

_BETWEEN = re.compile(r" [|\u2013\u2014\u2022\u00b7\u00bb\u2039\u203a:-]{1,2} | ?\| ?")
_CUT_AT = 100
"""Characters: Google asked for headlines of at most 110, and some systems cut them there without a sign."""

_CUT_OFF = re.compile(r"(?:…|\.\.\.)\W{0,9}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What was found of each field, as text, and who said it; dates and addresses are still to be read.

    `canonical` are the addresses that the page gives itself, best first. `is_article`: the page says in so many words
    that it is one, or who wrote it, or when.
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
    is_article: bool = False
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
    scripts = (script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or ""))
    graph, meta = _meta(tree)
    data = read_json_ld(scripts)
    said = (("json-ld", data), ("open-graph", graph), ("meta", meta), ("markup", _markup(tree)))
    heard = _Witnesses(said, [])
    site = heard.text("site")
    above = read_above(heard.text("kicker"), kind=heard.text("kind"), section=heard.text("section"))
    people, published = _authors(heard, site), heard.text("published")
    canonical = tuple(link.get("href") or "" for link in tree.iter("link") if link.get("rel") == "canonical")
    return Metadata(
        title=_headline(heard, site or host(address), _headings(tree)),
        dek=_dek(heard),
        kicker=above.kicker,
        kind=above.kind,
        section=above.section,
        tags=_tags(heard.take("tags")),
        authors=people,
        published=published,
        updated=heard.text("updated"),
        language=heard.text("language").replace("_", "-"),
        site=site,
        image=next(iter(heard.take("image")), ""),
        alt=heard.text("alt"),
        caption=heard.text("caption"),
        credit=heard.text("credit"),
        canonical=(*canonical, *heard.all_of("url")),
        is_article=bool(data or people or published) or "article" in graph.get("type", ()),
        witnesses=tuple(sorted(heard.taken, key=lambda witness: witness.field)),
    )


def _meta(tree: Any) -> tuple[Found, Found]:  # noqa: ANN401 - lxml has no types
    """Return what the meta tags say: those of Open Graph, and all others."""
    graph: Found = {}
    other: Found = {}
    for tag in tree.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        content = clean_text(tag.get("content") or "")
        for table, found in ((_OPEN_GRAPH, graph), (_META, other)):
            if content and name in table:
                found[table[name]] = (*found.get(table[name], ()), content)
    return graph, other


def _markup(tree: Any) -> Found:  # noqa: ANN401 - lxml has no types
    """Return what the visible markup says."""
    dated = tree.xpath("//time[@datetime and (@pubdate or contains(@itemprop, 'datePublished'))]/@datetime")
    named = tree.xpath("//*[contains(concat(' ', @rel, ' '), ' author ') or @itemprop='author'][not(self::link)]")
    found = {
        "title": _headings(tree) or tuple(_texts(tree.iter("title"))),
        "dek": tuple(filter(None, (dek_text(tree),))),
        "kicker": tuple(filter(None, (kicker_line(tree),))),
        "authors": tuple(_texts(named)),
        "published": tuple(map(str, dated[:1])),
        "language": tuple(filter(None, (tree.get("lang") or tree.get("xml:lang") or "",))),
    }
    return {field: values for field, values in found.items() if values}


def _headings(tree: Any) -> tuple[str, ...]:  # noqa: ANN401 - lxml has no types
    return tuple(_texts(tree.iter("h1")))


def _texts(nodes: Any) -> list[str]:  # noqa: ANN401 - lxml has no types
    return [text for node in nodes if (text := clean_text(" ".join(node.itertext())))]


def _headline(heard: _Witnesses, site: str, headings: tuple[str, ...]) -> str:
    """Return the headline without the site's name, and whole where a heading on the page has the rest of it."""
    title = heard.text("title")
    for heading in headings:
        if _is_headline(heading, title) and not _same(heading, site):
            return heading
    breaks = list(_BETWEEN.finditer(title))
    if breaks and _same(title[breaks[-1].end() :], site):
        return title[: breaks[-1].start()]
    if breaks and _same(title[: breaks[0].start()], site):
        return title[breaks[0].end() :]
    return title


def _is_headline(heading: str, title: str) -> bool:
    """Tell whether a heading is the title's whole self: of a cut one the rest, or what stands before a separator."""
    cut = _CUT_OFF.sub("", title)
    if cut != title or len(title) >= _CUT_AT:
        return heading.startswith(cut)
    return title.startswith(heading) and bool(_BETWEEN.match(title, len(heading)))


def _same(part: str, site: str) -> bool:
    """Tell whether a part of a title is the site's name ("The Quay" for "thequay.example")."""
    plain, name = (re.sub(r"[\W_]+", "", text.casefold()) for text in (part, site))
    return len(plain) > 2 and (plain == name or (len(plain) > 4 and plain in name) or (len(name) > 4 and name in plain))  # noqa: PLR2004 - letters


def _dek(heard: _Witnesses) -> str:
    """Return the first dek that is not cut off, else the first."""
    for name, found in heard.said:
        dek = plain_text(next(iter(found.get("dek", ())), ""))
        if dek and not _CUT_OFF.search(dek):
            heard.taken.append(Witness(field="dek", name=name))
            return dek
    return heard.text("dek")


def _authors(heard: _Witnesses, site: str) -> tuple[str, ...]:
    """Return the people whom the first witness names that names any; the site itself is nobody."""
    for name, found in heard.said:
        people = tuple(person for person in authors(found.get("authors", ())) if person.casefold() != site.casefold())
        if people:
            heard.taken.append(Witness(field="authors", name=name))
            return people
    return ()


def _tags(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return tags, of which one value may hold many between commas."""
    parts = (clean_text(part) for value in values for part in plain_text(value).split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
