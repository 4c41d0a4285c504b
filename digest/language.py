"""Dates in the words of the magazine's language: the only door to Babel, whose data are Unicode's CLDR.

Babel is loaded when the first speller is made: its data carry objects of `babel.dates`.
"""

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from digest.errors import ConfigError
from digest.model.issue import Direction
from digest.model.window import Window

if TYPE_CHECKING:
    from babel import Locale

TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.ASCII | re.IGNORECASE)
SHORT_MONTH = re.compile(r"('[^']*')|(?<![ML])([ML])\2\2(?!\2)")
"""An abbreviated month in a CLDR pattern, or a quoted text, in which letters are only letters."""

SPACES = {0x2009: " ", 0x202F: "\N{NO-BREAK SPACE}"}
"""CLDR's thin spaces: old mail clients show them as boxes, and they come and go with its versions."""

STAND_IN = "M01"
"""What CLDR calls January in a language for which nobody has given it names."""


class Speller:
    """Puts dates into words: `language` is a BCP 47 tag, `zone` the IANA name of the clocks to read.

    Raises:
        ConfigError: the tag is no BCP 47 tag ("en-GB"), or names a language that Unicode's data do not have.

    """

    def __init__(self, language: str, zone: str) -> None:
        self._locale = _locale(language)
        self._zone = ZoneInfo(zone)

    @property
    def direction(self) -> Direction:
        """The direction in which the language is written."""
        return "rtl" if self._locale.text_direction == "rtl" else "ltr"

    def window(self, window: Window) -> str:
        """Return the days that a window touches, first and last included: "18–25 October 2024"."""
        from babel.dates import format_date, format_skeleton  # noqa: PLC0415 - heavy: 70 ms, only needed here

        first = window.start.astimezone(self._zone).date()
        last = (window.end - timedelta(microseconds=1)).astimezone(self._zone).date()
        if window.kind == "month":
            return format_skeleton("yMMMM", first, locale=self._locale).translate(SPACES)
        if first == last:
            return format_date(first, "full", locale=self._locale).translate(SPACES)
        return self._interval(first, last)

    def day(self, instant: datetime) -> str:
        """Return the day on which an instant falls: "25 October 2024"."""
        from babel.dates import format_date  # noqa: PLC0415 - heavy: 70 ms, only needed here

        return format_date(instant.astimezone(self._zone).date(), "long", locale=self._locale).translate(SPACES)

    def moment(self, instant: datetime) -> str:
        """Return an instant's weekday and time, by the 24-hour clock: "Thu 17:10"."""
        from babel.dates import format_skeleton  # noqa: PLC0415 - heavy: 70 ms, only needed here

        shown = instant.astimezone(self._zone).replace(tzinfo=None)  # Babel shows naive times as they are
        return format_skeleton("EHm", shown, locale=self._locale).translate(SPACES)

    def names(self, names: tuple[str, ...]) -> str:
        """Return names as a list in a sentence: "Ada Quill, Siân Rees and Łukasz Wierzba"; "" for none."""
        from babel.lists import format_list  # noqa: PLC0415 - heavy: 70 ms, only needed here

        return format_list(names, locale=self._locale)

    def _interval(self, first: date, last: date) -> str:
        """Return an interval with its month written out: in most languages CLDR has patterns with short months alone.

        Widening them is what UTS 35 ("Missing Skeleton Fields") asks for, and what Babel leaves out.
        """
        from babel.dates import parse_pattern  # noqa: PLC0415 - heavy: 70 ms, only needed here

        differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
        formats = self._locale.interval_formats
        patterns = formats.get("yMMMMd", formats["yMMMd"])[differs]
        long = [SHORT_MONTH.sub(lambda found: found[1] or found[2] * 4, pattern) for pattern in patterns]
        ends = zip(long, (first, last), strict=True)
        return "".join(parse_pattern(pattern).apply(day, self._locale) for pattern, day in ends).translate(SPACES)


def _locale(tag: str) -> "Locale":
    """Return CLDR's data for a language."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - heavy: 30 ms, only needed here
    from babel.localedata import load  # noqa: PLC0415 - likewise

    where, hint = "digest.toml: magazine.language", "write a tag such as en-GB, de or pt-BR"
    if not TAG.fullmatch(tag):
        raise ConfigError(f"{tag!r} is not a language tag", where=where, hint=hint)
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise ConfigError(f"no dates are known in the language {tag!r}", where=where, hint=hint) from error
    # Asked of the raw data: to read the stand-ins through the locale would put them into languages loaded later.
    if tag.lower().startswith("und") or load(str(locale))["months"]["format"]["wide"][1] == STAND_IN:
        raise ConfigError(f"no dates are known in the language {tag!r}", where=where, hint=hint)
    return locale
