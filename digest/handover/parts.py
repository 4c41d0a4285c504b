"""The parts of an issue as an approval remembers them: a short hash for each text that readers see."""

from collections.abc import Mapping

from digest.model.issue import Entry, Issue
from digest.model.ledger import Part, PartText
from digest.model.message import Sender
from digest.text.digests import sha256
from digest.wire import to_json

_DIGITS = 8
"""Of a text's hash: they name what changed. That anything changed is told by the whole hash of the content."""


def parts_of(issue: Issue, sender: Sender, service: Mapping[str, str]) -> tuple[Part, ...]:
    """Return the issue's own texts as its first part, then its entries in reading order.

    `service` is its name, and what stands where it has no tag of its own.
    """
    own = {
        "subject": issue.subject.text,
        "preheader": issue.preheader.text,
        "opening": issue.opening.text,
        "sender": _said(sender),
        "mailing service": _said(dict(service)),
        "magazine": _said((issue.brand, issue.newsletter_title, issue.editor)),
        "theme": issue.theme.sha256,
        "corrections to earlier issues": _said(issue.amends) if issue.amends else "",
    }
    listed = [(section.name, entry) for section in issue.sections for entry in section.entries]
    listed += [("the headlines", entry) for entry in issue.headlines]
    return (Part(texts=_texts(own)), *(_part(section, entry) for section, entry in listed))


def _part(section: str, entry: Entry) -> Part:
    shown = entry.picture.image if entry.picture and entry.picture.image.url else None
    own = {
        "headline": entry.title.text,
        "kicker": entry.kicker.text,
        "dek": entry.dek.text,
        "byline": entry.byline.text,
        "lead": entry.lead.text,
        "image": _said(shown) if shown else "",
        "link": entry.mail_url,
        "date": entry.date_words,
        "source": entry.source,
    }
    return Part(story=entry.id, title=entry.title.text, section=section, slot=entry.slot, texts=_texts(own))


def _said(value: object) -> str:
    return to_json(value).decode()


def _texts(named: Mapping[str, str]) -> tuple[PartText, ...]:
    return tuple(PartText(name=name, content=sha256(text)[:_DIGITS]) for name, text in named.items() if text)
