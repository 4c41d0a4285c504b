"""The work on pictures: of each that is wished for comes a copy, a measured original, or the reason why not.

What the issue's folder already has by the same address and recipe is taken from there: a second build fetches and makes
nothing. A good copy is not given up because its source fails later.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from digest.errors import DigestError
from digest.pictures import make, measure
from digest.pipeline.crew import crew
from digest.pipeline.newsroom import Newsroom
from digest.pipeline.pictures.record import FOLDER, Known, Outcome, Wish, stem_of
from digest.pipeline.pictures.sources import A_HOST, AT_ONCE, LIMITS, Fetcher, Local, from_folder
from digest.pipeline.reaching import open_web
from digest.web.courtesy import Courteous, Manners

_MANNERS = Manners(at_once=A_HOST, pause=0, attempts=2)
"""A picture is asked for once more where nothing came. An issue's are no crawl: robots.txt does not bind them."""

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
class _Job:
    """One picture to be had, once, whatever is wanted of it; `local` where it is at hand already."""

    source: str
    wishes: tuple[Wish, ...]
    local: Local | None


def had(room: Newsroom, wishes: Iterable[Wish], known: Known, having: Having) -> Outcomes:
    """Return what comes of each wish."""
    outcomes: Outcomes = {}
    jobs = []
    for source, group in _by_source(wishes).items():
        try:
            local = from_folder(room, source)
        except DigestError as error:
            outcomes |= {wish: _failed(wish, known, error) for wish in group}
            continue
        granted = {wish: _granted(wish, local, known, having) for wish in group}
        outcomes |= {wish: outcome for wish, outcome in granted.items() if outcome}
        left = tuple(wish for wish in group if not granted[wish])
        if left:
            jobs.append(_Job(source=source, wishes=left, local=local))
    return outcomes | _worked(room, jobs, known, having)


def _by_source(wishes: Iterable[Wish]) -> dict[str, list[Wish]]:
    found: dict[str, list[Wish]] = {}
    for wish in dict.fromkeys(wishes):
        found.setdefault(wish.source, []).append(wish)
    return found


def _granted(wish: Wish, local: Local | None, known: Known, having: Having) -> Outcome | None:
    """Return what comes of a wish without any work, None where there is some to do.

    Where nothing can be fetched a copy that was made for another slot is better than none.
    """
    if local is not None:
        found = known.granted(wish, hashlib.sha256(local.body).hexdigest())
        return replace(found, local=local.name) if found else None
    if having.refetch:
        return None
    found = known.granted(wish)
    if found or not having.offline:
        return found
    return known.any_copy(wish) or Outcome(problem=known.problem(wish.source) or OFFLINE)


def _failed(wish: Wish, known: Known, error: DigestError) -> Outcome:
    """Return the earlier copy, with why it is not a newer one; without one the problem."""
    copy = known.any_copy(wish)
    return replace(copy, kept=error.message) if copy else Outcome(problem=error.message)


def _worked(room: Newsroom, jobs: Sequence[_Job], known: Known, having: Having) -> Outcomes:
    """Return what came of the jobs, a few of them at a time; fetching waits and Pillow works without the lock."""
    if not jobs:
        return {}
    from concurrent.futures import as_completed  # noqa: PLC0415 - heavy: 15 ms that most builds need not

    outcomes: Outcomes = {}
    with Courteous(open_web(room, LIMITS), _MANNERS, free=lambda _: True) as web, crew(web, AT_ONCE) as pool:
        fetcher = Fetcher(web, [job.source for job in jobs])
        futures = [pool.submit(_done, job, fetcher, known) for job in jobs]
        for count, future in enumerate(as_completed(futures), 1):
            outcomes |= future.result()
            having.progress(f"pictures, {count} of {len(jobs)}")
    return outcomes


def _done(job: _Job, fetcher: Fetcher, known: Known) -> Outcomes:
    """Do one job; whatever is wrong with the picture is its outcome."""
    try:
        body = job.local.body if job.local else fetcher.fetch(job.source)
    except DigestError as error:
        return {wish: _failed(wish, known, error) for wish in job.wishes}
    local = job.local.name if job.local else ""
    return {wish: replace(_made(wish, body, known), local=local) for wish in job.wishes}


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
        return _failed(wish, known, error)
    return Outcome(
        source_hash=source_hash,
        file=f"{FOLDER}{stem}.{made.kind}",
        content=made.content,
        weight=len(made.content),
        size=made.size,
        note=made.note,
    )
