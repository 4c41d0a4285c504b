"""Replies: what an API answered, and its reason in words where it said no."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from digest.wire import WireError, from_json

_REASONS: Final = ("detail", "message", "title", "error", "errors", "context", "details", "field")
"""Where APIs tell why: problem details (RFC 9457), and what the mailing services have instead."""
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An API's answer: `headers` with their names in lower case, `json` as it was parsed; None for an empty body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    json: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A question that a dry run keeps instead of asking it; keys stand in it by their names."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: Any = None


def parsed(body: bytes) -> Any:  # noqa: ANN401 - whatever an API says; the adapter knows its shape
    """Return what a body says; None where there is none.

    Raises:
        WireError: it is no JSON.

    """
    return from_json(body, object) if body.strip() else None


def reason(body: bytes) -> str:
    """Return why a server said no, in its own words and on one line; "" where it says nothing for people."""
    try:
        words = list(dict.fromkeys(_words(parsed(body))))
    except WireError:
        words = [] if body.lstrip().startswith(b"<") else [body.decode("utf-8", "replace")]
    text = " ".join("; ".join(word for word in words if word.strip()).split())
    return "".join(letter for letter in text if letter.isprintable())[:_LONGEST]


def _words(said: object) -> Iterator[str]:
    """Yield the texts of a complaint; of an object the keys that tell reasons go first, the others are left out."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, list):
        for each in said:
            yield from _words(each)
    elif isinstance(said, dict):
        named = [said[name] for name in _REASONS if name in said]
        for each in named or list(said.values()):
            yield from _words(each)
