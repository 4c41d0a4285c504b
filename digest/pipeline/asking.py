"""Asking: whether the pages and pictures that a mail refers to are there.

Politely: one address after the other at each host, several hosts at a time, who asks is said, bodies are not read, and
what is there is not asked for again for a day.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.check import links
from digest.check.answers import verdict
from digest.check.facts import Answer
from digest.check.proof import Proof
from digest.errors import SourceError
from digest.pipeline.answered import Answered
from digest.pipeline.crew import crew
from digest.text.urls import host
from digest.web import Limits, Web

_AT_ONCE = 8
"""Hosts asked at the same time."""
_PAUSE = 0.1
"""Seconds between two questions to one host."""
_LATER = 1.0
"""Seconds after which a server that had a fault, or did not answer one address among others, is asked once more."""
_LIMITS = Limits(seconds=15.0)
"""For one address with all its redirects; a page that takes longer is as good as dead to a reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """`open` opens the door to the web; `cache` is a file that keeps answers (None: none); `now` is their date."""

    open: Callable[[Limits], Web]
    cache: Path | None
    now: datetime


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
    answered = Answered(cache=asker.cache, now=asker.now)
    known = answered.known()
    by_host: dict[str, list[str]] = {}
    for url in urls:
        if url not in known:
            by_host.setdefault(host(url), []).append(url)
    fresh: dict[str, Answer] = {}

    def ask_each(group: Sequence[str], before: float) -> None:
        for place, url in enumerate(group):
            time.sleep(_PAUSE if place else before)
            if web.closed:
                break
            progress(url)
            fresh[url] = _ask(web, url)

    def ask_host(group: Sequence[str]) -> None:
        ask_each(group, 0)
        if any(url in fresh and fresh[url].status for url in group):  # who answers nothing at all is asked once
            ask_each([url for url in group if url in fresh and verdict(fresh[url]) in {"down", "silent"}], _LATER)

    try:
        with asker.open(_LIMITS) as web, crew(web, _AT_ONCE) as pool:
            for done in [pool.submit(ask_host, group) for group in by_host.values()]:
                done.result()
    finally:
        answered.keep(fresh.values())
    return tuple(fresh[url] if url in fresh else known[url] for url in urls)


def _ask(web: Web, url: str) -> Answer:
    try:
        return Answer(url=url, status=web.ask(url))
    except SourceError as error:
        return Answer(url=url, problem=error.message)
