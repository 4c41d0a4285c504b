"""How dates of articles are shown: by the magazine's clock, and by whose word."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from digest.model.article import Article, Precision


def when(article: "Article", zone: "tzinfo") -> str:
    """Return the local time of publication, the day alone where no more is known."""
    return moment(article.published, article.precision, zone) if article.published else "undated"


def moment(instant: "datetime", precision: "Precision", zone: "tzinfo") -> str:
    """Return "2024-10-25 17:30", or "2024-10-25" of a day alone."""
    return instant.astimezone(zone).strftime("%Y-%m-%d" if precision == "day" else "%Y-%m-%d %H:%M")


def by_whom(article: "Article") -> str:
    """Return by whose word an article is dated: " (feed)"; "" where it is not."""
    return f" ({article.date_source})" if article.date_source else ""


def dispute(article: "Article", zone: "tzinfo") -> str:
    """Return the dates that contradict each other: "CMS says 2024-10-25 17:30, CMS (pages) says 2024-10-21"."""
    return ", ".join(f"{each.source} says {moment(each.published, each.precision, zone)}" for each in article.dates)
