import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from digest.errors import ConfigError
from digest.language import Speller
from digest.model.window import Window
from digest.window import Calendar, Wanted, WeekStart, read_window

LONDON = Calendar(zone=ZoneInfo("Europe/London"), starts=WeekStart(weekday=4, hour=12))
NOW = datetime(2025, 2, 1, tzinfo=UTC)
THURSDAY = datetime(2024, 10, 24, 16, 10, tzinfo=UTC)


def asked(wanted: Wanted) -> Window:
    return read_window(wanted, LONDON, NOW, None)


TILDE = "\N{FULLWIDTH TILDE}"
WEEK = asked(Wanted(week="2024-W43"))


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(week="2024-W43"), "18–25 October 2024"),
        (Wanted(week="2024-W40"), "27 September – 4 October 2024"),
        (Wanted(week="2025-W01"), "27 December 2024 – 3 January 2025"),
        (Wanted(month="2024-10"), "October 2024"),
        (Wanted(day="2024-10-25"), "Friday, 25 October 2024"),
        (Wanted(since="2024-10-01", until="2024-10-20"), "1–20 October 2024"),
        (Wanted(since="2024-10-25 09:00", until="2024-10-25 18:00"), "Friday, 25 October 2024"),
        (Wanted(since="2024-10-26", until="2024-10-27"), "26–27 October 2024"),
    ],
)
def test_a_window_is_its_days_with_the_last_included(wanted: Wanted, words: str) -> None:
    assert Speller("en-GB", "Europe/London").window(asked(wanted)) == words


@pytest.mark.parametrize(
    ("language", "week", "months", "day", "direction"),
    [
        ("en-US", "October 18 – 25, 2024", "September 27 – October 4, 2024", "October 24, 2024", "ltr"),
        ("de", "18.–25. Oktober 2024", "27. September – 4. Oktober 2024", "24. Oktober 2024", "ltr"),
        ("de-CH", "18.–25. Oktober 2024", "27. September – 4. Oktober 2024", "24. Oktober 2024", "ltr"),
        ("fr", "18–25 octobre 2024", "27 septembre – 4 octobre 2024", "24 octobre 2024", "ltr"),
        ("es", "18–25 de octubre de 2024", "27 de septiembre – 4 de octubre de 2024", "24 de octubre de 2024", "ltr"),
        ("ar", "18–25 أكتوبر 2024", "27 سبتمبر – 4 أكتوبر 2024", "24 أكتوبر 2024", "rtl"),
        ("ja", f"2024年10月18日{TILDE}25日", f"2024年9月27日{TILDE}10月4日", "2024年10月24日", "ltr"),
    ],
)
def test_six_languages_and_more(language: str, week: str, months: str, day: str, direction: str) -> None:
    speller = Speller(language, "Europe/London")
    assert speller.window(WEEK) == week
    assert speller.window(asked(Wanted(week="2024-W40"))) == months
    assert speller.day(THURSDAY) == day
    assert speller.direction == direction


@pytest.mark.parametrize(
    ("language", "moment"),
    [
        ("en-GB", "Thu 17:10"),
        ("en-US", "Thu 17:10"),
        ("de", "Do., 17:10"),
        ("fr", "jeu. 17:10"),
        ("ar", "الخميس 17:10"),
    ],
)
def test_a_moment_is_a_weekday_and_a_time(language: str, moment: str) -> None:
    assert Speller(language, "Europe/London").moment(THURSDAY) == moment


def test_days_are_those_of_the_zone() -> None:
    late = datetime(2024, 10, 24, 23, 30, tzinfo=UTC)
    assert Speller("en-GB", "UTC").day(late) == "24 October 2024"
    assert Speller("en-GB", "Asia/Tokyo").day(late) == "25 October 2024"
    assert Speller("en-GB", "Asia/Tokyo").moment(late) == "Fri 08:30"


def test_letters_in_quotes_are_no_months() -> None:
    # CLDR's Portuguese pattern is "d 'de' MMM 'de' y": the words around the month stay.
    assert Speller("pt-BR", "Europe/London").window(WEEK) == "18 – 25 de outubro de 2024"


@pytest.mark.parametrize(
    "language", ["en", "zh-Hant-TW", "sr-Latn-RS", "EN-gb", "he", "no", "fa", "hu", "cs", "th", "eu"]
)
def test_every_known_language_is_accepted(language: str) -> None:
    Speller(language, "UTC")
    speller = Speller(language, "Europe/London")
    words = speller.window(WEEK)
    assert all(number in words for number in ("18", "25", "2024"))
    assert not set(words) & {"\N{THIN SPACE}", "\N{NARROW NO-BREAK SPACE}"}
    assert speller.moment(THURSDAY)


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en_GB", "'en_GB' is not a language tag (hint: write a tag such as en-GB, de or pt-BR)"),
        ("", "'' is not a language tag"),
        ("english", "'english' is not a language tag"),
        ("../en", "'../en' is not a language tag"),
        ("en-GB-oed", "no dates are known in the language 'en-GB-oed'"),
        ("xx", "no dates are known in the language 'xx'"),
        ("en-XX", "no dates are known in the language 'en-XX'"),
        ("und", "no dates are known in the language 'und'"),
        ("wa", "no dates are known in the language 'wa'"),
    ],
)
def test_a_language_without_dates_is_refused(language: str, message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Speller(language, "UTC")
    assert message in str(refused.value)
    assert refused.value.where == "digest.toml: magazine.language"
    with pytest.raises(ConfigError):
        Speller(language, "UTC")


def test_babel_is_loaded_when_it_is_needed_and_not_before() -> None:
    script = "import sys, digest.language; print('babel' in sys.modules); digest.language.Speller('de', 'UTC')"
    script += "; print('babel' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]


def test_the_last_day_is_the_one_before_a_midnight() -> None:
    midnights = Window(
        start=datetime(2024, 10, 17, 23, tzinfo=UTC),
        end=datetime(2024, 10, 17, 23, tzinfo=UTC) + timedelta(days=7),
        kind="week",
        label="2024-W43",
        zone="Europe/London",
    )
    assert Speller("en-GB", "Europe/London").window(midnights) == "18–24 October 2024"
