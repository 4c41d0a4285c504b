"""Pictures: every one that readers are shown is had, copied to the right size and kind, and told of in the record.

Which these are, the theme's own templates say. A picture that cannot be had is left out, and says why.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from digest.model.article import Image
from digest.model.box import LOGO, Box, doubled, pixels
from digest.model.finding import Finding
from digest.model.issue import Brand, Entry, Issue, Picture
from digest.model.message import Rendered
from digest.pictures import Recipe
from digest.pipeline.newsroom import Newsroom, images_url
from digest.pipeline.pictures.record import FOLDER, Outcome, Wish
from digest.pipeline.pictures.supply import Supply
from digest.render import Look, finish, look, render
from digest.theme import Theme

LOGOS = {"logo": "digest.toml: magazine.logo", "logo_dark": "digest.toml: magazine.logo_dark"}
"""The brand's pictures: the names of their fields, and where they are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """An issue with what came of each picture, its faces, the files to put beside it, and what to know about them."""

    issue: Issue
    rendered: Rendered
    files: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Where the issue has pictures, by an entry's id or a logo's name: what is wished for there, and what came of it.

    `address` is where copies will be found ("": there are none). `shown` are the places that readers see (None while
    that is not known); the others need no outcome.
    """

    wishes: Mapping[str, Wish]
    address: str
    outcomes: Mapping[Wish, Outcome] = field(default_factory=dict)
    shown: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """An issue of which exactly those pictures are shown that the theme looks into, and what the theme made of it."""

    places: _Places
    issue: Issue
    look: Look


def picture(room: Newsroom, issue: Issue, theme: Theme, supply: Supply) -> Pictured:
    """Return `issue` with the pictures that `theme` shows, rendered. The issue's folder is read and not written.

    Raises:
        LockedError: another command is at work on the issue.
        TemplateError: the theme fails.

    """
    wishes = dict(_wishes(room, issue))
    if not wishes:
        return Pictured(issue=issue, rendered=render(issue, theme, room.compiled))
    places = _Places(wishes=wishes, address=images_url(room, issue.window.label))
    at_work = _Work(room, issue, theme, supply)
    seen = at_work.guessed(places) or at_work.found(places)
    supply.shown = {place: place in (seen.places.shown or ()) for place in wishes}
    put_by = supply.granted(set(wishes.values()) - seen.places.outcomes.keys())  # another theme may show it again
    if put_by:
        places = replace(seen.places, outcomes={**seen.places.outcomes, **put_by})
        seen = replace(seen, places=places, issue=_told(issue, places))
    return Pictured(
        issue=seen.issue,
        rendered=finish(seen.look, theme, room.compiled),
        files={outcome.file: outcome.content for outcome in seen.places.outcomes.values() if outcome.file},
        notes=tuple(_notes(issue, seen.places, seen.places.shown or ())),
    )


class _Work:
    """Finding out which pictures are shown: exactly those that the theme looks into when exactly those are shown.

    There is one such set and no other: while a theme is filled, what it looks into first depends on no picture, and
    what it looks into next depends on those alone that it has looked into before; so it goes the same way with any two
    such sets. Therefore a good guess is as good as a search.
    """

    def __init__(self, room: Newsroom, issue: Issue, theme: Theme, supply: Supply) -> None:
        self._room, self._issue, self._theme, self._supply = room, issue, theme, supply

    def guessed(self, places: _Places) -> _Seen | None:
        """Return the issue if those pictures are shown that were the last time, and all of them are at hand."""
        shown = frozenset(place for place in places.wishes if self._supply.shown.get(place, True)) | frozenset(LOGOS)
        outcomes = self._supply.remembered({wish for place, wish in places.wishes.items() if place in shown})
        if outcomes is None:
            return None
        seen = self._seen(replace(places, shown=shown, outcomes=outcomes))
        return seen if self._needed(seen) == shown else None

    def found(self, places: _Places) -> _Seen:
        """Return the issue after a search: what came of some pictures may let the theme look at others."""
        shown = frozenset(LOGOS)
        while True:
            told = _told(self._issue, places)
            shown |= look(told, self._theme, self._room.compiled).pictures | _ahead(told, places)
            missing = [wish for place, wish in places.wishes.items() if place in shown and wish not in places.outcomes]
            if not missing:
                break
            places = replace(places, outcomes={**places.outcomes, **self._supply.had(missing)})
        seen = self._seen(replace(places, shown=shown))
        needed = self._needed(seen)
        if needed == shown:
            return seen
        outcomes = {wish: places.outcomes[wish] for place, wish in places.wishes.items() if place in needed}
        return self._seen(replace(places, shown=needed, outcomes=outcomes))

    def _seen(self, places: _Places) -> _Seen:
        told = _told(self._issue, places)
        return _Seen(places=places, issue=told, look=look(told, self._theme, self._room.compiled))

    def _needed(self, seen: _Seen) -> frozenset[str]:
        """Return which pictures are looked into, those that the head of a web page tries included."""
        return seen.look.pictures | _ahead(seen.issue, seen.places) | frozenset(LOGOS)


def _ahead(issue: Issue, places: _Places) -> frozenset[str]:
    """Return the places that the head of a web page asks for the issue's first picture: up to one that can be shown."""
    tried: set[str] = set()
    for entry in issue.entries:
        if entry.id in places.wishes:
            tried.add(entry.id)
            outcome = places.outcomes.get(places.wishes[entry.id])
            if outcome is None or not outcome.problem:
                break
    return frozenset(tried)


