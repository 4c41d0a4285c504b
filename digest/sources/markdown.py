"""Markdown with front matter into one sighting: the only door to markdown-it. Import it where it is needed.

The names of the fields are Hugo's, Jekyll's and Pelican's. A draft, and what is dated later than now, is left alone,
and the report says so: what is not published is nobody's business. What was published and is taken back says
`withdrawn: true`, or has an `expiryDate` that is over.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from markdown_it import MarkdownIt

from digest.errors import DigestError, SourceError
from digest.model.article import Cut, Document, Image, Problem, Sighting, Witness
from digest.sources.authors import authors
from digest.sources.dating import moment, undated
from digest.sources.front_matter import Matter, split
from digest.sources.markup.body import Body, absolute, parse_html, read_tree
from digest.sources.markup.figures import first_picture, without_credit
from digest.sources.report import place, problem
from digest.sources.settings import Reading, SourceSettings
from digest.text.clean import clean_text, decode, plain_text, readable
from digest.text.dates import Moment
from digest.text.urls import canonical_url

_SHORTCODE = re.compile(r"\{\{[<%][^{}]*\}\}|\{%[^{}]*%\}")
_DATED = re.compile(r"(\d{4}-\d\d-\d\d)[-_.]", re.ASCII)
"""How a file's name begins that tells its date, as Jekyll has it: `2024-10-25-the-gate.md`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What was read from a file: the front matter, and what its body holds."""

    matter: Matter
    title: str
    body: Body
    image: Image | None
    url: str


def parse(document: Document, settings: SourceSettings, reading: Reading) -> Iterator[Sighting | Problem]:
    """Yield the article of a Markdown file, or the problem that there is none."""
    text = readable(decode(document.body, document.charset)).replace("\r\n", "\n").replace("\r", "\n")
    try:
        matter, source = split(text)
    except SourceError as error:
        hint = "it is YAML between two lines of ---; quote a value that holds a colon"
        yield problem(document, error.message, hint=hint)
        return
    withdrawn = _is_set(matter, "withdrawn") or _is_over(matter, reading)
    if _is_draft(matter) and not withdrawn:
        yield problem(document, "a draft: left alone", hint="it comes in once it is published")
        return
    read = _read(document, reading, matter, source)
    if not read.title or not (read.body.blocks or withdrawn):
        missing = "text" if read.title else "headline"
        yield problem(document, f"the file has no {missing}", hint="give it a title: in its front matter, and a body")
        return
    published = _date(matter, _DATES, reading) or _named_date(document, reading)
    if isinstance(published, DigestError):
        yield undated(document, published)
        published = None
    if published and published.instant > reading.now and not withdrawn:
        message = (
            f"dated {published.instant.astimezone(reading.zone):%Y-%m-%d %H:%M}, which is still to come: left alone"
        )
        yield problem(document, message, hint="it comes in once that is past")
        return
    sighting = _sighting(document, settings, reading, read, published)
    yield replace(sighting, gone=withdrawn)


def _is_draft(matter: Matter) -> bool:
    """Tell whether front matter says, in one of three dialects, that this is not published."""
    unpublished = matter.get("published") is False or _string(matter, "status").lower() in {"draft", "hidden", "skip"}
    return unpublished or _is_set(matter, "draft")


def _is_over(matter: Matter, reading: Reading) -> bool:
    """Tell whether what was published for a time is no longer: Hugo shows it no more."""
    ends = _date(matter, ("expirydate",), reading)
    return isinstance(ends, Moment) and ends.instant <= reading.now


def _is_set(matter: Matter, key: str) -> bool:
    return matter.get(key) is True or _string(matter, key).lower() == "true"


def _read(document: Document, reading: Reading, matter: Matter, source: str) -> _Read:
    """Return what a file holds; without a title of its own its first heading is the headline."""
    address = next(filter(None, (_string(matter, key) for key in _ADDRESSES)), "")
    url = canonical_url(document.page_url or absolute(address, reading.site))
    codes = tuple(Cut(text=clean_text(code), why="shortcode") for code in _SHORTCODE.findall(source))
    markup = MarkdownIt("commonmark", {"html": True}).enable("table").render(_SHORTCODE.sub(" ", source))
    tree = parse_html(markup) if markup.strip() else None
    body = read_tree(tree, url or reading.site)
    title = _text(matter, "title")
    if not title and body.blocks and body.blocks[0].kind == "heading":
        title, body = body.blocks[0].text, replace(body, blocks=body.blocks[1:])
    image = _image(matter, url or reading.site) or first_picture(tree, url or reading.site)
    return _Read(
        matter=matter, title=title, body=replace(body, left_out=(*body.left_out, *codes)), image=image, url=url
    )


