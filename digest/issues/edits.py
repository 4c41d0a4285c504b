"""`edits.toml`: what the editor decided, read as a value. A build never rewrites the file; the desk writes into it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from digest.config.toml import as_value, read_toml, tables
from digest.errors import ConfigError
from digest.model.edits import CorrectionEdit, Edits, LinkEdit, OpeningBy, PromoEdit, StoryEdit
from digest.text.urls import canonical_url

SCHEMA = 1

TEMPLATE = """\
# What you decide about this issue, by hand or at the desk (`digest preview`), which leaves your comments as they are.
# A build reads this file and never changes it: build again after a change.
# `digest articles --week WEEK` lists what is in, what is not, why, and each id.
schema = 1

# [issue]
# subject = "A subject of your own"
# preheader = "The line that an inbox shows behind the subject"
# opening = "A word from the editor, above the stories."
# opening_by = "model"     # else it is as digest.toml says: template or model

# One [[story]] an article; `article` is its id or its URL.
# [[story]]
# article = "0123456789ab"
# do = "pin"               # pin: to the top · add: in, whatever kept it out · drop: out · hold: to the next issue
# section = "Opinion"      # another section
# after = "ba9876543210"   # behind that article; "" puts it first in its section
# slot = "brief"           # lead, story, brief or headline
# summary = "dek"          # what stands under the headline: lead, dek, extract or model
# headline = "…"           # your words instead of the source's: headline, byline, kicker, dek, lead
# lead = "…"
# image = "none"           # no picture, or the https:// address of another
# credit = "…"             # the credit below the picture

# One [[link]] a piece from elsewhere.
# [[link]]
# url = "https://…"
# title = "…"
# source = "The other magazine"
# text = "One sentence about it."

# One [[promo]] an advertisement; it is labelled as one.
# [[promo]]
# title = "…"
# url = "https://…"
# text = "Who offers what."
# label = "Sponsor"        # else the theme's word: Advertisement
# section = "Culture"      # at its end; else below all stories

# One [[correction]] an earlier issue that this one puts right.
# [[correction]]
# of = "2024-W42"
# text = "…"               # else what you said with: digest correct 2024-W42 "…"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _IssueTable:
    """`[issue]`."""

    subject: str | None = None
    preheader: str | None = None
    opening: str | None = None
    opening_by: OpeningBy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _EditsFile:
    """The file's own shape; one that says no schema is of the first."""

    schema: int = 1
    story: tuple[StoryEdit, ...] = ()
    link: tuple[LinkEdit, ...] = ()
    promo: tuple[PromoEdit, ...] = ()
    correction: tuple[CorrectionEdit, ...] = ()
    issue: _IssueTable = _IssueTable()


def read_edits(path: Path) -> Edits:
    """Return the decisions in `path`; none where the file is not there.

    Raises:
        ConfigError: the file cannot be read, or says something that Digest does not know or that cannot work.

    """
    try:
        return _edits(read_toml(path), str(path))
    except FileNotFoundError:
        return Edits()


def edits_of(text: str, where: str = "edits.toml") -> Edits:
    """Return the decisions in the text of a file that stands at `where`.

    Raises:
        ConfigError: it says something that Digest does not know or that cannot work.

    """
    return _edits(tables(text, where), where)


def _edits(mapping: Mapping[str, object], where: str) -> Edits:
    file = as_value(mapping, _EditsFile, schema=SCHEMA, where=where)
    wrong = [f"{where}: {key}: {message} (hint: {hint})" for key, message, hint in _faults(file)]
    if wrong:
        raise ConfigError("\n".join(wrong))
    return Edits(
        stories=file.story,
        links=file.link,
        promos=file.promo,
        corrections=file.correction,
        subject=file.issue.subject,
        preheader=file.issue.preheader,
        opening=file.issue.opening,
        opening_by=file.issue.opening_by,
    )


def _faults(file: _EditsFile) -> Iterator[tuple[str, str, str]]:
    """Yield what no mail can hold (an address, an empty text): its place, what is wrong, and what to do."""
    for index, story in enumerate(file.story):
        if story.image and story.image != "none" and not canonical_url(story.image):
            hint = "write its https:// address, or none for no picture"
            yield f"story[{index}] ({story.article}): image", f"not a picture's address: {story.image!r}", hint
    for index, link in enumerate(file.link):
        if not canonical_url(link.url):
            yield f"link[{index}] ({link.title}): url", f"not a URL: {link.url!r}", "write an address with https://"
    for index, promo in enumerate(file.promo):
        if promo.url and not canonical_url(promo.url):
            yield f"promo[{index}] ({promo.title}): url", f"not a URL: {promo.url!r}", "write an address with https://"
    for index, correction in enumerate(file.correction):
        if correction.text is not None and not correction.text.strip():
            hint = "leave the key out to print what was said with digest correct"
            yield f"correction[{index}] ({correction.of}): text", "is empty", hint
