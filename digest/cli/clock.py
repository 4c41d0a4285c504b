"""The clock: the only place where Digest asks what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this instant in UTC."""
    return datetime.now(tz=UTC)  # noqa: TID251 - this is the one door to the clock
