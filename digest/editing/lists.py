"""The editor's own entries: pieces from elsewhere and advertisements, as lists whose order is that of the issue."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from digest.errors import DecisionError
from digest.model.decision import Decision
from digest.model.edits import LinkEdit, PromoEdit
from digest.text.clean import clean_text
from digest.text.urls import canonical_url
from digest.text.words import short_id

_Own = TypeVar("_Own", bound=LinkEdit | PromoEdit)


def link_id(edit: LinkEdit) -> str:
    """Return the id of a link's entry."""
    return short_id(edit.url)


def promo_id(edit: PromoEdit) -> str:
    """Return the id of an advertisement's entry."""
    return short_id(f"promo {edit.url} {edit.title}")


def link_of(decision: Decision) -> LinkEdit:
    """Return the link that a decision describes.

    Raises:
        DecisionError: it has no headline, or leads nowhere.

    """
    return LinkEdit(
        url=_url(decision.url),
        title=_title(decision.title),
        source=clean_text(decision.source or ""),
        text=clean_text(decision.text or ""),
        section=decision.section,
    )


def promo_of(decision: Decision) -> PromoEdit:
    """Return the advertisement that a decision describes; it need not lead anywhere.

    Raises:
        DecisionError: it has no headline, or its address is none.

    """
    return PromoEdit(
        title=_title(decision.title),
        url=_url(decision.url) if decision.url else "",
        text=clean_text(decision.text or ""),
        label=clean_text(decision.label or ""),
        section=decision.section,
    )


def with_own(own: Sequence[_Own], new: _Own, decision: Decision, id_of: Callable[[_Own], str]) -> tuple[_Own, ...]:
    """Return a list with `new` in it: in place of the entry that the decision names, else at the end; then moved.

    Raises:
        DecisionError: there is no such entry.

    """
    listed: list[_Own] = [*own]
    at = len(listed)
    if decision.story is not None:
        at = _place(own, decision.story, id_of)
        del listed[at]
    if decision.after is not None:
        at = _place(listed, decision.after, id_of) + 1 if decision.after else 0
    return (*listed[:at], new, *listed[at:])


def without(own: Sequence[_Own], story: str | None, id_of: Callable[[_Own], str]) -> tuple[_Own, ...]:
    """Return a list without the entry that a decision names.

    Raises:
        DecisionError: there is no such entry.

    """
    at = _place(own, story or "", id_of)
    return (*own[:at], *own[at + 1 :])


def _place(own: Sequence[_Own], id_: str, id_of: Callable[[_Own], str]) -> int:
    places = [at for at, edit in enumerate(own) if id_of(edit) == id_]
    if not places:
        hint = "it was taken out or changed in the meantime: look at the list as it is now"
        raise DecisionError("there is no such entry", where=id_, hint=hint)
    return places[0]


def _url(url: str | None) -> str:
    stripped = (url or "").strip()
    if not canonical_url(stripped):
        raise DecisionError(f"not a URL: {stripped!r}", where="url", hint="write an address with https://")
    return stripped


def _title(title: str | None) -> str:
    cleaned = clean_text(title or "")
    if not cleaned:
        raise DecisionError("there is no headline", where="title", hint="say in a few words what it is")
    return cleaned
