"""Asking: whether the pages and pictures that a mail refers to are there.

Politely: one address after the other at each host, several hosts at a time, who asks is said, bodies are not read, and
what is there is not asked for again for a day. What is not there is asked for each time: somebody may have mended it.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from digest.check import links
from digest.check.answers import Verdict, verdict
from digest.check.facts import Answer
from digest.check.proof import Proof
from digest.disk import make_folder, replace
from digest.errors import SourceError
from digest.pipeline.crew import crew
from digest.text.urls import host
from digest.web import Limits, Web
from digest.wire import WireError, from_json, to_json

_AT_ONCE = 8
"""Hosts asked at the same time."""
_PAUSE = 0.1
"""Seconds between two questions to one host."""
_KEPT: dict[Verdict, timedelta] = {"there": timedelta(days=1), "refused": timedelta(hours=1)}
"""How long an answer holds. Who refuses us would do so again, and like us less."""
_LIMITS = Limits(seconds=15.0)
"""For one address with all its redirects; a page that takes longer is as good as dead to a reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """`open` opens the door to the web; `cache` is a file that keeps answers (None: none); `now` is their date."""

    open: Callable[[Limits], Web]
    cache: Path | None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    answer: Answer
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Memory:
    schema: int = 1
    kept: tuple[_Kept, ...] = ()


def targets(proof: Proof) -> tuple[str, ...]:
    """Return the web addresses that the mail refers to, each once, in its order.

    Services' placeholders are none of them: nobody is unsubscribed by a check. A story's own address goes before the
    one with tracking, so that a check is not counted as a reader.
    """
    plain = {entry.mail_url: entry.url for entry in proof.issue.entries}
    found = (plain.get(address, address) for _, address in links.targets(proof))
    return tuple(dict.fromkeys(address for address in found if host(address)))


def ask(urls: Sequence[str], asker: Asker, progress: Callable[[str], None]) -> tuple[Answer, ...]:
    """Return what each address answers, in their order; what has answered by then is remembered whatever happens."""
    known = {each.answer.url: each for each in _remembered(asker)}
    by_host: dict[str, list[str]] = {}
    for url in urls:
        if url not in known:
            by_host.setdefault(host(url), []).append(url)
    fresh: dict[str, Answer] = {}

    def ask_host(group: Sequence[str]) -> None:
        for place, url in enumerate(group):
            if place:
                time.sleep(_PAUSE)
            if web.closed:
                break
            progress(url)
            fresh[url] = _ask(web, url)

    try:
        with asker.open(_LIMITS) as web, crew(web, _AT_ONCE) as pool:
            for done in [pool.submit(ask_host, group) for group in by_host.values()]:
                done.result()
    finally:
        _remember(asker, [*known.values(), *(_Kept(answer=answer, at=asker.now) for answer in fresh.values())])
    return tuple(fresh[url] if url in fresh else known[url].answer for url in urls)


def _ask(web: Web, url: str) -> Answer:
    try:
        return Answer(url=url, status=web.ask(url))
    except SourceError as error:
        return Answer(url=url, problem=error.message)


def _holds(kept: _Kept, now: datetime) -> bool:
    """Tell whether an answer still holds: of what was not there, of silence and of a server's own fault none does."""
    return timedelta() <= now - kept.at < _KEPT.get(verdict(kept.answer), timedelta())


def _remembered(asker: Asker) -> tuple[_Kept, ...]:
    """Return the kept answers that hold; none where the file is not there or is not ours."""
    if asker.cache is None:
        return ()
    try:
        memory = from_json(asker.cache.read_bytes(), _Memory)
    except (OSError, WireError):
        return ()
    return tuple(each for each in memory.kept if _holds(each, asker.now))


def _remember(asker: Asker, kept: Sequence[_Kept]) -> None:
    """Keep the answers that hold; where there is no room or no right to, they are asked again next time."""
    if asker.cache is None:
        return
    try:
        make_folder(asker.cache.parent)
        replace(asker.cache, to_json(_Memory(kept=tuple(each for each in kept if _holds(each, asker.now)))))
    except OSError:
        return
