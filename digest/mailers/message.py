"""An issue becomes a message: its texts made neutral, then the service's own tags in place of the placeholders.

Where the service has no tag, the configuration's value stands there, as it is written: it may hold a tag.
"""

import hashlib
import html
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from digest.mailers.neutral import kept_comments, neutral_html, neutral_line, neutral_text
from digest.model.issue import Issue
from digest.model.message import Message, Rendered, Sender
from digest.model.tags import PREFIX, SERVICES, TAG_NAMES, ServiceName, TagName, placeholder
from digest.wire import to_json

_REGION = re.compile(r"<!--digest:if (\w+)-->(.*?)<!--/digest:if-->", re.DOTALL)
_PREHEADER = re.compile(r"<!--digest:preheader-->.*?<!--/digest:preheader-->", re.DOTALL)
_MARK = re.compile(r"<!--/?digest:(?!entry\b)[\w -]+-->")
_ENTRY = re.compile(r"<!--/?digest:entry\b[\w -]*-->")
_PLACEHOLDER = re.compile(re.escape(PREFIX) + "(" + "|".join(TAG_NAMES) + ")")

RECIPIENT = "{recipient}"
"""Stands in an address to leave by for what tells its reader from others."""

_COLUMNS = 72
"""The text part's own, as the themes wrap it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Who sends through which service, and what stands where the service has no tag of its own."""

    service: ServiceName
    sender: Sender = Sender()
    values: Mapping[TagName, str]


def make_message(issue: Issue, rendered: Rendered, terms: Terms) -> Message:
    """Return the message for `terms.service`. What neither a tag nor a value can fill is left out with its words."""
    service = SERVICES[terms.service]
    return Message(
        service=terms.service,
        key=f"{issue.newsletter}-{issue.window.label}",
        sender=terms.sender,
        subject=neutral_line(issue.subject.text, service.syntax),
        preheader=neutral_line(issue.preheader.text, service.syntax if service.native_preheader else None),
        html=_ENTRY.sub("", marked_html(rendered, terms)),
        text=fill_text(neutral_text(rendered.text, service.syntax), terms),
        pictures=rendered.pictures,
        newsletter=issue.newsletter,
    )


def marked_html(rendered: Rendered, terms: Terms) -> str:
    """Return the message's HTML with the marks around each entry, which it has no more when it is handed over.

    So it is known what an entry weighs in the mail, and where it stands there.
    """
    return kept_comments(_filled(neutral_html(rendered.html), terms), SERVICES[terms.service].syntax)


def content_hash(message: Message) -> str:
    """Return the SHA-256 over all that a reader gets: sender, subject, preheader, HTML and text."""
    shown = (message.sender, message.subject, message.preheader, message.html, message.text)
    return hashlib.sha256(to_json(shown)).hexdigest()


def fill_html(page: str, terms: Terms) -> str:
    """Return the mail's HTML with every placeholder filled, or its region gone, and without Digest's own marks."""
    return _ENTRY.sub("", _filled(page, terms))


def _filled(page: str, terms: Terms) -> str:
    """Return the mail's HTML filled; of Digest's marks those of its entries alone are left."""
    values = _values(terms, escaped=True)
    page = _REGION.sub(lambda found: found[2] if values.get(_tag(found[1])) else "", page)
    if SERVICES[terms.service].native_preheader:
        page = _PREHEADER.sub("", page)
    page = _MARK.sub("", page)
    return _PLACEHOLDER.sub(lambda found: values.get(_tag(found[1]), ""), page)


def fill_text(text: str, terms: Terms) -> str:
    """Return the text part with every placeholder filled; a line that nothing can fill goes as a whole."""
    values = _values(terms, escaped=False)
    lines = [line for line in text.split("\n") if all(values.get(_tag(name)) for name in _PLACEHOLDER.findall(line))]
    address = placeholder("address") if SERVICES[terms.service].address is None else ""
    filled = [(line, _PLACEHOLDER.sub(lambda found: values[_tag(found[1])], line)) for line in lines]
    return "\n".join(_wrapped(text) if address and address in line else text for line, text in filled)


def _wrapped(line: str) -> str:
    """Return a postal address in lines; the text part was wrapped before it stood there."""
    return textwrap.fill(line, _COLUMNS, break_long_words=False, break_on_hyphens=False)


def _values(terms: Terms, *, escaped: bool) -> dict[TagName, str]:
    """Return what stands for each tag: the service's own, which is never escaped, else the configuration's."""
    values: dict[TagName, str] = {}
    for name in TAG_NAMES:
        own = SERVICES[terms.service].tag(name)
        given = terms.values.get(name, "")
        values[name] = own if own is not None else (html.escape(given) if escaped else given)
    return values


def _tag(name: str) -> TagName:
    return next(tag for tag in TAG_NAMES if tag == name)


__all__ = ["RECIPIENT", "Terms", "content_hash", "fill_html", "fill_text", "make_message", "marked_html"]
