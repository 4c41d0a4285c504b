"""A list of what earlier newsletters carried, as a table: an address a row, and what else is known of it.

With a first line of names or without one, in the forms in which spreadsheets and mailing services write it. A row that
cannot be used is told with its line; no other row is lost with it.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from digest.errors import DigestError
from digest.text.clean import decode, plain_text
from digest.text.dates import read_date
from digest.text.tables import column, delimiter
from digest.text.urls import canonical_url, is_front_page

_COLUMNS = {
    "url": ("url", "link", "address", "story url", "page", "permalink"),
    "date": ("date", "sent", "sent at", "sent on", "send date", "send time", "send date/time"),
    "campaign": ("campaign", "campaign name", "campaign title", "newsletter", "issue"),
    "subject": ("subject", "subject line", "email subject"),
}
"""Each field, and the names that a column of it may have, in any case; the first that a row fills is taken."""

_FIELDS = {name: field for field, names in _COLUMNS.items() for name in names}

_MOST_LINES = 20
"""Lines of one row: a subject may hold a line end or two."""

_MOST_ADDRESS = 4_096
_MOST_TEXT = 1_000
_MOST_SHOWN = 100

_LINE_END = re.compile(r"\r\n|\n|\r")
_DATE_LIKE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}(?!\d).*", re.DOTALL)
_WITHOUT_SCHEME = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?:[/?].*)?")
"""An address as people type it: `www.harbour.example/piers`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that names a story: its canonical address, and of its newsletter the day (ISO 8601), name and subject."""

    line: int
    url: str
    date: str = ""
    campaign: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What of a line was not taken; `lost` says whether that is the row, or only something of it."""

    line: int
    message: str
    hint: str = ""
    lost: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """The cells of a row; `plain`: commas part them and nothing is quoted, so that one may be a part of an address."""

    line: int
    cells: Sequence[str]
    plain: bool


def read_table(content: bytes, zone: ZoneInfo) -> Iterator[Row | Fault]:
    """Yield what each row of a table says, in its order; a date that names no zone is meant in `zone`."""
    text = decode(content)
    head: Sequence[str] | None = None
    for record in _records(text, delimiter(text)):
        if isinstance(record, Fault):
            yield record
        elif head is not None:
            yield from _read(record, head, zone)
        elif any(record.cells) and record.cells[0] != "sep=":
            head = _head(record.cells)
            if head is None:
                hint = "begin with a line of names: url, date, campaign, subject"
                yield Fault(line=record.line, message="names no columns, and has no web address", hint=hint)
            else:
                yield from _unread(record, head) if head else _read(record, head, zone)


def _records(text: str, parts: str) -> Iterator[_Record | Fault]:
    """Yield the rows of a table; a quotation mark that is never closed costs its own line alone."""
    lines = _LINE_END.split(text)
    at = 0
    while at < len(lines):
        cells, used = _row(lines, at, parts)
        if cells is None:
            hint = "is a quotation mark missing? Mend the row, and hand the file in again"
            yield Fault(line=at + 1, message="a row that cannot be read was left out", hint=hint)
        else:
            plain = parts == "," and '"' not in lines[at]
            yield _Record(line=at + 1, cells=cells, plain=plain)
        at += used


def _row(lines: Sequence[str], at: int, parts: str) -> tuple[list[str] | None, int]:
    """Return the cells of the row that begins at a line, None where it cannot be read, and how many lines it has.

    A row goes on for as long as a quotation is open, but never over a line with an address: that is another row.
    """
    for used in range(1, min(_MOST_LINES, len(lines) - at) + 1):
        if used > 1 and "://" in lines[at + used - 1]:
            break
        cells, is_open = _cells("\n".join(lines[at : at + used]), parts)
        if not is_open:
            return cells, used
    return None, 1


