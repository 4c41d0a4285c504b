"""Astray: whether the page to which a redirect led is the story that was asked for. Pure.

Sites send whom they do not let in to one page for all: "Log in", "Are you a robot?", "We are back at noon". That page
has words of its own and is no story. It is told by what it says, for it may stand at any address.
"""

from collections.abc import Iterable, Sequence

from digest.archive.agreement import agrees
from digest.model.article import Sighting
from digest.text.urls import page_key


def astray(asked: str, arrived: str, found: Sequence[Sighting], known: Iterable[Sighting]) -> str:
    """Return why what is said at `arrived` is not the story that was asked for; "" where it may well be.

    It is where it agrees with what is `known` of the story. Where nothing is, it must bear a date, or stand at the same
    path on another host: a site that moved.
    """
    if page_key(arrived) == page_key(asked) or not found:
        return ""
    told = [said for said in known if said.title or said.blocks]
    if any(agrees(said, told) if told else said.published or _path(arrived) == _path(asked) for said in found):
        return ""
    return f"it leads to another page, {arrived}: {found[0].title!r}"


def _path(url: str) -> str:
    return page_key(url).partition("/")[2]
