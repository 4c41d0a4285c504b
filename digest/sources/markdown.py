"""Markdown with front matter into one sighting: the only door to PyYAML and markdown-it. Import it where it is needed.

Front matter is YAML between `---` (Jekyll, Hugo), TOML between `+++` (Hugo) or bare `Key: value` lines (Pelican); the
field names are theirs. A draft is left alone, and the report says so: what is not published is nobody's business.
What was published and is taken back says `withdrawn: true`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any

import yaml
from markdown_it import MarkdownIt

from digest.errors import DigestError
from digest.model.article import Cut, Document, Image, Problem, Sighting
from digest.sources.authors import authors
from digest.sources.body import Body, absolute, parse_html, read_tree
from digest.sources.dating import moment, undated
from digest.sources.figures import first_picture, without_credit
from digest.sources.report import place, problem
from digest.sources.settings import Reading, SourceSettings
from digest.text.clean import clean_text, decode, plain_text, readable
from digest.text.dates import Moment
from digest.text.urls import canonical_url

_FENCED = re.compile(r"\A(---|\+\+\+)[^\S\n]*\n(.*?\n)?(?:\1|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_OPEN = re.compile(r"\A(?:---|\+\+\+)[^\S\n]*\n[\w -]{1,40}[:=]")
_BARE = re.compile(r"\A((?:[A-Za-z][\w -]{0,30}:[^\n]*\n(?:[ \t][^\n]*\n)*+)++)(?:[^\S\n]*\n|\Z)")
_SHORTCODE = re.compile(r"\{\{[<%][^{}]*\}\}|\{%[^{}]*%\}")
_BELOW_THE_FENCE = 2
"""The parser counts lines from 0, and the first of them stands below the fence."""

_LONGEST_MATTER = 64_000
"""Characters: PyYAML reads some 100,000 a second, and the longest front matter seen has 4,000."""

Matter = Mapping[str, Any]
"""Front matter as YAML or TOML give it, its keys in lower case."""


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
        matter, source = _split(text)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        message = f"the front matter cannot be read: {_reason(error)}"
        yield problem(document, message, hint="it is YAML between two lines of ---; quote a value that holds a colon")
        return
    withdrawn = _is_set(matter, "withdrawn")
    if _is_draft(matter) and not withdrawn:
        yield problem(document, "a draft: left alone", hint="it comes in once it is published")
        return
    read = _read(document, reading, matter, source)
    if not read.title or not (read.body.blocks or withdrawn):
        missing = "text" if read.title else "headline"
        yield problem(document, f"the file has no {missing}", hint="give it a title: in its front matter, and a body")
        return
    published = _date(matter, ("publishdate", "date", "published", "pubdate"), reading)
    if isinstance(published, DigestError):
        yield undated(document, published)
        published = None
    yield _sighting(document, settings, reading, read, published)


def _split(text: str) -> tuple[Matter, str]:
    """Return the front matter, its keys in lower case, and the Markdown below it."""
    fenced = _FENCED.match(text)
    bare = None if fenced else _BARE.match(text)
    if bare and "title:" in bare[1].lower():
        pairs = (line.split(":", 1) for line in bare[1].splitlines() if line[0].isalpha())
        return {key.strip().lower(): value.strip() for key, value in pairs}, text[bare.end() :]
    if not fenced and _OPEN.match(text):
        raise ValueError("its last line of --- or +++ is missing")
    if not fenced:
        return {}, text
    source = fenced[2] or ""
    if len(source) > _LONGEST_MATTER:
        raise ValueError(f"longer than {_LONGEST_MATTER:,} characters")
    matter = tomllib.loads(source) if fenced[1] == "+++" else yaml.safe_load(source)
    if matter is not None and not isinstance(matter, dict):
        raise ValueError("it is no list of keys and values")
    return {str(key).lower(): value for key, value in (matter or {}).items()}, text[fenced.end() :]


def _is_draft(matter: Matter) -> bool:
    """Tell whether front matter says, in one of three dialects, that this is not published."""
    unpublished = matter.get("published") is False or str(matter.get("status")).lower() in {"draft", "hidden"}
    return unpublished or _is_set(matter, "draft")


def _is_set(matter: Matter, key: str) -> bool:
    return str(matter.get(key)).lower() == "true"


def _reason(error: Exception) -> str:
    """Return what is wrong with front matter and in which line of the file, without the parser's drawing of it."""
    if isinstance(error, yaml.MarkedYAMLError):
        told = ", ".join(filter(None, (error.context, error.problem)))
        mark = error.problem_mark or error.context_mark
        return f"line {mark.line + _BELOW_THE_FENCE}: {told}" if mark else told
    return " ".join(str(error).split())


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
        gone=_is_set(matter, "withdrawn"),
        blocks=read.body.blocks,
        image=read.image,
        language=_text(matter, "lang") or _text(matter, "language") or settings.language,
        left_out=read.body.left_out,
        seen_at=document.retrieved_at,
    )


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
