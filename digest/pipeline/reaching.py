"""Reaching the web: in the magazine's name, and of inner addresses those alone that digest.toml names."""

from collections.abc import Iterator

from digest.config import Config
from digest.pipeline.newsroom import Newsroom
from digest.text.urls import host
from digest.web import Limits, Secret, Web
from digest.web.courtesy import Courteous, Manners


def open_web(room: Newsroom, limits: Limits | None = None) -> Web:
    """Return the door to the web, as the newsroom uses it."""
    magazine = room.config.magazine
    keys = [
        Secret(name=source.key, value=room.keys.find(source.key), site=source.url)
        for source in room.config.sources
        if source.key
    ]
    contact = magazine.contact or magazine.url
    return Web(contact=contact, limits=limits, named=tuple(named(room.config)), secrets=keys)


def open_courteous(room: Newsroom, *, replaying: bool = False) -> Courteous:
    """Return the door to the web for sources and their pages, with the manners that digest.toml asks for.

    A recording needs none: nobody waits for its turn.
    """
    fetch, asked_for = room.config.fetch, frozenset(source.url for source in room.config.sources)
    own = frozenset({host(room.config.magazine.url), *room.config.magazine.hosts}) - {""}
    manners = Manners(at_once=fetch.at_once, pause=fetch.pause)
    return Courteous(
        open_web(room, Limits(seconds=fetch.seconds)),
        Manners(at_once=fetch.at_once, pause=0, attempts=1, longest=0) if replaying else manners,
        lambda url: url in asked_for or host(url) in own,
    )


def named(config: Config) -> Iterator[str]:
    """Yield the addresses and bare hosts that an editor wrote into digest.toml to be read, or to be shown to readers.

    They may stand inside: a CMS of the same house, a preview on this machine. What a source says of a story names
    nothing.
    """
    magazine = config.magazine
    yield from magazine.hosts
    written = [magazine.url, magazine.logo, magazine.logo_dark, config.support.url, config.mailer.issue_url]
    written += [config.pictures.images_url, config.site.url]
    written += [source.url for source in config.sources]
    written += [place.url for place in config.social]
    yield from (address for address in written if address)
