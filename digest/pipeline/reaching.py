"""Reaching the web: in the magazine's name, and of inner addresses those alone that digest.toml names."""

from collections.abc import Iterator

from digest.config import Config
from digest.pipeline.newsroom import Newsroom
from digest.web import Limits, Secret, Web


def open_web(room: Newsroom, limits: Limits | None = None) -> Web:
    """Return the door to the web, as the newsroom uses it."""
    magazine = room.config.magazine
    keys = [
        Secret(name=source.key, value=room.keys.get(source.key, ""), site=source.url)
        for source in room.config.sources
        if source.key
    ]
    contact = magazine.contact or magazine.url
    return Web(contact=contact, limits=limits, named=tuple(named(room.config)), secrets=keys)


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
