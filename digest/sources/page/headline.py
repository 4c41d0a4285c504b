"""The headline of a page: the one that readers see, told from the site's name and from other headings by its witnesses.

What a page calls itself for search engines and for shared links is often another wording; the heading above the story
is the editor's. Measured on 200 real pages: the shown heading, where it says what another witness says, is right on
86 of 100; the first witness's wording on 81.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from digest.sources.markup.shown import seen_text
from digest.text.words import words

_BETWEEN: Final = re.compile(r" [|\u2013\u2014\u2022\u00b7\u00bb\u2039\u203a:~/-]{1,2} | ?\| ?")
_COLON: Final = re.compile(r": ")
_CUT_AT: Final = 100
"""Characters: Google asked for headlines of at most 110, and some systems cut them there without a sign."""

_CUT_OFF: Final = re.compile(r"(?:…|\.\.\.)\W{0,9}\Z")
_MARKS: Final = re.compile(r"\A(?:#{1,6} |[*_]{2}(?=\w))|(?<=\w)[*_]{2}\Z")
"""What Markdown leaves where nobody rendered it."""

_GENRES: Final = frozenset(
    ("opinion", "analysis", "comment", "commentary", "editorial", "video", "podcast", "blog", "news", "exclusive")
)
"""What a headline may be followed by behind a bar, and is no part of it."""

_FEWEST: Final = 4
"""Words: a part of a title that has fewer, and is a heading too, may be a section's name."""

_HEADINGS: Final = 8
"""Headings that are looked at: the site's name and boxes may be marked as headlines too."""

_SAME: Final = 0.5
"""A heading shares more of the words of a witness's title (or that title of its own) where it is the headline."""

_LABEL: Final = 24
"""Characters: the longest label before a headline ("Blog: …")."""


class Titled(NamedTuple):
    """A title and the witness that names it."""

    witness: str
    text: str


class Headline(NamedTuple):
    """The headline, who says so, and the element that shows it (None where none does)."""

    text: str
    witness: str
    node: Any


def find_headline(tree: Any, titles: Sequence[Titled], names: Sequence[str]) -> Headline:  # noqa: ANN401 - lxml has no types
    """Return the headline of a page, from what its witnesses call it, best first; `names` are those of the site."""
    known = [Titled(each.witness, plain) for each in titles if (plain := without_site(each.text, names))]
    headings = [(node, text) for node in _first(_headings(tree)) if (text := without_site(seen_text(node), names))]
    likeness, at = max(((_likeness(text, known), -at) for at, (_, text) in enumerate(headings)), default=(0.0, 0))
    if likeness > _SAME:
        node, text = headings[-at]
        told = _told(text, known)
        return Headline(told, _witness(told, known), node)
    lower = _part_of_title(tree, known)
    if lower is not None:
        return Headline(seen_text(lower), "markup", lower)
    stated = next((each for each in known if each.witness != "title"), None)
    if stated is None and headings:
        return Headline(headings[0][1], "markup", headings[0][0])
    best = stated or (known[0] if known else Titled("", ""))
    text = _whole(best.text, [each.text for each in known] + [text for _, text in headings])
    return Headline(text, best.witness, _showing(tree, text))


def _headings(tree: Any) -> Iterable[Any]:  # noqa: ANN401 - lxml has no types
    """Return the headings of the first level; where a page has none, what hAtom calls an entry's title."""
    first = list(tree.iter("h1"))
    return first or list(tree.xpath("//*[contains(concat(' ', @class, ' '), ' entry-title ')]"))


def _part_of_title(tree: Any, known: Iterable[Titled]) -> Any:  # noqa: ANN401 - lxml has no types
    """Return the heading of a lower level that says what a title says, or a part of one; None where none does."""
    titles = (words(part) for each in known for part in _BETWEEN.split(each.text))
    parts = {part for part in titles if len(part) >= _FEWEST}
    return next((node for node in tree.iter("h2", "h3") if words(seen_text(node)) in parts), None)


def without_site(title: str, names: Sequence[str]) -> str:
    """Return a title without the site's name before or behind it, a genre behind a bar, or the marks of Markdown."""
    title = _MARKS.sub("", title).strip()
    while (shorter := _shortened(title, names)) != title:
        title = shorter
    return "" if any(_plain(title) == _plain(name) for name in names) else title


