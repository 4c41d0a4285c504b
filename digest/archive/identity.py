"""Which sightings speak of one article: the same rule for every archive, whatever holds it. Pure.

A wrong join loses a story, a missed one shows it twice: where there is a doubt, two articles stay two. Two sightings
are of one article

1. under one address (`page_key`: http or https, `www` or not, a phone's, AMP's or a printer's view, tracking
   parameters, a closing slash), whatever else changes: title, guid, text and date are updates. But who stands at an
   address that its article has left, and agrees with nothing that was said of it, is a new article: the slug was given
   again;
2. under one guid, where they agree (`agreement`), or one of them has no address: a changed slug under a kept guid is an
   update, an id that was given to another story is not;
3. under an address that one gives itself besides its own (`also_at`: a short link, what redirects to it for good, and
   the page itself where it calls another address canonical), where they agree: what is redirected to a section's page
   ties nothing;
4. with one body, where one side has no address: a text scrape is the article. The same text under another address is
   a republished twin, which the selector names as a duplicate;
5. with one body of some fifty words or more, published at one instant by one source that does not name the old address
   beside the new one: so an article is known again of which slug, title and guid were changed at once.

A sighting that so bears the names of two known articles makes them one. What is no name at all: an address of three or
more articles of one reading, a site's front page, a guid under which one reading names several pages. A name that was
refused is taken from the sighting: else a ledger would know the one article by the other's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from digest.archive.agreement import agrees
from digest.merge import body_print, guid_name, key, order, seal
from digest.merge.dates import EDITOR
from digest.model.article import AGAIN, Article, Sighting, Witness, stands_again
from digest.text.urls import is_front_page, page_key

MANY: Final = 3
"""Articles of one reading under one address: two may be one that is listed twice, three are a page of several."""

_LONG: Final = 300
"""Characters (some fifty words) of a body that knows its article again by itself: a notice in place of it has fewer."""

_Said = tuple[str, datetime, str]
"""A source, the time at which it was read, and a name that it gave then."""

Look = Callable[[int], Sequence[Sighting]]
"""Gives all that was ever said of the article in a row."""


@dataclass(frozen=True, slots=True)
class Known:
    """An article that the archive holds: its row, whether it has a URL, and the key of where it stands now."""

    row: int
    has_url: bool
    at: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A sealed sighting and what it can be known by.

    `names` tell by themselves which article it is, `hints` where the two agree; together there is at least one. `body`
    and `moved` (body, instant and source) are empty where the body is too short to tell.
    """

    sighting: Sighting
    names: tuple[str, ...]
    hints: tuple[str, ...] = ()
    body: str = ""
    moved: str = ""

    @property
    def all_names(self) -> tuple[str, ...]:
        """Return every name under which its article is to be found from now on."""
        return tuple(filter(None, (*self.names, *self.hints, self.body)))


@dataclass(eq=False, slots=True)
class Cluster:
    """One article: the rows that hold it now (none while it is new), and what was newly said of it."""

    rows: list[int] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    has_url: bool = False
    at: str = ""
    joined: "Cluster | None" = None

    def root(self) -> "Cluster":
        """Return the cluster that this one was joined to, itself where it stands alone."""
        return self.joined.root() if self.joined else self


def hear_all(sightings: Sequence[Sighting], before: Iterable[Sighting] = ()) -> list[Heard]:
    """Seal sightings and work out their names, without what is no name in its reading: what a source said at once.

    `before` is what was stored of the same readings already.
    """
    pages: dict[_Said, set[str]] = {}
    titles: dict[_Said, set[str]] = {}
    for each in (*before, *sightings):
        if each.guid:
            pages.setdefault((each.source, each.seen_at, each.guid), set()).add(page_key(each.url))
        if each.url:
            titles.setdefault((each.source, each.seen_at, page_key(each.url)), set()).add(each.title)
    guids = {guid for guid, urls in pages.items() if len(urls - {""}) > 1}
    shared = {url for url, headlines in titles.items() if len(headlines) >= MANY}
    return [hear(_named(each, guids, shared)) for each in sightings]


