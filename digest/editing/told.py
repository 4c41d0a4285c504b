"""What readers are told: every text of an entry and of an issue that one of its faces may show, by name.

What the record keeps besides (reasons, hashes, what was cut) no reader sees: it is not here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from digest.model.article import Image
from digest.model.issue import Brand, Correction, Entry, Issue, Picture

FOLLOWS: Mapping[str, str] = {
    **dict.fromkeys(("alt", "caption", "credit", "size"), "image"),
    "mail_link": "link",
    "moment": "date",
}
"""What goes without saying where something else has changed."""

_NO_PICTURE = Picture(image=Image())


def told_of_entry(entry: Entry) -> dict[str, str]:
    """Return every text of an entry that readers get, by the names of `Change.field`."""
    image = (entry.picture or _NO_PICTURE).image
    return {
        "headline": entry.title.text,
        "kicker": entry.kicker.text,
        "kind": entry.kind,
        "dek": entry.dek.text,
        "byline": entry.byline.text,
        "lead": entry.lead.text,
        "image": image.url,
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "size": f"{image.width} x {image.height}" if image.url else "",
        "link": entry.url,
        "mail_link": entry.mail_url,
        "date": entry.date_words,
        "moment": entry.date,
        "series": entry.series,
        "source": entry.source,
        "language": " ".join(part for part in (entry.language, entry.direction or "") if part),
    }


def told_of_issue(issue: Issue) -> dict[str, str]:
    """Return every text of an issue that is no story's, by the names of `Change.field`."""
    return {
        "subject": issue.subject.text,
        "preheader": issue.preheader.text,
        "opening": issue.opening.text,
        "newsletter": issue.newsletter_title,
        "number": str(issue.number),
        "dates": issue.window.words,
        "editor": issue.editor,
        "web_url": issue.web_url,
        "theme": f"{issue.theme.name} {issue.theme.sha256[:12]}".rstrip(),
        "corrections": _corrected(issue.corrections),
        "corrections_to_earlier_issues": _corrected(issue.amends),
        **{f"magazine.{name}": text for name, text in _told_of_brand(issue.brand)},
    }


def _corrected(corrections: Iterable[Correction]) -> str:
    return "\n".join(" ".join(part for part in (each.of, each.day, each.text) if part) for each in corrections)


def _told_of_brand(brand: Brand) -> Iterator[tuple[str, str]]:
    for name in (each.name for each in fields(Brand)):
        value = getattr(brand, name)
        if isinstance(value, str):
            yield name, value
    yield "social", " ".join(f"{each.name} {each.url}" for each in brand.social)
    for each in fields(brand.support):
        yield f"support.{each.name}", getattr(brand.support, each.name)
