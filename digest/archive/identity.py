"""Which sightings speak of one article: the same rule for every archive, whatever holds it. Pure.

An article is known again by its URL (`page_key`) and by its guid, so that a changed slug under a kept guid, or a
changed guid under a kept URL, is an update. A sighting that bears the names of two known articles makes them one.
The text of a body identifies an article only where one side has no URL: the same text under another URL is a
republished twin, which the selector names as a duplicate.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from digest.merge import body_print, guid_name, key, order, seal
from digest.model.article import Article, Sighting
from digest.text.urls import page_key


@dataclass(frozen=True, slots=True)
class Known:
    """An article that the archive holds: its row, and whether it has a URL."""

    row: int
    has_url: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """A sealed sighting, the names that by themselves tell which article it is, and the one that its body gives.

    There is at least one name; `body` is empty where the body is too short to tell.
    """

    sighting: Sighting
    names: tuple[str, ...]
    body: str


@dataclass(eq=False, slots=True)
class Cluster:
    """One article: the rows that hold it now (none while it is new), and what was newly said of it."""

    rows: list[int] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    has_url: bool = False
    joined: "Cluster | None" = None

    def root(self) -> "Cluster":
        """Return the cluster that this one was joined to, itself where it stands alone."""
        return self.joined.root() if self.joined else self


def hear_all(sightings: Sequence[Sighting]) -> list[Heard]:
    """Seal sightings and work out their names.

    A guid under which one source names several pages at one time is none ("4711" for every item of a feed): by it a
    whole feed would be taken for one article.
    """
    pages: dict[tuple[str, datetime, str], set[str]] = {}
    for each in sightings:
        if each.guid:
            pages.setdefault((each.source, each.seen_at, each.guid), set()).add(each.url)
    shared = {guid for guid, urls in pages.items() if len(urls) > 1 and len(set(map(page_key, urls)) - {""}) > 1}
    return [
        hear(replace(each, guid="") if each.url and (each.source, each.seen_at, each.guid) in shared else each)
        for each in sightings
    ]


def hear(sighting: Sighting) -> Heard:
    """Seal a sighting and work out its names."""
    given = (name_of(name) for name in (sighting.url, guid_name(sighting)) if name)
    body = body_print(sighting)
    return Heard(
        sighting=seal(sighting),
        names=tuple(dict.fromkeys(given)) or (key(sighting),),
        body=f"body:{body}" if body else "",
    )


def name_of(text: str) -> str:
    """Return the form in which a URL, a guid or an id is kept and looked up."""
    return page_key(text) or text


def names_of(article: Article, heard: Sequence[Heard]) -> list[str]:
    """Return every name under which an article is to be found, sorted."""
    said = {name for each in heard for name in (*each.names, each.body)}
    covered = {name for each in heard for name in (each.sighting.url, guid_name(each.sighting))}
    known_as = {article.id, article.url, *article.aliases} - covered
    return sorted((said | set(map(name_of, known_as))) - {""})


def clusters(heard: Iterable[Heard], known: Mapping[str, Known]) -> list[Cluster]:
    """Sort sightings by the article that they speak of, in the order of its first mention.

    `known` says, by name, which article bears it in the archive. Of articles with one body the first one bears its
    name: more are never needed, and a notice that stands in place of every body costs nothing.
    """
    made = {each.row: Cluster(rows=[each.row], has_url=each.has_url) for each in known.values()}
    bearers = {name: made[each.row] for name, each in known.items()}
    mentioned = []
    for each in sorted(heard, key=lambda each: order(each.sighting)):
        cluster = _join(_found(each, bearers))
        cluster.heard.append(each)
        cluster.has_url = cluster.has_url or bool(each.sighting.url)
        mentioned.append(cluster)
        for name in filter(None, (*each.names, each.body)):
            bearers.setdefault(name, cluster)
    return list(dict.fromkeys(cluster.root() for cluster in mentioned))


def _found(heard: Heard, bearers: Mapping[str, Cluster]) -> list[Cluster]:
    """Return the articles that this sighting speaks of; several where it ties them."""
    found = [bearers[name].root() for name in heard.names if name in bearers]
    alike = bearers[heard.body].root() if heard.body in bearers else None
    has_url = bool(heard.sighting.url) or any(cluster.has_url for cluster in found)
    if alike and not (has_url and alike.has_url):
        found.append(alike)
    return list(dict.fromkeys(found))


def _join(found: Sequence[Cluster]) -> Cluster:
    """Return one cluster for all that were found, a new one where none was."""
    if not found:
        return Cluster()
    first, *others = found
    for other in others:
        first.rows += other.rows
        first.heard += other.heard
        first.has_url = first.has_url or other.has_url
        other.joined = first
    return first
