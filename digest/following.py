"""Which pages are to be read behind what the sources say. Pure, and blind to the order in which they say it.

A page is asked for when an item that leads to it is new or has changed, and no source gives the item's whole body.
What was read of a page is said by a source of its own, named after the one that led there, so that merging weighs it
as a page's word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from digest.model.article import Sighting
from digest.model.wanted import Pages, Wanted
from digest.text.urls import host

_OF_PAGES: Final = " (pages)"


def pages_of(source: str) -> str:
    """Return the name under which the pages speak that a source led to."""
    return f"{source}{_OF_PAGES}"


def led_by(pages: str) -> str:
    """Return the source that led to pages which speak under a name; any other name is returned as it is."""
    return pages.removesuffix(_OF_PAGES)


def is_excerpt(said: Sighting) -> bool:
    """Tell whether all that a sighting has of a body is an excerpt, or nothing."""
    return not said.blocks or any(each.field == "blocks" and each.name == "feed-excerpt" for each in said.witnesses)


def is_address(said: Sighting) -> bool:
    """Tell whether a sighting is nothing but an address: its page has to say what stands there."""
    return not said.title and not said.blocks and not said.gone and bool(host(said.url))


def given_whole(said: Iterable[Sighting]) -> bool:
    """Tell whether a source, pages apart, gives the whole body of an article."""
    return any(not is_excerpt(each) and led_by(each.source) == each.source for each in said)


def wanted(fresh: Iterable[Sighting], pages: Pages, *, whole: bool) -> tuple[Wanted, ...]:
    """Return the pages that new words on one article ask for; `whole`: a source gives its whole body already."""
    if pages == "never" or (whole and pages == "auto"):
        return ()
    asked = (each for each in fresh if host(each.url) and not each.gone)
    return tuple({each.url: _page(each, pages) for each in asked}.values())


def addresses(said: Iterable[Sighting], pages: Pages) -> tuple[Wanted, ...]:
    """Return the pages that sealed sightings ask for which are nothing but addresses."""
    if pages == "never":
        return ()
    return tuple({each.url: replace(_page(each, pages), said=each.hash) for each in said}.values())


def in_turn(pages: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """Return pages so that no site waits behind another's: one of each in turn, each site's in their order."""
    sites: dict[str, list[Wanted]] = {}
    for each in pages:
        sites.setdefault(host(each.url), []).append(each)
    rounds = zip_longest(*sites.values())
    return tuple(each for turn in rounds for each in turn if each)


def _page(said: Sighting, pages: Pages) -> Wanted:
    return Wanted(url=said.url, source=said.source, published=said.published or said.updated, always=pages == "always")