def _cells(row: str, parts: str) -> tuple[list[str] | None, bool]:
    """Return a row's cells, and whether a quotation in it is still open; marks inside a cell are taken as they are."""
    try:
        found = list(csv.reader(io.StringIO(row, newline=""), delimiter=parts, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            return None, True
        try:
            found = list(csv.reader(io.StringIO(row, newline=""), delimiter=parts))
        except csv.Error:  # a cell that is longer than any real one
            return None, False
    cells = [cell.strip() for cell in (found[0] if found else [])]
    while cells and not cells[-1]:
        cells.pop()
    return (cells or [""]), False


def _head(cells: Sequence[str]) -> Sequence[str] | None:
    """Return the field of each column; none where the row is a story's already, None where it is nothing known."""
    if any(_address(cell) and "://" in cell for cell in cells):
        return ()
    fields = [_FIELDS.get(column(cell), "") for cell in cells]
    return fields if "url" in fields else None


def _unread(record: _Record, head: Sequence[str]) -> Iterator[Fault]:
    """Tell of the columns that nobody knows."""
    names = [cell[:40] for cell, field in zip(record.cells, head, strict=True) if cell and not field]
    if names:
        message = f"columns that nobody knows were not read: {', '.join(names[:20])}"
        yield Fault(line=record.line, message=message, hint=f"known: {', '.join(_COLUMNS)}", lost=False)


def _read(record: _Record, head: Sequence[str], zone: ZoneInfo) -> Iterator[Row | Fault]:
    """Yield the story of a row, and what of the row was not taken; of an empty row nothing."""
    if not any(record.cells):
        return
    told = _by_name(record, head) if head else _by_looks(record, zone)
    url = "" if isinstance(told, Fault) else _address(told.get("url", ""))
    if isinstance(told, Fault):
        yield told
    elif not url or is_front_page(url):
        yield _no_story(record, told.get("url", ""), is_front=bool(url))
    else:
        date = _day(told.get("date", ""), zone)
        if isinstance(date, DigestError):
            message = f"its date was not taken: {date.message}"
            yield Fault(line=record.line, message=message, hint="write it like 2024-10-25", lost=False)
        campaign, subject = (plain_text(told.get(name, ""))[:_MOST_TEXT] for name in ("campaign", "subject"))
        day = date if isinstance(date, str) else ""
        yield Row(line=record.line, url=url, date=day, campaign=campaign, subject=subject)


def _by_name(record: _Record, head: Sequence[str]) -> Mapping[str, str] | Fault:
    """Return what the first filled column of each field says."""
    if len(record.cells) > len(head):
        message = f"a row of {len(record.cells)} cells under {len(head)} columns was left out"
        return Fault(line=record.line, message=message, hint='put "…" around a cell that holds the separator')
    told: dict[str, str] = {}
    for field, cell in zip(head, record.cells, strict=False):
        if field and cell:
            told.setdefault(field, cell)
    return told


def _by_looks(record: _Record, zone: ZoneInfo) -> Mapping[str, str] | Fault:
    """Return what the cells are by what stands in them: an address, a date, the campaign's name and its subject."""
    told: dict[str, str] = {}
    for place, cell in enumerate(record.cells):
        before = record.cells[place - 1] if place else ""
        if not cell:
            continue
        if "url" not in told and _address(cell):
            told["url"] = cell
        elif "date" not in told and (_DATE_LIKE.fullmatch(cell) or isinstance(_day(cell, zone), str)):
            told["date"] = cell
        elif record.plain and " " not in cell and "://" in before:
            message = f"is {cell[:_MOST_SHOWN]!r} a part of the address? The row was left out"
            hint = 'put "…" around an address with a comma, or begin with a line of names: url, date, campaign, subject'
            return Fault(line=record.line, message=message, hint=hint)
        else:
            told.setdefault("subject" if "campaign" in told else "campaign", cell)
    return told


def _no_story(record: _Record, said: str, *, is_front: bool) -> Fault:
    if is_front:
        message = f"a row was left out: {said[:_MOST_SHOWN]!r} is a site's front page, and no story"
        return Fault(line=record.line, message=message, hint="write the story's own address")
    what = f"{said[:_MOST_SHOWN]!r} is no web address" if said else "it has no address"
    return Fault(line=record.line, message=f"a row was left out: {what}", hint="write it as https://…")


def _address(cell: str) -> str:
    """Return the canonical form of an address, also where it stands in <…> or without https://; "" for none."""
    said = cell.strip().removeprefix("<").removesuffix(">").strip()
    if len(said) > _MOST_ADDRESS:
        return ""
    return canonical_url(f"https://{said}" if _WITHOUT_SCHEME.fullmatch(said) else said)


def _day(text: str, zone: ZoneInfo) -> str | DigestError:
    """Return the day that a text names, by the magazine's clocks; "" for an empty one, an error for none."""
    if not text:
        return ""
    try:
        return read_date(text, zone).instant.astimezone(zone).date().isoformat()
    except DigestError as error:
        return error
