"""What the meta tags of a page say of its article: those of Open Graph, and all others."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from digest.sources.page.jsonld import Found
from digest.text.clean import clean_text

_OPEN_GRAPH: Final = {
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
    "article:published": "published",
    "article:publicationdate": "published",
    "og:publish_date": "published",
    "og:published_time": "published",
    "og:article:modified_time": "updated",
    "article:modified_time": "updated",
    "og:article:author": "authors",
    "article:author": "authors",
    "article:author_name": "authors",
    "og:article:section": "section",
    "article:section": "section",
    "article:tag": "tags",
}
_META: Final = {
    **dict.fromkeys(("parsely-title", "sailthru.title", "citation_title", "dc.title", "twitter:title"), "title"),
    **dict.fromkeys(("description", "sailthru.description", "dc.description", "twitter:description"), "dek"),
    **dict.fromkeys(("author", "parsely-author", "sailthru.author", "citation_author", "dc.creator", "byl"), "authors"),
    **dict.fromkeys(("creator", "cxenseparse:author", "dcterms.creator", "article.author", "authors"), "authors"),
    **dict.fromkeys(("byline", "search.byline"), "authors"),
    **dict.fromkeys(("parsely-pub-date", "sailthru.date", "citation_publication_date", "datepublished"), "published"),
    **dict.fromkeys(("pubdate", "publishdate", "publish_date", "publish-date", "publication_date"), "published"),
    **dict.fromkeys(("date", "dc.date", "dc.date.issued", "dcterms.issued", "dc.date.created"), "published"),
    **dict.fromkeys(("citation_online_date", "citation_date", "cxenseparse:recs:publishtime"), "published"),
    **dict.fromkeys(("article.published", "published_at", "published_time", "originalpublicationdate"), "published"),
    **dict.fromkeys(("article_date_original", "pub_date", "date_published", "publication-date"), "published"),
    **dict.fromkeys(("last-modified", "lastmod", "dcterms.modified"), "updated"),
    **dict.fromkeys(("parsely-section", "section"), "section"),
    **dict.fromkeys(("news_keywords", "keywords", "parsely-tags", "sailthru.tags"), "tags"),
    "twitter:image": "image",
    "twitter:image:alt": "alt",
    "application-name": "site",
}
_WRITTEN: Final = frozenset(("written by", "author", "geschrieben von", "verfasst von", "écrit par", "escrito por"))
"""What Twitter's cards call the name that stands in the `data` tag of the same number."""

_MOST: Final = 500
"""Tags that are read: the fullest head seen has some 120."""


def read_meta(tree: Any) -> tuple[Found, Found]:  # noqa: ANN401 - lxml has no types
    """Return what the meta tags say: those of Open Graph, and all others."""
    graph: Found = {}
    other: Found = {}
    said = list(islice(_said(tree), _MOST))
    for name, content in said:
        for table, found in ((_OPEN_GRAPH, graph), (_META, other)):
            if name in table:
                found[table[name]] = (*found.get(table[name], ()), content)
    if people := tuple(_labelled(dict(said))):
        other["authors"] = (*other.get("authors", ()), *people)
    return graph, other


def _said(tree: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - lxml has no types
    for tag in tree.iter("meta"):
        content = clean_text(tag.get("content") or "")
        names = (tag.get("property"), tag.get("name"), tag.get("itemprop"))
        name = next((name for name in names if name), "").strip().lower()
        if content and name:
            yield name, content


def _labelled(said: dict[str, str]) -> Iterator[str]:
    for at in "12":
        label = said.get(f"twitter:label{at}", "")
        if label.casefold() in _WRITTEN and (name := said.get(f"twitter:data{at}")):
            yield name
