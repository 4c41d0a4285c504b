"""What a search engine reads: a page described in schema.org's words, as JSON-LD.

An issue is a collection of stories that stand elsewhere: a `CollectionPage` whose `ItemList` names each story as a
`NewsArticle` at its own address (https://schema.org/CollectionPage, https://schema.org/ItemList).
"""

from collections.abc import Iterator

from digest.model.issue import Brand, Entry, Issue
from digest.model.site import Archive, Around, Row
from digest.render.sources import public_picture
from digest.wire import to_json

_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""What could end a script or a line of it, written as JSON's own escapes."""

Thing = dict[str, object]


def issue_data(issue: Issue, around: Around | None) -> str:
    """Return an issue's page as JSON-LD, fit for a script element; a pure function of its arguments."""
    url = around.url if around else issue.web_url
    return _script(
        {
            "@context": "https://schema.org",
            "@type": "CollectionPage",
            "name": issue.subject.text,
            "description": issue.preheader.text,
            "url": url,
            "inLanguage": issue.brand.language,
            "image": public_picture(issue, around),
            "datePublished": around.published.isoformat() if around and around.published else "",
            "dateModified": around.updated.isoformat() if around and around.updated else "",
            "isPartOf": {
                "@type": "PublicationIssue",
                "issueNumber": issue.number,
                "isPartOf": {"@type": "Periodical", "name": issue.newsletter_title or issue.brand.name},
            },
            "publisher": _publisher(issue.brand),
            "mainEntity": _list([_story(entry) for entry in issue.entries if entry.url]),
        }
    )


def archive_data(issue: Issue, archive: Archive) -> str:
    """Return the index of all issues as JSON-LD; `issue` is the newest one."""
    return _script(
        {
            "@context": "https://schema.org",
            "@type": "CollectionPage",
            "name": issue.newsletter_title or issue.brand.name,
            "description": issue.brand.tagline,
            "url": archive.url,
            "inLanguage": issue.brand.language,
            "publisher": _publisher(issue.brand),
            "mainEntity": _list([_page(row, archive) for year in archive.years for row in year.rows]),
        }
    )


def _publisher(brand: Brand) -> Thing:
    return {"@type": "NewsMediaOrganization", "name": brand.name, "url": brand.url, "logo": brand.logo}


def _story(entry: Entry) -> Thing:
    return {
        "@type": "NewsArticle" if entry.entry in {"story", "item"} else "WebPage",
        "headline": entry.title.text,
        "url": entry.url,
        "creditText": entry.byline.text,  # `author` wants one thing a person, and a by-line names several
        "datePublished": entry.date,
        "image": entry.picture.image.url if entry.picture else "",
        "inLanguage": entry.language,
    }


def _page(row: Row, archive: Archive) -> Thing:
    url = f"{archive.url}{row.issue.label}/" if archive.url else ""
    return {"@type": "CollectionPage", "name": row.issue.subject, "url": url}


def _list(things: list[Thing]) -> Thing:
    elements = [{"@type": "ListItem", "position": place, "item": thing} for place, thing in enumerate(things, 1)]
    return {"@type": "ItemList", "numberOfItems": len(things), "itemListElement": elements}


def _script(thing: Thing) -> str:
    return to_json(_without_blanks(thing)).decode().translate(_SCRIPT)


def _without_blanks(value: object) -> object:
    """Return a tree of values without its empty texts: a property that nobody can fill is left out."""
    if isinstance(value, dict):
        return dict(_filled(value))
    return [_without_blanks(item) for item in value] if isinstance(value, list) else value


def _filled(thing: Thing) -> Iterator[tuple[str, object]]:
    for name, value in thing.items():
        if value != "":  # an empty list or a zero says something
            yield name, _without_blanks(value)
