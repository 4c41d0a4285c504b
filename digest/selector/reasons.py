"""Reasons in plain English, for the terminal and the desk."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType

from digest.model.selection import Code, How, Offer, Reason

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

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
    told = reason.of
    if reason.code == "duplicate":
        told = f"“{titles[reason.of]}”" if reason.of in titles else reason.of
    words = _CHOSEN[reason.how or "window"] if reason.code == "chosen" else _LEFT_OUT[reason.code]
    return words(reason, told, _day(reason.when, zone))


def _day(when: datetime | None, zone: tzinfo) -> str:
    """Return `Thu 24 Oct 2024`, "" for no date; not by `strftime`, which follows the machine's locale."""
    if when is None:
        return ""
    day = when.astimezone(zone)
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def _published(day: str) -> str:
    return f"published {day}" if day else "undated"


def _counted(count: int | None, noun: str, nouns: str) -> str:
    return f"{count} {noun if count == 1 else nouns}"


def _too_short(reason: Reason, _told: str, _day: str) -> str:
    return f"too short: {_counted(reason.count, 'word', 'words')}, at least {reason.limit} are asked for"


def _outside(reason: Reason, _told: str, day: str) -> str:
    offered = f"; on offer: {_OFFERS[reason.offer]}" if reason.offer else ""
    return f"outside the window: published {day}{offered}"


def _late(reason: Reason, _told: str, day: str) -> str:
    return f"carried over, {_OFFERS[reason.offer or 'late']}: published {day}"


_Words = Callable[[Reason, str, str], str]

_LEFT_OUT: dict[Code, _Words] = {
    "dropped": lambda _reason, _told, _day: "dropped by the editor",
    "held": lambda _reason, _told, _day: "held back for the next issue",
    "sent-before": lambda _reason, told, _day: f"sent in {told}",
    "gone": lambda _reason, _told, _day: "gone from the magazine's site",
    "undated": lambda _reason, _told, _day: "no date of publication is known",
    "guessed-date": lambda _reason, _told, day: f"its date, {day}, is only a guess",
    "future": lambda _reason, _told, day: f"not out yet: dated {day}",
    "outside": _outside,
    "section-excluded": lambda _reason, told, _day: f"section left out: {told or 'none given'}",
    "too-short": _too_short,
    "duplicate": lambda reason, told, _day: f"repeats {told} ({reason.count} % of the shorter text)",
    "author-cap": lambda reason, told, _day: f"over the limit of {reason.limit} by {told}, who has {reason.count}",
    "section-cap": lambda reason, told, _day: f"over the limit of {reason.limit} in {told}, which has {reason.count}",
}

_CHOSEN: dict[How, _Words] = {
    "window": lambda _reason, _told, day: _published(day),
    "pinned": lambda _reason, _told, day: f"pinned by the editor: {_published(day)}",
    "added": lambda _reason, _told, day: f"added by the editor: {_published(day)}",
    "held": lambda _reason, told, day: f"held from {told}: {_published(day)}",
    "late": _late,
    "over-cap": lambda reason, told, _day: (
        f"headline only: over the limit of {reason.limit} for {told}, {reason.count} in all"
    ),
}
