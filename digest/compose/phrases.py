"""The issue's own sentences: subject, preheader, opening, from a template or from the editor."""

import re

from digest.compose.frame import Frame
from digest.model.issue import Entry, IssueSection, Words
from digest.summarizer.opening import ends_well
from digest.summarizer.sentences import split
from digest.text.digests import sha256

NAMES = (
    *("headline", "also", "others", "first", "firsts", "authors", "sections"),
    *("magazine", "newsletter", "number", "dates", "count"),
)
"""What a template may name. `{headline}` is the lead story's, `{first}` the first sentence below it, `{firsts}` the
first of each of the first three stories that can end a text; `{also}` the next two headlines with a dot between,
`{others}` the next three as the language writes a list; `{authors}` who wrote the first three stories, `{sections}` the
sections' titles, both as a list; `{dates}` the window in words, `{count}` how many stories there are."""

_OTHERS = 3

_NAME = re.compile(r"\{([a-z]+)\}")


def unknown_names(template: str) -> tuple[str, ...]:
    """Return the names in `template` that no issue can fill."""
    return tuple(name for name in _NAME.findall(template) if name not in NAMES)


def fill(template: str, values: dict[str, str]) -> str:
    """Return `template` with each `{name}` replaced; a value is text and is never read as a template."""
    return _NAME.sub(lambda match: values.get(match[1], match[0]), template).strip()


def values(frame: Frame, stories: tuple[Entry, ...], sections: tuple[IssueSection, ...]) -> dict[str, str]:
    """Return what templates can name; `stories` in reading order, the lead story first."""
    headlines = [entry.title.text for entry in stories]
    openings = [split(entry.lead.text)[:1] for entry in stories[:_OTHERS]]
    authors = dict.fromkeys(entry.byline.text for entry in stories[:_OTHERS] if entry.byline.text)
    return {
        "others": frame.spelling.names(tuple(headlines[1 : 1 + _OTHERS])),
        "first": "".join(openings[0]) if openings else "",
        "firsts": " ".join(sentence for (sentence,) in filter(None, openings) if ends_well(sentence)),
        "authors": frame.spelling.names(tuple(authors)),
        "sections": frame.spelling.names(tuple(section.title for section in sections if section.title)),
        "headline": headlines[0] if headlines else frame.newsletter_title,
        "also": " · ".join(headlines[1:3]),
        "magazine": frame.brand.name,
        "newsletter": frame.newsletter_title,
        "number": str(frame.number),
        "dates": frame.window.words,
        "count": str(len(stories)),
    }


def phrase(template: str, edited: str | None, names: dict[str, str]) -> Words:
    """Return the editor's text where there is one, else the template's."""
    made = fill(template, names)
    if edited is None:
        return Words(text=made, origin="template")
    return Words(text=edited, origin="editor", was=sha256(made))
