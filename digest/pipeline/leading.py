"""What would be made of a page: its article and its lead, without an archive and without a newsroom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.merge import merge, seal
from digest.model.article import Article, Cut, DateSource, Image, Problem, Sighting
from digest.model.lead import LeadMode
from digest.pipeline.wording import Wish, text_of
from digest.ports import Writer
from digest.sources import Reading, read_at
from digest.web import Web
from digest.web.courtesy import Courteous
from digest.workers import spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What pages are read with, and how their leads are to be. `contact` is said to the sites that are asked.

    `writer` writes where the wish is for a model's text; it stays in this process.
    """

    zone: ZoneInfo
    now: datetime
    wish: Wish
    site: str = ""
    contact: str = ""
    writer: Writer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLead:
    """What would be printed of a page. `published` and `guess` are ISO 8601, by the clock that the page tells it with.

    `guess` is a date that nobody states: it is not believed before an editor says so. `witnesses` says who named each
    field; `note` why the lead is not as it was asked for; `problems` what of the page could not be read.
    """

    file: str
    url: str = ""
    title: str = ""
    dek: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    guess: str | None = None
    date_source: DateSource | None = None
    section: str = ""
    language: str = ""
    image: Image | None = None
    sentences: tuple[str, ...] = ()
    mode: LeadMode = "lead"
    note: str = ""
    left_out: tuple[Cut, ...] = ()
    witnesses: dict[str, str]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoLead:
    """A page of which nothing can be made, and why."""

    file: str
    error: str
    hint: str = ""


Row = PageLead | NoLead


def leads(targets: Sequence[str], asked: Asked, processes: int) -> Iterator[Row]:
    """Yield what would be made of each file or address, in their order, as it comes."""
    if processes > 1:
        import digest.sources.page  # noqa: F401, PLC0415 - heavy: loaded once, before the processes are forked

    for rows in spread(partial(leads_at, asked=asked), targets, processes):
        yield from rows


def leads_at(target: str, asked: Asked) -> tuple[Row, ...]:
    """Return what would be made of all that stands at one place: a page is one article, a feed or a folder many.

    An address that somebody asks for may stand inside, on this machine even, and robots.txt does not bind it: she has
    named it.
    """
    door = Web(contact=asked.contact, named=(target,) if "://" in target else ())
    with Courteous(door, free=lambda _: True) as web:
        reading = Reading(zone=asked.zone, now=asked.now, web=web, site=asked.site)
        found = list(read_at(_absolute(target), reading))
    told = {where: [each for at, each in found if at == where] for where, _ in found}
    return tuple(row for where, each in told.items() for row in _rows(_named(where, target), each, asked))


def _rows(file: str, found: Sequence[Sighting | Problem], asked: Asked) -> Iterator[Row]:
    problems = [each for each in found if isinstance(each, Problem)]
    sightings = [each for each in found if isinstance(each, Sighting)]
    told = tuple(problem.message for problem in problems)
    for sighting in sightings:
        yield _row(file, sighting, told, asked)
    if not sightings:
        yield from (NoLead(file=file, error=each.message, hint=each.hint) for each in problems)


def _row(file: str, said: Sighting, problems: tuple[str, ...], asked: Asked) -> PageLead:
    article: Article = merge([seal(said)])
    lead = text_of(article, asked.wish, asked.writer)
    date, guessed = _date(said, asked.zone), article.date_source == "guess"
    return PageLead(
        file=file,
        url=article.url,
        title=article.title,
        dek=article.dek,
        authors=article.authors,
        published=None if guessed else date,
        guess=date if guessed else None,
        date_source=article.date_source,
        section=article.section,
        language=article.language,
        image=article.image,
        sentences=lead.sentences,
        mode=lead.mode,
        note=lead.note,
        left_out=(*article.left_out, *lead.left_out),
        witnesses={witness.field: witness.name for witness in article.witnesses},
        problems=problems,
    )


def _date(said: Sighting, zone: ZoneInfo) -> str | None:
    """Return when an article was published: a bare day where nobody says more."""
    if said.published is None:
        return None
    return f"{said.published.astimezone(zone):%Y-%m-%d}" if said.precision == "day" else said.published.isoformat()


def _absolute(target: str) -> str:
    return target if "://" in target else str(Path(target).absolute())


def _named(where: str, target: str) -> str:
    """Return a place as it was asked for."""
    return target if where == _absolute(target) or "://" in target else where
