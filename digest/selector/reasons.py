"""Reasons in plain English, for the terminal and the desk."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType

from digest.model.selection import Code, How, Offer, Reason

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_LEFT_OUT: dict[Code, str] = {
    "dropped": "dropped by the editor",
    "held": "held back for the next issue",
    "sent-before": "sent in {of}",
    "gone": "gone from the magazine's site",
    "undated": "no date of publication is known",
    "guessed-date": "its date is only a guess: {published}",
    "future": "not out yet: {published}",
    "outside": "outside the window: {published}",
    "section-excluded": "section left out: {of}",
    "too-short": "too short: {count} words, at least {limit} are asked for",
    "duplicate": "repeats {of} ({count} % of the shorter text)",
    "author-cap": "over the limit of {limit} by {of}, who has {count}",
    "section-cap": "over the limit of {limit} in {of}, which has {count}",
}

_CHOSEN: dict[How, str] = {
    "window": "{published}",
    "pinned": "pinned by the editor: {published}",
    "added": "added by the editor: {published}",
    "held": "held from {of}: {published}",
    "late": "carried over, {offer}: {published}",
    "over-cap": "headline only: over the limit of {limit} for {of}, {count} in all",
}

_OFFERS: dict[Offer, str] = {
    "late": "came in late",
    "skipped-week": "from a skipped week",
    "passed-over": "passed over",
}

_NO_TITLES: Mapping[str, str] = MappingProxyType({})


def in_words(reason: Reason, titles: Mapping[str, str] = _NO_TITLES, zone: tzinfo = UTC) -> str:
    """Return why an article is in or out, short enough for a line of a table.

    `titles` gives the headlines of articles by id, for the one that a duplicate repeats; dates are said in `zone`.
    """
    is_chosen = reason.code == "chosen"
    pattern = _CHOSEN[reason.how or "window"] if is_chosen else _LEFT_OUT[reason.code]
    offer = _OFFERS[reason.offer] if reason.offer else ""
    words = pattern.format(
        of=_of(reason, titles),
        count=reason.count,
        limit=reason.limit,
        published=_published(reason.when, zone),
        offer=offer,
    )
    return words if is_chosen or not offer else f"{words}; on offer: {offer}"


def _of(reason: Reason, titles: Mapping[str, str]) -> str:
    if reason.code == "duplicate" and reason.of in titles:
        return f"“{titles[reason.of]}”"
    return reason.of or "none given"


def _published(when: datetime | None, zone: tzinfo) -> str:
    """Return `published Thu 24 Oct 2024`; not by `strftime`, which follows the machine's locale."""
    if when is None:
        return "undated"
    day = when.astimezone(zone)
    return f"published {_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
