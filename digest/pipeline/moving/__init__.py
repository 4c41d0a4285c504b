"""Moving from another tool: what its newsletters carried is taken in from a list, so that no issue brings it again."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from digest.disk import explain
from digest.errors import UsageError
from digest.handover.earlier import unknown
from digest.issues.ledger import add_event
from digest.issues.lock import locked
from digest.issues.shelf import EARLIER
from digest.model.article import Article, stands_again
from digest.model.earlier import EarlierEvent, EarlierStory
from digest.model.finding import Finding, Level
from digest.model.selection import Carried
from digest.pipeline.moving.table import Fault, Row, read_table
from digest.pipeline.newsroom import Newsroom, own_hosts
from digest.text.urls import host, page_key

_MOST = 64_000_000
"""Bytes of a list: half a million addresses."""

_MOST_TOLD = 100
"""Rows of the report; a file that is no list has as many as lines."""

_LOST: tuple[str, Level] = ("earlier-row", "warning")
_NOT_TAKEN: tuple[str, Level] = ("earlier-field", "note")

_WORKBOOK = b"PK\x03\x04"

Find = Callable[[str], Sequence[Article]]
"""Gives the articles that are known under an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What was done with a list: `stories` are all that it names, `changed` those that were taken in or back now."""

    file: str
    stories: tuple[EarlierStory, ...]
    changed: tuple[EarlierStory, ...]
    findings: tuple[Finding, ...]

    @property
    def found(self) -> int:
        """Return how many of the stories are in the archive."""
        return sum(bool(story.carried.id) for story in self.stories)


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who changes the list, and when."""

    by: str
    at: datetime


def import_earlier(room: Newsroom, path: Path, find: Find, who: Who) -> Moved:
    """Take in what the newsletters carried that a list names; what is known of them already changes nothing.

    Raises:
        UsageError: the file is no list of addresses.
        DiskError: it cannot be read.

    """
    stories, findings = _read(room, path, find)
    with locked(room.shelf.path):
        changed = unknown(stories, room.shelf.earlier())
        _write(room, "imported", changed, path, who)
    notes = (*findings, *_elsewhere(room, stories, path))
    return Moved(file=path.name, stories=stories, changed=changed, findings=notes)


def withdraw_earlier(room: Newsroom, path: Path, who: Who) -> Moved:
    """Take back what a list names, whichever list it came in with.

    Raises:
        UsageError: the file is no list of addresses.
        DiskError: it cannot be read.

    """
    listed, findings = _read(room, path, lambda _: ())
    named = {page_key(story.url) for story in listed}
    with locked(room.shelf.path):
        changed = tuple(story for story in room.shelf.earlier() if page_key(story.url) in named)
        _write(room, "withdrawn", changed, path, who)
    return Moved(file=path.name, stories=listed, changed=changed, findings=findings)


def _write(
    room: Newsroom, event: Literal["imported", "withdrawn"], changed: tuple[EarlierStory, ...], path: Path, who: Who
) -> None:
    """Write one line for all of a list: after a crash it is known whole, or not at all."""
    if changed:
        line = EarlierEvent(event=event, at=who.at, by=who.by, file=path.name, stories=changed)
        add_event(room.shelf.path / EARLIER, line)


def _read(room: Newsroom, path: Path, find: Find) -> tuple[tuple[EarlierStory, ...], tuple[Finding, ...]]:
    """Return the stories that a list names, each page once, and what of it was not taken."""
    rows: list[Row] = []
    faults: list[Fault] = []
    for each in read_table(_content(path), room.zone):
        if isinstance(each, Row):
            rows.append(each)
        else:
            faults.append(each)
    if not rows:
        said = f"; {faults[0].message} (line {faults[0].line})" if faults else ""
        hint = "it is a CSV file with an address a row, under the names url, date, campaign, subject"
        raise UsageError(f"names no story{said}", where=path.name, hint=hint)
    once = {page_key(row.url): row for row in reversed(rows)}
    stories = tuple(_story(once[key], find) for key in reversed(once))
    return stories, tuple(_findings(faults, path))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST + 1)
    except OSError as error:
        raise explain(error, path, "the list cannot be read") from error
    if content.startswith(_WORKBOOK):
        raise UsageError("is a workbook", where=path.name, hint="save its sheet as CSV UTF-8, and hand that in")
    if len(content) > _MOST:
        raise UsageError("is too large for a list of addresses", where=path.name, hint="hand it in in parts")
    return content


def _story(row: Row, find: Find) -> EarlierStory:
    """Return the story of a row, with all the names of its article; who has its address only now is another one."""
    known = next((article for article in find(row.url) if not stands_again(article)), None)
    carried = _carried(known, row.url) if known else Carried(id="", url=row.url)
    return EarlierStory(url=row.url, carried=carried, date=row.date, campaign=row.campaign, subject=row.subject)


def _carried(article: Article, url: str) -> Carried:
    aliases = article.aliases if url in {article.url, *article.aliases} else (*article.aliases, url)
    return Carried(id=article.id, aliases=aliases, url=article.url, fingerprint=article.fingerprint)


def _findings(faults: Sequence[Fault], path: Path) -> Iterator[Finding]:
    for fault in faults[:_MOST_TOLD]:
        where = f"{path.name}, line {fault.line}"
        code, level = _LOST if fault.lost else _NOT_TAKEN
        yield Finding(code=code, level=level, message=fault.message, where=where, hint=fault.hint)
    if len(faults) > _MOST_TOLD:
        message = f"{len(faults) - _MOST_TOLD:,} more rows were not taken, or not whole"
        yield Finding(code="earlier-row", level="warning", message=message, where=path.name)


def _elsewhere(room: Newsroom, stories: Iterable[EarlierStory], path: Path) -> Iterator[Finding]:
    """Tell of addresses at other sites that nobody knows: those by which services count clicks are no story's."""
    own = own_hosts(room)
    hosts = Counter(host(story.url) for story in stories if not story.carried.id and host(story.url) not in own)
    if own and hosts:
        listed = ", ".join(f"{name} ({count})" for name, count in hosts.most_common(5))
        message = f"{hosts.total():,} addresses are at other sites, and in no archive: {listed}"
        hint = "links to others are right so; of a link that counts clicks, write where it leads"
        yield Finding(code="earlier-elsewhere", level="warning", message=message, where=path.name, hint=hint)
