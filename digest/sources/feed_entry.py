"""What one item of a feed says: of what feedparser made of it, the parts that a sighting needs."""

from collections.abc import Iterator, Mapping
from typing import Any

from digest.model.article import Image, Witness
from digest.sources.excerpts import dek_of, is_excerpt
from digest.sources.markup.body import absolute
from digest.sources.markup.figures import first_picture, size, without_credit
from digest.text.clean import clean_text, plain_text

Entry = dict[str, Any]
"""One item as feedparser leaves it: strings, and lists and mappings of strings."""


def stated(entry: Entry, key: str) -> str:
    """Return a string of an item; with `dict.get`, because feedparser's own answers for one date with the other."""
    value = dict.get(entry, key)
    return value if isinstance(value, str) else ""


def rows(entry: Entry, key: str) -> list[Mapping[str, Any]]:
    """Return a list of an item: its links, tags, authors, pictures."""
    return list(dict.get(entry, key) or ())


def texts(entry: Entry) -> tuple[str, str, str]:
    """Return the fullest body that an item has, as markup, its dek where there is one beside, and the body's base."""
    summary = stated(entry, "summary")
    bodies = [(str(row.get("value") or ""), str(row.get("base") or "")) for row in rows(entry, "content")]
    markup, base = max((*bodies, (summary, "")), key=lambda body: len(body[0]))
    return markup, dek_of(summary) if markup != summary else "", base


def filed(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the domain and the name of each category."""
    for row in rows(entry, "tags"):
        yield str(row.get("scheme") or ""), plain_text(str(row.get("label") or row.get("term") or ""))


def bylines(entry: Entry) -> list[str]:
    """Return who wrote an item, as it says it."""
    return [str(row.get("name") or "") for row in rows(entry, "authors")] or [stated(entry, "author")]


def image(entry: Entry, base: str, tree: Any) -> Image | None:  # noqa: ANN401 - lxml has no types
    """Return an item's picture: the one it names, else one that is enclosed, else the first in its body."""
    for row in (*rows(entry, "media_content"), *rows(entry, "links"), *rows(entry, "media_thumbnail")):
        address = str(row.get("url") or "") or (str(row.get("href") or "") if row.get("rel") == "enclosure" else "")
        url = absolute(address, base)
        if url and _is_picture(row):
            credits_ = [clean_text(str(each.get("content") or "")) for each in rows(entry, "media_credit")]
            inside = first_picture(tree, base, like=url) or Image()
            caption, credit = without_credit(inside.caption, next(filter(None, credits_), inside.credit))
            return Image(
                url=url,
                alt=plain_text(stated(entry, "media_alttext")) or inside.alt,
                credit=credit,
                caption=caption,
                width=size(row.get("width")),
                height=size(row.get("height")),
            )
    return first_picture(tree, base)


def _is_picture(row: Mapping[str, Any]) -> bool:
    kind = str(row.get("medium") or row.get("type") or "")
    return kind.startswith("image") or (not kind and "rel" not in row)


def witnesses(entry: Entry) -> tuple[Witness, ...]:
    """Return the witnesses that are not the feed's plain word: a date that may be that of a change, an excerpt."""
    only_updated = not stated(entry, "published") and stated(entry, "updated")
    dated = (Witness(field="published", name="feed-updated"),) if only_updated else ()
    excerpt = not rows(entry, "content") and is_excerpt(stated(entry, "summary"))
    return (*dated, *((Witness(field="blocks", name="feed-excerpt"),) if excerpt else ()))