def _wishes(room: Newsroom, issue: Issue) -> Iterator[tuple[str, Wish]]:
    """Yield every place for a picture, with what is wished for there."""
    table = room.config.pictures
    copies = bool(images_url(room, issue.window.label))

    def wish(source: str, box: Box) -> Wish:
        return Wish(source=source, recipe=Recipe(box=box, most=table.weight * 1000) if copies else None)

    for name in LOGOS:
        source = _logo(issue.brand, name)
        if source:
            yield name, wish(source, doubled(LOGO))
    for entry in issue.entries:
        if entry.picture and entry.picture.image.url:
            yield entry.id, wish(entry.picture.image.url, pixels(entry.slot))


def _logo(brand: Brand, name: str) -> str:
    return brand.logo if name == "logo" else brand.logo_dark


def _told(issue: Issue, places: _Places) -> Issue:
    """Return the issue with what came of its pictures."""

    def entry(old: Entry) -> Entry:
        return replace(old, picture=_picture(old.picture, old.id, places)) if old.picture else old

    sections = tuple(replace(section, entries=tuple(map(entry, section.entries))) for section in issue.sections)
    headlines = tuple(map(entry, issue.headlines))
    return replace(issue, brand=_brand(issue.brand, places), sections=sections, headlines=headlines)


def _brand(brand: Brand, places: _Places) -> Brand:
    """Return the brand with its logos; the name stands where the one for light paper is missing."""
    logo, dark = (
        _picture(Picture(image=Image(url=_logo(brand, name), alt=brand.name)), name, places)
        if _logo(brand, name)
        else None
        for name in LOGOS
    )
    return replace(
        brand,
        logo=logo.image.url if logo else "",
        logo_dark=dark.image.url if dark else "",
        logo_picture=logo,
        logo_dark_picture=dark,
    )


def _picture(old: Picture, place: str, places: _Places) -> Picture:
    """Return a picture with its outcome: what readers see is the copy, the original, or nothing."""
    wish = places.wishes.get(place)
    if wish is None:
        return old
    outcome = places.outcomes.get(wish)
    shown = places.shown is None or place in places.shown
    if outcome is None and shown:
        return old
    if outcome is None or outcome.problem:
        problem = outcome.problem if outcome and shown else ""
        return Picture(image=replace(old.image, url=""), source=wish.source, problem=problem, shown=shown)
    url = f"{places.address}/{outcome.file.removeprefix(FOLDER)}" if outcome.file else wish.source
    size = outcome.size
    return Picture(
        image=replace(old.image, url=url if shown else "", width=size.width, height=size.height),
        source=wish.source,
        source_hash=outcome.source_hash,
        file=outcome.file,
        kind=outcome.kind,
        weight=outcome.weight,
        note=outcome.note,
        shown=shown,
    )


def _notes(issue: Issue, places: _Places, shown: Collection[str]) -> Iterator[Finding]:
    """Yield what there is to know about the pictures that are shown."""
    titles = {entry.id: entry.title.text for entry in issue.entries} | LOGOS
    wishes = [(titles[place], wish) for place, wish in places.wishes.items() if place in shown]
    for where, wish in wishes:
        outcome = places.outcomes[wish]
        if outcome.note:
            message, hint = f"of its picture: {outcome.note}", "look at it: digest preview"
            yield Finding(code="picture-colours", level="note", message=message, where=where, hint=hint)
        if outcome.kept:
            message = f"its picture {wish.source}: kept the earlier copy: {outcome.kept}"
            hint = "mend it there and build again, or name another one in edits.toml: image"
            yield Finding(code="picture-kept", level="warning", message=message, where=where, hint=hint)
    yield from _shared({wish.source: places.outcomes[wish].local for _, wish in wishes})


def _shared(local: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the files of the newsroom's own folder that are shown for more than one address."""
    for name in sorted(set(local.values()) - {""}):
        sources = [source for source, file in local.items() if file == name]
        if len(sources) > 1:
            message = f"is shown for {len(sources)} addresses: {', '.join(sources)}"
            hint = "where these are different pictures, put each into folders named as in its address"
            yield Finding(
                code="picture-shared", level="warning", message=message, where=f"[pictures] folder: {name}", hint=hint
            )
