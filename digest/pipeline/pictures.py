"""Pictures: every entry's picture is had, copied to the right size and kind, and told of in the record.

What the issue's folder already has by the same address and recipe is taken from there: a second build fetches and
makes nothing. A picture that cannot be had is left out, and says why.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest.errors import DigestError
from digest.issues.folder import IssueFolder
from digest.model.box import pixels
from digest.model.finding import Finding
from digest.model.issue import Entry, Issue, Picture
from digest.pictures import Recipe, make, measure
from digest.pipeline.crew import crew
from digest.pipeline.newsroom import Newsroom, images_url
from digest.pipeline.picture_record import FOLDER, Known, Outcome, Wish, stem_of
from digest.pipeline.picture_sources import AT_ONCE, LIMITS, Fetcher, from_folder
from digest.pipeline.reaching import open_web

OFFLINE = "offline: it was never fetched"
"""The problem of a picture that is not known and may not be fetched."""

Outcomes = dict[Wish, Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Having:
    """How pictures are had: without the web, or all of them anew; `progress` is told how far it is."""

    offline: bool = False
    refetch: bool = False
    progress: Callable[[str], None] = lambda _: None


NOW = Having()
"""What is not known is fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """An issue with what came of each picture, the files to put beside it, and what to know about them."""

    issue: Issue
    files: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One picture to be had, once, whatever is wanted of it; `body` where it is at hand already."""

    source: str
    wishes: tuple[Wish, ...]
    body: bytes | None = None


def picture(room: Newsroom, issue: Issue, folder: IssueFolder, having: Having) -> Pictured:
    """Return `issue` with its pictures. The folder is read and not written.

    Raises:
        LockedError: another command is at work on the issue.

    """
    address = images_url(room, issue.window.label)
    wanted = {entry.id: _wish(room, entry, copies=bool(address)) for entry in issue.entries if _has_picture(entry)}
    if not wanted:
        return Pictured(issue=issue)
    known = Known.of(folder)
    outcomes, jobs = _sorted_out(room, tuple(dict.fromkeys(wanted.values())), known, having)
    outcomes |= _worked(room, jobs, known, having)

    def shown(entry: Entry) -> Entry:
        wish = wanted.get(entry.id)
        return replace(entry, picture=_told(entry.picture, wish, outcomes[wish], address)) if wish else entry

    return Pictured(
        issue=_each(issue, shown),
        files={outcome.file: outcome.content for outcome in outcomes.values() if outcome.file},
        notes=tuple(_notes(issue, wanted, outcomes)),
    )


def _has_picture(entry: Entry) -> bool:
    return entry.picture is not None and bool(entry.picture.image.url)


def _wish(room: Newsroom, entry: Entry, *, copies: bool) -> Wish:
    source = entry.picture.image.url if entry.picture else ""
    recipe = Recipe(box=pixels(entry.slot), most=room.config.pictures.weight * 1000)
    return Wish(source=source, recipe=recipe if copies else None)


def _sorted_out(
    room: Newsroom, wishes: Sequence[Wish], known: Known, having: Having
) -> tuple[Outcomes, tuple[_Job, ...]]:
    """Return what is known already, and what there is still to do."""
    outcomes: Outcomes = {}
    jobs = []
    for source in dict.fromkeys(wish.source for wish in wishes):
        group = tuple(wish for wish in wishes if wish.source == source)
        try:
            body = from_folder(room, source)
        except DigestError as error:
            outcomes |= dict.fromkeys(group, Outcome(problem=error.message))
            continue
        granted = {wish: _granted(wish, body, known, having) for wish in group}
        outcomes |= {wish: outcome for wish, outcome in granted.items() if outcome}
        left = tuple(wish for wish in group if not granted[wish])
        if left:
            jobs.append(_Job(source=source, wishes=left, body=body))
    return outcomes, tuple(jobs)


def _granted(wish: Wish, body: bytes | None, known: Known, having: Having) -> Outcome | None:
    """Return what comes of a wish without any work, None where there is some to do.

    Where nothing can be fetched a copy that was made for another slot is better than none.
    """
    if body is not None:
        return known.granted(wish, hashlib.sha256(body).hexdigest())
    if having.refetch:
        return None
    found = known.granted(wish)
    if found or not having.offline:
        return found
    other = known.any_copy(wish.source) if wish.recipe else None
    return other or Outcome(problem=known.problem(wish.source) or OFFLINE)


def _worked(room: Newsroom, jobs: Sequence[_Job], known: Known, having: Having) -> Outcomes:
    """Return what came of the jobs, a few of them at a time; fetching waits and Pillow works without the lock."""
    if not jobs:
        return {}
    from concurrent.futures import as_completed  # noqa: PLC0415 - heavy: 15 ms that most builds need not

    outcomes: Outcomes = {}
    with open_web(room, LIMITS) as web, crew(web, AT_ONCE) as pool:
        fetcher = Fetcher(web, [job.source for job in jobs])
        futures = [pool.submit(_done, job, fetcher, known) for job in jobs]
        for count, future in enumerate(as_completed(futures), 1):
            outcomes |= future.result()
            having.progress(f"pictures, {count} of {len(jobs)}")
    return outcomes


def _done(job: _Job, fetcher: Fetcher, known: Known) -> Outcomes:
    """Do one job; whatever is wrong with the picture is its outcome."""
    try:
        body = fetcher.fetch(job.source) if job.body is None else job.body
    except DigestError as error:
        return dict.fromkeys(job.wishes, Outcome(problem=error.message))
    return {wish: _made(wish, body, known) for wish in job.wishes}


def _made(wish: Wish, body: bytes, known: Known) -> Outcome:
    source_hash = hashlib.sha256(body).hexdigest()
    try:
        if wish.recipe is None:
            found = measure(body)
            return Outcome(source_hash=source_hash, kind=found.kind, weight=len(body), size=found.size)
        stem = stem_of(source_hash, wish.recipe)
        there = known.named(stem)
        if there:
            return there
        made = make(body, wish.recipe)
    except DigestError as error:
        return Outcome(problem=error.message)
    return Outcome(
        source_hash=source_hash,
        file=f"{FOLDER}{stem}.{made.kind}",
        content=made.content,
        weight=len(made.content),
        size=made.size,
        note=made.note,
    )


def _told(picture: Picture | None, wish: Wish, outcome: Outcome, address: str) -> Picture | None:
    """Return the entry's picture with its outcome: what readers see is the copy, the original, or nothing."""
    if picture is None:
        return None
    if outcome.problem:
        return Picture(image=replace(picture.image, url=""), source=wish.source, problem=outcome.problem)
    url = f"{address}/{outcome.file.removeprefix(FOLDER)}" if outcome.file else wish.source
    return Picture(
        image=replace(picture.image, url=url, width=outcome.size.width, height=outcome.size.height),
        source=wish.source,
        source_hash=outcome.source_hash,
        file=outcome.file,
        kind=outcome.kind,
        weight=outcome.weight,
    )


def _each(issue: Issue, change: Callable[[Entry], Entry]) -> Issue:
    sections = tuple(replace(section, entries=tuple(map(change, section.entries))) for section in issue.sections)
    return replace(issue, sections=sections, headlines=tuple(map(change, issue.headlines)))


def _notes(issue: Issue, wanted: Mapping[str, Wish], outcomes: Outcomes) -> Iterator[Finding]:
    for entry in issue.entries:
        note = outcomes[wanted[entry.id]].note if entry.id in wanted else ""
        if note:
            hint = "look at it: digest preview"
            yield Finding(
                code="picture-colours",
                level="note",
                message=f"of its picture: {note}",
                where=entry.title.text,
                hint=hint,
            )
