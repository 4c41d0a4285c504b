"""What the editor should know about an issue that was just built."""

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from digest.check.stories import story_findings
from digest.model.finding import Finding
from digest.model.issue import Issue, Picture
from digest.model.selection import Selection
from digest.pipeline.newsroom import Newsroom, images_url
from digest.pipeline.pictures import LOGOS
from digest.pipeline.pictures.work import OFFLINE


def findings(room: Newsroom, selection: Selection, issue: Issue) -> tuple[Finding, ...]:
    """Return what to know and what to mend, in the order of the issue."""
    return (
        *story_findings(issue),
        *_pictures(room, issue),
        *_sections(room, selection),
        *_offers(selection),
        *_edits(room, selection),
        *_unmatched(selection),
    )


def _pictures(room: Newsroom, issue: Issue) -> Iterator[Finding]:
    """Yield the pictures that are left out, each with what brings it back."""
    copied = bool(images_url(room, issue.window.label))
    brand = issue.brand
    for where, logo in zip(LOGOS.values(), (brand.logo_picture, brand.logo_dark_picture), strict=True):
        if logo and logo.problem:
            yield _missing(logo, where, "mend it there, or name another one", copied=copied)
    for entry in issue.entries:
        if entry.picture and entry.picture.problem:
            hint = f'mend it there, or in edits.toml: article = "{entry.id}", image = another address or "none"'
            yield _missing(entry.picture, entry.title.text, hint, copied=copied)


def _missing(picture: Picture, where: str, hint: str, *, copied: bool) -> Finding:
    message = f"its picture {picture.source} is left out: {picture.problem}"
    if picture.problem == OFFLINE:
        hint = "build once without --offline, or put the file into [pictures] folder"
        if not copied:
            hint += ": mails show it at its own address, but its size must be known first"
    return Finding(code="picture-missing", level="warning", message=message, where=where, hint=hint)


def _sections(room: Newsroom, selection: Selection) -> Iterator[Finding]:
    counted = Counter(choice.section for choice in selection.chosen if choice.slot != "headline")
    for section in room.config.sections:
        if counted[section.name] < section.minimum:
            message = f"{counted[section.name]} of at least {section.minimum} stories"
            hint = "add one in edits.toml, or lower its minimum"
            yield Finding(code="section-thin", level="warning", message=message, where=section.name, hint=hint)


def _offers(selection: Selection) -> Iterator[Finding]:
    """Yield one note a group of carried-over stories: a first issue may have many."""
    counted = Counter(item.reason.offer for item in selection.left_out if item.reason.offer)
    for offer in sorted(counted):
        hint = 'digest articles lists them; take one in with edits.toml: article = "…", do = "add"'
        message = f"{counted[offer]} carried over ({offer.replace('-', ' ')})"
        yield Finding(code="offer", level="note", message=message, where="on offer", hint=hint)


def _edits(room: Newsroom, selection: Selection) -> Iterator[Finding]:
    """Yield the edits that did something else than was probably meant."""
    known = [section.name for section in room.config.sections]
    for choice in selection.chosen:
        where, edit = choice.article.title, choice.edit
        if edit is None:
            continue
        if edit.section and known and edit.section.casefold() not in map(str.casefold, known):
            close = get_close_matches(edit.section, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"digest.toml names: {', '.join(known)}"
            message = f"edits.toml puts it in {edit.section!r}, a section that digest.toml does not name"
            yield Finding(code="section-unknown", level="warning", message=message, where=where, hint=hint)
        if edit.slot == "lead" and choice.slot != "lead":
            message = "edits.toml asks for the lead slot, which another story has"
            hint = 'leave slot = "lead" with one story'
            yield Finding(code="lead-taken", level="warning", message=message, where=where, hint=hint)


def _unmatched(selection: Selection) -> Iterator[Finding]:
    for article in selection.unmatched:
        hint = "take its id or URL from: digest articles"
        message = "names no article in reach of this issue"
        yield Finding(
            code="edit-unmatched", level="warning", message=message, where=f"edits.toml: {article}", hint=hint
        )
