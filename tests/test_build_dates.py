"""digest.sources.build_dates: the moment in which a feed was made dates none of its items."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from digest.model.article import Problem, Sighting
from sources_making import NOW, STORY, document, parsed, sighting


def feed(*ages: float) -> list[Sighting | Problem]:
    """Return what is read of a feed whose items are so many minutes old."""
    items = "".join(
        f"<item><title>Tide {at}</title><link>https://quay.example/{at}</link><description>{STORY}</description>"
        f"<pubDate>{format_datetime(NOW - timedelta(minutes=age))}</pubDate></item>"
        for at, age in enumerate(ages)
    )
    return parsed("feed", document(f'<rss version="2.0"><channel><title>Q</title>{items}</channel></rss>'))


@pytest.mark.parametrize("age", [0, 9, -5])
def test_a_feed_that_stamps_all_its_items_with_now_dates_none(age: float) -> None:
    problem, *found = feed(age, age, age)
    assert isinstance(problem, Problem)
    assert "all 3 items bear the moment" in problem.message
    assert "digest date" in problem.hint
    assert [(each.published, each.date_source) for each in found if isinstance(each, Sighting)] == [(None, None)] * 3


@pytest.mark.parametrize("ages", [(0, 0), (0, 0, 1), (11, 11, 11), (60 * 24,) * 3])
def test_any_other_date_is_the_articles_own(ages: tuple[float, ...]) -> None:
    found = feed(*ages)
    assert all(isinstance(each, Sighting) and each.published for each in found)


def test_problems_stay_where_they_were() -> None:
    broken = "<item><link>https://quay.example/x</link></item>"
    items = "".join(
        f"<item><title>Tide {at}</title><link>https://quay.example/{at}</link><pubDate>{format_datetime(NOW)}</pubDate></item>"
        for at in range(3)
    )
    found = parsed("feed", document(f'<rss version="2.0"><channel>{broken}{items}</channel></rss>'))
    assert [isinstance(each, Problem) for each in found] == [True, True, False, False, False]


def test_the_order_of_day_and_month_is_said_a_source() -> None:
    item = f"<item><title>Gate</title><pubDate>10/11/12</pubDate><description>{STORY}</description></item>"
    told = document(f'<rss version="2.0"><channel>{item}</channel></rss>')
    warning, found = parsed("feed", told)
    assert isinstance(warning, Problem)
    assert 'day_order = "dmy" or "mdy"' in warning.hint
    assert isinstance(found, Sighting)
    assert found.published is None
    read = sighting("feed", told, day_order="dmy")
    assert f"{read.published:%Y-%m-%d}" == "2012-11-10"
