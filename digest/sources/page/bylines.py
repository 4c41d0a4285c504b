"""By-lines that a page shows: near its headline, else an author's box at the story's end."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from digest.sources.authors import authors
from digest.sources.markup.boxes import name_words
from digest.sources.markup.shown import Line, lines_in, short_text
from digest.summarizer.date_lines import MONTHS, WEEKDAYS

_MARKS: Final = frozenset(
    ("author", "authors", "byline", "bylines", "contributor", "contributors", "writer", "autor", "auteur")
)
_NO_NAMES: Final = frozenset(
    (
        *(
            "avatar",
            "bio",
            "box",
            "comment",
            "comments",
            "count",
            "date",
            "description",
            "desc",
            "follow",
            "image",
            "img",
        ),
        *(
            "job",
            "label",
            "photo",
            "picture",
            "position",
            "reviewer",
            "role",
            "social",
            "time",
            "title",
            "twitter",
            "link",
        ),
    )
)
"""Class words beside `author` that say the element holds something else than names, or more."""

_OF_AUTHORS: Final = re.compile(
    r"/(?:author|authors|autor|autoren|auteur|auteurs|contributor|contributors|people|person|staff|profile|profiles|writer|writers"
    r"|users?|journalists?|reporters?|by|bios?|our-team|team|member|members|reviewer)/[^/?#]+"
)
"""Addresses of authors' pages."""

_OF_PERSONS: Final = re.compile(r"/(?:people|person)/")
"""Addresses of pages on people, who may be those whom a story is about."""

_BY: Final = re.compile(
    r"(?:^(?:posted|published|written|added) [^|·•⋅]{1,40} (?=by )|^"
    r"|[|·•⋅] ?)[^\w|·•⋅]{0,9}(?:(?:written|words|story|text|posted|article|authored|contributed|published"
    r"|reported|created) )?(?:by|von|par|por|authors?|writers?)\b ?:? ?(?P<names>\S.*)",
    re.IGNORECASE,
)
_OTHERS: Final = re.compile(
    r"\b(?:review|edit|fact|check|photo|illustrat|translat|produc|approv|verifi|sponsor|present|brought|powered|image|updat)"
    r"[a-z-]{0,9}(?: [a-z]{1,12})? ?(?:\bby\b|:)",
    re.IGNORECASE,
)
"""People who did something else than write."""

_STOPS: Final = re.compile(
    r" (?:more (?:from|by)|view (?:all|more)|follow)\b.*"
    r"| (?:published|posted|updated|last|on|in|at|for|is|was|has|\d|edited|reviewed|medically|fact|photo|photos|share"
    r"|contributor|senior|staff|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday)\b.*"
    r"| ?(?:[|·•⋅\u2013\u2014/\[]|\((?![^()]{1,20}\) (?-i:[^\W\d_a-z]))).*| - .*|: ?$",
    re.IGNORECASE | re.DOTALL,
)
_LEADS: Final = re.compile(
    r"\W{0,9}(?:(?:written|words|story|posted|authored) )?(?:by|authors?|writers?)\W{0,9}", re.IGNORECASE
)
"""A line that leads to the names in the next one."""

_DAYS: Final = MONTHS | WEEKDAYS
_MOST: Final = 12
"""People: a longer list is a masthead."""

_NAME: Final = 80
"""Characters of an element that holds names and nothing else."""


def names_shown(lines: Iterable[Line]) -> tuple[str, ...]:
    """Return the people whom some lines name as authors, each once: those of the first lines that name any."""
    found: list[str] = []
    idle, led = 0, False
    for line in lines:
        people = _marked(line) or _written(f"by {line.text}" if led else line.text)
        led = bool(_LEADS.fullmatch(line.text))
        idle += bool(found) and not people
        if idle > 1:
            break
        found += people
    return tuple(dict.fromkeys(found))[:_MOST]


def names_written(lines: Iterable[Line]) -> tuple[str, ...]:
    """Return the people whom the first "By …" in some lines names in full."""
    return tuple(next(filter(None, (_written(line.text) for line in lines)), ()))


def name_at_end(tree: Any) -> tuple[str, ...]:  # noqa: ANN401 - lxml has no types
    """Return the one person whom the whole page marks as an author; nobody where there are several."""
    names: list[str] = []
    for line in islice(lines_in(tree), 4_000):
        names += [name for name in _marked(line) if not _is_topic(line, name)]
    one = tuple(dict.fromkeys(names))
    return one if len({name.casefold() for name in one}) == 1 else ()


def _is_topic(line: Line, name: str) -> bool:
    """Tell whether a name is only that of somebody whom a link to a page on a person is about."""
    links = [each for each in line.node.iter("a") if short_text(each, _NAME) == name]
    hrefs = [each.get("href") or "" for each in links if "author" not in (each.get("rel") or "")]
    return bool(hrefs) and all(_OF_PERSONS.search(href) for href in hrefs)


def _marked(line: Line) -> list[str]:
    """Return the names in the innermost elements of a line that are marked as holding an author's name."""
    nodes = line.node.iter() if line.whole else ()
    marked = [each for each in nodes if isinstance(each.tag, str) and _is_marked(each)]
    holders = {above for each in marked for above in each.iterancestors()}
    found: list[str] = []
    for each in marked:
        if each in holders or _is_of_others(each):
            continue
        text = short_text(each, _NAME) or ""
        by = _BY.match(text)
        people = authors([_STOPS.sub("", by["names"] if by else text)])
        found += people if _is_linked(each) else [name for name in people if _is_full(name)]
    return found


def _written(text: str) -> list[str]:
    """Return the names behind a "By"."""
    by = _BY.match(text)
    people = authors([_STOPS.sub("", by["names"])]) if by else ()
    return [name for name in people if _is_full(name)]


def _is_full(name: str) -> bool:
    """Tell whether a name has a first and a last part and begins as names do: where nothing but a word tells."""
    return " " in name and not name[0].islower() and name.partition(" ")[0].casefold() not in _DAYS


def _is_linked(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether an element is an author's by what it links to, or says that it is in so many words."""
    linked = node.tag == "a" and bool(_OF_AUTHORS.search(node.get("href") or ""))
    return linked or "author" in (node.get("rel") or "").split() or node.get("itemprop") == "author"


def _is_marked(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    if node.tag in {"link", "meta"}:
        return False
    names = name_words(node)
    return _is_linked(node) or (not names.isdisjoint(_MARKS) and names.isdisjoint(_NO_NAMES))


def _is_of_others(node: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Tell whether the words right before an element say that its people did something else than write."""
    return any(_OTHERS.search(words) for words in _before(node))


def _before(node: Any) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    for each in (node, node.getparent()):
        if each is None:
            return
        previous, parent = each.getprevious(), each.getparent()
        if previous is not None:
            yield (previous.tail or "") if (previous.tail or "").strip() else (short_text(previous, _NAME) or "")
        elif parent is not None:
            yield parent.text or ""
