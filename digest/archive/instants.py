"""Instants as the archive's tables keep them."""

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def micros(instant: datetime) -> int:
    """Return an aware instant as microseconds since 1970 in UTC."""
    return (instant - _EPOCH) // _MICROSECOND


def instant(micros: int) -> datetime:
    """Return the instant, in UTC, that so many microseconds since 1970 are."""
    return _EPOCH + micros * _MICROSECOND
