"""What comes from outside is only ever text: an issue made safe before a template sees it.

Escaping is Jinja's work. Three things it cannot know stand here, in one place, so that no theme can forget them:
a link that runs a script, a character that HTML cannot carry, and a story that holds one of our own placeholders.
"""

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TypeVar

from digest.errors import TemplateError
from digest.model.issue import Issue
from digest.model.tags import PREFIX

T = TypeVar("T")

ADDRESSES = frozenset({"url", "mail_url", "web_url", "logo", "logo_dark", "atom_url", "json_url"})
"""The fields of an issue's values that become a link or a picture's source."""

_WEB = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""No HTML document may hold these; Gmail clips a mail at a C1 control character (U+0080-U+009F)."""

_DEFUSED = PREFIX[:-1] + "\N{WORD JOINER}" + PREFIX[-1]


def as_text_only(issue: Issue) -> Issue:
    """Return the issue with nothing in it that a page could act on; ordinary text comes back as it was.

    Raises:
        TemplateError: a colour is none.

    """
    brand = issue.brand
    for name, colour in (("accent", brand.accent), ("accent_dark", brand.accent_dark), ("page", brand.page)):
        if not _COLOUR.fullmatch(colour) and (colour or name != "accent_dark"):
            hint = "write it as #rrggbb: #9a3412"
            raise TemplateError(f"not a colour: {colour!r}", where=f"brand.{name}", hint=hint)
    return safe(issue)


def safe(value: T) -> T:
    """Return a frozen value in which every text, at any depth, is safe: the same one where all of it is already."""
    changes: dict[str, object] = {}
    kind: type = type(value)
    for name in _names(kind):
        old: object = getattr(value, name)
        if isinstance(old, str):
            new: object = _address(old) if name in ADDRESSES else _text(old)
        elif isinstance(old, tuple):
            new = _all(old)
        else:
            new = safe(old)
        if new is not old:
            changes[name] = new
    return replace(value, **changes) if changes else value  # type: ignore[type-var] # only a dataclass has names


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return the fields of a dataclass; none of any other type."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _all(old: tuple[object, ...]) -> tuple[object, ...]:
    """Return a tuple's members made safe: the same tuple where all of them are."""
    new = tuple(_text(item) if isinstance(item, str) else safe(item) for item in old)
    return old if all(one is other for one, other in zip(old, new, strict=True)) else new


def _text(raw: str) -> str:
    if _UNFIT.search(raw) is None and PREFIX not in raw:
        return raw
    return _UNFIT.sub("", raw).replace(PREFIX, _DEFUSED)


def _address(raw: str) -> str:
    """Return a web or mail address as it is, "" for any other: `javascript:`, `data:`, a relative path."""
    address = raw.strip()
    return address if _WEB.fullmatch(address) and _text(address) == address else ""
