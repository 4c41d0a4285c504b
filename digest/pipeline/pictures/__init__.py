"""Pictures: every one that readers are shown is had, copied to the right size and kind, and told of in the record.

Which these are, the theme's own templates say. A picture that cannot be had is left out, and says why.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from digest.issues.folder import IssueFolder
from digest.model.article import Image
from digest.model.box import LOGO, Box, doubled, pixels
from digest.model.finding import Finding
from digest.model.issue import Brand, Entry, Issue, Picture
from digest.pictures import Recipe
from digest.pipeline.newsroom import Newsroom, images_url
from digest.pipeline.pictures.record import FOLDER, Known, Outcome, Wish
from digest.pipeline.pictures.work import Having, had
from digest.render import looked_at
from digest.theme import Theme

LOGOS = {"logo": "digest.toml: magazine.logo", "logo_dark": "digest.toml: magazine.logo_dark"}
"""The brand's pictures: the names of their fields, and where they are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """An issue with what came of each picture, the files to put beside it, and what to know about them."""

    issue: Issue
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


def picture(room: Newsroom, issue: Issue, theme: Theme, folder: IssueFolder, having: Having) -> Pictured:
    """Return `issue` with the pictures that `theme` shows. The folder is read and not written.

    Raises:
        LockedError: another command is at work on the issue.
        TemplateError: the theme fails.

    """
    wishes = dict(_wishes(room, issue))
    if not wishes:
        return Pictured(issue=issue)
    known = Known.of(folder)
    places = _Places(wishes=wishes, address=images_url(room, issue.window.label))
    shown = frozenset(LOGOS)
    while True:
        if not wishes.keys() <= shown:
            shown |= looked_at(_told(issue, places), theme, room.compiled)
        missing = [wish for place, wish in wishes.items() if place in shown and wish not in places.outcomes]
        if not missing:  # what came of some may let the theme look at others: then once more
            break
        places = replace(places, outcomes={**places.outcomes, **had(room, missing, known, having)})
    notes = tuple(_notes(issue, places, shown))
    rest = set(wishes.values()) - places.outcomes.keys()
    put_by = {wish: outcome for wish in rest if (outcome := known.granted(wish))}  # another theme may show it again
    places = replace(places, shown=shown, outcomes={**places.outcomes, **put_by})
    files = {outcome.file: outcome.content for outcome in places.outcomes.values() if outcome.file}
    return Pictured(issue=_told(issue, places), files=files, notes=notes)


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
