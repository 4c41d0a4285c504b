"""Confirming: the pages of stories that are about to go out are asked whether they are still there.

A list cannot say it of all: a feed lets go of what is older than its last items, and nobody tells of a story beyond
them that it was taken down. A page is asked only for what has changed since it answered last. Of a story whose whole
body a source gives, its page says no more than that it is there; where the page is the story, what it says now is
stored. An API's stories are not asked for: it tells of all that it has, and its site may be elsewhere.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import count
from typing import Final

from digest.check.facts import Answer
from digest.errors import SourceError, UnreachedError
from digest.following import given_whole, in_turn, led_by
from digest.model.article import Article
from digest.model.finding import Finding
from digest.model.page import Known, Page
from digest.model.wanted import Wanted
from digest.model.window import Window
from digest.pipeline.answered import Answered
from digest.pipeline.crew import crew
from digest.pipeline.ingest import following
from digest.pipeline.ingest.parsing import Said, page_settings, pages_for, settings_of
from digest.pipeline.ingest.reading import AtWork
from digest.pipeline.ingest.remembering import Remembering, reader_of
from digest.pipeline.planning import choose
from digest.sources import SourceSettings
from digest.sources.kinds import APIS
from digest.text.urls import host
from digest.web.courtesy import Courteous
from digest.workers import done, in_order

_AT_ONCE: Final = 8
"""Threads that wait for answers; how often one site is asked is the web's rule."""
_FEW: Final = 2
"""Stories of a site that are gone together: more, and more than are there, are believed of no site."""
_LOOK: Final = "open it in a browser"
_NOT_REACHED: Final = "not asked: its site did not answer before"
_DOUBTED: Final = "answers as if it had been taken down, as most pages of its site do: not believed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article, and what its page is asked as; `is_read`: what the page says is stored, for it is the story.

    `read_now`: that has just been done.
    """

    article: Article
    page: Wanted
    settings: SourceSettings
    is_read: bool
    read_now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """What asking for a story's page came to: it is there, or `gone`, or nobody knows, and `error` says why.

    `status` is HTTP's, 0 where nothing was answered.
    """

    story: Story
    status: int = 200
    gone: bool = False
    error: str = ""


def confirm_issue(at_work: AtWork, window: Window, answered: Answered) -> tuple[Finding, ...]:
    """Ask the pages of the stories that the issue of `window` would bring, and return what the editor should know.

    What is gone is stored, so that the issue leaves it out; who comes in its place is asked for too, and so are those
    that would be in if they were not gone. What `answered` knows to be there is not asked for again.
    """
    passed, confirmed = set(answered.known()), list[Confirmed]()
    while articles := [each for each in _chosen(at_work, window) if each.url not in passed]:
        passed |= {article.url for article in articles}
        confirmed += confirm(at_work, articles)
    said = [Answer(url=each.story.page.url, status=each.status) for each in confirmed if not each.gone]
    answered.keep(answer for answer in said if answer.status)
    return tuple(_findings(confirmed))


def confirm(at_work: AtWork, articles: Sequence[Article]) -> tuple[Confirmed, ...]:
    """Ask the pages of some articles whether they are there, and store what they say; offline nobody is asked.

    Only of those something is returned that a source on the web leads to. Where several of a site are gone, and more
    than are there, the site is taken to be broken, or to shut us out.
    """
    if at_work.web is None:
        return ()
    found = {each.page.url: each for each in _stories(at_work, articles)}
    read_now = tuple(Confirmed(story=each, gone=each.article.gone) for each in found.values() if each.read_now)
    stories = {url: each for url, each in found.items() if not each.read_now}
    if not stories:
        return read_now
    read = list(_read(at_work, _OnceUnreached(at_work.web), stories))
    fresh = [answer for answer, _ in read if not stories[answer.wanted.url].article.gone]
    gone = Counter(host(answer.wanted.url) for answer in fresh if answer.gone)
    there = Counter(host(answer.wanted.url) for answer in fresh if not answer.error)
    doubted = {name for name, count in gone.items() if count > max(_FEW, there[name])}
    with at_work.archive.together():
        asked = [_store(at_work, stories[answer.wanted.url], (answer, said), doubted) for answer, said in read]
    return (*read_now, *asked)


def _chosen(at_work: AtWork, window: Window) -> Iterator[Article]:
    """Yield the articles that are in the issue, and those that are not because they are gone."""
    selection, _ = choose(at_work.room, at_work.archive, window, at_work.order.now)
    yield from (choice.article for choice in selection.chosen)
    yield from (left.article for left in selection.left_out if left.reason.code == "gone")


def _stories(at_work: AtWork, articles: Sequence[Article]) -> Iterator[Story]:
    """Yield the articles to whose pages a source on the web leads which is no API.

    The sites of sources that could not be read are left alone.
    """
    failed = {state.name for state in at_work.archive.states() if state.error}
    tables = [
        table
        for table in at_work.room.config.sources
        if table.url and table.kind not in APIS and pages_for(table) != "never" and table.name not in failed
    ]
    settings = {table.name: page_settings(settings_of(table)) for table in tables}
    for article in articles:
        said = at_work.archive.said(article.id)
        names = {led_by(each.source) for each in said}
        now = {each.source for each in said if each.seen_at == at_work.order.now}
        led = next((name for name in settings if name in names), "")
        if led and host(article.url):
            yield Story(
                article=article,
                page=Wanted(url=article.url, source=led, published=article.published),
                settings=settings[led],
                is_read=article.gone or not given_whole(said),
                read_now=settings[led].name in now,
            )


class _OnceUnreached:
    """A door to the web that leaves a site alone once it was not reached. Several threads may ask it."""

    def __init__(self, web: Courteous) -> None:
        self.web = web
        self._unreached: set[str] = set()

    def get(self, url: str, known: Known | None = None) -> Page:
        """Return what `url` answers, as the web does.

        Raises:
            SourceError: as there; or its site was not reached before.

        """
        if host(url) in self._unreached:
            raise SourceError(_NOT_REACHED, where=url)
        try:
            return self.web.get(url, known)
        except UnreachedError:
            self._unreached.add(host(url))
            raise


def _read(
    at_work: AtWork, door: _OnceUnreached, stories: Mapping[str, Story]
) -> Iterator[tuple[following.Answer, Said]]:
    """Yield what each page answered, and what it says where that is to be stored."""
    with crew(door.web, _AT_ONCE, last=False) as pool:

        def ask(page: Wanted) -> "Future[following.Answer]":
            story = stories[page.url]
            # of a page that is not read another thing is known than of one that is: only that it is there
            memory = Remembering(door, at_work.archive, reader_of(story.settings, "auto" if story.is_read else "never"))
            return pool.submit(following.ask_page, at_work, page, story.settings, memory)

        def parse(answer: following.Answer) -> "Future[Said]":
            at_work.progress("Asking", next(number), len(pages))
            return following.parse_page(at_work, answer) if stories[answer.wanted.url].is_read else done(Said())

        number, pages = count(1), in_turn([story.page for story in stories.values()])
        answers = (answer for _, answer in in_order(ask, pages, len(pages)))
        yield from in_order(parse, answers, len(pages))


def _store(at_work: AtWork, story: Story, found: tuple[following.Answer, Said], doubted: Collection[str]) -> Confirmed:
    """Store what a page answered, unless it is `doubted` of its site that its pages are gone."""
    answer, said = following.arrived(at_work, *found)
    if answer.gone and host(story.page.url) in doubted:
        return Confirmed(story=story, status=answer.status, error=_DOUBTED)
    following.put_page(at_work, answer, said)
    error = following.why(answer, said) if story.is_read else answer.error
    if error and not answer.gone:
        return Confirmed(story=story, status=answer.status, error=error)
    answer.memory.settle([answer.document.url] if answer.document else [])
    return Confirmed(story=story, gone=answer.gone)


def _findings(confirmed: Sequence[Confirmed]) -> Iterator[Finding]:
    """Yield what an editor should know: what was taken down, and of which pages nobody knows."""
    for each in confirmed:
        if each.gone and not each.story.article.gone:
            message, hint = f"“{each.story.article.title}” was taken down: it is left out", _LOOK
            yield Finding(code="story-gone", level="warning", message=message, where=each.story.page.url, hint=hint)
    unknown: dict[tuple[str, str], list[Confirmed]] = {}
    for each in confirmed:
        if each.error:
            unknown.setdefault((each.story.page.source, each.error), []).append(each)
    for (source, error), those in unknown.items():
        more = f" and {len(those) - 1} more" if those[1:] else ""
        message = f"nobody knows whether {those[0].story.page.url}{more} is still there: {error}"
        yield Finding(code="story-unconfirmed", level="warning", message=message, where=source, hint=_LOOK)