def hear(sighting: Sighting) -> Heard:
    """Seal a sighting and work out its names."""
    guid = name_of(guid_name(sighting))
    own = again(page_key(sighting.url)) if stands_again(sighting) else page_key(_own_address(sighting))
    names = (guid,) if sighting.source == EDITOR and guid else (own,) if own else ()
    others = ("" if stands_again(sighting) else page_key(sighting.url), *map(page_key, sighting.also_at), guid)
    told = tuple(dict.fromkeys(other for other in others if other and other not in names))
    body = body_print(sighting)
    long = body and sum(len(block.text) for block in sighting.blocks) >= _LONG
    instant = sighting.published if long and sighting.precision == "instant" else None
    return Heard(
        sighting=sighting if sighting.hash else seal(sighting),
        names=names if names or told else (key(sighting),),
        hints=told,
        body=f"body:{body}" if body else "",
        moved=f"{sighting.source} {instant.timestamp()} {body}" if instant else "",
    )


def again(name: str) -> str:
    """Return the name of the article to which an address was given that another one had before."""
    return f"{name} {AGAIN}"


def name_of(text: str) -> str:
    """Return the form in which a URL, a guid or an id is kept and looked up."""
    return page_key(text) or text


def names_of(article: Article, heard: Sequence[Heard]) -> list[str]:
    """Return every name under which an article is to be found, sorted."""
    said = {name for each in heard for name in each.all_names}
    covered = {name for each in heard for name in (each.sighting.url, guid_name(each.sighting))}
    known_as = {article.id, article.url, *article.aliases} - covered
    return sorted((said | set(map(name_of, known_as))) - {""})


def clusters(heard: Iterable[Heard], known: Mapping[str, Known], look: Look) -> list[Cluster]:
    """Sort sightings by the article that they speak of, in the order of its first mention.

    `known` says, by name, which article bears it in the archive. Of articles with one body the first one bears its
    name: more are never needed, and a notice that stands in place of every body costs nothing.
    """
    in_order = sorted(heard, key=lambda each: order(each.sighting))
    sorting = _Sorting(known, look, in_order)
    mentioned = [sorting.place(each) for each in in_order]
    return list(dict.fromkeys(cluster.root() for cluster in mentioned))


