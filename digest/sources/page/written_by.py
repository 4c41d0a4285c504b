"""Who wrote a page's article, of several witnesses: what it tells machines, and the by-line that readers see."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from digest.sources.authors import authors, is_personal
from digest.sources.markup.shown import Line
from digest.sources.page.bylines import name_at_end, names_shown, names_written
from digest.sources.page.headline import is_site
from digest.text.words import words


class Byline(NamedTuple):
    """Names, and the witness that says them."""

    witness: str = ""
    people: tuple[str, ...] = ()


def written_by(
    stated: Sequence[Byline],
    tree: Any,  # noqa: ANN401 - lxml has no types
    near: Sequence[Line],
    sites: Sequence[str],
) -> Byline:
    """Return the people whom the best witness names that names any; the site itself is nobody.

    `stated` is what machines are told, best witness first. A user's name ("annroe", "admin") gives way to a full name
    that the page shows; the name of whoever keeps the site gives way to a "By …" at the headline that names others.
    """
    known = [Byline(each.witness, _persons(authors(_without_houses(each.people, sites)), sites)) for each in stated]
    best = next((each for each in known if _are_full(each.people)), Byline())
    if best.people:
        written = [name for name in names_written(near) if not any(is_site(name, site) for site in sites)]
        return Byline("markup", tuple(written)) if _is_other(written, best.people) else best
    shown = Byline("markup", _persons(names_shown(near), sites) or _persons(name_at_end(tree), sites))
    return shown if _are_full(shown.people) else next((each for each in (*known, shown) if each.people), Byline())


def _without_houses(bylines: Iterable[str], sites: Sequence[str]) -> tuple[str, ...]:
    """Return by-lines without those of a house and where it sits: "Quay Press, Bergen, Norway"."""
    return tuple(
        each
        for each in bylines
        if not (each.count(",") > 1 and any(is_site(each.split(",")[0], site) for site in sites))
    )


def _persons(people: Iterable[str], sites: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in people if is_personal(each) or not any(is_site(each, site) for site in sites))


def _are_full(people: Sequence[str]) -> bool:
    return any(" " in person for person in people)


def _is_other(written: Sequence[str], people: Sequence[str]) -> bool:
    """Tell whether a by-line names nobody of those people, or all of them and more."""
    shown, known = ([frozenset(words(name)) for name in names] for names in (written, people))
    if not shown or not any(one & other for one in shown for other in known):
        return bool(shown)
    return len(shown) > len(known) and all(any(other <= one for one in shown) for other in known)
