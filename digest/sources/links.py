"""A list of links with their fields, a row each: an editor's "other news this week". CSV with a head, or JSON Lines.

What a row tells is another publication's story unless its `source` is empty; whose it is goes with it to the reader.
"""

import csv
import html
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from digest.errors import DigestError, SourceError
from digest.model.article import Block, Document, Image, Problem, Sighting, Witness
from digest.sources.authors import authors
from digest.sources.dating import moment, undated
from digest.sources.json_text import read_json
from digest.sources.report import problem
from digest.sources.settings import Reading, SourceSettings
from digest.text.clean import decode, plain_text
from digest.text.tables import column, delimiter
from digest.text.urls import canonical_url

_COLUMNS = {
    "title": ("title", "headline"),
    "url": ("url", "link", "address"),
    "source": ("source", "source name", "publication", "site"),
    "author": ("author", "authors", "byline", "by"),
    "published": ("published", "date", "published at"),
    "section": ("section", "category"),
    "kicker": ("kicker",),
    "text": ("text", "summary", "description", "dek", "blurb"),
    "image": ("image", "picture", "image url"),
    "language": ("language", "lang"),
}
"""Each field, and the names that a column of it may have, in any case; the first that a row fills is taken."""

_FIELDS = {name: field for field, names in _COLUMNS.items() for name in names}
_HINT = f"name the columns in the first line: {', '.join(_COLUMNS)}; title and url are needed"

_TOLD = ("title", "kicker", "section", "authors", "published", "blocks", "image", "language", "publication")
"""The fields of a sighting that a row tells."""

Row = tuple[int, dict[str, str]]
"""The number of a row's line, and what it says, by field."""


def parse(document: Document, settings: SourceSettings, reading: Reading) -> Iterator[Sighting | Problem]:
    """Yield a sighting for each row of a list; what a row lacks, and columns that nobody knows, are told."""
    text = decode(document.body, document.charset)
    rows = _json_lines(text, document) if text.lstrip()[:1] in {"{", "["} else _table(text, document)
    for row in rows:
        yield from _each(row, document, settings, reading)


def _each(
    row: Row | Problem, document: Document, settings: SourceSettings, reading: Reading
) -> Iterator[Sighting | Problem]:
    return iter((row,)) if isinstance(row, Problem) else _read(row, document, settings, reading)


def _table(text: str, document: Document) -> Iterator[Row | Problem]:
    """Yield the rows of a table whose first line names its columns; a row that is no row is told."""
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter(text))
    head: list[str | None] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = f"a row that cannot be read was left out: {error}"
            yield problem(document, message, hint="is a quotation mark missing?", part=_line(reader))
            continue
        if not any(cell.strip() for cell in cells) or (cells[0] == "sep=" and not head):
            continue
        if not head:
            head = [_FIELDS.get(column(cell)) for cell in cells]
            yield from _about_columns(cells, head, document)
            if not {"title", "url"} <= set(head):
                return
        elif len(cells) > len(head):
            message = f"a row of {len(cells)} fields under {len(head)} columns was left out"
            yield problem(document, message, hint='put "…" around a field that holds the separator', part=_line(reader))
        else:
            yield reader.line_num, _by_field(zip(head, cells, strict=False))


def _about_columns(cells: list[str], head: list[str | None], document: Document) -> Iterator[Problem]:
    unknown = [cell.strip()[:40] for cell, field in zip(cells, head, strict=True) if field is None and cell.strip()]
    if not {"title", "url"} <= set(head):
        yield problem(document, "its first line does not name the columns title and url: it was not read", hint=_HINT)
    elif unknown:
        yield problem(document, f"columns that nobody knows were not read: {', '.join(unknown[:20])}", hint=_HINT)


def _line(reader: Any) -> str:  # noqa: ANN401 - csv's reader has no type of its own
    return f"line {reader.line_num}"


def _json_lines(text: str, document: Document) -> Iterator[Row | Problem]:
    """Yield the rows of JSON Lines, or of one JSON list."""
    unknown: dict[str, None] = {}
    for number, value in _values(text):
        if isinstance(value, SourceError):
            message = f"a row that cannot be read was left out: {value.message}"
            yield problem(document, message, hint="each line is one JSON object", part=f"line {number}")
        elif not isinstance(value, dict):
            hint = "each line is one JSON object"
            yield problem(document, "a row that is no object was left out", hint=hint, part=f"line {number}")
        else:
            unknown.update(dict.fromkeys(str(key)[:40] for key in value if column(str(key)) not in _FIELDS))
            yield number, _by_field((_FIELDS.get(column(str(key))), _cell(each)) for key, each in value.items())
    if unknown:
        names = ", ".join(list(unknown)[:20])
        yield problem(
            document, f"fields that nobody knows were not read: {names}", hint=f"known: {', '.join(_COLUMNS)}"
        )


def _values(text: str) -> Iterator[tuple[int, Any]]:
    """Yield what stands in each line, or in each place of a list; of a line that is no JSON, the error."""
    if text.lstrip().startswith("["):
        try:
            values = read_json(text.encode(errors="replace"))
        except SourceError as error:
            values = [error]
        yield from enumerate(values, 1)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, read_json(line.encode(errors="replace"))
            except SourceError as error:
                yield number, error


def _cell(value: object) -> str:
    """Return a value of JSON as a cell has it; of several texts, as people list them."""
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(each) for each in values if isinstance(each, str | int | float))


def _by_field(cells: Iterable[tuple[str | None, str]]) -> dict[str, str]:
    """Return what each field's first filled column says."""
    row: dict[str, str] = {}
    for field, cell in cells:
        if field and cell.strip() and field not in row:
            row[field] = cell
    return row


def _lacking(row: Mapping[str, str], title: str, url: str) -> str:
    if not url and "url" in row:
        return f"web address ({row['url'][:100]!r} is none)"
    return " and ".join(name for name, said in (("title", title), ("address", url)) if not said)


def _read(said: Row, document: Document, settings: SourceSettings, reading: Reading) -> Iterator[Sighting | Problem]:
    number, row = said
    title, url = plain_text(row.get("title", "")), canonical_url(row.get("url", ""))
    part = f"line {number}"
    if not title or not url:
        yield problem(
            document,
            f"a row without {_lacking(row, title, url)} was left out",
            hint="each needs a title and a url",
            part=part,
        )
        return
    published = moment(row.get("published", ""), reading)
    if isinstance(published, DigestError):
        yield undated(document, published, part=f"{part} ({title})")
        published = None
    picture = canonical_url(row.get("image", ""))
    yield _with_witnesses(
        Sighting(
            source=settings.name,
            url=url,
            title=title,
            kicker=plain_text(row.get("kicker", "")),
            section=plain_text(row.get("section", "")) or settings.section,
            authors=authors([html.escape(row.get("author", ""))]),
            published=published.instant if published else None,
            precision=published.precision if published else "instant",
            date_source="feed" if published else None,
            blocks=tuple(Block(text=text) for line in row.get("text", "").splitlines() if (text := plain_text(line))),
            image=Image(url=picture) if picture else None,
            language=plain_text(row.get("language", "")) or settings.language,
            publication=plain_text(row.get("source", "")),
            seen_at=document.retrieved_at,
        )
    )


def _with_witnesses(said: Sighting) -> Sighting:
    """Return a row with the list as the witness of all that it says: whose story it is tells of it better."""
    return replace(said, witnesses=tuple(Witness(field=field, name="list") for field in _TOLD if getattr(said, field)))
