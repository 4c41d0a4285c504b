"""Following: the pages that items lead to are fetched by several threads, read, and stored page by page.

The queue is the archive's, so that a killed ingest goes on where it was. Pages of one site come one after the other
and those of several in turn; what comes of them is stored in the order of the queue, whoever answers first.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import Final, Literal

from digest.config.schema import SourceTable
from digest.errors import AnswerError, SourceError
from digest.following import in_turn
from digest.model.article import Document, Problem
from digest.model.freshness import Tally
from digest.model.page import Page, Validators
from digest.model.wanted import Wanted
from digest.pipeline.crew import crew
from digest.pipeline.ingest.astray import astray
from digest.pipeline.ingest.opening import LITTLE
from digest.pipeline.ingest.parsing import Job, Said, page_settings, pages_for, parse, settings_of
from digest.pipeline.ingest.reading import AtWork
from digest.pipeline.ingest.remembering import Remembering, reader_of
from digest.pipeline.ingest.rows import PageTally
from digest.sources import SourceSettings, is_page
from digest.sources.gone import answers_gone, sent_home, withdrawn
from digest.web.courtesy import Courteous
from digest.workers import done, in_order

TRIES: Final = 5
"""How many ingests ask for a page that gives nothing."""

_AT_ONCE: Final = 8
"""Threads that wait for answers; how often one site is asked is the web's rule."""
_AHEAD: Final = 32
"""Pages that are under way at a time."""
_BATCH: Final = 16
"""Pages that are stored together: what a kill can lose of them is fetched once more."""