def is_site(part: str, site: str) -> bool:
    """Tell whether a part of a title is the site's name ("The Quay" for "thequay.example"), or its initials."""
    plain = _plain(part)
    if len(plain) <= 2:  # noqa: PLR2004 - letters
        return False
    short = _initials(part)
    shortened = (len(short) > 2 and short in _forms(site)) or (part.isupper() and plain == _initials(site))  # noqa: PLR2004 - shorter forms name nobody
    return shortened or any(_is_alike(plain, name) for name in _forms(site))


def _forms(site: str) -> set[str]:
    """Return a site's name in letters and digits; of a host also without what all hosts have."""
    name = _plain(site)
    if " " in site or "." not in site:
        return {name}
    labels = site.removeprefix("www.").split(".")
    return {name, "".join(labels), max(labels[:-1], key=len)}


def _is_alike(plain: str, name: str) -> bool:
    """Tell whether one of two names is the other, or most of it."""
    shorter, longer = sorted((plain, name), key=len)
    return shorter == longer or (len(shorter) > 4 and shorter in longer and 2 * len(shorter) >= len(longer))  # noqa: PLR2004 - shorter words stand in anything


def _initials(text: str) -> str:
    return "".join(word[0] for word in words(text))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _shortened(title: str, names: Sequence[str]) -> str:
    breaks = [found for found in _BETWEEN.finditer(title) if found.start() and found.end() < len(title)]
    for found in breaks:
        if any(_plain(title[found.end() :]) == _plain(name) for name in names):
            return title[: found.start()]
    if breaks:
        last, first = breaks[-1], breaks[0]
        behind = title[last.end() :]
        if any(is_site(behind, name) for name in names) or (behind.casefold() in _GENRES and "|" in last[0]):
            return title[: last.start()]
        if any(is_site(title[: first.start()], name) for name in names):
            return title[first.end() :]
    colon = _COLON.search(title)
    if colon and any(_plain(title[: colon.start()]) == _plain(name) for name in names):
        return title[colon.end() :]
    return title


def _first(nodes: Iterable[Any]) -> list[Any]:
    return [node for node, _ in zip(nodes, range(_HEADINGS), strict=False)]


def _witness(headline: str, known: Iterable[Titled]) -> str:
    """Return who says a headline that is shown: the best witness with the same words, else the page itself alone."""
    said = words(headline)
    return next((name for name, title in known if name != "title" and words(title) == said), "markup")


def _likeness(heading: str, known: Iterable[Titled]) -> float:
    """Return how much a heading says what a title says: the share of common words in the shorter of the two.

    A title that goes on behind the heading's words must go on behind a separator, or the heading be most of it: else
    it is the name of a column, or of the site.
    """
    said, best = frozenset(words(heading)), 0.0
    for _, title in known:
        other = frozenset(words(title))
        if not said or not other:
            continue
        share = len(said & other) / min(len(said), len(other))
        begins = title.casefold().startswith(heading.casefold()) and _BETWEEN.match(title, len(heading))
        if share > best and (begins or 2 * len(said) >= len(other) or _cut(title)):
            best = share
    return best


def _cut(title: str) -> bool:
    return len(title) >= _CUT_AT or _CUT_OFF.search(title) is not None


def _told(heading: str, known: Iterable[Titled]) -> str:
    """Return a heading without a label before it that no witness has; not all in capitals where a witness is not."""
    for _, title in known:
        if words(title) == words(heading):
            return title if (heading.isupper() or heading.islower()) and not title.isupper() else heading
        before = heading.removesuffix(title)
        if before != heading and 0 < len(before) <= _LABEL and before.rstrip().endswith((":", "|")):
            return title
    return heading


def _whole(title: str, others: Iterable[str]) -> str:
    """Return the whole of a title that is cut off, where another one begins as it does and goes on."""
    if not _cut(title):
        return title
    begun = _CUT_OFF.sub("", title)
    return next((other for other in others if len(other) > len(title) and other.startswith(begun)), title)


def _showing(tree: Any, headline: str) -> Any:  # noqa: ANN401 - lxml has no types
    """Return the heading that says what the headline says, else the page's first one of the first level."""
    wanted = words(headline)
    for node in tree.iter("h1", "h2", "h3"):
        if words(seen_text(node)) == wanted:
            return node
    return next(tree.iter("h1"), None)
