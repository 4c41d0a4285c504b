"""Render: an issue and a theme become the three faces that readers see.

A pure function of the two: what templates can use is listed in `digest.render.engine`. Jinja2 and premailer take
half a second to import, so they come in when the first issue is rendered, not when this room is imported.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from digest.model.issue import Issue
from digest.model.message import Rendered
from digest.model.site import Archive, Around, Feed
from digest.theme import Theme

__all__ = [
    "Look",
    "fill_page",
    "finish",
    "look",
    "render",
    "render_feed_content",
    "render_feeds",
    "render_index",
    "render_web",
]

PageFiles = tuple[tuple[str, str, str], ...]
"""Templates: the name of each, its text, and where it stands on the disk."""

_MAIN, _BODY = (re.compile(rf"<{name}\b[^>]*>(.*)</{name}>", re.DOTALL) for name in ("main", "body"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFiles:
    """The bytes of `feed.xml` and `feed.json`."""

    atom: bytes
    json: bytes


def render(issue: Issue, theme: Theme, compiled: Path | None = None) -> Rendered:
    """Return the issue's mail (HTML, styles inlined), its text part and its web version.

    `compiled` is a folder of the user's own where compiled templates are kept; it changes the time, never the bytes.

    Raises:
        TemplateError: a template fails, or what it gives is not a sound e-mail; `where` names file and line.

    """
    # Heavy: jinja2 90 ms, premailer 240 ms; only needed here.
    from digest.render.engine import Engine  # noqa: PLC0415 - see above
    from digest.render.inline import inline  # noqa: PLC0415 - see above

    engine = Engine(issue, theme, compiled)
    return Rendered(
        html=inline(engine.fill("email.html"), place=theme.place_of, folder=compiled),
        text=engine.fill("email.txt"),
        web=engine.fill("web.html"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """An issue's faces before their styles are inlined, and the ids of the entries whose pictures they depend on."""

    html: str
    text: str
    web: str
    pictures: frozenset[str]


def look(issue: Issue, theme: Theme, compiled: Path | None = None) -> Look:
    """Return what a theme makes of an issue, and which pictures it looks into: on no other does anything depend.

    Looked into are those that the mail, the text part or the web version ask about, here or on the public archive. What
    stands in the head of a web page has the issue's first picture, whatever the theme is: that one is not told.

    Raises:
        TemplateError: a template fails.

    """
    from digest.render.engine import Engine  # noqa: PLC0415 - heavy: jinja2, 90 ms

    return Look(**Engine(issue, theme, compiled).looked())


def finish(look: Look, theme: Theme, compiled: Path | None = None) -> Rendered:
    """Return what `render` returns of the issue that was looked at.

    Raises:
        TemplateError: what a theme gives is not a sound e-mail.

    """
    from digest.render.inline import inline  # noqa: PLC0415 - heavy: premailer, 240 ms

    html = inline(look.html, place=theme.place_of, folder=compiled)
    return Rendered(html=html, text=look.text, web=look.web)


def render_web(issue: Issue, theme: Theme, compiled: Path | None = None, around: Around | None = None) -> str:
    """Return the issue's web version alone; `around` is what the public archive adds to it.

    Raises:
        TemplateError: the template fails.

    """
    return _fill("web.html", issue, theme, compiled, around)


def render_feed_content(issue: Issue, theme: Theme, compiled: Path | None, around: Around) -> str:
    """Return the issue as HTML for a feed reader: what stands in its page's `<main>`, every address absolute."""
    page = _fill("web.html", issue, theme, compiled, around)
    found = _MAIN.search(page) or _BODY.search(page)
    return found[1].strip() if found else page


def render_index(issue: Issue, theme: Theme, compiled: Path | None, archive: Archive) -> str:
    """Return the index of all issues; `issue` is the newest, whose brand and language the page has."""
    return _fill("parts/web_index.html", issue, theme, compiled, archive)


def fill_page(name: str, files: PageFiles, values: Mapping[str, object]) -> str:
    """Return a page of Digest's own, which no theme makes: `name` of `files`, filled with `values`.

    The files are templates as a theme's are: values are escaped, and an undefined name is an error.

    Raises:
        TemplateError: a template fails; `where` is its file and line.

    """
    from digest.render.engine import environment, explained  # noqa: PLC0415 - heavy: jinja2, 90 ms

    try:
        return environment(files, None).get_template(name).render(values)
    except Exception as error:  # whatever goes wrong while a template runs is the template's error
        raise explained(error, name, [place for _, _, place in files]) from error


def render_feeds(feed: Feed) -> FeedFiles:
    """Return a feed in both forms."""
    from digest.render.feeds import atom, json_feed  # noqa: PLC0415 - XML is needed here alone
    from digest.render.outside import safe  # noqa: PLC0415 - likewise

    return FeedFiles(atom=atom(safe(feed)), json=json_feed(safe(feed)))


def _fill(name: str, issue: Issue, theme: Theme, compiled: Path | None, page: Around | Archive | None) -> str:
    from digest.render.engine import Engine  # noqa: PLC0415 - heavy: jinja2, 90 ms

    return Engine(issue, theme, compiled).fill(name, page)