class _Sorting:
    """The articles met so far, by every name that they bear."""

    def __init__(self, known: Mapping[str, Known], look: Look, heard: Iterable[Heard]) -> None:
        made = {each.row: Cluster(rows=[each.row], has_url=each.has_url, at=each.at) for each in known.values()}
        self._bearers = {name: made[each.row] for name, each in known.items()}
        self._known, self._look = known, look
        self._readings: dict[tuple[str, datetime], set[str]] = {}
        self._leaving: set[tuple[tuple[str, datetime], int]] = set()
        for each in heard:
            reading = _reading(each.sighting)
            self._readings.setdefault(reading, set()).update(each.names)
            elsewhere = (
                known[hint] for hint in each.hints if hint in known and known[hint].at not in {"", *each.names}
            )
            self._leaving |= {(reading, other.row) for other in elsewhere}

    def place(self, said: Heard) -> Cluster:
        """Put a sighting to its article, without the names that it bears in error."""
        if self._is_given_again(said):
            said = hear(_again(said.sighting))
        named = self._found(said.names)
        refused = [hint for hint in said.hints if self._is_anothers(hint, named, said.sighting)]
        mine = hear(_without(said.sighting, refused)) if refused else said
        found = self._found((*mine.names, *mine.hints))
        cluster = _join([*found, *self._by_body(mine, found)])
        cluster.heard.append(mine)
        cluster.has_url = cluster.has_url or bool(mine.sighting.url)
        for name in (*mine.all_names, *filter(None, (mine.moved,))):
            self._bearers.setdefault(name, cluster)
        return cluster

    def _found(self, names: Iterable[str]) -> list[Cluster]:
        return list(dict.fromkeys(self._bearers[name].root() for name in names if name in self._bearers))

    def _is_given_again(self, said: Heard) -> bool:
        """Tell whether a sighting stands at an address that its bearer has left, and is of another story."""
        own = page_key(said.sighting.url)
        if said.names != (own,) or own not in self._known or not (said.sighting.title or said.body):
            return False
        bearer = self._bearers[own].root()
        leaves = any((_reading(said.sighting), row) in self._leaving for row in bearer.rows)
        if not bearer.at or (bearer.at == own and not leaves) or bearer in self._found(said.hints):
            return False
        return not agrees(said.sighting, self._said_of(bearer))

    def _is_anothers(self, hint: str, named: Sequence[Cluster], said: Sighting) -> bool:
        """Tell whether a name that is not to be trusted is borne by an article with which a sighting does not agree."""
        (bearer,) = self._found([hint]) or (None,)
        if bearer is None or bearer in named or not (bearer.has_url and said.url):
            return False
        return not agrees(said, self._said_of(bearer))

    def _by_body(self, said: Heard, found: Sequence[Cluster]) -> Sequence[Cluster]:
        """Return the article that a sighting's body tells; none where its names tell another."""
        alike = self._bearers[said.body].root() if said.body in self._bearers else None
        has_url = bool(said.sighting.url) or any(cluster.has_url for cluster in found)
        if alike and not (has_url and alike.has_url):
            return () if alike in found else (alike,)
        moved = self._bearers[said.moved].root() if said.moved in self._bearers else None
        return () if moved is None or moved in found or self._stays(moved, said.sighting) else (moved,)

    def _stays(self, cluster: Cluster, said: Sighting) -> bool:
        """Tell whether what a source said of an article before stands beside what it says now."""
        before = {page_key(_own_address(each)) for each in self._said_of(cluster) if each.source == said.source}
        return not before.isdisjoint(self._readings[_reading(said)])

    def _said_of(self, cluster: Cluster) -> list[Sighting]:
        stored = [sighting for row in cluster.rows for sighting in self._look(row)]
        return [*stored, *(each.sighting for each in cluster.heard)]


def _reading(said: Sighting) -> tuple[str, datetime]:
    return said.source, said.seen_at


def _named(each: Sighting, guids: set[_Said], shared: set[_Said]) -> Sighting:
    """Return a sighting without the guid or the address that is not its own."""
    if each.url and (is_front_page(each.url) or (each.source, each.seen_at, page_key(each.url)) in shared):
        each = _at_own_address(each)
    return replace(each, guid="", hash="") if each.url and (each.source, each.seen_at, each.guid) in guids else each


def _own_address(said: Sighting) -> str:
    """Return where a page was found: first in `also_at` where it calls another address canonical."""
    elsewhere = any(witness.field == "url" and witness.name == "canonical" for witness in said.witnesses)
    return next(iter(said.also_at), "") if elsewhere else said.url


def _again(said: Sighting) -> Sighting:
    """Return a sighting that says of its address that another article had it before."""
    others = tuple(each for each in said.witnesses if each.field != "url")
    return replace(said, witnesses=(*others, Witness(field="url", name=AGAIN)), hash="")


def _without(said: Sighting, refused: Sequence[str]) -> Sighting:
    """Return a sighting without names that are another article's."""
    mine = _at_own_address(said) if page_key(said.url) in refused else said
    guid = "" if name_of(guid_name(said)) in refused else said.guid
    kept = tuple(url for url in mine.also_at if page_key(url) not in refused)
    return replace(mine, guid=guid, also_at=kept, hash="")


def _at_own_address(said: Sighting) -> Sighting:
    """Return a sighting at the address where it was found, at none where that is no page's own."""
    own = _own_address(said)
    url = "" if own == said.url or is_front_page(own) else own
    witnesses = tuple(witness for witness in said.witnesses if witness.field != "url")
    others = tuple(each for each in said.also_at if each != own)
    return replace(said, url=url, also_at=others, witnesses=witnesses, hash="")


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
