"""Scouting: a look at a site before it is a source. Where its articles are offered, and what it says of itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from urllib.parse import urljoin
from zoneinfo import available_timezones

from digest.errors import DigestError
from digest.model.page import Page
from digest.pipeline.founding.weighing import Weighed, best, weigh
from digest.ports import Fetcher
from digest.sources import Reading, SourceSettings
from digest.sources.front import Front, read_front
from digest.sources.json_parts import text
from digest.sources.json_text import Fields, read_json
from digest.sources.retrieving.wordpress_api import find_api, route
from digest.sources.settings import Kind
from digest.text.clean import decode, plain_text
from digest.text.urls import canonical_url

Progress = Callable[[str], None]
"""Told each address as its turn comes."""

FEEDS: Final = ("feed/", "rss/", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json", "rss", "feed")
"""Where systems put a feed that their pages do not name: WordPress, Ghost, Jekyll, Hugo, and others."""

SITEMAPS: Final = ("news-sitemap.xml", "sitemap-news.xml", "sitemap.xml", "sitemap_index.xml", "wp-sitemap.xml")

MOST_FEEDS, MOST_SITEMAPS = 4, 3
"""What is weighed of each: the site names the best ones first."""

LATELY, LONG_AGO = timedelta(weeks=8), timedelta(weeks=104)
"""How far back is asked: what an issue may need; and where nothing has come since then, what there was before."""

_INDEX: Final = (("_fields", "name,description,timezone_string,site_icon_url"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scouted:
    """What a site says of itself, every way into it that was found, and the best of them.

    `zone` is an IANA name, "" where it is not known; `is_ghost`: its system is Ghost, whose API answers those alone who
    have a key.
    """

    site: str
    name: str = ""
    tagline: str = ""
    language: str = ""
    zone: str = ""
    colour: str = ""
    logo: str = ""
    icon: str = ""
    found: tuple[Weighed, ...] = ()
    best: tuple[Weighed, ...] = ()
    is_ghost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a site is looked at with; `key` names the key of Ghost's API, "" where there is none."""

    web: Fetcher
    reading: Reading
    key: str
    progress: Progress


def scout(site: str, look: Look) -> Scouted:
    """Look at a site.

    Raises:
        SourceError: its front page cannot be had.

    """
    look.progress(site)
    page = look.web.get(site)
    home, front = canonical_url(page.url) or site, read_front(page)
    said, found = _wordpress(home, look)
    found += [*_ghost(home, front, look), *_feeds(home, front, look), *_sitemaps(home, look)]
    return _scouted(home, front, said, found, best(found, look.reading.now))


def _scouted(home: str, front: Front, said: Fields, found: Sequence[Weighed], chosen: tuple[Weighed, ...]) -> Scouted:
    zone = text(said, "timezone_string")
    return Scouted(
        site=home,
        name=plain_text(text(said, "name")) or front.name,
        tagline=plain_text(text(said, "description")) or front.tagline,
        language=front.language,
        zone=zone if zone in available_timezones() else "",
        colour=front.colour,
        logo=front.logo,
        icon=front.icon or canonical_url(text(said, "site_icon_url")),
        found=tuple(found),
        best=chosen,
        is_ghost=front.generator.startswith("Ghost"),
    )


def _wordpress(home: str, look: Look) -> tuple[Fields, list[Weighed]]:
    """Return what a WordPress says of its site, and its API; nothing where there is none."""
    look.progress("WordPress's API")
    try:
        root = find_api(look.web, home)
    except DigestError:  # no row: a site that is no WordPress has nothing to be mended
        return {}, []
    return _index(root, look), [_weighed("wordpress", home, look)]


def _index(root: str, look: Look) -> Fields:
    try:
        page = look.web.get(route(root, "", _INDEX))
        said = read_json(page.body, page.charset)
    except DigestError:  # the front page says most of it too
        return {}
    return said if isinstance(said, dict) else {}


def _ghost(home: str, front: Front, look: Look) -> Iterator[Weighed]:
    """Yield Ghost's API where somebody has its key: behind a front page that is not Ghost's own, if it answers."""
    if look.key:
        look.progress("Ghost's API")
        weighed = _weighed("ghost", home, look)
        if weighed.items or front.generator.startswith("Ghost"):
            yield weighed


def _feeds(home: str, front: Front, look: Look) -> Iterator[Weighed]:
    """Yield the feeds that a site names; where it names none, the first that is at a usual place."""
    for address in front.feeds[:MOST_FEEDS]:
        look.progress(address)
        yield _weighed("feed", address, look)
    for name in () if front.feeds else FEEDS:
        address = urljoin(f"{home.rstrip('/')}/", name)
        look.progress(address)
        weighed = _weighed("feed", address, look)
        if weighed.items:
            yield weighed
            return


def _sitemaps(home: str, look: Look) -> Iterator[Weighed]:
    """Yield the sitemaps that robots.txt names; where it names none, those at the usual places."""
    named = list(_named(home, look))
    for address in named[:MOST_SITEMAPS]:
        look.progress(address)
        yield _weighed("sitemap", address, look)
    for name in () if named else SITEMAPS:
        address = urljoin(f"{home.rstrip('/')}/", name)
        look.progress(address)
        weighed = _weighed("sitemap", address, look)
        if weighed.items:
            yield weighed
            return


def _named(home: str, look: Look) -> Iterator[str]:
    """Yield the sitemaps that a site's robots.txt names, those of news first."""
    look.progress("robots.txt")
    try:
        page = look.web.get(urljoin(home, "/robots.txt"))
    except DigestError:  # most sites that have one name their sitemaps; the others are tried without
        return
    named = [address for line in _lines(page) if (address := canonical_url(line))]
    yield from sorted(dict.fromkeys(named), key=lambda address: "news" not in address)


def _lines(page: Page) -> Iterator[str]:
    """Yield the addresses behind "Sitemap:" (sitemaps.org: anywhere in the file, in any case)."""
    for line in decode(page.body, page.charset).splitlines():
        field, _, value = line.partition(":")
        if field.strip().lower() == "sitemap":
            yield urljoin(page.url, value.strip())


def _weighed(kind: Kind, address: str, look: Look) -> Weighed:
    """Weigh a way by what it gave lately; where that is nothing, by what it gave long ago."""
    settings = SourceSettings(name="site", at=address, kind=kind, key=look.key if kind == "ghost" else "")
    lately = weigh(settings, replace(look.reading, since=look.reading.now - LATELY))
    if lately.items or lately.problem:
        return lately
    return weigh(settings, replace(look.reading, since=look.reading.now - LONG_AGO))