def _sighting(
    document: Document, settings: SourceSettings, reading: Reading, read: _Read, published: Moment | None
) -> Sighting:
    matter = read.matter
    updated = _date(matter, ("lastmod", "updated", "modified", "last_modified_at"), reading)
    section, tags = _sections(matter)
    return Sighting(
        source=settings.name,
        url=read.url,
        guid=_guid(document, settings, matter),
        title=read.title,
        dek=next(filter(None, (_text(matter, key) for key in ("dek", "description", "summary", "subtitle"))), ""),
        kicker=_text(matter, "kicker"),
        kind=_text(matter, "kind"),
        section=section or settings.section,
        tags=tags,
        series=next(iter(_strings(matter, "series")), ""),
        authors=authors((*_strings(matter, "authors"), *_strings(matter, "author"))),
        published=published.instant if published else None,
        precision=published.precision if published else "instant",
        date_source="page" if published else None,
        updated=updated.instant if isinstance(updated, Moment) else None,
        blocks=read.body.blocks,
        image=read.image,
        language=_text(matter, "lang") or _text(matter, "language") or settings.language,
        left_out=read.body.left_out,
        witnesses=_witnesses(matter, published),
        seen_at=document.retrieved_at,
    )


def _witnesses(matter: Matter, published: Moment | None) -> tuple[Witness, ...]:
    """Return the witness of a date that only the file's name tells."""
    dated = any(matter.get(key) for key in _DATES)
    return (Witness(field="published", name="file-name"),) if published and not dated else ()


_DATES = ("publishdate", "date", "published", "pubdate")
_ADDRESSES = ("canonical", "canonical_url", "canonicalurl", "permalink", "url", "link")


def _string(matter: Matter, key: str) -> str:
    value = matter.get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _text(matter: Matter, key: str) -> str:
    """Return a field as text."""
    return plain_text(_string(matter, key))


def _strings(matter: Matter, key: str) -> tuple[str, ...]:
    """Return a field that may be one text, many, or many with names of their own (Hugo's authors)."""
    value = matter.get(key)
    values = value if isinstance(value, list) else [value]
    named = ((each.get("name") or each.get("title")) if isinstance(each, Mapping) else each for each in values)
    return tuple(text for each in named if isinstance(each, str | int) and (text := plain_text(str(each))))


def _sections(matter: Matter) -> tuple[str, tuple[str, ...]]:
    """Return the section (the first category, where no section is named) and the tags (all else)."""
    section, tags = _strings(matter, "section"), _strings(matter, "tags")
    categories = (*_strings(matter, "category"), *_strings(matter, "categories"))
    named = (*section, *categories)
    if len(tags) == 1:  # Pelican's, and some of Jekyll's: one line with commas
        tags = tuple(filter(None, map(clean_text, tags[0].split(","))))
    return (named[0] if named else ""), tuple(dict.fromkeys((*named[1:], *tags)))


def _date(matter: Matter, keys: tuple[str, ...], reading: Reading) -> Moment | DigestError | None:
    """Return the first date that is stated; what YAML or TOML already made a date of counts as written."""
    stated = (matter[key] for key in keys if isinstance(matter.get(key), str | date) and matter[key])
    value = next(stated, "")
    return moment(value.isoformat() if isinstance(value, date) else value, reading)


def _named_date(document: Document, reading: Reading) -> Moment | DigestError | None:
    """Return the date that a file's name begins with, as Jekyll's do."""
    found = _DATED.match(PurePath(place(document)).name)
    return moment(found[1], reading) if found else None


def _image(matter: Matter, base: str) -> Image | None:
    """Return the picture that front matter names, as an address or with its words."""
    for key in ("image", "cover", "featured_image", "images", "thumbnail"):
        value = matter.get(key)
        first = value[0] if isinstance(value, list) and value else value
        stated: Matter = first if isinstance(first, Mapping) else {"url": first}
        address = next(filter(None, (_string(stated, name) for name in ("url", "src", "image", "path"))), "")
        said = {name: _text(stated, name) or _text(matter, f"{key}_{name}") for name in ("alt", "caption", "credit")}
        caption, credit = without_credit(said["caption"], said["credit"])
        words = (said["alt"], credit, caption)
        url = absolute(address, base)
        if url or any(words):
            return Image(url=url, alt=words[0], credit=words[1], caption=words[2])
    return None


def _guid(document: Document, settings: SourceSettings, matter: Matter) -> str:
    """Return the file's own name: its slug, else its path in the source. Its words may change, this does not.

    The way to the source is no part of it, so that it is the same on every machine.
    """
    path, source = PurePath(place(document)), PurePath(settings.at)
    if source in path.parents:
        path = path.relative_to(source)
    elif path == source or path.is_absolute():
        path = PurePath(path.name)
    return f"markdown:{settings.name}:{_string(matter, 'slug') or path.as_posix()}"
