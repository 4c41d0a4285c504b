"""What stands in the head of a web page for those who do not see it: search engines, messengers, feed readers."""

import re
from dataclasses import dataclass

from digest.model.article import Image
from digest.model.issue import Issue
from digest.model.site import Archive, Around, Feeds
from digest.render.linked_data import archive_data, issue_data
from digest.render.sources import lead_picture, public_picture

_LOCALE = re.compile(r"([a-z]{2,3})-(?:[a-z]{4}-)?([a-z]{2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of one page. `url` is the canonical address, `data` its JSON-LD; what nobody knows is empty.

    On the site the canonical address is the page's own, there; elsewhere it is the one that the issue's record says.
    `locale` is the language as Open Graph writes it (en_GB): empty where the tag names no country.
    """

    kind: str
    title: str
    description: str
    url: str
    image_url: str = ""
    image: Image | None = None
    locale: str
    feeds: Feeds
    data: str


def head(issue: Issue, page: Around | Archive | None) -> Head:
    """Return the head of an issue's page, on the site or elsewhere, or of the index of all issues."""
    return _of_archive(issue, page) if isinstance(page, Archive) else _of_issue(issue, page)


def _of_issue(issue: Issue, around: Around | None) -> Head:
    image_url, picture = public_picture(issue, around), lead_picture(issue)
    return Head(
        kind="article",
        title=issue.subject.text,
        description=issue.preheader.text,
        url=around.url if around else issue.web_url,
        image_url=image_url,
        image=picture.image if picture and image_url else None,
        locale=_locale(issue.brand.language),
        feeds=around.feeds if around else Feeds(),
        data=issue_data(issue, around),
    )


def _of_archive(issue: Issue, archive: Archive) -> Head:
    return Head(
        kind="website",
        title=issue.newsletter_title or issue.brand.name,
        description=issue.brand.tagline,
        url=archive.url,
        locale=_locale(issue.brand.language),
        feeds=archive.feeds,
        data=archive_data(issue, archive),
    )


def _locale(language: str) -> str:
    """Return `en_GB` for `en-GB`, "" for `en`: Open Graph knows no language without a country (https://ogp.me/)."""
    found = _LOCALE.match(language)
    return f"{found[1].lower()}_{found[2].upper()}" if found else ""
