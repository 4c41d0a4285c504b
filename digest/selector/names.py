"""Which article is meant: by an editor who names it, and by a ledger that carried it."""

from collections.abc import Iterable, Mapping, Sequence

from digest.model.article import Article
from digest.model.selection import Carried
from digest.text.urls import canonical_url, page_key

Names = Mapping[str, Sequence[str]]
"""Every name by which an article is known, with the ids of those that bear it."""


def names_of(articles: Iterable[Article]) -> Names:
    """Return the names of `articles`."""
    names: dict[str, list[str]] = {}
    for article in articles:
        for name in known_by(article):
            names.setdefault(name, []).append(article.id)
    return names


def known_by(it: Article | Carried) -> Iterable[str]:
    """Return the names of one article: its id, URL, fingerprint and aliases, and what its addresses have in common."""
    names = [name for name in (it.id, it.url, it.fingerprint, *it.aliases) if name]
    return dict.fromkeys([*names, *filter(None, (page_key(name) for name in names if "/" in name))])


def meant(name: str, names: Names) -> Sequence[str]:
    """Return the ids of the articles that an editor calls `name`: an id, an alias or a URL, in any of its forms."""
    return names.get(name.strip()) or names.get(canonical_url(name)) or names.get(page_key(name)) or ()