Verdict = Literal["read", "unchanged", "gone", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What asking for a page came to: a document, or why there is none; neither where it is as before.

    `memory` holds by what the answer is known again until all of it is stored. `status` is HTTP's, of an error.
    """

    wanted: Wanted
    settings: SourceSettings
    memory: Remembering
    document: Document | None = None
    error: str = ""
    status: int = 0
    gone: bool = False


@dataclass(slots=True)
class Followed:
    """How far the pages of a source were followed, of so many; what is given up is a row of the report."""

    of: int = 0
    count: Counter[Verdict] = field(default_factory=Counter)
    left: int = 0
    error: str = ""
    tally: Tally = field(default_factory=Tally)
    problems: list[Problem] = field(default_factory=list)

    def row(self) -> PageTally:
        """Return it as the report has it."""
        return PageTally(
            read=self.count["read"],
            unchanged=self.count["unchanged"],
            gone=self.count["gone"],
            failed=self.count["failed"],
            left=self.left,
            error=self.error,
            tally=self.tally,
        )


def follow(at_work: AtWork, tables: Sequence[SourceTable]) -> dict[str, Followed]:
    """Read the queued pages of some sources; return what came of it, by source."""
    settings = {each.name: page_settings(settings_of(each)) for each in tables if pages_for(each) != "never"}
    queue = at_work.archive.wanted(settings, TRIES, at_work.order.pages)
    totals = Counter(each.source for each in queue)
    followed = {name: Followed(of=totals[name]) for name in settings}
    if queue and at_work.web is not None:
        came = _read(at_work, at_work.web, in_turn(queue), settings)
        while batch := list(islice(came, _BATCH)):
            _store(at_work, batch, followed)
    left = at_work.archive.waiting(TRIES)
    for name, each in followed.items():
        each.left = left.get(name, 0)
    return followed


def _read(
    at_work: AtWork, web: Courteous, queue: Sequence[Wanted], settings: Mapping[str, SourceSettings]
) -> Iterator[tuple[Answer, Said]]:
    """Yield what each page answered and says, in the order of the queue."""
    if len(queue) >= LITTLE:
        at_work.workers.start()
    with crew(web, _AT_ONCE, last=False) as pool:

        def ask(wanted: Wanted) -> "Future[Answer]":
            of = settings[wanted.source]
            return pool.submit(ask_page, at_work, wanted, of, Remembering(web, at_work.archive, reader_of(of)))

        answers = (answer for _, answer in in_order(ask, queue, _AHEAD))
        yield from in_order(partial(parse_page, at_work), answers, _AHEAD)


def ask_page(at_work: AtWork, wanted: Wanted, settings: SourceSettings, memory: Remembering) -> Answer:
    """Ask for a page by `memory`. Never raises for what a server does."""
    answer = Answer(wanted=wanted, settings=settings, memory=memory)
    try:
        page = memory.get(wanted.url)
    except AnswerError as error:
        return replace(answer, error=error.message, status=error.status, gone=answers_gone(error.status))
    except SourceError as error:
        return replace(answer, error=error.message)
    if sent_home(page.url, page.moved_from):
        return replace(answer, error=f"has moved to the front page {page.url}", gone=True)
    if page.unchanged:
        return answer
    document = Document(
        source=settings.name,
        url=page.url,
        moved_from=_moved_from(wanted.url, page),
        body=page.body,
        media_type=page.media_type,
        charset=page.charset,
        retrieved_at=at_work.order.now,
    )
    return replace(answer, document=document)


def _moved_from(asked: str, page: Page) -> tuple[str, ...]:
    """Return what led to a page: its item's address, however that did, and what has moved there for good."""
    return tuple(dict.fromkeys((asked, *page.moved_from))) if page.url != asked else page.moved_from


def parse_page(at_work: AtWork, answer: Answer) -> "Future[Said]":
    """Read what a page answered; where there is no document it says nothing."""
    if answer.document is None:
        return done(Said())
    job = Job(document=answer.document, settings=answer.settings, folder=at_work.room.root, reading=at_work.reading())
    return at_work.workers.submit(parse, job)


def verdict(answer: Answer, said: Said) -> Verdict:
    """Return what asking for a page came to. A page without an article may have one tomorrow: it has failed."""
    if answer.gone:
        return "gone"
    if answer.error or (answer.document and not said.sightings):
        return "failed"
    return "read" if answer.document else "unchanged"


def why(answer: Answer, said: Said) -> str:
    """Return why a page gave nothing; "" where it did."""
    return answer.error or "".join(problem.message for problem in said.problems[:1] if not said.sightings)


def _store(at_work: AtWork, batch: Sequence[tuple[Answer, Said]], followed: Mapping[str, Followed]) -> None:
    """Store what some pages say, and take them out of the queue, all together."""
    with at_work.archive.together():
        for answer, said in (arrived(at_work, *each) for each in batch):
            of = followed[answer.wanted.source]
            of.tally += put_page(at_work, answer, said)
            of.count[verdict(answer, said)] += 1
            if failed := why(answer, said):
                _put_off(at_work, answer, failed, of)
            else:
                of.problems += said.problems
                at_work.archive.answered(answer.wanted.url)
                answer.memory.settle([answer.document.url] if answer.document else [])
    for name, of in followed.items():
        at_work.progress(f"{name} (pages)", of.count.total(), of.of)


def arrived(at_work: AtWork, answer: Answer, said: Said) -> tuple[Answer, Said]:
    """Return an answer as it is; where a redirect led astray, that it did, and nothing that was said there."""
    asked, document = answer.wanted.url, answer.document
    known = at_work.archive.said(asked) if document and document.url != asked else ()
    why = astray(asked, document.url, said.sightings, known) if document else ""
    return (replace(answer, error=why), Said()) if why else (answer, said)


def put_page(at_work: AtWork, answer: Answer, said: Said) -> Tally:
    """Store what a page says; of an article that nobody knows, that its page is gone is no news.

    Of a page that is gone nothing is known any more: when it is there again, it is sent in full.
    """
    archive, document = at_work.archive, answer.document
    if answer.gone:
        archive.remember(reader_of(answer.settings), {answer.wanted.url: Validators()})
        known = archive.find([answer.wanted.url])
        notice = withdrawn(answer.settings.name, at_work.order.now, url=answer.wanted.url)
        return archive.put([notice]) if known else Tally()
    if document and said.sightings and at_work.keep_for and is_page(document):
        archive.keep(document)
    return archive.put(said.sightings)


def _put_off(at_work: AtWork, answer: Answer, error: str, of: Followed) -> None:
    """Leave a page for the next ingest; one that failed often enough is a row of the report."""
    at_work.archive.put_off(answer.wanted.url, error)
    of.error = of.error or f"{answer.wanted.url}: {error}"
    if answer.wanted.tries + 1 >= TRIES:
        hint = "it is asked for again when its item changes"
        message = f"asked for {TRIES} times: {error}"
        problem = Problem(source=answer.wanted.source, where=answer.wanted.url, message=message, hint=hint)
        of.problems.append(problem)
