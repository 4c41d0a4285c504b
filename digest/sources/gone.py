"""Gone: when a story is no more where it was, so that no unsent issue brings it. Pure.

A story is gone when

- its page answers 404 or 410 (`answers_gone`): "there is no such page". Any other failure (403, 429, 5xx, no answer in
  time, a name that is not found) says nothing of the story: it may be there for everybody else, and is asked again;
- its page was moved for good (301, 308) to the site's front page (`sent_home`): so sites say "removed" that know no
  404. A redirect for the time being (302, 307) to the front page, and any redirect to another page, says nothing: the
  first is how sites shut for an hour, the second how they move a story;
- its API, asked for a span and answering all of it, has its neighbours and not it (`vanished`). A feed forgets what is
  old and a sitemap may leave out what it likes: of what is missing there the page is asked once more.

What says so is a sighting with `gone`. It is taken back (`merge`) when the source that said it sees the story again,
or a page or an API has it; a feed that lists it still is what has not been built anew.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from digest.merge import guid_name, seal
from digest.model.article import Article, Sighting
from digest.text.urls import is_front_page, page_key

_GONE: Final = frozenset({404, 410})
_TICK: Final = timedelta(microseconds=1)


def answers_gone(status: int) -> bool:
    """Tell whether a page's HTTP status says that there is no such page."""
    return status in _GONE


def sent_home(url: str, moved_from: Sequence[str]) -> bool:
    """Tell whether a story that now answers at `url`, where it has moved for good, is a mere front page."""
    return is_front_page(url) and any(not is_front_page(each) for each in moved_from)


def withdrawn(source: str, seen_at: datetime, *, url: str = "", guid: str = "") -> Sighting:
    """Return what a source says of an article that is no more there, known by its address or its guid."""
    return seal(Sighting(source=source, url=url, guid=guid, gone=True, seen_at=seen_at))


def vanished(
    listed: Sequence[Sighting],
    known: Iterable[Article],
    seen_at: datetime,
    span: tuple[datetime | None, datetime | None] = (None, None),
) -> tuple[Sighting, ...]:
    """Return what a list says by silence, in the order of `known`, the articles that it had before.

    They are as the archive has them once `listed` is stored, under their new addresses: an id in the list may be one
    that was given to another story.
    `listed` is all that one source has of [start, end). Missing is what was published within and is under no name in
    the list; where an end of `span` is open, what was published at the last date listed there, or beyond, may still be
    there. Where more would be missing than is listed, the list is broken, and nothing is.
    """
    dates = [said.published for said in listed if said.published]
    if not listed or (None in span and not dates):
        return ()
    names = {page_key(said.url) or guid_name(said) for said in listed}
    start, end = span[0] or min(dates) + _TICK, span[1] or max(dates)
    missing = tuple(
        withdrawn(listed[0].source, seen_at, url=article.url, guid="" if article.url else article.aliases[0])
        for article in known
        if article.published and start <= article.published < end and not article.gone and not _names(article) & names
    )
    return missing if len(missing) <= len(listed) else ()


def _names(article: Article) -> set[str]:
    return {name for each in (article.url, *article.aliases) for name in (each, page_key(each)) if name}
